import { holdEndInWords } from '../core/hold-end-words.ts';
import { inWords, money } from '../core/money.ts';
import { cameTwice, doubledCaptures, toldOf } from '../core/payment/came-twice.ts';
import type { Noticed } from '../core/payment/changes.ts';
import { turnedDownOf } from '../core/payment/declined.ts';
import { isUnsureWhoEnded } from '../core/payment/ended-by-itself.ts';
import { isAsWanted, lostRace } from '../core/payment/lost-race.ts';
import { capturedMinor, heldLeastMinor, heldMostMinor, isHold, isRefundedWhole, mayBeHeld, type Payment } from '../core/payment/payment.ts';
import { type Action, amountOf, asSent } from '../core/queue/action.ts';
import { leftUndone } from '../core/queue/came-to-nothing.ts';
import { isTakenWhole, looksDoubled, mayComeLate, showsUnconfirmed, wordsOutlived } from '../core/queue/evidence.ts';
import { words } from '../core/words.ts';
import { turnedDownInWords } from '../words/aftermath-words.ts';
import { inAllInWords, twiceInWords } from '../words/twice-words.ts';

const DOUBLED_UNHEARD =
  'Dojo did not confirm our capture, but shows one of exactly this amount since. Compare with Dojo before more is captured: it may be ours, or another till’s.';
const DECIDE_AGAIN = 'Look at the payment as it is now, and decide again if something is left to do.';

const UNCONFIRMED = 'Dojo did not confirm this, but shows exactly what was asked of it. It may have been this till’s own request after all, or another till’s.';
const UNCONFIRMED_OR_AT_END =
  'Dojo did not confirm this, but shows exactly what was asked of it. It may have been this till’s own request after all, another till’s, or the hold’s own end.';
const COMPARE = 'Compare with Dojo before you do it again.';

/** Of two answers to one request that a proxy doubled a refusal may be all that was heard. `isTaken`: the bank has said so. */
const capturedAnyway = (isTaken: boolean): string =>
  `All of it is ${isTaken ? '' : 'being '}captured, elsewhere or by this one after all. Nothing is left to do for it.`;

const othersThan = (action: Action, actions: readonly Action[]): readonly Action[] => actions.filter((other) => other !== action);

/**
 * `isSettled`: another till, or the hold's own end, did what was wanted, so nothing is left to decide. `mayBeOurs`: Dojo shows a capture that
 * this may have made after all, and that is no harmless question.
 */
export type CameSecond = Readonly<{ message: string; next: string | null; isSettled: boolean; mayBeOurs?: true; code: 'changed-elsewhere' | 'too-late' }>;

/** What the end of an action that was not done reads like where something else was done meanwhile; null: it was not that. `actions` are all on the payment. */
export function cameSecond(action: Action, payment: Payment, actions: readonly Action[], noticed: readonly Noticed[]): CameSecond | null {
  const code = 'changed-elsewhere';
  if (looksDoubled(action, payment, othersThan(action, actions)))
    return isCapturedAnyway(action, payment, actions)
      ? { message: capturedAnyway(isTakenWhole(payment)), next: null, isSettled: true, code }
      : { message: DOUBLED_UNHEARD, next: null, isSettled: false, mayBeOurs: true, code };
  const isSettled = isAsWanted(action, payment, actions);
  if (showsUnconfirmed(action, payment, othersThan(action, actions)))
    return {
      message: action.move.kind === 'reverse' && isUnsureWhoEnded(payment) ? UNCONFIRMED_OR_AT_END : UNCONFIRMED,
      next: isSettled ? null : COMPARE,
      isSettled,
      code,
    };
  if (action.state === 'expired') return atHoldsEnd(action, payment, actions);
  const message = lostRace(action, noticed);
  if (message === null) return null;
  // Where Dojo's total is less than its parts more may be left.
  const isAll = isSettled && action.move.kind === 'capture' && capturedMinor(payment) >= heldMostMinor(payment);
  const all = isAll ? ` All of it is ${isTakenWhole(payment) ? '' : 'being '}captured.` : '';
  return { message: `${message}${all}`, next: isSettled ? null : DECIDE_AGAIN, isSettled, code };
}

/**
 * It asked for all that was left, and all of it is captured: whoever did that, once is all there can be. One that asked for a part may be a
 * part too many, and one that was given up may have been taken for not done.
 */
const isCapturedAnyway = (action: Action, payment: Payment, actions: readonly Action[]): boolean =>
  !mayComeLate(action) &&
  isAsWanted(action, payment, actions) &&
  (amountOf(action.move) ?? 0) >= heldLeastMinor(payment) - (asSent(action).baseline?.capturedMinor ?? 0);

/** What the hold's own end took may have come after the action's end was written down. More than was wanted is no settled thing. */
function atHoldsEnd(action: Action, payment: Payment, actions: readonly Action[]): CameSecond | null {
  if (holdEndInWords(payment, actions) === null) return null;
  const isSettled = action.move.kind === 'capture' && isAsWanted(action, payment, actions) && (amountOf(action.move) ?? 0) >= capturedMinor(payment);
  return { ...words.expired(action, payment, actions), isSettled, code: 'too-late' };
}

function outlivedInWords({ move }: Action, payment: Payment): string {
  const held = isHold(payment) ? 'it is still on hold' : 'it may still be on hold';
  const [what, then] = move.kind === 'refund' ? ['refund', 'the customer may not have it'] : ['capture', held];
  return `The ${what} of ${inWords(money(amountOf(move) ?? 0, payment.currency))} was settled here as done. Dojo has shown none for a day: ${then}.`;
}

/** Why somebody should look at a payment; null: nothing is left to decide. `nowMs`: by the corrected clock. */
export function attentionOf(payment: Payment, actions: readonly Action[], noticed: readonly Noticed[], nowMs: number): string | null {
  const stuck = actions.find((action) => action.state === 'needsPerson');
  if (stuck) return stuck.outcome ? [stuck.outcome.message, stuck.outcome.next].filter(Boolean).join(' ') : 'Somebody has to decide.';
  const came = toldOf([...cameTwice(payment, actions).values()]);
  if (came?.isTwice) return Object.values(twiceInWords(came)).join(' ');
  const inAll = came ? `${inAllInWords(came)} ` : '';
  if ([...doubledCaptures(payment, actions)].some((action) => !isCapturedAnyway(action, payment, actions))) return `${inAll}${DOUBLED_UNHEARD}`;
  const unconfirmed = actions.find((action) => showsUnconfirmed(action, payment, othersThan(action, actions)) && !isAsWanted(action, payment, actions));
  if (unconfirmed) return `${inAll}${UNCONFIRMED}`;
  const last = actions.at(-1);
  const outlived = wordsOutlived(payment, actions, nowMs).at(-1);
  // Whoever has decided on the payment since has looked at it.
  if (outlived && outlived === last && (outlived.move.kind === 'refund' || mayBeHeld(payment, nowMs))) return outlivedInWords(outlived, payment);
  for (const undone of leftUndone(actions).toReversed()) {
    const second = cameSecond(undone, payment, actions, noticed);
    // Where another till, or a later action, did what was wanted, the payment is as it should be; its row says that it was changed.
    if (second ? second.isSettled : isAsWanted(undone, payment, actions)) continue;
    return second?.message ?? undone.outcome?.message ?? (undone.state === 'expired' ? 'It was too late.' : 'Dojo refused.');
  }
  // Who gave all of it back has decided.
  const turnedDown = isRefundedWhole(payment) ? [] : turnedDownOf(payment, actions);
  return turnedDown.length > 0 ? turnedDownInWords(turnedDown, payment.currency) : null;
}
