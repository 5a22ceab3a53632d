import type { MoveView, PaymentView } from '../../preload/contract.ts';
import { type OpenMove, offeredMinor, splitOf } from './offered.ts';

/**
 * What the person has put in so far. `wholeMinor`: the rest they chose to take, as it was when they chose it. `ofMinor`: what was left as
 * they typed the part. What this till itself has asked for is not in it, so that it stays the same while that is captured.
 */
export type TakeEntry =
  | Readonly<{ kind: 'whole'; wholeMinor: number; tipsMinor: number | null }>
  | Readonly<{ kind: 'part'; amountMinor: number | null; ofMinor: number; tipsMinor: number | null }>;

export type TakePlan =
  /** `staysMinor`, null: Dojo's total is another than the parts come to, so nobody knows how much stays. */
  | Readonly<{ kind: 'ready'; amountMinor: number; tipsMinor: number; totalMinor: number; staysMinor: number | null }>
  /** Nothing is wrong; an amount is still to be typed. */
  | Readonly<{ kind: 'empty' }>
  | Readonly<{ kind: 'zero' }>
  | Readonly<{ kind: 'above'; totalMinor: number; maxMinor: number }>
  /** The tips leave nothing for the payment itself. */
  | Readonly<{ kind: 'tips-above'; maxMinor: number }>
  /** The goods cannot make up for tips that are held. */
  | Readonly<{ kind: 'tips-below'; minMinor: number }>
  /** What is left changed since the person chose the whole of it, or typed a part: they do so again, nothing is swapped under their finger. */
  | Readonly<{ kind: 'changed'; of: TakeEntry['kind']; wasMinor: number; maxMinor: number }>
  | Readonly<{ kind: 'closed'; reason: string }>;

/**
 * What would be asked of Dojo. The limits come from main: the move's own, and `leftMinor` for goods and tips together.
 * Of the whole rest tips are a part, beside a typed amount they are on top.
 */
export function planTake(move: MoveView, leftMinor: number, entry: TakeEntry): TakePlan {
  if (!move.open) return { kind: 'closed', reason: move.reason };
  const typedTipsMinor = move.tipsAllowed ? entry.tipsMinor : null;
  return entry.kind === 'whole' ? planWhole(move, leftMinor, entry.wholeMinor, typedTipsMinor) : planPart(move, leftMinor, entry, typedTipsMinor ?? 0);
}

function planWhole(move: OpenMove, leftMinor: number, wholeMinor: number, typedTipsMinor: number | null): TakePlan {
  const maxMinor = offeredMinor(move) ?? 0;
  if (wholeMinor !== maxMinor) return { kind: 'changed', of: 'whole', wasMinor: wholeMinor, maxMinor };
  const tipsMinor = typedTipsMinor ?? move.defaultTipsMinor;
  const amountMinor = maxMinor - tipsMinor;
  if (amountMinor < (move.minMinor ?? 0)) return { kind: 'tips-above', maxMinor };
  if (move.maxMinor !== null && amountMinor > move.maxMinor) return { kind: 'tips-below', minMinor: maxMinor - move.maxMinor };
  return { kind: 'ready', amountMinor, tipsMinor, totalMinor: maxMinor, staysMinor: maxMinor === leftMinor ? 0 : null };
}

function planPart(move: OpenMove, leftMinor: number, entry: Extract<TakeEntry, { kind: 'part' }>, tipsOnTopMinor: number): TakePlan {
  const { amountMinor: typedMinor, ofMinor } = entry;
  if (typedMinor === null) return { kind: 'empty' };
  // It may be the very part that another till has just captured.
  if (ofMinor !== leftMinor) return { kind: 'changed', of: 'part', wasMinor: ofMinor, maxMinor: leftMinor };
  if (typedMinor < (move.minMinor ?? 0)) return { kind: 'zero' };
  const totalMinor = typedMinor + tipsOnTopMinor;
  if (totalMinor > leftMinor) return { kind: 'above', totalMinor, maxMinor: leftMinor };
  const { amountMinor, tipsMinor } = splitOf(move, typedMinor);
  const isCertain = (offeredMinor(move) ?? 0) === leftMinor;
  return { kind: 'ready', amountMinor, tipsMinor: tipsMinor + tipsOnTopMinor, totalMinor, staysMinor: isCertain ? leftMinor - totalMinor : null };
}

type Amount = (minor: number) => string;

/** What will happen, or what is in the way, as one sentence. `unfinishedMinor`: what other captures of the hold ask for. */
export function planInWords(plan: TakePlan, amount: Amount, unfinishedMinor = 0): string {
  switch (plan.kind) {
    case 'ready': {
      const tips = plan.tipsMinor > 0 ? `, ${amount(plan.tipsMinor)} of it tips` : '';
      const rest = staysInWords(plan.staysMinor, unfinishedMinor, amount);
      return `Captures ${amount(plan.totalMinor)}${tips}. ${rest}`;
    }
    case 'empty':
      return 'Type the amount to capture.';
    case 'zero':
      return 'The amount must be more than zero.';
    case 'above':
      return `${amount(plan.totalMinor)} is more than is left. No more than ${amount(plan.maxMinor)} can be captured.`;
    case 'tips-above':
      return `The tips must be less than the ${amount(plan.maxMinor)} that is left.`;
    case 'tips-below':
      return `${amount(plan.minMinor)} of it are tips at least.`;
    case 'changed':
      return `What is left changed from ${amount(plan.wasMinor)} to ${amount(plan.maxMinor)}. ${plan.of === 'whole' ? 'Choose again.' : 'Clear the field, then type the amount again.'}`;
    case 'closed':
      return plan.reason;
  }
}

function staysInWords(staysMinor: number | null, unfinishedMinor: number, amount: Amount): string {
  const unfinished = unfinishedMinor > 0 ? unfinishedInWords(amount(unfinishedMinor)) : '';
  if (staysMinor === null) return [MORE_MAY_STAY, unfinished].filter(Boolean).join(' ');
  // Nobody knows yet whether the bank gives what another capture asks for: the hold may keep it.
  if (staysMinor === 0) return unfinished || 'Nothing stays on hold.';
  // No document says whether Dojo lets the rest go after a part.
  return [`${amount(staysMinor)} is left then, if Dojo keeps it on hold.`, unfinished].filter(Boolean).join(' ');
}

/** Of a hold of which Dojo may keep more than what is offered. */
export const MORE_MAY_STAY = 'Dojo decides whether more stays on hold.';

/** What another capture of the same hold asks for, whether it is queued, sent, being checked or needs a person. */
export const unfinishedInWords = (amount: string): string => `${amount} more is asked for, not finished yet.`;

/** A capture that was sent here before, ended without Dojo's word, and may still arrive beside this one. null: there is none. */
export function lostInWords(
  payment: Pick<PaymentView, 'lostCapturesMinor' | 'takenMinor' | 'takingMinor' | 'unfinishedCapturesMinor' | 'totalMinor'>,
  totalMinor: number,
  amount: Amount,
): string | null {
  const { lostCapturesMinor, takenMinor, takingMinor, unfinishedCapturesMinor } = payment;
  const wantedMinor = takenMinor + takingMinor + unfinishedCapturesMinor + totalMinor;
  // Of all that is held Dojo itself refuses the second one.
  if (lostCapturesMinor === 0 || wantedMinor >= payment.totalMinor) return null;
  const inAllMinor = Math.min(payment.totalMinor, wantedMinor + lostCapturesMinor);
  return `${amount(lostCapturesMinor)} sent before may still arrive: then ${amount(inAllMinor)} is captured in all.`;
}

/** Whether the plan is an error the person has made or has to know about, rather than a thing to go on with. */
export const isProblem = (plan: TakePlan): boolean => plan.kind !== 'ready' && plan.kind !== 'empty';
