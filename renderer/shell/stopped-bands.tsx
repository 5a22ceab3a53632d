import { useState } from 'react';
import type { MoveKind } from '../../preload/contract.ts';
import { till } from '../bridge.ts';
import { call, useTill, useTillShallow } from '../store.ts';
import { noteTakenHere } from '../taken-here.ts';
import { announce } from '../toasts.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { againKinds, againTitle, againWords, isToDecideAgain, notAgainWords, stoppedTitle, stoppedWords, tryWords } from './stopped-words.ts';

/** What Dojo forbids this key: said once for each kind of move, with one press for what waits of it and what was refused. */
export function StoppedBands() {
  const stopped = useTill((snapshot) => snapshot.connection.stoppedOperations);
  const left = useTillShallow((snapshot) => againKinds(snapshot.actions, stopped));
  return (
    <>
      {stopped.map((kind) => (
        <StoppedBand key={kind} kind={kind} />
      ))}
      {left.map((kind) => (
        <AgainBand key={kind} kind={kind} />
      ))}
    </>
  );
}

const useRefused = (kind: MoveKind): readonly string[] =>
  useTillShallow((snapshot) => snapshot.actions.filter((action) => isToDecideAgain(action, kind)).map(({ id }) => id));

async function tryAgain(kind: MoveKind, actionIds: readonly string[]): Promise<void> {
  if (actionIds.length === 0) return void (await call(till.allowOperation({ kind })));
  const result = await call(till.decideAgain({ kind, actionIds: [...actionIds] }));
  if (result.ok) noteTakenHere(result.value.actionIds);
  const not = result.ok ? notAgainWords(result.value.refused) : null;
  if (not !== null) announce(not, 'problem');
}

function StoppedBand({ kind }: { kind: MoveKind }) {
  const count = useTill((snapshot) => snapshot.actions.filter((action) => action.kind === kind && action.state === 'waiting' && !action.otherAccount).length);
  const refused = useRefused(kind);
  return (
    <Banner
      tone="amber"
      title={stoppedTitle(kind)}
      isUrgent
      actions={
        <Button size="small" isGuarded onPress={() => void tryAgain(kind, refused)}>
          {tryWords(count, refused.length)}
        </Button>
      }
    >
      {stoppedWords(count, refused.length)}
    </Banner>
  );
}

/** What was refused stays to be decided when the key was mended. Left alone it is on its rows. */
function AgainBand({ kind }: { kind: MoveKind }) {
  const refused = useRefused(kind);
  const [left, setLeft] = useState<readonly string[]>([]);
  if (refused.every((id) => left.includes(id))) return null;
  return (
    <Banner
      tone="amber"
      title={againTitle(kind)}
      actions={
        <>
          <Button size="small" isGuarded onPress={() => void tryAgain(kind, refused)}>
            {`Decide the ${refused.length} again`}
          </Button>
          <Button kind="quiet" size="small" onPress={() => setLeft(refused)}>
            Leave them
          </Button>
        </>
      }
    >
      {againWords(refused.length)}
    </Banner>
  );
}
