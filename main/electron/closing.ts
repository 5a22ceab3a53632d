import { app } from 'electron';
import type { Log } from '../ports/log.ts';

/** A window whose page hangs never closes by itself: the till is closed by then, and leaves without it. */
const LEAVING_MS_MAX = 2_000;
/** A PC that shuts down, and whoever pressed Close and went, answer nothing. */
const ANSWERED_WITHIN_MS = 60_000;

export type Closing = Readonly<{
  /** The person wants to leave. True: leave now; false: not yet, `leave` is called when it can be. */
  wanted(): boolean;
}>;

/**
 * The way out. What waits in the queue is on disk and goes on next time, which is said, for a hold may end before that; only what is being
 * sent this moment is worth waiting for. `askToLeave` resolves to true when the person leaves all the same, `askToWait` when they do not
 * want to wait. A question is taken back (`signal`) when the wait is over.
 */
export function createClosing(
  till: { queuedCount(): number; sendingCount(): number; quiet(): Promise<void>; close(): Promise<void> },
  world: {
    askToLeave(queuedCount: number, signal: AbortSignal): Promise<boolean>;
    askToWait(sendingCount: number, signal: AbortSignal): Promise<boolean>;
    leave(): void;
  },
  log: Log,
): Closing {
  let state: 'open' | 'closing' | 'closed' = 'open';

  async function leavesAllTheSame(queuedCount: number): Promise<boolean> {
    const over = new AbortController();
    const timer = setTimeout(() => over.abort(), ANSWERED_WITHIN_MS);
    const unanswered = new Promise<boolean>((resolve) => over.signal.addEventListener('abort', () => resolve(true)));
    try {
      return await Promise.race([world.askToLeave(queuedCount, over.signal), unanswered]);
    } catch (error) {
      failed('asking')(error);
      return true;
    } finally {
      clearTimeout(timer);
    }
  }

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
      return await world.askToWait(sendingCount, signal);
    } catch (error) {
      failed('asking')(error);
      return false;
    }
  }

  function stay(): void {
    state = 'open';
  }

  function end(): void {
    close()
      .catch(failed('the till'))
      .finally(() => {
        state = 'closed';
        world.leave();
        setTimeout(() => app.exit(), LEAVING_MS_MAX);
      });
  }

  return {
    wanted() {
      if (state === 'closed') return true;
      if (state === 'closing') return false;
      state = 'closing';
      const queuedCount = till.queuedCount();
      if (queuedCount === 0) end();
      else void leavesAllTheSame(queuedCount).then((leaves) => (leaves ? end() : stay()));
      return false;
    },
  };
}
