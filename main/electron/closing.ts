import type { Log } from '../ports/log.ts';

export type Closing = Readonly<{
  /** The person wants to leave. True: leave now; false: not yet, `leave` is called when it can be. */
  wanted(): boolean;
}>;

/**
 * The way out. What waits in the queue is on disk and goes on next time; only what is being sent this moment is worth waiting for.
 * `ask` resolves to true when the person does not want to wait; it is taken back (`signal`) when the wait is over.
 */
export function createClosing(
  till: { sendingCount(): number; quiet(): Promise<void>; close(): Promise<void> },
  world: { ask(sendingCount: number, signal: AbortSignal): Promise<boolean>; leave(): void },
  log: Log,
): Closing {
  let state: 'open' | 'closing' | 'closed' = 'open';

  async function close(): Promise<void> {
    const sendingCount = till.sendingCount();
    const quiet = till.quiet();
    if (sendingCount > 0) {
      const over = new AbortController();
      const impatient = world.ask(sendingCount, over.signal).then(async (leaveNow) => (leaveNow ? undefined : quiet));
      await Promise.race([quiet, impatient]);
      over.abort();
    }
    await till.close();
  }

  return {
    wanted() {
      if (state === 'closed') return true;
      if (state === 'closing') return false;
      state = 'closing';
      close()
        .catch((error: unknown) => log.error(`closing: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`))
        .finally(() => {
          state = 'closed';
          world.leave();
        });
      return false;
    },
  };
}
