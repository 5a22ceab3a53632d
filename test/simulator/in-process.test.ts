import { describe, expect, it } from 'vitest';
import type { HttpAnswer, HttpRequest } from '../../main/ports/http.ts';
import { createFaults, type Fault } from '../../main/simulator/faults.ts';
import { createFace } from '../../main/simulator/http.ts';
import { createInProcessHttp, type TrainingFault } from '../../main/simulator/in-process.ts';
import { createSimClock } from '../sim/clock.ts';
import { aBank, aHold, aSale, KEY, NOON_MS } from './a-bank.ts';

function aLine() {
  const clock = createSimClock(NOON_MS);
  const bank = aBank();
  const face = createFace({ bank, nowMs: clock.nowMs });
  const line = createInProcessHttp({ face, clock, fraction: () => 0.5 });
  const hold = bank.addPayment(aHold(), NOON_MS).id;
  const sale = bank.addPayment(aSale(), NOON_MS).id;
  const post = (path: string, json: unknown, movesMoney = true): HttpRequest => ({
    method: 'POST',
    url: `https://training.invalid/payment-intents/${path}`,
    headers: { Authorization: `Basic ${KEY}`, version: '2026-02-27', 'Content-Type': 'application/json', idempotencyKey: 'k1' },
    body: JSON.stringify(json),
    timeoutMs: 30_000,
    movesMoney,
  });
  /** Sends, lets the time pass, and says what came and when. */
  const send = async (request: HttpRequest, forMs = 40_000) => {
    const startedMs = clock.nowMs();
    let came: { answer: HttpAnswer; afterMs: number } | null = null;
    void line.http.request(request).then((answer) => {
      came = { answer, afterMs: clock.nowMs() - startedMs };
    });
    await clock.run(forMs);
    return came as { answer: HttpAnswer; afterMs: number } | null;
  };
  const capture = () => post(`${hold}/captures`, { amount: 1000 });
  const search = () => post('search', {}, false);
  const refund = () => post(`${sale}/refunds`, { amount: 500 });
  return { clock, bank, face, line, send, capture, search, refund, captures: () => bank.moneyOf(hold).captures, refunds: () => bank.moneyOf(sale).refunds };
}

describe('the line of training mode', () => {
  it('answers after a believable moment', async () => {
    const { send, search } = aLine();
    expect(await send(search())).toMatchObject({ answer: { kind: 'answered', status: 200 }, afterMs: 210 });
  });

  it('with the cable out sends nothing', async () => {
    const { line, send, capture, captures, face } = aLine();
    line.setCable(true);
    expect(await send(capture())).toMatchObject({ answer: { kind: 'not-sent', cause: 'cable-out' } });
    expect(captures()).toBe(0);
    expect(face.journal()).toEqual([]);
    line.setCable(false);
    expect(await send(capture())).toMatchObject({ answer: { kind: 'answered' } });
  });

  it('breaks what is under way when the cable is pulled: some of it has happened', async () => {
    const early = aLine();
    const unsent = early.line.http.request(early.capture());
    await early.clock.run(50);
    early.line.setCable(true);
    expect(await unsent).toEqual({ kind: 'broken', cause: 'reset' });
    await early.clock.run(60_000);
    expect(early.captures()).toBe(0);

    const late = aLine();
    const sent = late.line.http.request(late.capture());
    await late.clock.run(150);
    late.line.setCable(true);
    expect(await sent).toEqual({ kind: 'broken', cause: 'reset' });
    expect(late.captures()).toBe(1);
  });

  it.each<{ fault: Fault; answer: Partial<HttpAnswer>; afterMs: number; captures: number }>([
    { fault: { kind: 'drop-before' }, answer: { kind: 'broken', cause: 'timeout' }, afterMs: 30_000, captures: 0 },
    { fault: { kind: 'drop-after-commit' }, answer: { kind: 'broken', cause: 'timeout' }, afterMs: 30_000, captures: 1 },
    { fault: { kind: 'reset-before' }, answer: { kind: 'broken', cause: 'reset' }, afterMs: 210, captures: 0 },
    { fault: { kind: 'reset-after-commit' }, answer: { kind: 'broken', cause: 'reset' }, afterMs: 210, captures: 1 },
    { fault: { kind: 'cut-short' }, answer: { kind: 'broken', cause: 'reset' }, afterMs: 210, captures: 1 },
    { fault: { kind: 'huge' }, answer: { kind: 'broken', cause: 'too-large' }, afterMs: 210, captures: 1 },
    { fault: { kind: 'delay-before', ms: 35_000 }, answer: { kind: 'broken', cause: 'timeout' }, afterMs: 30_000, captures: 1 },
    { fault: { kind: 'delay-after-commit', ms: 1_000 }, answer: { kind: 'answered', status: 200 }, afterMs: 1_210, captures: 1 },
    { fault: { kind: 'trickle', bytesPerStep: 1, everyMs: 1_000 }, answer: { kind: 'broken', cause: 'timeout' }, afterMs: 30_000, captures: 1 },
    { fault: { kind: 'html-before' }, answer: { kind: 'answered', status: 200 }, afterMs: 210, captures: 0 },
  ])('$fault.kind: $answer after $afterMs ms, $captures taken', async ({ fault, answer, afterMs, captures }) => {
    const line = aLine();
    line.face.faults.order(fault);
    expect(await line.send(line.capture())).toMatchObject({ answer, afterMs });
    expect(line.captures()).toBe(captures);
  });
});

describe('a fault to practise on', () => {
  it.each<{ fault: TrainingFault; answer: Partial<HttpAnswer>; captures: number }>([
    { fault: 'refuse', answer: { kind: 'answered', status: 409 }, captures: 0 },
    { fault: 'decline', answer: { kind: 'answered', status: 200 }, captures: 0 },
    { fault: 'lose-answer', answer: { kind: 'broken', cause: 'reset' }, captures: 1 },
    { fault: 'slow', answer: { kind: 'answered', status: 200 }, captures: 1 },
    { fault: 'busy', answer: { kind: 'answered', status: 429 }, captures: 0 },
  ])('$fault is played once, on the next request that moves money', async ({ fault, answer, captures }) => {
    const { line, send, search, capture, captures: taken } = aLine();
    line.setNextFault(fault);
    expect(await send(search())).toMatchObject({ answer: { kind: 'answered', status: 200 } });
    expect(line.nextFault()).toBe(fault);
    expect(await send(capture())).toMatchObject({ answer });
    expect(line.nextFault()).toBeNull();
    await send(search()); // the capture has settled by now
    expect(taken()).toBe(captures);
    expect(await send(capture())).toMatchObject({ answer: { kind: 'answered', status: 200 } });
  });

  it('can be taken back or chosen anew', async () => {
    const { line, send, capture } = aLine();
    line.setNextFault('refuse');
    line.setNextFault('busy');
    line.setNextFault(null);
    expect(line.nextFault()).toBeNull();
    expect(await send(capture())).toMatchObject({ answer: { status: 200 } });
  });

  it('decline waits for a capture: a refund has nothing to decline', async () => {
    const { line, send, refund, capture, refunds } = aLine();
    line.setNextFault('decline');
    expect(await send(refund())).toMatchObject({ answer: { status: 200 } });
    expect(refunds()).toBe(1);
    expect(line.nextFault()).toBe('decline');
    await send(capture());
    expect(line.nextFault()).toBeNull();
  });
});

describe('what happens later', () => {
  const MINUTE_MS = 60_000;

  it('a request is done twenty minutes after its answer was given up', async () => {
    const { face, send, capture, captures, clock } = aLine();
    face.faults.order({ kind: 'late', ms: 20 * MINUTE_MS });
    expect(await send(capture())).toMatchObject({ answer: { kind: 'broken', cause: 'timeout' }, afterMs: 30_000 });
    await clock.run(19 * MINUTE_MS);
    expect(captures()).toBe(0);
    await clock.run(MINUTE_MS);
    expect(captures()).toBe(1);
    expect(face.journal()[0]).toMatchObject({ committed: true, status: null });
  });

  it('it is judged when it is done: a hold that was released meanwhile is not taken', async () => {
    const { face, send, capture, captures, clock, bank } = aLine();
    face.faults.order({ kind: 'late', ms: 10 * MINUTE_MS, hears: 'page' });
    expect(await send(capture())).toMatchObject({ answer: { kind: 'answered', status: 504 } });
    const hold = bank.intents().find(({ captureMode }) => captureMode === 'Manual');
    expect(bank.reverse(hold?.accountId ?? '', hold?.id ?? '', clock.nowMs()).ok).toBe(true);
    await clock.run(10 * MINUTE_MS);
    expect(captures()).toBe(0);
    expect(face.journal()[0]).toMatchObject({ handled: 1, committed: false });
    expect(bank.imbalances()).toEqual([]);
  });

  it('a fault for a span of time is over at its end, to the millisecond', () => {
    let nowMs = NOON_MS;
    const faults = createFaults(() => nowMs);
    const target = { operation: 'search', method: 'POST', path: '/payment-intents/search', id: '', version: '' } as const;
    faults.order({ kind: 'html-before', forMs: 1_000 });
    nowMs += 999;
    expect(faults.take(target)).toMatchObject({ kind: 'html-before' });
    nowMs += 1;
    expect(faults.take(target)).toBeNull();
  });

  it('a fault for a span of time is over when that is over', async () => {
    const { face, send, search } = aLine();
    face.faults.order({ kind: 'html-before', status: 502, forMs: 2 * MINUTE_MS });
    expect(face.faults.pending()).toHaveLength(1);
    expect(await send(search())).toMatchObject({ answer: { status: 502 } });
    expect(await send(search())).toMatchObject({ answer: { status: 502 } });
    expect(await send(search())).toMatchObject({ answer: { status: 502 } });
    expect(await send(search())).toMatchObject({ answer: { status: 200 } });
    expect(face.faults.pending()).toEqual([]);
  });
});
