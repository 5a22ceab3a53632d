import { type Capture, holdEndsAtMs, lapsesAtMs, type Payment } from './payment.ts';

/** Dojo's clock and its own timers are not exact to the second: what happens around its end happened by itself. */
const END_SLACK_MS = 60_000;

/** Taken by Dojo at the end of the hold, not by anybody (guide: autoExpireAction). Where Dojo does not say what the end does, it may be this. */
export const isTakenAtEnd = (payment: Payment, capture: Capture): boolean =>
  payment.captureMode === 'Manual' && payment.autoExpireAction !== 'Release' && capture.createdAtMs >= holdEndsAtMs(payment) - END_SLACK_MS;

/** The hold ended, or the request to pay lapsed, without anybody doing anything. */
export const isEndedByItself = (payment: Payment): boolean =>
  payment.status === 'Canceled'
    ? payment.updatedAtMs >= lapsesAtMs(payment) - END_SLACK_MS
    : payment.captureMode === 'Manual' && payment.updatedAtMs >= holdEndsAtMs(payment) - END_SLACK_MS;
