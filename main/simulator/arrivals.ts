import type { WallClock } from '../ports/clock.ts';
import type { Bank } from './bank.ts';
import type { SeededRandom } from './random.ts';
import { hold, sale, unpaid } from './sales.ts';

export type ArrivalsOptions = Readonly<{
  bank: Bank;
  clock: WallClock;
  random: SeededRandom;
  leastMs?: number;
  mostMs?: number;
  onArrival?: () => void;
}>;

const UNPAID_MOST = 8;

/** Customers who come while you watch: one every 15 to 40 seconds, most of them paying at once. */
export function createArrivals({ bank, clock, random, leastMs = 15_000, mostMs = 40_000, onArrival }: ArrivalsOptions) {
  let undo: (() => void) | null = null;

  function arrive(): void {
    const nowMs = clock.nowMs();
    bank.advance(nowMs);
    const waiting = bank.intents().filter(({ status }) => status === 'Created');
    const payer = waiting.length > 0 && random.chance(waiting.length > UNPAID_MOST ? 0.6 : 0.15) ? random.pick(waiting) : null;
    const kind = random.chance(0.78) ? sale : random.chance(0.6) ? hold : unpaid;
    if (payer) bank.pay(payer.id, nowMs);
    else {
      const payment = kind(random, { atMs: nowMs, nowMs, zone: bank.zone, serial: bank.intents().length });
      // Ids are drawn from a small generator: on the rare day it draws one again, this customer walks past.
      if (!payment.id || !bank.intent(payment.id)) bank.addPayment(payment, nowMs);
    }
    onArrival?.();
  }

  function next(): void {
    undo = clock.after(random.whole(leastMs, mostMs), () => {
      arrive();
      next();
    });
  }

  return {
    start(): void {
      if (!undo) next();
    },
    stop(): void {
      undo?.();
      undo = null;
    },
  };
}
