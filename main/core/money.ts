/** An amount of money: an integer in minor units (pence, cents) and its ISO 4217 code. Never a float. */
export type Money = Readonly<{ amountMinor: number; currency: string }>;

/** The largest amount the till handles, in minor units: far above any card payment, far below 2^53. */
export const AMOUNT_MINOR_MAX = 99_999_999_99;

export function money(amountMinor: number, currency: string): Money {
  if (!Number.isSafeInteger(amountMinor)) throw new Error(`expected whole minor units, got ${amountMinor}`);
  return { amountMinor, currency };
}

/** Adds amounts of one currency; different currencies are a broken invariant and throw. */
export function add(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new Error(`expected one currency, got ${a.currency} and ${b.currency}`);
  return money(a.amountMinor + b.amountMinor, a.currency);
}

export const isAmountMinor = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value <= AMOUNT_MINOR_MAX;

/** "£1,234.05": words for main's own sentences, always British in form. The page formats by the shop's locale. */
export function inWords({ amountMinor, currency }: Money): string {
  const sign = amountMinor < 0 ? '−' : '';
  const digits = String(Math.abs(amountMinor)).padStart(3, '0');
  const units = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  const symbol = currency === 'GBP' ? '£' : currency === 'EUR' ? '€' : `${currency} `;
  return `${sign}${symbol}${units}.${digits.slice(-2)}`;
}
