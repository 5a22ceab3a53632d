import { describe, expect, test } from 'vitest';
import type { Action } from '../../main/core/queue/action.ts';
import { baselineOf } from '../../main/core/queue/evidence.ts';
import { refundHistoryOf } from '../../main/views/refund-history.ts';
import { supportOf } from '../../main/views/support.ts';
import { aCapture, aHold, anAction, anOutcome, aPayment, NOON_MS } from '../builders.ts';

const refund = (amount: number, changes: Partial<Action> = {}) => anAction({ move: { kind: 'refund', amount }, state: 'done', sends: 1, ...changes });

describe('the refunds of a payment', () => {
  test('are our own record, in order: reason, notes, state, and Dojo’s id where its answer came', () => {
    const first = refund(500, {
      move: { kind: 'refund', amount: 500, reason: 'Cold soup', notes: 'Table 4' },
      outcome: anOutcome({ dojoId: 'rfnd_1' }),
      acceptedAtMs: NOON_MS - 5,
    });
    const second = refund(300, { state: 'refused' });
    const { lines, hereMinor, dojoMinor } = refundHistoryOf(aPayment({ refundedMinor: 500 }), [first, anAction(), second]);
    expect(lines).toEqual([
      { actionId: first.id, atMs: NOON_MS - 5, amountMinor: 500, reason: 'Cold soup', notes: 'Table 4', state: 'done', refundId: 'rfnd_1' },
      { actionId: second.id, atMs: NOON_MS, amountMinor: 300, reason: null, notes: null, state: 'refused', refundId: null },
    ]);
    expect([hereMinor, dojoMinor]).toEqual([500, 500]);
  });

  test.each<[string, number, string, Action[], string | null]>([
    ['nothing', 0, 'Captured', [], null],
    ['the same', 800, 'Captured', [refund(500), refund(300)], null],
    ['what waits and what was refused not counted', 0, 'Captured', [refund(500, { state: 'waiting', sends: 0 }), refund(300, { state: 'refused' })], null],
    ['more', 1000, 'Captured', [refund(500)], 'Dojo shows £5.00 more than this till knows: refunded elsewhere.'],
    ['less', 500, 'Captured', [refund(500), refund(300)], 'Dojo does not show £3.00 of it yet.'],
    ['nobody knows how much', 0, 'Refunded', [refund(500)], 'Dojo says that it is refunded, but not how much of it.'],
    [
      'more, with one of ours not settled',
      500,
      'Captured',
      [refund(500, { state: 'checking' })],
      'Dojo shows £5.00 refunded. Tillside is still finding out whether its own refund is in that.',
    ],
    [
      'more, with one of ours that a person decides',
      500,
      'Captured',
      [refund(500, { state: 'needsPerson' })],
      'Dojo shows £5.00 refunded. A refund of this till needs you: look whether it is in that.',
    ],
    [
      'more, with one of ours that was never sent and a person decides',
      500,
      'Captured',
      [refund(500, { state: 'needsPerson', sends: 0 })],
      'Dojo shows £5.00 refunded. A refund of this till needs you: look whether it is in that.',
    ],
  ])('beside Dojo’s sum: %s', (_, refundedMinor, status, actions, difference) => {
    expect(refundHistoryOf(aPayment({ refundedMinor, status }), actions).difference).toBe(difference);
  });
});

test('a difference just like a refund of ours that Dojo did not confirm is not laid on another till for certain', () => {
  const sale = aPayment();
  const sent = { firstSentAtMs: NOON_MS, sentAtMs: NOON_MS, baseline: baselineOf(sale, NOON_MS) };
  const refused = refund(500, { ...sent, state: 'refused', outcome: anOutcome({ code: 'refused', status: 400 }) });
  const difference = (refundedMinor: number) => refundHistoryOf({ ...sale, refundedMinor }, [refused]).difference;
  expect(difference(500)).toBe('Dojo shows £5.00 more than this till knows: refunded elsewhere, or by a refund of this till that Dojo did not confirm.');
  expect(difference(400)).toBe('Dojo shows £4.00 more than this till knows: refunded elsewhere.');
});

test('nor is as much again as a refund of ours that was sent twice', () => {
  const sale = aPayment({ refundedMinor: 1000 });
  const repeated = refund(500, { sends: 2, firstSentAtMs: NOON_MS, sentAtMs: NOON_MS, baseline: baselineOf({ ...sale, refundedMinor: 0 }, NOON_MS) });
  const words = 'Dojo shows £5.00 more than this till knows: refunded elsewhere, or by a refund of this till that arrived twice.';
  expect(refundHistoryOf(sale, [repeated]).difference).toBe(words);
  expect(refundHistoryOf(sale, [{ ...repeated, sends: 1 }]).difference).toBe('Dojo shows £5.00 more than this till knows: refunded elsewhere.');
});

describe('what Dojo’s support asks for', () => {
  test('is each id once, labelled: the payment, takes, refunds with their keys, the reversal, traces', () => {
    const capture = aCapture({ id: 'cp_1' });
    const actions = [
      anAction({ state: 'done', outcome: anOutcome({ captureId: 'cp_1' }) }),
      refund(500, { idempotencyKey: 'key_1', outcome: anOutcome({ dojoId: 'rfnd_1' }) }),
      refund(300, { idempotencyKey: 'key_2', state: 'refused', outcome: anOutcome({ traceId: 'trace_2' }) }),
      anAction({ move: { kind: 'reverse' }, state: 'done', outcome: anOutcome({ dojoId: 'rvs_1' }) }),
    ];
    expect(supportOf(aHold({ id: 'pi_1', captures: [capture] }), actions)).toEqual([
      { label: 'Payment', value: 'pi_1' },
      { label: 'Capture of £20.00', value: 'cp_1' },
      { label: 'Refund of £5.00', value: 'rfnd_1' },
      { label: 'Idempotency key of the refund of £5.00', value: 'key_1' },
      { label: 'Idempotency key of the refund of £3.00', value: 'key_2' },
      { label: 'Trace of the refund of £3.00', value: 'trace_2' },
      { label: 'Reversal', value: 'rvs_1' },
    ]);
  });

  test('names a take that Dojo’s version does not list, and no key of what was never sent', () => {
    const actions = [anAction({ state: 'done', outcome: anOutcome({ captureId: '5' }) }), refund(500, { state: 'waiting', sends: 0 })];
    expect(supportOf(aHold({ id: 'pi_1', captures: null }), actions)).toEqual([
      { label: 'Payment', value: 'pi_1' },
      { label: 'Capture of £20.00', value: '5' },
    ]);
  });
});
