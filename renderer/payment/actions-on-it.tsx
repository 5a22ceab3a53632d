import type { ActionView } from '../../preload/contract.ts';
import { formatWhen } from '../format.ts';
import { useNow } from '../now.ts';
import { useTill } from '../store.ts';
import { NextStep } from '../ui/next-step.tsx';
import { RawAnswer } from '../ui/raw-answer.tsx';
import { StateMark } from '../ui/state-mark.tsx';
import { goTo } from '../view.ts';
import { actionTitle, actionWords } from '../words.ts';

/** What this till has done or promised to do with the payment. `said`: what stands above already, why somebody should look at it. */
export function ActionsOnIt({ actions, said }: Readonly<{ actions: readonly ActionView[]; said: string | null }>) {
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const nowMs = useNow(60_000);
  if (actions.length === 0) return null;
  const canBeHandled = actions.some(({ can }) => can.withdraw || can.retry || can.settle);
  return (
    <section aria-labelledby="payment-actions">
      <h3 id="payment-actions" className="payment-heading">
        Decided on this till
      </h3>
      <ul className="payment-lines">
        {actions.map((action) => {
          const words = actionWords(action);
          return (
            <li key={action.id} className="payment-line">
              <span className="payment-line-when">{formatWhen(action.acceptedAtMs, zone, nowMs)}</span>
              <span>
                {actionTitle(action)}{' '}
                <StateMark tone={words.tone} shape={words.shape} certainty={words.certainty}>
                  {words.text}
                </StateMark>
                {action.message && action.message !== said ? <span className="payment-line-note">{action.message}</span> : null}
                <NextStep next={action.next} />
                <RawAnswer raw={action.raw} traceId={action.traceId} about={actionTitle(action)} />
              </span>
            </li>
          );
        })}
      </ul>
      {canBeHandled ? (
        <button type="button" className="link" onClick={() => goTo('queue')}>
          Handle it in the queue
        </button>
      ) : null}
    </section>
  );
}
