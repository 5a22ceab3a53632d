import type { Failure, FailureKind } from '../core/failure.ts';
import type { OwnCause } from '../core/refusals.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { HttpAnswer } from '../ports/http.ts';
import { isRecord, textOf } from './json.ts';
import { cleanId, cleanMessage } from './sanitize.ts';
import { rawOf } from './support-text.ts';
import { httpDateMs } from './time.ts';

const TITLE_MAX = 200;
const DETAIL_MAX = 1000;
const TRACE_ID_MAX = 100;
const CAUSE_MAX = 40;
const RETRY_AFTER_MS_MAX = 24 * 3_600_000;

/** Dojo's yes: a 2xx with a JSON body, or a 204 with none (`json` is undefined). */
export type Reply = Readonly<{ status: number; json: unknown }>;

type Answered = Extract<HttpAnswer, { kind: 'answered' }>;

/** `dateMs`: Dojo's clock, where the answer is Dojo's and says it; null where it is not, or a cache kept it for a while. */
export type Reading = Readonly<{ result: Result<Reply, Failure>; dateMs: number | null }>;

/**
 * What an answer means. Only JSON is Dojo's word: a captive portal, a proxy or a gateway answers with a page, redirects, or asks to
 * sign in, and whatever its status, it says nothing about the payment. A request that moves money may have gone past it to Dojo, so
 * `not-dojo` is then no more certain than `unknown-outcome`. An answer with nothing in it counts by its status.
 */
export function readAnswer(answer: HttpAnswer, nowMs: number): Reading {
  switch (answer.kind) {
    case 'not-sent':
      return { result: err(failure('not-sent', cleanId(answer.cause, CAUSE_MAX))), dateMs: null };
    case 'broken':
      return { result: err(failure('unknown-outcome', cleanId(answer.cause, CAUSE_MAX))), dateMs: null };
    case 'answered': {
      const body = bodyOf(answer);
      const result = readAnswered(answer, body, nowMs);
      const fromDojo = body.kind === 'json' && (result.ok || result.error.kind !== 'not-dojo') && isFresh(answer);
      return { result, dateMs: fromDojo ? httpDateMs(answer.headers.date) : null };
    }
  }
}

/** No cache has kept it: some say so by an age of 0. */
const isFresh = ({ headers: { age } }: Answered): boolean => age === undefined || /^\s*0+\s*$/.test(age);

function readAnswered(answer: Answered, body: Body, nowMs: number): Result<Reply, Failure> {
  const { status } = answer;
  const json = body.kind === 'json' ? body.value : undefined;
  const fail = (kind: FailureKind, cause: string) =>
    err({ ...failure(kind, cause, status, json), ...problemIn(json), retryAfterMs: retryAfterMs(answer, nowMs) } satisfies Failure);
  const httpCause = `http-${status}`;

  // Both are said by something in between: a proxy, or a network that wants somebody to sign in.
  if (status === 407 || status === 511) return fail('not-dojo', httpCause);
  if (status >= 300 && status <= 399) return fail('not-dojo', 'redirect');
  if (body.kind === 'html' || body.kind === 'not-json') return fail('not-dojo', body.kind);
  if (body.kind === 'malformed') return fail('unknown-outcome', 'malformed');
  if (status === 204) return ok({ status, json: undefined });
  if (status >= 200 && status <= 299) return body.kind === 'empty' ? fail('unknown-outcome', 'malformed') : ok({ status, json });
  if (status === 429) return fail('throttled', httpCause);
  if (status === 401) return fail('key-refused', httpCause);
  if (status === 408 || (status >= 500 && status <= 599)) return fail('unknown-outcome', httpCause);
  // 403 is one of them: this key may not do this, which says nothing about anything else.
  if (status >= 400 && status <= 499) return fail('refused', httpCause);
  return fail('not-dojo', httpCause);
}

/** A yes whose body is not what the specification promises: not to be called done, and not a no. */
export const malformed = (cause: 'malformed' | 'odd', status: number | null): Failure => failure('unknown-outcome', cause, status);

/** The till itself would not send it; nothing left. */
export const notSendable = (cause: OwnCause): Failure => failure('refused', cause);

/** A failure of which no answer tells more than its status and what stands in `json`. */
export const failure = (kind: FailureKind, cause: string, status: number | null = null, json: unknown = null): Failure => ({
  kind,
  cause,
  status,
  title: null,
  detail: null,
  traceId: null,
  retryAfterMs: null,
  raw: rawOf(cause, status, json),
});

type Body = Readonly<{ kind: 'json'; value: unknown }> | Readonly<{ kind: 'empty' | 'malformed' | 'html' | 'not-json' }>;

function bodyOf(answer: Answered): Body {
  const contentType = (answer.headers['content-type'] ?? '').toLowerCase();
  const text = answer.body.trim();
  if (text === '') return { kind: 'empty' };
  if (contentType.includes('html') || text.startsWith('<')) return { kind: 'html' };
  const saysJson = /[/+]json\b/.test(contentType);
  try {
    const value: unknown = JSON.parse(text);
    return saysJson || (typeof value === 'object' && value !== null) ? { kind: 'json', value } : { kind: 'not-json' };
  } catch {
    return { kind: saysJson || /^[{[]/.test(text) ? 'malformed' : 'not-json' };
  }
}

/** RFC 7807 problem details; `errors` and `traceId` at the top level or inside `extensions`, as Dojo's own material has both. */
function problemIn(json: unknown): Pick<Failure, 'title' | 'detail' | 'traceId'> {
  if (!isRecord(json)) return { title: null, detail: null, traceId: null };
  const extensions = isRecord(json.extensions) ? json.extensions : {};
  const said = (value: unknown, lengthMax: number) => textOf(value, (text) => cleanMessage(text, lengthMax));
  const traced = (value: unknown) => textOf(value, (text) => cleanId(text, TRACE_ID_MAX));
  return {
    title: said(json.title, TITLE_MAX),
    detail: said(json.detail, DETAIL_MAX) ?? said(flattened(json.errors) ?? flattened(extensions.errors), DETAIL_MAX),
    traceId: traced(json.traceId) ?? traced(extensions.traceId),
  };
}

/** `{ amount: ['too high'] }` as one line: `amount: too high`. */
function flattened(errors: unknown): string | null {
  if (!isRecord(errors)) return null;
  const lines = Object.entries(errors)
    .slice(0, 20)
    .flatMap(([field, texts]) =>
      (Array.isArray(texts) ? texts.slice(0, 5) : [texts]).filter((text) => typeof text === 'string').map((text) => (field ? `${field}: ${text}` : text)),
    );
  return lines.length > 0 ? lines.join('; ') : null;
}

/** Seconds, or a date: measured on the server's own clock where the answer says it, since the PC's may be wrong. */
function retryAfterMs({ headers }: Answered, nowMs: number): number | null {
  const value = headers['retry-after']?.trim();
  if (value === undefined) return null;
  const dateMs = httpDateMs(value);
  const waitMs = /^\d{1,9}$/.test(value) ? Number(value) * 1000 : dateMs === null ? null : dateMs - (httpDateMs(headers.date) ?? nowMs);
  return waitMs === null ? null : Math.min(Math.max(waitMs, 0), RETRY_AFTER_MS_MAX);
}
