import { describe, expect, it } from 'vitest';
import type { Payment } from '../../../main/core/payment/payment.ts';
import type { Action } from '../../../main/core/queue/action.ts';
import { baselineOf } from '../../../main/core/queue/evidence.ts';
import { doneSinceDecidedMinor, isDoneSinceDecided, isUnchangedSinceDecision } from '../../../main/core/queue/since-decision.ts';
import { aCapture, aHold, anAction, anOutcome, aPayment, MINUTE_MS, NOON_MS } from '../../builders.ts';

const hold = aHold({ id: 'pi_1', captures: [aCapture({ id: 'cp_before', amountMinor: 500 })] });
const sale = aPayment({ id: 'pi_2', refundedMinor: 100 });
const part = anAction({ paymentId: 'pi_1', move: { kind: 'capture', amount: 1000 }, decidedOn: baselineOf(hold, NOON_MS) });
const refund = anAction({ paymentId: 'pi_2', move: { kind: 'refund', amount: 300 }, decidedOn: baselineOf(sale, NOON_MS) });
const ours = (changes: Partial<Action>) => anAction({ state: 'done', sends: 1, firstSentAtMs: NOON_MS + 1, ...changes });
const captured = ours({ paymentId: 'pi_1', move: { kind: 'capture', amount: 700 }, outcome: anOutcome({ captureId: 'cp_ours' }) });
const refunded = ours({ paymentId: 'pi_2', move: { kind: 'refund', amount: 200 }, baseline: baselineOf(sale, NOON_MS) });

// Dojo's yes to it was the answer to an earlier request, which showed before it was let go.
const letGo = {
  ...refunded,
  baseline: baselineOf({ ...sale, refundedMinor: 300 }, NOON_MS),
  sentBefore: { sends: 1, firstSentAtMs: NOON_MS, sentAtMs: NOON_MS, apiVersion: null, baseline: baselineOf(sale, NOON_MS) },
};

it('how much of what was decided was done since is said whole', () => {
  const like = (id: string) => aCapture({ id, amountMinor: 1_000 });
  const shown = (...captures: readonly string[]) => ({ ...hold, captures: [...(hold.captures ?? []), ...captures.map(like)] });
  expect(doneSinceDecidedMinor(part, shown('cp_1', 'cp_2'), [])).toBe(2_000);
  expect(doneSinceDecidedMinor(part, shown('cp_1'), [])).toBe(1_000);
  expect(doneSinceDecidedMinor(part, shown(), [])).toBe(0);
  expect(doneSinceDecidedMinor(refund, { ...sale, refundedMinor: 900 }, [])).toBe(800);
  expect(doneSinceDecidedMinor(refund, { ...sale, refundedMinor: 399 }, [])).toBe(0);
});

describe('beside a refund that was let go once more though it showed', () => {
  const decided = { ...refund, decidedOn: baselineOf({ ...sale, refundedMinor: 300 }, NOON_MS + MINUTE_MS) };
  const other = { ...sale, refundedMinor: 600 };
  it.each([
    ['this till’s own request', letGo],
    ['a copy of this till', { ...letGo, sentBefore: undefined, decidedFirst: baselineOf(sale, NOON_MS) }],
  ])('as much by another till is no part of it: sent by %s', (_, before) => {
    expect(isDoneSinceDecided(decided, other, [before])).toBe(true);
    expect(isUnchangedSinceDecision(decided, other, [before])).toBe(false);
    expect(isUnchangedSinceDecision(decided, { ...sale, refundedMinor: 300 }, [before])).toBe(true);
  });
});

describe('a payment is unchanged since the decision', () => {
  it.each<[string, Action, Payment, readonly Action[]]>([
    ['where Dojo shows it just so', part, hold, []],
    ['where a refund’s is just so', refund, sale, []],
    ['but for this till’s own capture', part, { ...hold, captures: [...(hold.captures ?? []), aCapture({ id: 'cp_ours', amountMinor: 700 })] }, [captured]],
    [
      'but for this till’s own capture that took the rest',
      part,
      { ...hold, status: 'Captured', captures: [...(hold.captures ?? []), aCapture({ id: 'cp_ours' })] },
      [captured],
    ],
    ['but for this till’s own refund', refund, { ...sale, refundedMinor: 300 }, [refunded]],
    ['but for this till’s own refund of the rest', refund, { ...sale, status: 'Refunded', refundedMinor: 300 }, [refunded]],
    [
      'where its version lists no captures and none is about to be made',
      { ...refund, decidedOn: baselineOf({ ...sale, captures: null }, NOON_MS) },
      { ...sale, captures: null },
      [],
    ],
    ['though it was written anew', part, { ...hold, updatedAtMs: NOON_MS + 1 }, []],
  ])('%s', (_what, action, payment, others) => expect(isUnchangedSinceDecision(action, payment, others)).toBe(true));

  it.each<[string, Action, Payment, readonly Action[]]>([
    ['where nobody wrote down what was known', { ...part, decidedOn: null }, hold, []],
    ['where a capture was made elsewhere', part, { ...hold, captures: [...(hold.captures ?? []), aCapture({ id: 'cp_other' })] }, []],
    [
      'where one was made elsewhere beside our own',
      part,
      { ...hold, captures: [...(hold.captures ?? []), aCapture({ id: 'cp_ours' }), aCapture({ id: 'cp_other' })] },
      [captured],
    ],
    ['where it was released', part, { ...hold, status: 'Reversed' }, []],
    ['where it was captured, and ours is still open', part, { ...hold, status: 'Captured' }, [{ ...captured, state: 'needsPerson' }]],
    ['where it was captured, and ours was a refund', part, { ...hold, status: 'Captured' }, [refunded]],
    ['where it was refunded', refund, { ...sale, refundedMinor: 101 }, []],
    ['where more was refunded than by us', refund, { ...sale, refundedMinor: 301 }, [refunded]],
    ['where its amount is another', refund, { ...sale, amountMinor: sale.amountMinor + 1 }, []],
    ['where its tips are another', refund, { ...sale, tipsMinor: 1 }, []],
    [
      'where captures are not listed, so that a part could have been taken',
      { ...part, decidedOn: baselineOf({ ...hold, captures: null }, NOON_MS) },
      { ...hold, captures: null },
      [],
    ],
    ['where captures were not listed when it was decided', { ...part, decidedOn: baselineOf({ ...hold, captures: null }, NOON_MS) }, hold, []],
  ])('not %s', (_what, action, payment, others) => expect(isUnchangedSinceDecision(action, payment, others)).toBe(false));
});

describe('the very thing that was decided was done by somebody else since', () => {
  const own = { id: 'cp_new', amountMinor: 1000, createdAtMs: NOON_MS + 1 };
  const shows = (changes: Parameters<typeof aCapture>[0]) => ({ ...hold, captures: [...(hold.captures ?? []), aCapture({ ...own, ...changes })] });
  const unlisted = { ...part, decidedOn: baselineOf({ ...hold, captures: null }, NOON_MS) };
  // Twenty minutes after the only date that Dojo tells of it 3.00 are refunded here, shown, and then 2.00 more are decided.
  const ours300 = ours({ ...refunded, move: { kind: 'refund', amount: 300 }, firstSentAtMs: NOON_MS + 20 * MINUTE_MS });
  const knownOurs = { ...refund, move: { kind: 'refund', amount: 200 } as const, decidedOn: baselineOf({ ...sale, refundedMinor: 400 }, sale.updatedAtMs) };
  it.each<[string, Action, Payment, readonly Action[], boolean]>([
    ['a capture of its total', part, shows({}), [], true],
    ['one of its total in another form', part, shows({ amountMinor: 900, tipsMinor: 100 }), [], true],
    ['one of another total', part, shows({ amountMinor: 999 }), [], false],
    ['one that the bank declined', part, shows({ status: 'Declined' }), [], false],
    ['one of this till', part, shows({ id: 'cp_ours' }), [{ ...captured, move: { kind: 'capture', amount: 1000 } }], false],
    ['no capture', part, hold, [], false],
    ['no list of captures', part, { ...hold, captures: null }, [], false],
    ['a list where there was none, with one of the time since', unlisted, shows({}), [], true],
    ['a list where there was none, with one of the half minute before', unlisted, shows({ createdAtMs: NOON_MS - 29_999 }), [], true],
    ['a list where there was none, with one of half a minute before', unlisted, shows({ createdAtMs: NOON_MS - 30_000 }), [], false],
    ['a refund of its amount', refund, { ...sale, refundedMinor: 400 }, [], true],
    ['a refund of less', refund, { ...sale, refundedMinor: 399 }, [], false],
    ['a refund of this till', refund, { ...sale, refundedMinor: 400 }, [{ ...refunded, move: { kind: 'refund', amount: 300 } }], false],
    ['a refund as large as one of this till that was known, by a date that refunds do not move', knownOurs, { ...sale, refundedMinor: 600 }, [ours300], true],
    ['a refund of less, by such a date', knownOurs, { ...sale, refundedMinor: 599 }, [ours300], false],
    ['a refund where nobody wrote down what was known', { ...refund, decidedOn: null }, { ...sale, refundedMinor: 400 }, [], false],
    ['a capture where nobody wrote down what was known', { ...part, decidedOn: null }, shows({}), [], false],
    ['a capture, where a reversal was decided', { ...part, move: { kind: 'reverse' } }, shows({}), [], false],
    ['a rise of what is refunded, where a capture was decided', part, { ...hold, refundedMinor: 1000 }, [], false],
  ])('%s: $4', (_, action, payment, others, isDone) => expect(isDoneSinceDecided(action, payment, others)).toBe(isDone));
});

describe('of a capture it cannot be told that nothing changed', () => {
  it.each<[string, Action, Payment]>([
    ['where no captures are listed any more', part, { ...hold, captures: null }],
    ['where none were listed then, and none was made', { ...part, decidedOn: { ...baselineOf(hold, NOON_MS), captureIds: null } }, { ...hold, captures: [] }],
    ['where none were listed then', { ...part, decidedOn: baselineOf({ ...hold, captures: null }, NOON_MS) }, hold],
  ])('%s', (_, action, payment) => expect(isUnchangedSinceDecision(action, payment, [])).toBe(false));

  it.each<[string, Action, Payment, Action]>([
    ['a capture of this till does not explain that it is refunded', part, { ...hold, status: 'Refunded' }, captured],
    [
      'a refund of this till does not explain that it is captured',
      { ...refund, decidedOn: { ...baselineOf(sale, NOON_MS), status: 'Authorized' } },
      sale,
      refunded,
    ],
  ])('%s', (_, action, payment, other) => expect(isUnchangedSinceDecision(action, payment, [other])).toBe(false));
});
