import type { TillError } from '../../preload/contract.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ledger } from '../ports/ledger.ts';
import { refusedByDisk } from './disk-failure.ts';
import { createLastingFact } from './lasting-fact.ts';

export type KeptPause = Readonly<{
  isPaused(): boolean;
  /** It counts whatever the disk says. Fails where that does not take it yet: it is written as soon as it does. */
  keep(paused: boolean): Result<null, TillError>;
  close(): void;
}>;

/** Whether a person has paused the queue, over a restart. */
export function createKeptPause(ledger: Pick<Ledger, 'readFact' | 'writeFact'>, clock: Pick<Clock, 'after'>): KeptPause {
  const fact = createLastingFact(ledger, clock, 'paused');
  return {
    isPaused: () => fact.read() === 'yes',
    keep(paused) {
      const written = fact.keep(paused ? 'yes' : 'no');
      if (written.ok) return ok(null);
      return err({
        ...refusedByDisk(written.error),
        message: `${written.error.message} The queue ${paused ? 'is paused' : 'goes on'}, but a restart would forget it until this can be written down.`,
      });
    },
    close: fact.close,
  };
}
