import { describe, expect, it } from 'vitest';
import { type Capture, likenessOf, type Payment, UNNAMED_CAPTURE } from '../../../main/core/payment/payment.ts';
import type { Action, Move } from '../../../main/core/queue/action.ts';
import {
  asFirstSent,
  type Baseline,
  baselineOf,
  CLOCKS_APART_MS,
  capturesDoneHere,
  isCapturedWhole,
  judge,
  looksDoubled,
  looksRefundedTwice,
  refundedHereMinor,
  refundedSinceMinor,
  refundRiseMinor,
  showsJustThisMinor,
  showsUnconfirmed,
  takesAllThatIsLeft,
  unexplainedCaptures,
  unseenCapturesMinor,
} from '../../../main/core/queue/evidence.ts';
import { aCapture, aHold, anAction, anOutcome, anUnpaid, aPayment, HOUR_MS, MINUTE_MS, NOON_MS } from '../../builders.ts';

/** An action whose outcome is unknown, sent when the payment looked like `before`. */
const sent = (move: Move, before: Payment, changes: Partial<Action> = {}) =>
  anAction({ move, state: 'checking', sends: 1, firstSentAtMs: NOON_MS, sentAtMs: NOON_MS, baseline: baselineOf(before, NOON_MS), ...changes });

const take: Move = { kind: 'capture', amount: 2000 };
const takeAll: Move = { kind: 'capture', amount: 4200 };
const refund: Move = { kind: 'refund', amount: 500 };
const hold = aHold();
const old = aHold({ captures: null });
/** Dojo captures what is left of it two minutes after noon. */
const ending = (captures: Payment['captures'] = [], changes: Partial<Payment> = {}) =>
  aHold({ captures, createdAtMs: NOON_MS, paidAtMs: NOON_MS, autoExpireInMs: 2 * MINUTE_MS, autoExpireAction: 'Capture', ...changes });
const part = (id: string, changes = {}) => aCapture({ id, ...changes });
const doneTake = (captureId: string | null, changes: Partial<Action> = {}) =>
  anAction({ state: 'done', sends: 1, outcome: anOutcome({ captureId }), baseline: baselineOf(hold, NOON_MS), ...changes });
const doneRefund = (amount: number, refundedBefore: number, changes: Partial<Action> = {}) =>
  anAction({ move: { kind: 'refund', amount }, state: 'done', baseline: baselineOf(aPayment({ refundedMinor: refundedBefore }), NOON_MS), seq: 0, ...changes });

type Row = readonly [what: string, move: Move, before: Payment, now: Payment, others: readonly Action[], verdict: string];
const rows: readonly Row[] = [
  ['a capture of the amount is new', take, hold, aHold({ captures: [part('cp_1')] }), [], 'happened cp_1'],
  ['no capture is new', take, hold, hold, [], 'absent'],
  ['only a capture of another amount is new', take, hold, aHold({ captures: [part('cp_1', { amountMinor: 1999 })] }), [], 'absent'],
  ['the amount fits, the tips do not', take, hold, aHold({ captures: [part('cp_1', { tipsMinor: 100 })] }), [], 'absent'],
  [
    'one like it was taken by Dojo as the hold ended',
    take,
    ending(),
    ending([part('cp_1', { createdAtMs: NOON_MS + 1_000 }), part('cp_end', { createdAtMs: NOON_MS + 2 * MINUTE_MS })]),
    [],
    'happened cp_1',
  ],
  ['the only one is from the moment the hold ended', take, ending(), ending([part('cp_1', { createdAtMs: NOON_MS + 2 * MINUTE_MS })]), [], 'happened cp_1'],
  ['amount and tips fit', { ...take, tipsAmount: 100 }, hold, aHold({ captures: [part('cp_1', { tipsMinor: 100 })] }), [], 'happened cp_1'],
  ['the capture of the amount was there before', take, aHold({ captures: [part('cp_1')] }), aHold({ captures: [part('cp_1')] }), [], 'absent'],
  [
    'an equal one was there before, another is new',
    take,
    aHold({ captures: [part('cp_1')] }),
    aHold({ captures: [part('cp_1'), part('cp_2')] }),
    [],
    'happened cp_2',
  ],
  [
    'it was made half a minute before the send, by a clock that differs',
    take,
    hold,
    aHold({ captures: [part('cp_1', { createdAtMs: NOON_MS - 30_000 })] }),
    [],
    'happened cp_1',
  ],
  ['it was made before the send', take, hold, aHold({ captures: [part('cp_1', { createdAtMs: NOON_MS - 30_001 })] }), [], 'conflict'],
  ['it was made at the end of the settling time', take, hold, aHold({ captures: [part('cp_1', { createdAtMs: NOON_MS + 120_000 })] }), [], 'happened cp_1'],
  ['it was made after the settling time', take, hold, aHold({ captures: [part('cp_1', { createdAtMs: NOON_MS + 120_001 })] }), [], 'conflict'],
  ['one was made in time, another later', take, hold, aHold({ captures: [part('cp_1'), part('cp_2', { createdAtMs: NOON_MS + 200_000 })] }), [], 'conflict'],
  ['one is new, and an action here has it under a number of its own', take, hold, aHold({ captures: [part('cp_1')] }), [doneTake('1')], 'absent'],
  ['two of the amount are new', take, hold, aHold({ captures: [part('cp_1'), part('cp_2')] }), [], 'conflict'],
  ['two are new, another action here made one', take, hold, aHold({ captures: [part('cp_1'), part('cp_2')] }), [doneTake('cp_1')], 'happened cp_2'],
  ['one is new, another action here made it', take, hold, aHold({ captures: [part('cp_1')] }), [doneTake('cp_1')], 'absent'],
  [
    'it was taken up and declined: it happened, its outcome is another matter',
    take,
    hold,
    aHold({ captures: [part('cp_1', { status: 'Declined' })] }),
    [],
    'happened cp_1',
  ],
  ['no captures listed, a part', take, old, old, [], 'unreadable'],
  ['no captures listed, a part, Captured', take, old, aHold({ status: 'Captured', captures: null }), [], 'unreadable'],
  ['no captures listed, the whole, Captured', takeAll, old, aHold({ status: 'Captured', captures: null }), [], 'happened'],
  ['no captures listed, the whole, as before', takeAll, old, old, [], 'absent'],
  ['no captures listed, the whole, undone meanwhile', takeAll, old, aHold({ status: 'Reversed', captures: null }), [], 'conflict'],
  ['no captures listed, the whole beside another take', takeAll, old, aHold({ status: 'Captured', captures: null }), [doneTake('cp_1')], 'unreadable'],
  [
    'no captures listed, the whole beside a refund that was sent',
    takeAll,
    old,
    aHold({ status: 'Captured', captures: null }),
    [doneRefund(500, 0, { sends: 1 })],
    'happened',
  ],
  ['no captures listed, the whole beside one that was never sent', takeAll, old, old, [anAction()], 'absent'],
  ['captures were listed before, not now', take, hold, old, [], 'unreadable'],
  ['captures are listed now, not before', take, old, hold, [], 'unreadable'],
  ['undone', { kind: 'reverse' }, hold, aHold({ status: 'Reversed' }), [], 'happened'],
  ['not undone', { kind: 'reverse' }, hold, hold, [], 'absent'],
  ['taken instead of undone', { kind: 'reverse' }, hold, aHold({ status: 'Captured' }), [], 'absent'],
  ['cancelled', { kind: 'cancel' }, anUnpaid(), anUnpaid({ status: 'Canceled' }), [], 'happened'],
  ['paid instead of cancelled', { kind: 'cancel' }, anUnpaid(), aPayment(), [], 'absent'],
  ['refunded by the amount', refund, aPayment(), aPayment({ refundedMinor: 500 }), [], 'conflict'],
  ['refunded by the amount on top of what was', refund, aPayment({ refundedMinor: 300 }), aPayment({ refundedMinor: 800 }), [], 'conflict'],
  ['refunded by less: that was somebody else', refund, aPayment(), aPayment({ refundedMinor: 499 }), [], 'absent'],
  ['not refunded', refund, aPayment({ refundedMinor: 300 }), aPayment({ refundedMinor: 300 }), [], 'absent'],
  ['refunded by another amount', refund, aPayment(), aPayment({ refundedMinor: 700 }), [], 'conflict'],
  ['refunded twice over', refund, aPayment(), aPayment({ refundedMinor: 1000 }), [], 'conflict'],
  ['less refunded than before', refund, aPayment({ refundedMinor: 300 }), aPayment(), [], 'conflict'],
  ['an equal refund done here before shows only now', refund, aPayment(), aPayment({ refundedMinor: 500 }), [doneRefund(500, 0)], 'absent'],
  ['that one and this one show', refund, aPayment(), aPayment({ refundedMinor: 1000 }), [doneRefund(500, 0)], 'conflict'],
  ['that one still does not show', refund, aPayment(), aPayment(), [doneRefund(500, 0)], 'absent'],
  [
    'that one showed before: it explains nothing new',
    refund,
    aPayment({ refundedMinor: 500 }),
    aPayment({ refundedMinor: 1000 }),
    [doneRefund(500, 0)],
    'conflict',
  ],
  ['amount as wanted', { kind: 'setAmount', amount: 900 }, anUnpaid(), anUnpaid({ amountMinor: 900 }), [], 'happened'],
  ['amount as before', { kind: 'setAmount', amount: 900 }, anUnpaid(), anUnpaid(), [], 'absent'],
  ['amount neither', { kind: 'setAmount', amount: 900 }, anUnpaid(), anUnpaid({ amountMinor: 800 }), [], 'conflict'],
  ['tips as wanted', { kind: 'setTips', amount: 90 }, anUnpaid(), anUnpaid({ tipsMinor: 90 }), [], 'happened'],
  ['tips as before', { kind: 'setTips', amount: 90 }, anUnpaid(), anUnpaid(), [], 'absent'],
  ['tips neither', { kind: 'setTips', amount: 90 }, anUnpaid(), anUnpaid({ tipsMinor: 80 }), [], 'conflict'],
  ['a receipt leaves no trace', { kind: 'sendReceipt', emails: ['a@example.com'] }, aPayment(), aPayment(), [], 'unreadable'],
];

describe('what an unknown outcome turned out to be', () => {
  it.each(rows)('%s', (_, move, before, now, others, verdict) => {
    const judged = judge(sent(move, before, { seq: 1_000_000 }), now, others);
    expect(judged.kind === 'happened' && judged.captureId ? `happened ${judged.captureId}` : judged.kind).toBe(verdict);
  });

  it('cannot be judged without what was read before the send', () => {
    expect(() => judge(anAction({ state: 'checking' }), hold, [])).toThrow('baseline');
  });
});

describe('the baseline', () => {
  it('keeps what the judgement needs, and that captures were not listed', () => {
    const payment = aHold({ tipsMinor: 100, refundedMinor: 5, captures: [part('cp_1'), { ...part('cp_2'), status: 'Declined' }] });
    const expected: Baseline = {
      status: 'Authorized',
      captureIds: ['cp_1', 'cp_2'],
      turnedDownIds: ['cp_2'],
      capturedMinor: 2000,
      refundedMinor: 5,
      amountMinor: 4200,
      tipsMinor: 100,
      readAtMs: NOON_MS,
      updatedAtMs: payment.updatedAtMs,
    };
    expect(baselineOf(payment, NOON_MS)).toEqual(expected);
    expect(baselineOf(old, NOON_MS).captureIds).toBeNull();
  });
});

describe('captures nobody here explains', () => {
  it('are those that were not there before and that no action here claims', () => {
    const payment = aHold({ captures: [part('cp_1'), part('cp_2'), part('cp_3')] });
    const unexplained = unexplainedCaptures(payment, baselineOf(aHold({ captures: [part('cp_1')] }), NOON_MS), [doneTake('cp_2'), doneTake(null)]);
    expect(unexplained.map((capture) => capture.id)).toEqual(['cp_3']);
  });

  it('are not those that were there before, without the id that Dojo names by now', () => {
    const unnamed = part(`${likenessOf(part('cp_1'))}/1`);
    const before = baselineOf(aHold({ captures: [unnamed] }), NOON_MS);
    const ids = (...captures: Capture[]) => unexplainedCaptures(aHold({ captures }), before, []).map(({ id }) => id);
    expect(ids(part('cp_1'))).toEqual([]);
    expect(ids(part('cp_1'), part('cp_2'))).toEqual(['cp_2']);
  });
});

describe('captures done here that do not show yet', () => {
  it.each([
    ['done and shown', [part('cp_1')], [doneTake('cp_1')], 0],
    ['done and not shown', [], [doneTake('cp_1')], 2000],
    ['done, and another one shown', [part('cp_9')], [doneTake('cp_1')], 2000],
    ['done, no captures listed', null, [doneTake('cp_1')], 2000],
    ['settled by a person, not shown', [], [doneTake(null)], 2000],
    ['settled by a person, shown', [part('cp_9')], [doneTake(null)], 0],
    ['settled by a person, shown with another amount', [part('cp_9', { amountMinor: 1000 })], [doneTake(null)], 2000],
    [
      'settled by a person, only one that was there before',
      [part('cp_0')],
      [doneTake(null, { baseline: baselineOf(aHold({ captures: [part('cp_0')] }), NOON_MS) })],
      2000,
    ],
    ['settled by a person beside one with its id', [part('cp_1')], [doneTake(null), doneTake('cp_1')], 2000],
    ['two settled by a person, one shown', [part('cp_9')], [doneTake(null), doneTake(null)], 2000],
    ['with tips', [], [doneTake('cp_1', { move: { kind: 'capture', amount: 2000, tipsAmount: 100 } })], 2100],
    ['not done', [], [anAction(), anAction({ state: 'refused' }), anAction({ state: 'needsPerson' })], 0],
    ['not a capture', [], [doneRefund(500, 0)], 0],
    ['a number on its payment, shown otherwise', [part('cp_9')], [doneTake('1')], 0],
    ['a number of several figures on its payment, shown otherwise', [part('cp_9')], [doneTake('123456')], 0],
    ['an id that only begins like a number', [part('cp_9')], [doneTake('1234567')], 2000],
    ['settled without a word, shown', [part('cp_9')], [doneTake(null, { outcome: null })], 0],
    ['sent without a baseline, shown', [part('cp_9')], [doneTake(null, { baseline: null })], 0],
    ['sent where no captures were listed, shown', [part('cp_9')], [doneTake(null, { baseline: baselineOf(old, NOON_MS) })], 0],
    ['under an id that is shown, beside a refused one without', [part('cp_1')], [anAction({ state: 'refused', sends: 1 }), doneTake('cp_1')], 0],
    ['with their ids, and one that a person settled', [part('cp_1'), part('cp_9')], [doneTake('cp_1'), doneTake(null)], 0],
    ['only the first of two that a person settled of one amount', [part('cp_9'), part('cp_8', { amountMinor: 1 })], [doneTake('cp_9'), doneTake(null)], 2000],
  ])('%s', (_, captures, actions, minor) => {
    expect(unseenCapturesMinor(aHold({ captures }), actions)).toBe(minor);
  });
});

describe('what was refunded here', () => {
  it.each([
    ['nothing', [], 0],
    ['one', [doneRefund(500, 0)], 500],
    ['one after another', [doneRefund(500, 0), doneRefund(300, 500)], 800],
    ['a second whose baseline did not show the first', [doneRefund(500, 0), doneRefund(300, 0)], 800],
    ['after somebody else’s', [doneRefund(500, 0), doneRefund(300, 900)], 1200],
    ['refused', [doneRefund(500, 0, { state: 'refused' })], 0],
  ])('%s', (_, actions, minor) => expect(refundedHereMinor(actions)).toBe(minor));
});

describe('refunds done here since a reading that shows 5.00', () => {
  const known = baselineOf(aPayment({ refundedMinor: 500, updatedAtMs: NOON_MS }), NOON_MS);
  /** What was read before the send bore the date of what shows 5.00, though it showed less: refunds do not move it. */
  const unmoved = baselineOf(aPayment({ updatedAtMs: NOON_MS }), NOON_MS + MINUTE_MS);
  /** As an older till wrote it down: read and dated no earlier than a minute before. */
  const ofOlderTill = (readAtMs: number) => ({ ...baselineOf(aPayment(), readAtMs), updatedAtMs: undefined });
  const soon = { firstSentAtMs: NOON_MS + 1 };
  const late = { firstSentAtMs: NOON_MS + CLOCKS_APART_MS + 1 };
  const undated = baselineOf(aPayment(), NOON_MS, false);
  const byPerson = anOutcome({ code: 'settled-happened', settledBy: 'person' });
  it.each<readonly [string, readonly Action[], number]>([
    ['sent after it', [doneRefund(300, 500, soon)], 300],
    ['two of them', [doneRefund(300, 500, soon), doneRefund(200, 800, { firstSentAtMs: NOON_MS + 2 })], 500],
    ['sent after it by a clock that is behind', [doneRefund(300, 500, { firstSentAtMs: NOON_MS - 1 })], 300],
    ['of which nobody knows when it was sent', [doneRefund(300, 500)], 300],
    ['sent before it, and settled as done by a person', [doneRefund(300, 500, { firstSentAtMs: NOON_MS, outcome: byPerson })], 0],
    ['sent after it, and settled as done by a person', [doneRefund(300, 500, { ...soon, outcome: byPerson })], 300],
    ['sent after it by a clock that is ahead, and shown in it', [doneRefund(500, 0, soon)], 0],
    ['sent after it by more than clocks differ, whatever was shown before it', [doneRefund(500, 0, late)], 500],
    ['sent long after its date, which refunds do not move, and shown in it', [doneRefund(500, 0, { ...late, baseline: unmoved })], 0],
    [
      'two, sent long after its date, which refunds do not move, and the first shown in it',
      [doneRefund(500, 0, { ...late, baseline: unmoved }), doneRefund(300, 500, { ...late, baseline: { ...unmoved, refundedMinor: 500 } })],
      300,
    ],
    ['sent by an older till more than a minute after it, and shown in it', [doneRefund(500, 0, { ...late, baseline: ofOlderTill(NOON_MS + MINUTE_MS) })], 0],
    [
      'sent by an older till less than a minute after it, whatever was shown before it',
      [doneRefund(500, 0, { ...late, baseline: ofOlderTill(NOON_MS + MINUTE_MS - 1) })],
      500,
    ],
    ['sent after it by nearly that, and shown in it', [doneRefund(500, 0, { firstSentAtMs: NOON_MS + CLOCKS_APART_MS })], 0],
    ['sent long after it by a clock that Dojo did not confirm, and shown in it', [doneRefund(500, 0, { ...late, baseline: undated })], 0],
    ['one that is shown in it and one that is not', [doneRefund(500, 0, soon), doneRefund(300, 500, soon)], 300],
    ['two, the first of which showed late', [doneRefund(500, 0, soon), doneRefund(300, 0, soon)], 300],
    ['of which nobody knows what was before it', [doneRefund(600, 0, { ...soon, baseline: null })], 0],
    ['not done', [doneRefund(300, 500, { ...soon, state: 'needsPerson' })], 0],
    ['a capture', [doneTake('cp_1', late)], 0],
  ])('%s', (_, actions, minor) => expect(refundedSinceMinor(known, actions)).toBe(minor));
});

describe('the rise of what was refunded', () => {
  it.each<readonly [string, refundedMinor: number, baselineMinor: number | null, readonly Action[], number]>([
    ['is what is more than before the send', 800, 300, [], 500],
    ['is all of it where nobody knows what was before', 800, null, [], 800],
    ['leaves out a refund done here before this one', 800, 300, [doneRefund(500, 300, { seq: 4 })], 0],
    ['counts one done here after this one', 800, 300, [doneRefund(500, 300, { seq: 6 })], 500],
    ['counts nothing of its own', 800, 300, [doneRefund(500, 300, { seq: 5 })], 500],
  ])('%s', (_, refundedMinor, baselineMinor, others, riseMinor) => {
    const baseline = baselineMinor === null ? null : baselineOf(aPayment({ refundedMinor: baselineMinor }), NOON_MS);
    expect(refundRiseMinor(anAction({ move: refund, seq: 5, baseline }), aPayment({ refundedMinor }), others)).toBe(riseMinor);
  });
});

describe('all that is left', () => {
  it('is more than half of what Dojo may mean by it: two of those would pass it', () => {
    const billed = aHold({ amountMinor: 1000, serviceChargeMinor: 1000 });
    expect(takesAllThatIsLeft({ kind: 'capture', amount: 1001 }, billed)).toBe(true);
    expect(takesAllThatIsLeft({ kind: 'capture', amount: 1000 }, billed)).toBe(false);
  });

  it('has the held tips in it', () => {
    const tipped = aHold({ amountMinor: 1000, tipsMinor: 200, totalMinor: 1200 });
    expect(takesAllThatIsLeft({ kind: 'capture', amount: 1000 }, tipped)).toBe(false);
    expect(takesAllThatIsLeft({ kind: 'capture', amount: 1000, tipsAmount: 200 }, tipped)).toBe(true);
  });

  it('is nothing once the whole is captured, and not before', () => {
    expect(isCapturedWhole(aHold({ captures: [part('cp_1', { amountMinor: 4200 })] }))).toBe(true);
    expect(isCapturedWhole(aHold({ captures: [part('cp_1', { amountMinor: 4199 })] }))).toBe(false);
  });
});

describe('of captures of the same amount, the one that nobody gave an id', () => {
  const near = part('cp_near', { createdAtMs: NOON_MS + 1_000 });
  const far = part('cp_far', { createdAtMs: NOON_MS + 60_000 });
  const settled = doneTake(null, { firstSentAtMs: NOON_MS, sentAtMs: NOON_MS });
  it.each<readonly [string, Action, Payment['captures'], string]>([
    ['is the one made closest to its send', settled, [far, near], 'cp_far'],
    ['is that also where it stands first', settled, [near, far], 'cp_far'],
    ['is the one closest to its last send', { ...settled, firstSentAtMs: NOON_MS - 60_000, sentAtMs: NOON_MS + 60_000 }, [near, far], 'cp_near'],
    ['is the first of two that are as close', settled, [near, { ...near, id: 'cp_twin' }], 'cp_twin'],
    ['is the first where nobody knows when it was sent', { ...settled, firstSentAtMs: null, sentAtMs: null }, [near, far], 'cp_far'],
  ])('%s', (_, action, captures, left) => {
    const others = unexplainedCaptures(aHold({ captures }), baselineOf(hold, NOON_MS), [action]);
    expect(others.map(({ id }) => id)).toEqual([left]);
  });

  it('is one that Dojo lists without an id, once, where the answer named it', () => {
    const named = doneTake('cp_1', { firstSentAtMs: NOON_MS, sentAtMs: NOON_MS });
    const [one, two] = [part(`${UNNAMED_CAPTURE}1`), part(`${UNNAMED_CAPTURE}2`)];
    const left = (captures: Payment['captures']) => unexplainedCaptures(aHold({ captures }), baselineOf(hold, NOON_MS), [named]).map(({ id }) => id);
    expect(left([one])).toEqual([]);
    expect(left([one, two])).toEqual([two.id]);
    expect(left([part('cp_1'), one])).toEqual([one.id]);
    expect(left([part('cp_2')])).toEqual(['cp_2']);
    const nowNamed = doneTake(one.id, { firstSentAtMs: NOON_MS, sentAtMs: NOON_MS });
    expect(unexplainedCaptures(aHold({ captures: [part('cp_1')] }), baselineOf(hold, NOON_MS), [nowNamed])).toEqual([]);
  });

  it('is rather one that was asked for than one that Dojo took as the hold ended', () => {
    const atEnd = part('cp_end', { createdAtMs: NOON_MS + 2 * MINUTE_MS });
    const restarted = { ...settled, sentAtMs: NOON_MS + 2 * MINUTE_MS };
    const left = unexplainedCaptures(ending([near, atEnd]), baselineOf(hold, NOON_MS), [restarted]);
    expect(left.map(({ id }) => id)).toEqual(['cp_end']);
  });

  it('explains none that was there before it was sent, nor any other kind of action', () => {
    const payment = aHold({ captures: [near] });
    const known = baselineOf(hold, NOON_MS);
    expect(unexplainedCaptures(payment, known, [{ ...settled, baseline: baselineOf(payment, NOON_MS) }])).toHaveLength(1);
    expect(unexplainedCaptures(payment, known, [{ ...settled, state: 'checking' }])).toHaveLength(1);
    expect(unexplainedCaptures(payment, known, [doneRefund(2000, 0)])).toHaveLength(1);
    expect(unexplainedCaptures(aHold({ captures: null }), known, [])).toEqual([]);
  });
});

describe('what Dojo shows as an action would have left it that it did not confirm', () => {
  const DAY = 24 * 60 * MINUTE_MS;
  const sale = aPayment({ refundedMinor: 100 });
  const over = (move: Move, before: Payment, changes: Partial<Action> = {}) =>
    sent(move, before, { state: 'refused', outcome: anOutcome({ code: 'refused', settledBy: 'answer' }), ...changes });
  const lateRefund = (changes: Partial<Action>) => over(refund, sale, changes);
  const later = (changes: Partial<Payment>): Payment => ({ ...sale, refundedMinor: 600, updatedAtMs: NOON_MS + HOUR_MS, ...changes });
  const settledNot = anOutcome({ code: 'settled-not', settledBy: 'person' });
  const lostHold = aHold({ expireAtMs: NOON_MS + HOUR_MS, autoExpireInMs: 2 * HOUR_MS });
  const lostRelease = over({ kind: 'reverse' }, lostHold, { state: 'withdrawn', outcome: null });
  const soon = (changes: Partial<Payment>, of: Payment = sale): Payment => ({ ...of, updatedAtMs: NOON_MS + MINUTE_MS, ...changes });
  it.each<readonly [string, Action, Payment, readonly Action[], boolean]>([
    ['a reversal that was refused', over({ kind: 'reverse' }, sale), soon({ status: 'Reversed' }), [], true],
    ['one that was withdrawn', over({ kind: 'reverse' }, sale, { state: 'withdrawn' }), soon({ status: 'Reversed' }), [], true],
    ['one that expired', over({ kind: 'reverse' }, sale, { state: 'expired' }), soon({ status: 'Reversed' }), [], true],
    ['one that was refused without a word', over({ kind: 'reverse' }, sale, { outcome: null }), soon({ status: 'Reversed' }), [], true],
    ['one that is done', over({ kind: 'reverse' }, sale, { state: 'done' }), soon({ status: 'Reversed' }), [], false],
    ['one that a person settled', over({ kind: 'reverse' }, sale, { outcome: anOutcome({ settledBy: 'person' }) }), soon({ status: 'Reversed' }), [], false],
    ['one that was never sent', over({ kind: 'reverse' }, sale, { baseline: null }), soon({ status: 'Reversed' }), [], false],
    ['one that does not show', over({ kind: 'reverse' }, sale), soon({}), [], false],
    [
      'one a day later, of a PC whose clock nobody could correct',
      over({ kind: 'reverse' }, sale, { baseline: baselineOf(sale, NOON_MS, false) }),
      soon({ status: 'Reversed', updatedAtMs: NOON_MS + DAY }),
      [],
      true,
    ],
    ['one five minutes later', over({ kind: 'reverse' }, sale), soon({ status: 'Reversed', updatedAtMs: NOON_MS + 5 * MINUTE_MS }), [], true],
    ['one a moment after that', over({ kind: 'reverse' }, sale), soon({ status: 'Reversed', updatedAtMs: NOON_MS + 5 * MINUTE_MS + 1 }), [], false],
    ['one a day later', over({ kind: 'reverse' }, sale), soon({ status: 'Reversed', updatedAtMs: NOON_MS + DAY }), [], false],
    ...(['withdrawn', 'expired'] as const).map(
      (state) => [`one an hour later that ended as ${state} with nobody’s word`, lateRefund({ state, outcome: null }), later({}), [], true] as const,
    ),
    [
      'one an hour later that was refused by the rules after a lost answer',
      lateRefund({ outcome: anOutcome({ code: 'refunded', settledBy: 'till' }) }),
      later({}),
      [],
      true,
    ],
    ['one a moment more than a day later', lateRefund({ state: 'withdrawn', outcome: null }), later({ updatedAtMs: NOON_MS + DAY + 1 }), [], false],
    ['one an hour later that Dojo plainly refused', lateRefund({}), later({}), [], false],
    ['one an hour later that Dojo denied before it was removed', lateRefund({ state: 'withdrawn', sends: 0, outcome: null }), later({}), [], false],
    ['one that shows after a person settled it as not done', lateRefund({ outcome: settledNot }), later({ updatedAtMs: NOON_MS + 2 * HOUR_MS }), [], true],
    ['one that showed before a person settled it as not done', lateRefund({ outcome: settledNot, changedAtMs: NOON_MS + 2 * HOUR_MS }), later({}), [], false],
    ['a release that was lost, of a hold that ended by itself', lostRelease, { ...lostHold, status: 'Reversed', updatedAtMs: NOON_MS + HOUR_MS }, [], false],
    ['a release that was lost, before the hold’s end', lostRelease, { ...lostHold, status: 'Reversed', updatedAtMs: NOON_MS + HOUR_MS / 2 }, [], true],
    [
      'a release that was lost, of a hold of which Dojo does not say when it began, and that may have ended',
      lostRelease,
      { ...lostHold, paidAtMs: null, firstPaidMs: NOON_MS + HOUR_MS, status: 'Reversed', updatedAtMs: NOON_MS + HOUR_MS },
      [],
      true,
    ],
    ...(
      [
        ['five minutes', 5 * MINUTE_MS, true],
        ['more', 5 * MINUTE_MS + 1, false],
      ] as const
    ).map(
      ([after, afterMs, shows]) =>
        [
          `one where Dojo’s date does not move, that readings did not show until ${after} after the send`,
          lateRefund({}),
          later({ updatedAtMs: sale.updatedAtMs, givenBackFromMs: NOON_MS + afterMs }),
          [],
          shows,
        ] as const,
    ),
    [
      'one that came a day late, where Dojo’s date does not move',
      lateRefund({ state: 'withdrawn', outcome: null }),
      later({ updatedAtMs: sale.updatedAtMs, givenBackFromMs: NOON_MS + DAY + 1 }),
      [],
      false,
    ],
    [
      'one that shows after a person settled it as not done, where Dojo’s date does not move',
      lateRefund({ outcome: settledNot, changedAtMs: NOON_MS + HOUR_MS }),
      later({ updatedAtMs: sale.updatedAtMs, givenBackFromMs: NOON_MS + 2 * HOUR_MS }),
      [],
      true,
    ],
    ['a capture, of which more is known', over(take, hold), aHold({ captures: [part('cp_1')], updatedAtMs: NOON_MS }), [], false],
    ['a refund that was refused', over(refund, sale), soon({ refundedMinor: 600 }), [], true],
    ['one of which a penny is missing', over(refund, sale), soon({ refundedMinor: 599 }), [], false],
    ['one that another of this till explains', over(refund, sale), soon({ refundedMinor: 600 }), [doneRefund(500, 100)], false],
    ['one beside another of this till', over(refund, sale), soon({ refundedMinor: 1100 }), [doneRefund(500, 100)], true],
    [
      'one beside another of this till that was done before it',
      over(refund, sale),
      soon({ refundedMinor: 600 }),
      [doneRefund(100, 0, { baseline: baselineOf(aPayment(), NOON_MS - 1) })],
      true,
    ],
    ['one beside another that is not done', over(refund, sale), soon({ refundedMinor: 600 }), [doneRefund(500, 100, { state: 'needsPerson' })], true],
    ['one beside a capture that is done', over(refund, sale), soon({ refundedMinor: 600 }), [doneTake('cp_1')], true],
    [
      'one beside another of which nobody knows what it was sent on',
      over(refund, sale),
      soon({ refundedMinor: 600 }),
      [doneRefund(500, 0, { baseline: null })],
      true,
    ],
  ])('%s: $4', (_, action, payment, others, shows) => expect(showsUnconfirmed(action, payment, others)).toBe(shows));
});

describe('which capture is whose, where Dojo says when by whole seconds and the answers named none of them', () => {
  const list = aHold({ captures: [part('cp_1', { createdAtMs: NOON_MS }), part('cp_2', { createdAtMs: NOON_MS + 1_000 })] });
  // Sent 547 ms after the first second and thereby closer to the second one: what was there before the next send decides.
  const first = doneTake('1', { id: 'a1', seq: 1, firstSentAtMs: NOON_MS + 547, sentAtMs: NOON_MS + 547 });
  const second = sent(take, aHold({ captures: [part('cp_1')] }), { id: 'a2', seq: 2, firstSentAtMs: NOON_MS + 1_181, sentAtMs: NOON_MS + 1_181 });

  it('the first one’s was there before the second was sent', () => {
    expect(capturesDoneHere(list, [first, second]).get(first)?.id).toBe('cp_1');
    expect(capturesDoneHere(list, [first]).get(first)?.id).toBe('cp_2');
  });
  it('the first one’s was there when another was decided that was not sent yet, whatever the PC’s clock said of the send', () => {
    const settled = { ...first, outcome: anOutcome({ settledBy: 'person', captureId: null }), firstSentAtMs: NOON_MS + HOUR_MS, sentAtMs: NOON_MS + HOUR_MS };
    const unsent = { ...second, state: 'waiting' as const, sends: 0, baseline: null };
    const decidedOn = (of: Payment) => ({ ...unsent, decidedOn: baselineOf(of, NOON_MS) });
    expect(capturesDoneHere(list, [settled, unsent]).get(settled)?.id).toBe('cp_2');
    expect(capturesDoneHere(list, [settled, decidedOn(aHold({ captures: [] })), decidedOn(aHold({ captures: [part('cp_1')] }))]).get(settled)?.id).toBe('cp_1');
  });
  it('the first one’s was there when a later one was decided, though the next was decided before and sent when both were there', () => {
    const settled = { ...first, outcome: anOutcome({ settledBy: 'person', captureId: null }), firstSentAtMs: NOON_MS + HOUR_MS, sentAtMs: NOON_MS + HOUR_MS };
    const next = { ...second, decidedOn: baselineOf(aHold({ captures: [] }), NOON_MS), baseline: baselineOf(list, NOON_MS) };
    const later = { ...second, id: 'a3', seq: 3, sends: 0, baseline: null, decidedOn: baselineOf(aHold({ captures: [part('cp_1')] }), NOON_MS) };
    expect(capturesDoneHere(list, [settled, next, later]).get(settled)?.id).toBe('cp_1');
  });
  it('what was there as a person let go one that Dojo had denied is not its own', () => {
    const before = baselineOf(aHold({ captures: [] }), NOON_MS);
    const sentBefore = { sends: 0, firstSentAtMs: NOON_MS, sentAtMs: NOON_MS, apiVersion: null, baseline: before };
    const saw = baselineOf(aHold({ captures: [part('cp_1')] }), NOON_MS);
    const settled = { ...first, outcome: anOutcome({ settledBy: 'person', captureId: null }), sentBefore, decidedOn: saw, baseline: saw };
    expect(capturesDoneHere(list, [settled]).get(settled)?.id).toBe('cp_2');
    // Of one that may have been done before, it may be.
    const sent = { ...settled, sentBefore: { ...sentBefore, sends: 1 } };
    expect(capturesDoneHere(aHold({ captures: [part('cp_1')] }), [sent]).get(sent)?.id).toBe('cp_1');
  });
  it('so the second, answered with a no, shows as made', () => expect(judge(second, list, [first])).toEqual({ kind: 'happened', captureId: 'cp_2' }));
  it('and both are shown where both are done', () => {
    const done = { ...second, state: 'done' as const, outcome: anOutcome({ captureId: '2' }) };
    expect([...capturesDoneHere(list, [first, done]).values()].map(({ id }) => id)).toEqual(['cp_1', 'cp_2']);
  });
  it.each([
    ['the number of one that was there: Dojo said its answer to the same key once more', '1', 0],
    ['a number of its own, not listed yet', '2', 2000],
    ['a name that no list shows', 'cp_other', 2000],
  ])('one answered with %s', (_, captureId, unseenMinor) => {
    const there = aHold({ captures: [part('cp_1')] });
    const again = doneTake(captureId, { baseline: baselineOf(there, NOON_MS) });
    expect(unseenCapturesMinor(there, [again])).toBe(unseenMinor);
    expect(unseenCapturesMinor(aHold({ captures: [part('cp_1', { amountMinor: 1999 })] }), [again])).toBe(2000);
    // A new one is rather it: whether what the bank turned down has a number no document says.
    const fresh = part('cp_2', { createdAtMs: NOON_MS });
    const isFresh = captureId !== 'cp_other';
    expect([...capturesDoneHere(aHold({ captures: [part('cp_1', { status: 'Declined' }), fresh] }), [again]).values()]).toEqual(isFresh ? [fresh] : []);
  });
});

describe('a doubled take', () => {
  const ours = doneTake('cp_1', { sentAtMs: NOON_MS });
  const twice = (changes = {}) => aHold({ captures: [part('cp_1'), part('cp_2', changes)] });
  const HOUR = 60 * MINUTE_MS;
  const over = (code: string) =>
    sent(take, hold, { state: 'refused', outcome: anOutcome({ code, settledBy: code === 'gave-up' ? 'evidence' : 'person' }), changedAtMs: NOON_MS + HOUR });
  const lateOne = aHold({ captures: [part('cp_2', { createdAtMs: NOON_MS + 5 * HOUR })] });
  const settledOne = aHold({ captures: [part('cp_2', { createdAtMs: NOON_MS + HOUR - 30_000 })] });
  it.each<readonly [string, Action, Payment, readonly Action[], boolean]>([
    ['another of the same amount, right beside it', ours, twice(), [], true],
    ['five minutes later', ours, twice({ createdAtMs: NOON_MS + 5 * MINUTE_MS }), [], true],
    ['a moment after that', ours, twice({ createdAtMs: NOON_MS + 5 * MINUTE_MS + 1 }), [], false],
    ['right beside one whose yes named no id', { ...ours, outcome: anOutcome({ captureId: null, settledBy: 'answer' }) }, twice(), [], true],
    ...([10, 24 * 60 + 1] as const).map(
      (minutes) =>
        [
          `${minutes} minutes after what shows and had ours called done: that may be another till’s`,
          { ...ours, outcome: anOutcome({ captureId: 'cp_1', settledBy: 'evidence' }) },
          twice({ createdAtMs: NOON_MS + minutes * MINUTE_MS }),
          [],
          minutes === 10,
        ] as const,
    ),
    ...([twice(), { ...twice(), captures: null }] as const).map(
      (first) =>
        [
          `what was there before ours was let go, and ${first.captures ? 'not' : 'perhaps'} when it was first decided`,
          {
            ...ours,
            baseline: baselineOf(aHold({ captures: [part('cp_2')] }), NOON_MS),
            decidedFirst: baselineOf({ ...first, ...(first.captures && { captures: [] }) }, NOON_MS),
          },
          twice(),
          [],
          first.captures !== null,
        ] as const,
    ),
    ['another amount', ours, twice({ amountMinor: 1000 }), [], false],
    ['other tips', ours, twice({ tipsMinor: 10 }), [], false],
    ['an hour later: somebody’s own decision', ours, twice({ createdAtMs: NOON_MS + 60 * MINUTE_MS }), [], false],
    [
      'right beside it by Dojo’s time, though this PC’s clock is a day behind',
      doneTake('cp_1', { sentAtMs: NOON_MS - 24 * 60 * MINUTE_MS }),
      twice({ createdAtMs: NOON_MS + MINUTE_MS }),
      [],
      true,
    ],
    [
      'an hour later, though this PC’s clock is a day ahead',
      doneTake('cp_1', { sentAtMs: NOON_MS + 24 * 60 * MINUTE_MS }),
      twice({ createdAtMs: NOON_MS + 60 * MINUTE_MS }),
      [],
      false,
    ],
    ['this till made the other too', ours, twice(), [doneTake('cp_2')], false],
    ['it may be that of an action still open', ours, twice(), [anAction({ state: 'checking', sends: 1 })], false],
    ['one waiting that was never sent explains nothing', ours, twice(), [anAction()], true],
    ['it was there before', doneTake('cp_1', { sentAtMs: NOON_MS, baseline: baselineOf(aHold({ captures: [part('cp_2')] }), NOON_MS) }), twice(), [], false],
    ['a take that is not done', sent(take, hold), twice(), [], false],
    ['ours was refused, one like it is new', sent(take, hold, { state: 'refused' }), twice(), [], true],
    [
      'ours was refused, what is new is of another amount',
      sent(take, hold, { state: 'refused' }),
      aHold({ captures: [part('cp_2', { amountMinor: 1000 })] }),
      [],
      false,
    ],
    ['ours was refused, this till made what is new', sent(take, hold, { state: 'refused' }), aHold({ captures: [part('cp_2')] }), [doneTake('cp_2')], false],
    [
      'ours was refused by a PC whose clock nobody could correct, one like it is new',
      sent(take, hold, { state: 'refused', sentAtMs: NOON_MS - 24 * 60 * MINUTE_MS, baseline: baselineOf(hold, NOON_MS, false) }),
      twice(),
      [],
      true,
    ],
    [
      'ours was refused a day before, by Dojo’s time',
      sent(take, hold, {
        state: 'refused',
        outcome: anOutcome({ code: 'refused' }),
        firstSentAtMs: NOON_MS - 24 * 60 * MINUTE_MS,
        sentAtMs: NOON_MS - 24 * 60 * MINUTE_MS,
      }),
      twice(),
      [],
      false,
    ],
    [
      'ours was refused, and after a restart a PC clock that was behind had dated its last send before its first',
      sent(take, hold, { state: 'refused', firstSentAtMs: NOON_MS, sentAtMs: NOON_MS - 10 * MINUTE_MS }),
      twice(),
      [],
      true,
    ],
    [
      'ours was refused just before the hold ended, one like it is new',
      sent(take, ending(), { state: 'refused', firstSentAtMs: NOON_MS + MINUTE_MS, sentAtMs: NOON_MS + MINUTE_MS }),
      ending([part('cp_2', { createdAtMs: NOON_MS + 65_000 })]),
      [],
      true,
    ],
    [
      'ours was refused long before the hold ended, which took the rest',
      sent(take, ending(), { state: 'refused', firstSentAtMs: NOON_MS - 2 * MINUTE_MS, sentAtMs: NOON_MS - 2 * MINUTE_MS }),
      ending([part('cp_end', { createdAtMs: NOON_MS + 2 * MINUTE_MS })]),
      [],
      false,
    ],
    [
      'ours was refused, and one like it came when the hold, of which Dojo does not say when it began, may have ended or not',
      sent(take, ending(), { state: 'refused', firstSentAtMs: NOON_MS - 2 * MINUTE_MS, sentAtMs: NOON_MS - 2 * MINUTE_MS }),
      ending([part('cp_2', { createdAtMs: NOON_MS + 2 * MINUTE_MS })], { paidAtMs: null, firstPaidMs: NOON_MS + 2 * MINUTE_MS }),
      [],
      true,
    ],
    [
      'ours was refused by a PC whose clock nobody could correct, and one like it came as the hold ended',
      sent(take, ending(), { state: 'refused', firstSentAtMs: NOON_MS - HOUR, sentAtMs: NOON_MS - HOUR, baseline: baselineOf(ending(), NOON_MS, false) }),
      ending([part('cp_2', { createdAtMs: NOON_MS + 2 * MINUTE_MS })]),
      [],
      true,
    ],
    [
      'ours was captured by such a PC, and as the hold ended the rest was, which is as much',
      doneTake('cp_1', { firstSentAtMs: NOON_MS, sentAtMs: NOON_MS, baseline: baselineOf(ending(), NOON_MS, false) }),
      ending([part('cp_1'), part('cp_end', { createdAtMs: NOON_MS + 3 * MINUTE_MS })]),
      [],
      false,
    ],
    ['ours was refused unsent', anAction({ move: take, state: 'refused' }), twice(), [], false],
    ['ours was withdrawn after it was sent', sent(take, hold, { state: 'withdrawn' }), twice(), [], true],
    ['a person settled ours', sent(take, hold, { state: 'refused', outcome: anOutcome({ settledBy: 'person' }) }), twice(), [], false],
    ...(['withdrawn', 'expired', 'refused'] as const).map(
      (state) =>
        [`ours ended as ${state} with nobody’s word, one like it is new hours later`, sent(take, hold, { state, outcome: null }), lateOne, [], true] as const,
    ),
    [
      'ours was plainly refused, one like it is new hours later',
      sent(take, hold, { state: 'refused', outcome: anOutcome({ code: 'refused' }) }),
      lateOne,
      [],
      false,
    ],
    ['ours was denied and removed, one like it is new hours later', sent(take, hold, { state: 'withdrawn', sends: 0, outcome: null }), lateOne, [], false],
    ['a refund', doneRefund(500, 0), twice(), [], false],
    ['a refund of the same amount that was refused', sent({ kind: 'refund', amount: 2000 }, hold, { state: 'refused' }), twice(), [], false],
    ['ours was sent on no list of captures', { ...ours, baseline: baselineOf(old, NOON_MS) }, twice(), [], false],
    ['ours was never sent', { ...ours, baseline: null }, twice(), [], false],
    ['a person settled ours as done, without an id', { ...ours, outcome: anOutcome({ settledBy: 'person' }) }, twice(), [], false],
    ['ours is done without a word', { ...ours, outcome: null }, twice(), [], false],
    ['ours is not done, whatever id it has', sent(take, hold, { outcome: anOutcome({ captureId: 'cp_1' }) }), twice(), [], false],
    ['ours was given up, one like it is new from before that', over('gave-up'), aHold({ captures: [part('cp_2')] }), [], true],
    ['ours was given up, one like it is new hours later', over('gave-up'), lateOne, [], true],
    ['a person settled ours as not done, one like it is new hours later', over('settled-not'), lateOne, [], true],
    ['a person settled ours as not done and it was never sent', { ...over('settled-not'), sends: 0 }, lateOne, [], false],
    ['a person settled ours as not done, what is new is from before', over('settled-not'), aHold({ captures: [part('cp_2')] }), [], false],
    ['a person settled ours as not done, what is new is of that very minute', over('settled-not'), settledOne, [], true],
    ['a person settled ours as done, one like it is new hours later', over('settled-happened'), lateOne, [], false],
    ['a person settled ours as done, which was sent twice', { ...ours, sends: 2, outcome: anOutcome({ settledBy: 'person' }) }, twice(), [], true],
    [
      'a person settled ours as done, which was let go once more',
      {
        ...ours,
        outcome: anOutcome({ settledBy: 'person' }),
        sentBefore: { sends: 1, firstSentAtMs: NOON_MS, sentAtMs: NOON_MS, apiVersion: null, baseline: ours.baseline },
      },
      twice(),
      [],
      true,
    ],
    [
      'of two sends that a person settled as done one shows',
      { ...ours, sends: 2, outcome: anOutcome({ settledBy: 'person' }) },
      aHold({ captures: [part('cp_1')] }),
      [],
      false,
    ],
  ])('%s', (_, action, payment, others, doubled) => expect(looksDoubled(action, payment, others)).toBe(doubled));
});

describe('what shows once and is just what was asked for', () => {
  const part = aCapture({ id: 'cp_1', amountMinor: 2000 });
  it.each([
    ['a refund of the amount', sent(refund, aPayment()), aPayment({ refundedMinor: 500 }), 500],
    ['more than was asked for', sent(refund, aPayment()), aPayment({ refundedMinor: 800 }), null],
    ['less than before', sent(refund, aPayment({ refundedMinor: 500 })), aPayment(), null],
    ['a capture of the amounts', sent(take, hold), aHold({ captures: [part] }), 2000],
    ['two of them', sent(take, hold), aHold({ captures: [part, { ...part, id: 'cp_2' }] }), null],
    ['a status alone', sent(takeAll, old), aHold({ status: 'Reversed', captures: null }), null],
    ['an amount that is another', sent({ kind: 'setAmount', amount: 900 }, anUnpaid()), anUnpaid({ amountMinor: 800 }), null],
  ])('%s', (_, action, payment, minor) => expect(showsJustThisMinor(action, payment, [])).toBe(minor));
});

describe('beside a refund that was let go once more though it showed', () => {
  const before = { sends: 1, firstSentAtMs: NOON_MS, sentAtMs: NOON_MS, apiVersion: null, baseline: baselineOf(aPayment(), NOON_MS) };
  const letGo = { ...doneRefund(500, 500, { seq: 1 }), sentBefore: before };
  const copied = { ...doneRefund(500, 500, { seq: 1 }), decidedFirst: baselineOf(aPayment(), NOON_MS) };
  const later = sent({ kind: 'refund', amount: 400 }, aPayment({ refundedMinor: 500 }), { seq: 2 });
  it.each([letGo, copied])('as much as the next one asks for is not absent', (first) => {
    expect(refundRiseMinor(later, aPayment({ refundedMinor: 900 }), [first])).toBe(400);
    expect(judge(later, aPayment({ refundedMinor: 900 }), [first]).kind).toBe('conflict');
    expect(judge(later, aPayment({ refundedMinor: 500 }), [first]).kind).toBe('absent');
  });

  it.each([letGo, copied])('the next one that came twice is noticed', (first) => {
    const twice = { ...later, state: 'done' as const, sends: 2 };
    expect(looksRefundedTwice(twice, aPayment({ refundedMinor: 1_300 }), [first])).toBe(true);
    expect(looksRefundedTwice(twice, aPayment({ refundedMinor: 900 }), [first])).toBe(false);
  });

  it('what was known before any request of it is the earliest of all that was written down', () => {
    expect(asFirstSent(letGo).baseline?.refundedMinor).toBe(0);
    expect(asFirstSent(copied).baseline?.refundedMinor).toBe(0);
    const less = { ...doneRefund(500, 0), sentBefore: { ...before, baseline: baselineOf(aPayment({ refundedMinor: 500 }), NOON_MS) } };
    expect(asFirstSent(less)).toBe(less);
    const bare = { ...letGo, baseline: null };
    expect(asFirstSent(bare)).toBe(bare);
    const capture = { ...copied, move: take };
    expect(asFirstSent(capture)).toBe(capture);
  });
});

describe('a refund whose key Dojo may have forgotten', () => {
  const ours = doneRefund(500, 0, { sends: 2, firstSentAtMs: NOON_MS - 2 * MINUTE_MS, sentAtMs: NOON_MS });
  const shown = (refundedMinor: number, changes = {}) => aPayment({ refundedMinor, updatedAtMs: NOON_MS, ...changes });
  const before = { sends: 0, firstSentAtMs: NOON_MS, sentAtMs: NOON_MS, apiVersion: null };
  const refundedBy = (refundedMinor: number) => baselineOf(aPayment({ refundedMinor }), NOON_MS);
  const copied: Action = { ...ours, sends: 1, baseline: refundedBy(500), decidedFirst: refundedBy(0) };
  it.each([
    ['as much again as it gave', ours, shown(1000), [], true],
    ['more than that', ours, shown(1300), [], true],
    ['itself alone', ours, shown(500), [], false],
    ['less than that', ours, shown(900), [], false],
    ['sent once', { ...ours, sends: 1 }, shown(1000), [], false],
    ['sent once more after Dojo had said no', { ...ours, sends: 1, sentBefore: { ...before, baseline: ours.baseline } }, shown(1000), [], true],
    ['sent although as much was refunded since it was decided', { ...copied, decidedOn: refundedBy(500) }, shown(1000), [], true],
    ['and Dojo knew its key', { ...copied, decidedOn: refundedBy(500) }, shown(500), [], false],
    ['sent as it had been decided, and another till’s came after it', { ...copied, decidedOn: refundedBy(0) }, shown(1000), [], false],
    ['not done', { ...ours, state: 'needsPerson' as const }, shown(1000), [], false],
    ['this till made the other too', ours, shown(1000), [doneRefund(500, 500)], false],
    ['it may be that of a refund still open', ours, shown(1000), [sent(refund, aPayment(), { state: 'checking' })], false],
    ['a capture still open is another matter', ours, shown(1000), [sent(take, hold, { state: 'checking' })], true],
    ['a refund that was never sent explains nothing', ours, shown(1000), [anAction({ move: refund })], true],
    ['just within a day', ours, shown(1000, { updatedAtMs: NOON_MS + 24 * 60 * MINUTE_MS }), [], true],
    ['just after a day', ours, shown(1000, { updatedAtMs: NOON_MS + 24 * 60 * MINUTE_MS + 1 }), [], false],
    ['where Dojo’s date does not move, and nobody knows when', ours, shown(1000, { updatedAtMs: NOON_MS - HOUR_MS }), [], true],
    [
      'where Dojo’s date does not move, and a day later it did not show yet',
      ours,
      shown(1000, { updatedAtMs: NOON_MS - HOUR_MS, givenBackFromMs: NOON_MS + 24 * 60 * MINUTE_MS + 1 }),
      [],
      false,
    ],
    ['days later: somebody’s own decision', ours, shown(1000, { updatedAtMs: NOON_MS + 25 * 60 * MINUTE_MS }), [], false],
    [
      'days later by a PC’s clock that nobody could correct',
      { ...ours, baseline: baselineOf(aPayment(), NOON_MS, false) },
      shown(1000, { updatedAtMs: NOON_MS + 25 * 60 * MINUTE_MS }),
      [],
      true,
    ],
    ['a capture', sent(take, hold, { state: 'done', sends: 2 }), shown(1000), [], false],
    ['a capture of half as much', sent(take, aPayment(), { state: 'done', sends: 2 }), shown(4000), [], false],
    ['of which nobody knows what it was sent on', { ...ours, baseline: null }, shown(1000), [], true],
  ])('%s', (_, action, payment, others, twice) => expect(looksRefundedTwice(action, payment, others)).toBe(twice));
});
