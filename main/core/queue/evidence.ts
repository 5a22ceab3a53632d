import { capturesSince } from '../payment/captures-since.ts';
import { endedBy, takenBy } from '../payment/ended-by-itself.ts';
import {
  type Capture,
  capturedMinor,
  countsAsCaptured,
  givenBackSinceMs,
  heldMinor,
  heldMostMinor,
  isSettling,
  isUnnamedCapture,
  type Payment,
  takenMinor,
} from '../payment/payment.ts';
import { type Action, asSent, isFinal, isOpen, type Move } from './action.ts';

/** What was known of a payment at one moment: when a person decided, or just before the first send. */
export type Baseline = Readonly<{
  status: string;
  /** null: this API version lists no captures. */
  captureIds: readonly string[] | null;
  /** Those of them that the bank had turned down; an older till did not write it down. */
  turnedDownIds?: readonly string[] | undefined;
  /** What Dojo had taken or was taking; null: an older till did not write it down. */
  capturedMinor: number | null;
  refundedMinor: number;
  amountMinor: number;
  tipsMinor: number;
  /** All that Dojo had done by then is in it. */
  readAtMs: number;
  /** Dojo's date of it; what an older till wrote down has none. Dojo documents of no change, of a refund for one, that it moves the date. */
  updatedAtMs?: number | undefined;
  /** Dojo told no time with it, or not the one that this till went by: `readAtMs`, and the times of the sends after it, may be wrong. */
  isUndated?: true | undefined;
}>;

export const baselineOf = (payment: Payment, readAtMs: number, isDated = true): Baseline => ({
  status: payment.status,
  captureIds: payment.captures?.map((capture) => capture.id) ?? null,
  ...(payment.captures && { turnedDownIds: payment.captures.filter((capture) => !countsAsCaptured(capture)).map(({ id }) => id) }),
  capturedMinor: capturedMinor(payment),
  refundedMinor: payment.refundedMinor,
  amountMinor: payment.amountMinor,
  tipsMinor: payment.tipsMinor,
  readAtMs,
  updatedAtMs: payment.updatedAtMs,
  ...(isDated ? {} : { isUndated: true }),
});

/** Dojo may still be working on a request this long after its answer was given up: only then does absence prove anything. */
export const SETTLING_MS = 90_000;
/** A baseline was read up to this long before it was written down (FRESH_READ_MS of the queue): what it misses may have been told since. */
export const READ_BEFORE_MS = 60_000;
/** Two servers' clocks, and a `Date` in whole seconds: a capture counts as made between two moments with this much to spare. */
export const CLOCKS_APART_MS = 30_000;

export type Verdict =
  | Readonly<{ kind: 'happened'; captureId: string | null }>
  | Readonly<{ kind: 'absent' }> // not there; it can still come until the settling time has passed
  | Readonly<{ kind: 'unreadable' }> // nothing Dojo shows could tell
  | Readonly<{ kind: 'conflict' }>; // something happened that one send of this action does not explain

/** A doubled request arrives close to the first; a later equal capture is somebody's own decision. */
const DOUBLED_WITHIN_MS = 5 * 60_000;
/** A request of which Dojo never said what became of it may come this long after it was sent. */
const WATCHED_MS = 24 * 3_600_000;

const HAPPENED: Verdict = { kind: 'happened', captureId: null };
const ABSENT: Verdict = { kind: 'absent' };
const UNREADABLE: Verdict = { kind: 'unreadable' };
const CONFLICT: Verdict = { kind: 'conflict' };

type CaptureMove = Extract<Move, { kind: 'capture' }>;
export const totalOf = (move: CaptureMove): number => move.amount + (move.tipsAmount ?? 0);

/**
 * Compares what Dojo shows now with what it showed before the send, less what other local actions explain.
 * `others` are the other actions on the same payment, in any state. A refund is never called happened: another till's refund of the
 * same amount looks just the same, and only Dojo's yes to the same key tells them apart. `isDenied`: Dojo said that it did nothing, or
 * a person took it back, and nothing is sent any more. Then a capture that the bank turned down is not against it.
 */
export function judge(action: Action, payment: Payment, others: readonly Action[], isDenied = false): Verdict {
  const { move, baseline } = action;
  if (!baseline) throw new Error(`expected a baseline on ${action.id} in ${action.state}`);
  switch (move.kind) {
    case 'capture': {
      if (payment.captures === null || baseline.captureIds === null) {
        // Before 2024-02-05 only the status can tell, and only of a capture of everything.
        const whole = takesAllThatIsLeft(move, { ...payment, captures: null });
        if (!whole || !others.every((other) => other.move.kind !== 'capture' || asSent(other).sends === 0)) return UNREADABLE;
        return payment.status === 'Captured' ? HAPPENED : payment.status === baseline.status ? ABSENT : CONFLICT;
      }
      const tellingBeside = (some: readonly Action[]) => {
        const equal = unexplainedCaptures(payment, baseline, some, action).filter((capture) => isOfAmounts(capture, move));
        return askedFor(payment, equal).filter((capture) => !isDenied || countsAsCaptured(capture));
      };
      const telling = tellingBeside(others);
      const [first] = telling;
      // What only a person called done may never have been made: what is new, and taken for it, may be this one's.
      if (!first) return tellingBeside(others.filter((other) => !isOnAWord(other))).length > 0 ? CONFLICT : ABSENT;
      return telling.length === 1 && isMadeByThisSend(first, action) ? { kind: 'happened', captureId: first.id } : CONFLICT;
    }
    case 'reverse':
      return payment.status === 'Reversed' ? HAPPENED : ABSENT;
    case 'cancel':
      return payment.status === 'Canceled' ? HAPPENED : ABSENT;
    case 'refund':
      // Less than before makes no sense, so nothing can be concluded from it.
      return payment.refundedMinor < baseline.refundedMinor || refundRiseMinor(action, payment, others) >= move.amount ? CONFLICT : ABSENT;
    case 'setAmount':
      return payment.amountMinor === move.amount ? HAPPENED : payment.amountMinor === baseline.amountMinor ? ABSENT : CONFLICT;
    case 'setTips':
      return payment.tipsMinor === move.amount ? HAPPENED : payment.tipsMinor === baseline.tipsMinor ? ABSENT : CONFLICT;
    case 'sendReceipt':
      return UNREADABLE;
  }
}

/** The last send was never before the first: a PC clock that was behind after a restart had dated it. null: it was not sent. */
export const lastSentMs = ({ firstSentAtMs, sentAtMs }: Action): number | null =>
  sentAtMs === null ? null : Math.max(sentAtMs, firstSentAtMs ?? Number.NEGATIVE_INFINITY);

/** Rather those that somebody asked for than one that Dojo took, or may have taken, by itself as the hold ended. */
function askedFor(payment: Payment, captures: readonly Capture[]): readonly Capture[] {
  const asked = captures.filter((capture) => takenBy(payment, capture) === 'somebody');
  return asked.length > 0 ? asked : captures;
}

/** Between the first send and the end of the settling time after the last. */
function isMadeByThisSend({ createdAtMs }: Capture, action: Action): boolean {
  const fromMs = action.firstSentAtMs ?? Number.NEGATIVE_INFINITY;
  const untilMs = (lastSentMs(action) ?? Number.POSITIVE_INFINITY) + SETTLING_MS;
  return createdAtMs >= fromMs - CLOCKS_APART_MS && createdAtMs <= untilMs + CLOCKS_APART_MS;
}

/** By how much `refundedAmount` rose since the baseline beyond what this till's other refunds explain, in minor units. */
export function refundRiseMinor({ baseline, seq }: Action, payment: Payment, others: readonly Action[]): number {
  // A refund done here before this one may show late: what it explains is not this one's. Where only a person said so it may never have
  // been made, and explains nothing.
  const isSure = (other: Action) => other.seq < seq && other.outcome?.settledBy !== 'person';
  const before = Math.max(baseline?.refundedMinor ?? 0, refundedHereMinor(others.filter(isSure).map(asFirstSent)));
  return payment.refundedMinor - before;
}

/**
 * All that is left, in one of the forms that Dojo may mean by that (with the charge, without it, or its own total), and a second one
 * would pass what is left, so that Dojo itself refuses it: it may be sent again without harm. What the bank may still decline leaves
 * room for a second one. Where no captures are listed, only a capture of the whole payment is known to be that.
 */
export function takesAllThatIsLeft(move: CaptureMove, payment: Payment): boolean {
  const forms = [heldMostMinor(payment), payment.totalMinor ?? heldMinor(payment), payment.amountMinor + payment.tipsMinor];
  const [claimed, taken] = payment.captures === null ? [0, 0] : [capturedMinor(payment), takenMinor(payment)];
  return totalOf(move) >= Math.min(...forms) - claimed && 2 * totalOf(move) > Math.max(...forms) - taken;
}

/** Nothing is left to capture, whoever did it. */
export const isCapturedWhole = (payment: Payment, hereMinor = 0): boolean => heldMinor(payment) - capturedMinor(payment, hereMinor) <= 0;

/** The hold was released, or ended so, whatever was captured before: Dojo refuses every capture from then on, also one that is late. */
export const isLetGo = ({ captureMode, status }: Payment): boolean => captureMode === 'Manual' && (status === 'Reversed' || status === 'Canceled');

/** The bank has said so, and to all that was asked of it: Dojo may call the total less than what the captures come to. */
export const isTakenWhole = (payment: Payment): boolean => heldMinor(payment) - takenMinor(payment) <= 0 && !isSettling(payment);

/** Captures done here, as this till knows them, in minor units: what bounds a payment of which Dojo lists none. */
export const capturedHereMinor = (actions: readonly Action[]): number =>
  actions.reduce((sum, { move, state }) => (move.kind === 'capture' && state === 'done' ? sum + totalOf(move) : sum), 0);

/**
 * A refund as it stands with what was known before any request of it went out, this till's or a copy's. Dojo's yes to one that a person let
 * go once more may be its answer to an earlier one, which was shown by then: it explains no more than one of its amount since that.
 */
export function asFirstSent(action: Action): Action {
  const { move, baseline, sentBefore, decidedFirst } = action;
  if (move.kind !== 'refund' || !baseline) return action;
  const here = sentBefore?.baseline && { baseline: sentBefore.baseline, firstSentAtMs: sentBefore.firstSentAtMs };
  // When a copy sent it nobody here knows.
  const elsewhere = decidedFirst && { baseline: decidedFirst, firstSentAtMs: null };
  let first = action;
  for (const sent of [here, elsewhere]) if (sent && sent.baseline.refundedMinor < (first.baseline ?? baseline).refundedMinor) first = { ...action, ...sent };
  return first;
}

/**
 * What a payment's `refundedAmount` must reach at least once Dojo shows every refund done here, in minor units. `knownMinor`: of what was
 * refunded before them no more is counted.
 */
export function refundedHereMinor(actions: readonly Action[], knownMinor = Number.POSITIVE_INFINITY): number {
  const beforeMinor = ({ baseline }: Action) => Math.min(baseline?.refundedMinor ?? 0, knownMinor);
  return actions.filter(isRefundDone).reduce((sum, action) => Math.max(sum, beforeMinor(action)) + action.move.amount, 0);
}

/** Refunds done here that a reading cannot have in it, in minor units. */
export function refundedSinceMinor(known: Baseline, actions: readonly Action[]): number {
  const { refundedMinor, readAtMs } = known;
  const notIn = new Set(refundsNotIn(refundedMinor, actions));
  // By times alone only where they are Dojo's, follow refunds, and are far enough apart: this PC's clock may be ahead of what Dojo says
  // of the payment.
  const isLater = ({ baseline, firstSentAtMs }: Action) =>
    !baseline?.isUndated && (firstSentAtMs ?? 0) > readAtMs + CLOCKS_APART_MS && !(baseline && isDateUnmoved(baseline, known));
  // By amounts alone not where a person settled it: it may never have been made.
  const mayNotBe = ({ outcome, firstSentAtMs }: Action) => outcome?.settledBy === 'person' && (firstSentAtMs ?? 0) <= readAtMs;
  return actions
    .filter(isRefundDone)
    .reduce((sum, action) => (isLater(action) || (notIn.has(action) && !mayNotBe(action)) ? sum + action.move.amount : sum), 0);
}

/** More is refunded than before, and the date is no later: a time that refunds do not move tells nothing of them. */
const isDateUnmoved = (before: Baseline, after: Baseline): boolean => after.refundedMinor > before.refundedMinor && datedMs(after) <= datedMs(before);

/** An older till wrote down only when it had read it: up to so much before the send. */
const datedMs = ({ updatedAtMs, readAtMs }: Baseline): number => updatedAtMs ?? readAtMs - READ_BEFORE_MS;

type Refund = Action & Readonly<{ move: Extract<Move, { kind: 'refund' }> }>;
const isRefundDone = (action: Action): action is Refund => action.move.kind === 'refund' && action.state === 'done';

/** Of the refunds done here those without which Dojo showed so much: with them it shows more. */
function refundsNotIn(refundedMinor: number, actions: readonly Action[]): readonly Refund[] {
  let shownMinor = 0;
  return actions.filter(isRefundDone).filter(({ move, baseline }) => {
    shownMinor = Math.max(shownMinor, baseline?.refundedMinor ?? 0) + move.amount;
    return baseline !== null && refundedMinor < shownMinor;
  });
}

/** No id came with it and Dojo did not say yes: a person settled it, or only the status tells. */
const isWithoutYes = (outcome: Action['outcome']): boolean => (outcome?.captureId ?? null) === null && outcome?.settledBy !== 'answer';

/** This till's done captures, each with the capture that Dojo shows for it; one that Dojo does not show yet is not in it. */
export function capturesDoneHere(payment: Payment, actions: readonly Action[]): ReadonlyMap<Action, Capture> {
  const captures = payment.captures ?? [];
  const claimed = new Set(actions.map((action) => action.outcome?.captureId ?? null));
  const spare = captures.filter((capture) => !claimed.has(capture.id));
  const byId = new Map(captures.map((capture) => [capture.id, capture]));
  const shown = new Map<Action, Capture>();
  for (const action of actions) {
    const { move, state, outcome, baseline } = action;
    if (move.kind !== 'capture' || state !== 'done') continue;
    const id = outcome?.captureId ?? null;
    const named = id === null ? undefined : byId.get(id);
    // Where no id came (a person settled it), or one that no list shows, a capture of the same amounts that was not there before is
    // this one: of several one that was there before the next was sent, and of those the one made closest to its first or its last send.
    const mayBeThis = named !== undefined ? [] : isWithoutName(action) ? spare : spare.filter(isUnnamedCapture);
    // A person's word may be of any of its sends.
    const before = outcome?.settledBy === 'person' && mayShowFromBefore(action) ? asSent(action).baseline : baseline;
    // Nor what was there when it was decided; one that was let go once more may have been made before that.
    const decided = mayShowFromBefore(action) ? null : action.decidedOn;
    const wasThere = ({ id }: Capture) => before?.captureIds?.includes(id) === true || decided?.captureIds?.includes(id) === true;
    const equal = mayBeThis.filter((capture) => isOfAmounts(capture, move));
    const fresh = equal.filter((capture) => !wasThere(capture));
    const isAgain = isAnsweredAgain(action) && !fresh.some((capture) => isMadeByThisSend(capture, action));
    const mayBe = askedFor(payment, isAgain ? equal.filter(wasThere) : fresh);
    const found = named ?? closest(seenFirst(mayBe, action, actions), action);
    if (!found) continue;
    shown.set(action, found);
    if (!named) spare.splice(spare.indexOf(found), 1);
  }
  return shown;
}

/**
 * Those that were the first to be there when a later action on the payment was decided or sent, else all. It is surer than times: Dojo
 * may say them by whole seconds, and the PC's clock may be wrong. No capture goes away again: where the fewest were there was first.
 */
function seenFirst(captures: readonly Capture[], { seq }: Action, actions: readonly Action[]): readonly Capture[] {
  let first = captures;
  const ids = new Set(captures.map(({ id }) => id));
  for (const { seq: laterSeq, decidedOn, baseline } of actions) {
    // There may be hundreds, and this is asked for each of them.
    if (first.length < 2) break;
    if (laterSeq <= seq) continue;
    for (const known of [decidedOn, baseline]) {
      const there = new Set(known?.captureIds?.filter((id) => ids.has(id)));
      if (there.size > 0 && there.size < first.length) first = captures.filter(({ id }) => there.has(id));
    }
  }
  return first;
}

/** No list names what it did: which capture that was is told by amounts and time, beside all others done here. */
export const isWithoutName = ({ outcome }: Action): boolean =>
  outcome?.captureId == null || isNumberOnItsPayment(outcome.captureId) || isUnnamedCapture({ id: outcome.captureId });

/** Version 2022-01-03 counts the captures of a payment ("1", "2"); the lists of later versions name the same ones otherwise. */
const isNumberOnItsPayment = (captureId: string): boolean => /^\d{1,6}$/.test(captureId);

/**
 * The number of a capture that was there before the send: Dojo knew the key, from a copy of this till for one, and said its answer once more.
 * No document says which captures Dojo counts, those that the bank turned down too or not: one that the send may have made is rather it.
 */
const isAnsweredAgain = ({ outcome, baseline }: Action): boolean => {
  const captureId = outcome?.captureId ?? null;
  return captureId !== null && isNumberOnItsPayment(captureId) && Number(captureId) <= (baseline?.captureIds?.length ?? 0);
};

/** Of captures that are equally far the first: Dojo may not say when they were made. */
function closest(captures: readonly Capture[], { firstSentAtMs, sentAtMs }: Action): Capture | undefined {
  const fromMs = (createdAtMs: number, atMs: number | null) => Math.abs(createdAtMs - (atMs ?? createdAtMs));
  const farMs = ({ createdAtMs }: Capture) => Math.min(fromMs(createdAtMs, firstSentAtMs), fromMs(createdAtMs, sentAtMs));
  let found: Readonly<{ capture: Capture; farMs: number }> | undefined;
  // Not sorted: there may be hundreds, and this is asked for each of them.
  for (const capture of captures) if (!found || farMs(capture) < found.farMs) found = { capture, farMs: farMs(capture) };
  return found?.capture;
}

const isOnAWord = ({ move, state, outcome }: Action): boolean =>
  (move.kind === 'capture' || move.kind === 'refund') && state === 'done' && outcome?.settledBy === 'person';

/** Until when a person's word alone stands for a capture or a refund, UTC epoch ms; null: it is not on a person's word. */
export const personsWordUntilMs = (action: Action): number | null => (isOnAWord(action) ? action.changedAtMs + WATCHED_MS : null);

/**
 * What a person called done, and of which Dojo shows nothing a day later: it was not. Not told of captures where Dojo lists none. What Dojo
 * shows decides again. Before a send a payment is read anew, so what does show by then is not done once more.
 */
export function wordsOutlived(payment: Payment, actions: readonly Action[], nowMs: number): readonly Action[] {
  const said = actions.filter((action) => nowMs >= (personsWordUntilMs(action) ?? Number.POSITIVE_INFINITY));
  if (said.length === 0) return [];
  const shown = capturesDoneHere(payment, actions);
  const isRefundShown = (seq: number) => payment.refundedMinor >= refundedHereMinor(actions.filter((action) => action.seq <= seq).map(asFirstSent));
  return said.filter((action) => (action.move.kind === 'refund' ? !isRefundShown(action.seq) : payment.captures !== null && !shown.has(action)));
}

/** Captures done here that what was read of the payment does not show yet, in minor units. */
export function unseenCapturesMinor(payment: Payment, actions: readonly Action[]): number {
  const shown = capturesDoneHere(payment, actions);
  return actions.reduce(
    (sum, action) => (action.move.kind === 'capture' && action.state === 'done' && !shown.has(action) ? sum + totalOf(action.move) : sum),
    0,
  );
}

const isOfAmounts = (capture: Capture, move: CaptureMove) => capture.amountMinor === move.amount && capture.tipsMinor === (move.tipsAmount ?? 0);

/** Captures of just these amounts since it was first sent that no other local action claims. */
export const unexplainedEqualCaptures = (action: Action, payment: Payment, others: readonly Action[]): readonly Capture[] => {
  const { move, baseline } = action;
  if (move.kind !== 'capture' || !baseline) return [];
  return unexplainedCaptures(payment, baseline, others, action).filter((capture) => isOfAmounts(capture, move));
};

/** What shows since it was sent, in minor units, where that is once just what it asked for; else null. */
export function showsJustThisMinor(action: Action, payment: Payment, others: readonly Action[]): number | null {
  const { move } = action;
  if (move.kind === 'refund') return refundRiseMinor(action, payment, others) === move.amount ? move.amount : null;
  return move.kind === 'capture' && unexplainedEqualCaptures(action, payment, others).length === 1 ? totalOf(move) : null;
}

/** Captures that `known` did not have yet and that no other local action claims. `own`: the action that `known` is the record of, if it is of one: it claims nothing. */
export function unexplainedCaptures(
  payment: Payment,
  known: Pick<Baseline, 'captureIds'>,
  others: readonly Action[],
  own: Action | null = null,
  shown = capturesDoneHere(payment, own ? [...others, own] : others),
): readonly Capture[] {
  const ids = new Set([...(known.captureIds ?? []), ...others.flatMap((other) => other.outcome?.captureId ?? [])]);
  const claimed = new Set([...shown].flatMap(([action, capture]) => (action === own ? [] : capture)));
  return capturesSince(payment.captures ?? [], ids).filter((capture) => !claimed.has(capture));
}

/** It ended without a yes of Dojo's: should it show all the same, it may have been this one. What was denied, or never sent, a person may have settled. */
const isEndedWithoutYes = (action: Action): boolean =>
  isFinal(action) && action.state !== 'done' && (action.state === 'withdrawn' || action.outcome?.settledBy !== 'person' || mayComeLate(action));

/** A person let it go once more, and what had been sent by then may have been done: Dojo has not said no to all of it. */
export const mayShowFromBefore = ({ sentBefore }: Pick<Action, 'sentBefore'>): boolean => sentBefore !== undefined && sentBefore.sends > 0;

/** A request of it went out of which Dojo never said, by a yes or a no, what became of it. */
export function mayComeLate({ state, sends, sentBefore, outcome }: Action): boolean {
  if (mayShowFromBefore({ sentBefore })) return true;
  if (state === 'refused' && outcome?.settledBy === 'person') return sends > 0 && outcome.code === 'settled-not';
  return state !== 'done' && sends > 0 && outcome?.settledBy !== 'answer';
}

const mayStillArrive = (other: Action): boolean => isOpen(other) && asSent(other).sends > 0;

/** From when on, and until when, what shows may be of this one. What was there when a person settled it was judged by that person. */
const watchedFromMs = ({ outcome, changedAtMs }: Action): number =>
  outcome?.code === 'settled-not' ? changedAtMs - CLOCKS_APART_MS : Number.NEGATIVE_INFINITY;
/** What shows and had it called done may be another till's. */
const isDoneByEvidence = ({ state, outcome }: Action): boolean => state === 'done' && outcome?.settledBy === 'evidence';
const watchedForMs = (action: Action): number => (mayComeLate(action) || isDoneByEvidence(action) ? WATCHED_MS : DOUBLED_WITHIN_MS);

/**
 * The payment is, from right then or, where it may come late, within a day, as this sent action would have left it, which Dojo did not
 * confirm. Another till, or this one's request after all: of two answers to one that a proxy doubled the second, a refusal, may be all
 * that was heard. Captures have ids and times of their own: `looksDoubled` tells more of them.
 */
export function showsUnconfirmed(action: Action, payment: Payment, others: readonly Action[]): boolean {
  const { move } = action;
  const sent = asSent(action);
  if (move.kind === 'capture' || !sent.baseline || !isEndedWithoutYes(action)) return false;
  if ((move.kind === 'reverse' || move.kind === 'cancel') && endedBy(payment) === 'itself') return false;
  // What this till's later refunds explain is theirs too: one that was done after this one's refusal is no sign of this one.
  const shows = move.kind === 'refund' ? refundedBeyondMinor(sent, payment, others) >= move.amount : judge(sent, payment, others).kind === 'happened';
  if (!shows || givenBackSinceMs(payment) < watchedFromMs(action)) return false;
  return sent.baseline.isUndated === true || givenBackSinceMs(payment) <= (lastSentMs(sent) ?? 0) + watchedForMs(action);
}

/** By how much `refundedAmount` rose since the baseline beyond all other refunds done here, before and after this one, in minor units. */
export function refundedBeyondMinor({ baseline }: Action, payment: Payment, others: readonly Action[]): number {
  const knownMinor = baseline?.refundedMinor ?? 0;
  return payment.refundedMinor - refundsNotIn(knownMinor, others.map(asFirstSent)).reduce((sum, { move }) => sum + move.amount, knownMinor);
}

/**
 * Dojo shows a capture like this one that nobody on this till asked for: beside a done one, or where a sent one ended without a yes.
 * Another till, one request that a proxy doubled (of two answers the second, a refusal, may be all that was heard), or one that arrived
 * very late. No client can prevent those; they must not stay hidden.
 */
export const looksDoubled = (action: Action, payment: Payment, others: readonly Action[]): boolean => secondsOf(action, payment, others).length > 0;

/** The captures that look like a second one of this action. `shown`: what Dojo shows of all that was done here, where it is known already. */
export function secondsOf(
  action: Action,
  payment: Payment,
  others: readonly Action[],
  shown = capturesDoneHere(payment, [...others, action]),
): readonly Capture[] {
  const { move, outcome, state } = action;
  const sent = asSent(action);
  const { baseline } = sent;
  if (move.kind !== 'capture' || !baseline?.captureIds) return [];
  // What a person called done was one of its sends; a second one may be the other.
  if (state === 'done' ? isWithoutYes(outcome) && sent.sends < 2 : !isEndedWithoutYes(action)) return [];
  if (others.some(mayStillArrive)) return []; // it may be that one's
  const own = shown.get(action);
  // Nothing was captured with ours: one beside it is the first.
  if (own && !countsAsCaptured(own)) return [];
  // Dojo's own time of ours is better than ours of the send. Where neither is known to be right, whatever is new may be it.
  const isUndated = own === undefined && baseline.isUndated === true;
  const nearMs = own?.createdAtMs ?? (isUndated ? Number.POSITIVE_INFINITY : (lastSentMs(sent) ?? 0));
  const untilMs = nearMs + watchedForMs(action);
  const fromMs = watchedFromMs(action);
  // As the hold ends Dojo may have taken it by itself; one from the moment of the send is ours all the same, or may be.
  const mayBeAsked = (capture: Capture) => takenBy(payment, capture) !== 'itself' || isUndated || isMadeByThisSend(capture, sent);
  // Before ours shows, the one that does may be it.
  const known = own && action.decidedFirst?.captureIds ? action.decidedFirst : baseline;
  return unexplainedCaptures(payment, known, others, action, shown).filter(
    (capture) =>
      capture !== own &&
      countsAsCaptured(capture) &&
      isOfAmounts(capture, move) &&
      mayBeAsked(capture) &&
      capture.createdAtMs >= fromMs &&
      capture.createdAtMs <= untilMs,
  );
}

/**
 * Dojo shows at least as much again as this refund gave, which nothing done here explains. It was sent more than once, also where Dojo said
 * no to the first and a person let it go once more, and Dojo may have forgotten its key in between: no client can prevent that, and it must
 * not stay hidden.
 */
export function looksRefundedTwice(action: Action, payment: Payment, others: readonly Action[]): boolean {
  const { move, state } = action;
  if (move.kind !== 'refund' || state !== 'done') return false;
  const sent = asSent(action);
  const first = sentThoughItShowed(action);
  if (sent.sends < 2 && !action.sentBefore && !first) return false;
  if (others.some((other) => other.move.kind === 'refund' && mayStillArrive(other))) return false; // it may be that one's
  const isNear = sent.baseline?.isUndated === true || givenBackSinceMs(payment) <= (lastSentMs(sent) ?? 0) + WATCHED_MS;
  return isNear && refundedBeyondMinor(first ? { ...sent, baseline: first } : sent, payment, others) >= 2 * move.amount;
}

/** What was known when it was first decided, of a refund that a person let go later although as much was refunded by then. */
function sentThoughItShowed({ move, decidedFirst, decidedOn }: Action): Baseline | null {
  if (move.kind !== 'refund' || !decidedFirst || !decidedOn) return null;
  return decidedOn.refundedMinor - decidedFirst.refundedMinor >= move.amount ? decidedFirst : null;
}
