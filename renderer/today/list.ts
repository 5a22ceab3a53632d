import type { PaymentState, PaymentView } from '../../preload/contract.ts';
import { isUnknownToKey, toTakeMinor } from '../holds/open-holds.ts';
import { FILTERS, type Filter } from '../view.ts';
import { matchesSearch } from './search.ts';

type OfState = Exclude<Filter, 'all' | 'attention' | 'on-hold'>;

/** Where nothing of it is on hold. */
const FILTER_OF_STATE: Readonly<Record<PaymentState, OfState | null>> = {
  'on-hold': null,
  // What was captured of a hold that has ended.
  'part-taken': 'paid',
  // With the bank: no longer to capture, and not captured before the bank has said so.
  taking: 'capturing',
  'capture-declined': 'not-paid',
  'capture-failed': 'not-paid',
  paid: 'paid',
  undone: 'given-back',
  refunded: 'given-back',
  'part-refunded': 'given-back',
  'not-paid': 'not-paid',
  cancelled: 'not-paid',
  unknown: null,
};

export const FILTER_WORDS: Readonly<Record<Filter, string>> = {
  all: 'All',
  'on-hold': 'On hold',
  attention: 'Needs attention',
  paid: 'Paid',
  'given-back': 'Refunded and reversed',
  'not-paid': 'Not paid',
  capturing: 'Capturing',
};

/** Something of it is on hold and not with the bank, as the day's sums count it. */
const isOnHold = (payment: PaymentView): boolean =>
  payment.holdEnds !== null && !isUnknownToKey(payment) && (payment.totalMinor === 0 || payment.totalMinor > payment.takenMinor + payment.takingMinor);

const fits = (payment: PaymentView, filter: Filter): boolean => {
  if (filter === 'all') return true;
  if (filter === 'attention') return payment.attention !== null;
  if (filter === 'on-hold') return isOnHold(payment);
  // What was given back of a captured part is counted there whatever is held still.
  return (filter === 'given-back' || !isOnHold(payment)) && FILTER_OF_STATE[payment.state] === filter;
};

/** When it was paid, or made while nobody has paid. */
export const shownAtMs = (payment: PaymentView): number => payment.paidAtMs ?? payment.createdAtMs;

/** A day's payments, newest first. */
export const ofDay = (payments: readonly PaymentView[], date: string): PaymentView[] =>
  payments.filter((payment) => payment.date === date).sort((a, b) => shownAtMs(b) - shownAtMs(a) || (a.id < b.id ? 1 : -1));

export type Shown = Readonly<{ rows: readonly PaymentView[]; counts: Readonly<Record<Filter, number>> }>;

/** What needs attention of the days before: it is not on the day's list, and stands with what needs attention there. */
export const neededBefore = (payments: readonly PaymentView[], date: string): PaymentView[] =>
  payments.filter((payment) => payment.attention !== null && payment.date < date).sort((a, b) => shownAtMs(b) - shownAtMs(a));

/** The rows to show, and how many each filter would show with the same search. `before`: what needs attention of the days before. */
export function shownRows(payments: readonly PaymentView[], search: string, filter: Filter, before: readonly PaymentView[] = []): Shown {
  const find = (all: readonly PaymentView[]) => (search.trim() === '' ? all : all.filter((payment) => matchesSearch(payment, search)));
  const [found, also] = [find(payments), find(before)];
  const fitting = (each: Filter) => [...found.filter((payment) => fits(payment, each)), ...(each === 'attention' ? also : [])];
  const counts = Object.fromEntries(FILTERS.map((each) => [each, fitting(each).length])) as Record<Filter, number>;
  return { rows: filter === 'all' ? found : fitting(filter), counts };
}

export type EarlierHolds = Readonly<{
  count: number;
  byCurrency: readonly Readonly<{ currency: string; leftMinor: number }>[];
  /** The one that ends first. */
  soonest: NonNullable<PaymentView['holdEnds']> | null;
}>;

/** Holds of the days before: they are not on the day's list and must not be forgotten. */
export function earlierHolds(payments: readonly PaymentView[], date: string): EarlierHolds {
  const holds = payments.filter((payment) => payment.date < date && payment.holdEnds !== null && toTakeMinor(payment) > 0);
  const sums = new Map<string, number>();
  for (const hold of holds) sums.set(hold.currency, (sums.get(hold.currency) ?? 0) + hold.onHoldMinor);
  const ends = holds.flatMap((hold) => hold.holdEnds ?? []).sort((a, b) => a.atMs - b.atMs);
  return { count: holds.length, byCurrency: [...sums].map(([currency, leftMinor]) => ({ currency, leftMinor })), soonest: ends[0] ?? null };
}
