import type { Failure } from '../failure.ts';
import type { MoveRefusal } from '../payment/rules.ts';
import type { Outcome } from './action.ts';

/** What a person is told: what happened, and what to do next, or null where there is nothing to do. */
export type Said = Readonly<{ message: string; next: string | null }>;

/** Every way an action can stand or end. A ledger may hold others, of an older or a newer till. */
export type OutcomeCode =
  | 'done'
  | 'not-sent'
  | 'not-dojo'
  | 'throttled'
  | 'key-refused'
  | 'unknown-outcome'
  | 'refused-after-unknown'
  /** Dojo said no; the payment was not read since. */
  | 'refused-unread'
  /** A person removed it after Dojo said that it did nothing; the payment was not read since. */
  | 'withdrawn-unread'
  /** Dojo refuses to show the payment; the action waits. */
  | 'read-refused'
  | 'already-captured'
  | 'already-reversed'
  | 'already-cancelled'
  | 'restarted'
  | 'refused'
  | 'gave-up'
  | 'conflict'
  | 'unreadable'
  | 'never-came'
  | 'restored'
  /** A part capture without a trace after the settling time. */
  | 'absent-part'
  /** The ledger finds itself on another PC, for another user or in another place. */
  | 'moved'
  /** An older till wrote it without what was known of the payment. */
  | 'no-record'
  /** The same seems to have been done by somebody else since it was decided. */
  | 'changed-since'
  /** A reversal that was decided while nobody had paid. */
  | 'paid-since'
  /** Too late by the PC's clock alone: Dojo does not say what time it is, or its answers disagree. */
  | 'no-date'
  /** A same-day reversal, and the same. */
  | 'no-date-reversal'
  /** Never sent, because Dojo would not show the payment. */
  | 'not-shown'
  | 'new-key'
  | 'disk'
  | 'too-late'
  | 'withdrawn'
  | 'settled-happened'
  | 'settled-not'
  /** The rules closed it before it was sent. */
  | MoveRefusal['code'];

/** What was learnt of an action, by the till itself unless said otherwise. */
export const outcome = (code: OutcomeCode, { message, next }: Said, more: Partial<Outcome> = {}): Outcome => ({
  code,
  message,
  next,
  settledBy: 'till',
  captureId: null,
  dojoId: null,
  status: null,
  traceId: null,
  raw: null,
  ...more,
});

/** The same, of a failure: with what Dojo's support asks for. */
export const failed = (code: OutcomeCode, said: Said, { status, traceId, raw }: Failure): Outcome =>
  outcome(code, said, { settledBy: code === 'refused' ? 'answer' : 'till', status, traceId, raw });

/** What Dojo's support asks for, of the answer heard last. */
export const heardBefore = (last: Outcome | null): Pick<Outcome, 'status' | 'traceId' | 'raw'> => ({
  status: last?.status ?? null,
  traceId: last?.traceId ?? null,
  raw: last?.raw ?? null,
});
