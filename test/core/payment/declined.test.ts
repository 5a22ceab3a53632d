import { describe, expect, test } from 'vitest';
import { isCaptureOver, isDecidedSince, isMadeUpFor, turnedDownOf } from '../../../main/core/payment/declined.ts';
import type { Capture } from '../../../main/core/payment/payment.ts';
import type { Action } from '../../../main/core/queue/action.ts';
import { baselineOf } from '../../../main/core/queue/evidence.ts';
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
    ['by one whose record still counted it', { decidedOn: { ...baselineOf(declined, NOON_MS), capturedMinor: 2000 } }, false],
  ])('is answered %s: %s', (_, changes, answered) => {
    const actions = [first, next(changes)];
    expect(isDecidedSince(no, both, actions)).toBe(answered);
    expect(turnedDownOf(both, actions)).toBe(answered ? undefined : no);
  });

  test('is answered by the next one though an earlier part was captured well: the record counts that part alone', () => {
    const earlier = aCapture({ id: 'cp_0', amountMinor: 700, tipsMinor: 50, createdAtMs: NOON_MS - MINUTE_MS });
    const known = { ...before, captures: [earlier, no] };
    const now = { ...before, captures: [earlier, no, other] };
    const decided = next({ decidedOn: baselineOf(known, NOON_MS) });
    expect(decided.decidedOn?.capturedMinor).toBe(750);
    expect(isDecidedSince(no, now, [decided])).toBe(true);
    for (const capturedMinor of [0, -750, 700, 2750])
      expect(isDecidedSince(no, now, [next({ decidedOn: { ...baselineOf(known, NOON_MS), capturedMinor } })]), String(capturedMinor)).toBe(false);
    // A reading that lists no captures any more says nothing of what that part came to.
    expect(isDecidedSince(no, { ...now, captures: null }, [decided])).toBe(false);
    expect(isDecidedSince(no, { ...now, captures: null }, [next({ decidedOn: baselineOf(declined, NOON_MS) })])).toBe(true);
  });

  test('leaves nothing to decide where all was captured since, or another till captured as much once more', () => {
    const rest = aCapture({ id: 'cp_3', amountMinor: 4200 });
    expect(turnedDownOf({ ...before, captures: [no, rest] }, [first])).toBeUndefined();
    const again = aCapture({ id: 'cp_4', createdAtMs: NOON_MS + MINUTE_MS });
    expect(turnedDownOf({ ...before, captures: [no, again] }, [first])).toBeUndefined();
    expect(turnedDownOf({ ...before, captures: [no, { ...again, amountMinor: 1999 }] }, [first])).toBe(no);
    // What was captured before it, or at the same moment, is no second try.
    for (const createdAtMs of [no.createdAtMs - MINUTE_MS, no.createdAtMs])
      expect(turnedDownOf({ ...before, captures: [{ ...again, createdAtMs }, no] }, [first]), String(createdAtMs)).toBe(no);
    // An equal part of this till, decided together with it, is no second try.
    const equal = next({ move: { kind: 'capture', amount: 2000 }, outcome: anOutcome({ captureId: 'cp_4' }), decidedOn: first.decidedOn });
    expect(turnedDownOf({ ...before, captures: [no, again] }, [first, equal])).toBe(no);
  });

  test('is told where it failed too, and the newest of several', () => {
    const failed = { ...other, status: 'Failed' };
    // Dojo documents no order of a list.
    for (const captures of [
      [no, failed],
      [failed, no],
    ])
      expect(turnedDownOf({ ...before, captures }, [first])).toBe(failed);
    expect(turnedDownOf({ ...before, captures: [asked] }, [first])).toBeUndefined();
    expect(turnedDownOf({ ...before, captures: null }, [first])).toBeUndefined();
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
