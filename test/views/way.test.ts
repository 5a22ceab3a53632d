import { expect, test } from 'vitest';
import type { Payment } from '../../main/core/payment/payment.ts';
import type { Action } from '../../main/core/queue/action.ts';
import { baselineOf } from '../../main/core/queue/evidence.ts';
import { emptyQueue } from '../../main/core/queue/queue-state.ts';
import { actionView } from '../../main/views/views.ts';
import { API_VERSION, aHold, anAction, anUnpaid, aPayment, LONDON, NOON_MS } from '../builders.ts';

const setting = {
  monotonicMs: Number.POSITIVE_INFINITY,
  nowMs: NOON_MS,
  zone: LONDON,
  dayStartMinutes: 0,
  apiVersion: API_VERSION,
  online: true,
  offlineRefundMaxMinor: null,
};
const hold = aHold();
const ofHold = baselineOf(hold, NOON_MS);
const ofSale = baselineOf(aPayment(), NOON_MS);
const unpaid = anUnpaid({ captureMode: 'Manual' });
const ofUnpaid = baselineOf(unpaid, NOON_MS);

test.each<[what: string, payment: Payment | null, known: Partial<Action>, way: 'release' | 'undo']>([
  ['a hold', hold, {}, 'release'],
  ['a hold that was let go meanwhile', { ...hold, status: 'Reversed' }, { baseline: ofHold }, 'release'],
  ['a payment not at hand, read as held before the send', null, { baseline: ofHold }, 'release'],
  ['a payment not at hand, decided as held', null, { decidedOn: ofHold }, 'release'],
  ['a sale', aPayment(), {}, 'undo'],
  ['a payment not at hand, decided as held and paid before the send', null, { baseline: ofSale, decidedOn: ofHold }, 'undo'],
  ['what nobody has paid, decided by an older version', unpaid, {}, 'undo'],
  ['what nobody had paid when it was decided, and is held by now', hold, { decidedOn: ofUnpaid }, 'undo'],
  ['what nobody had paid when it was decided, and was held before the send', hold, { decidedOn: ofUnpaid, baseline: ofHold }, 'release'],
  ['a payment of which nothing is known', null, {}, 'undo'],
])('a refused reversal of %s is called what it was', (_, payment, known, way) => {
  const action = anAction({ move: { kind: 'reverse' }, state: 'refused', decidedOn: null, ...known });
  expect(actionView(action, payment, { ...emptyQueue, accountId: 'acc_1' }, setting).way).toBe(way);
});
