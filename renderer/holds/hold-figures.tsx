import type { Sum } from '../end-of-day/choice.ts';
import { countOf, holdsInWords } from '../end-of-day/sums-in-words.ts';
import { formatMoney } from '../format.ts';
import { Figure } from '../today/totals-line.tsx';
import type { HoldSums } from './open-holds.ts';

/** What is left to take, and what becomes of it within two days if nobody does anything. */
export function HoldFigures({ sums }: { sums: HoldSums }) {
  return (
    <dl className="totals" aria-label="Sums of the holds">
      <Of label="Left to capture" sums={sums.left} />
      <Of label="Lost within 24 h" sums={sums.lostVerySoon} isWarning={sums.lostVerySoon.length > 0} />
      <Of label="Lost within 48 h" sums={sums.lostSoon} isWarning={sums.lostSoon.length > 0} />
      <Of label="Captured in full within 48 h" sums={sums.takenByItselfSoon} />
    </dl>
  );
}

function Of({ label, sums, isWarning = false }: { label: string; sums: readonly Sum[]; isWarning?: boolean }) {
  return (
    <Figure label={label} count={holdsInWords(countOf(sums))} amounts={sums.map((sum) => formatMoney(sum.amountMinor, sum.currency))} isWarning={isWarning} />
  );
}
