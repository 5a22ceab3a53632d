import { type Closings, closingsAround, type IsoDate, weekdayTime } from '../day/day.ts';
import { inWords, money } from '../money.ts';

/** An open hold, as far as warnings look at it. */
export type OpenHold = Readonly<{
  paymentId: string;
  reference: string;
  currency: string;
  /** Still to capture, less what is promised and on its way. */
  leftMinor: number;
  /** Of that, what was decided to be captured and is not on its way. */
  standingMinor: number;
  heldAtMs: number;
  endsAtMs: number;
  /** What Dojo does then; null: not said. */
  action: 'Release' | 'Capture' | null;
}>;

export type WarningSetting = Readonly<{
  /** The corrected clock. */
  nowMs: number;
  zone: string;
  dayStartMinutes: number;
  isOn: boolean;
  closingMinutes: number | null;
}>;

/** The setting with its closing times, worked out once for all holds: zone arithmetic is slow. */
type Moment = WarningSetting & Readonly<{ closings: Closings | null }>;

type EndMark = '24 h' | '48 h';
type Mark = EndMark | `closing ${IsoDate}`;
/** By payment: the marks that a person was told of. */
export type Warned = Readonly<Record<string, readonly string[]>>;
export type HoldWarning = Readonly<{ title: string; body: string }>;

const HOUR_MS = 3_600_000;
const ENDING_SOON_MS = 24 * HOUR_MS;
/** What a clock that was put right may have moved without anybody having been told too early. */
const CLOCKS_APART_MS = 10 * 60_000;
/** A PC that slept at closing time still says it this long after; the next morning nobody needs it. */
const CLOSING_LATE_MS = 2 * HOUR_MS;

/**
 * What a person is to be told now, as one warning for all the holds it is about, and what counts as told from then on. Each hold is
 * told of once at each of its marks. What was told of holds that are no longer open is let go; where nothing changes, `warned` is
 * given back as it was.
 */
export function planWarnings(holds: readonly OpenHold[], setting: WarningSetting, warned: Warned): Readonly<{ warning: HoldWarning | null; warned: Warned }> {
  const kept = Object.fromEntries(holds.map((hold) => [hold.paymentId, toldInTime(hold, setting, warned)] as const).filter(([, marks]) => marks.length > 0));
  const unchanged = Object.values(kept).flat().length === Object.values(warned).flat().length;
  const { nowMs, zone, dayStartMinutes, closingMinutes } = setting;
  const moment = { ...setting, closings: closingMinutes === null ? null : closingsAround(nowMs, zone, dayStartMinutes, closingMinutes) };
  const due = holds.filter((hold) => isAtRisk(hold, moment) && newsOf(hold, moment, kept).length > 0);
  if (due.length === 0) return { warning: null, warned: unchanged ? warned : kept };
  const told = due.map((hold) => [hold.paymentId, [...new Set([...(kept[hold.paymentId] ?? []), ...marksOf(hold, moment)])]]);
  const news = due.flatMap((hold) => newsOf(hold, moment, kept));
  return { warning: warningOf(due, news, moment), warned: { ...kept, ...Object.fromEntries(told) } };
}

/**
 * What was told of a hold, but for marks that are still to come: a clock that was ahead told of them too early, and when their time
 * comes nobody may think of it any more.
 */
function toldInTime(hold: OpenHold, setting: WarningSetting, warned: Warned): readonly string[] {
  const { nowMs, zone, dayStartMinutes, closingMinutes } = setting;
  const soonMs = nowMs + CLOCKS_APART_MS;
  const reached: readonly string[] = endMarks(hold, { nowMs: soonMs });
  const lastClosed = closingMinutes === null ? null : closingsAround(soonMs, zone, dayStartMinutes, closingMinutes).last.day.date;
  const isReached = (mark: string): boolean =>
    mark === '24 h' || mark === '48 h' ? reached.includes(mark) : lastClosed === null || mark.slice('closing '.length) <= lastClosed;
  return (warned[hold.paymentId] ?? []).filter(isReached);
}

const isAtRisk = (hold: OpenHold, { isOn, nowMs }: Moment): boolean => isOn && hold.leftMinor > 0 && nowMs < hold.endsAtMs;

const marksOf = (hold: OpenHold, moment: Moment): readonly Mark[] => [...endMarks(hold, moment), ...closingMarks(hold, moment)];

/** The marks worth telling: of those before the end the nearest one alone, for who is told of 24 hours has no use for the 48 behind them. */
function newsOf(hold: OpenHold, moment: Moment, warned: Warned): readonly Mark[] {
  return [...endMarks(hold, moment).slice(0, 1), ...closingMarks(hold, moment)].filter((mark) => !warned[hold.paymentId]?.includes(mark));
}

/** The marks before its end that are reached, nearest first. */
function endMarks({ heldAtMs, endsAtMs, action }: OpenHold, { nowMs }: Pick<Moment, 'nowMs'>): readonly EndMark[] {
  const lifeMs = endsAtMs - heldAtMs;
  // A hold of a day or less is not worth a warning the moment it is made, but when half of it is over.
  const isWithinDay = endsAtMs - nowMs <= Math.min(ENDING_SOON_MS, lifeMs / 2);
  // What is taken by itself loses nothing: once is enough, for who wants to take less.
  const isWithinTwo = action !== 'Capture' && lifeMs > 2 * ENDING_SOON_MS && endsAtMs - nowMs <= 2 * ENDING_SOON_MS;
  return [...(isWithinDay ? ['24 h' as const] : []), ...(isWithinTwo ? ['48 h' as const] : [])];
}

/** At closing time: the day's own holds, and those that end before the shop closes again. Not what is taken by itself. */
function closingMarks(hold: OpenHold, { nowMs, closings }: Moment): readonly Mark[] {
  if (!closings || hold.action === 'Capture') return [];
  const { last, nextAtMs } = closings;
  const isOver = nowMs < last.atMs || nowMs >= last.atMs + CLOSING_LATE_MS;
  if (isOver || hold.heldAtMs >= last.atMs) return [];
  return hold.heldAtMs >= last.day.startMs || hold.endsAtMs <= nextAtMs ? [`closing ${last.day.date}`] : [];
}

// ---- words

function warningOf(due: readonly OpenHold[], news: readonly Mark[], { zone, closings }: Moment): HoldWarning {
  if (closings && news.some((mark) => mark !== '24 h' && mark !== '48 h')) {
    const title = `Closing time: ${due.length === 1 ? 'a hold is' : `${due.length} holds are`} still to capture`;
    const ending = due.filter((hold) => hold.endsAtMs <= closings.nextAtMs);
    const before = ending.length === 0 ? 'None of it ends before you close again.' : `Before you close again ${fateInWords(ending)}.`;
    return { title, body: `${namedAlone(due)}${sumInWords(due)} is on hold. ${before}${standingInWords(due)}` };
  }
  const title = `${due.length === 1 ? 'A hold ends' : `${due.length} holds end`} within ${news.includes('48 h') ? 48 : 24} h`;
  const firstEndsAtMs = Math.min(...due.map((hold) => hold.endsAtMs));
  const ends = `${due.length === 1 ? 'It' : 'The first'} ends ${weekdayTime(firstEndsAtMs, zone)}.`;
  return { title, body: `${namedAlone(due)}${fateInWords(due)}. ${ends}${standingInWords(due)}` };
}

const namedAlone = ([first, ...others]: readonly OpenHold[]): string => (first?.reference && others.length === 0 ? `${first.reference}: ` : '');

/** "£84.00 is lost unless taken, £20.00 is taken in full by itself". */
function fateInWords(holds: readonly OpenHold[]): string {
  const part = (action: OpenHold['action'], words: string) => {
    const those = holds.filter((hold) => hold.action === action);
    return those.length === 0 ? [] : `${sumInWords(those)} ${words}`;
  };
  return [
    part('Release', 'is lost unless captured'),
    part(null, 'may be lost unless captured (Dojo does not say)'),
    part('Capture', 'is captured in full by itself'),
  ]
    .flat()
    .join(', ');
}

/** Whoever decided it takes it for captured. */
function standingInWords(holds: readonly OpenHold[]): string {
  const standing = holds.filter(({ standingMinor }) => standingMinor > 0).map((hold) => ({ ...hold, leftMinor: hold.standingMinor }));
  return standing.length === 0 ? '' : ` ${sumInWords(standing)} of that was decided here, and is not captured yet.`;
}

/** "£84.00 and €10.00": different currencies are never added up. */
function sumInWords(holds: readonly OpenHold[]): string {
  const sums = new Map<string, number>();
  for (const { currency, leftMinor } of holds) sums.set(currency, (sums.get(currency) ?? 0) + leftMinor);
  return [...sums].map(([currency, leftMinor]) => inWords(money(leftMinor, currency))).join(' and ');
}

/** What the page says as long as it is so: the holds that end within 24 hours and would be lost; null: there are none. */
export function endingInWords(holds: readonly OpenHold[], nowMs: number): string | null {
  const ending = holds.filter(
    ({ leftMinor, endsAtMs, action }) => leftMinor > 0 && action !== 'Capture' && nowMs < endsAtMs && endsAtMs - nowMs <= ENDING_SOON_MS,
  );
  if (ending.length === 0) return null;
  return `${ending.length === 1 ? '1 hold ends' : `${ending.length} holds end`} within 24 h: ${fateInWords(ending)}.${standingInWords(ending)}`;
}
