import { describe, expect, it } from 'vitest';
import { isOfferedWithoutExtras, isRefusedWithExtras, learntForm, withoutExtras } from '../../../main/core/payment/amount-form.ts';
import type { Payment } from '../../../main/core/payment/payment.ts';
import type { Action } from '../../../main/core/queue/action.ts';
import { baselineOf } from '../../../main/core/queue/evidence.ts';
import { aCapture, aHold, anAction, anOutcome, aPayment, MINUTE_MS, NOON_MS } from '../../builders.ts';

const hold = aHold({ amountMinor: 10_000, tipsMinor: 500, serviceChargeMinor: 1250 });
/** What was read of the payment just before the send. */
const on = (payment: Payment): Partial<Action> => ({ baseline: baselineOf(payment, NOON_MS) });
const answered = (status: number | null, changes: Partial<Action> = {}): Action =>
  anAction({
    state: 'refused',
    move: { kind: 'capture', amount: 11_250, tipsAmount: 500 },
    outcome: anOutcome({ code: 'refused', status }),
    ...on(hold),
    ...changes,
  });
const asked = (amount: number, tipsAmount?: number): Partial<Action> => ({ move: { kind: 'capture', amount, tipsAmount } });

describe('a refusal for service charge or cashback in the amount', () => {
  it.each([
    ['400', answered(400), true],
    ['409', answered(409), true],
    ['403: the key may not', answered(403), false],
    ['no answer', answered(null), false],
    ['a person’s no', answered(409, { outcome: anOutcome({ settledBy: 'person', status: 409 }) }), false],
    ['a no to a repeat', answered(409, { outcome: anOutcome({ code: 'refused', settledBy: 'till', status: 409 }) }), false],
    ['all of it captured already', answered(409, { outcome: anOutcome({ code: 'already-captured', status: 409 }) }), false],
    ['nothing known of it before the send', answered(409, { baseline: null }), false],
    ['how much was captured then not written down', answered(409, { baseline: { ...baselineOf(hold, NOON_MS), capturedMinor: null } }), false],
    ['all of it exactly', answered(409, asked(11_250, 500)), true],
    ['a penny more than is held', answered(409, asked(11_251, 500)), false],
    ['not refused', answered(409, { state: 'done' }), false],
    ['a part that has none in it', answered(409, asked(5000)), false],
    ['bill and tips exactly', answered(409, asked(10_000, 500)), false],
    ['a penny more', answered(409, asked(10_001, 500)), true],
    ['a reversal', answered(409, { move: { kind: 'reverse' } }), false],
    ['a change of the amount', answered(409, { move: { kind: 'setAmount', amount: 20_000 } }), false],
  ] as const)('%s: %s', (_, action, expected) => expect(isRefusedWithExtras(action, hold, [action])).toBe(expected));

  it('is counted from what was captured or given back before it was sent', () => {
    const part = { ...hold, captures: [aCapture({ amountMinor: 6000 })] };
    expect(isRefusedWithExtras(answered(409, { ...asked(4500), ...on(part) }), part, [])).toBe(false);
    expect(isRefusedWithExtras(answered(409, { ...asked(4501), ...on(part) }), part, [])).toBe(true);
    const sale = aPayment({ amountMinor: 5000, serviceChargeMinor: 625, refundedMinor: 1000 });
    expect(isRefusedWithExtras(answered(400, { move: { kind: 'refund', amount: 4000 }, ...on(sale) }), sale, [])).toBe(false);
    expect(isRefusedWithExtras(answered(400, { move: { kind: 'refund', amount: 4625 }, ...on(sale) }), sale, [])).toBe(true);
  });

  describe('is not told where another till was first', () => {
    const bill = aHold({ amountMinor: 10_000, serviceChargeMinor: 1250 });
    const ours = answered(409, { ...asked(11_250), ...on(bill), changedAtMs: NOON_MS + 2000 });
    const afterwards = (...captures: Parameters<typeof aCapture>[0][]) => ({ ...bill, captures: captures.map((capture) => aCapture(capture)) });
    const own = answered(null, { state: 'done', ...asked(10_000), outcome: anOutcome({ captureId: 'cp_own' }), ...on(bill) });

    it('£100.00 with a charge of £12.50, of which another till captured £50.00 in the same second', () => {
      expect(isRefusedWithExtras(ours, bill, [ours])).toBe(true);
      const raced = afterwards({ amountMinor: 5000 });
      expect(isRefusedWithExtras(ours, raced, [ours])).toBe(false);
      expect(isOfferedWithoutExtras('capture', raced, [ours], undefined)).toBe(false);
      const rest = { ...own, ...asked(5000), ...on(raced) };
      expect(learntForm(rest, afterwards({ amountMinor: 5000 }, { id: 'cp_own', amountMinor: 5000 }), [ours, rest])).toBeNull();
    });
    it.each(['Created', 'Declined', 'Failed'])('whatever became of its capture: %s', (status) => {
      expect(isRefusedWithExtras(ours, afterwards({ amountMinor: 5000, status }), [ours])).toBe(false);
    });
    it('and is where it came later, or where what was captured since is ours', () => {
      expect(isRefusedWithExtras(ours, afterwards({ amountMinor: 500, createdAtMs: NOON_MS + MINUTE_MS }), [ours])).toBe(true);
      expect(
        isRefusedWithExtras({ ...ours, baseline: { ...baselineOf(bill, NOON_MS), isUndated: true } }, afterwards({ createdAtMs: NOON_MS + MINUTE_MS }), []),
      ).toBe(false);
      expect(isRefusedWithExtras(ours, afterwards({ id: 'cp_own', amountMinor: 10_000 }), [ours, own])).toBe(true);
      expect(learntForm(own, afterwards({ id: 'cp_own', amountMinor: 10_000 }), [ours, own])).toEqual({ kind: 'capture', form: 'bill-and-tips' });
    });

    it('£50.00 with £5.00 tips and a charge of £6.25, of which another till refunded £5.00', () => {
      const sale = aPayment({ amountMinor: 5000, tipsMinor: 500, serviceChargeMinor: 625 });
      const refund = answered(409, { move: { kind: 'refund', amount: 6125 }, ...on(sale) });
      expect(isRefusedWithExtras(refund, sale, [refund])).toBe(true);
      const raced = { ...sale, refundedMinor: 500 };
      expect(isRefusedWithExtras(refund, raced, [refund])).toBe(false);
      const rest = answered(null, { state: 'done', move: { kind: 'refund', amount: 5000 }, outcome: anOutcome(), ...on(raced), seq: refund.seq + 1 });
      expect(learntForm(rest, { ...sale, refundedMinor: 5500 }, [refund, rest])).toBeNull();
      // Ours alone, of bill and tips, after the refusal: that is how the account takes it.
      const whole = { ...rest, move: { kind: 'refund', amount: 5500 }, ...on(sale) } as const;
      expect(learntForm(whole, { ...sale, refundedMinor: 5500 }, [refund, whole])).toEqual({ kind: 'refund', form: 'bill-and-tips' });
    });
  });

  it('is none where there is neither', () => expect(isRefusedWithExtras(answered(409), aHold(), [])).toBe(false));
});

describe('the form of amounts that an account takes', () => {
  const done = (changes: Partial<Action>): Action => answered(null, { state: 'done', outcome: anOutcome(), ...changes });
  it('is learnt from what Dojo took', () => {
    expect(learntForm(done(asked(11_250, 500)), hold, [])).toEqual({ kind: 'capture', form: 'whole' });
    expect(learntForm(done(asked(10_000, 500)), hold, [answered(400)])).toEqual({ kind: 'capture', form: 'bill-and-tips' });
  });
  it('is not learnt from a part, from evidence, or where nothing was refused before', () => {
    expect(learntForm(done(asked(10_000, 500)), hold, [])).toBeNull();
    expect(learntForm(done({ ...asked(11_250, 500), outcome: anOutcome({ settledBy: 'evidence' }) }), hold, [])).toBeNull();
    expect(learntForm(done(asked(4200)), aHold(), [answered(400)])).toBeNull();
  });
  describe('without charge and cashback, is learnt only from what comes to bill and tips exactly', () => {
    const no = answered(400);
    const afterPart = (minor: number) => on({ ...hold, captures: minor === 0 ? [] : [aCapture({ amountMinor: minor })] });
    it.each<readonly [string, Partial<Action>, boolean]>([
      ['a part', asked(5000), false],
      ['a penny less', asked(9_999, 500), false],
      ['bill and tips', asked(10_000, 500), true],
      ['bill and tips in one amount', asked(10_500), true],
      ['a part that comes to it with what was captured before', { ...asked(4_000, 500), ...afterPart(6_000) }, true],
      ['a part that does not', { ...asked(4_000), ...afterPart(6_000) }, false],
      [
        'the same amount after a part of which an older till did not write down how much',
        { ...asked(10_500), baseline: { ...baselineOf(hold, NOON_MS), capturedMinor: null } },
        false,
      ],
      ['the same amount, sent on nobody knows what', { ...asked(10_500), baseline: null }, false],
    ])('%s: %s', (_, changes, is) => expect(learntForm(done(changes), hold, [no])).toEqual(is ? { kind: 'capture', form: 'bill-and-tips' } : null));
    it('of a refund too', () => {
      const refused = answered(409, { move: { kind: 'refund', amount: 11_750 } });
      const given = (amount: number, refundedMinor = 0) => done({ move: { kind: 'refund', amount }, ...on({ ...hold, refundedMinor }) });
      expect(learntForm(given(5000), hold, [refused])).toBeNull();
      expect(learntForm(given(5500, 5000), hold, [refused])).toEqual({ kind: 'refund', form: 'bill-and-tips' });
    });
  });

  describe('learnt as without charge and cashback', () => {
    const part = { ...hold, captures: [aCapture({ amountMinor: 10_000, tipsMinor: 500 })] };
    it('is with them once Dojo took the rest after bill and tips, though that is less by itself', () => {
      expect(learntForm(done({ ...asked(1250), ...on(part) }), part, [])).toEqual({ kind: 'capture', form: 'whole' });
      expect(learntForm(done({ ...asked(1), ...on(part) }), part, [])).toEqual({ kind: 'capture', form: 'whole' });
      const refunded = on({ ...hold, refundedMinor: 10_500 });
      expect(learntForm(done({ move: { kind: 'refund', amount: 1250 }, ...refunded }), hold, [])).toEqual({ kind: 'refund', form: 'whole' });
    });
    it.each([400, 409])('is forgotten where Dojo refuses just that (%i)', (status) => {
      expect(learntForm(answered(status, asked(10_000, 500)), hold, [])).toEqual({ kind: 'capture', form: null });
      expect(learntForm(answered(status, { move: { kind: 'refund', amount: 10_500 } }), hold, [])).toEqual({ kind: 'refund', form: null });
    });
    it.each<readonly [string, Action, Payment]>([
      ['a part', answered(409, asked(5000)), hold],
      ['more', answered(409, asked(10_001, 500)), hold],
      ['what this key may not do', answered(403, asked(10_000, 500)), hold],
      ['what a person settled', answered(409, { ...asked(10_000, 500), outcome: anOutcome({ settledBy: 'person', status: 409 }) }), hold],
      ['what was captured already', answered(409, { ...asked(10_000, 500), outcome: anOutcome({ code: 'already-captured', status: 409 }) }), hold],
      ['what is not refused yet', answered(409, { ...asked(10_000, 500), state: 'checking' }), hold],
      ['what another till was first with', answered(409, asked(10_000, 500)), { ...hold, captures: [aCapture({ amountMinor: 100 })] }],
      ['a payment that has neither', answered(409, asked(4200)), aHold()],
    ])('and not where it refuses %s', (_, action, payment) => expect(learntForm(action, payment, [action])).toBeNull());
  });

  it('decides what is offered, where a payment has either', () => {
    const forms = { capture: 'bill-and-tips', refund: null } as const;
    expect(isOfferedWithoutExtras('capture', hold, [], forms)).toBe(true);
    expect(isOfferedWithoutExtras('refund', hold, [], forms)).toBe(false);
    expect(isOfferedWithoutExtras('capture', aHold(), [], forms)).toBe(false);
    expect(isOfferedWithoutExtras('capture', hold, [answered(400)], undefined)).toBe(true);
  });
});

describe('what is learnt of one kind of move', () => {
  const done = (changes: Partial<Action>): Action => answered(null, { state: 'done', outcome: anOutcome(), ...changes });
  const refusedRefund = answered(409, { move: { kind: 'refund', amount: 11_750 } });

  it('says nothing of the other', () => {
    expect(isOfferedWithoutExtras('refund', hold, [answered(400)], undefined)).toBe(false);
    expect(isOfferedWithoutExtras('capture', hold, [refusedRefund], undefined)).toBe(false);
    expect(isOfferedWithoutExtras('refund', hold, [refusedRefund], undefined)).toBe(true);
    expect(learntForm(done(asked(10_000, 500)), hold, [refusedRefund])).toBeNull();
  });

  it('is learnt of refunds as well', () => {
    expect(learntForm(done({ move: { kind: 'refund', amount: 11_750 } }), hold, [])).toEqual({ kind: 'refund', form: 'whole' });
    expect(learntForm(done({ move: { kind: 'refund', amount: 10_500 } }), hold, [refusedRefund])).toEqual({ kind: 'refund', form: 'bill-and-tips' });
  });

  it.each<readonly [string, Action, typeof hold]>([
    ['one that is not done', done({ ...asked(11_250, 500), state: 'checking' }), hold],
    ['one of which nobody knows how it ended', done({ ...asked(11_250, 500), outcome: null }), hold],
    ['another kind of move', done({ move: { kind: 'setAmount', amount: 20_000 } }), hold],
    ['one of a payment that has neither charge nor cashback', done(asked(4300)), aHold()],
    ['a part after which nothing more was refused than a part', done(asked(10_000)), hold],
  ])('is not learnt from %s', (_, action, payment) => expect(learntForm(action, payment, [answered(409, asked(5000))])).toBeNull());

  it.each([
    [1250, 0, 'Offered without the £12.50 service charge: Dojo refused an amount with it.'],
    [0, 2000, 'Offered without the £20.00 cashback: Dojo refused an amount with it.'],
    [1250, 2000, 'Offered without the £12.50 service charge and the £20.00 cashback: Dojo refused an amount with them.'],
  ])('is said where it is offered so: charge %i, cashback %i', (serviceChargeMinor, cashbackMinor, said) => {
    expect(withoutExtras(aHold({ serviceChargeMinor, cashbackMinor }))).toBe(said);
  });
});

it('a capture that the bank declined took no room in the bill', () => {
  const declined = { ...hold, captures: [aCapture({ amountMinor: 6000, status: 'Declined' })] };
  expect(isRefusedWithExtras(answered(409, { ...asked(10_500), ...on(declined) }), declined, [])).toBe(false);
  expect(isRefusedWithExtras(answered(409, { ...asked(10_501), ...on(declined) }), declined, [])).toBe(true);
  expect(isRefusedWithExtras({ ...answered(409), outcome: null }, hold, [])).toBe(false);
});

it('a refusal is counted from nothing where no captures are listed', () => {
  expect(isRefusedWithExtras(answered(409), { ...hold, captures: null }, [])).toBe(true);
});
