import type { SeededRandom } from './random.ts';

/** How busy each hour of the shop's wall clock is: breakfast, lunch and dinner stand out. */
const BUSY_BY_HOUR: readonly number[] = [0.04, 0.02, 0.02, 0.02, 0.02, 0.05, 0.3, 1, 1.6, 1.3, 1.1, 1.4, 2.4, 2.2, 1.3, 1, 1, 1.2, 1.8, 2, 1.7, 1, 0.5, 0.2];
const SLOT_MS = 15 * 60_000;

type Slot = { startMs: number; endMs: number; weight: number };

function slotsOf(fromMs: number, toMs: number, zone: string): readonly Slot[] {
  const slots: Slot[] = [];
  for (let startMs = fromMs; startMs < toMs; startMs += SLOT_MS) {
    const endMs = Math.min(startMs + SLOT_MS, toMs);
    const { hour } = Temporal.Instant.fromEpochMilliseconds(startMs).toZonedDateTimeISO(zone);
    slots.push({ startMs, endMs, weight: ((BUSY_BY_HOUR[hour] ?? 0) * (endMs - startMs)) / SLOT_MS });
  }
  return slots;
}

const weightOf = (slots: readonly Slot[]): number => slots.reduce((sum, { weight }) => sum + weight, 0);

/** The share of a day's trade that is done by a moment of it. */
export function shareDone(startMs: number, nowMs: number, endMs: number, zone: string): number {
  const whole = weightOf(slotsOf(startMs, endMs, zone));
  return whole > 0 ? weightOf(slotsOf(startMs, nowMs, zone)) / whole : 1;
}

/** So many moments of trade in [fromMs, toMs], in order, thicker in the busy hours. Whole seconds where there is room for them. */
export function tradeTimes(count: number, fromMs: number, toMs: number, zone: string, random: SeededRandom): readonly number[] {
  const slots = slotsOf(fromMs, toMs, zone);
  const moment = (): number => {
    if (slots.length === 0) return toMs;
    const slot = random.weighted(slots, ({ weight }) => weight);
    const atMs = slot.startMs + random.fraction() * (slot.endMs - slot.startMs);
    return Math.max(fromMs, Math.floor(atMs / 1000) * 1000);
  };
  return Array.from({ length: count }, moment).sort((a, b) => a - b);
}
