import type { PaymentDetail } from '../../preload/contract.ts';
import { formatMoney, formatWhen } from '../format.ts';
import { useNow } from '../now.ts';
import { useTill } from '../store.ts';

type Entry = PaymentDetail['timeline'][number];

const TONES = { neutral: 'grey', promised: 'blue', confirmed: 'teal', refused: 'amber' } as const satisfies Record<Entry['tone'], string>;
const BY_WORDS = { dojo: 'Dojo', till: 'this till', person: 'somebody at this till', elsewhere: 'another till or Dojo' } as const;

/** What happened, newest last; by whom, and how sure it is. */
export function Timeline({ entries, currency }: { entries: readonly Entry[]; currency: string }) {
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const nowMs = useNow(60_000);
  return (
    <section aria-labelledby="payment-timeline">
      <h3 id="payment-timeline" className="payment-heading">
        What happened
      </h3>
      <ol className="timeline">
        {entries.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries have no id; two may be alike, and the list is only replaced whole.
          <li key={index} className="timeline-entry" data-tone={TONES[entry.tone]} data-promised={entry.tone === 'promised'}>
            <span className="payment-line-when">{formatWhen(entry.atMs, zone, nowMs)}</span>
            <span>
              {entry.what} <span className="timeline-by">{BY_WORDS[entry.by]}</span>
            </span>
            <span className="amount">{entry.amountMinor === null ? '' : formatMoney(entry.amountMinor, currency)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
