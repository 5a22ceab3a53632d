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

/** Dojo takes pounds and euros (specification, Money). Of another currency nothing is asked of it. */
const SYMBOLS: Readonly<Record<string, string>> = { GBP: '£', EUR: '€' };
export const isTakenByDojo = (currency: string): boolean => Object.hasOwn(SYMBOLS, currency);

/** Currencies by the digits of their minor unit (ISO 4217). One that is not here is not guessed at. */
const CODES_BY_DIGITS: readonly (readonly [digits: number, codes: string])[] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [
    2,
    'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW',
  ],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
];
const DIGITS: ReadonlyMap<string, number> = new Map(CODES_BY_DIGITS.flatMap(([digits, codes]) => codes.split(' ').map((code) => [code, digits] as const)));

/** How many digits of an amount stand after the point; null: not known. */
export const minorDigits = (currency: string): number | null => DIGITS.get(currency) ?? null;

/**
 * "£1,234.05", "JPY 1,234", and where nobody knows where the point belongs "XYZ 123,405 minor units". Always British in form, in
 * main's own sentences and on the page.
 */
export function inWords({ amountMinor, currency }: Money): string {
  const sign = amountMinor < 0 ? '−' : '';
  const places = minorDigits(currency);
  const digits = String(Math.abs(amountMinor)).padStart((places ?? 0) + 1, '0');
  const units = (places ? digits.slice(0, -places) : digits).replace(/\B(?=(\d{3})+$)/g, ',');
  const point = places ? `.${digits.slice(-places)}` : '';
  return `${sign}${SYMBOLS[currency] ?? `${currency} `}${units}${point}${places === null ? ' minor units' : ''}`;
}
