import { MOVE_KINDS, type MoveKind } from '../core/queue/action.ts';
import type { QueueState } from '../core/queue/queue-state.ts';
import type { Ledger } from '../ports/ledger.ts';

export type KeptStops = Readonly<{
  /** What this account's key could not do when the last run ended, as far as something of it still waits. */
  of(accountId: string, queue: QueueState): readonly MoveKind[];
  /** Keeps what is stopped now. Where the disk refuses, the next start tries it once more. */
  keep(accountId: string, queue: QueueState): void;
}>;

/**
 * Operations that Dojo answered 403, over a restart: each start would have three more of what waits refused for good. What is felt for by
 * itself (401) is not among them, for nothing ends by it.
 */
export function createKeptStops(ledger: Pick<Ledger, 'readFact' | 'writeFact'>): KeptStops {
  const factOf = (accountId: string): string => `stopped:${accountId}`;
  return {
    of(accountId, { actions }) {
      const stopped = new Set((ledger.readFact(factOf(accountId)) ?? '').split(' '));
      const waiting = new Set(
        [...actions.values()].filter((action) => action.accountId === accountId && action.state === 'waiting').map(({ move }) => move.kind),
      );
      return MOVE_KINDS.filter((kind) => stopped.has(kind) && waiting.has(kind));
    },
    keep(accountId, { stoppedOperations, feltFor }) {
      const stopped = MOVE_KINDS.filter((kind) => stoppedOperations.has(kind) && !feltFor.has(kind)).join(' ');
      if (stopped !== (ledger.readFact(factOf(accountId)) ?? '')) ledger.writeFact(factOf(accountId), stopped);
    },
  };
}
