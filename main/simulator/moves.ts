import { calendarDay } from '../core/day/day.ts';
import { err, ok, type Result } from '../core/result.ts';
import { capturableOf, claimedOf, heldOf, nextCaptureOf, refundableOf, takenOf, tipsLeftOf } from './amounts.ts';
import type { Desk } from './desk.ts';
import type { CaptureRecord, Intent, Refusal } from './intent.ts';
import { addCapture, releaseRest } from './lapse.ts';
import { refusals } from './refusals.ts';
import { changed } from './updated-at.ts';

/** Dojo's rules for one intent that is already up to date. Each either does the whole of it or changes nothing. */
type Outcome<T> = Result<T, Refusal>;

const { invalid, conflict } = refusals;

/** `tipsSayable`: the version that is asked in has a `tipsAmount`. */
export type CaptureAsked = Readonly<{ amountMinor: number; tipsMinor: number; tipsSayable?: boolean }>;

/** Capture guide: whole, part, or several parts; only a Manual payment that was not refunded or reversed. */
export function capture(intent: Intent, { amountMinor, tipsMinor, tipsSayable = true }: CaptureAsked, nowMs: number, desk: Desk): Outcome<CaptureRecord> {
  const { switches } = desk;
  if (amountMinor < 1) return err(invalid('amount', 'The amount must be greater than 0.'));
  if (tipsMinor < 0) return err(invalid('tipsAmount', 'The tips amount must not be negative.'));
  if (intent.captureMode === 'Auto') return err(conflict('The payment intent is captured automatically.'));
  if (intent.status !== 'Authorized' && intent.status !== 'Captured') return err(conflict(`A payment intent that is ${intent.status} cannot be captured.`));
  if (intent.refundedMinor > 0) return err(conflict('A payment that was refunded cannot be captured.'));
  const tipsLeft = tipsLeftOf(intent);
  if (tipsMinor > tipsLeft && !intent.tipsAllowed) return err(invalid('tipsAmount', 'Tips are not allowed for this payment intent.'));
  const goodsMost = (minor: number) => (switches.captureTipsApart && tipsSayable ? minor - tipsLeft : minor);
  const tooLarge = (mostMinor: number) => amountMinor + tipsMinor > mostMinor || amountMinor > goodsMost(mostMinor);
  const refused = (detail: string, status: 400 | 409) =>
    err((switches.tooLargeCapture === 'by-amount' ? status : switches.tooLargeCapture) === 400 ? invalid('amount', detail) : conflict(detail));
  if (tooLarge(capturableOf(intent, switches))) return refused('The amount is greater than the authorized amount.', 400);
  if (intent.holdEnded) return err(conflict('The authorization has expired.'));
  if (tooLarge(nextCaptureOf(intent, switches).leftMinor)) return refused('The amount is greater than the amount left to capture.', 409);
  changed(intent, 'capture', nowMs);
  return ok(addCapture(intent, amountMinor, tipsMinor, nowMs, desk));
}

/** Reversal guide: always the whole, the same calendar day; Manual while Created or Authorized, Auto once Captured. */
export function reverse(intent: Intent, nowMs: number, desk: Desk): Outcome<{ reversalId: string }> {
  const sameDay = nowMs < calendarDay(intent.paidAtMs ?? intent.createdAtMs, desk.zone).endMs;
  const dayOver = err(conflict('A payment can be reversed on the calendar day of the payment only.'));
  if (intent.refundedMinor > 0) return err(conflict('A payment that was refunded cannot be reversed.'));
  if (intent.captureMode === 'Auto') {
    if (intent.status !== 'Captured') return err(conflict(`A payment intent that is ${intent.status} cannot be reversed.`));
    if (!sameDay) return dayOver;
  } else if (intent.status === 'Created') {
    if (!desk.switches.reverseCreatedAllowed) return err(conflict('A payment intent that is not paid cannot be reversed; cancel it.'));
    if (!sameDay) return dayOver;
  } else {
    if (intent.status !== 'Authorized') return err(conflict(`A payment intent that is ${intent.status} cannot be reversed.`));
    if (claimedOf(intent) > 0) return err(conflict('A payment that was captured must be refunded.'));
    if (!sameDay && !desk.switches.releaseEarlierDayAllowed) return dayOver;
  }
  const reversalId = desk.newId('rvs');
  desk.post('reversed', intent, heldOf(intent), nowMs, reversalId);
  intent.status = 'Reversed';
  changed(intent, 'other', nowMs);
  return ok({ reversalId });
}

/** Why so much cannot be given back. The specification has no 409 here: every refusal is a 400. */
export function refundRefusal(intent: Intent, amountMinor: number, desk: Desk): Refusal | null {
  if (amountMinor < 1) return invalid('amount', 'The amount must be greater than 0.');
  if (intent.status === 'Canceled' || intent.status === 'Created' || takenOf(intent) === 0)
    return refusals.badRequest(`A payment intent that is ${intent.status} cannot be refunded.`);
  if (amountMinor > refundableOf(intent, desk.switches) - intent.refundedMinor)
    return invalid('amount', 'The amount is greater than the amount left to refund.');
  return null;
}

/** What was taken may be given back, whole or in parts. */
export function refund(intent: Intent, amountMinor: number, nowMs: number, desk: Desk): Outcome<{ refundId: string }> {
  const refusal = refundRefusal(intent, amountMinor, desk);
  if (refusal) return err(refusal);
  const refundId = desk.newId('rfnd');
  intent.refundedMinor += amountMinor;
  changed(intent, 'refund', nowMs);
  desk.post('refunded', intent, amountMinor, nowMs, refundId);
  if (intent.refundedMinor === refundableOf(intent, desk.switches) && !intent.captures.some(({ status }) => status === 'Created')) {
    if (intent.captureMode === 'Manual') releaseRest(intent, nowMs, desk);
    intent.status = 'Refunded';
  }
  return ok({ refundId });
}

/** Only an intent that nobody has paid can be cancelled (operation PaymentIntents_Delete). */
export function cancel(intent: Intent, nowMs: number, desk: Desk): Outcome<Intent> {
  if (intent.status === 'Canceled') return err(refusals.unknownIntent);
  if (intent.status !== 'Created') return err(refusals.badRequest(`A payment intent that is ${intent.status} cannot be canceled.`));
  intent.status = 'Canceled';
  changed(intent, 'other', nowMs);
  desk.post('cancelled', intent, heldOf(intent), nowMs, null);
  return ok(intent);
}

export type MoneyIn = Readonly<{ value: number; currencyCode: string }>;

function changeRefusal(intent: Intent, allowed: boolean, field: string, { value, currencyCode }: MoneyIn, leastMinor: number): Refusal | null {
  if (intent.status === 'Canceled') return refusals.unknownIntent;
  if (!allowed) return refusals.notAllowed('The payment intent was created without it.');
  if (intent.status !== 'Created') return refusals.badRequest(`A payment intent that is ${intent.status} cannot be changed.`);
  if (currencyCode !== intent.currency) return invalid(`${field}.currencyCode`, 'The currency must be the one of the payment intent.');
  return value < leastMinor ? invalid(`${field}.value`, `The value must be ${leastMinor} or more.`) : null;
}

export function setAmount(intent: Intent, amount: MoneyIn, nowMs: number): Outcome<Intent> {
  const refusal = changeRefusal(intent, intent.customAmountAllowed, 'amount', amount, 1);
  if (refusal) return err(refusal);
  intent.amountMinor = amount.value;
  changed(intent, 'other', nowMs);
  return ok(intent);
}

export function setTips(intent: Intent, tips: MoneyIn, nowMs: number): Outcome<Intent> {
  const refusal = changeRefusal(intent, intent.tipsAllowed, 'tipsAmount', tips, 0);
  if (refusal) return err(refusal);
  intent.tipsMinor = tips.value;
  changed(intent, 'other', nowMs);
  return ok(intent);
}

/** There is a receipt once money was taken. */
export function receiptRefusal(intent: Intent): Refusal | null {
  if (intent.status === 'Canceled') return refusals.unknownIntent;
  return takenOf(intent) > 0 ? null : refusals.badRequest(`There is no receipt for a payment intent that is ${intent.status}.`);
}
