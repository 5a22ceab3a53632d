import { inWords, money } from '../money.ts';
import { type Action, asSent, isOpen, wasSent } from '../queue/action.ts';
import {
  asFirstSent,
  type Baseline,
  CLOCKS_APART_MS,
  capturesDoneHere,
  looksDoubled,
  looksRefundedTwice,
  mayComeLate,
  mayShowFromBefore,
  refundedHereMinor,
  refundedSinceMinor,
  showsUnconfirmed,
} from '../queue/evidence.ts';
import { capturesSince } from './captures-since.ts';
import { ELSEWHERE_OR_AT_END, type EndedBy, endedBy, takenBy } from './ended-by-itself.ts';
import { type Capture, captureTotalMinor, countsAsCaptured, KNOWN_STATUSES, type Payment } from './payment.ts';

/** What another till, or somebody in Dojo's own app, can change about a payment. */
export type ChangeKind = 'capture' | 'refund' | 'reverse' | 'cancel' | 'amount' | 'tips';

/** A change at Dojo that nothing done on this till explains. `what` is a sentence for a cashier. */
export type Change = Readonly<{ kind: ChangeKind; amountMinor: number | null; what: string }>;

/**
 * A change as this till noticed it. `capturedMinor`: of a capture, with its tips. `refundedMinor`: of a refund, or of several together.
 * `isReversal`: it was reversed, or its hold released.
 */
export type Noticed = Readonly<{ atMs: number; what: string; capturedMinor?: number; refundedMinor?: number; isReversal?: true }>;

/** And not, perhaps, by a request of this till or by the hold's own end. */
export const isSurelyElsewhere = ({ what }: Pick<Noticed, 'what'>): boolean => what.endsWith(' elsewhere.');

const ARRIVED_TWICE = 'by a request of this till that arrived twice';
/** A no may be the answer to a second one that a proxy made of it, or be wrong. */
const REFUSED = 'by a request of this till that Dojo refused';
const UNCONFIRMED = 'by a request of this till that Dojo did not confirm';

/** Whoever did it, it is none of what is called done here. */
const isBesidesOurs = ({ what }: Noticed): boolean => !what.includes(UNCONFIRMED);

/** By whom or what it was done, as far as anybody can tell. `ended`: whether a hold's own end may have done it. */
function doneBy(ours: string | null, ended: EndedBy = 'somebody'): string {
  if (ended === 'either') return ours ? `elsewhere, at the hold’s own end, or ${ours}.` : ELSEWHERE_OR_AT_END;
  return ours ? `elsewhere, or ${ours}.` : 'elsewhere.';
}

const byOurs = (action: Action): string => (action.state === 'done' ? ARRIVED_TWICE : mayComeLate(action) ? UNCONFIRMED : REFUSED);

/** Something this till did may still show on the payment, or already show unexplained: what changed is judged once it is settled. */
export const mayExplain = (action: Action): boolean =>
  isOpen(action) && action.move.kind !== 'sendReceipt' && (wasSent(action) || action.state === 'needsPerson');

/** Whether a reading says anything else about money, status or captures than what was known. */
export const isChanged = (before: Baseline, now: Payment): boolean =>
  before.status !== now.status ||
  before.refundedMinor !== now.refundedMinor ||
  before.amountMinor !== now.amountMinor ||
  before.tipsMinor !== now.tipsMinor ||
  (before.captureIds === null) !== (now.captures === null) ||
  (now.captures ?? []).some((capture) => !before.captureIds?.includes(capture.id)) ||
  (before.captureIds?.length ?? 0) > (now.captures?.length ?? 0);

/**
 * What changed between two readings that nothing done here explains. `actions` are this till's on the payment, in any state.
 * null: an action under way may explain it, or what it did does not show yet; asked again with the next reading. Not another till's doing: the customer paying, the bank's
 * word on a capture, a hold or a request to pay that ends by itself. `noticed`: what was told of it before. `readFromMs`: it was not read
 * before that.
 */
export function changesElsewhere(
  before: Baseline,
  now: Payment,
  all: readonly Action[],
  noticed: readonly Noticed[] = [],
  readFromMs = Number.NEGATIVE_INFINITY,
): readonly Change[] | null {
  if (!isChanged(before, now)) return [];
  const actions = asAnswered(now, all, readFromMs);
  if (actions === null || actions.some(mayExplain)) return null;
  // Something was refunded, and not all that this till did shows yet: whose it is tells the reading that shows all.
  const shownOnceMinor = (some: readonly Action[]) => before.refundedMinor + refundedSinceMinor(before, some);
  const certain = actions.filter(({ outcome }) => outcome?.settledBy !== 'person');
  if (now.refundedMinor > before.refundedMinor && now.refundedMinor < Math.max(shownOnceMinor(certain), refundedHereMinor(certain))) return null;
  const doneHere = (kind: Action['move']['kind']) => actions.some(({ move, state }) => move.kind === kind && state === 'done');
  const amount = (minor: number) => inWords(money(minor, now.currency));
  const changes: Change[] = [];
  const tell = (kind: ChangeKind, amountMinor: number | null, what: string) => void changes.push({ kind, amountMinor, what });
  const becomes = (status: string) => now.status === status && before.status !== status;
  const othersThan = (action: Action) => actions.filter((other) => other !== action);
  /** Nor is it said for certain that it was another till, where it may have been a request of this one. */
  const elsewhere = (kind: Action['move']['kind'], ended?: EndedBy) =>
    doneBy(actions.some((action) => action.move.kind === kind && showsUnconfirmed(action, now, othersThan(action))) ? UNCONFIRMED : null, ended);
  const ended = endedBy(now);

  for (const capture of newCaptures(before, now, actions, noticed)) {
    const totalMinor = captureTotalMinor(capture);
    const ours = actions.find((action) => looksDoubled(action, { ...now, captures: [capture] }, othersThan(action)));
    tell('capture', totalMinor, `A capture of ${amount(totalMinor)} was made ${doneBy(ours ? byOurs(ours) : null, takenBy(now, capture))}`);
  }
  // Without a list of captures the status is all that tells, and not how much.
  const isUnlisted = (before.captureIds ?? []).length === 0 && (now.captures ?? []).length === 0;
  if (isUnlisted && now.captureMode === 'Manual' && before.status === 'Authorized' && becomes('Captured') && !doneHere('capture') && ended !== 'itself')
    tell('capture', null, `It was captured ${doneBy(null, ended)}`);

  // What was told is none of what is called done here: the reading before a send may be older than the one that told it.
  const besideToldMinor = (some: readonly Action[]) => refundedHereMinor(some, 0) + toldRefundsMinor(noticed, some);
  const expectedMinor = (some: readonly Action[]) => Math.max(shownOnceMinor(some), refundedHereMinor(some, before.refundedMinor), besideToldMinor(some));
  // Nor does a word explain what was there before its request went out.
  const shownMinor = (some: readonly Action[]) => Math.max(expectedMinor(some), refundedHereMinor(some.map(ofAnySend)));
  const counted = withWordsThatFit(actions, (some) => shownMinor(some) <= now.refundedMinor);
  const refundedMinor = now.refundedMinor - expectedMinor(counted);
  const isTwice = actions.some((action) => looksRefundedTwice(action, now, othersThan(action)));
  const mayBeRefused = actions.some((action) => action.sentBefore?.sends === 0 && !counted.includes(action));
  const byWhom = isTwice ? doneBy(ARRIVED_TWICE) : mayBeRefused ? doneBy(REFUSED) : elsewhere('refund');
  if (refundedMinor > 0) tell('refund', refundedMinor, `${amount(refundedMinor)} was refunded ${byWhom}`);
  else if (becomes('Refunded') && now.refundedMinor === 0 && !doneHere('refund')) tell('refund', null, 'It was refunded elsewhere.');

  if (becomes('Reversed') && !doneHere('reverse') && ended !== 'itself')
    tell('reverse', null, `${now.captureMode === 'Manual' ? 'The hold was released' : 'It was reversed'} ${elsewhere('reverse', ended)}`);
  if (becomes('Canceled') && !doneHere('cancel') && ended !== 'itself') tell('cancel', null, `It was cancelled ${elsewhere('cancel')}`);

  // What a customer pays may differ from what was asked, by tips for one: only what changes before that was changed by somebody.
  if (before.status === 'Created' && now.status === 'Created') {
    const setHere = (kind: 'setAmount' | 'setTips', minor: number) =>
      actions.some(({ move, state }) => move.kind === kind && state === 'done' && move.amount === minor);
    if (now.amountMinor !== before.amountMinor && !setHere('setAmount', now.amountMinor))
      tell('amount', now.amountMinor, `The amount was changed to ${amount(now.amountMinor)} ${elsewhere('setAmount')}`);
    if (now.tipsMinor !== before.tipsMinor && !setHere('setTips', now.tipsMinor))
      tell('tips', now.tipsMinor, `The tips were changed to ${amount(now.tipsMinor)} ${elsewhere('setTips')}`);
  }
  return changes;
}

/**
 * Refunds that were let go once more, and of which Dojo shows no more once they are done: its yes was the answer to an earlier request. null:
 * it was not read after that, so what was let go may still be to show.
 */
function asAnswered(now: Payment, actions: readonly Action[], readFromMs: number): readonly Action[] | null {
  const fits = (some: readonly Action[]) => refundedHereMinor(some) <= now.refundedMinor;
  const isWord = ({ outcome }: Action) => outcome?.settledBy === 'person';
  const answered = actions.map((action) => (action.state === 'done' && !isWord(action) ? asFirstSent(action) : action));
  // What only a person called done may never have been made: it tells nothing of the others, but where all of them fit so.
  const fitsWithoutWords = fits(actions.filter((action) => !isWord(action)));
  if (fits(actions) || (fitsWithoutWords && !fits(answered))) return actions;
  return answered.some((one, at) => one !== actions[at] && one.changedAtMs + CLOCKS_APART_MS >= readFromMs) ? null : answered;
}

/** A person's word may be of any of its sends; what Dojo said no to, and a person let go once more, counts as none. */
const ofAnySend = (action: Action): Action => (mayShowFromBefore(action) ? asSent(action) : action);

/** A refund shows as a whole: what a person called done is not in it where it would have risen by more. The newest that fit count. */
function withWordsThatFit(actions: readonly Action[], fits: (some: readonly Action[]) => boolean): readonly Action[] {
  const words = actions.filter(({ outcome }) => outcome?.settledBy === 'person');
  const left = new Set(words);
  const counted = () => actions.filter((action) => !left.has(action));
  for (const word of words.toReversed()) {
    left.delete(word);
    if (!fits(counted())) left.add(word);
  }
  return counted();
}

function newCaptures(before: Baseline, now: Payment, actions: readonly Action[], noticed: readonly Noticed[]): readonly Capture[] {
  // A change of API version brings or takes away the whole list: that is no news of the payment.
  if (before.captureIds === null || now.captures === null) return [];
  const known = new Set(before.captureIds);
  const fresh = capturesSince(now.captures, known);
  const isFresh = new Set(fresh);
  const old = now.captures.filter((capture) => !isFresh.has(capture));
  const explained = capturesDoneHere({ ...now, captures: old }, actions);
  const toldToo = alsoTold(explained, old, noticed);
  // What explained an earlier reading explains no second one: by a PC clock that is wrong another till's may be the nearer.
  const ours = new Set(
    capturesDoneHere(
      { ...now, captures: fresh },
      actions.filter((action) => !explained.has(action)),
    ).values(),
  );
  const left = fresh.filter((capture) => !ours.has(capture));
  for (const [action, capture] of capturesDoneHere({ ...now, captures: left }, [...toldToo])) if (isMadeBeforeItsEnd(capture, action)) ours.add(capture);
  // One that the bank has turned down moved nothing.
  const isNews = (capture: Capture) => countsAsCaptured(capture) && takenBy(now, capture) !== 'itself';
  return fresh.filter((capture) => !ours.has(capture) && isNews(capture));
}

/**
 * Actions that fit a capture which was told as made elsewhere: it was there before they were sent, on an older reading, and is not theirs.
 * Which of several equal ones was told does not matter, only how many.
 */
function alsoTold(explained: ReadonlyMap<Action, Capture>, known: readonly Capture[], noticed: readonly Noticed[]): ReadonlySet<Action> {
  const told = noticed.filter(isBesidesOurs).flatMap(({ capturedMinor }) => capturedMinor ?? []);
  const takeTold = (capture: Capture): boolean => {
    const at = told.indexOf(captureTotalMinor(capture));
    if (at >= 0) told.splice(at, 1);
    return at >= 0;
  };
  const ours = new Set(explained.values());
  for (const capture of known) if (!ours.has(capture)) takeTold(capture);
  const unnamed = [...explained].filter(([action, capture]) => action.outcome?.captureId !== capture.id);
  const isToldToo = ([, capture]: readonly [Action, Capture]) => takeTold(capture);
  return new Set(
    unnamed
      .toReversed()
      .filter(isToldToo)
      .map(([action]) => action),
  );
}

/** From its first send until it ended, where the clock that dated these was right: what came later is somebody's own decision. */
const isMadeBeforeItsEnd = ({ createdAtMs }: Capture, { firstSentAtMs, baseline, changedAtMs }: Action): boolean =>
  baseline?.isUndated === true || (createdAtMs <= changedAtMs + CLOCKS_APART_MS && createdAtMs >= (firstSentAtMs ?? 0) - CLOCKS_APART_MS);

/** Refunds that were told, but for what this till had sent before and Dojo confirmed after all, in minor units. */
function toldRefundsMinor(noticed: readonly Noticed[], actions: readonly Action[]): number {
  const told = noticed.filter(({ refundedMinor }) => refundedMinor !== undefined);
  const firstMs = Math.min(...told.filter((one) => !isBesidesOurs(one)).map(({ atMs }) => atMs));
  const confirmed = actions.filter(({ firstSentAtMs, changedAtMs }) => firstSentAtMs !== null && firstSentAtMs < firstMs && changedAtMs > firstMs);
  return Math.max(0, told.reduce((sum, { refundedMinor = 0 }) => sum + refundedMinor, 0) - refundedHereMinor(confirmed, 0));
}

/**
 * What was told as done elsewhere, but for refunds that a person has called this till's own since: where Dojo shows no more than was done
 * here, nobody else made one.
 */
export function besidesSettled(noticed: readonly Noticed[], payment: Payment, actions: readonly Action[]): readonly Noticed[] {
  if (!actions.some(({ move, state, outcome }) => move.kind === 'refund' && state === 'done' && outcome?.settledBy === 'person')) return noticed;
  let othersMinor = payment.refundedMinor - refundedHereMinor(actions.map(asFirstSent), 0);
  return noticed.filter(({ refundedMinor }) => {
    if (refundedMinor === undefined) return true;
    const isOthers = othersMinor > 0;
    othersMinor -= refundedMinor;
    return isOthers;
  });
}

/**
 * What is known after a reading was judged. Readings overtake each other where Dojo does not date a change: what was there once
 * is not news when it comes back.
 */
export function knownSince(before: Baseline, now: Baseline): Baseline {
  const further = (status: string) => (KNOWN_STATUSES as readonly string[]).indexOf(status);
  return {
    ...now,
    status: further(before.status) > further(now.status) ? before.status : now.status,
    captureIds: now.captureIds === null ? before.captureIds : [...new Set([...(before.captureIds ?? []), ...now.captureIds])],
    refundedMinor: Math.max(before.refundedMinor, now.refundedMinor),
    updatedAtMs: Math.max(before.updatedAtMs ?? 0, now.updatedAtMs ?? 0),
  };
}
