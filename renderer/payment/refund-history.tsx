import type { ActionView, RefundHistory } from '../../preload/contract.ts';
import { formatMoney, formatWhen } from '../format.ts';
import { useNow } from '../now.ts';
import { useTill } from '../store.ts';
import { Banner } from '../ui/banner.tsx';
import { Fact } from '../ui/field.tsx';
import { StateMark } from '../ui/state-mark.tsx';
import { ACTION_STATE_WORDS, actionWords } from '../words.ts';

/** The refunds decided here, and whether they add up to what Dojo shows. */
export function Refunds({ refunds, actions, currency }: Readonly<{ refunds: RefundHistory; actions: readonly ActionView[]; currency: string }>) {
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const nowMs = useNow(60_000);
  const { lines, hereMinor, dojoMinor, difference } = refunds;
  if (lines.length === 0 && dojoMinor === 0) return null;
  return (
    <section aria-labelledby="payment-refunds">
      <h3 id="payment-refunds" className="payment-heading">
        Refunds
      </h3>
      {difference ? (
        <Banner tone="amber" title="The sums differ.">
          {difference}
        </Banner>
      ) : null}
      <ul className="payment-lines">
        {lines.map(({ actionId, atMs, amountMinor, reason, notes, state, refundId }) => {
          const action = actions.find(({ id }) => id === actionId);
          const words = action ? actionWords(action) : ACTION_STATE_WORDS[state];
          return (
            <li key={actionId} className="payment-line">
              <span className="payment-line-when">{formatWhen(atMs, zone, nowMs)}</span>
              <span>
                <StateMark tone={words.tone} shape={words.shape} certainty={words.certainty}>
                  {words.text}
                </StateMark>
                <span className="payment-line-note">{reason ?? 'No reason given'}</span>
                {notes ? <span className="payment-line-note">{notes}</span> : null}
                {refundId ? <span className="payment-line-note">Dojo’s refund id: {refundId}</span> : null}
              </span>
              <span className="amount">{formatMoney(amountMinor, currency)}</span>
            </li>
          );
        })}
      </ul>
      <dl className="payment-sums">
        <Fact label="Done on this till">{formatMoney(hereMinor, currency)}</Fact>
        <Fact label="Refunded, says Dojo">{formatMoney(dojoMinor, currency)}</Fact>
      </dl>
    </section>
  );
}
