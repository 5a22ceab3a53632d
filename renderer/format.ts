import { isTakenByDojo, minorDigits, minuteUpMs } from '../preload/choices.ts';

const LOCALE = 'en-GB';

/** One formatter per options: making them is slow, and a list asks for thousands. */
function remembered<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const fresh = make(key);
    made.set(key, fresh);
    return fresh;
  };
}

const moneyFormat = remembered((currency) => new Intl.NumberFormat(LOCALE, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }));
const timeFormat = remembered((timeZone) => new Intl.DateTimeFormat(LOCALE, { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }));
const dayFormat = remembered((timeZone) => new Intl.DateTimeFormat(LOCALE, { timeZone, weekday: 'short', day: 'numeric', month: 'short' }));
const dayShortFormat = remembered((timeZone) => new Intl.DateTimeFormat(LOCALE, { timeZone, day: 'numeric', month: 'short' }));
const dayKeyFormat = remembered((timeZone) => new Intl.DateTimeFormat(LOCALE, { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }));
const longDate = new Intl.DateTimeFormat(LOCALE, { timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const shortDate = new Intl.DateTimeFormat(LOCALE, { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' });

/** How many digits of a currency are pence. One that nobody knows is counted in its minor units. */
export const pennyDigits = (currency: string): number => minorDigits(currency) ?? 0;

export function currencySymbol(currency: string): string {
  return (
    moneyFormat(currency)
      .formatToParts(0)
      .find((part) => part.type === 'currency')?.value ?? currency
  );
}

/** `1234.50` from 123450. Built from digits: an amount never passes through a float. */
function decimalOf(amountMinor: number, digits: number): string {
  const text = String(Math.abs(amountMinor)).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** £1,234.50 from 123450, with a true minus sign; another currency than Dojo's two as Dojo says it: `JPY 1,234`. As main says it (`inWords`). */
export function formatMoney(amountMinor: number, currency: string): string {
  const decimal = decimalOf(amountMinor, pennyDigits(currency));
  const formatted = isTakenByDojo(currency) ? moneyFormat(currency).format(decimal as `${number}`) : inCode(decimal, currency);
  return amountMinor < 0 ? `−${formatted}` : formatted;
}

function inCode(decimal: string, currency: string): string {
  const [units = '', pence] = decimal.split('.');
  const grouped = `${units.replace(/\B(?=(\d{3})+$)/g, ',')}${pence === undefined ? '' : `.${pence}`}`;
  return `${currency} ${grouped}${minorDigits(currency) === null ? ' minor units' : ''}`;
}

/** Money given back carries a minus sign. */
export const formatGivenBack = (amountMinor: number, currency: string): string =>
  amountMinor === 0 ? formatMoney(0, currency) : formatMoney(-Math.abs(amountMinor), currency);

/** 14:32 in the shop's zone. */
export const formatTime = (ms: number, zone: string): string => timeFormat(zone).format(ms);

/** The same of what ends then. */
export const formatTimeUp = (untilMs: number, zone: string): string => formatTime(minuteUpMs(untilMs), zone);

/** Fri 20 Nov in the shop's zone. */
export const formatDay = (ms: number, zone: string): string => dayFormat(zone).format(ms).replace(',', '');

/** 20 Nov in the shop's zone, where the weekday has no room. */
export const formatDayShort = (ms: number, zone: string): string => dayShortFormat(zone).format(ms);

/** 14:32 on the same day as `nowMs`, else Fri 20 Nov, 14:32. */
export function formatWhen(ms: number, zone: string, nowMs: number): string {
  const sameDay = dayKeyFormat(zone).format(ms) === dayKeyFormat(zone).format(nowMs);
  return sameDay ? formatTime(ms, zone) : `${formatDay(ms, zone)}, ${formatTime(ms, zone)}`;
}

/** The same of what ends then. */
export const formatWhenUp = (untilMs: number, zone: string, nowMs: number): string => formatWhen(minuteUpMs(untilMs), zone, nowMs);

/** 14:32 on the same day as `nowMs`, else Fri 20 Nov: where there is no room for both. */
export const formatWhenShort = (ms: number, zone: string, nowMs: number): string =>
  dayKeyFormat(zone).format(ms) === dayKeyFormat(zone).format(nowMs) ? formatTime(ms, zone) : formatDay(ms, zone);

/** Friday 20 November 2026, from yyyy-mm-dd. A calendar date has no zone. */
export const formatDate = (date: string, length: 'long' | 'short' = 'long'): string =>
  (length === 'long' ? longDate : shortDate).format(Date.parse(`${date}T12:00:00Z`)).replace(',', '');

/** The date so many days later, as yyyy-mm-dd. */
export const addDays = (date: string, days: number): string => new Date(Date.parse(`${date}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** What is left until then, in the two largest units: `2 d 4 h`, `2 h 10 min`, `3 min`, `less than a minute`; null when it is over. */
export function timeLeft(ms: number, nowMs: number): string | null {
  if (ms <= nowMs) return null;
  const minutes = Math.floor((ms - nowMs) / 60_000);
  if (minutes < 1) return 'less than a minute';
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  if (hours > 0) return rest > 0 ? `${hours} h ${rest} min` : `${hours} h`;
  return `${rest} min`;
}

/** How long ago it was, in words: `less than a minute ago`, `3 minutes ago`, `2 hours ago`, `2 days ago`. */
export function timeAgo(ms: number, nowMs: number): string {
  const minutes = Math.floor((nowMs - ms) / 60_000);
  if (minutes < 1) return 'less than a minute ago';
  const [count, unit] = minutes < 60 ? [minutes, 'minute'] : minutes < 1440 ? [Math.floor(minutes / 60), 'hour'] : [Math.floor(minutes / 1440), 'day'];
  return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}
