import { expect, test } from 'vitest';
import type { LastLook } from '../../main/core/payment/last-look.ts';
import { baselineOf } from '../../main/core/queue/evidence.ts';
import { emptyQueue } from '../../main/core/queue/queue-state.ts';
import { sinceDecisionOf } from '../../main/views/since-decision.ts';
import { aCapture, aHold, anAction } from '../builders.ts';

test('what a person compares counts a hold whole, with its service charge, as it was and as it is', () => {
  const before = aHold({ amountMinor: 10_000, tipsMinor: 0, serviceChargeMinor: 1_250 });
  const now = { ...before, captures: [aCapture({ amountMinor: 6_000, tipsMinor: 0 })] };
  const action = anAction({ paymentId: before.id, state: 'needsPerson', decidedOn: baselineOf(before, 1) });
  expect(sinceDecisionOf(action, now, emptyQueue, { kind: 'read', readAtMs: 7 })).toMatchObject({
    decided: { heldMinor: 11_250, capturedMinor: 0 },
    now: { heldMinor: 11_250, capturedMinor: 6_000, captureCount: 1 },
    unchanged: false,
  });
});

test.each<readonly [LastLook, unchanged: boolean, readAtMs: number | null | 'none']>([
  [{ kind: 'read', readAtMs: 7 }, true, 7],
  [{ kind: 'unknown', readAtMs: null }, false, 'none'],
  [{ kind: 'unread', readAtMs: 7 }, false, 7],
  [{ kind: 'unread', readAtMs: null }, false, null],
])('what is not known to be what Dojo shows now is not called unchanged, and says when it was read: %o', (look, unchanged, readAtMs) => {
  const hold = aHold();
  const action = anAction({ paymentId: hold.id, state: 'needsPerson', decidedOn: baselineOf(hold, 1) });
  const now = readAtMs === 'none' ? null : { status: 'Authorized', readAtMs };
  expect(sinceDecisionOf(action, hold, emptyQueue, look)).toMatchObject({ unchanged, now });
});
