export type HttpRequest = Readonly<{
  method: 'GET' | 'POST' | 'DELETE';
  url: string;
  headers: Readonly<Record<string, string>>;
  /** JSON text, or null. */
  body: string | null;
  timeoutMs: number;
  /** It may move money: it must never be repeated by a layer below (a reused connection, a redirect). */
  movesMoney: boolean;
}>;

/**
 * Never rejects. `not-sent`: no byte of the request can have reached the server. `broken`: it may have (time-out, reset,
 * an answer cut short or larger than the limit). Redirects are answers: they are never followed.
 */
export type HttpAnswer =
  | Readonly<{ kind: 'answered'; status: number; headers: Readonly<Record<string, string>>; body: string }>
  | Readonly<{ kind: 'not-sent'; cause: string }>
  | Readonly<{ kind: 'broken'; cause: string }>;

export type Http = Readonly<{ request(request: HttpRequest): Promise<HttpAnswer> }>;

/** Larger answers are cut off and count as broken. */
export const BODY_BYTES_MAX = 8 * 1024 * 1024;
