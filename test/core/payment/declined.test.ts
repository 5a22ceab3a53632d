import { describe, expect, test } from 'vitest';
import { isCaptureOver, isMadeUpFor, turnedDownOf, unansweredOf } from '../../../main/core/payment/declined.ts';
import { type Capture, countsAsCaptured, type Payment } from '../../../main/core/payment/payment.ts';
import type { Action } from '../../../main/core/queue/action.ts';
import { type Baseline, baselineOf } from '../../../main/core/queue/evidence.ts';
import { aCapture, aHold, anAction, anOutcome, DAY_MS, MINUTE_MS, NOON_MS } from '../../builders.ts';

const asked = aCapture({ id: 'cp_1', status: 'Created' });
const no = { ...asked, status: 'Declined' };
const other = aCapture({ id: 'cp_2', amountMinor: 1200, createdAtMs: NOON_MS + 1_000 });
const before = aHold({ id: 'pi_test', captures: [asked] });
const declined = { ...before, captures: [no] };
const both = { ...before, captures: [no, other] };
const first = anAction({
  id: 'a1',
  seq: 1,
  state: 'done',
  outcome: anOutcome({ captureId: 'cp_1' }),
  decidedOn: baselineOf({ ...before, captures: [] }, NOON_MS),
});
const next = (changes: Partial<Action>) =>
  anAction({ id: 'a2', seq: 2, state: 'done', move: { kind: 'capture', amount: 1200 }, outcome: anOutcome({ captureId: 'cp_2' }), ...changes });

/** It told which captures there were, and what they came to. */
const ofOlderTill = (payment: Payment): Baseline => {
  const { turnedDownIds, ...record } = baselineOf(payment, NOON_MS);
  expect(turnedDownIds).toBeDefined();
  return record;
};

describe('a capture that the bank declined', () => {
  test.each<[string, Partial<Action>, boolean]>([
    ['by one that was decided together with it', { decidedOn: baselineOf({ ...before, captures: [] }, NOON_MS) }, false],
    ['by one that was decided while the bank had it', { decidedOn: baselineOf(before, NOON_MS) }, false],
    ['by one that was decided when its no was known', { decidedOn: baselineOf(declined, NOON_MS) }, true],
    ['by one that waits', { decidedOn: baselineOf(declined, NOON_MS), state: 'waiting', outcome: null }, true],
    ['by a release', { decidedOn: baselineOf(declined, NOON_MS), move: { kind: 'reverse' } }, true],
    ['by a receipt', { decidedOn: baselineOf(declined, NOON_MS), move: { kind: 'sendReceipt', emails: [] } }, false],
    ['by a cancellation', { decidedOn: baselineOf(declined, NOON_MS), move: { kind: 'cancel' } }, false],
    ['by one that was refused itself', { decidedOn: baselineOf(declined, NOON_MS), state: 'refused' }, false],
    ['by one that came too late', { decidedOn: baselineOf(declined, NOON_MS), state: 'expired' }, false],
    ['by one that was removed', { decidedOn: baselineOf(declined, NOON_MS), state: 'withdrawn' }, false],
    ['by one of an older till', { decidedOn: null }, false],
    ['by one that knew of no captures', { decidedOn: { ...baselineOf(declined, NOON_MS), captureIds: null } }, false],
    ['by one of an older till when its no was known', { decidedOn: ofOlderTill(declined) }, true],
    ['by one of an older till whose record still counted it', { decidedOn: { ...ofOlderTill(declined), capturedMinor: 2000 } }, false],
  ])('is answered %s: %s', (_, changes, answered) => {
    const actions = [first, next(changes)];
    expect(turnedDownOf(both, actions)).toEqual(answered ? [] : [no]);
  });

  test('is answered by the next one though an earlier part was captured well: an older till’s record counts that part alone', () => {
    const earlier = aCapture({ id: 'cp_0', amountMinor: 700, tipsMinor: 50, createdAtMs: NOON_MS - MINUTE_MS });
    const known = { ...before, captures: [earlier, no] };
    const now = { ...before, captures: [earlier, no, other] };
    const decided = next({ decidedOn: ofOlderTill(known) });
    expect(decided.decidedOn?.capturedMinor).toBe(750);
    expect(turnedDownOf(now, [decided])).toEqual([]);
    for (const capturedMinor of [0, -750, 700, 2750])
      expect(turnedDownOf(now, [next({ decidedOn: { ...ofOlderTill(known), capturedMinor } })]), String(capturedMinor)).toEqual([no]);
  });

  test('stays answered where the bank declines another by then that it had not answered yet', () => {
    const part = aCapture({ id: 'cp_B', amountMinor: 1000, status: 'Created', createdAtMs: NOON_MS + 1 });
    const once = aCapture({ id: 'cp_C', createdAtMs: NOON_MS + MINUTE_MS });
    const hold = { ...before, amountMinor: 9000 };
    const second = next({ id: 'a2', move: { kind: 'capture', amount: 1000 }, outcome: anOutcome({ captureId: part.id }), decidedOn: first.decidedOn });
    const third = next({
      id: 'a3',
      seq: 3,
      move: { kind: 'capture', amount: 2000 },
      outcome: anOutcome({ captureId: once.id }),
      decidedOn: baselineOf({ ...hold, captures: [no, part] }, NOON_MS),
    });
    const actions = [first, second, third];
    expect(turnedDownOf({ ...hold, captures: [no, part, once] }, actions)).toEqual([]);
    const late = { ...part, status: 'Declined' };
    const now = { ...hold, captures: [no, late, once] };
    expect(turnedDownOf(now, actions)).toEqual([late]);
    expect([first, second].map((action) => isMadeUpFor(action, now, actions))).toEqual([true, false]);
  });

  test('leaves nothing to decide where all was captured since, or another till captured as much once more', () => {
    const rest = aCapture({ id: 'cp_3', amountMinor: 4200 });
    expect(turnedDownOf({ ...before, captures: [no, rest] }, [first])).toEqual([]);
    const again = aCapture({ id: 'cp_4', createdAtMs: NOON_MS + MINUTE_MS });
    expect(turnedDownOf({ ...before, captures: [no, again] }, [first])).toEqual([]);
    expect(turnedDownOf({ ...before, captures: [no, { ...again, amountMinor: 1999 }] }, [first])).toEqual([no]);
    // What was captured before it, or at the same moment, is no second try.
    for (const createdAtMs of [no.createdAtMs - MINUTE_MS, no.createdAtMs])
      expect(turnedDownOf({ ...before, captures: [{ ...again, createdAtMs }, no] }, [first]), String(createdAtMs)).toEqual([no]);
    // An equal part of this till, decided together with it, is no second try.
    const equal = next({ move: { kind: 'capture', amount: 2000 }, outcome: anOutcome({ captureId: 'cp_4' }), decidedOn: first.decidedOn });
    expect(turnedDownOf({ ...before, captures: [no, again] }, [first, equal])).toEqual([no]);
  });

  test('is told where it failed too, and every one of several, the newest last', () => {
    const failed = { ...other, status: 'Failed' };
    // Dojo documents no order of a list.
    for (const captures of [
      [no, failed],
      [failed, no],
    ])
      expect(turnedDownOf({ ...before, captures }, [first])).toEqual([no, failed]);
    expect(turnedDownOf({ ...before, captures: [asked] }, [first])).toEqual([]);
    expect(turnedDownOf({ ...before, captures: null }, [first])).toEqual([]);
  });

  describe('is answered one for one', () => {
    const again = (minutes: number, changes: Partial<Capture> = {}) =>
      aCapture({ id: `cp_again_${minutes}`, createdAtMs: NOON_MS + minutes * MINUTE_MS, ...changes });
    const [second, third] = [again(1, { status: 'Declined' }), again(2, { status: 'Declined' })];
    const actions = [no, second, third].map(({ id }, seq) => ({ ...first, id, seq, outcome: anOutcome({ captureId: id }) }));
    const shows = (...captures: readonly Capture[]) => ({ ...before, amountMinor: 9_000, captures });
    const left = (...captures: readonly Capture[]) => turnedDownOf(shows(third, no, second, ...captures), actions);

    test('by as much once more by another till, the oldest of several', () => {
      expect(left()).toEqual([no, second, third]);
      expect(left(again(5))).toEqual([second, third]);
      expect(left(again(6), again(5))).toEqual([third]);
      expect(left(again(5), again(6), again(7))).toEqual([]);
      // What came between them is of the first.
      expect(left(again(0, { createdAtMs: NOON_MS + 500 }), again(5))).toEqual([third]);
    });

    test('by another till’s try that was in vain too, which then is the one to decide about', () => {
      const vain = again(6, { status: 'Failed' });
      expect(left(again(5), vain)).toEqual([third, vain]);
      expect(left(again(5), vain, again(7))).toEqual([vain]);
      expect(turnedDownOf(shows(no, vain), [first])).toEqual([vain]);
      expect(isMadeUpFor(first, shows(no, vain), [first])).toBe(false);
      expect(turnedDownOf(shows(no, vain, again(7)), [first])).toEqual([]);
      expect(isMadeUpFor(first, shows(no, vain, again(7)), [first])).toBe(true);
    });
  });

  test('is not answered by another till’s try in vain that this till has made up for: that one was made for the other', () => {
    const vain = aCapture({ id: 'cp_4', status: 'Failed', createdAtMs: NOON_MS + MINUTE_MS });
    const instead = aCapture({ id: 'cp_2', createdAtMs: NOON_MS + 2 * MINUTE_MS });
    // As it was decided the bank still had the first.
    const decidedOn = baselineOf({ ...before, captures: [asked, vain] }, NOON_MS);
    const decided = next({ move: { kind: 'capture', amount: 2000 }, decidedOn });
    const now = { ...before, amountMinor: 4000, captures: [no, vain, instead] };
    expect(turnedDownOf(now, [first, decided])).toEqual([no]);
    expect(isMadeUpFor(first, now, [first, decided])).toBe(false);
  });

  describe('and after it another till’s try of as much,', () => {
    const vain = aCapture({ id: 'cp_4', status: 'Failed', createdAtMs: NOON_MS + MINUTE_MS });
    const good = aCapture({ id: 'cp_2', createdAtMs: NOON_MS + 2 * MINUTE_MS });
    const shows = (...captures: readonly Capture[]) => ({ ...before, amountMinor: 9000, captures });
    const decided = (changes: Partial<Action> = {}) =>
      next({ move: { kind: 'capture', amount: 2000 }, decidedOn: baselineOf(shows(no, vain), NOON_MS), ...changes });

    test('is answered with that by one that was decided when both were known: there was one to decide about', () => {
      expect(turnedDownOf(shows(no, vain), [first])).toEqual([vain]);
      expect(turnedDownOf(shows(no, vain, good), [first, decided()])).toEqual([]);
      expect(turnedDownOf(shows(no, vain), [first, decided({ state: 'waiting', outcome: null })])).toEqual([]);
      expect(isMadeUpFor(first, shows(no, vain, good), [first, decided()])).toBe(true);
    });

    test('is not where the bank turned that one down as well', () => {
      const late = { ...good, status: 'Declined' };
      expect(turnedDownOf(shows(no, vain, late), [first, decided()])).toEqual([late]);
      expect(isMadeUpFor(first, shows(no, vain, late), [first, decided()])).toBe(false);
    });

    test('is one of two where another of ours was turned down too', () => {
      const second = aCapture({ id: 'cp_3', status: 'Declined', createdAtMs: NOON_MS + 1 });
      const ours = [first, { ...first, id: 'a3', seq: 3, outcome: anOutcome({ captureId: second.id }) }];
      expect(turnedDownOf(shows(no, second, vain), ours)).toEqual([second, vain]);
      const both = decided({ seq: 4, decidedOn: baselineOf(shows(no, second, vain), NOON_MS) });
      expect(turnedDownOf(shows(no, second, vain, good), [...ours, both])).toEqual([vain]);
    });
  });

  test('is not answered by what was turned down in its turn and stands for an earlier one: a list that came late shows two', () => {
    const failed = (seconds: number, amountMinor: number) =>
      aCapture({ id: `cp_v${seconds}`, amountMinor, status: 'Failed', createdAtMs: NOON_MS + seconds * 1_000 });
    const [late, small, vain] = [failed(1, 2000), failed(2, 1200), failed(3, 2000)];
    const good = { ...other, createdAtMs: NOON_MS + MINUTE_MS };
    const shows = (...captures: readonly Capture[]) => ({ ...before, amountMinor: 9000, captures });
    // It makes up for the one of its own amount alone.
    const decided = next({ decidedOn: baselineOf(shows(no, small, vain), NOON_MS) });
    expect(turnedDownOf(shows(no, late, small, vain, good), [first, decided])).toEqual([late, vain]);
  });

  test('is not answered by the decision that it was made for, let go once more with its no before a person’s eyes', () => {
    expect(turnedDownOf(declined, [{ ...first, decidedOn: baselineOf(declined, NOON_MS) }])).toEqual([no]);
  });

  test('is answered only by what is asked for: another till may have tried in vain, or the bank has not said yes yet', () => {
    const by = (status: string, counts: (capture: Capture) => boolean) =>
      unansweredOf({ ...before, captures: [no, aCapture({ id: 'cp_4', status, createdAtMs: NOON_MS + MINUTE_MS })] }, [first], counts);
    const isTaken = ({ status }: Capture) => status === 'Successful';
    expect([by('Created', countsAsCaptured), by('Created', isTaken), by('Successful', isTaken)]).toEqual([[], [no], []]);
    expect(by('Declined', countsAsCaptured)).toMatchObject([no, { id: 'cp_4' }]);
    const decided = next({ decidedOn: baselineOf(declined, NOON_MS) });
    expect(unansweredOf({ ...both, captures: [no, { ...other, status: 'Created' }] }, [first, decided], isTaken)).toEqual([]);
  });

  test('of this till’s tries in vain the last alone asks for an answer', () => {
    const vain = { ...other, amountMinor: 2000, status: 'Declined' };
    const decided = next({ move: { kind: 'capture', amount: 2000 }, decidedOn: baselineOf(declined, NOON_MS) });
    expect(unansweredOf({ ...before, captures: [no, vain] }, [first, decided], countsAsCaptured)).toEqual([vain]);
  });

  test.each(['Created', 'Successful'])('of two beside another till’s and one good capture, %s, one is answered, whoever is asked', (status) => {
    const vain = aCapture({ id: 'cp_4', status: 'Failed', createdAtMs: NOON_MS - MINUTE_MS });
    const late = { ...vain, createdAtMs: NOON_MS + MINUTE_MS };
    const good = aCapture({ id: 'cp_5', status, createdAtMs: NOON_MS + 2 * MINUTE_MS });
    const now = { ...before, amountMinor: 9000, captures: [vain, no, late, good] };
    expect(unansweredOf(now, [first], countsAsCaptured)).not.toContain(no);
    expect(isMadeUpFor(first, now, [first])).toBe(true);
  });

  test('can be captured no more once the hold is given back, refunded or at its end', () => {
    const endMs = NOON_MS + DAY_MS;
    const held = aHold({ paidAtMs: NOON_MS, autoExpireInMs: DAY_MS });
    expect(isCaptureOver(held, endMs - 1)).toBe(false);
    expect(isCaptureOver(held, endMs)).toBe(true);
    expect(isCaptureOver(held, endMs + 1)).toBe(true);
    for (const changes of [{ status: 'Reversed' }, { status: 'Canceled' }, { status: 'Refunded' }, { refundedMinor: 1 }])
      expect(isCaptureOver({ ...held, ...changes }, NOON_MS), JSON.stringify(changes)).toBe(true);
    for (const status of ['Authorized', 'Captured']) expect(isCaptureOver({ ...held, status }, NOON_MS), status).toBe(false);
  });
});

describe('a capture that came to nothing', () => {
  const again = next({ decidedOn: baselineOf(declined, NOON_MS) });
  const whole = aCapture({ id: 'cp_3', amountMinor: 4200, createdAtMs: NOON_MS + MINUTE_MS });
  const asMuch = aCapture({ id: 'cp_4', createdAtMs: NOON_MS + MINUTE_MS });
  test.each<[what: string, captures: readonly Capture[], others: readonly Action[], isIt: boolean]>([
    ['and nothing since', [no], [], false],
    ['and another part since', [no, other], [], false],
    ['and as much by another till', [no, asMuch], [], true],
    ['and all of it', [no, whole], [], true],
    ['and one decided when that was known', [no, other], [again], true],
    ['and one such that waits', [no], [{ ...again, state: 'waiting', outcome: null }], true],
    ['and one such that the bank has turned down too', [no, { ...other, status: 'Failed' }], [again], false],
    ['and one decided together with it', [no, other], [{ ...again, decidedOn: first.decidedOn }], false],
    ['which the bank still has', [asked], [again], false],
  ])('by the bank’s word, %s, is made up for: $3', (_, captures, others, isIt) => {
    expect(isMadeUpFor(first, { ...before, captures }, [first, ...others])).toBe(isIt);
  });

  const no15 = aCapture({ id: 'cp_5', amountMinor: 1500, status: 'Declined', createdAtMs: NOON_MS + 1_000 });
  const no20 = aCapture({ id: 'cp_5', status: 'Declined', createdAtMs: NOON_MS + 1_000 });
  const three = next({ id: 'a3', seq: 3, outcome: anOutcome({ captureId: 'cp_6' }) });
  test.each<[what: string, second: Capture, third: Partial<Action>, captures: readonly Capture[], left: readonly number[], madeUp: readonly boolean[]]>([
    ['and nothing since', no15, { state: 'withdrawn' }, [], [2000, 1500], [false, false]],
    ['and the amount of one decided anew', no15, { move: { kind: 'capture', amount: 1500 } }, [], [2000], [false, true]],
    ['and the amount of the other decided anew', no15, { move: { kind: 'capture', amount: 1900, tipsAmount: 100 } }, [], [1500], [true, false]],
    ['and another amount decided anew', no15, { move: { kind: 'capture', amount: 3500 } }, [], [], [true, true]],
    ['and a release', no15, { move: { kind: 'reverse' } }, [], [], [true, true]],
    ['of as much, and that decided anew once', no20, { move: { kind: 'capture', amount: 2000 } }, [], [2000], [true, false]],
    ['of as much, and that captured elsewhere once', no20, { state: 'withdrawn' }, [asMuch], [2000], [true, false]],
    ['of as much, and that both ways', no20, { move: { kind: 'capture', amount: 2000 } }, [asMuch], [], [true, true]],
  ])('with another, %s: of £%s is left to decide', (_, second, changes, captures, left, madeUp) => {
    const known = { ...before, amountMinor: 9_000, captures: [no, second] };
    const now = { ...known, captures: [no, second, ...captures] };
    const two = next({ outcome: anOutcome({ captureId: 'cp_5' }), move: { kind: 'capture', amount: second.amountMinor }, decidedOn: first.decidedOn });
    const actions = [first, two, { ...three, decidedOn: baselineOf(known, NOON_MS), ...changes }];
    expect(turnedDownOf(now, actions).map(({ amountMinor }) => amountMinor)).toEqual(left);
    expect([first, two].map((action) => isMadeUpFor(action, now, actions))).toEqual(madeUp);
  });

  test('tried again, and that came to nothing too, is made up for with its second try', () => {
    const no2 = aCapture({ id: 'cp_2', status: 'Failed', createdAtMs: NOON_MS + MINUTE_MS });
    const two = next({ move: { kind: 'capture', amount: 2000 }, decidedOn: baselineOf(declined, NOON_MS) });
    const now = { ...before, captures: [no, no2] };
    const made = (payment: typeof now, ...actions: readonly Action[]) => [first, two].map((action) => isMadeUpFor(action, payment, [first, two, ...actions]));
    expect(turnedDownOf(now, [first, two])).toEqual([no2]);
    expect(made(now)).toEqual([false, false]);
    expect(made({ ...now, captures: [no, no2, { ...asMuch, createdAtMs: NOON_MS + 2 * MINUTE_MS }] })).toEqual([true, true]);
    expect(made(now, { ...three, state: 'waiting', outcome: null, move: { kind: 'capture', amount: 2000 }, decidedOn: baselineOf(now, NOON_MS) })).toEqual([
      true,
      true,
    ]);
    // Decided anew after a release of the first, which then knew of the second: they lead round, and nothing answers either.
    const round = { ...first, decidedOn: baselineOf(now, NOON_MS) };
    expect(isMadeUpFor(round, now, [round, two])).toBe(false);
  });

  const removed = anAction({ id: 'a1', seq: 1, state: 'withdrawn', changedAtMs: NOON_MS });
  const later = (changes: Partial<Action>) => next({ acceptedAtMs: NOON_MS, decidedOn: null, ...changes });
  test.each<[what: string, captures: readonly Capture[], others: readonly Action[], isIt: boolean]>([
    ['and nothing since', [], [], false],
    ['and all of it by another till', [whole], [], true],
    ['and one decided since', [other], [later({})], true],
    ['and a release decided since', [], [later({ move: { kind: 'reverse' }, state: 'waiting', outcome: null })], true],
    ['and one decided before it ended', [other], [later({ acceptedAtMs: NOON_MS - 1 })], false],
    ['and one that was refused since', [], [later({ state: 'refused' })], false],
    ['and one that the bank has turned down since', [{ ...other, status: 'Declined' }], [later({})], false],
    ['and a receipt since', [], [later({ move: { kind: 'sendReceipt', emails: [] } })], false],
  ])('as it was removed, %s, is made up for: $3', (_, captures, others, isIt) => {
    expect(isMadeUpFor(removed, { ...before, captures }, [removed, ...others])).toBe(isIt);
  });

  test('is told from one that is open, or went well, and from another move', () => {
    const taken = { ...before, captures: [whole] };
    expect(isMadeUpFor({ ...removed, state: 'waiting' }, taken, [])).toBe(false);
    expect(isMadeUpFor({ ...removed, move: { kind: 'reverse' } }, taken, [])).toBe(false);
    expect(isMadeUpFor({ ...first, outcome: anOutcome({ captureId: 'cp_3' }) }, taken, [{ ...first, outcome: anOutcome({ captureId: 'cp_3' }) }])).toBe(false);
  });
});
