import { expect, test } from 'vitest';
import { baselineOf } from '../../main/core/queue/evidence.ts';
import { emptyQueue } from '../../main/core/queue/queue-state.ts';
import { sinceDecisionOf } from '../../main/views/since-decision.ts';
import { aCapture, aHold, anAction } from '../builders.ts';

test('what a person compares counts a hold whole, with its service charge, as it was and as it is', () => {
  const before = aHold({ amountMinor: 10_000, tipsMinor: 0, serviceChargeMinor: 1_250 });
  const now = { ...before, captures: [aCapture({ amountMinor: 6_000, tipsMinor: 0 })] };
  const action = anAction({ paymentId: before.id, state: 'needsPerson', decidedOn: baselineOf(before, 1) });
  expect(sinceDecisionOf(action, now, emptyQueue)).toMatchObject({
    decided: { heldMinor: 11_250, capturedMinor: 0 },
    now: { heldMinor: 11_250, capturedMinor: 6_000, captureCount: 1 },
    unchanged: false,
  });
});
