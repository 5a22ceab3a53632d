import type { Result } from '../core/result.ts';
import type { Clock } from '../ports/clock.ts';
import type { DiskFailure, Ledger } from '../ports/ledger.ts';

const DISK_RETRY_MS = 5_000;

/** A fact of the ledger that counts as soon as it is decided, whatever the disk says just then. */
export type LastingFact = Readonly<{
  read(): string | null;
  /** Fails where the disk does not take it yet: it is written as soon as it does. */
  keep(value: string): Result<null, DiskFailure>;
  /** One more try, so that it is not in memory alone. */
  close(): void;
}>;

export function createLastingFact(ledger: Pick<Ledger, 'readFact' | 'writeFact'>, clock: Pick<Clock, 'after'>, name: string): LastingFact {
  let unwritten: string | null = null;
  let cancelRetry = (): void => undefined;

  function write(value: string): Result<null, DiskFailure> {
    cancelRetry();
    const written = ledger.writeFact(name, value);
    unwritten = written.ok ? null : value;
    if (!written.ok) cancelRetry = clock.after(DISK_RETRY_MS, () => void write(value));
    return written;
  }

  return {
    read: () => unwritten ?? ledger.readFact(name),
    keep: write,
    close() {
      if (unwritten !== null) write(unwritten);
      cancelRetry();
    },
  };
}
