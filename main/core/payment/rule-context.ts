import { type Action, isOpen } from '../queue/action.ts';
import { asFirstSent, capturedHereMinor, capturesDoneHere, refundedHereMinor, unseenCapturesMinor, wordsOutlived } from '../queue/evidence.ts';
import { lostThatShow } from '../queue/trace.ts';
import { type AmountForms, extrasMinor, isOfferedWithoutExtras } from './amount-form.ts';
import {
  capturedMinor,
  captureTotalMinor,
  countsAsCaptured,
  heldLeastMinor,
  heldMinor,
  heldMostMinor,
  isWholeUnlisted,
  type Payment,
  partsMinor,
  takenMostMinor,
} from './payment.ts';

/** Everything the rules look at. `actions` are this till's actions on the payment, open and done. */
export type Case = Readonly<{
  payment: Payment;
  actions: readonly Action[];
  /** The corrected clock. */
  nowMs: number;
  /** That is the PC's clock alone: Dojo has not said in this run what time it is. */
  isByPc?: boolean;
  /** The shop's time zone: the calendar day of an undo follows it (which clock Dojo means is not documented). */
  zone: string;
  online: boolean;
  apiVersion: string;
  /** The most that may be refunded of a payment while offline; null: nothing. */
  offlineRefundMaxMinor: number | null;
  /** The form of amounts that the account takes, as far as it was learnt. */
  amountForms?: AmountForms;
  /** An action on this payment stands on the disk but cannot be read: what it did is not known. */
  unreadable?: boolean;
  /** Dojo answered that it does not know it with the key that is connected, and has not shown it since. */
  isUnknown?: boolean;
}>;

/** Two refunds of a payment closer together than this may be one that was decided twice. */
export const SECOND_REFUND_MS = 10 * 60_000;

export const openActions = (c: Case) => c.actions.filter(isOpen);

/** Open, and Dojo does not show as much of it already. */
function promised(c: Case): readonly Action[] {
  const open = openActions(c);
  const shown = open.length === 0 ? null : lostThatShow(c.payment, c.actions);
  return shown === null || shown.size === 0 ? open : open.filter((action) => !shown.has(action));
}

/** Goods and tips apart: `goodsMinor` is the amount with what belongs to it, service charge and cashback. */
type Split = Readonly<{ goodsMinor: number; tipsMinor: number }>;

const captures = (actions: readonly Action[]) => actions.flatMap(({ move }) => (move.kind === 'capture' ? [move] : []));
const splitOf = (moves: ReturnType<typeof captures>): Split => ({
  goodsMinor: moves.reduce((sum, { amount }) => sum + amount, 0),
  tipsMinor: moves.reduce((sum, { tipsAmount }) => sum + (tipsAmount ?? 0), 0),
});

/** Captures of this till that what was read of the payment does not show: still to come, or done since. */
function reserved(c: Case): Split {
  const actions = believed(c);
  const shown = capturesDoneHere(c.payment, actions);
  const unseen = actions.filter((action) => action.state === 'done' && !shown.has(action));
  return splitOf(captures([...promised(c), ...unseen]));
}

/** This till's actions but for what only a person said, and Dojo has not shown since. */
function believed({ payment, actions, nowMs }: Case): readonly Action[] {
  const outlived = wordsOutlived(payment, actions, nowMs);
  return outlived.length === 0 ? actions : actions.filter((action) => !outlived.includes(action));
}

export function reservedMinor(c: Case): number {
  const { goodsMinor, tipsMinor } = reserved(c);
  return goodsMinor + tipsMinor;
}

/** What is still to capture of a hold, less what this till has promised. Never negative. */
export type Left = Readonly<{
  /** All of it, as far as a person may go. */
  leftMinor: number;
  /** Of it what rows and sums count. */
  countedMinor: number;
  /** Of it the held tips. */
  tipsMinor: number;
  /** What is offered of goods (the amount, the service charge and the cashback) and of tips: less than all where Dojo's total and the parts differ. */
  offered: Split;
}>;

export function leftOf(c: Case): Left {
  const { payment } = c;
  if (isWholeUnlisted(payment, capturedHereMinor(c.actions))) return { leftMinor: 0, countedMinor: 0, tipsMinor: 0, offered: { goodsMinor: 0, tipsMinor: 0 } };
  const shown = (payment.captures ?? []).filter(countsAsCaptured);
  const toCome = reserved(c);
  const claimedMinor = shown.reduce((sum, capture) => sum + captureTotalMinor(capture), 0) + toCome.goodsMinor + toCome.tipsMinor;
  const claimedTipsMinor = shown.reduce((sum, capture) => sum + capture.tipsMinor, 0) + toCome.tipsMinor;
  const leftMinor = Math.max(0, heldMostMinor(payment) - claimedMinor);
  const tipsMinor = Math.min(leftMinor, Math.max(0, payment.tipsMinor - claimedTipsMinor));
  // Tips that were captured within an amount are captured, too.
  const isBillOnly = isOfferedWithoutExtras('capture', payment, c.actions, c.amountForms);
  const goodsMinor = isBillOnly ? payment.amountMinor : partsMinor(payment) - payment.tipsMinor;
  const offeredMinor = Math.min(leftMinor, Math.max(0, Math.min(heldLeastMinor(payment), goodsMinor + payment.tipsMinor) - claimedMinor));
  // A part takes goods first, tips last.
  const goodsLeftMinor = Math.max(0, goodsMinor - (claimedMinor - claimedTipsMinor));
  const offeredTipsMinor = Math.min(tipsMinor, Math.max(0, offeredMinor - goodsLeftMinor));
  const countedMinor = Math.min(leftMinor, Math.max(0, heldMinor(payment) - claimedMinor));
  return { leftMinor, countedMinor, tipsMinor, offered: { goodsMinor: offeredMinor - offeredTipsMinor, tipsMinor: offeredTipsMinor } };
}

export const leftToTakeMinor = (c: Case): number => leftOf(c).leftMinor;

/** What was given back: as Dojo shows it, or more where it does not yet show what was done here. */
export const refundedMinor = (c: Case): number => Math.max(c.payment.refundedMinor, refundedHereMinor(believed(c).map(asFirstSent)));

const refundsPromisedMinor = (c: Case): number => promised(c).reduce((sum, { move }) => (move.kind === 'refund' ? sum + move.amount : sum), 0);

/** What Dojo has confirmed as captured, bounded by what this till knows. */
export const takenHereMinor = (c: Case): number => takenMostMinor(c.payment, capturedHereMinor(c.actions));

/** Dojo took the request for it and the bank has not answered, as far as is known: nobody calls it captured, in minor units. */
export function withBankMinor(c: Case): number {
  const { payment } = c;
  const actions = believed(c);
  const hereMinor = capturedHereMinor(actions);
  const askedMinor = payment.captures?.length ? capturedMinor(payment) + unseenCapturesMinor(payment, actions) : hereMinor;
  return Math.max(0, askedMinor - takenMostMinor(payment, hereMinor));
}

/** What this till's open captures ask for, tips included, as far as Dojo does not show it already. */
export function openCapturesMinor(c: Case): number {
  const { goodsMinor, tipsMinor } = splitOf(captures(promised(c)));
  return goodsMinor + tipsMinor;
}

/** What may still be given back: never more than Dojo has confirmed as captured. */
export const leftToRefundMinor = (c: Case): number => Math.max(0, takenHereMinor(c) - refundedMinor(c) - refundsPromisedMinor(c));

/** What of it is offered: the cashback is in the customer's pocket, and where the total differs from the parts the smaller one counts. */
export function refundDefaultMinor(c: Case): number {
  const { payment } = c;
  const keptMinor = isOfferedWithoutExtras('refund', payment, c.actions, c.amountForms) ? extrasMinor(payment) : payment.cashbackMinor;
  const offeredMinor = Math.min(takenHereMinor(c), Math.max(0, heldLeastMinor(payment) - keptMinor));
  return Math.min(refundableNowMinor(c), Math.max(0, offeredMinor - refundedMinor(c) - refundsPromisedMinor(c)));
}

/** What of it may be decided now: without the line, no more than the shop's cap, less what waits already. */
export const refundableNowMinor = (c: Case): number =>
  c.online ? leftToRefundMinor(c) : Math.max(0, Math.min(leftToRefundMinor(c), (c.offlineRefundMaxMinor ?? 0) - refundsPromisedMinor(c)));

/**
 * The newest refund of it that was decided or sent here a moment ago and may have given money back, or may still. One that waited for
 * the line counts from when it went out: the clock may have been put right with the same answer. One that is done was not sent later than
 * it was done: that is dated anew where a clock that was ahead dated it.
 */
export function recentRefund(c: Case): { amountMinor: number; atMs: number } | null {
  for (const action of c.actions.toReversed()) {
    const sentAtMs = action.firstSentAtMs ?? action.acceptedAtMs;
    const endedAtMs = isOpen(action) ? sentAtMs : action.changedAtMs;
    // A doubted clock had dated the send: it was no earlier than the decision.
    const atMs = action.baseline?.isUndated ? Math.max(sentAtMs, action.acceptedAtMs) : Math.min(sentAtMs, endedAtMs);
    if (action.move.kind === 'refund' && (isOpen(action) || action.state === 'done') && c.nowMs - atMs < SECOND_REFUND_MS)
      return { amountMinor: action.move.amount, atMs };
  }
  return null;
}
