/** How a request to Dojo can fail: a closed union, told apart by `kind`, never by message text. */
export type FailureKind =
  | 'not-sent' // no byte of the request can have reached Dojo: no line, no name, no connection
  | 'refused' // Dojo answered no (403 too: this key may not do this): nothing moved
  | 'unknown-outcome' // it was sent and may have been done: time-out, reset, 5xx, an answer cut short
  | 'throttled' // Dojo asked to come back later, without having done it
  | 'key-refused' // Dojo does not accept the key, nothing was done
  | 'not-dojo'; // somebody else answered, whatever the status: a captive portal, a proxy; the request may have gone past it to Dojo

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

/** Nobody was asked: Dojo, or something on the way, had asked to be left alone before. */
export const wasNotAsked = ({ cause }: Failure): boolean => cause === 'asked-to-wait';

/** The connection or the key may be to blame, which are the same for every payment; or this one payment is. The list tells. */
export const mayBeAboutAll = (failure: Failure): boolean =>
  (failure.kind === 'not-sent' || failure.kind === 'not-dojo' || failure.kind === 'key-refused') && !wasNotAsked(failure);
