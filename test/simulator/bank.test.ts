import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBank } from '../../main/simulator/bank.ts';
import { ACCOUNT, aBank, aHold, anUnpaid, aSale, DAY_MS, HOUR_MS, LONDON, NOON_MS, type OneBank, SETTLED_MS, withPayment } from './a-bank.ts';

const taken = (amountMinor: number) => [{ kind: 'capture' as const, atMs: NOON_MS - 60_000, amountMinor }];
const refunded = (amountMinor: number) => [{ kind: 'refund' as const, atMs: NOON_MS - 30_000, amountMinor }];
const undone = [{ kind: 'reverse' as const, atMs: NOON_MS - 30_000 }];
const cancelled = [{ kind: 'cancel' as const, atMs: NOON_MS - 30_000 }];

type Move = (one: OneBank) => string | number;
const row = (what: string, payment: Parameters<typeof withPayment>[0], move: Move, answer: string | number) => ({ what, payment, move, answer });

const beforeMidnightMs = Date.parse('2026-06-15T22:59:59Z');
const midnightMs = Date.parse('2026-06-15T23:00:00Z'); // in London, in summer

describe('the rules of the simulated Dojo', () => {
  it.each([
    row('a hold is taken whole', aHold(), (one) => one.capture(4200), 'ok'),
    row('a hold is taken in part', aHold(), (one) => one.capture(1), 'ok'),
    row('a hold is not taken beyond its amount', aHold(), (one) => one.capture(4201), 400),
    row('nothing is not taken', aHold(), (one) => one.capture(0), 400),
    row('a negative amount is not taken', aHold(), (one) => one.capture(-5), 400),
    row('the rest of a part taken hold is taken', aHold({ past: taken(2000) }), (one) => one.capture(2200), 'ok'),
    row('more than the rest is not taken', aHold({ past: taken(2000) }), (one) => one.capture(2201), 409),
    row('tips are taken where they are allowed', aHold({ tipsAllowed: true }), (one) => one.capture(4000, NOON_MS, { tipsMinor: 200 }), 'ok'),
    row('tips are not taken where they are not allowed', aHold(), (one) => one.capture(4000, NOON_MS, { tipsMinor: 200 }), 400),
    row('tips and amount together stay within the hold', aHold({ tipsAllowed: true }), (one) => one.capture(4200, NOON_MS, { tipsMinor: 1 }), 400),
    row('a sale takes itself', aSale(), (one) => one.capture(2000), 409),
    row('an unpaid request is not taken', anUnpaid({ captureMode: 'Manual' }), (one) => one.capture(3000), 409),
    row('a released hold is not taken', aHold({ past: undone }), (one) => one.capture(4200), 409),
    row('a part refunded hold is not taken further', aHold({ past: [...taken(2000), ...refunded(500)] }), (one) => one.capture(100), 409),
    row('a hold that has ended is not taken', aHold({ autoExpireInMs: 2 * HOUR_MS }), (one) => one.capture(4200, NOON_MS + HOUR_MS), 409),

    row('a sale is undone the same day', aSale(), (one) => one.reverse(beforeMidnightMs), 'ok'),
    row('a sale is not undone after the shop’s midnight', aSale(), (one) => one.reverse(midnightMs), 409),
    row('a hold is released the same day', aHold(), (one) => one.reverse(beforeMidnightMs), 'ok'),
    row('a taken hold is not undone', aHold({ past: taken(4200) }), (one) => one.reverse(), 409),
    row('a part taken hold is not undone', aHold({ past: taken(2000) }), (one) => one.reverse(), 409),
    row('an unpaid sale is not undone', anUnpaid(), (one) => one.reverse(), 409),
    row('a part refunded sale is not undone', aSale({ past: refunded(500) }), (one) => one.reverse(), 409),
    row('an undone sale is not undone again', aSale({ past: undone }), (one) => one.reverse(), 409),

    row('a sale is refunded', aSale(), (one) => one.refund(2000, NOON_MS + 3 * DAY_MS), 'ok'),
    row('a sale is refunded in part', aSale(), (one) => one.refund(1), 'ok'),
    row('a sale is not refunded beyond its amount', aSale(), (one) => one.refund(2001), 400),
    row('the rest is refunded', aSale({ past: refunded(500) }), (one) => one.refund(1500), 'ok'),
    row('more than the rest is not refunded', aSale({ past: refunded(500) }), (one) => one.refund(1501), 400),
    row('a refunded sale is not refunded again', aSale({ past: refunded(2000) }), (one) => one.refund(1), 400),
    row('nothing is not refunded', aSale(), (one) => one.refund(0), 400),
    row('a hold is not refunded', aHold(), (one) => one.refund(100), 400),
    row('what was taken of a hold is refunded', aHold({ past: taken(2000) }), (one) => one.refund(2000), 'ok'),
    row('more than was taken of a hold is not refunded', aHold({ past: taken(2000) }), (one) => one.refund(2001), 400),
    row('an undone sale is not refunded', aSale({ past: undone }), (one) => one.refund(100), 400),

    row('an unpaid request is cancelled', anUnpaid(), (one) => one.cancel(), 'ok'),
    row('a cancelled request is not there any more', anUnpaid({ past: cancelled }), (one) => one.cancel(), 404),
    row('a paid sale is not cancelled', aSale(), (one) => one.cancel(), 400),
    row('a hold is not cancelled', aHold(), (one) => one.cancel(), 400),

    row('an open amount is changed', anUnpaid({ customAmountAllowed: true }), (one) => one.setAmount(3500), 'ok'),
    row('a fixed amount is not changed', anUnpaid(), (one) => one.setAmount(3500), 405),
    row('a paid amount is not changed', aSale({ customAmountAllowed: true }), (one) => one.setAmount(3500), 400),
    row('an amount is not changed to nothing', anUnpaid({ customAmountAllowed: true }), (one) => one.setAmount(0), 400),
    row('an amount keeps its currency', anUnpaid({ customAmountAllowed: true }), (one) => one.setAmount(3500, 'EUR'), 400),
    row('tips are changed where they are allowed', anUnpaid({ tipsAllowed: true }), (one) => one.setTips(250), 'ok'),
    row('tips are changed to nothing', anUnpaid({ tipsAllowed: true, tipsMinor: 100 }), (one) => one.setTips(0), 'ok'),
    row('tips are not changed where they are not allowed', anUnpaid(), (one) => one.setTips(250), 405),
    row('tips of a paid sale are not changed', aSale({ tipsAllowed: true }), (one) => one.setTips(250), 400),

    row('a paid sale has a receipt', aSale(), (one) => one.receipt(), 'ok'),
    row('a hold has no receipt', aHold(), (one) => one.receipt(), 400),
    row('a cancelled request has no receipt', anUnpaid({ past: cancelled }), (one) => one.receipt(), 404),
  ])('$what', ({ payment, move, answer }) => {
    const one = withPayment(payment);
    const before = one.bank.state();
    const revision = one.bank.revision();
    expect(move(one)).toBe(answer);
    if (answer === 'ok') {
      expect(one.bank.revision()).toBeGreaterThan(revision);
    } else if (one.intent().holdEnded === before.intents[0]?.holdEnded) {
      // A refusal changes nothing at all.
      expect({ ...one.bank.state(), random: 0 }).toEqual({ ...before, random: 0 });
    }
    expect(one.bank.imbalances()).toEqual([]);
  });

  it('shows what each move did', () => {
    const sale = withPayment(aSale());
    sale.refund(500);
    expect(sale.intent()).toMatchObject({ status: 'Captured', refundedMinor: 500 });
    sale.refund(1500);
    expect(sale.intent()).toMatchObject({ status: 'Refunded', refundedMinor: 2000 });
    expect(sale.money()).toMatchObject({ heldMinor: 2000, capturedMinor: 2000, refundedMinor: 2000, refunds: 2, captures: 0 });

    const hold = withPayment(aHold());
    hold.reverse();
    expect(hold.intent().status).toBe('Reversed');
    expect(hold.money()).toMatchObject({ heldMinor: 4200, reversedMinor: 4200, capturedMinor: 0, reversals: 1 });

    const request = withPayment(anUnpaid({ customAmountAllowed: true, tipsAllowed: true }));
    request.setAmount(3500);
    request.setTips(250);
    expect(request.intent()).toMatchObject({ amountMinor: 3500, requestedMinor: 3000, tipsMinor: 250, status: 'Created' });
    expect(request.money().heldMinor).toBe(0);
  });

  it('keeps accounts apart', () => {
    const { bank, id } = withPayment(aHold(), { keys: { sk_sandbox_one: ACCOUNT, sk_sandbox_two: 'acc_two' } });
    expect(bank.authenticate('sk_sandbox_two')).toBe('acc_two');
    expect(bank.authenticate('sk_sandbox_three')).toBeNull();
    expect(bank.read('acc_two', id, true, NOON_MS)).toMatchObject({ ok: false, error: { status: 404 } });
    expect(bank.capture('acc_two', id, { amountMinor: 100, tipsMinor: 0 }, NOON_MS)).toMatchObject({ ok: false, error: { status: 404 } });
    expect(bank.search('acc_two', {}, NOON_MS)).toMatchObject({ ok: true, value: { intents: [] } });
    expect(bank.read(ACCOUNT, id, false, NOON_MS).ok).toBe(true);
  });

  it('knows a revoked key again once it is mended', () => {
    const bank = aBank({ keys: { sk_sandbox_one: ACCOUNT } });
    bank.revokeKey('sk_sandbox_one');
    expect(bank.authenticate('sk_sandbox_one')).toBeNull();
    bank.mendKey('sk_sandbox_one');
    expect(bank.authenticate('sk_sandbox_one')).toBe(ACCOUNT);
  });

  it('shows a cancelled payment only to those who ask for it', () => {
    const { bank, id } = withPayment(anUnpaid({ past: cancelled }));
    expect(bank.read(ACCOUNT, id, false, NOON_MS)).toMatchObject({ ok: false, error: { status: 404 } });
    expect(bank.read(ACCOUNT, id, true, NOON_MS)).toMatchObject({ ok: true, value: { status: 'Canceled' } });
  });

  it('charges or holds when the customer pays, once', () => {
    const sale = withPayment(anUnpaid());
    expect(sale.bank.pay(sale.id, NOON_MS)).toBe(true);
    expect(sale.bank.pay(sale.id, NOON_MS)).toBe(false);
    expect(sale.intent()).toMatchObject({ status: 'Captured', paidAtMs: NOON_MS });
    const hold = withPayment(anUnpaid({ captureMode: 'Manual' }));
    hold.bank.pay(hold.id, NOON_MS);
    expect(hold.intent().status).toBe('Authorized');
    expect(hold.money()).toMatchObject({ heldMinor: 3000, capturedMinor: 0 });
  });
});

describe('a refund’s idempotency key', () => {
  const request = { amountMinor: 500, idempotencyKey: 'k1', refundReason: 'cold soup' };

  it('gives the same refund for the same request, and moves the money once', () => {
    const { bank, id, money } = withPayment(aSale());
    const first = bank.refund(ACCOUNT, id, request, NOON_MS);
    const again = bank.refund(ACCOUNT, id, request, NOON_MS + HOUR_MS);
    expect(first.ok && again.ok && first.value.refundId === again.value.refundId).toBe(true);
    expect(money()).toMatchObject({ refundedMinor: 500, refunds: 1 });
    if (first.ok) expect(bank.readRefund(ACCOUNT, first.value.refundId)).toMatchObject({ ok: true, value: { refundReason: 'cold soup' } });
  });

  it('is refused for another request', () => {
    const { bank, id, money } = withPayment(aSale());
    bank.refund(ACCOUNT, id, request, NOON_MS);
    expect(bank.refund(ACCOUNT, id, { ...request, amountMinor: 600 }, NOON_MS)).toMatchObject({ ok: false, error: { status: 400 } });
    expect(bank.refund(ACCOUNT, id, { ...request, refundReason: 'late' }, NOON_MS)).toMatchObject({ ok: false, error: { status: 400 } });
    expect(money().refundedMinor).toBe(500);
  });

  it('belongs to one payment', () => {
    const { bank, id } = withPayment(aSale());
    const other = bank.addPayment(aSale(), NOON_MS).id;
    bank.refund(ACCOUNT, id, request, NOON_MS);
    expect(bank.refund(ACCOUNT, other, request, NOON_MS).ok).toBe(true);
    expect(bank.moneyOf(other).refundedMinor).toBe(500);
  });

  it('is forgotten after a day', () => {
    const { bank, id, money } = withPayment(aSale());
    bank.refund(ACCOUNT, id, request, NOON_MS);
    bank.refund(ACCOUNT, id, request, NOON_MS + DAY_MS);
    expect(money()).toMatchObject({ refundedMinor: 1000, refunds: 2 });
  });

  it('is not used up by a refusal', () => {
    const { bank, id } = withPayment(aHold());
    expect(bank.refund(ACCOUNT, id, request, NOON_MS).ok).toBe(false);
    bank.capture(ACCOUNT, id, { amountMinor: 4200, tipsMinor: 0 }, NOON_MS);
    expect(bank.refund(ACCOUNT, id, request, NOON_MS + SETTLED_MS).ok).toBe(true);
  });

  it('of an unknown refund is a bad request', () => {
    expect(aBank().readRefund(ACCOUNT, 'rfnd_nobody')).toMatchObject({ ok: false, error: { status: 400 } });
  });
});

describe('a saved bank', () => {
  it('goes on where it stood: money, keys used, captures under way, chance', () => {
    const { bank, id } = withPayment(aHold());
    const sale = bank.addPayment(aSale(), NOON_MS).id;
    bank.capture(ACCOUNT, id, { amountMinor: 2000, tipsMinor: 0 }, NOON_MS);
    const refund = bank.refund(ACCOUNT, sale, { amountMinor: 500, idempotencyKey: 'k1' }, NOON_MS);
    const again = createBank({ seed: 99, zone: LONDON, state: JSON.parse(JSON.stringify(bank.state())) });

    expect(again.refund(ACCOUNT, sale, { amountMinor: 500, idempotencyKey: 'k1' }, NOON_MS + 1)).toEqual(refund);
    again.advance(NOON_MS + SETTLED_MS);
    bank.advance(NOON_MS + SETTLED_MS);
    expect(again.intent(id)?.captures).toMatchObject([{ amountMinor: 2000, status: 'Successful' }]);
    expect(again.state()).toEqual(bank.state());
  });

  it('is a copy: what happens later does not reach it', () => {
    const { bank, id } = withPayment(aHold());
    const saved = bank.state();
    bank.reverse(ACCOUNT, id, NOON_MS);
    expect(saved.intents[0]?.status).toBe('Authorized');
  });
});

describe('whatever a client does', () => {
  const move = fc.record({
    kind: fc.constantFrom('capture', 'reverse', 'refund', 'cancel', 'pay'),
    amountMinor: fc.integer({ min: -1, max: 5000 }),
    tipsMinor: fc.constantFrom(0, 0, 0, 100, 200),
    waitMs: fc.constantFrom(0, 100, SETTLED_MS, HOUR_MS, DAY_MS),
    outcome: fc.constantFrom('Successful', 'Declined', 'Failed'),
  });
  const switches = fc.record({
    partCaptureTurnsCaptured: fc.boolean(),
    partCaptureReleasesRest: fc.boolean(),
    holdEndTurnsReversed: fc.boolean(),
    captureShowsAtOnce: fc.boolean(),
    bankAnswersAfterMs: fc.constantFrom([], [HOUR_MS], [2 * HOUR_MS, 100], [100, 3 * HOUR_MS, 2 * DAY_MS]),
    reverseCreatedAllowed: fc.boolean(),
    releaseEarlierDayAllowed: fc.boolean(),
    captureExtras: fc.constantFrom('in-amount' as const, 'released' as const, 'added' as const),
    captureTipsApart: fc.boolean(),
    refundCounts: fc.constantFrom('all' as const, 'without-cashback' as const, 'amount-and-tips' as const),
    holdsTotalAmount: fc.boolean(),
    holdCountsFromCreation: fc.boolean(),
    autoSettleMs: fc.constantFrom(0, HOUR_MS),
    searchLagMs: fc.constantFrom(0, HOUR_MS),
    refundKeysKeptMs: fc.constantFrom(null, 0),
  });
  const charged = { amountMinor: 2_000, tipsMinor: 200, serviceChargeMinor: 250, cashbackMinor: 1_000 };
  const payment = fc.constantFrom(
    aSale(),
    aHold(),
    anUnpaid(),
    aHold({ autoExpireAction: 'Capture', autoExpireInMs: 3 * HOUR_MS }),
    anUnpaid({ captureMode: 'Manual' }),
    aHold(charged),
    aHold({ ...charged, totalMinor: 3_000, autoExpireAction: 'Capture', autoExpireInMs: 3 * HOUR_MS }),
    aSale({ ...charged, totalMinor: 3_600 }),
    anUnpaid({ ...charged, captureMode: 'Manual', paysAtMs: NOON_MS + 2 * HOUR_MS }),
  );

  it('never takes more than is held nor gives back more than was taken', () => {
    fc.assert(
      fc.property(payment, switches, fc.array(move, { maxLength: 25 }), (spec, chosen, moves) => {
        const { bank, id } = withPayment(spec, { switches: chosen });
        let nowMs = NOON_MS;
        moves.forEach(({ kind, amountMinor, tipsMinor, waitMs, outcome }, place) => {
          nowMs += waitMs;
          if (kind === 'capture') {
            const undo = bank.orderOutcome(outcome as 'Successful', id);
            bank.capture(ACCOUNT, id, { amountMinor, tipsMinor }, nowMs);
            undo();
          } else if (kind === 'refund') bank.refund(ACCOUNT, id, { amountMinor, idempotencyKey: `k${place}` }, nowMs);
          else if (kind === 'reverse') bank.reverse(ACCOUNT, id, nowMs);
          else if (kind === 'cancel') bank.cancel(ACCOUNT, id, nowMs);
          else bank.pay(id, nowMs);
          expect(bank.imbalances()).toEqual([]);
        });
        bank.advance(nowMs + 40 * DAY_MS);
        expect(bank.imbalances()).toEqual([]);
        // In the end every penny held was taken, let go of, or undone.
        const { heldMinor, capturedMinor, releasedMinor, reversedMinor, capturingMinor } = bank.moneyOf(id);
        expect(capturingMinor).toBe(0);
        if (heldMinor > 0 && reversedMinor === 0) expect(capturedMinor + releasedMinor).toBe(heldMinor);
      }),
      { numRuns: 400 },
    );
  });
});
