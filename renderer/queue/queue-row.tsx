import type { ActionView } from '../../preload/contract.ts';
import { till } from '../bridge.ts';
import { formatWhen } from '../format.ts';
import { call } from '../store.ts';
import { untilInWords } from '../take/deadline-words.ts';
import { Button } from '../ui/button.tsx';
import { StateMark } from '../ui/state-mark.tsx';
import { actionWords } from '../words.ts';
import { actionInWords } from './action-in-words.ts';
import { CopyText } from './copy-text.tsx';
import type { QueueGroup } from './groups.ts';

type QueueRowProps = Readonly<{ action: ActionView; group: QueueGroup; zone: string; nowMs: number; onSettle: () => void }>;

/** One action: what it is, where it is, what can be done about it. */
export function QueueRow({ action, group, zone, nowMs, onSettle }: QueueRowProps) {
  const words = actionWords(action);
  const what = actionInWords(action);
  const { can } = action;
  return (
    <>
      <div className="queue-what">
        <span className="queue-title">{what}</span>
        <span className="queue-facts">{factsOf(action, group, zone, nowMs)}</span>
        {action.message && group !== 'ended' ? <span className="queue-message">{action.message}</span> : null}
        {action.traceId ? (
          <span className="queue-trace">
            Trace <CopyText label="trace id" text={action.traceId} />
          </span>
        ) : null}
      </div>
      <StateMark tone={words.tone} shape={words.shape} certainty={words.certainty}>
        {words.text}
      </StateMark>
      {group === 'ended' ? null : (
        <div className="queue-buttons">
          {can.settle ? (
            <Button onPress={onSettle} aria-label={`Settle: ${what}`}>
              Settle
            </Button>
          ) : null}
          {can.retry && group !== 'other-account' ? (
            <Button onPress={() => void call(till.retryNow({ actionId: action.id }))} aria-label={`Try now: ${what}`}>
              {action.state === 'waiting' ? 'Try now' : 'Read again'}
            </Button>
          ) : null}
          {can.withdraw ? (
            <Button
              onPress={() => void call(till.withdraw({ actionId: action.id }), { done: `Withdrawn: ${what}. Nothing moved.` })}
              aria-label={`Withdraw: ${what}`}
            >
              Withdraw
            </Button>
          ) : null}
        </div>
      )}
    </>
  );
}

/** When it was promised, and until when it is sent. */
function factsOf(action: ActionView, group: QueueGroup, zone: string, nowMs: number): string {
  if (group === 'ended') return [formatWhen(action.changedAtMs, zone, nowMs), action.message].filter(Boolean).join(' · ');
  const promised = `Promised ${formatWhen(action.acceptedAtMs, zone, nowMs)}`;
  const sends = action.sends > 1 ? `sent ${action.sends} times` : null;
  const until = action.deadlineMs === null || action.state !== 'waiting' ? null : `sent only ${untilInWords(action.deadlineMs, zone, nowMs)}`;
  return [promised, sends, until].filter((fact) => fact !== null).join(' · ');
}
