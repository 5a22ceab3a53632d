import type { NewPayment } from '../../main/simulator/new-payment.ts';
import type { SeededRandom } from '../../main/simulator/random.ts';
import type { Deed, Schedule, Step } from './schedule.ts';

/**
 * What a shop, a PC or Dojo can do beyond an everyday fault. Each is drawn by itself, from chance of its own, so that any two of them
 * meet in some seed, and one more of them changes nothing in the seeds that do not have it.
 */
export type Feature = Readonly<{
  /** In how many of all seeds it is. */
  chance: number;
  add(schedule: Schedule, random: SeededRandom): Schedule;
  /** Counted when the world is made, not when it is met: there is nothing to meet. */
  standing?: true;
}>;

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export const RARE = 0.025;
export const COMMON = 0.04;
/** Planned, and met in less than half of the seeds that plan it: nothing may ask for what it would befall. */
export const SELDOM_MET = 0.06;

type Happening = Deed & { till?: number; afterMs?: number };

/** What happens at a time of its own, and what goes with it at once. `place`: among the steps, instead of anywhere. */
export const happens = (schedule: Schedule, random: SeededRandom, deeds: readonly Happening[], place: number | null = null): Schedule => {
  // The first steps set the clocks.
  const at = place ?? random.whole(Math.min(schedule.tills, schedule.steps.length), schedule.steps.length);
  const till = random.whole(0, schedule.tills - 1);
  const steps = deeds.map((deed): Step => ({ till, ...deed, afterMs: deed.afterMs ?? random.whole(0, 8) * SECOND_MS }));
  return { ...schedule, steps: schedule.steps.toSpliced(at, 0, ...steps) };
};
export const onTill = (till: number, deeds: readonly Deed[]): (Deed & { till: number })[] => deeds.map((deed) => ({ ...deed, till }));

const decides = (random: SeededRandom): Deed =>
  random.chance(0.75)
    ? { do: 'take', pick: random.fraction(), share: random.pick(['whole', 'half', 'five-pounds', 'five-pounds'] as const), again: 'no' }
    : random.chance(0.7)
      ? { do: 'refund', pick: random.fraction(), share: random.pick(['whole', 'five-pounds'] as const), again: 'no' }
      : { do: 'undo', pick: random.fraction() };
export const several = (random: SeededRandom, least: number, most: number): Deed[] => Array.from({ length: random.whole(least, most) }, () => decides(random));

/** One more payment, of a shape of its own. */
export const withPayment = (schedule: Schedule, payment: NewPayment): Schedule => ({ ...schedule, payments: [...schedule.payments, payment] });
