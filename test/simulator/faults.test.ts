import http from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../main/simulator/faults.ts';
import { aHold } from './a-bank.ts';
import { DEFAULT_KEY, type DojoServer, startDojoServer } from './dojo-server.ts';

/** What a plain client on a real socket sees of each fault, and what happened at Dojo. */
let dojo: DojoServer;
let hold: string;

beforeEach(async () => {
  dojo = await startDojoServer();
  hold = dojo.addPayment(aHold({ createdAtMs: Date.now() - 60_000 })).id;
});
afterEach(() => dojo.close());

type Seen = { status: number; type: string | undefined; body: string; headers: http.IncomingHttpHeaders } | { broken: string };

function send(method: string, path: string, json: unknown = null, patienceMs = 5_000, agent?: http.Agent): Promise<Seen> {
  return new Promise((resolve) => {
    const request = http.request(`${dojo.url}${path}`, {
      method,
      headers: { Authorization: `Basic ${DEFAULT_KEY}`, version: '2026-02-27', ...(json === null ? {} : { 'Content-Type': 'application/json' }) },
      ...(agent ? { agent } : {}),
    });
    request.setTimeout(patienceMs, () => request.destroy(Object.assign(new Error('no answer'), { code: 'NO_ANSWER' })));
    request.on('error', (error: NodeJS.ErrnoException) => resolve({ broken: error.code ?? error.message }));
    request.on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', (error: NodeJS.ErrnoException) => resolve({ broken: error.code ?? error.message }));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers['content-type'],
          body: Buffer.concat(parts).toString(),
          headers: response.headers,
        }),
      );
    });
    request.end(json === null ? undefined : JSON.stringify(json));
  });
}
const capture = (patienceMs?: number) => send('POST', `/payment-intents/${hold}/captures`, { amount: 1000 }, patienceMs);
const search = (json: unknown = {}) => send('POST', '/payment-intents/search', json);
const captures = () => dojo.bank.moneyOf(hold).captures;

describe('a fault on a capture, over a real socket', () => {
  it.each<{ fault: Fault; seen: Partial<Seen>; captures: number }>([
    { fault: { kind: 'delay-before', ms: 60 }, seen: { status: 200 }, captures: 1 },
    { fault: { kind: 'delay-after-commit', ms: 60 }, seen: { status: 200 }, captures: 1 },
    { fault: { kind: 'drop-before' }, seen: { broken: 'NO_ANSWER' }, captures: 0 },
    { fault: { kind: 'drop-after-commit' }, seen: { broken: 'NO_ANSWER' }, captures: 1 },
    { fault: { kind: 'reset-before' }, seen: { broken: 'ECONNRESET' }, captures: 0 },
    { fault: { kind: 'reset-after-commit' }, seen: { broken: 'ECONNRESET' }, captures: 1 },
    { fault: { kind: 'status-before', status: 500 }, seen: { status: 500, type: 'application/json' }, captures: 0 },
    { fault: { kind: 'status-after-commit', status: 502 }, seen: { status: 502, type: 'application/json' }, captures: 1 },
    { fault: { kind: 'status-before', status: 409 }, seen: { status: 409, type: 'application/json' }, captures: 0 },
    { fault: { kind: 'throttle', retryAfterSeconds: 7 }, seen: { status: 429 }, captures: 0 },
    { fault: { kind: 'html-before' }, seen: { status: 200, type: 'text/html; charset=utf-8' }, captures: 0 },
    { fault: { kind: 'html-after-commit' }, seen: { status: 200, type: 'text/html; charset=utf-8' }, captures: 1 },
    { fault: { kind: 'html-before', status: 502 }, seen: { status: 502, type: 'text/html; charset=utf-8' }, captures: 0 },
    { fault: { kind: 'html-after-commit', status: 429 }, seen: { status: 429, type: 'text/html; charset=utf-8' }, captures: 1 },
    { fault: { kind: 'html-after-commit', status: 403 }, seen: { status: 403, type: 'text/html; charset=utf-8' }, captures: 1 },
    { fault: { kind: 'empty-before', status: 502 }, seen: { status: 502, type: undefined, body: '' }, captures: 0 },
    { fault: { kind: 'empty-before', status: 403 }, seen: { status: 403, type: undefined, body: '' }, captures: 0 },
    { fault: { kind: 'empty-after-commit', status: 200 }, seen: { status: 200, type: undefined, body: '' }, captures: 1 },
    { fault: { kind: 'empty-after-commit', status: 429 }, seen: { status: 429, body: '' }, captures: 1 },
    { fault: { kind: 'malformed-before' }, seen: { status: 200, type: 'application/json' }, captures: 0 },
    { fault: { kind: 'malformed-after-commit' }, seen: { status: 200, type: 'application/json' }, captures: 1 },
    { fault: { kind: 'cut-short' }, seen: { broken: 'ECONNRESET' }, captures: 1 },
    { fault: { kind: 'trickle', bytesPerStep: 20, everyMs: 5 }, seen: { status: 200 }, captures: 1 },
    { fault: { kind: 'double' }, seen: { status: 200 }, captures: 2 },
  ])('$fault.kind → $seen, $captures taken', async ({ fault, seen, captures: wanted }) => {
    dojo.faults.order(fault);
    expect(await capture(fault.kind.startsWith('drop') ? 150 : 5_000)).toMatchObject(seen);
    expect(captures()).toBe(wanted);
    expect(dojo.journal()[0]).toMatchObject({
      fault: fault.kind,
      committed: wanted > 0,
      handled: wanted,
    });
    expect(await capture()).toMatchObject({ status: 200 }); // played once
    expect(captures()).toBe(wanted + 1);
  });

  it('delays: before it happens, or after', async () => {
    dojo.faults.order({ kind: 'delay-before', ms: 300 });
    expect(await capture(100)).toEqual({ broken: 'NO_ANSWER' });
    expect(captures()).toBe(0); // not yet: it happens though nobody waits for it any more
    await expect.poll(captures).toBe(1);
    dojo.faults.order({ kind: 'delay-after-commit', ms: 300 });
    expect(await capture(100)).toEqual({ broken: 'NO_ANSWER' });
    expect(captures()).toBe(2);
  });

  it('says how long to wait with a 429', async () => {
    dojo.faults.order({ kind: 'throttle', retryAfterSeconds: 7 });
    expect(await capture()).toMatchObject({ headers: { 'retry-after': '7' } });
  });

  it.each<Fault>([
    { kind: 'html-before', status: 429, retryAfter: '120' },
    { kind: 'empty-before', status: 503, retryAfter: '120' },
  ])('says how long to wait with a page that is not Dojo’s: $kind', async (fault) => {
    dojo.faults.order(fault);
    expect(await capture()).toMatchObject({ headers: { 'retry-after': '120' } });
  });

  it.each<{ hears: Partial<Extract<Fault, { kind: 'late' }>>; seen: object }>([
    { hears: {}, seen: { broken: 'NO_ANSWER' } },
    { hears: { hears: 'reset' }, seen: { broken: 'ECONNRESET' } },
    { hears: { hears: 'page' }, seen: { status: 504, type: 'text/html; charset=utf-8' } },
    { hears: { hears: 'page', status: 502 }, seen: { status: 502 } },
  ])('is done late, after the client gave up: $hears', async ({ hears, seen }) => {
    dojo.faults.order({ kind: 'late', ms: 300, ...hears });
    expect(await capture(100)).toMatchObject(seen);
    expect(captures()).toBe(0);
    expect(dojo.journal()[0]).toMatchObject({ fault: 'late', handled: 0, committed: false });
    await expect.poll(captures).toBe(1);
    expect(dojo.journal()[0]).toMatchObject({ fault: 'late', handled: 1, committed: true });
  });

  it('is not done any more where the simulated Dojo ends before', async () => {
    dojo.faults.order({ kind: 'late', ms: 20 * 60_000, hears: 'reset' });
    await capture();
    await dojo.close();
    expect(captures()).toBe(0);
  });

  it('gives JSON that stops in the middle', async () => {
    dojo.faults.order({ kind: 'malformed-after-commit' });
    const seen = await capture();
    expect(() => JSON.parse('body' in seen ? seen.body : '')).toThrow();
  });

  it('lets the client hear the second of a doubled request', async () => {
    dojo.faults.order({ kind: 'double', hears: 'second', match: { operation: 'reverse' } });
    expect(await send('POST', `/payment-intents/${hold}/reversal`)).toMatchObject({ status: 409 });
    expect(dojo.bank.moneyOf(hold).reversals).toBe(1);
  });

  it('ends a capture as ordered', async () => {
    dojo.faults.order({ kind: 'outcome', outcome: 'Declined' });
    expect(await capture()).toMatchObject({ status: 200 });
    dojo.bank.advance(Date.now() + 60_000);
    expect(dojo.bank.intent(hold)?.captures[0]?.status).toBe('Declined');
  });
});

describe('a fault on a search', () => {
  it('pads an answer to ten megabytes', async () => {
    dojo.faults.order({ kind: 'huge' });
    const seen = await search();
    expect('body' in seen && seen.body.length).toBeGreaterThan(10_000_000);
  });

  it('repeats a cursor without end', async () => {
    for (let i = 0; i < 4; i += 1) dojo.addPayment(aHold({ createdAtMs: Date.now() - i }));
    dojo.faults.order({ kind: 'repeated-cursor' });
    const nextAfter = async (cursor: object) => {
      const seen = await search({ cursor });
      return 'body' in seen ? JSON.parse(seen.body).after : null;
    };
    const first = await nextAfter({ limit: 2 });
    expect(first).toEqual(expect.any(String));
    expect(await nextAfter({ limit: 2, after: first })).toBe(first);
    expect(await nextAfter({ limit: 2, after: first })).toBe(first);
  });
});

describe('an ordered fault', () => {
  it('waits for the request it is meant for', async () => {
    const other = dojo.addPayment(aHold({ createdAtMs: Date.now() })).id;
    dojo.faults.order({ kind: 'status-before', status: 500, match: { operation: 'capture', paymentId: other } });
    expect(await search()).toMatchObject({ status: 200 });
    expect(await capture()).toMatchObject({ status: 200 });
    expect(dojo.faults.pending()).toHaveLength(1);
    expect(await send('POST', `/payment-intents/${other}/captures`, { amount: 1 })).toMatchObject({ status: 500 });
    expect(dojo.faults.pending()).toEqual([]);
  });

  it('can let some pass, be played more than once, be taken back', async () => {
    dojo.faults.order({ kind: 'status-before', status: 503, match: { movesMoney: true }, skip: 1, times: 2 });
    const statuses = [];
    for (let i = 0; i < 4; i += 1) statuses.push((await capture()) as { status: number });
    expect(statuses.map(({ status }) => status)).toEqual([200, 503, 503, 200]);
    const undo = dojo.faults.order({ kind: 'status-before', status: 503 });
    undo();
    expect(await search()).toMatchObject({ status: 200 });
  });

  it('can last until it is cleared', async () => {
    dojo.faults.order({ kind: 'status-before', status: 403, untilCleared: true, match: { operation: 'capture' } });
    for (let i = 0; i < 5; i += 1) expect(await capture()).toMatchObject({ status: 403 });
    expect(await search()).toMatchObject({ status: 200 });
    dojo.faults.clear();
    expect(await capture()).toMatchObject({ status: 200 });
  });

  it('comes in the order it was asked for', async () => {
    dojo.faults.order({ kind: 'status-before', status: 500 });
    dojo.faults.order({ kind: 'status-before', status: 502 });
    expect([await search(), await search()]).toMatchObject([{ status: 500 }, { status: 502 }]);
  });
});

describe('the line to the server', () => {
  it('keeps a connection for the next request', async () => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    let connections = 0;
    agent.on('free', () => {
      connections = Object.values(agent.freeSockets).flat().length;
    });
    for (let i = 0; i < 3; i += 1) expect(await send('POST', '/payment-intents/search', {}, 5_000, agent)).toMatchObject({ status: 200 });
    expect(connections).toBe(1);
    agent.destroy();
  });

  it('goes down and comes back at the same address', async () => {
    const agent = new http.Agent({ keepAlive: true });
    await send('POST', '/payment-intents/search', {}, 5_000, agent);
    await dojo.closeLine();
    expect(await search()).toEqual({ broken: 'ECONNREFUSED' });
    await dojo.openLine();
    expect(await search()).toMatchObject({ status: 200 });
    agent.destroy();
  });

  it('breaks what is under way when it goes down', async () => {
    dojo.faults.order({ kind: 'drop-after-commit' });
    const waiting = capture();
    await expect.poll(captures).toBe(1);
    await dojo.closeLine();
    expect(await waiting).toMatchObject({ broken: 'ECONNRESET' });
  });
});
