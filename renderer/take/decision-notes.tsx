import type { TillError } from '../../preload/contract.ts';
import { notAcceptedTitle } from '../error-words.ts';
import { Banner } from '../ui/banner.tsx';
import { RefusalBanner } from '../ui/refusal-banner.tsx';

/** What a person has to know at the foot of a decision about money: what Dojo leaves open, that it waits, that it was not accepted. */
export function DecisionNotes({ caution, waits, error }: Readonly<{ caution: string | null; waits: string | null; error: TillError | null }>) {
  return (
    <>
      {caution ? (
        <Banner tone="amber" title="Mind this.">
          {caution}
        </Banner>
      ) : null}
      {waits ? (
        <Banner tone="blue" title="Not now.">
          {waits}
        </Banner>
      ) : null}
      {error ? <RefusalBanner title={notAcceptedTitle(error)} error={error} /> : null}
    </>
  );
}
