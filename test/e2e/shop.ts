import { tradingDay } from '../../main/core/day/day.ts';
import type { NewPayment } from '../../main/simulator/new-payment.ts';
import type { DojoServer } from '../simulator/dojo-server.ts';

/** What is in the simulated Dojo before a test begins, and what it was asked since. */

export const ZONE = 'Europe/London';
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** So many minutes ago, but never before today began, and in order: a test that runs just after midnight is about today as well. */
export function todayMs(minutesAgo: number): number {
  const [nowMs, agoMs] = [Date.now(), minutesAgo * MINUTE_MS];
  const halfMs = (nowMs - tradingDay(nowMs, ZONE, 0).startMs) / 2;
  return Math.floor(agoMs <= halfMs ? nowMs - agoMs : nowMs - halfMs - halfMs * Math.min(1, (agoMs - halfMs) / DAY_MS));
}
export const yesterdayMs = (): number => tradingDay(Date.now(), ZONE, 0).startMs - 6 * 60 * MINUTE_MS;
export const daysAgoMs = (days: number): number => Date.now() - days * DAY_MS;

type Spec = Partial<NewPayment> & Readonly<{ reference: string; amountMinor: number }>;

export const hold = (dojo: DojoServer, spec: Spec) => dojo.addPayment({ captureMode: 'Manual', paidAtMs: todayMs(10), ...spec });
export const sale = (dojo: DojoServer, spec: Spec) => dojo.addPayment({ captureMode: 'Auto', paidAtMs: todayMs(10), ...spec });
export const unpaid = (dojo: DojoServer, spec: Spec) => dojo.addPayment({ createdAtMs: todayMs(5), paidAtMs: null, ...spec });

/** Payments enough that some still wait when refusals stop their operation: three were refused by then, and four or five more were on their way. */
export const MORE_THAN_STOP_IT = 9;

/** Everything Dojo was asked to change, in order. */
export const changesAsked = (dojo: DojoServer) => dojo.journal().filter(({ operation }) => operation !== 'search' && operation !== 'read');
export const askedOf = (dojo: DojoServer, paymentId: string) => changesAsked(dojo).filter(({ id }) => id === paymentId);
/** What was asked for in it; null: nothing was in it. */
export const bodyOf = (asked: { body: string | null } | undefined): unknown => JSON.parse(asked?.body ?? 'null');
/** The last four characters of every key that Dojo heard. */
export const keysHeard = (dojo: DojoServer): string[] => [...new Set(dojo.journal().map(({ headers }) => headers.authorization?.slice(-4) ?? 'none'))];

export const moneyOf = (dojo: DojoServer, paymentId: string) => dojo.bank.moneyOf(paymentId);
