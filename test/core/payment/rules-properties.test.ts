import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capturedMinor, heldMostMinor, KNOWN_CAPTURE_STATUSES, KNOWN_STATUSES, type Payment, takenMostMinor } from '../../../main/core/payment/payment.ts';
import { type Case, leftToRefundMinor, leftToTakeMinor } from '../../../main/core/payment/rule-context.ts';
import { movesOf, refusalOf, ruleFor } from '../../../main/core/payment/rules.ts';
import { type Action, MOVE_KINDS } from '../../../main/core/queue/action.ts';
import { capturedHereMinor } from '../../../main/core/queue/evidence.ts';
import { aCapture, aCase, anAction, anOutcome, aPayment, DAY_MS, LONDON, NOON_MS } from '../../builders.ts';

describe('whatever Dojo shows and whatever is promised', () => {
  const amount = fc.oneof(fc.integer({ min: 1, max: 6000 }), fc.constantFrom(2000, 2200, 4200));
  const capture = fc
    .record({
      id: fc.constantFrom('cp_1', 'cp_2', 'cp_3'),
      amountMinor: amount,
      tipsMinor: fc.constantFrom(0, 100),
      status: fc.constantFrom(...KNOWN_CAPTURE_STATUSES, 'Pending'),
    })
    .map(aCapture);
  const payment: fc.Arbitrary<Payment> = fc
    .record({
      captureMode: fc.constantFrom('Auto' as const, 'Manual' as const),
      status: fc.constantFrom(...KNOWN_STATUSES, 'Authorized', 'Captured', 'Disputed', 'authorized', ''),
      amountMinor: amount,
      tipsMinor: fc.constantFrom(0, 100),
      serviceChargeMinor: fc.constantFrom(0, 0, 525),
      cashbackMinor: fc.constantFrom(0, 0, 1000),
      totalMinor: fc.option(amount, { nil: null }),
      refundedMinor: fc.oneof(fc.constant(0), fc.nat(6000)),
      captures: fc.option(fc.uniqueArray(capture, { maxLength: 3, selector: (it) => it.id }), { nil: null }),
      paidAtMs: fc.option(fc.integer({ min: NOON_MS - 8 * DAY_MS, max: NOON_MS }), { nil: null }),
      createdAtMs: fc.integer({ min: NOON_MS - 31 * DAY_MS, max: NOON_MS }),
      expireAtMs: fc.option(fc.integer({ min: NOON_MS - DAY_MS, max: NOON_MS + DAY_MS }), { nil: null }),
      autoExpireInMs: fc.option(fc.integer({ min: 30_000, max: 7 * DAY_MS }), { nil: null }),
      customAmountAllowed: fc.boolean(),
      tipsAllowed: fc.boolean(),
    })
    .map(aPayment);
  const move = fc.oneof(
    fc.record({ kind: fc.constant('capture' as const), amount, tipsAmount: fc.option(fc.constantFrom(0, 100), { nil: undefined }) }),
    fc.constant({ kind: 'reverse' as const }),
    fc.record({ kind: fc.constant('refund' as const), amount }),
    fc.constant({ kind: 'cancel' as const }),
  );
  const action = fc
    .record({
      move,
      state: fc.constantFrom('waiting', 'checking', 'done', 'refused', 'needsPerson', 'withdrawn'),
      captureId: fc.constantFrom('cp_1', 'cp_2', 'cp_9', null),
    })
    .map(({ move, state, captureId }) => anAction({ move, state: state as Action['state'], outcome: state === 'done' ? anOutcome({ captureId }) : null }));
  const anyCase: fc.Arbitrary<Case> = fc
    .record({
      payment,
      actions: fc.array(action, { maxLength: 4 }),
      nowMs: fc.integer({ min: NOON_MS, max: NOON_MS + DAY_MS }),
      zone: fc.constantFrom(LONDON, 'America/New_York', 'Pacific/Apia'),
      online: fc.boolean(),
      apiVersion: fc.constantFrom('2022-01-03', '2022-04-07', '2024-02-05', '2026-02-27'),
    })
    .map(aCase);
  const promisedMinor = (c: Case, kind: 'capture' | 'refund') =>
    c.actions.reduce((sum, { state, move }) => {
      if (move.kind !== kind || !['waiting', 'sending', 'checking', 'needsPerson'].includes(state)) return sum;
      return sum + move.amount + (move.kind === 'capture' ? (move.tipsAmount ?? 0) : 0);
    }, 0);

  it('a take never brings what is captured and promised above what is held', () => {
    fc.assert(
      fc.property(anyCase, (c) => {
        const rule = ruleFor('capture', c);
        if (!rule.open) return;
        const { maxMinor, maxTipsMinor, defaultMinor, defaultTipsMinor } = rule;
        const leftMinor = leftToTakeMinor(c);
        const capturedHere = capturedMinor(c.payment, capturedHereMinor(c.actions));
        expect(capturedHere + promisedMinor(c, 'capture') + leftMinor).toBeLessThanOrEqual(heldMostMinor(c.payment));
        expect(maxMinor).toBeLessThanOrEqual(leftMinor);
        expect(maxTipsMinor).toBeLessThanOrEqual(leftMinor);
        const ask = (amount: number, tipsAmount?: number) => refusalOf({ kind: 'capture', amount, tipsAmount }, c);
        // What is offered can be asked for; a penny more than is left, in whatever form, cannot.
        if (defaultMinor !== null) expect(ask(defaultMinor, defaultTipsMinor)).toBeNull();
        expect(ask(leftMinor)).toBeNull();
        expect(ask(leftMinor + 1)).not.toBeNull();
        expect(ask(leftMinor - maxTipsMinor + 1, maxTipsMinor)).not.toBeNull();
        expect(ask(1, maxTipsMinor + 1)).not.toBeNull();
        if ((maxMinor ?? 0) + 1 < leftMinor) expect(ask((maxMinor ?? 0) + 1)).not.toBeNull();
      }),
      { numRuns: 1000 },
    );
  });

  it('refunds never pass what was taken', () => {
    fc.assert(
      fc.property(anyCase, (c) => {
        const rule = ruleFor('refund', c);
        if (!rule.open) return;
        expect(rule.maxMinor).toBe(leftToRefundMinor(c));
        expect(rule.defaultMinor ?? 1).toBeLessThanOrEqual(rule.maxMinor ?? 0);
        expect(c.payment.refundedMinor + promisedMinor(c, 'refund') + (rule.maxMinor ?? 0)).toBeLessThanOrEqual(
          takenMostMinor(c.payment, capturedHereMinor(c.actions)),
        );
        expect(refusalOf({ kind: 'refund', amount: (rule.maxMinor ?? 0) + 1 }, c)).not.toBeNull();
      }),
      { numRuns: 1000 },
    );
  });

  it('nothing is open on a status that the till does not know, or on an ended payment, but a refund of what was captured before', () => {
    const ended = ['Disputed', 'authorized', '', 'Reversed', 'Canceled'];
    fc.assert(
      fc.property(anyCase, fc.constantFrom(...ended), (c, status) => {
        const closed = { ...c, payment: { ...c.payment, status } };
        // What was captured of a hold before the rest was let go can be refunded, and nothing more of it.
        const isTaken = status === 'Reversed' && takenMostMinor(closed.payment, capturedHereMinor(closed.actions)) > 0;
        for (const kind of MOVE_KINDS) if (!isTaken || kind !== 'refund') expect(ruleFor(kind, closed).open).toBe(false);
      }),
    );
  });

  it('an undo and a take, or an undo and a refund, are never promised together', () => {
    fc.assert(
      fc.property(anyCase, (c) => {
        const open = c.actions.filter(({ state }) => state === 'waiting' || state === 'checking' || state === 'needsPerson').map((it) => it.move.kind);
        if (open.includes('reverse')) for (const kind of ['capture', 'refund', 'reverse'] as const) expect(ruleFor(kind, c).open).toBe(false);
        if (open.includes('capture') || open.includes('refund')) expect(ruleFor('reverse', c).open).toBe(false);
      }),
    );
  });

  it('an open move with a deadline can be made now, and not at its deadline', () => {
    fc.assert(
      fc.property(anyCase, fc.constantFrom(...MOVE_KINDS), (c, kind) => {
        const rule = ruleFor(kind, c);
        if (!rule.open || rule.deadlineAtMs === null) return;
        expect(rule.deadlineAtMs).toBeGreaterThan(c.nowMs);
        if (rule.caution === null && kind !== 'reverse') expect(ruleFor(kind, { ...c, nowMs: rule.deadlineAtMs }).open).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('limits are whole and above zero', () => {
    fc.assert(
      fc.property(anyCase, (c) => {
        for (const rule of Object.values(movesOf(c)))
          if (rule.open && rule.maxMinor !== null) expect(Number.isSafeInteger(rule.maxMinor) && rule.maxMinor > 0).toBe(true);
      }),
    );
  });
});
