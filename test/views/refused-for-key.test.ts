import { expect, test } from 'vitest';
import { againRequestId } from '../../main/core/payment/decided-again.ts';
import type { Action } from '../../main/core/queue/action.ts';
import { emptyQueue } from '../../main/core/queue/queue-state.ts';
import { actionView } from '../../main/views/views.ts';
import { anAction, anOutcome, aPayment, HOUR_MS, LONDON, NOON_MS } from '../builders.ts';

const REFUSED = 'Dojo refused the refund. Nothing moved. It does not allow this API key to do that.';
const PASTE = 'Make a key and paste it. Then decide again.';
const no = anOutcome({ code: 'refused', settledBy: 'answer', status: 403, message: REFUSED, next: PASTE });
const refused = anAction({
  id: 'a',
  seq: 1,
  move: { kind: 'refund', amount: 500 },
  state: 'refused',
  acceptedAtMs: NOON_MS,
  changedAtMs: NOON_MS,
  outcome: no,
});
const since = (differs: Partial<Action>): Action => anAction({ id: 'b', seq: 2, move: { kind: 'refund', amount: 500 }, acceptedAtMs: NOON_MS + 1, ...differs });
const again = since({ requestId: againRequestId(refused) });

test.each<readonly [string, Action, readonly Action[], number, string, string | null]>([
  ['a key, while it can be decided again', refused, [], 0, REFUSED, PASTE],
  ['that it was decided again, and nothing to do', refused, [again], 0, `${REFUSED} It was decided again.`, null],
  ['the same once that has ended', refused, [{ ...again, state: 'withdrawn' }], 0, `${REFUSED} It was decided again.`, null],
  ['the same on a later day', refused, [again], 48 * HOUR_MS, `${REFUSED} It was decided again.`, null],
  ['that another was decided on the payment', refused, [since({})], 0, `${REFUSED} Another refund was decided on this payment since.`, null],
  ['to look at the payment first, once its day is over', refused, [], 24 * HOUR_MS, REFUSED, 'Its day is over. Look at the payment before you decide anew.'],
  ['what it says of any other refusal', { ...refused, outcome: { ...no, status: 400 } }, [again], 24 * HOUR_MS, REFUSED, PASTE],
])('what Dojo refused for the key says %s', (_, action, others, laterMs, message, next) => {
  const actions = new Map([action, ...others].map((each) => [each.id, each]));
  const at = { zone: LONDON, dayStartMinutes: 0, nowMs: NOON_MS + laterMs, monotonicMs: 0 };
  const view = actionView(action, aPayment(), { ...emptyQueue, accountId: action.accountId, actions }, at);
  expect([view.message, view.next]).toEqual([message, next]);
});
