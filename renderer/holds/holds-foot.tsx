import { useMemo } from 'react';
import type { PaymentView } from '../../preload/contract.ts';
import { choiceRows, tickedSums } from '../end-of-day/choice.ts';
import { goToStep } from '../end-of-day/end-of-day-state.ts';
import { planRun } from '../end-of-day/planned-run.ts';
import { countOf, holdsInWords, sumsInWords } from '../end-of-day/sums-in-words.ts';
import { useScanUndo } from '../scan/use-scan-undo.ts';
import { Button } from '../ui/button.tsx';
import { ScreenFoot } from '../ui/screen-foot.tsx';
import { goTo } from '../view.ts';
import { chooseHolds, putBack, useHolds } from './holds-state.ts';

/** What the chosen holds come to, and the way on: the same review, run and report as at the end of the day. */
export function HoldsFoot({ holds, shown }: { holds: readonly PaymentView[]; shown: readonly PaymentView[] }) {
  const choice = useHolds((state) => state.choice);
  // A blank in a code would choose.
  useScanUndo({ look: () => choice, restore: putBack });
  const chosen = useMemo(() => choiceRows(holds, choice).filter((row) => row.ticked), [holds, choice]);
  const hiddenCount = useMemo(() => {
    const inSight = new Set(shown.map((payment) => payment.id));
    return chosen.filter((row) => !inSight.has(row.payment.id)).length;
  }, [chosen, shown]);
  const sums = tickedSums(chosen);
  const count = countOf(sums);
  const review = () => {
    goToStep({ kind: 'review', run: planRun(chosen, () => crypto.randomUUID()), origin: 'holds' });
    goTo('end-of-day');
  };
  return (
    <ScreenFoot className="eod-foot holds-foot">
      <p className="eod-sum" role="status">
        {count === 0 ? (
          <span className="quiet-text">
            None chosen. Choose several to capture them together. <kbd>Space</kbd> chooses, <kbd>Enter</kbd> opens.
          </span>
        ) : (
          <>
            <strong>{holdsInWords(count)}</strong> chosen, <strong>{sumsInWords(sums)}</strong> to capture
            {hiddenCount > 0 ? <span className="quiet-text"> · {hiddenCount} of them not in the list shown</span> : null}
          </>
        )}
      </p>
      {count === 0 ? null : (
        <>
          <Button onPress={() => chooseHolds([])}>Choose none</Button>
          <Button kind="primary" shortcut="F6" onPress={review}>
            Review {holdsInWords(count)}
          </Button>
        </>
      )}
    </ScreenFoot>
  );
}
