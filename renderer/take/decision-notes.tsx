import type { TillError } from '../../preload/contract.ts';
import { notAcceptedTitle } from '../error-words.ts';
import { Banner } from '../ui/banner.tsx';
import { RefusalBanner } from '../ui/refusal-banner.tsx';

type DecisionNotesProps = Readonly<{
  caution: string | null;
  waits: string | null;
  /** By the time that it waits for it cannot be sent any more. */
  isTooLate?: boolean;
  error: TillError | null;
}>;

/** What a person has to know at the foot of a decision about money: what Dojo leaves open, that it waits, that it was not accepted. */
export function DecisionNotes({ caution, waits, isTooLate = false, error }: DecisionNotesProps) {
  return (
    <>
      {caution ? (
        <Banner tone="amber" title="Mind this.">
          {caution}
        </Banner>
      ) : null}
      {waits ? (
        <Banner tone={isTooLate ? 'amber' : 'blue'} title={isTooLate ? 'It will be too late.' : 'Not now.'} isUrgent={isTooLate}>
          {waits}
        </Banner>
      ) : null}
      {error ? <RefusalBanner title={notAcceptedTitle(error)} error={error} /> : null}
    </>
  );
}
