import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Failure, FailureKind } from '../../main/core/failure.ts';
import type { Move } from '../../main/core/queue/action.ts';
import { createDojoClient, type DojoClientOptions, type PatientClient } from '../../main/dojo/client.ts';
import { createRetryGate } from '../../main/dojo/retry-gate.ts';
import type { Http } from '../../main/ports/http.ts';
import { createNodeHttp } from '../browser-host/node-http.ts';
import { intentJson } from './intent.ts';
import { type Answer, empty, json, type Loopback, raw, reset, startLoopback, text } from './loopback.ts';
import { noGate } from './no-gate.ts';

const KEY = 'sk_sandbox_made-up_7Q';
const NEWEST = '2026-02-27';
const OLD = '2022-04-07';
const ID = 'pi_sandbox_k3Vq-7Lw_A';
const PAYMENT = { id: ID, currency: 'GBP' };

const nodeHttp = createNodeHttp();
afterAll(() => nodeHttp.close());

let dojo: Loopback;
let failures: [string, Failure][];
beforeEach(async () => {
  dojo = await startLoopback();
  failures = [];
});
afterEach(() => dojo.close());

const clientOf = (different: Partial<DojoClientOptions> = {}): PatientClient =>
  createDojoClient({
    http: nodeHttp,
    baseUrl: dojo.url,
    apiKey: KEY,
    version: () => NEWEST,
    readVersions: [NEWEST, '2024-02-05', OLD],
    gate: noGate,
    nowMs: () => 1000,
    onFailure: (call, failure) => void failures.push([call, failure]),
    ...different,
  });

const page = (ids: readonly string[], after: string | null, different: Record<string, unknown> = {}): Answer =>
  json(200, { data: ids.map((id) => intentJson({ id, ...different })), before: null, after });

const MOVES = {
  capture: { kind: 'capture', amount: 2000, tipsAmount: 150 },
  reverse: { kind: 'reverse' },
  refund: { kind: 'refund', amount: 500, reason: 'Wrong size', notes: 'Box opened' },
  cancel: { kind: 'cancel' },
  setAmount: { kind: 'setAmount', amount: 5500 },
  setTips: { kind: 'setTips', amount: 500 },
  sendReceipt: { kind: 'sendReceipt', emails: ['someone@example.com'] },
} as const satisfies Record<Move['kind'], Move>;

describe('a search', () => {
  it('sends what the specification asks for, and no idempotency key', async () => {
    dojo.willAnswer(page([], null));
    await clientOf().search({ statuses: ['Created', 'Authorized'], startMs: Date.UTC(2026, 2, 2), endMs: Date.UTC(2026, 2, 3) });
    const [request] = dojo.received;
    expect(request).toMatchObject({ method: 'POST', path: '/payment-intents/search' });
    expect(request?.headers).toMatchObject({ Authorization: `Basic ${KEY}`, version: NEWEST, Accept: 'application/json', 'Content-Type': 'application/json' });
    expect(Object.keys(request?.headers ?? {}).map((name) => name.toLowerCase())).not.toContain('idempotencykey');
    expect(JSON.parse(request?.body ?? '')).toEqual({
      statuses: ['Created', 'Authorized'],
      startDate: '2026-03-02T00:00:00.000Z',
      endDate: '2026-03-03T00:00:00.000Z',
      cursor: { limit: 100 },
    });
  });

  it('asks for everything with a body that says only the limit', async () => {
    dojo.willAnswer(page([], null));
    await clientOf().search({ statuses: [] });
    expect(JSON.parse(dojo.received[0]?.body ?? '')).toEqual({ cursor: { limit: 100 } });
  });

  it('follows the cursor to the last page and tells of each page', async () => {
    dojo.willAnswer(page(['pi_1', 'pi_2'], 'a'), json(200, { data: [intentJson({ amount: null })], after: 'b' }), page(['pi_3'], null));
    const pages: string[][] = [];
    const found = await clientOf().search({}, (payments) => void pages.push(payments.map(({ id }) => id)));
    expect(found.ok && { ids: found.value.payments.map(({ id }) => id), odd: found.value.odd, pages: found.value.pages }).toEqual({
      ids: ['pi_1', 'pi_2', 'pi_3'],
      odd: 1,
      pages: 3,
    });
    expect(pages).toEqual([['pi_1', 'pi_2'], [], ['pi_3']]);
    expect(dojo.received.map(({ body }) => JSON.parse(body).cursor)).toEqual([{ limit: 100 }, { limit: 100, after: 'a' }, { limit: 100, after: 'b' }]);
  });

  it('sets apart holds whose captures it leaves out: nobody takes them for holds without captures', async () => {
    dojo.willAnswer(page(['pi_1'], 'a'), page(['pi_2'], 'b', { captures: null }), page(['pi_2', 'pi_3'], null, { captures: null }));
    const pages: string[][] = [];
    const found = await clientOf().search({}, (payments) => void pages.push(payments.map(({ id }) => id)));
    expect(found.ok && [found.value.payments, found.value.untold].map((payments) => payments.map(({ id }) => id))).toEqual([['pi_1'], ['pi_2', 'pi_3']]);
    expect(pages).toEqual([['pi_1'], [], []]);
  });

  it('gives a payment that comes twice once, as it was updated last', async () => {
    const at = (second: number, status: string) => ({ updatedAt: `2026-03-02T12:00:0${second}Z`, status });
    dojo.willAnswer(page(['pi_1', 'pi_2'], 'a', at(5, 'Authorized')), page(['pi_1'], 'b', at(4, 'Created')), page(['pi_2'], null, at(6, 'Captured')));
    const found = await clientOf().search({});
    expect(found.ok && found.value.payments.map(({ id, status }) => [id, status])).toEqual([
      ['pi_1', 'Authorized'],
      ['pi_2', 'Captured'],
    ]);
  });

  it('also where the server that dated what went on since is behind', async () => {
    const at = (second: number, minor: number) => ({ updatedAt: `2026-03-02T12:00:0${second}Z`, refundedAmount: minor });
    dojo.willAnswer(page(['pi_1'], 'a', at(5, 0)), page(['pi_1'], null, at(4, 500)));
    const found = await clientOf().search({});
    expect(found.ok && found.value.payments.map(({ refundedMinor }) => refundedMinor)).toEqual([500]);
  });

  it('asks for the next page before it takes one in', async () => {
    dojo.willAnswer(page(['pi_1'], 'a'), page(['pi_2'], 'b'), page(['pi_3'], null));
    const told: string[] = [];
    const http: Http = {
      request(request) {
        told.push('asked');
        return nodeHttp.request(request);
      },
    };
    const found = await clientOf({ http }).search({}, ([payment]) => void told.push(payment?.id ?? 'none'));
    expect(found.ok).toBe(true);
    expect(told).toEqual(['asked', 'asked', 'pi_1', 'asked', 'pi_2', 'pi_3']);
  });

  it('stops at a cursor that comes again', async () => {
    dojo.willAnswer(page(['pi_1'], 'a'), page(['pi_2'], 'b'), page(['pi_3'], 'a'));
    expect(await clientOf().search({})).toMatchObject({ ok: false, error: { kind: 'unknown-outcome', cause: 'repeated-cursor' } });
    expect(dojo.received).toHaveLength(3);
  });

  it('takes an empty page that names itself as the next one for the end', async () => {
    dojo.willAnswer(page(['pi_1'], 'last'), page([], 'last'));
    const found = await clientOf().search({});
    expect(found.ok && found.value.payments.map(({ id }) => id)).toEqual(['pi_1']);
    expect(dojo.received).toHaveLength(2);
  });

  it('stops after 200 pages', async () => {
    let requests = 0;
    const endless: Http = {
      async request() {
        requests += 1;
        return { kind: 'answered', status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ data: [], after: `c${requests}` }) };
      },
    };
    const turns: number[] = [];
    const client = clientOf({ http: endless, breathe: async () => void turns.push(requests) });
    expect(await client.search({})).toMatchObject({ ok: false, error: { kind: 'unknown-outcome', cause: 'too-many-pages' } });
    expect(requests).toBe(200);
    expect(turns).toHaveLength(199);
  });

  it('fails as a whole where a later page fails', async () => {
    dojo.willAnswer(page(['pi_1'], 'a'), json(503, {}));
    expect(await clientOf().search({})).toMatchObject({ ok: false, error: { kind: 'unknown-outcome', cause: 'http-503' } });
    expect(failures.map(([call, { cause }]) => [call, cause])).toEqual([['search', 'http-503']]);
  });

  it.each([[{ ok: true }], [[]], [{ data: 'none' }]])('is malformed where the answer is %j', async (value) => {
    dojo.willAnswer(json(200, value));
    expect(await clientOf().search({})).toMatchObject({ ok: false, error: { kind: 'unknown-outcome', cause: 'malformed' } });
  });

  it('keeps none of the secrets', async () => {
    dojo.willAnswer(page(['pi_1'], null));
    expect(JSON.stringify(await clientOf().search({}))).not.toMatch(/SECRET|example\.com|5200/);
  });

  it('is not asked for another page once nobody wants it', async () => {
    let isWanted = true;
    dojo.willAnswer(page(['pi_1'], 'a'), page(['pi_2'], 'b'), page(['pi_3'], null));
    const told: string[] = [];
    const found = await clientOf().search(
      {},
      (payments) => {
        told.push(...payments.map(({ id }) => id));
        isWanted = false;
      },
      () => isWanted,
    );
    expect(found).toMatchObject({ ok: false, error: { kind: 'not-sent', cause: 'not-wanted' } });
    expect(told).toEqual(['pi_1']);
    // The second was on its way while the first was taken in.
    expect(dojo.received).toHaveLength(2);
  });

  it('to check a key is one page of one', async () => {
    dojo.willAnswer(page(['pi_1'], 'more'), json(401, { title: 'Unauthorized' }));
    expect(await clientOf().probe()).toEqual({ ok: true, value: null });
    expect(JSON.parse(dojo.received[0]?.body ?? '')).toEqual({ cursor: { limit: 1 } });
    expect(await clientOf().probe()).toMatchObject({ ok: false, error: { kind: 'key-refused', status: 401 } });
    expect(dojo.received).toHaveLength(2);
  });
});

describe('a read', () => {
  it.each([
    [NEWEST, `/payment-intents/${ID}?returnCanceled=true`],
    ['2024-02-05', `/payment-intents/${ID}?returnCanceled=true`],
    [OLD, `/payment-intents/${ID}`],
  ])('in version %s asks for %s', async (version, path) => {
    dojo.willAnswer(json(200, intentJson()));
    expect(await clientOf({ version: () => '2022-01-03', readVersions: [version] }).read(ID)).toMatchObject({ ok: true, value: { id: ID, amountMinor: 4200 } });
    const [request] = dojo.received;
    expect(request).toMatchObject({ method: 'GET', path, body: '' });
    expect(request?.headers).toMatchObject({ Authorization: `Basic ${KEY}`, version, Accept: 'application/json' });
    expect(request?.headers).not.toHaveProperty('Content-Type');
  });

  it.each([
    ['another payment', intentJson({ id: 'pi_other' })],
    ['an odd payment', intentJson({ amount: { value: 1.5, currencyCode: 'GBP' } })],
    ['no payment', []],
  ])('that brings %s is an unknown outcome', async (_name, value) => {
    dojo.willAnswer(json(200, value));
    expect(await clientOf().read(ID)).toMatchObject({ ok: false, error: { kind: 'unknown-outcome', cause: 'odd', status: 200 } });
  });

  it('of what Dojo does not know is refused with its words', async () => {
    dojo.willAnswer(json(404, { title: 'Not Found', extensions: { traceId: 't-1' } }));
    expect(await clientOf().read(ID)).toMatchObject({ ok: false, error: { kind: 'refused', status: 404, title: 'Not Found', traceId: 't-1' } });
  });

  it.each(['../search', 'a/b', 'a?b', 'a#b', '', 'a%2e', 'a\r\nX: 1'])('of %j is never sent', async (id) => {
    expect(await clientOf().read(id)).toMatchObject({ ok: false, error: { kind: 'refused', cause: 'bad-id', status: null } });
    expect(dojo.received).toHaveLength(0);
  });
});

describe('a move', () => {
  const intent = (different: Record<string, unknown>) => json(200, intentJson(different));
  it.each<[Move['kind'], string, string, unknown, Answer, string | null, string | null]>([
    ['capture', 'POST', '/captures', { amount: 2000, tipsAmount: 150 }, json(200, { message: 'm', captureId: 'cp_9' }), 'cp_9', null],
    ['reverse', 'POST', '/reversal', null, json(200, { message: 'm', reversalId: 'rvs_1' }), null, 'rvs_1'],
    [
      'refund',
      'POST',
      '/refunds',
      { amount: 500, refundReason: 'Wrong size', notes: 'Box opened' },
      json(200, { paymentIntentId: ID, refundId: 'rf_1' }),
      null,
      'rf_1',
    ],
    ['cancel', 'DELETE', '', null, intent({ status: 'Canceled' }), null, null],
    ['setAmount', 'POST', '/amount', { amount: { value: 5500, currencyCode: 'GBP' } }, intent({ amount: { value: 5500, currencyCode: 'GBP' } }), null, null],
    [
      'setTips',
      'POST',
      '/tips-amount',
      { tipsAmount: { value: 500, currencyCode: 'GBP' } },
      intent({ tipsAmount: { value: 500, currencyCode: 'GBP' } }),
      null,
      null,
    ],
    ['sendReceipt', 'POST', '/receipt', { emails: ['someone@example.com'] }, empty(204), null, null],
  ])('%s is sent once, as the specification says', async (kind, method, path, body, answer, captureId, dojoId) => {
    dojo.willAnswer(answer);
    expect(await clientOf().perform(MOVES[kind], PAYMENT, 'idem-1')).toEqual({ ok: true, value: { captureId, dojoId } });
    expect(dojo.received).toHaveLength(1);
    const [request] = dojo.received;
    expect(request).toMatchObject({ method, path: `/payment-intents/${ID}${path}` });
    expect(request?.body ? JSON.parse(request.body) : null).toEqual(body);
    expect(request?.headers).toMatchObject({ Authorization: `Basic ${KEY}`, version: NEWEST, Accept: 'application/json' });
    expect(request?.headers['Content-Type']).toBe(body === null ? undefined : 'application/json');
    expect(request?.headers.idempotencyKey).toBe(method === 'POST' ? 'idem-1' : undefined);
  });

  it('goes out with the version that it went out with before, whatever the shop’s is by now', async () => {
    dojo.willAnswer(json(200, { refundId: 'rf_1' }), json(200, { refundId: 'rf_1' }));
    await clientOf().perform(MOVES.refund, PAYMENT, 'idem-1', OLD);
    await clientOf().perform(MOVES.refund, PAYMENT, 'idem-2');
    expect(dojo.received.map(({ headers }) => headers.version)).toEqual([OLD, NEWEST]);
  });

  it('leaves out what is not said', async () => {
    dojo.willAnswer(json(200, { captureId: 'cp_1' }), json(200, { captureId: 'cp_2' }), json(200, { refundId: 'rf_1' }));
    const client = clientOf();
    await client.perform({ kind: 'capture', amount: 1 }, PAYMENT, 'idem-1');
    await clientOf({ version: () => OLD }).perform({ kind: 'capture', amount: 1, tipsAmount: 0 }, PAYMENT, 'idem-1');
    await client.perform({ kind: 'refund', amount: 1, reason: '' }, PAYMENT, 'idem-1');
    expect(dojo.received.map(({ body }) => body)).toEqual(['{"amount":1}', '{"amount":1}', '{"amount":1}']);
  });

  it.each<[string, Move, { id: string; currency: string }, string, string]>([
    ['an id that is a path', MOVES.reverse, { id: '../x', currency: 'GBP' }, 'idem-1', NEWEST],
    ['an amount of nothing', { kind: 'capture', amount: 0 }, PAYMENT, 'idem-1', NEWEST],
    ['part of a penny', { kind: 'refund', amount: 0.5 }, PAYMENT, 'idem-1', NEWEST],
    ['a negative amount', { kind: 'setAmount', amount: -1 }, PAYMENT, 'idem-1', NEWEST],
    ['no number', { kind: 'refund', amount: Number.NaN }, PAYMENT, 'idem-1', NEWEST],
    ['negative tips', { kind: 'capture', amount: 1, tipsAmount: -1 }, PAYMENT, 'idem-1', NEWEST],
    ['tips a version cannot take', MOVES.capture, PAYMENT, 'idem-1', OLD],
    ['no currency', MOVES.setTips, { id: ID, currency: '' }, 'idem-1', NEWEST],
    ['no idempotency key', MOVES.refund, PAYMENT, '', NEWEST],
    ['an idempotency key of two lines', MOVES.refund, PAYMENT, 'a\r\nb', NEWEST],
    ['an idempotency key Dojo would not take', MOVES.refund, PAYMENT, 'x'.repeat(101), NEWEST],
  ])('with %s is refused before it is sent', async (_name, move, payment, idempotencyKey, version) => {
    expect(await clientOf({ version: () => version }).perform(move, payment, idempotencyKey)).toMatchObject({
      ok: false,
      error: { kind: 'refused', status: null },
    });
    expect(dojo.received).toHaveLength(0);
  });

  it.each<[Move['kind'], string, unknown]>([
    ['capture', 'without a capture id', { message: 'm' }],
    ['capture', 'whose capture id is no id', { message: 'm', captureId: {} }],
    ['capture', 'that is a list', []],
    ['capture', 'that is a number', 5],
    ['reverse', 'without a reversal id', { message: null }],
    ['reverse', 'whose reversal id is no id', { message: null, reversalId: [] }],
    ['reverse', 'that is the payment, still on hold', intentJson({ status: 'Authorized' })],
    ['refund', 'without anything of a refund', { message: 'm' }],
    ['refund', 'of nothing', null],
    ['refund', 'whose refund id is no id', { refundId: {} }],
    ['refund', 'for another payment and without an id', { paymentIntentId: 'pi_other', refundId: null }],
    ['refund', 'for another payment', { paymentIntentId: 'pi_other', refundId: 'rf_1' }],
    ['cancel', 'for another payment', intentJson({ id: 'pi_other', status: 'Canceled' })],
    ['cancel', 'of a payment that was paid meanwhile', intentJson({ status: 'Authorized' })],
    ['setAmount', 'with another amount', intentJson({ amount: { value: 1, currencyCode: 'GBP' } })],
    ['setTips', 'with other tips', intentJson({ tipsAmount: { value: 1, currencyCode: 'GBP' } })],
    ['setTips', 'of nothing', null],
    ['sendReceipt', 'of nothing', null],
  ])('%s: a yes %s is an unknown outcome', async (kind, _name, value) => {
    dojo.willAnswer(json(200, value));
    expect(await clientOf().perform(MOVES[kind], PAYMENT, 'idem-1')).toMatchObject({ ok: false, error: { kind: 'unknown-outcome', cause: 'malformed' } });
    expect(dojo.received).toHaveLength(1);
  });

  it.each<[Move['kind'], string, unknown]>([
    ['capture', 'with a null capture id', { message: 'm', captureId: null }],
    ['capture', 'with nothing but null', { message: null, captureId: null }],
    ['reverse', 'with a null reversal id', { message: null, reversalId: null }],
    ['reverse', 'that is the payment, reversed', intentJson({ status: 'Reversed' })],
    ['refund', 'with a null refund id', { paymentIntentId: ID, refundId: null, refundReason: null, notes: null }],
    ['refund', 'without a refund id', { paymentIntentId: ID }],
    ['refund', 'with nothing but null', { paymentIntentId: null, refundId: null }],
  ])('%s: a yes %s is a yes, without an id', async (kind, _name, value) => {
    dojo.willAnswer(json(200, value));
    expect(await clientOf().perform(MOVES[kind], PAYMENT, 'idem-1')).toEqual({ ok: true, value: { captureId: null, dojoId: null } });
    expect(dojo.received).toHaveLength(1);
  });

  it('a 204 is a yes to a receipt only', async () => {
    dojo.willAnswer(empty(204), empty(204));
    expect(await clientOf().perform(MOVES.sendReceipt, PAYMENT, 'idem-1')).toMatchObject({ ok: true });
    expect(await clientOf().perform(MOVES.capture, PAYMENT, 'idem-1')).toMatchObject({ ok: false, error: { kind: 'unknown-outcome' } });
  });

  it('a capture that the oldest version calls Failed took nothing', async () => {
    dojo.willAnswer(json(200, { status: 'Failed', message: 'm', captureId: '5' }), json(200, { status: 'Created', message: 'm', captureId: '5' }));
    const client = clientOf({ version: () => '2022-01-03' });
    expect(await client.perform({ kind: 'capture', amount: 1 }, PAYMENT, 'idem-1')).toMatchObject({
      ok: false,
      error: { kind: 'refused', cause: 'capture-failed' },
    });
    expect(await client.perform({ kind: 'capture', amount: 1 }, PAYMENT, 'idem-1')).toEqual({ ok: true, value: { captureId: '5', dojoId: null } });
  });

  it.each<[string, Answer, FailureKind, string]>([
    ['a reset', reset, 'unknown-outcome', 'reset'],
    [
      'an answer cut short',
      raw('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"captureId":"cp_1"}'),
      'unknown-outcome',
      'reset',
    ],
    ['JSON cut short', text(200, 'application/json', '{"captureId":"cp'), 'unknown-outcome', 'malformed'],
    ['a 500', json(500, { title: 'Oops' }), 'unknown-outcome', 'http-500'],
    ['a 503 in HTML', text(503, 'text/html', '<h1>Busy</h1>'), 'not-dojo', 'html'],
    ['a 429 in HTML', text(429, 'text/html', '<h1>Busy</h1>', { 'Retry-After': '3' }), 'not-dojo', 'html'],
    ['a 429 with nothing in it', empty(429, { 'Retry-After': '3' }), 'throttled', 'http-429'],
    ['a yes with nothing in it', empty(200), 'unknown-outcome', 'malformed'],
    ['a 429', json(429, {}, { 'Retry-After': '3' }), 'throttled', 'http-429'],
    ['a 409', json(409, { detail: 'Reversed' }), 'refused', 'http-409'],
    ['a 401', json(401, {}), 'key-refused', 'http-401'],
    ['a 403', json(403, {}), 'refused', 'http-403'],
    ['a portal', text(200, 'text/html', '<html>Sign in</html>'), 'not-dojo', 'html'],
    ['a redirect to itself', empty(307, { Location: `/payment-intents/${ID}/captures` }), 'not-dojo', 'redirect'],
    ['a redirect that would change the method', empty(302, { Location: '/elsewhere' }), 'not-dojo', 'redirect'],
  ])('after %s is not sent again', async (_name, answer, kind, cause) => {
    dojo.willAnswer(answer);
    for (const move of [MOVES.capture, MOVES.refund]) {
      const before = dojo.received.length;
      if (before > 0) dojo.willAnswer(answer);
      expect(await clientOf().perform(move, PAYMENT, 'idem-1')).toMatchObject({ ok: false, error: { kind, cause } });
      expect(dojo.received).toHaveLength(before + 1);
    }
  });

  it('with no server there was not sent', async () => {
    const gone = await startLoopback();
    await gone.close();
    expect(await clientOf({ baseUrl: gone.url }).perform(MOVES.capture, PAYMENT, 'idem-1')).toMatchObject({
      ok: false,
      error: { kind: 'not-sent', cause: 'ECONNREFUSED' },
    });
  });

  it('has a connection of its own; reads share one', async () => {
    dojo.willAnswer(
      json(200, intentJson()),
      json(200, intentJson()),
      ...[1, 2].map((id) => json(200, { captureId: `cp_${id}` })),
      json(200, { refundId: 'rf_1' }),
      json(200, intentJson()),
    );
    const http = createNodeHttp();
    const client = clientOf({ http });
    await client.read(ID);
    await client.read(ID);
    await client.perform(MOVES.capture, PAYMENT, 'idem-1');
    await client.perform(MOVES.capture, PAYMENT, 'idem-2');
    await client.perform(MOVES.refund, PAYMENT, 'idem-3');
    await client.read(ID);
    http.close();
    expect(dojo.received.map(({ connection }) => connection)).toEqual([1, 1, 2, 3, 4, 1]);
  });
});

describe('the version that readings ask with', () => {
  const MIDDLE = '2024-02-05';
  const asked = () => dojo.received.map(({ headers }) => headers.version);
  const versionRefused = json(400, { title: 'One or more validation errors occurred.' });

  it('is the newest, whatever version the shop makes its moves with', async () => {
    dojo.willAnswer(page([], null), json(200, intentJson()), page([], null), json(200, { captureId: 'cp_1' }));
    const client = clientOf({ version: () => OLD });
    await client.search({});
    await client.read(ID);
    await client.probe();
    await client.perform({ kind: 'capture', amount: 1 }, PAYMENT, 'idem-1');
    expect(asked()).toEqual([NEWEST, NEWEST, NEWEST, OLD]);
  });

  it('is the next older one where the probe is answered 400, and the newest again once that works', async () => {
    const client = clientOf();
    dojo.willAnswer(versionRefused, page([], null), json(200, intentJson({ captures: undefined })), page([], null));
    expect(await client.probe()).toEqual({ ok: true, value: null });
    await client.read(ID);
    await client.search({});
    expect(asked()).toEqual([NEWEST, MIDDLE, MIDDLE, MIDDLE]);
    dojo.willAnswer(page([], null), page([], null));
    await client.probe();
    await client.search({});
    expect(asked().slice(4)).toEqual([NEWEST, NEWEST]);
  });

  it('is asked for and decoded as that version shows it', async () => {
    const client = clientOf();
    dojo.willAnswer(versionRefused, versionRefused, page([], null), json(200, intentJson({ captures: undefined })));
    await client.probe();
    expect(await client.read(ID)).toMatchObject({ ok: true, value: { captures: null } });
    expect(dojo.received.at(-1)).toMatchObject({ path: `/payment-intents/${ID}`, headers: { version: OLD } });
  });

  it('stays where a reading is answered 400: only the probe decides', async () => {
    const client = clientOf();
    dojo.willAnswer(versionRefused, versionRefused, page([], null));
    expect(await client.search({})).toMatchObject({ ok: false, error: { kind: 'refused', status: 400 } });
    expect(await client.read(ID)).toMatchObject({ ok: false, error: { kind: 'refused', status: 400 } });
    await client.search({});
    expect(asked()).toEqual([NEWEST, NEWEST, NEWEST]);
  });

  it.each<[string, Answer, string]>([
    ['a refused key', json(401, {}), 'http-401'],
    ['a key that may not search', json(403, {}), 'http-403'],
    ['an unknown address', json(404, {}), 'http-404'],
    ['trouble at Dojo', json(500, {}), 'http-500'],
    ['a page', text(400, 'text/html', '<html>'), 'html'],
    ['patience', json(429, {}), 'http-429'],
  ])('is not looked for further after %s', async (_name, answer, cause) => {
    dojo.willAnswer(answer);
    expect(await clientOf().probe()).toMatchObject({ ok: false, error: { cause } });
    expect(dojo.received).toHaveLength(1);
  });

  it('that is none is said, with what Dojo answered to the newest, and looked for again', async () => {
    const client = clientOf();
    dojo.willAnswer(json(400, { detail: 'version: unknown', traceId: 't-1' }), versionRefused, versionRefused);
    expect(await client.probe()).toMatchObject({
      ok: false,
      error: { kind: 'refused', cause: 'no-version', status: 400, detail: 'version: unknown', traceId: 't-1' },
    });
    expect(asked()).toEqual([NEWEST, MIDDLE, OLD]);
    dojo.willAnswer(versionRefused, page([], null), page([], null));
    expect(await client.probe()).toEqual({ ok: true, value: null });
    await client.search({});
    expect(asked().slice(3)).toEqual([NEWEST, MIDDLE, MIDDLE]);
  });
});

describe('while Dojo asked to be left alone', () => {
  const GATE_MS = 300_000;
  let monotonicMs: number;
  const waiting = () => createRetryGate({ nowMs: () => monotonicMs, monotonicMs: () => monotonicMs }, { fraction: () => 0.5 });
  beforeEach(() => {
    monotonicMs = 0;
  });

  it('nothing is read, and each reading says why at once', async () => {
    const client = clientOf({ gate: waiting() });
    dojo.willAnswer(json(429, {}, { 'Retry-After': '300' }), page([], null));
    expect(await client.search({})).toMatchObject({ ok: false, error: { kind: 'throttled', cause: 'http-429', retryAfterMs: GATE_MS } });
    monotonicMs += 100_000;
    const refused = { ok: false, error: { kind: 'throttled', cause: 'asked-to-wait', retryAfterMs: GATE_MS - 100_000 } };
    expect(await Promise.all([client.search({}), client.read(ID), client.readDated(ID), client.probe()])).toMatchObject([refused, refused, refused, refused]);
    expect(dojo.received).toHaveLength(1);
    monotonicMs += 200_000;
    expect(await client.search({})).toMatchObject({ ok: true });
  });

  it('the next page is not asked for', async () => {
    const gate = waiting();
    const client = clientOf({ gate });
    dojo.willAnswer(page(['pi_1'], 'a'), json(429, {}, { 'Retry-After': '300' }));
    expect(await client.search({})).toMatchObject({ ok: false, error: { kind: 'throttled' } });
    expect(dojo.received).toHaveLength(2);
    expect(gate.leftMs()).toBe(GATE_MS);
  });

  it('a move that the queue decided on goes out all the same, and what it is answered is learnt', async () => {
    const gate = waiting();
    const client = clientOf({ gate });
    dojo.willAnswer(json(429, {}, { 'Retry-After': '60' }), json(429, {}, { 'Retry-After': '300' }), json(200, { captureId: 'cp_1' }));
    await client.read(ID);
    expect(await client.perform(MOVES.capture, PAYMENT, 'idem-1')).toMatchObject({ ok: false, error: { kind: 'throttled', retryAfterMs: GATE_MS } });
    expect(gate.leftMs()).toBe(GATE_MS);
    expect(await client.perform(MOVES.capture, PAYMENT, 'idem-1')).toMatchObject({ ok: true });
  });
});

describe('the key', () => {
  it.each([
    ['of nothing', ''],
    ['of two lines', 'sk_sandbox_a\nb'],
    ['with an accent', 'sk_sandbox_é'],
    ['with a space', 'sk sandbox'],
    ['without end', 'x'.repeat(1001)],
  ])('%s cannot be a header and is refused without being sent', async (_name, apiKey) => {
    const client = clientOf({ apiKey });
    expect(await client.probe()).toMatchObject({ ok: false, error: { kind: 'key-refused', cause: 'key-form' } });
    expect(await client.perform(MOVES.capture, PAYMENT, 'idem-1')).toMatchObject({ ok: false, error: { kind: 'key-refused' } });
    expect(dojo.received).toHaveLength(0);
  });

  it('is in no failure, though Dojo echoes it, and not on the client', async () => {
    dojo.willAnswer(json(400, { title: `bad ${KEY}`, detail: `Basic ${KEY}`, traceId: KEY, errors: { [KEY]: [KEY] } }));
    const client = clientOf();
    await client.perform(MOVES.capture, PAYMENT, 'idem-1');
    expect(failures).toHaveLength(1);
    expect(JSON.stringify(failures)).not.toContain(KEY);
    expect(JSON.stringify(client)).not.toContain(KEY);
  });
});

describe('Dojo’s clock', () => {
  let wallMs: number;
  let monotonicMs: number;
  let dates: [number, number, number, number][];
  let client: PatientClient;
  beforeEach(() => {
    wallMs = 0;
    monotonicMs = 0;
    dates = [];
    client = clientOf({ nowMs: () => (wallMs += 10), monotonicMs: () => (monotonicMs += 7), onDate: (...date) => void dates.push(date) });
  });
  const DOJO_DATE = 'Mon, 02 Mar 2026 10:00:07 GMT';

  it('is told with the PC’s before and after, and how long it took by the clock that nobody sets', async () => {
    dojo.willAnswer(json(200, intentJson(), { Date: DOJO_DATE }), json(404, {}, { Date: DOJO_DATE }));
    await client.read(ID);
    await client.read(ID);
    expect(dates).toEqual([
      [Date.UTC(2026, 2, 2, 10, 0, 7), 10, 20, 7],
      [Date.UTC(2026, 2, 2, 10, 0, 7), 30, 40, 7],
    ]);
  });

  it('is told with a payment where that very answer says it', async () => {
    const aged = { Date: DOJO_DATE, Age: '60' };
    dojo.willAnswer(json(200, intentJson(), { Date: DOJO_DATE }), json(200, intentJson(), aged), json(404, {}, { Date: DOJO_DATE }));
    expect(await client.readDated(ID)).toMatchObject({ ok: true, value: { payment: { id: ID }, dojoAtMs: Date.UTC(2026, 2, 2, 10, 0, 7) } });
    expect(await client.readDated(ID)).toMatchObject({ ok: true, value: { payment: { id: ID }, dojoAtMs: null } });
    expect(await client.readDated(ID)).toMatchObject({ ok: false, error: { kind: 'refused', status: 404 } });
  });

  it('is not believed of anybody else', async () => {
    dojo.willAnswer(text(200, 'text/html', '<html>', { Date: DOJO_DATE }), empty(302, { Date: DOJO_DATE, Location: '/' }), reset, reset);
    await client.read(ID);
    await client.read(ID);
    await client.read(ID);
    expect(dates).toEqual([]);
  });
});
