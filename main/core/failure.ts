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
