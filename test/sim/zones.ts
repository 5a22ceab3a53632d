import type { Action } from '../../main/core/queue/action.ts';
import { holdEndsAtMs } from '../../main/simulator/lapse.ts';
import type { Pc } from './pc.ts';
import { SHOP_ZONE, shopMidnightMs } from './shop-midnight.ts';
import { breaks, type World } from './world.ts';

/** Which zone a till's settings called the shop's, from a moment of true time on. */
export type ZoneSince = Readonly<{ zone: string; sinceMs: number }>;

/** Called wherever a till's settings may have become others. */
export function noteZone(world: World, pc: Pc): void {
  const { zone = SHOP_ZONE } = (pc.settings ?? {}) as { zone?: string };
  if (pc.zones.at(-1)?.zone !== zone) pc.zones.push({ zone, sinceMs: world.clock.nowMs() });
}

export const zoneOf = ({ zones }: Pc, atMs = Number.POSITIVE_INFINITY): string => zones.findLast(({ sinceMs }) => sinceMs <= atMs)?.zone ?? SHOP_ZONE;

/** It was called too late for its day, and by no zone that was set since then is its day over: a disk that refuses may have kept it from being written. */
export function checkExpired(world: World, pc: Pc, { move, state, outcome, accountId, paymentId, decidedOn, changedAtMs }: Action, coarseMs: number): void {
  const intent = world.bank.intent(paymentId);
  if (move.kind !== 'reverse' || state !== 'expired' || outcome?.code !== 'too-late' || typeof intent?.paidAtMs !== 'number') return;
  const holdEnds = intent.captureMode === 'Manual' ? holdEndsAtMs(intent, world.bank.switches()) : Number.POSITIVE_INFINITY;
  // Decided while nobody had paid, it is about the day on which the request to pay was made. Where Dojo does not say when a hold began, or
  // said it after this till's last reading, it may be that day for all the till knows.
  const isDayUnsaid = intent.captureMode === 'Manual' && !pc.disk.payments.get(`${accountId} ${paymentId}`)?.payment.paidAtMs;
  const dayOfMs = decidedOn?.status === 'Created' || isDayUnsaid ? intent.createdAtMs : intent.paidAtMs;
  const calledAtMs = changedAtMs - coarseMs;
  const zones = [zoneOf(pc, calledAtMs), ...pc.zones.flatMap(({ zone, sinceMs }) => (sinceMs > calledAtMs ? zone : []))];
  const endsAtMs = Math.min(holdEnds, ...zones.map((zone) => shopMidnightMs(dayOfMs, zone)));
  if (world.clock.nowMs() < endsAtMs - coarseMs)
    breaks(world, 'notTooEarlyEither', `${pc.name}: the reversal of ${paymentId} is called too late before the midnight in ${zoneOf(pc)}`);
}
