import { calendarDay } from '../core/day/day.ts';
import { type NewPayment, newIntentId, randomCard } from './new-payment.ts';
import type { SeededRandom } from './random.ts';

/** When a payment was made, and how far its past may reach, in the shop's zone. `serial` counts the shop's orders. */
export type Moment = Readonly<{ atMs: number; nowMs: number; zone: string; serial: number }>;
export type Sale = (random: SeededRandom, moment: Moment) => NewPayment;

const ITEMS = ['Breakfast', 'Lunch for two', 'Coffee and cake', 'Sunday roast', 'Pizza night', 'Afternoon tea', 'Fish of the day', 'Set menu'] as const;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A price as a menu has it: many small ones, few large ones, ending in 0 or 5. */
const price = (random: SeededRandom, leastMinor: number, mostMinor: number): number =>
  Math.round((leastMinor + (mostMinor - leastMinor) * random.fraction() ** 2) / 5) * 5;

const later = (random: SeededRandom, { atMs, nowMs }: Moment): number => Math.floor(atMs + (nowMs - atMs) * random.fraction());

const made = (random: SeededRandom, { atMs }: Moment) => ({ id: newIntentId(random), card: randomCard(random), createdAtMs: atMs });

/** What the customer paid by card, and when: a few seconds after the till asked for it. */
const paid = (random: SeededRandom, moment: Moment) => ({
  ...made(random, moment),
  paidAtMs: Math.min(moment.nowMs, moment.atMs + random.whole(4, 40) * 1000),
});

const tableSale: Sale = (random, moment) => {
  const amountMinor = price(random, 1_450, 13_800);
  return {
    ...paid(random, moment),
    amountMinor,
    tipsMinor: random.chance(0.4) ? Math.round((amountMinor * random.pick([10, 12.5])) / 100) : 0,
    tipsAllowed: true,
    reference: `Table ${random.whole(1, 28)}`,
    description: random.pick(ITEMS),
  };
};
const counterSale: Sale = (random, moment) => ({
  ...paid(random, moment),
  amountMinor: price(random, 280, 1_900),
  reference: `Counter ${moment.serial}`,
  description: random.pick(['Take-away', 'Coffee', 'Bakery']),
});
const orderSale: Sale = (random, moment) => ({
  ...paid(random, moment),
  amountMinor: price(random, 900, 7_500),
  reference: `Order ${1000 + moment.serial}`,
  description: random.pick(['Click and collect', 'Delivery', 'Gift voucher', 'Hamper']),
});

/** A sale that Dojo takes by itself. */
export const sale: Sale = (random, moment) => random.pick([tableSale, tableSale, counterSale, counterSale, orderSale])(random, moment);

/** A hold: taken later, by a person. */
export const hold: Sale = (random, moment) => {
  const kind = random.pick([
    { reference: `Room ${random.whole(101, 318)}`, description: 'Room and extras', least: 8_500, most: 42_000 },
    { reference: `Bar tab ${random.whole(1, 40)}`, description: 'Open tab', least: 2_000, most: 12_000 },
    { reference: `Booking ${random.whole(3000, 3999)}`, description: 'Table deposit', least: 2_000, most: 8_000 },
    { reference: `Hire ${random.whole(500, 599)}`, description: 'Bicycle hire deposit', least: 5_000, most: 20_000 },
  ]);
  return {
    ...paid(random, moment),
    captureMode: 'Manual',
    amountMinor: price(random, kind.least, kind.most),
    reference: kind.reference,
    description: kind.description,
    tipsAllowed: kind.description === 'Open tab',
    autoExpireInMs: random.pick([null, null, DAY_MS, 2 * DAY_MS, 3 * DAY_MS]),
    autoExpireAction: random.chance(0.75) ? 'Release' : 'Capture',
  };
};

const capturable = (payment: NewPayment) => payment.amountMinor + (payment.tipsMinor ?? 0);
const part = (random: SeededRandom, wholeMinor: number): number => Math.max(5, Math.floor((wholeMinor * random.whole(20, 60)) / 500) * 5);
/** A hold with a past, which cannot begin before it was paid. */
const sinceHeld = (random: SeededRandom, moment: Moment, payment: NewPayment): number => Math.max(payment.paidAtMs ?? 0, later(random, moment));

/** An undo belongs to the calendar day of the payment, whenever the trading day ends. */
function undoneAt(random: SeededRandom, moment: Moment, payment: NewPayment): number {
  const paidAtMs = payment.paidAtMs ?? moment.atMs;
  return Math.min(sinceHeld(random, moment, payment), calendarDay(paidAtMs, moment.zone).endMs - 1);
}

export const partTakenHold: Sale = (random, moment) => {
  const payment = hold(random, moment);
  return { ...payment, past: [{ kind: 'capture', atMs: sinceHeld(random, moment, payment), amountMinor: part(random, capturable(payment)) }] };
};
export const declinedHold: Sale = (random, moment) => {
  const payment = hold(random, moment);
  return { ...payment, past: [{ kind: 'capture', atMs: sinceHeld(random, moment, payment), amountMinor: capturable(payment), outcome: 'Declined' }] };
};
export const takenHold: Sale = (random, moment) => {
  const payment = hold(random, moment);
  return { ...payment, past: [{ kind: 'capture', atMs: sinceHeld(random, moment, payment), amountMinor: capturable(payment) }] };
};
export const releasedHold: Sale = (random, moment) => {
  const payment = hold(random, moment);
  return { ...payment, past: [{ kind: 'reverse', atMs: undoneAt(random, moment, payment) }] };
};
export const undoneSale: Sale = (random, moment) => {
  const payment = sale(random, moment);
  return { ...payment, past: [{ kind: 'reverse', atMs: undoneAt(random, moment, payment) }] };
};
export const refundedSale: Sale = (random, moment) => {
  const payment = sale(random, moment);
  return { ...payment, past: [{ kind: 'refund', atMs: sinceHeld(random, moment, payment), amountMinor: capturable(payment) }] };
};
export const partRefundedSale: Sale = (random, moment) => {
  const payment = tableSale(random, moment);
  return { ...payment, past: [{ kind: 'refund', atMs: sinceHeld(random, moment, payment), amountMinor: part(random, capturable(payment)) }] };
};
export const euroSale: Sale = (random, moment) => ({ ...sale(random, moment), currency: 'EUR' });

/** A request to pay that nobody has paid. */
export const unpaid: Sale = (random, moment) => {
  const kind = random.pick([
    { reference: `Invoice ${random.whole(2200, 2299)}`, description: 'Catering', least: 9_000, most: 90_000, custom: true, tips: false },
    { reference: `Table ${random.whole(1, 28)}`, description: 'Pay at table', least: 1_800, most: 11_000, custom: false, tips: true },
    { reference: `Order ${1000 + moment.serial}`, description: 'Payment link', least: 1_200, most: 9_000, custom: true, tips: true },
  ]);
  return {
    ...made(random, moment),
    paidAtMs: null,
    amountMinor: price(random, kind.least, kind.most),
    reference: kind.reference,
    description: kind.description,
    customAmountAllowed: kind.custom,
    tipsAllowed: kind.tips,
    expireAtMs: random.chance(0.5) ? null : moment.nowMs + random.whole(6, 72) * HOUR_MS,
  };
};
export const cancelledRequest: Sale = (random, moment) => ({ ...unpaid(random, moment), past: [{ kind: 'cancel', atMs: later(random, moment) }] });
