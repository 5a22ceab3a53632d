import type { PaymentView } from '../../preload/contract.ts';
import { formatTime, formatWhen, timeLeft } from '../format.ts';

const DAY_MS = 86_400_000;

/** `midnight`, where that is the coming one in the shop's zone; else `14:32` or `Thu 26 Nov, 14:32`. */
export function deadlineInWords(deadlineMs: number, zone: string, nowMs: number): string {
  const isMidnight = formatTime(deadlineMs, zone) === '00:00' && deadlineMs > nowMs && deadlineMs - nowMs <= DAY_MS;
  return isMidnight ? 'midnight' : formatWhen(deadlineMs, zone, nowMs);
}

/** Of a release whose own day ends before the hold: it is offered then too, and Dojo may refuse it. */
export const afterItsDay = (deadlineMs: number, holdEnds: PaymentView['holdEnds']): string =>
  holdEnds !== null && deadlineMs < holdEnds.atMs ? ' After that Dojo decides.' : '';

/** `until midnight, 2 h 10 min left`; once it is over, `until 00:00, which is over`. */
export function untilInWords(deadlineMs: number, zone: string, nowMs: number): string {
  const left = timeLeft(deadlineMs, nowMs);
  const until = `until ${deadlineInWords(deadlineMs, zone, nowMs)}`;
  return left === null ? `${until}, which is over` : `${until}, ${left} left`;
}
