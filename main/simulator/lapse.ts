import { HOLD_DEFAULT_MS } from '../core/payment/payment.ts';
import { captureTotalOf, claimedOf, heldOf, isWholeCaptured, nextCaptureOf, restOf, takenOf } from './amounts.ts';
import type { Desk } from './desk.ts';
import type { CaptureOutcome, Intent, MovementKind } from './intent.ts';
import { captureItself, pay } from './pay.ts';
import type { Switches } from './switches.ts';
import { changed } from './updated-at.ts';

const CREATED_DEFAULT_MS = 30 * 86_400_000;

export const lapsesAtMs = (intent: Intent): number => intent.expireAtMs ?? intent.createdAtMs + CREATED_DEFAULT_MS;

export function holdEndsAtMs(intent: Intent, { holdCountsFromCreation }: Switches): number {
  const paidAtMs = intent.paidAtMs ?? intent.createdAtMs;
  return Math.max(paidAtMs, (holdCountsFromCreation ? intent.createdAtMs : paidAtMs) + (intent.autoExpireInMs ?? HOLD_DEFAULT_MS));
}

/** When something happens to it by itself next; Infinity: never. */
export function dueAtMs(intent: Intent, switches: Switches): number {
  let dueMs = ownDueAtMs(intent, switches);
  for (const { status, settleAtMs } of intent.captures) if (status === 'Created' && settleAtMs < dueMs) dueMs = settleAtMs;
  return dueMs;
}

function ownDueAtMs(intent: Intent, switches: Switches): number {
  if (intent.status === 'Created') return Math.min(lapsesAtMs(intent), intent.paysAtMs ?? Number.POSITIVE_INFINITY);
  if (intent.captureMode === 'Auto') return intent.status === 'Authorized' ? (intent.capturesItselfAtMs ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
  return isHeld(intent) ? holdEndsAtMs(intent, switches) : Number.POSITIVE_INFINITY;
}

const isHeld = (intent: Intent): boolean => !intent.holdEnded && (intent.status === 'Authorized' || restOf(intent) > 0);

/** Brings one intent up to a moment: customers pay, captures settle, holds end, unpaid intents lapse, in the order of their times. */
export function bringUp(intent: Intent, nowMs: number, desk: Desk): void {
  for (let due = dueAtMs(intent, desk.switches); due <= nowMs; due = dueAtMs(intent, desk.switches)) {
    desk.changing(intent, due);
    const capture = intent.captures.find(({ status, settleAtMs }) => status === 'Created' && settleAtMs === due);
    if (capture) settle(intent, capture.id, due, desk);
    else if (intent.status === 'Created' && intent.paysAtMs !== null && intent.paysAtMs < lapsesAtMs(intent)) pay(intent, due, desk);
    else if (intent.status === 'Created') lapse(intent, due, desk);
    else if (intent.captureMode === 'Auto') captureItself(intent, due, desk);
    else endHold(intent, due, desk);
    changed(intent, capture ? 'capture' : 'other', due);
  }
}

function lapse(intent: Intent, atMs: number, desk: Desk): void {
  intent.status = 'Canceled';
  desk.post('cancelled', intent, heldOf(intent), atMs, null);
}

/** Guide: a Manual intent's autoExpireAction decides whether its end takes the money or lets it go. Both are opposite. */
function endHold(intent: Intent, atMs: number, desk: Desk): void {
  intent.holdEnded = true;
  const { leftMinor } = nextCaptureOf(intent, desk.switches);
  // A payment of which something was refunded takes no more captures (capture guide).
  if (leftMinor > 0 && intent.autoExpireAction === 'Capture' && intent.refundedMinor === 0) addCapture(intent, leftMinor, 0, atMs, desk);
  releaseRest(intent, atMs, desk);
  // Nothing is held any more: a capture that fails from now on lets its own amount go, once.
  intent.restReleased = true;
  showTaken(intent, desk);
}

/** Lets go of what is not claimed by a capture. With nothing claimed at all, or so by the hold's end, the intent is `Reversed`. */
export function releaseRest(intent: Intent, atMs: number, desk: Desk): void {
  const restMinor = restOf(intent);
  if (restMinor > 0) desk.post('released', intent, restMinor, atMs, null);
  intent.restReleased = claimedOf(intent) > 0 || intent.holdEnded;
  const isByEnd = restMinor > 0 && intent.holdEnded && desk.switches.holdEndTurnsReversed;
  if (claimedOf(intent) === 0 || isByEnd) intent.status = 'Reversed';
}

function bankAnswersAfterMs(number: number, { switches: { bankAnswersAfterMs }, settleDelayMs }: Desk): number {
  return bankAnswersAfterMs[(number - 1) % bankAnswersAfterMs.length] ?? settleDelayMs;
}

export function addCapture(intent: Intent, amountMinor: number, tipsMinor: number, atMs: number, desk: Desk) {
  const { leftMinor, extrasMinor } = nextCaptureOf(intent, desk.switches);
  const number = intent.captures.length + 1;
  const capture = {
    id: desk.newId('cp'),
    number,
    amountMinor,
    tipsMinor,
    extrasMinor: amountMinor + tipsMinor === leftMinor ? extrasMinor : 0,
    status: 'Created' as const,
    createdAtMs: atMs,
    settleAtMs: atMs + bankAnswersAfterMs(number, desk),
    outcome: desk.nextOutcome(intent.id),
  };
  intent.captures.push(capture);
  desk.post('captured-requested', intent, captureTotalOf(capture), atMs, capture.id);
  showTaken(intent, desk);
  return capture;
}

const POSTED = { Successful: 'captured', Declined: 'capture-declined', Failed: 'capture-failed' } as const satisfies Record<CaptureOutcome, MovementKind>;

function settle(intent: Intent, captureId: string, atMs: number, desk: Desk): void {
  const capture = intent.captures.find(({ id }) => id === captureId);
  if (!capture) throw new Error(`expected capture ${captureId} on ${intent.id}`);
  capture.status = capture.outcome;
  const totalMinor = captureTotalOf(capture);
  desk.post(POSTED[capture.outcome], intent, totalMinor, atMs, capture.id);
  if (capture.status === 'Successful') {
    const whole = isWholeCaptured(intent, takenOf(intent), desk.switches);
    if ((desk.switches.partCaptureReleasesRest || whole) && restOf(intent) > 0) releaseRest(intent, atMs, desk);
  } else if (intent.restReleased || intent.holdEnded) {
    // There is no hold left for a refused capture to fall back to.
    desk.post('released', intent, totalMinor, atMs, null);
    if (claimedOf(intent) === 0) intent.status = 'Reversed';
  }
  showTaken(intent, desk);
}

/** Whether a Manual intent reads `Authorized` or `Captured`, as far as its captures decide that. */
export function showTaken(intent: Intent, desk: Desk): void {
  if (intent.captureMode !== 'Manual' || (intent.status !== 'Authorized' && intent.status !== 'Captured')) return;
  const shownMinor = desk.switches.captureShowsAtOnce ? claimedOf(intent) : takenOf(intent);
  const whole = isWholeCaptured(intent, shownMinor, desk.switches) || desk.switches.partCaptureTurnsCaptured || intent.holdEnded;
  intent.status = shownMinor > 0 && whole ? 'Captured' : 'Authorized';
}
