import { describe, expect, it } from 'vitest';
import type { Move } from '../../main/core/queue/action.ts';
import { createDojoClient } from '../../main/dojo/client.ts';
import type { Http } from '../../main/ports/http.ts';
import { createInProcessHttp } from '../../main/simulator/in-process.ts';
import { noGate } from '../dojo/no-gate.ts';
import { createSimClock } from '../sim/clock.ts';
import { aHold, anUnpaid, aSale, DAY_MS, KEY, NOON_MS, SETTLED_MS } from './a-bank.ts';
import { aFace } from './a-face.ts';
import { type Exchange, openSpecification, SPECIFIED_VERSIONS } from './openapi.ts';

const folder = process.env.DOJO_OPENAPI_DIR;
const why = folder ? '' : ' (skipped: DOJO_OPENAPI_DIR does not name a folder with Dojo’s OpenAPI files)';

/** Statuses that the simulated Dojo gives beyond the specification: an unknown payment, a body that does not say it is JSON. */
const BEYOND = /the status (404|415) is not documented/;

describe.skipIf(!folder).each(SPECIFIED_VERSIONS)(`conformance with Dojo’s specification %s${why}`, (version) => {
  // Opened when the first test runs: a skipped suite has no files to read.
  let opened: ReturnType<typeof openSpecification> | null = null;
  const faultsOf = (exchange: Exchange, how?: { request: boolean }) => {
    opened ??= openSpecification(folder ?? '', version);
    return opened.faults(exchange, how);
  };
  const recent = version >= '2024';

  /** A face whose every exchange is kept. */
  function aRecordedFace(switches = {}) {
    const made = aFace({ switches }, version);
    const exchanges: Exchange[] = [];
    const ask = (method: string, path: string, json?: unknown, headers: Record<string, string> = {}) => {
      const request = made.send(method, path, json, headers);
      const { status, body } = made.face.handle(request);
      const exchange = { ...request, status, answer: body };
      exchanges.push(exchange);
      return exchange;
    };
    return { ...made, ask, exchanges };
  }

  it('in every operation that succeeds: request and answer', () => {
    const { ask, add, bank, time, exchanges } = aRecordedFace();
    const hold = add(aHold({ tipsAllowed: true, autoExpireInMs: DAY_MS, autoExpireAction: 'Capture' }));
    const sale = add(aSale({ tipsMinor: 150, currency: 'EUR' }));
    const released = add(aHold());
    const request = add(anUnpaid({ customAmountAllowed: true, tipsAllowed: true, expireAtMs: NOON_MS + DAY_MS }));
    bank.addPayment(aSale({ past: [{ kind: 'reverse', atMs: NOON_MS - 1 }] }), NOON_MS);

    ask('POST', `/payment-intents/${hold}/captures`, { amount: 1000 });
    if (recent) ask('POST', `/payment-intents/${hold}/captures`, { amount: 1000, tipsAmount: 100 });
    ask('GET', `/payment-intents/${hold}`);
    time.nowMs += SETTLED_MS;
    ask('GET', `/payment-intents/${hold}`);
    ask('POST', `/payment-intents/${released}/reversal`);
    const { answer } = ask('POST', `/payment-intents/${sale}/refunds`, { amount: 500, refundReason: 'cold', notes: 'soup' }, { idempotencyKey: 'k1' });
    ask('GET', `/payment-intents/refunds/${JSON.parse(answer).refundId}`);
    ask('POST', `/payment-intents/${request}/amount`, { amount: { value: 3500, currencyCode: 'GBP' } });
    ask('POST', `/payment-intents/${request}/tips-amount`, { tipsAmount: { value: 350, currencyCode: 'GBP' } });
    ask('DELETE', `/payment-intents/${request}`);
    if (recent) ask('GET', `/payment-intents/${request}?returnCanceled=true`);
    ask('POST', `/payment-intents/${sale}/receipt`, { emails: ['guest@example.com'] });
    ask('POST', '/payment-intents/search', {});
    const first = ask('POST', '/payment-intents/search', { statuses: ['Authorized', 'Captured'], startDate: '2026-06-15T00:00:00Z', cursor: { limit: 1 } });
    ask('POST', '/payment-intents/search', { cursor: { limit: 1, after: JSON.parse(first.answer).after } });

    for (const exchange of exchanges) {
      expect([exchange.path, exchange.status]).toEqual([exchange.path, exchange.path.endsWith('/receipt') ? 204 : 200]);
      expect({ asked: exchange.path, faults: faultsOf(exchange) }).toEqual({ asked: exchange.path, faults: [] });
    }
    expect(exchanges.length).toBeGreaterThanOrEqual(recent ? 15 : 13);
  });

  it('in every refusal: the problem details', () => {
    const { ask, add, exchanges } = aRecordedFace();
    const [sale, hold, request] = [add(aSale()), add(aHold()), add(anUnpaid())];
    const badKey = { Authorization: 'Basic sk_sandbox_other' };
    const money = { value: 100, currencyCode: 'GBP' };
    for (const [path, json] of [
      ['search', {}],
      [`${hold}/captures`, { amount: 1 }],
      [`${hold}/reversal`, undefined],
      [`${sale}/refunds`, { amount: 1 }],
      [`${request}/amount`, { amount: money }],
      [`${request}/tips-amount`, { tipsAmount: money }],
      [`${sale}/receipt`, { emails: ['guest@example.com'] }],
    ] as const) {
      ask('POST', `/payment-intents/${path}`, json, badKey);
      if (json !== undefined) ask('POST', `/payment-intents/${path}`, { nonsense: true });
      ask('POST', `/payment-intents/${path.replace(/^pi_[^/]+/, 'pi_nobody')}`, json, { idempotencyKey: 'k1' });
    }
    for (const method of ['GET', 'DELETE']) {
      ask(method, `/payment-intents/${sale}`, undefined, badKey);
      ask(method, '/payment-intents/pi_nobody');
    }
    ask('GET', '/payment-intents/refunds/rfnd_nobody');
    ask('DELETE', `/payment-intents/${sale}`);
    ask('POST', `/payment-intents/${sale}/captures`, { amount: 1 });
    ask('POST', `/payment-intents/${request}/reversal`);
    ask('POST', `/payment-intents/${hold}/refunds`, { amount: 1 }, { idempotencyKey: 'k2' });
    ask('POST', `/payment-intents/${request}/amount`, { amount: money });
    ask('POST', `/payment-intents/${request}/tips-amount`, { tipsAmount: money });
    ask('POST', `/payment-intents/${hold}/receipt`, { emails: ['guest@example.com'] });

    const statuses = new Set<number>();
    for (const exchange of exchanges) {
      if (exchange.status === 200) continue; // a search finds whatever it is asked
      statuses.add(exchange.status);
      const faults = faultsOf(exchange, { request: false }).filter((fault) => !BEYOND.test(fault));
      expect({ asked: exchange.path, status: exchange.status, faults }).toEqual({ asked: exchange.path, status: exchange.status, faults: [] });
      expect(JSON.parse(exchange.answer)).toMatchObject({ status: exchange.status, title: expect.any(String), detail: expect.any(String) });
    }
    expect([...statuses].sort()).toEqual([400, 401, 404, 405, 409]);
  });

  it('in charges, totals that differ, details that are missing, searches without captures, and lasting refusals', () => {
    const { ask, add, bank, time, exchanges } = aRecordedFace();
    const charged = { amountMinor: 10_000, tipsMinor: 500, serviceChargeMinor: 1_250, cashbackMinor: 2_000, totalMinor: 13_000 };
    const [hold, unpaid] = [add(aHold(charged)), add(anUnpaid({ ...charged, createdAtMs: NOON_MS - 29 * DAY_MS }))];
    add(aSale(charged));
    bank.pay(unpaid, NOON_MS);
    ask('POST', `/payment-intents/${hold}/captures`, { amount: 13_000, ...(recent ? { tipsAmount: 500 } : {}) });
    for (const patch of [
      {},
      { holdShowsPaymentDetails: false, autoSettleMs: DAY_MS },
      { searchCaptures: 'null' },
      { searchLagMs: 60_000, totalAmountCounts: 'amount' },
    ] as const) {
      bank.setSwitches(patch);
      ask('GET', `/payment-intents/${hold}`);
      ask('POST', '/payment-intents/search', {});
      bank.pay(add(anUnpaid(charged)), time.nowMs);
      ask('POST', '/payment-intents/search', {});
    }
    bank.setSwitches({ searchCaptures: 'absent' });
    ask('POST', '/payment-intents/search', {});
    const readings = exchanges.length;
    for (const status of [400, 401, 403, 429]) {
      bank.setSwitches({ refusing: [{ status }] });
      ask('GET', `/payment-intents/${hold}`);
    }
    exchanges.forEach((exchange, place) => {
      const faults = faultsOf(exchange).filter((fault) => !/the status (403|429) is not documented/.test(fault));
      expect({ asked: exchange.path, place, faults }).toEqual({ asked: exchange.path, place, faults: [] });
      expect(exchange.status === 200).toBe(place < readings);
    });
  });

  it('would be noticed if it were not so', () => {
    const { ask, add } = aRecordedFace();
    const path = `/payment-intents/${add(aHold())}`;
    const sound = ask('POST', `${path}/captures`, { amount: 1 });
    const read = ask('GET', path);
    expect(faultsOf({ ...sound, body: '{"amount":"1"}' })).toHaveLength(1);
    expect(faultsOf({ ...sound, body: '{"amount":1,"currency":"GBP"}' })).toHaveLength(1);
    expect(faultsOf({ ...sound, body: null })).toEqual(['body is missing']);
    expect(faultsOf({ ...sound, headers: {} })).toEqual(['header version is missing']);
    expect(faultsOf({ ...sound, path: `${path}/refunds` })).toContain('header idempotencyKey is missing');
    expect(faultsOf({ ...read, path: `${path}?returnCancelled=true` })).toEqual(['query returnCancelled is not there']);
    expect(faultsOf({ ...read, answer: read.answer.replace('"Authorized"', '"Held"') })).not.toEqual([]);
    expect(faultsOf({ ...read, answer: read.answer.replace('"refundedAmount":0', '"refundedAmount":"0"') })).not.toEqual([]);
  });

  it('is broken by the undocumented fields of Dojo’s own examples, and by nothing else they carry', () => {
    const { ask, add } = aRecordedFace({ undocumentedFields: true });
    const faults = faultsOf(ask('GET', `/payment-intents/${add(aSale())}`));
    expect(faults.map((fault) => /"additionalProperty":"(\w+)"/.exec(fault)?.[1]).sort()).toEqual(['paymentEvents', 'paymentSource']);
  });

  it('in what the till’s own client asks', async () => {
    const { face, bank, time, add } = aFace({}, version);
    const clock = createSimClock(NOON_MS);
    const line = createInProcessHttp({ face, clock, fraction: () => 0 });
    const exchanges: Exchange[] = [];
    const http: Http = {
      request: async (request) => {
        const answer = await line.http.request(request);
        if (answer.kind !== 'answered') throw new Error(`expected an answer, got ${answer.cause}`);
        const url = new URL(request.url);
        exchanges.push({ ...request, path: `${url.pathname}${url.search}`, status: answer.status, answer: answer.body });
        return answer;
      },
    };
    const client = createDojoClient({
      http,
      baseUrl: 'https://training.invalid',
      apiKey: KEY,
      version: () => version,
      readVersions: [version],
      gate: noGate,
      nowMs: clock.nowMs,
    });
    const done = async <T extends { ok: boolean }>(promise: Promise<T>): Promise<T> => {
      await clock.run(10_000);
      time.nowMs += SETTLED_MS;
      const result = await promise;
      expect(result).toMatchObject({ ok: true });
      return result;
    };
    const perform = (move: Move, id: string) => done(client.perform(move, { id, currency: 'GBP' }, `key-${move.kind}`));
    const hold = add(aHold({ tipsAllowed: true }));
    const [released, sale, request] = [add(aHold()), add(aSale()), add(anUnpaid({ customAmountAllowed: true, tipsAllowed: true }))];
    for (let i = 0; i < 120; i += 1) add(aSale());

    await done(client.probe());
    const found = await done(client.search({ statuses: ['Authorized', 'Captured'], startMs: NOON_MS - DAY_MS, endMs: NOON_MS + DAY_MS }));
    expect(found).toMatchObject({ value: { odd: 0, pages: 2 } });
    await done(client.search({}));
    await done(client.read(hold));
    await perform({ kind: 'capture', amount: 1000, ...(recent ? { tipsAmount: 50 } : {}) }, hold);
    await perform({ kind: 'reverse' }, released);
    await perform({ kind: 'refund', amount: 500, reason: 'cold', notes: 'soup' }, sale);
    await perform({ kind: 'setAmount', amount: 3500 }, request);
    await perform({ kind: 'setTips', amount: 100 }, request);
    await perform({ kind: 'cancel' }, request);
    await perform({ kind: 'sendReceipt', emails: ['guest@example.com'] }, sale);

    expect(bank.moneyOf(hold).captures).toBe(1);
    expect(exchanges.length).toBeGreaterThanOrEqual(13);
    for (const exchange of exchanges) expect({ asked: exchange.path, faults: faultsOf(exchange) }).toEqual({ asked: exchange.path, faults: [] });
  });
});
