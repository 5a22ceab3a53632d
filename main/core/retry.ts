/** How a request to Dojo can fail: a closed union, told apart by `kind`, never by message text. */
export type FailureKind =
  | 'not-sent' // no byte of the request can have reached Dojo: no line, no name, no connection
  | 'refused' // Dojo answered no: nothing moved
  | 'unknown-outcome' // it was sent and may have been done: time-out, reset, 5xx, an answer cut short
  | 'throttled' // Dojo asked to come back later, without having done it
  | 'key-refused' // Dojo does not accept the key, nothing was done
  | 'not-dojo'; // somebody else answered: a captive portal, a proxy

export type Failure = Readonly<{
  kind: FailureKind;
  /** A short code for logs and support: `timeout`, `ECONNREFUSED`, `http-500`, `html`, `too-large`. */
  cause: string;
  status: number | null;
  title: string | null;
  detail: string | null;
  traceId: string | null;
  retryAfterMs: number | null;
  /** The answer as it came, or why none did: for Dojo's support, with nothing secret in it. */
  raw: string;
}>;

const FIRST_MS = 1_000;
const MOST_MS = 60_000;
/** A server may ask for any wait; the till never sleeps longer than this on its word. */
const RETRY_AFTER_MOST_MS = 10 * 60_000;

/** Exponential backoff with jitter: half fixed, half drawn, so that several tills do not come back together. */
export function backoffMs(failures: number, random: number): number {
  const ceiling = Math.min(MOST_MS, FIRST_MS * 2 ** Math.max(0, Math.min(failures - 1, 16)));
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}

/** How long to wait after a failure: what Dojo asked for, else the backoff. */
export const waitMs = (failure: Failure, failures: number, random: number): number =>
  failure.retryAfterMs === null ? backoffMs(failures, random) : Math.min(Math.max(failure.retryAfterMs, FIRST_MS), RETRY_AFTER_MOST_MS);
