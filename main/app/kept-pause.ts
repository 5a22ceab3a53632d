import type { TillError } from '../../preload/contract.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ledger } from '../ports/ledger.ts';
import { refusedByDisk } from './disk-failure.ts';

const DISK_RETRY_MS = 5_000;
const PAUSED = 'paused';

export type KeptPause = Readonly<{
  isPaused(): boolean;
  /** It counts whatever the disk says. Fails where that does not take it yet: it is written as soon as it does. */
  keep(paused: boolean): Result<null, TillError>;
  /** One more try, so that it is not in memory alone. */
  close(): void;
}>;

/** Whether a person has paused the queue, over a restart. */
export function createKeptPause(ledger: Pick<Ledger, 'readFact' | 'writeFact'>, clock: Pick<Clock, 'after'>): KeptPause {
  let unwritten: boolean | null = null;
  let cancelRetry = (): void => undefined;

  function write(paused: boolean): ReturnType<Ledger['writeFact']> {
    cancelRetry();
    const written = ledger.writeFact(PAUSED, paused ? 'yes' : 'no');
    unwritten = written.ok ? null : paused;
    if (!written.ok) cancelRetry = clock.after(DISK_RETRY_MS, () => void write(paused));
    return written;
  }

  return {
    isPaused: () => ledger.readFact(PAUSED) === 'yes',
    keep(paused) {
      const written = write(paused);
      if (written.ok) return ok(null);
      return err({
        ...refusedByDisk(written.error),
        message: `${written.error.message} The queue ${paused ? 'is paused' : 'goes on'}, but a restart would forget it until this can be written down.`,
      });
    },
    close() {
      if (unwritten !== null) write(unwritten);
      cancelRetry();
    },
  };
}
