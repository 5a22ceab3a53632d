import type { MoveView } from '../../preload/contract.ts';

/** What the person has put in so far. `wholeMinor`: the rest they chose to take, as it was when they chose it. */
export type TakeEntry =
  | Readonly<{ kind: 'whole'; wholeMinor: number; tipsMinor: number | null }>
  | Readonly<{ kind: 'part'; amountMinor: number | null; tipsMinor: number | null }>;

export type TakePlan =
  | Readonly<{ kind: 'ready'; amountMinor: number; tipsMinor: number; totalMinor: number; staysMinor: number }>
  /** Nothing is wrong; an amount is still to be typed. */
  | Readonly<{ kind: 'empty' }>
  | Readonly<{ kind: 'zero' }>
  | Readonly<{ kind: 'above'; totalMinor: number; maxMinor: number }>
  /** The tips leave nothing for the payment itself. */
  | Readonly<{ kind: 'tips-above'; maxMinor: number }>
  /** What is left changed since the person chose the whole of it: they choose again, nothing is swapped under their finger. */
  | Readonly<{ kind: 'changed'; wasMinor: number; maxMinor: number }>
  | Readonly<{ kind: 'closed'; reason: string }>;

/**
 * What would be asked of Dojo. The limits come from the move itself. Tips count towards what is left:
 * of the whole rest they are a part, beside a typed amount they are on top.
 */
export function planTake(move: MoveView, entry: TakeEntry): TakePlan {
  if (!move.open) return { kind: 'closed', reason: move.reason };
  const minMinor = move.minMinor ?? 0;
  const maxMinor = move.maxMinor ?? Number.POSITIVE_INFINITY;
  const tipsMinor = move.tipsAllowed ? (entry.tipsMinor ?? 0) : 0;
  if (entry.kind === 'whole') {
    if (entry.wholeMinor !== maxMinor) return { kind: 'changed', wasMinor: entry.wholeMinor, maxMinor };
    const amountMinor = maxMinor - tipsMinor;
    if (amountMinor < minMinor) return { kind: 'tips-above', maxMinor };
    return { kind: 'ready', amountMinor, tipsMinor, totalMinor: maxMinor, staysMinor: 0 };
  }
  if (entry.amountMinor === null) return { kind: 'empty' };
  if (entry.amountMinor < minMinor) return { kind: 'zero' };
  const totalMinor = entry.amountMinor + tipsMinor;
  if (totalMinor > maxMinor) return { kind: 'above', totalMinor, maxMinor };
  return { kind: 'ready', amountMinor: entry.amountMinor, tipsMinor, totalMinor, staysMinor: maxMinor - totalMinor };
}

type Amount = (minor: number) => string;

/** What will happen, or what is in the way, as one sentence. */
export function planInWords(plan: TakePlan, amount: Amount): string {
  switch (plan.kind) {
    case 'ready': {
      const tips = plan.tipsMinor > 0 ? `, ${amount(plan.tipsMinor)} of it tips` : '';
      const rest = plan.staysMinor > 0 ? `${amount(plan.staysMinor)} stays on hold.` : 'Nothing stays on hold.';
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
    case 'changed':
      return `What is left changed from ${amount(plan.wasMinor)} to ${amount(plan.maxMinor)}. Choose again.`;
    case 'closed':
      return plan.reason;
  }
}

/** Whether the plan is an error the person has made or has to know about, rather than a thing to go on with. */
export const isProblem = (plan: TakePlan): boolean => plan.kind !== 'ready' && plan.kind !== 'empty';
