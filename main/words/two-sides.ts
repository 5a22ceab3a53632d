import { wallTime } from '../core/day/day.ts';
import { inWords, money } from '../core/money.ts';
import { capturesSince } from '../core/payment/captures-since.ts';
import { type LastLook, NOT_LOOKED } from '../core/payment/last-look.ts';
import { type Capture, captureTotalMinor, countsAsCaptured, type Payment } from '../core/payment/payment.ts';
import { type Action, amountOf, asSent } from '../core/queue/action.ts';
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

/** What Dojo shows and what this till sent, in plain words, for a person who has to tell which of it is what. */
export function twoSides(action: Action, payment: Payment | null, zone: string, look: LastLook = NOT_LOOKED): Readonly<{ dojo: string; till: string }> {
  const dojo = payment === null ? 'Dojo was not read yet.' : dojoSide(action, payment, zone);
  return { dojo: look.kind === 'unknown' ? unknownToKey : dojo, till: tillSide(action, zone) };
}

function dojoSide({ move, baseline, decidedOn, currency }: Action, payment: Payment, zone: string): string {
  const amount = (minor: number) => inWords(money(minor, currency));
  const before = baseline ?? decidedOn;
  switch (move.kind) {
    case 'refund': {
      const was = before === null || before.refundedMinor === payment.refundedMinor ? '' : `, ${amount(before.refundedMinor)} before`;
      return `Dojo shows ${amount(payment.refundedMinor)} refunded${was}.`;
    }
    case 'capture': {
      if (payment.captures === null)
        return `Dojo shows the payment ${STATUS_WORDS[payment.status] ?? `as “${payment.status}”`}, and lists no captures in this API version.`;
      const fresh = capturesSince(payment.captures, new Set(before?.captureIds));
      if (fresh.length === 0) return before === null || payment.captures.length === 0 ? 'Dojo shows no capture.' : 'Dojo shows no new capture.';
      const said = (capture: Capture) =>
        `a capture of ${amount(captureTotalMinor(capture))} at ${wallTime(capture.createdAtMs, zone)}${countsAsCaptured(capture) ? '' : ' (it took nothing)'}`;
      return `Dojo shows ${fresh.map(said).join(' and ')}.`;
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
  return `This till sent a ${what}${action.sends === 1 ? '' : ` ${action.sends} times`} at ${at}.`;
}
