import { type Action, amountOf, isOpen, type Move } from '../queue/action.ts';
import { capturedHereMinor, capturesDoneHere, isCapturedWhole } from '../queue/evidence.ts';
import { type Capture, captureTotalMinor, countsAsCaptured, holdEndsByMs, isGivenBack, newestLast, type Payment } from './payment.ts';

const ABOUT_THE_HOLD: readonly Move['kind'][] = ['capture', 'reverse'];

/** And it has not come to nothing. */
const isAboutTheHold = ({ move, state }: Action): boolean =>
  ABOUT_THE_HOLD.includes(move.kind) && state !== 'refused' && state !== 'expired' && state !== 'withdrawn';

/** The bank turned it down: nothing was captured with it. */
export const isTurnedDown = (status: string | null): status is 'Declined' | 'Failed' => status === 'Declined' || status === 'Failed';

const turnedDown = ({ captures }: Payment): readonly Capture[] => newestLast(captures?.filter(({ status }) => isTurnedDown(status)) ?? []);

const NONE: ReadonlySet<string> = new Set();

/**
 * The captures of which the bank's no was known when somebody here decided what becomes of the money. What was decided before, together with
 * one of them, does not answer it, nor does a decision that came to nothing. An older till's record only tells whether it counted any that
 * came to nothing by now.
 */
function knownToDecision(action: Action, payment: Payment): ReadonlySet<string> {
  const { decidedOn } = action;
  if (!isAboutTheHold(action) || !decidedOn?.captureIds) return NONE;
  if (decidedOn.turnedDownIds) return new Set(decidedOn.turnedDownIds);
  const ids = new Set(decidedOn.captureIds);
  const counted = payment.captures?.filter((one) => ids.has(one.id) && countsAsCaptured(one)) ?? [];
  return decidedOn.capturedMinor === counted.reduce((sum, one) => sum + captureTotalMinor(one), 0) ? ids : NONE;
}

/** Nothing more can be captured of it, whoever decides. */
export const isCaptureOver = (payment: Payment, nowMs: number): boolean =>
  isGivenBack(payment) || payment.status === 'Refunded' || nowMs >= holdEndsByMs(payment);

/**
 * What answers a capture that the bank turned down, by that capture: another till's capture, one of ours that was turned down in its turn, or
 * null, a decision here. One for one: as much once more answers one alone, of several the oldest. A release, or a capture of another amount,
 * decides about all that were known then. `shown`: what Dojo shows of all that was done here.
 */
function answersTo(payment: Payment, actions: readonly Action[], shown: ReadonlyMap<Action, Capture>): ReadonlyMap<Capture, Capture | null> {
  const listed = newestLast(payment.captures ?? []);
  const open = new Set(listed.filter(({ status }) => isTurnedDown(status)));
  const answers = new Map<Capture, Capture | null>();
  const standsFor = new Set<Capture>();
  const answer = (no: Capture, instead: Capture | null): void => {
    if (!open.delete(no)) return;
    answers.set(no, instead);
    if (instead) standsFor.add(instead);
  };
  const ours = new Set(shown.values());
  /** Another till's answers the oldest of as much before it. */
  const answerElsewhere = (capture: Capture, among: Iterable<Capture>): void => {
    // One that of ours has answered was about other money: one good capture is no answer to two.
    if (ours.has(capture) || answers.has(capture) || standsFor.has(capture)) return;
    const equal = [...among].find((no) => open.has(no) && capture.createdAtMs > no.createdAtMs && captureTotalMinor(capture) === captureTotalMinor(no));
    if (equal) answer(equal, capture);
  };
  for (const action of actions) {
    const own = shown.get(action);
    const ids = knownToDecision(action, payment);
    const isKnown = (no: Capture) => no !== own && open.has(no) && ids.has(no.id);
    const before = listed.filter(isKnown);
    // Another till's try after one that was turned down, in vain too: the two left one to decide about.
    for (const no of before) answerElsewhere(no, before);
    const known = before.filter(isKnown);
    const equal = known.find((no) => captureTotalMinor(no) === amountOf(action.move));
    for (const no of equal ? [equal] : known) answer(no, own && isTurnedDown(own.status) ? own : null);
  }
  for (const capture of listed) answerElsewhere(capture, open);
  return answers;
}

/** Whether what was made instead, or instead of that where it was turned down in its turn, is good enough. */
function isAnswered(no: Capture, answers: ReadonlyMap<Capture, Capture | null>, counts: (capture: Capture) => boolean): boolean {
  // Records of released actions might lead round.
  const seen = new Set<Capture>();
  for (let capture = no; !seen.has(capture); ) {
    seen.add(capture);
    const instead = answers.get(capture);
    if (instead === undefined) return false;
    if (instead === null) return true;
    if (counts(instead)) return true;
    capture = instead;
  }
  return false;
}

/**
 * Those that the bank turned down and that nothing answers, the newest last. `counts`: which capture of another till is an answer; it may
 * have tried in vain too. One of ours always is: where it was turned down it is among them itself.
 */
export function unansweredOf(payment: Payment, actions: readonly Action[], counts: (capture: Capture) => boolean): readonly Capture[] {
  const no = turnedDown(payment);
  if (no.length === 0) return no;
  const shown = capturesDoneHere(payment, actions);
  const ours = new Set(shown.values());
  const answers = answersTo(payment, actions, shown);
  return no.filter((capture) => !isAnswered(capture, answers, (instead) => ours.has(instead) || counts(instead)));
}

/** Those that the bank turned down and that leave something to decide, the newest last: of each the last try. */
export function turnedDownOf(payment: Payment, actions: readonly Action[]): readonly Capture[] {
  const no = isCapturedWhole(payment) ? [] : turnedDown(payment);
  if (no.length === 0) return no;
  const answers = answersTo(payment, actions, capturesDoneHere(payment, actions));
  return no.filter((capture) => !answers.has(capture));
}

/**
 * A capture that came to nothing, after which all was captured, as much once more by another till, or somebody here decided anew: it is
 * not to be made again for that. What was decided anew and turned down in its turn answers nothing. `actions` are this till's on the payment.
 */
export function isMadeUpFor(action: Action, payment: Payment, actions: readonly Action[]): boolean {
  if (action.move.kind !== 'capture' || isOpen(action)) return false;
  const shown = capturesDoneHere(payment, actions);
  const capture = shown.get(action);
  if (action.state === 'done' && !isTurnedDown(capture?.status ?? null)) return false;
  if (isCapturedWhole(payment, capturedHereMinor(actions))) return true;
  if (capture === undefined) {
    const others = actions.filter((other) => other !== action && !isTurnedDown(shown.get(other)?.status ?? null));
    return others.some((other) => isAboutTheHold(other) && other.acceptedAtMs >= action.changedAtMs);
  }
  return isAnswered(capture, answersTo(payment, actions, shown), ({ status }) => !isTurnedDown(status));
}
