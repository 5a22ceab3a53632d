import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Ledger } from '../../main/ports/ledger.ts';
import { createArrivals } from '../../main/simulator/arrivals.ts';
import { seededRandom } from '../../main/simulator/random.ts';
import type { Patch, PaymentView, Snapshot } from '../../preload/contract.ts';
import { applyPatch } from '../../renderer/patch.ts';
import { startShop } from '../a-shop.ts';
import type { Bound, Moment } from './readings.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Six in the morning in London: every day's play has the shop's midnight in it. */
export const START_MS = Date.parse('2026-06-15T05:00:00Z');
/** What the simulated Dojo remembers: its own memory must not look like the till's. */
const REMEMBERED_MS = 2 * DAY_MS;
/** The page is loaded again this often. */
const RELOAD_EVERY_MS = 2 * HOUR_MS;

/** One day against the next, which is like it. */
export const BOUNDS: Readonly<Record<string, Bound>> = { 'heap bytes': { most: 1.1 }, timers: { most: 2 }, payments: { most: 1.5 }, actions: { most: 2 } };

export type SoakOptions = Readonly<{
  days: number;
  customersADay: number;
  ledger: Ledger;
  seed?: number;
  /** Hears every patch beside the page. */
  onPatch?: (patch: Patch) => void;
  onMoment?: (moment: Moment) => void;
}>;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
export const collectGarbage = (): void => {
  // What the first one frees may have held what the second one frees.
  collect();
  collect();
};

/**
 * A busy shop on simulated time: customers day and night, somebody who takes holds and undoes sales, a page that listens and is
 * loaded again, and a line that breaks. Tells after each day what is held: at the same time of the next, the same.
 */
export async function playDays({ days, customersADay, ledger, seed = 7, onPatch, onMoment }: SoakOptions): Promise<readonly Moment[]> {
  const shop = await startShop({ startMs: START_MS, ledger });
  const { clock, bank, till, wire } = shop;
  const random = seededRandom(seed);
  const meanMs = DAY_MS / customersADay;
  createArrivals({ bank, clock, random, leastMs: Math.round(meanMs / 2), mostMs: Math.round(meanMs * 1.5) }).start();
  // Nobody looks for most of a day and a night: reads come once a minute.
  till.setFocused(false);

  let patches = 0;
  let decided = 0;
  let shown: Snapshot | null = null;
  const receive = (patch: Patch): void => {
    patches += 1;
    if (shown) shown = applyPatch(shown, patch);
    onPatch?.(patch);
  };
  let stopListening = till.onPatch(receive);

  async function reloadPage(): Promise<void> {
    stopListening();
    stopListening = till.onPatch(receive);
    shown = await shop.look();
  }

  async function decide(): Promise<void> {
    const { payments } = await shop.look();
    // Holds first: a shop that never took them would have more of them each day.
    const holds = payments.filter(({ moves }) => moves.capture.open);
    const view = holds.at(-1) ?? (payments.length > 0 ? random.pick(payments) : null);
    const wanted = view && wantedOf(view);
    if (!wanted) return;
    const answer = await shop.call('submit', { requests: [{ requestId: `soak ${decided}`, paymentId: view.id, ...wanted }] });
    if (answer.ok) decided += 1;
    await shop.call('getPayment', { paymentId: view.id });
  }

  async function cutLine(): Promise<void> {
    wire.setCable(true);
    await clock.run(random.whole(5, 240) * 1_000);
    wire.setCable(false);
  }

  async function playUntil(untilMs: number): Promise<void> {
    for (let nextReloadMs = clock.nowMs(); clock.nowMs() < untilMs; ) {
      await clock.run(5 * MINUTE_MS);
      await decide();
      if (random.chance(0.03)) await cutLine();
      if (clock.nowMs() < nextReloadMs) continue;
      nextReloadMs += RELOAD_EVERY_MS;
      await reloadPage();
      bank.forgetBefore(clock.nowMs() - REMEMBERED_MS);
    }
  }

  /** What waits for a few seconds after a change is none that stays: the least of ten seconds. */
  async function timersThatStay(): Promise<number> {
    let least = shop.timersWaiting();
    for (let second = 1; second <= 10; second += 1) {
      await clock.run(1_000);
      least = Math.min(least, shop.timersWaiting());
    }
    return least;
  }

  const moments: Moment[] = [];
  for (let day = 1; day <= days; day += 1) {
    await playUntil(START_MS + day * DAY_MS);
    await clock.run(MINUTE_MS);
    const timers = await timersThatStay();
    const { payments, actions } = await shop.look();
    collectGarbage();
    const moment: Moment = {
      atMinute: (clock.nowMs() - START_MS) / MINUTE_MS,
      readings: {
        'heap bytes': process.memoryUsage().heapUsed,
        timers,
        payments: payments.length,
        actions: actions.length,
        patches,
        decided,
      },
    };
    moments.push(moment);
    onMoment?.(moment);
  }
  if (shop.errors.length > 0) throw new Error(`expected no errors in the till: ${shop.errors[0]}`);
  await shop.close();
  return moments;
}

/** The first move that is open: a hold's whole rest, or an undo. */
function wantedOf({ moves, leftMinor }: PaymentView): Record<string, unknown> | null {
  if (moves.capture.open) return { kind: 'capture', amount: leftMinor };
  if (moves.reverse.open) return { kind: 'reverse' };
  return null;
}
