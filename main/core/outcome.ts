import type { Outcome } from './action.ts';
import type { Failure } from './retry.ts';

/** What was learnt of an action, by the till itself unless said otherwise. */
export const outcome = (code: string, message: string, more: Partial<Outcome> = {}): Outcome => ({
  code,
  message,
  settledBy: 'till',
  captureId: null,
  status: null,
  traceId: null,
  ...more,
});

/** The same, of a failure: with what Dojo's support asks for. */
export const failed = (code: string, message: string, failure: Failure): Outcome =>
  outcome(code, message, { settledBy: code === 'refused' ? 'answer' : 'till', status: failure.status, traceId: failure.traceId });
