import type { ActionView, MoveKind } from '../../preload/contract.ts';
import { type Sum, sumUp } from '../end-of-day/choice.ts';
import { sumsInWords } from '../end-of-day/sums-in-words.ts';
import { WAY_VERBS } from '../give-back/ways.ts';
import { MANY } from '../words.ts';

/** That Dojo refuses this key one kind of move. */
export const stoppedTitle = (kind: MoveKind): string => `Dojo does not allow this key any ${MANY[kind]}.`;

/** The same of what is left of it once nothing is stopped any more. */
export const againTitle = (kind: MoveKind): string => `Dojo did not allow the key some ${MANY[kind]}.`;

/** Beside it: what stays to be decided. */
export const againWords = (refused: number): string => `${refused} were refused: nothing moved.`;

/** What one press lets go on: what waits, and what Dojo refused before that. */
export function stoppedWords(waiting: number, refused: number): string {
  const parts = [
    ...(waiting === 0 ? [] : [waiting === 1 ? '1 waits' : `${waiting} wait`]),
    ...(refused === 0 ? [] : [refused === 1 ? '1 was refused' : `${refused} were refused`]),
  ];
  const said = parts.length === 0 ? 'Nothing moved.' : `${parts.join(', ')}: nothing moved.`;
  return `${said} Ask who made the key, or use another.`;
}

export function tryWords(waiting: number, refused: number): string {
  const count = waiting + refused;
  if (count === 0) return 'Try again';
  if (count === 1) return 'Try it again';
  return refused === 0 ? `Try the ${count} again` : `Try all ${count} again`;
}

/** Until the press is answered. What only waits was queued before: nothing new is. */
export const tryingWords = (refused: number): string => (refused === 0 ? 'Trying…' : 'Queueing…');

/** What the press for all of them does to the money; null: it moves none. */
function verbOf(kind: MoveKind, actions: readonly ActionView[]): string | null {
  if (kind === 'capture') return 'capture';
  const verbs = new Set(actions.flatMap(({ way }) => (way === null ? [] : WAY_VERBS[way].toLowerCase())));
  return verbs.size === 0 ? null : [...verbs].toSorted().join(' or ');
}

/** Of a payment, in minor units; undefined: it is not known here. */
type WholeMinorOf = (paymentId: string) => number | undefined;

/** In each currency. A reversal is of the whole payment; null: of one of them nobody knows here how much that is. */
function sumsOf(actions: readonly ActionView[], wholeMinorOf: WholeMinorOf): readonly Sum[] | null {
  const parts: { currency: string; amountMinor: number }[] = [];
  for (const { paymentId, amountMinor, tipsMinor, currency } of actions) {
    const minor = amountMinor === null ? wholeMinorOf(paymentId) : amountMinor + tipsMinor;
    if (minor === undefined) return null;
    parts.push({ currency, amountMinor: minor });
  }
  return sumUp(parts);
}

/** What a second press confirms: "Yes, refund 3: £15.00". null: no money moves, one press is enough. */
export function sendWords(kind: MoveKind, actions: readonly ActionView[], wholeMinorOf: WholeMinorOf): string | null {
  const verb = verbOf(kind, actions);
  if (verb === null || actions.length === 0) return null;
  const sums = sumsOf(actions, wholeMinorOf);
  return `Yes, ${verb} ${actions.length}${sums === null ? '' : `: ${sumsInWords(sums)}`}`;
}

const NAMED_MOST = 2;

/** What the press could not decide again, and why. null: all of it was. */
export function notAgainWords(refused: readonly Readonly<{ message: string }>[]): string | null {
  if (refused.length === 0) return null;
  const more = refused.length - NAMED_MOST;
  const named = refused.slice(0, NAMED_MOST).map(({ message }) => message);
  return [
    refused.length === 1 ? '1 was not decided again.' : `${refused.length} were not decided again.`,
    ...named,
    ...(more > 0 ? [`And ${more} more.`] : []),
  ].join(' ');
}

/** So many payments refused in a row stop an operation: one payment's refusal is its own. */
const PAYMENTS_MIN = 3;

export const isToDecideAgain = (action: ActionView, kind: MoveKind): boolean => action.kind === kind && action.decidableAgain && !action.otherAccount;

/** Operations of which several payments were refused for lack of permission and nothing is stopped now: the key was mended, or nothing waits. */
export const againKinds = (actions: readonly ActionView[], stopped: readonly MoveKind[]): MoveKind[] =>
  (Object.keys(MANY) as MoveKind[]).filter(
    (kind) =>
      !stopped.includes(kind) && new Set(actions.filter((action) => isToDecideAgain(action, kind)).map(({ paymentId }) => paymentId)).size >= PAYMENTS_MIN,
  );
