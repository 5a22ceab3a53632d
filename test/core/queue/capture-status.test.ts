import { describe, expect, it } from 'vitest';
import type { Payment } from '../../../main/core/payment/payment.ts';
import type { Action } from '../../../main/core/queue/action.ts';
import { captureStatuses } from '../../../main/core/queue/capture-status.ts';
import { baselineOf } from '../../../main/core/queue/evidence.ts';
import { aCapture, aHold, anAction, anOutcome, MINUTE_MS, NOON_MS } from '../../builders.ts';

const done = anAction({ state: 'done', outcome: anOutcome({ captureId: 'cp_1' }) });
const shows = (captures: Payment['captures'], status = 'Authorized') => aHold({ captures, status });
const statusOf = (action: Action, payment: Payment | null, others: readonly Action[] = []) => captureStatuses(payment, [...others, action]).get(action) ?? null;

it.each<readonly [string, Action, Payment | null, string | null]>([
  ['its own of several', done, shows([aCapture({ id: 'cp_0' }), aCapture({ id: 'cp_1', status: 'Declined' })]), 'Declined'],
  ['one still with the bank', done, shows([aCapture({ id: 'cp_1', status: 'Created' })]), 'Created'],
  ['one that Dojo does not show yet', done, shows([aCapture({ id: 'cp_0' })]), null],
  ['one where no captures are listed and all is captured', done, shows(null, 'Captured'), 'Successful'],
  ['one where no captures are listed and nothing says so', done, shows(null), null],
  ['one of a payment that nobody knows', done, null, null],
  ['one that is not done', { ...done, state: 'checking' }, shows([aCapture({ id: 'cp_1' })]), null],
  ['one that is not done, where none are listed', { ...done, state: 'checking' }, shows(null, 'Captured'), null],
  ['a refund', { ...done, move: { kind: 'refund', amount: 100 } }, shows([aCapture({ id: 'cp_1' })]), null],
  ['a refund, where none are listed', { ...done, move: { kind: 'refund', amount: 100 } }, shows(null, 'Captured'), null],
])('what the bank said of %s', (_, action, payment, status) => expect(statusOf(action, payment)).toBe(status));

describe('with an id that no list shows (version 2022-01-03), or none, a capture is found by its amounts and its time, once', () => {
  const sentAt = (captureId: string | null, seq: number, atMs: number) =>
    anAction({
      id: `a${seq}`,
      seq,
      state: 'done',
      sends: 1,
      firstSentAtMs: atMs,
      sentAtMs: atMs,
      outcome: anOutcome({ captureId }),
      baseline: baselineOf(shows([]), atMs),
    });
  const first = sentAt('1', 1, NOON_MS);
  const second = sentAt('2', 2, NOON_MS + 5 * MINUTE_MS);
  const early = aCapture({ id: 'cp_x', status: 'Declined', createdAtMs: NOON_MS + 2_000 });
  const late = aCapture({ id: 'cp_y', status: 'Successful', createdAtMs: NOON_MS + 5 * MINUTE_MS + 2_000 });

  it.each(['Created', 'Successful', 'Declined', 'Failed'])('%s', (status) => {
    expect(statusOf(first, shows([{ ...early, status }]))).toBe(status);
    expect(statusOf(sentAt(null, 1, NOON_MS), shows([{ ...early, status }]))).toBe(status);
  });
  it('each its own of two equal ones, whichever is asked for', () => {
    const both = shows([late, early]);
    expect([...captureStatuses(both, [first, second]).values()]).toEqual(['Declined', 'Successful']);
    expect([statusOf(first, both, [second]), statusOf(second, both, [first])]).toEqual(['Declined', 'Successful']);
  });
  it('not the one of another action, nor one that was there before, nor one of other amounts', () => {
    const named = anAction({ id: 'a9', seq: 9, state: 'done', outcome: anOutcome({ captureId: 'cp_x' }) });
    expect(statusOf(first, shows([early]), [named])).toBe(null);
    const known = baselineOf(shows([early]), NOON_MS);
    expect(statusOf({ ...second, baseline: known }, shows([early]))).toBe(null);
    // Unless its number is that of one that was there: Dojo said its answer once more.
    expect(statusOf({ ...first, baseline: known }, shows([early]))).toBe('Declined');
    expect(statusOf(first, shows([{ ...early, amountMinor: 1_999 }]))).toBe(null);
  });
  it('one that is named but not shown is not another of the same amounts', () => {
    expect(statusOf(sentAt('cp_gone', 1, NOON_MS), shows([early]))).toBe(null);
  });
});
