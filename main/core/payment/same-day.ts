import { calendarDay } from '../day/day.ts';

/** What can be done on the shop's calendar day of a payment only; `endsAtMs`: and not at or after that, whatever day it is. */
export type SameDay = Readonly<{ paidByMs: number; endsAtMs: number | null }>;

/** The shop's midnight, in the zone that the shop has now: one that is put right moves it. */
export const sameDayEndsAtMs = ({ paidByMs, endsAtMs }: SameDay, zone: string): number =>
  Math.min(calendarDay(paidByMs, zone).endMs, endsAtMs ?? Number.POSITIVE_INFINITY);
