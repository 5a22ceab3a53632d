import { expect, it } from 'vitest';
import type { Payment } from '../../../main/core/payment/payment.ts';
import type { Action } from '../../../main/core/queue/action.ts';
import { captureStatusOf } from '../../../main/core/queue/capture-status.ts';
import { aCapture, aHold, anAction, anOutcome } from '../../builders.ts';

const done = anAction({ state: 'done', outcome: anOutcome({ captureId: 'cp_1' }) });
const shows = (captures: Payment['captures'], status = 'Authorized') => aHold({ captures, status });

it.each<readonly [string, Action, Payment | null, string | null]>([
  ['its own of several', done, shows([aCapture({ id: 'cp_0' }), aCapture({ id: 'cp_1', status: 'Declined' })]), 'Declined'],
  ['one still with the bank', done, shows([aCapture({ id: 'cp_1', status: 'Created' })]), 'Created'],
  ['one that Dojo does not show yet', done, shows([aCapture({ id: 'cp_0' })]), null],
  ['one without an outcome', { ...done, outcome: null }, shows([aCapture({ id: 'cp_0' })]), null],
  ['one where no captures are listed and all is captured', done, shows(null, 'Captured'), 'Successful'],
  ['one where no captures are listed and nothing says so', done, shows(null), null],
  ['one of a payment that nobody knows', done, null, null],
  ['one that is not done', { ...done, state: 'checking' }, shows([aCapture({ id: 'cp_1' })]), null],
  ['a refund', { ...done, move: { kind: 'refund', amount: 100 } }, shows([aCapture({ id: 'cp_1' })]), null],
])('what the bank said of %s', (_, action, payment, status) => expect(captureStatusOf(action, payment)).toBe(status));
