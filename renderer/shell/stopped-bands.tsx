import { useState } from 'react';
import type { ActionView, MoveKind } from '../../preload/contract.ts';
import { till } from '../bridge.ts';
import { byId, call, useTill, useTillShallow } from '../store.ts';
import { noteTakenHere } from '../taken-here.ts';
import { announce } from '../toasts.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { TwoStepButton } from '../ui/two-step-button.tsx';
import {
  againKinds,
  againTitle,
  againWords,
  isToDecideAgain,
  notAgainWords,
  sendWords,
  stoppedTitle,
  stoppedWords,
  tryingWords,
  tryWords,
} from './stopped-words.ts';

/**
 * What Dojo forbids this key: said once for each kind of move, with one decision for what waits of it and what was refused. Where Dojo accepts
 * the key for nothing another band says so, and trying again helps nobody.
 */
export function StoppedBands() {
  const isKeyRefused = useTill((snapshot) => snapshot.connection.line === 'key-refused');
  const stopped = useTill((snapshot) => snapshot.connection.stoppedOperations);
  const left = useTillShallow((snapshot) => againKinds(snapshot.actions, stopped));
  if (isKeyRefused) return null;
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

const useRefused = (kind: MoveKind): readonly ActionView[] => useTillShallow((snapshot) => snapshot.actions.filter((action) => isToDecideAgain(action, kind)));

const idsOf = (actions: readonly ActionView[]): string[] => actions.map(({ id }) => id);

async function tryAgain(kind: MoveKind, refused: readonly ActionView[]): Promise<void> {
  if (refused.length === 0) return void (await call(till.allowOperation({ kind })));
  const result = await call(till.decideAgain({ kind, actionIds: idsOf(refused) }));
  if (result.ok) noteTakenHere(result.value.actionIds);
  const not = result.ok ? notAgainWords(result.value.refused) : null;
  if (not !== null) announce(not, 'problem');
}

type TryButtonProps = Readonly<{ kind: MoveKind; waiting?: readonly ActionView[]; refused: readonly ActionView[]; children: string }>;

/** One decision for all of them: where money moves it says how much, and Enter alone does not confirm it. */
function TryButton({ kind, waiting = [], refused, children }: TryButtonProps) {
  // As the press began: what is refused by then may be queued before the press is answered.
  const [pendingText, setPendingText] = useState<string>();
  const all = [...waiting, ...refused];
  const confirm = useTill((snapshot) => sendWords(kind, all, (paymentId) => byId(snapshot.payments, paymentId)?.totalMinor));
  const send = async () => {
    setPendingText(tryingWords(refused.length));
    await tryAgain(kind, refused);
    setPendingText(undefined);
  };
  if (confirm === null)
    return (
      <Button size="small" isGuarded onPress={() => void send()} pendingText={pendingText}>
        {children}
      </Button>
    );
  return (
    <TwoStepButton
      // The second press confirms what the first one showed.
      asks={JSON.stringify([confirm, idsOf(all)])}
      kind={kind === 'capture' ? 'money' : 'danger'}
      size="small"
      ask={children}
      confirm={confirm}
      keep="No, not yet"
      onConfirm={() => void send()}
      pendingText={pendingText}
    />
  );
}

function StoppedBand({ kind }: { kind: MoveKind }) {
  const waiting = useTillShallow((snapshot) => snapshot.actions.filter((action) => action.kind === kind && action.state === 'waiting' && !action.otherAccount));
  const refused = useRefused(kind);
  return (
    <Banner
      tone="amber"
      title={stoppedTitle(kind)}
      isUrgent
      actions={
        <TryButton kind={kind} waiting={waiting} refused={refused}>
          {tryWords(waiting.length, refused.length)}
        </TryButton>
      }
    >
      {stoppedWords(waiting.length, refused.length)}
    </Banner>
  );
}

/** What was refused stays to be decided when the key was mended. Left alone it is on its rows. */
function AgainBand({ kind }: { kind: MoveKind }) {
  const refused = useRefused(kind);
  const [left, setLeft] = useState<readonly string[]>([]);
  if (refused.every(({ id }) => left.includes(id))) return null;
  return (
    <Banner
      tone="amber"
      title={againTitle(kind)}
      mayFold
      actions={
        <>
          <TryButton kind={kind} refused={refused}>{`Decide the ${refused.length} again`}</TryButton>
          <Button kind="quiet" size="small" onPress={() => setLeft(idsOf(refused))}>
            Leave them
          </Button>
        </>
      }
    >
      {againWords(refused.length)}
    </Banner>
  );
}
