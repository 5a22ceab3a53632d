import { type Capture, isKnownStatus, isUnnamedCapture, KNOWN_STATUSES, likenessOf, type Payment } from './payment.ts';

/** How much further one reading is than another in one thing: more than 0, less, or 0; null: each is further in something. */
type Further = number | null;

/** What nothing at Dojo takes back tells which of two readings is the later one, whatever they are dated: the first that differs. */
function furtherBy(read: Payment, known: Payment): Further {
  const byCaptures = capturesFurther(read, known);
  if (byCaptures !== 0) return byCaptures;
  if (read.refundedMinor !== known.refundedMinor) return read.refundedMinor - known.refundedMinor;
  return statusFurther(read, known);
}

/** A capture is never taken off the list, and what the bank said of it stands. */
function capturesFurther({ captures: now }: Payment, { captures: before }: Payment): Further {
  // Of two API versions one lists none: that is no news of the payment.
  if (now === null || before === null) return 0;
  // One that was listed without an id may have one by now.
  const nameOf = [...now, ...before].some(isUnnamedCapture) ? likenessOf : ({ id }: Capture) => id;
  const [nowTold, toldBefore] = [tallyOf(now, nameOf), tallyOf(before, nameOf)];
  const [isOn, isBack] = [isBeyond(nowTold, toldBefore), isBeyond(toldBefore, nowTold)];
  return isOn && isBack ? null : Number(isOn) - Number(isBack);
}

/** How many captures are listed under a name, and of how many of them the bank has said its word. */
type Tally = ReadonlyMap<string, Readonly<{ listed: number; told: number }>>;
const NONE = { listed: 0, told: 0 };

function tallyOf(captures: readonly Capture[], nameOf: (capture: Capture) => string): Tally {
  const tally = new Map<string, { listed: number; told: number }>();
  for (const capture of captures) {
    const { listed, told } = tally.get(nameOf(capture)) ?? NONE;
    tally.set(nameOf(capture), { listed: listed + 1, told: told + Number(capture.status !== 'Created') });
  }
  return tally;
}

/** Shows a capture that the other does not, or the bank's word on one. */
const isBeyond = (these: Tally, others: Tally): boolean =>
  [...these].some(([name, { listed, told }]) => listed > (others.get(name) ?? NONE).listed || told > (others.get(name) ?? NONE).told);

/** Where no capture is listed a decline may have put a hold back from `Captured`: of those the status tells nothing. */
function statusFurther(read: Payment, known: Payment): Further {
  if (!isKnownStatus(read.status) || !isKnownStatus(known.status)) return 0;
  const isWithoutCaptures = ({ captureMode, captures }: Payment) => captureMode === 'Manual' && captures === null;
  if ((isWithoutCaptures(read) || isWithoutCaptures(known)) && read.status === 'Captured' && known.status === 'Authorized') return 0;
  return KNOWN_STATUSES.indexOf(read.status) - KNOWN_STATUSES.indexOf(known.status);
}

/**
 * Whether a reading is to be believed instead of what is known: pages and single readings overtake each other. Dojo's date of the payment
 * tells, but the servers that date a change may be seconds apart, and not every answer has a date: what has gone on is newer whatever its date.
 * Nor does every change move the date: of two that are dated alike the one that was asked for later is the newer one (`isAskedLater`).
 */
export function isNewer(read: Payment, known: Payment, { datedMs = known.updatedAtMs, isAskedLater = true } = {}): boolean {
  const further = furtherBy(read, known);
  if (further !== null && further > 0) return true;
  return read.updatedAtMs > datedMs || (read.updatedAtMs === datedMs && isAskedLater);
}
