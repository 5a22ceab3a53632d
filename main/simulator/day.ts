import { tradingDay } from '../core/day/day.ts';
import { withCharges } from './charges.ts';
import { oldLinks } from './links.ts';
import type { NewPayment } from './new-payment.ts';
import { type SeededRandom, seededRandom } from './random.ts';
import {
  cancelledRequest,
  declinedHold,
  euroSale,
  hold,
  type Moment,
  partRefundedSale,
  partTakenHold,
  refundedSale,
  releasedHold,
  type Sale,
  sale,
  takenHold,
  undoneSale,
  unpaid,
} from './sales.ts';
import { shareDone, tradeTimes } from './trade-times.ts';

export type ShopDayOptions = Readonly<{
  seed: number;
  nowMs: number;
  zone: string;
  dayStartMinutes: number;
  /** Exactly so many open holds, those of earlier days among them, nothing of them taken. */
  holds?: number;
  /** Exactly so many payments, all of the trading day except the holds of earlier days. */
  payments?: number;
  /** Only what was sold on the trading day itself. */
  todayOnly?: boolean;
  /** Service charge, cashback, tips on holds and totals that differ, on some of them. */
  charges?: boolean;
  /** So many links of the last thirty days besides. */
  links?: number;
}>;

/** A day that has just begun still has something to practise on. */
const TODAY_LEAST = 30;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What a day has besides plain sales, the most useful to practise on first. */
const SPECIALS: readonly Sale[] = [
  unpaid,
  refundedSale,
  undoneSale,
  takenHold,
  partRefundedSale,
  unpaid,
  euroSale,
  cancelledRequest,
  releasedHold,
  takenHold,
  unpaid,
  undoneSale,
  refundedSale,
  unpaid,
  takenHold,
  partRefundedSale,
  cancelledRequest,
  takenHold,
  unpaid,
  euroSale,
];

/** How a hold of an earlier day ends: two soon and in opposite ways, the others within days. */
const ENDINGS = [
  { daysAgo: 2, endsInMs: 2 * HOUR_MS - 600_000, action: 'Release' },
  { daysAgo: 3, endsInMs: 5 * HOUR_MS, action: 'Capture' },
  { daysAgo: 1, endsInMs: 21 * HOUR_MS, action: 'Release' },
  { daysAgo: 4, endsInMs: 44 * HOUR_MS, action: 'Release' },
  { daysAgo: 2, endsInMs: 3 * DAY_MS, action: 'Capture' },
] as const;

/** A believable shop's day, with what was asked for besides. That draws on chance of its own: the day itself stays the same. */
export function shopDay(options: ShopDayOptions): readonly NewPayment[] {
  const day = plainDay(options);
  const payments = options.charges ? withCharges(day, seededRandom((options.seed ^ 0xc4a26e) >>> 0)) : day;
  return options.links ? [...payments, ...oldLinks(options.links, options.nowMs, seededRandom((options.seed ^ 0x117) >>> 0))] : payments;
}

/**
 * A believable shop's trading day up to now, and what is still open of the days before. The same options give the same day;
 * nothing in it lies in the future. Early in the day more of the trade lies on the day before.
 */
function plainDay({ seed, nowMs, zone, dayStartMinutes, holds, payments, todayOnly = false }: ShopDayOptions): readonly NewPayment[] {
  const random = seededRandom(seed);
  const today = tradingDay(nowMs, zone, dayStartMinutes);
  const wholeDay = random.whole(132, 172);
  const holdsWanted = holds ?? random.whole(16, 24);
  const earlier = todayOnly ? 0 : Math.min(ENDINGS.length, Math.floor(holdsWanted / 3));
  const share = shareDone(today.startMs, nowMs, today.endMs, zone);
  const soFar = Math.max(TODAY_LEAST, Math.round(wholeDay * share));
  const holdsToday = holds !== undefined ? holds - earlier : Math.min(holdsWanted - earlier, Math.floor(soFar * 0.4));
  const todayCount = payments !== undefined ? payments - earlier : Math.max(soFar, holdsToday);
  if (todayCount < holdsToday) throw new Error(`expected room for ${holds} holds among ${payments} payments`);

  const room = todayCount - holdsToday;
  const specials = SPECIALS.slice(0, Math.floor(room * (room < 60 ? 0.5 : 1)));
  // Asked for by number, holds are plain ones: a test can tell what each will be.
  const someTaken: readonly Sale[] = holds === undefined ? [partTakenHold, declinedHold, partTakenHold, partTakenHold] : [];
  const held = Array.from({ length: holdsToday }, (_, place) => someTaken[place] ?? hold);
  const plain = Array.from({ length: room - specials.length }, () => sale);
  const kinds = shuffled([...held, ...specials, ...plain], random);
  const sold = (times: readonly number[], sales: readonly Sale[], firstSerial: number) =>
    times.map((atMs, place) => (sales[place] ?? sale)(random, { atMs, nowMs, zone, serial: firstSerial + place }));

  const soldToday = sold(tradeTimes(kinds.length, today.startMs, nowMs, zone, random), kinds, 40);
  if (todayOnly) return soldToday;
  const openBefore = ENDINGS.slice(0, earlier).map((ending) => earlierHold(ending, { atMs: today.startMs, nowMs, zone, serial: 0 }, random));
  const yesterday = tradingDay(today.startMs - 1, zone, dayStartMinutes);
  const countBefore = payments !== undefined ? 0 : Math.max(0, wholeDay - todayCount);
  // Yesterday's clock stops with its day: a refund of today would not belong to it.
  const before = tradeTimes(countBefore, yesterday.startMs, yesterday.endMs - HOUR_MS, zone, random).map((atMs, place) =>
    (place % 23 === 7 ? refundedSale : sale)(random, { atMs, nowMs: yesterday.endMs - 1, zone, serial: 900 + place }),
  );
  return [...openBefore, ...before, ...soldToday];
}

/** `moment.atMs` is the start of today. */
function earlierHold({ daysAgo, endsInMs, action }: (typeof ENDINGS)[number], moment: Moment, random: SeededRandom): NewPayment {
  const { nowMs } = moment;
  const atMs = Math.floor((moment.atMs - (daysAgo - 1) * DAY_MS - random.whole(2, 8) * HOUR_MS) / 1000) * 1000;
  const payment = hold(random, { ...moment, atMs });
  const paidAtMs = payment.paidAtMs ?? atMs;
  const endsAtMs = nowMs + endsInMs + random.whole(-5, 5) * 60_000;
  // The specification allows less than seven days, written in whole seconds.
  return { ...payment, autoExpireInMs: Math.floor((endsAtMs - paidAtMs) / 1000) * 1000, autoExpireAction: action };
}

function shuffled<T>(items: readonly T[], random: SeededRandom): readonly T[] {
  return items
    .map((item) => ({ item, rank: random.fraction() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
