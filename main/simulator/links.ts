import { type NewPayment, newIntentId, randomCard } from './new-payment.ts';
import type { SeededRandom } from './random.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** An unpaid link lapses after thirty days. */
const OLDEST_MS = 30 * DAY_MS - 2 * 60 * MINUTE_MS;

/**
 * Links that were sent out over the last thirty days: most of them unpaid, some paid today, days after they were made,
 * and some that a customer pays while the shop is looked at.
 */
export const oldLinks = (count: number, nowMs: number, random: SeededRandom): readonly NewPayment[] =>
  Array.from({ length: count }, (_, place): NewPayment => {
    const agoMs = Math.floor((random.fraction() * OLDEST_MS) / 1000) * 1000;
    const link: NewPayment = {
      id: newIntentId(random),
      card: randomCard(random),
      amountMinor: random.whole(50, 9_000) * 5,
      reference: `Link ${2_000 + place}`,
      description: 'Payment link',
      captureMode: random.chance(0.3) ? 'Manual' : 'Auto',
      createdAtMs: nowMs - agoMs,
    };
    const then = random.fraction();
    if (then < 0.1) return { ...link, paidAtMs: nowMs - Math.min(agoMs, random.whole(1, 120) * MINUTE_MS) };
    return { ...link, paidAtMs: null, paysAtMs: then < 0.2 ? nowMs + random.whole(15, 1_800) * 1000 : null };
  });
