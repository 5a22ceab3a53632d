import { describe, expect, test } from 'vitest';
import { isDecidedSince, turnedDownOf } from '../../../main/core/payment/declined.ts';
import type { Action } from '../../../main/core/queue/action.ts';
import { baselineOf } from '../../../main/core/queue/evidence.ts';
import { aCapture, aHold, anAction, anOutcome, MINUTE_MS, NOON_MS } from '../../builders.ts';

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
    ['by one that was removed', { decidedOn: baselineOf(declined, NOON_MS), state: 'withdrawn' }, false],
    ['by one of an older till', { decidedOn: null }, false],
  ])('is answered %s: %s', (_, changes, answered) => {
    const actions = [first, next(changes)];
    expect(isDecidedSince(no, both, actions)).toBe(answered);
    expect(turnedDownOf(both, actions)).toBe(answered ? undefined : no);
  });

  test('leaves nothing to decide where all was captured since, or another till captured as much once more', () => {
    const rest = aCapture({ id: 'cp_3', amountMinor: 4200 });
    expect(turnedDownOf({ ...before, captures: [no, rest] }, [first])).toBeUndefined();
    const again = aCapture({ id: 'cp_4', createdAtMs: NOON_MS + MINUTE_MS });
    expect(turnedDownOf({ ...before, captures: [no, again] }, [first])).toBeUndefined();
    expect(turnedDownOf({ ...before, captures: [no, { ...again, amountMinor: 1999 }] }, [first])).toBe(no);
    // An equal part of this till, decided together with it, is no second try.
    const equal = next({ move: { kind: 'capture', amount: 2000 }, outcome: anOutcome({ captureId: 'cp_4' }), decidedOn: first.decidedOn });
    expect(turnedDownOf({ ...before, captures: [no, again] }, [first, equal])).toBe(no);
  });

  test('is told where it failed too, and the newest of several', () => {
    const failed = { ...other, status: 'Failed' };
    expect(turnedDownOf({ ...before, captures: [no, failed] }, [first])).toBe(failed);
    expect(turnedDownOf({ ...before, captures: [asked] }, [first])).toBeUndefined();
  });
});
