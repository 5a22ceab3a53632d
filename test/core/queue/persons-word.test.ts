import { describe, expect, it } from 'vitest';
import { type Case, leftOf, leftToRefundMinor, withBankMinor } from '../../../main/core/payment/rule-context.ts';
import type { Action } from '../../../main/core/queue/action.ts';
import { baselineOf, judge, personsWordUntilMs, refundRiseMinor, wordsOutlived } from '../../../main/core/queue/evidence.ts';
import { isDoneSinceDecided } from '../../../main/core/queue/since-decision.ts';
import { attentionOf } from '../../../main/views/attention.ts';
import { API_VERSION, aCapture, aHold, anAction, anOutcome, aPayment, DAY_MS, HOUR_MS, LONDON, NOON_MS } from '../../builders.ts';

const word = anAction({ id: 'a1', seq: 1, state: 'done', changedAtMs: NOON_MS, outcome: anOutcome({ settledBy: 'person' }) });
const hold = aHold({ id: 'pi_test', captures: [] });
const UNTIL_MS = NOON_MS + DAY_MS;
const at = (nowMs: number, payment = hold, actions = [word]): Case => ({
  payment,
  actions,
  nowMs,
  zone: LONDON,
  online: true,
  apiVersion: API_VERSION,
  offlineRefundMaxMinor: null,
});
const left = (nowMs: number, ...more: Parameters<typeof at> extends [number, ...infer Rest] ? Rest : never) => leftOf(at(nowMs, ...more)).leftMinor;

describe('a person’s word that a capture was made', () => {
  it('stands for a day', () => {
    expect(personsWordUntilMs(word)).toBe(UNTIL_MS);
    expect(left(UNTIL_MS - 1)).toBe(2_200);
    expect(withBankMinor(at(UNTIL_MS - 1))).toBe(2_000);
    expect(attentionOf(hold, [word], [], UNTIL_MS - 1)).toBeNull();
  });

  it('is outlived then, where Dojo shows none, and somebody is told', () => {
    expect(wordsOutlived(hold, [word], UNTIL_MS)).toEqual([word]);
    expect(left(UNTIL_MS)).toBe(4_200);
    expect(withBankMinor(at(UNTIL_MS))).toBe(0);
    expect(attentionOf(hold, [word], [], UNTIL_MS)).toBe('The capture of £20.00 was settled here as done. Dojo has shown none for a day: it is still on hold.');
  });

  it('is outlived on the rest of a hold that Dojo calls captured, which may be on hold still', () => {
    const rest = aHold({ status: 'Captured', captures: [aCapture({ amountMinor: 1_000, createdAtMs: NOON_MS - 1 })] });
    expect(attentionOf(rest, [word], [], UNTIL_MS)).toBe(
      'The capture of £20.00 was settled here as done. Dojo has shown none for a day: it may still be on hold.',
    );
  });

  it.each([
    ['Dojo shows it', aHold({ captures: [aCapture({ createdAtMs: NOON_MS + 1 })] })],
    ['Dojo lists no captures', aHold({ captures: null })],
  ])('is not outlived where %s', (_, payment) => {
    expect(wordsOutlived(payment, [word], UNTIL_MS)).toEqual([]);
    expect(attentionOf(payment, [word], [], UNTIL_MS)).toBeNull();
  });

  it.each([
    ['Dojo’s own yes', anAction({ state: 'done', outcome: anOutcome({ settledBy: 'answer' }) })],
    ['a reversal', anAction({ state: 'done', move: { kind: 'reverse' }, outcome: anOutcome({ settledBy: 'person' }) })],
    ['what a person called not done', anAction({ state: 'refused', outcome: anOutcome({ settledBy: 'person' }) })],
    ['what has no outcome yet', anAction()],
  ])('is not: %s', (_, action) => {
    expect(personsWordUntilMs(action)).toBeNull();
    expect(wordsOutlived(hold, [action], UNTIL_MS + DAY_MS)).toEqual([]);
  });

  it('asks for nobody once something was decided since, or the hold is over', () => {
    const next = anAction({ id: 'a2', seq: 2, acceptedAtMs: UNTIL_MS });
    expect(attentionOf(hold, [word, next], [], UNTIL_MS)).toBeNull();
    expect(attentionOf({ ...hold, status: 'Reversed' }, [word], [], UNTIL_MS)).toBeNull();
  });

  it('explains no capture to what was decided once it was outlived, and explains it to what was decided before', () => {
    const shown = { ...hold, captures: [aCapture({ createdAtMs: UNTIL_MS })] };
    const decidedOn = { status: 'Authorized', captureIds: [], capturedMinor: 0, refundedMinor: 0, amountMinor: 4200, tipsMinor: 0, readAtMs: NOON_MS };
    const decided = (acceptedAtMs: number) => anAction({ id: 'a2', seq: 2, acceptedAtMs, decidedOn });
    expect(isDoneSinceDecided(decided(UNTIL_MS), shown, [word])).toBe(true);
    expect(isDoneSinceDecided(decided(UNTIL_MS - 1), shown, [word])).toBe(false);
  });
});

describe('a person’s word that a refund was made', () => {
  const sale = aPayment({ amountMinor: 2_000 });
  const refund = (changes: Partial<Action> = {}) =>
    anAction({ id: 'r1', seq: 1, state: 'done', move: { kind: 'refund', amount: 500 }, baseline: baselineOf(sale, NOON_MS), changedAtMs: NOON_MS, ...changes });
  const said = refund({ outcome: anOutcome({ settledBy: 'person' }) });
  const confirmed = refund({ id: 'r2', seq: 2, move: { kind: 'refund', amount: 200 }, outcome: anOutcome({ settledBy: 'answer' }) });
  const shows = (refundedMinor: number) => aPayment({ ...sale, refundedMinor });

  it('stands for a day', () => {
    expect(leftToRefundMinor(at(UNTIL_MS - 1, sale, [said]))).toBe(1_500);
    expect(attentionOf(sale, [said], [], UNTIL_MS - 1)).toBeNull();
  });

  it('is outlived then, where Dojo shows none, and somebody is told', () => {
    expect(leftToRefundMinor(at(UNTIL_MS, sale, [said]))).toBe(2_000);
    expect(attentionOf(sale, [said], [], UNTIL_MS)).toBe(
      'The refund of £5.00 was settled here as done. Dojo has shown none for a day: the customer may not have it.',
    );
  });

  it.each<readonly [string, number, readonly Action[], readonly Action[]]>([
    ['all of it', 500, [said], []],
    ['a penny too little', 499, [said], [said]],
    ['it beside another of this till', 700, [said, confirmed], []],
    ['only the other of this till, decided after it', 200, [said, confirmed], [said]],
    ['only the other of this till, decided before it', 200, [{ ...confirmed, seq: 0 }, said], [said]],
    ['nothing, and it was never sent', 0, [{ ...said, baseline: null }], [{ ...said, baseline: null }]],
  ])('where Dojo shows %s', (_, refundedMinor, actions, outlived) => {
    expect(wordsOutlived(shows(refundedMinor), actions, UNTIL_MS)).toEqual(outlived);
    expect(leftToRefundMinor(at(UNTIL_MS, shows(refundedMinor), [...actions]))).toBe(2_000 - refundedMinor);
  });

  it('explains no rise to a later refund: it may never have been made', () => {
    const later = refund({ id: 'r3', seq: 3, state: 'checking' });
    expect(refundRiseMinor(later, shows(500), [said])).toBe(500);
    expect(judge(later, shows(500), [said])).toEqual({ kind: 'conflict' });
    expect(refundRiseMinor(later, shows(200), [confirmed])).toBe(0);
  });

  it('asks for nobody once something was decided since', () => {
    expect(attentionOf(sale, [said, refund({ id: 'r4', seq: 4, state: 'waiting' })], [], UNTIL_MS)).toBeNull();
  });
});

describe('beside a person’s word that no list names, one whose answer was lost', () => {
  const lost = anAction({
    id: 'a2',
    seq: 2,
    state: 'checking',
    sends: 1,
    firstSentAtMs: NOON_MS,
    sentAtMs: NOON_MS,
    baseline: baselineOf(hold, NOON_MS),
  });
  const made = aCapture({ id: 'cp_new', createdAtMs: NOON_MS + 1 });

  it('is not called absent where the only new one may be either’s', () => {
    expect(judge(lost, aHold({ captures: [made] }), [word]).kind).toBe('conflict');
  });

  it('is absent where nothing is new, where what is new is of another amount, or was there before it was sent', () => {
    expect(judge(lost, hold, [word]).kind).toBe('absent');
    expect(judge(lost, aHold({ captures: [{ ...made, amountMinor: 700 }] }), [word]).kind).toBe('absent');
    const known = aHold({ captures: [made] });
    expect(judge({ ...lost, baseline: baselineOf(known, NOON_MS) }, known, [word]).kind).toBe('absent');
  });

  it('happened where both show, or where Dojo named the other', () => {
    const both = aHold({ captures: [{ ...made, id: 'cp_old', createdAtMs: NOON_MS - HOUR_MS }, made] });
    expect(judge(lost, both, [{ ...word, firstSentAtMs: NOON_MS - HOUR_MS, sentAtMs: NOON_MS - HOUR_MS }])).toEqual({ kind: 'happened', captureId: 'cp_new' });
    const named = { ...word, outcome: anOutcome({ settledBy: 'answer', captureId: 'cp_new' }) };
    expect(judge(lost, aHold({ captures: [made] }), [named]).kind).toBe('absent');
  });
});
