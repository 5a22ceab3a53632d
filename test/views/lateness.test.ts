import { describe, expect, test } from 'vitest';
import type { Payment } from '../../main/core/payment/payment.ts';
import { baselineOf } from '../../main/core/queue/evidence.ts';
import { emptyQueue, type QueueState } from '../../main/core/queue/queue-state.ts';
import { createViewCache } from '../../main/views/views.ts';
import { aHold, anAction, aPayment, LONDON, MINUTE_MS, NOON_MS } from '../builders.ts';

/** An action that can be sent until ten past noon, as the page is shown it at a time. */
function shown(changes: Parameters<typeof anAction>[0] = {}, throttledUntilMs = 0, isByPc = false, payment: Payment | null = null) {
  const action = anAction({ move: { kind: 'reverse' }, deadlineAtMs: NOON_MS + 10 * MINUTE_MS, decidedOn: baselineOf(aPayment(), NOON_MS), ...changes });
  const cache = createViewCache();
  const queue: QueueState = { ...emptyQueue, gate: 'open', accountId: action.accountId, actions: new Map([[action.id, action]]), throttledUntilMs };
  return (minute: number) => {
    const [view] = cache.actions([action], queue, () => payment, {
      zone: LONDON,
      dayStartMinutes: 0,
      nowMs: NOON_MS + minute * MINUTE_MS,
      monotonicMs: Number.POSITIVE_INFINITY,
      isByPc,
    });
    if (!view) throw new Error('expected a view');
    return view;
  };
}

describe('a deadline that has passed', () => {
  test('is shown at once, asks, and leaves the action open', () => {
    const at = shown({}, 0, false, aPayment());
    expect(at(9)).toMatchObject({ state: 'waiting', tooLate: false, willBeLate: false, message: null });
    expect(at(9)).toBe(at(9));
    expect(at(10)).toMatchObject({
      state: 'waiting',
      tooLate: true,
      message: '12:10 has passed: the reversal is not sent. Nothing moved.',
      next: 'Remove it. The payment can then be refunded instead.',
      can: { withdraw: true },
    });
  });

  test('by a PC clock that Dojo has not confirmed says that it may still be sent, and to remove it first', () => {
    const at = shown({}, 0, true);
    expect(at(9)).toMatchObject({ tooLate: false });
    expect(at(10)).toMatchObject({
      tooLate: true,
      message: 'By this PC’s clock 12:10 has passed. The reversal is sent only if Dojo’s time says otherwise.',
      next: 'Remove it before you do something else instead.',
    });
  });

  test('of a release or a capture does not promise a refund', () => {
    for (const changes of [{ decidedOn: baselineOf(aHold(), NOON_MS) }, { move: { kind: 'capture', amount: 100 } as const }])
      expect(shown(changes)(11).next).toBe('Remove it, then look at what the payment allows now.');
  });

  test('is not said of what is on its way, has no deadline, or may have moved', () => {
    expect(shown({ state: 'checking', sends: 1 })(11)).toMatchObject({ tooLate: false });
    expect(shown({ deadlineAtMs: null })(11)).toMatchObject({ tooLate: false });
    expect(shown({ sends: 1 })(11).message).not.toContain('Nothing moved');
  });

  test('of a hold says that nothing moved only where its own end takes nothing', () => {
    const release = { decidedOn: baselineOf(aHold(), NOON_MS) };
    const said = (payment: Payment | null) => shown(release, 0, false, payment)(11).message;
    expect(said(aHold())).toBe('12:10 has passed: the release is not sent. Nothing moved.');
    expect(said(aHold({ autoExpireAction: 'Capture' }))).toBe('12:10 has passed: the release is not sent. The hold’s end may capture what is left.');
    expect(said(null)).toBe('12:10 has passed: the release is not sent.');
  });

  test('is no more said when the clock turns out to have been ahead', () => {
    const at = shown();
    expect(at(11).tooLate).toBe(true);
    expect(at(5).tooLate).toBe(false);
  });
});

describe('a deadline inside the wait that Dojo asked for', () => {
  test('is said at once', () => {
    // Up to the minute in which it is over for certain, as everywhere else.
    const at = shown({}, NOON_MS + 11 * MINUTE_MS + 1);
    expect(at(3)).toMatchObject({
      tooLate: false,
      willBeLate: true,
      message: 'Tillside was asked to wait until 12:12. That is too late for this reversal: it can be sent until 12:10 only.',
    });
    expect(at(10)).toMatchObject({ tooLate: true, willBeLate: false });
  });

  test('with the time that Dojo said last, where it asked for longer meanwhile', () => {
    const action = anAction({ move: { kind: 'reverse' }, deadlineAtMs: NOON_MS + 10 * MINUTE_MS });
    const cache = createViewCache();
    const said = (minutes: number) =>
      cache.actions([action], { ...emptyQueue, accountId: action.accountId, throttledUntilMs: NOON_MS + minutes * MINUTE_MS }, () => null, {
        zone: LONDON,
        dayStartMinutes: 0,
        nowMs: NOON_MS,
        monotonicMs: Number.POSITIVE_INFINITY,
      })[0]?.message;
    expect(said(12)).toContain('until 12:12.');
    expect(said(14)).toContain('until 12:14.');
  });

  test('and not where the wait ends before', () => {
    expect(shown({}, NOON_MS + 9 * MINUTE_MS)(3)).toMatchObject({ willBeLate: false, message: expect.stringContaining('until 12:09') });
  });
});
