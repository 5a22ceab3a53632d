import { wallTime } from '../core/day/day.ts';
import { inWords, money } from '../core/money.ts';
import { capturesSince } from '../core/payment/captures-since.ts';
import { type LastLook, NOT_LOOKED } from '../core/payment/last-look.ts';
import { type Capture, captureTotalMinor, countsAsCaptured, type Payment } from '../core/payment/payment.ts';
import { type Action, amountOf, asSent } from '../core/queue/action.ts';
import { asFirstSent, lastSentMs, refundedSinceMinor, unexplainedCaptures } from '../core/queue/evidence.ts';
import { believedAt } from '../core/queue/since-decision.ts';
import { NOUN, namedOf } from '../core/refusals.ts';
import { unknownToKey } from './unknown-to-key.ts';

const STATUS_WORDS: Readonly<Record<string, string>> = {
  Created: 'as unpaid',
  Authorized: 'on hold',
  Captured: 'as captured',
  Reversed: 'as released or reversed',
  Refunded: 'as refunded',
  Canceled: 'as cancelled',
};

/**
 * What Dojo shows and what this till sent, in plain words, for a person who has to tell which of it is what. `others`: the other actions on
 * the payment; what they did is no sign of this one.
 */
export function twoSides(
  action: Action,
  payment: Payment | null,
  others: readonly Action[],
  zone: string,
  look: LastLook = NOT_LOOKED,
): Readonly<{ dojo: string; till: string }> {
  const dojo = payment === null ? 'Dojo was not read yet.' : dojoSide(action, payment, others, zone);
  return { dojo: look.kind === 'unknown' ? unknownToKey : dojo, till: tillSide(action, zone) };
}

function dojoSide(action: Action, payment: Payment, others: readonly Action[], zone: string): string {
  const { move, baseline, decidedOn, currency } = action;
  const amount = (minor: number) => inWords(money(minor, currency));
  const before = baseline ?? decidedOn;
  switch (move.kind) {
    case 'refund': {
      const shown = `Dojo shows ${amount(payment.refundedMinor)} refunded`;
      if (before === null || before.refundedMinor === payment.refundedMinor) return `${shown}.`;
      const oursMinor = Math.min(refundedSinceMinor(before, others.map(asFirstSent)), payment.refundedMinor - before.refundedMinor);
      return `${shown}, ${amount(before.refundedMinor)} before${oursMinor > 0 ? `: ${amount(oursMinor)} of it by this till’s other refunds` : ''}.`;
    }
    case 'capture': {
      if (payment.captures === null)
        return `Dojo shows the payment ${STATUS_WORDS[payment.status] ?? `as “${payment.status}”`}, and lists no captures in this API version.`;
      const known = { captureIds: before?.captureIds ?? null };
      const theirs = unexplainedCaptures(payment, known, believedAt(action, others), action);
      const ours = capturesSince(payment.captures, new Set(known.captureIds)).filter((capture) => !theirs.includes(capture));
      const said = (capture: Capture) =>
        `${amount(captureTotalMinor(capture))} at ${wallTime(capture.createdAtMs, zone)}${countsAsCaptured(capture) ? '' : ' (it took nothing)'}`;
      const own = ours.length === 0 ? '' : ` this till’s own: ${ours.map(said).join(' and ')}`;
      if (theirs.length > 0) return `Dojo shows ${theirs.map((capture) => `a capture of ${said(capture)}`).join(' and ')}${own && `, besides${own}`}.`;
      return `Dojo shows no${before === null || payment.captures.length === 0 ? '' : ' new'} capture${own && ` but${own}`}.`;
    }
    case 'reverse':
    case 'cancel':
    case 'sendReceipt':
      return `Dojo shows the payment ${STATUS_WORDS[payment.status] ?? `as “${payment.status}”`}.`;
    case 'setAmount':
      return `Dojo shows an amount of ${amount(payment.amountMinor)}.`;
    case 'setTips':
      return `Dojo shows tips of ${amount(payment.tipsMinor)}.`;
  }
}

function tillSide(it: Action, zone: string): string {
  const action = asSent(it);
  const minor = amountOf(action.move);
  const what = `${NOUN[namedOf(action)]}${minor === null ? '' : ` of ${inWords(money(minor, action.currency))}`}`;
  // Of what an older disk image or another copy did it may have none.
  if (action.firstSentAtMs === null) return `This till has no record of sending its ${what}.`;
  const at = wallTime(action.firstSentAtMs, zone);
  if (action.sends === 0) return `This till sent a ${what} at ${at}, and Dojo answered that it did nothing.`;
  if (action.sends === 1) return `This till sent a ${what} at ${at}.`;
  const last = wallTime(lastSentMs(action) ?? action.firstSentAtMs, zone);
  return `This till sent a ${what} ${action.sends} times${at === last ? ` at ${at}` : `, first at ${at} and last at ${last}`}.`;
}
