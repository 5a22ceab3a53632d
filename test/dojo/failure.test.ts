import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FailureKind } from '../../main/core/failure.ts';
import { readAnswer } from '../../main/dojo/failure.ts';
import type { HttpAnswer } from '../../main/ports/http.ts';

const NOW_MS = Date.UTC(2026, 2, 2, 10);
const JSON_TYPE = 'application/json; charset=utf-8';

const answered = (status: number, contentType: string | null, body: string, headers: Record<string, string> = {}): HttpAnswer => ({
  kind: 'answered',
  status,
  headers: { ...(contentType === null ? {} : { 'content-type': contentType }), ...headers },
  body,
});
const failureIn = (answer: HttpAnswer) => {
  const { result } = readAnswer(answer, NOW_MS);
  if (result.ok) throw new Error('expected a failure');
  return result.error;
};

describe('an answer', () => {
  const problem = '{"title":"Conflict","detail":"Not now","traceId":"t-1"}';
  const html = '<!doctype html><html><title>Sign in</title></html>';
  it.each<[string, HttpAnswer, FailureKind, string]>([
    ['never sent', { kind: 'not-sent', cause: 'ECONNREFUSED' }, 'not-sent', 'ECONNREFUSED'],
    ['timed out', { kind: 'broken', cause: 'timeout' }, 'unknown-outcome', 'timeout'],
    ['reset', { kind: 'broken', cause: 'reset' }, 'unknown-outcome', 'reset'],
    ['too large', { kind: 'broken', cause: 'too-large' }, 'unknown-outcome', 'too-large'],
    ['broken for a long reason', { kind: 'broken', cause: 'x'.repeat(100) }, 'unknown-outcome', 'x'.repeat(40)],
    ['400 of Dojo', answered(400, JSON_TYPE, problem), 'refused', 'http-400'],
    ['404 of Dojo', answered(404, 'application/problem+json', problem), 'refused', 'http-404'],
    ['405 of Dojo', answered(405, JSON_TYPE, problem), 'refused', 'http-405'],
    ['409 of Dojo', answered(409, JSON_TYPE, problem), 'refused', 'http-409'],
    ['400 of Dojo without a type', answered(400, null, problem), 'refused', 'http-400'],
    ['401 of Dojo', answered(401, JSON_TYPE, problem), 'key-refused', 'http-401'],
    ['403 of Dojo', answered(403, JSON_TYPE, problem), 'refused', 'http-403'],
    ['401 in HTML', answered(401, 'text/html', html), 'not-dojo', 'html'],
    ['403 in HTML', answered(403, 'text/html', html), 'not-dojo', 'html'],
    ['400 in HTML', answered(400, 'text/html', html), 'not-dojo', 'html'],
    ['409 in plain text', answered(409, 'text/plain', 'Conflict'), 'not-dojo', 'not-json'],
    ['429 in HTML', answered(429, 'text/html', html), 'not-dojo', 'html'],
    ['429 in plain text', answered(429, 'text/plain', 'Slow down'), 'not-dojo', 'not-json'],
    ['429 cut short', answered(429, JSON_TYPE, problem.slice(0, 20)), 'unknown-outcome', 'malformed'],
    ['400 with nothing in it', answered(400, null, ''), 'refused', 'http-400'],
    ['401 with nothing in it', answered(401, null, ''), 'key-refused', 'http-401'],
    ['403 with nothing in it', answered(403, JSON_TYPE, ' \r\n'), 'refused', 'http-403'],
    ['404 with nothing in it', answered(404, 'text/html', ''), 'refused', 'http-404'],
    ['408 with nothing in it', answered(408, null, ''), 'unknown-outcome', 'http-408'],
    ['408 in HTML', answered(408, 'text/html', html), 'not-dojo', 'html'],
    ['404 in HTML', answered(404, 'text/html', html), 'not-dojo', 'html'],
    ['404 in plain text', answered(404, 'text/plain', '404 page not found'), 'not-dojo', 'not-json'],
    ['400 cut short', answered(400, JSON_TYPE, problem.slice(0, 20)), 'unknown-outcome', 'malformed'],
    ['407 of a proxy', answered(407, JSON_TYPE, problem), 'not-dojo', 'http-407'],
    ['511 of a network', answered(511, 'text/html', html), 'not-dojo', 'http-511'],
    ['408', answered(408, JSON_TYPE, problem), 'unknown-outcome', 'http-408'],
    ['429 of Dojo', answered(429, JSON_TYPE, problem), 'throttled', 'http-429'],
    ['429 with nothing in it', answered(429, null, ''), 'throttled', 'http-429'],
    ['500 of Dojo', answered(500, JSON_TYPE, problem), 'unknown-outcome', 'http-500'],
    ['500 in plain text', answered(500, 'text/plain', 'upstream connect error'), 'not-dojo', 'not-json'],
    ['500 cut short', answered(500, JSON_TYPE, problem.slice(0, 20)), 'unknown-outcome', 'malformed'],
    ['502 in HTML', answered(502, 'text/html', html), 'not-dojo', 'html'],
    ['503 in HTML', answered(503, 'text/html', html), 'not-dojo', 'html'],
    ['503 with nothing in it', answered(503, null, ''), 'unknown-outcome', 'http-503'],
    ['499', answered(499, JSON_TYPE, problem), 'refused', 'http-499'],
    ['599', answered(599, JSON_TYPE, problem), 'unknown-outcome', 'http-599'],
    ['600', answered(600, JSON_TYPE, problem), 'not-dojo', 'http-600'],
    ['504 of Dojo', answered(504, JSON_TYPE, problem), 'unknown-outcome', 'http-504'],
    ['300', answered(300, JSON_TYPE, '{}'), 'not-dojo', 'redirect'],
    ['399', answered(399, JSON_TYPE, '{}'), 'not-dojo', 'redirect'],
    ['301', answered(301, 'text/html', html, { location: 'https://example.com' }), 'not-dojo', 'redirect'],
    ['302 in JSON', answered(302, JSON_TYPE, '{}'), 'not-dojo', 'redirect'],
    ['304', answered(304, null, ''), 'not-dojo', 'redirect'],
    ['307', answered(307, null, '', { location: '/elsewhere' }), 'not-dojo', 'redirect'],
    ['a yes in HTML', answered(200, 'text/html; charset=utf-8', html), 'not-dojo', 'html'],
    ['a yes in HTML that says JSON', answered(200, JSON_TYPE, ` ${html}`), 'not-dojo', 'html'],
    ['JSON that says HTML', answered(200, 'text/html', '{"captureId":"cp_1"}'), 'not-dojo', 'html'],
    ['a yes in plain text', answered(200, 'text/plain', 'OK'), 'not-dojo', 'not-json'],
    ['a number in plain text', answered(200, 'text/plain', '200'), 'not-dojo', 'not-json'],
    ['a yes with nothing in it', answered(200, null, ''), 'unknown-outcome', 'malformed'],
    ['a yes in JSON cut short', answered(200, JSON_TYPE, '{"captureId":"cp'), 'unknown-outcome', 'malformed'],
    ['a yes in JSON cut to nothing', answered(200, JSON_TYPE, ''), 'unknown-outcome', 'malformed'],
    ['a yes cut short without a type', answered(200, null, '{"captureId":"cp'), 'unknown-outcome', 'malformed'],
    ['two answers in one', answered(200, JSON_TYPE, '{}{}'), 'unknown-outcome', 'malformed'],
    ['a status there is not', answered(0, JSON_TYPE, '{}'), 'not-dojo', 'http-0'],
  ])('%s', (_name, answer, kind, cause) => {
    expect(failureIn(answer)).toMatchObject({ kind, cause, status: answer.kind === 'answered' ? answer.status : null });
  });

  it.each<[string, HttpAnswer, number, unknown]>([
    ['200', answered(200, JSON_TYPE, '{"captureId":"cp_1"}'), 200, { captureId: 'cp_1' }],
    ['201', answered(201, JSON_TYPE, '{}'), 201, {}],
    ['299', answered(299, JSON_TYPE, '{}'), 299, {}],
    ['202 without a type', answered(202, null, '\uFEFF[1]'), 202, [1]],
    ['204', answered(204, null, ''), 204, undefined],
    ['204 of a type', answered(204, 'text/html', ''), 204, undefined],
  ])('%s is a yes', (_name, answer, status, json) => {
    expect(readAnswer(answer, NOW_MS).result).toEqual({ ok: true, value: { status, json } });
  });

  it.each([200, 201, 204, 302, 400, 401, 403, 404, 409, 429, 500, 502, 503, 599])('%i is not Dojo’s word where it is a page', (status) => {
    for (const answer of [answered(status, 'text/html', html), answered(status, JSON_TYPE, html), answered(status, 'text/plain', 'Sorry')])
      expect(failureIn(answer)).toMatchObject({ kind: 'not-dojo', status });
  });

  it('whatever it is, it is a value', () => {
    const anyAnswer = fc.record({
      kind: fc.constant('answered' as const),
      status: fc.oneof(fc.integer({ min: 100, max: 599 }), fc.integer()),
      headers: fc.dictionary(fc.constantFrom('content-type', 'date', 'retry-after', 'age'), fc.oneof(fc.string(), fc.constant(JSON_TYPE))),
      body: fc.oneof(
        fc.string(),
        fc.json(),
        fc.json().map((text) => text.slice(0, -1)),
      ),
    });
    fc.assert(
      fc.property(anyAnswer, (answer) => {
        const { result } = readAnswer(answer, NOW_MS);
        // What may have been done is never called refused, nor the other way round; and what was answered was sent.
        if (!result.ok && (answer.status >= 500 || answer.status === 408)) expect(['unknown-outcome', 'not-dojo']).toContain(result.error.kind);
        if (!result.ok) expect(result.error.kind).not.toBe('not-sent');
        if (result.ok) expect(answer.status >= 200 && answer.status <= 299).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('what Dojo says of a refusal', () => {
  const said = (problem: unknown, status = 400) => {
    const { title, detail, traceId } = failureIn(answered(status, JSON_TYPE, JSON.stringify(problem)));
    return { title, detail, traceId };
  };

  it.each<[string, unknown, ReturnType<typeof said>]>([
    ['at the top level', { title: 'Bad', detail: 'Too much', traceId: 't-1' }, { title: 'Bad', detail: 'Too much', traceId: 't-1' }],
    [
      'in extensions',
      { title: 'Bad', extensions: { traceId: 't-2', errors: { amount: ['too high', 'odd'] } } },
      { title: 'Bad', detail: 'amount: too high; amount: odd', traceId: 't-2' },
    ],
    [
      'field errors',
      { errors: { amount: ['too high'], '': ['no'], notes: 'long', x: 5 } },
      { title: null, detail: 'amount: too high; no; notes: long', traceId: null },
    ],
    ['a detail before field errors', { detail: 'Said', errors: { amount: ['too high'] } }, { title: null, detail: 'Said', traceId: null }],
    ['nothing', {}, { title: null, detail: null, traceId: null }],
    ['things that are no text', { title: 5, detail: { a: 1 }, traceId: null, errors: [], extensions: 'x' }, { title: null, detail: null, traceId: null }],
    ['a bare text', 'No', { title: null, detail: null, traceId: null }],
    ['control characters', { title: 'a\u0000\nb', detail: '\u202Ereversed' }, { title: 'a b', detail: 'reversed', traceId: null }],
  ])('%s', (_name, problem, expected) => {
    expect(said(problem)).toEqual(expected);
  });

  it('is of the first 20 fields that are at fault, and of the first five texts of each', () => {
    const many = Object.fromEntries(Array.from({ length: 25 }, (_, at) => [`f${at}`, ['x']]));
    expect(said({ errors: many }).detail?.split('; ')).toEqual(Array.from({ length: 20 }, (_, at) => `f${at}: x`));
    expect(said({ errors: { f: ['1', '2', '3', '4', '5', '6'] } }).detail).toBe('f: 1; f: 2; f: 3; f: 4; f: 5');
    expect(said({ errors: { f: ['one'] } }).detail).toBe('f: one');
  });

  it('is kept short', () => {
    const { title, detail, traceId } = said({ title: 'x y'.repeat(10_000), detail: 'y z'.repeat(10_000), traceId: 'z'.repeat(10_000) });
    expect([title?.length, detail?.length, traceId?.length]).toEqual([200, 1000, 100]);
  });

  it('never holds a key that is echoed', () => {
    const echoed = said({ title: 'Key sk_prod_abc-DEF_123 is wrong', detail: 'Authorization: Basic sk_sandbox_xyz789', traceId: 'sk_prod_abc' }, 401);
    expect(JSON.stringify(echoed)).not.toMatch(/abc|DEF|xyz/);
  });

  it('never holds an e-mail address or a card number that is echoed, in what is shown and in what is kept for support', () => {
    const problem = {
      title: 'To ann@example.com',
      detail: 'ann@example.com is not one, 4242 4242 4242 4242',
      errors: { emails: ['ann@example.com'] },
      customer: { name: 'Ann' },
    };
    const failure = failureIn(answered(400, JSON_TYPE, JSON.stringify(problem)));
    expect(JSON.stringify(failure)).not.toMatch(/ann@|4242|Ann/);
    expect(failure.detail).toBe('[e-mail] is not one, [number]');
  });

  it('is kept with a 5xx too', () => {
    expect(said({ title: 'Oops', traceId: 't-9' }, 500)).toEqual({ title: 'Oops', detail: null, traceId: 't-9' });
  });
});

describe('an answer as it came, for support', () => {
  const rawOf = (answer: HttpAnswer) => failureIn(answer).raw;

  it('leaves out what is nested too deep to be written down', () => {
    const deep = `{"title":"Bad Request","errors":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    expect(rawOf(answered(400, JSON_TYPE, deep))).toBe('Status: 400\nTitle: Bad Request\nCause: http-400');
  });

  it.each<[string, HttpAnswer, string]>([
    [
      'with all that problem details say, one line each',
      answered(
        400,
        JSON_TYPE,
        '{"type":"https://example.com/p","title":"Bad","status":400,"detail":"Too\\nmuch","extensions":{"errors":{"amount":["too high"]},"traceId":"t-1"}}',
      ),
      'Status: 400\nTitle: Bad\nDetail: Too much\nErrors: {"amount":["too high"]}\nType: https://example.com/p\nCause: http-400',
    ],
    ['of nothing but a status', answered(503, null, ''), 'Status: 503\nCause: http-503'],
    ['of somebody else: none of the page', answered(200, 'text/html', '<html>Sign in, Ann</html>'), 'Status: 200\nCause: html'],
    ['that never came', { kind: 'broken', cause: 'timeout' }, 'Cause: timeout'],
    ['to what was not sent', { kind: 'not-sent', cause: 'ERR_NAME_NOT_RESOLVED' }, 'Cause: ERR_NAME_NOT_RESOLVED'],
  ])('%s', (_name, answer, raw) => {
    expect(rawOf(answer)).toBe(raw);
  });

  it('is never longer than 1,500 characters, and holds no key, whatever came', () => {
    fc.assert(
      fc.property(fc.json(), fc.string({ minLength: 4, maxLength: 40 }), fc.lorem({ maxCount: 400 }), (value, text, long) => {
        const problem = { title: text, detail: long, errors: { [text]: [long, value] }, type: `Basic sk_prod_${'aB3'.repeat(8)}` };
        const raw = rawOf(answered(400, JSON_TYPE, JSON.stringify(problem)));
        expect(raw.length).toBeLessThanOrEqual(1500);
        expect(raw).not.toContain('aB3aB3');
        expect(raw.split('\n').every((line) => /^(Status|Title|Detail|Errors|Type|Cause): /.test(line))).toBe(true);
      }),
    );
  });
});

describe('Retry-After', () => {
  it.each<[string, Record<string, string>, number | null]>([
    ['seconds', { 'retry-after': '12' }, 12_000],
    ['nothing to wait', { 'retry-after': '0' }, 0],
    ['a date, on the PC’s clock', { 'retry-after': 'Mon, 02 Mar 2026 10:00:30 GMT' }, 30_000],
    ['a date, on the server’s clock', { 'retry-after': 'Mon, 02 Mar 2026 12:00:30 GMT', date: 'Mon, 02 Mar 2026 12:00:00 GMT' }, 30_000],
    ['a date gone by', { 'retry-after': 'Mon, 02 Mar 2026 09:00:00 GMT' }, 0],
    ['more than a day', { 'retry-after': '999999999' }, 24 * 3_600_000],
    ['nonsense', { 'retry-after': 'soon' }, null],
    ['a negative number', { 'retry-after': '-5' }, null],
    ['nothing', {}, null],
  ])('%s', (_name, headers, expected) => {
    expect(failureIn(answered(429, JSON_TYPE, '{}', headers)).retryAfterMs).toBe(expected);
    expect(failureIn(answered(503, 'text/html', '', headers)).retryAfterMs).toBe(expected);
    expect(failureIn(answered(502, 'text/html', '<html>Busy</html>', headers)).retryAfterMs).toBe(expected);
    expect(failureIn(answered(429, 'text/plain', 'Busy', headers)).retryAfterMs).toBe(expected);
  });
});

describe('the Date header', () => {
  const date = { date: 'Mon, 02 Mar 2026 10:00:07 GMT' };
  it.each<[string, HttpAnswer, number | null]>([
    ['of a yes', answered(200, JSON_TYPE, '{}', date), NOW_MS + 7000],
    ['of a refusal', answered(409, JSON_TYPE, '{}', date), NOW_MS + 7000],
    ['of a gateway’s page', answered(502, 'text/html', '<html>', date), null],
    ['of an answer with nothing in it', answered(401, null, '', date), null],
    ['of a portal', answered(200, 'text/html', '<html>', date), null],
    ['of a redirect', answered(302, JSON_TYPE, '{}', date), null],
    ['of a proxy that wants a password', answered(407, JSON_TYPE, '{}', date), null],
    ['of an answer out of a cache', answered(200, JSON_TYPE, '{}', { ...date, age: '3600' }), null],
    ['of an answer that no cache has kept', answered(200, JSON_TYPE, '{}', { ...date, age: '0' }), NOW_MS + 7000],
    ['of no answer', { kind: 'broken', cause: 'timeout' }, null],
  ])('%s', (_name, answer, expected) => {
    expect(readAnswer(answer, NOW_MS).dateMs).toBe(expected);
  });
});
