import { describe, expect, it } from 'vitest';
import { isOfferedWithoutExtras, isRefusedWithExtras, learntForm, withoutExtras } from '../../../main/core/payment/amount-form.ts';
import type { Action } from '../../../main/core/queue/action.ts';
import { aCapture, aHold, anAction, anOutcome, aPayment } from '../../builders.ts';

const hold = aHold({ amountMinor: 10_000, tipsMinor: 500, serviceChargeMinor: 1250 });
const answered = (status: number | null, changes: Partial<Action> = {}): Action =>
  anAction({ state: 'refused', move: { kind: 'capture', amount: 11_250, tipsAmount: 500 }, outcome: anOutcome({ code: 'refused', status }), ...changes });
const asked = (amount: number, tipsAmount?: number): Partial<Action> => ({ move: { kind: 'capture', amount, tipsAmount } });

describe('a refusal for service charge or cashback in the amount', () => {
  it.each([
    ['400', answered(400), true],
    ['409', answered(409), true],
    ['403: the key may not', answered(403), false],
    ['no answer', answered(null), false],
    ['a person’s no', answered(409, { outcome: anOutcome({ settledBy: 'person', status: 409 }) }), false],
    ['not refused', answered(409, { state: 'done' }), false],
    ['a part that has none in it', answered(409, asked(5000)), false],
    ['bill and tips exactly', answered(409, asked(10_000, 500)), false],
    ['a penny more', answered(409, asked(10_001, 500)), true],
    ['a reversal', answered(409, { move: { kind: 'reverse' } }), false],
    ['a change of the amount', answered(409, { move: { kind: 'setAmount', amount: 20_000 } }), false],
  ] as const)('%s: %s', (_, action, expected) => expect(isRefusedWithExtras(action, hold)).toBe(expected));

  it('is counted from what was captured or given back before', () => {
    const part = { ...hold, captures: [aCapture({ amountMinor: 6000 })] };
    expect(isRefusedWithExtras(answered(409, asked(4500)), part)).toBe(false);
    expect(isRefusedWithExtras(answered(409, asked(4501)), part)).toBe(true);
    const sale = aPayment({ amountMinor: 5000, serviceChargeMinor: 625, refundedMinor: 1000 });
    expect(isRefusedWithExtras(answered(400, { move: { kind: 'refund', amount: 4000 } }), sale)).toBe(false);
    expect(isRefusedWithExtras(answered(400, { move: { kind: 'refund', amount: 4625 } }), sale)).toBe(true);
  });

  it('is none where there is neither', () => expect(isRefusedWithExtras(answered(409), aHold())).toBe(false));
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
  expect(isRefusedWithExtras(answered(409, asked(10_500)), declined)).toBe(false);
  expect(isRefusedWithExtras(answered(409, asked(10_501)), declined)).toBe(true);
  expect(isRefusedWithExtras({ ...answered(409), outcome: null }, hold)).toBe(false);
});

it('a refusal is counted from nothing where no captures are listed', () => {
  expect(isRefusedWithExtras(answered(409), { ...hold, captures: null })).toBe(true);
});
