import { app } from 'electron';
import type { Log } from '../ports/log.ts';

/** A window whose page hangs never closes by itself: the till is closed by then, and leaves without it. */
const LEAVING_MS_MAX = 2_000;

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
    const quiet = till.quiet().catch(failed('waiting for the answers'));
    // After it: what had been heard by then may have sent something more.
    const sendingCount = till.sendingCount();
    if (sendingCount > 0) {
      const over = new AbortController();
      const impatient = wantsToLeaveNow(sendingCount, over.signal).then(async (leaveNow) => (leaveNow ? undefined : quiet));
      await Promise.race([quiet, impatient]);
      over.abort();
    }
    await till.close();
  }

  /** Whatever breaks on the way, the till is closed: what its disk had not taken yet is written then. */
  const failed = (what: string) => (error: unknown) =>
    log.error(`closing, ${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);

  /** Where the question cannot be shown nobody is impatient: a request has its time limit, so the wait ends. */
  async function wantsToLeaveNow(sendingCount: number, signal: AbortSignal): Promise<boolean> {
    try {
      return await world.ask(sendingCount, signal);
    } catch (error) {
      failed('asking')(error);
      return false;
    }
  }

  return {
    wanted() {
      if (state === 'closed') return true;
      if (state === 'closing') return false;
      state = 'closing';
      close()
        .catch(failed('the till'))
        .finally(() => {
          state = 'closed';
          world.leave();
          setTimeout(() => app.exit(), LEAVING_MS_MAX);
        });
      return false;
    },
  };
}
