import { useState } from 'react';
import type { ActionView } from '../../preload/contract.ts';
import { till } from '../bridge.ts';
import { formatWhen } from '../format.ts';
import { useNow } from '../now.ts';
import { call, useTill } from '../store.ts';
import { untilInWords } from '../take/deadline-words.ts';
import { useStillWhile } from '../take/use-decision.ts';
import { Button } from '../ui/button.tsx';
import { NextStep } from '../ui/next-step.tsx';
import { RawAnswer } from '../ui/raw-answer.tsx';
import { StateMark } from '../ui/state-mark.tsx';
import { TwoStepButton } from '../ui/two-step-button.tsx';
import { openDialog } from '../view.ts';
import { actionWords } from '../words.ts';
import { actionInWords, actionSpoken, actionTold, paymentFacts, readInWords, retryWord, sendConfirmed, type ToldAt } from './action-in-words.ts';
import type { QueueGroup } from './groups.ts';
import { seenVersionsOf } from './sending.ts';

type QueueRowProps = Readonly<{ action: ActionView; group: QueueGroup; onSettle: () => void }>;

/** One action: what it is, where it is, what can be done about it. */
export function QueueRow({ action, group, onSettle }: QueueRowProps) {
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const nowMs = useNow(15_000);
  const words = actionWords(action);
  const at = { zone, nowMs };
  const spoken = actionSpoken(action, at);
  const { can } = action;
  const isEnded = isEndedIn(group);
  const isPaused = useTill((snapshot) => snapshot.connection.queue.paused);
  const [isSending, setSending] = useState(false);
  const asked = useStillWhile(action.sides?.dojo, isSending);
  const sendAgain = async () => {
    setSending(true);
    await call(till.release({ actionIds: [action.id], seenVersions: seenVersionsOf([action]) }));
    setSending(false);
  };
  return (
    <>
      <div className="queue-what">
        <span className="queue-title">{actionInWords(action)}</span>
        <span className="queue-facts">{factsOf(action, group, at)}</span>
        {action.message && !isEnded ? <span className="queue-message">{action.message}</span> : null}
        {action.sides ? (
          <span className="queue-message">{[action.sides.dojo, readInWords(action, at), action.sides.till].filter((words) => words !== null).join(' ')}</span>
        ) : null}
        {can.release && action.ifAgain ? <span className="queue-warning">{action.ifAgain}</span> : null}
        <NextStep next={action.next} />
        <RawAnswer raw={action.raw} traceId={action.traceId} about={spoken} />
      </div>
      <StateMark tone={words.tone} shape={words.shape} certainty={words.certainty}>
        {words.text}
      </StateMark>
      {group === 'ended' ? null : (
        <div className="queue-buttons">
          {can.release && action.state === 'checking' ? (
            <TwoStepButton
              // What Dojo shows anew is asked about anew.
              asks={asked ?? ''}
              kind="money"
              ask="Send once more"
              confirm={sendConfirmed(action, ' again')}
              keep="No, keep it"
              warning={action.ifAgain}
              about={spoken}
              size="normal"
              pendingText={isSending ? 'Sending…' : undefined}
              onConfirm={() => void sendAgain()}
            />
          ) : null}
          {can.settle ? (
            <Button onPress={onSettle} aria-label={`Settle: ${spoken}`}>
              Settle
            </Button>
          ) : null}
          {can.retry && group !== 'other-account' && !action.tooLate && !(isPaused && action.state === 'waiting') ? (
            <Button
              isGuarded
              onPress={() => void call(till.retryNow({ actionId: action.id }), { isLook: true })}
              aria-label={`${retryWord(action)}: ${spoken}`}
            >
              {retryWord(action)}
            </Button>
          ) : null}
          {can.withdraw ? (
            <Button
              isGuarded
              onPress={() => void call(till.withdraw({ actionId: action.id }), { done: `${actionTold(action, at)}. ${action.whenRemoved ?? 'Removed.'}` })}
              aria-label={`Remove: ${spoken}`}
            >
              Remove
            </Button>
          ) : null}
          {action.tooLate || group === 'unseen' ? (
            <Button onPress={() => openDialog({ kind: 'payment', paymentId: action.paymentId })} aria-label={`Open the payment: ${spoken}`}>
              Open the payment
            </Button>
          ) : null}
        </div>
      )}
    </>
  );
}

const isEndedIn = (group: QueueGroup): boolean => group === 'ended' || group === 'unseen';

/** How it ended. That Dojo took a capture is no news once the bank's own word is in the mark. */
const endInWords = ({ state, captureStatus, message, cameTwice }: ActionView): string | null =>
  state === 'done' && captureStatus !== null && !cameTwice ? null : message;

/** On which payment it is, when it was promised, and until when it is sent. */
function factsOf(action: ActionView, group: QueueGroup, at: ToldAt): string {
  const { zone, nowMs } = at;
  const which = paymentFacts(action, at);
  if (isEndedIn(group)) return [which, `Ended ${formatWhen(action.changedAtMs, zone, nowMs)}`, endInWords(action)].filter(Boolean).join(' · ');
  const promised = `Queued ${formatWhen(action.acceptedAtMs, zone, nowMs)}`;
  const sends = action.sends > 1 ? `sent ${action.sends} times` : null;
  const until = action.deadlineMs === null || action.state !== 'waiting' || action.tooLate ? null : `sent only ${untilInWords(action.deadlineMs, zone, nowMs)}`;
  return [which, promised, sends, until].filter((fact) => fact !== null).join(' · ');
}
