import type { ActionView } from '../../preload/contract.ts';
import { formatMoney, formatWhen } from '../format.ts';
import { referenceInWords, referenceLabel } from '../reference.ts';
import { actionTitle, cardSpoken, cardWords } from '../words.ts';

/** By which day a time is told, and where. */
export type ToldAt = Readonly<{ zone: string; nowMs: number }>;
type OnPayment = Pick<ActionView, 'card' | 'paymentAtMs'>;

/** "Capture £20.00 of Table 12", "Release of Table 12". */
export const actionInWords = (action: ActionView): string => `${actionTitle(action)} of ${referenceInWords(action.reference)}`;

/** What the button says that asks Dojo now: what was not sent is tried, of what was sent only the payment is read. */
export const retryWord = ({ state }: Pick<ActionView, 'state'>): string => (state === 'waiting' ? 'Try now' : 'Read again');

/** "Yes, send £20.00": the press that lets money move says how much. */
export function sendConfirmed({ kind, amountMinor, tipsMinor, currency }: ActionView, ends = ''): string {
  const isSum = (kind === 'capture' || kind === 'refund') && amountMinor !== null;
  return `Yes, send ${isSum ? formatMoney(amountMinor + tipsMinor, currency) : 'it'}${ends}`;
}

/** "Dojo, read 14:32": what stands below is of that time, however old. */
export const titleRead = (title: string, readAtMs: number | null, { zone, nowMs }: ToldAt): string =>
  readAtMs === null ? title : `${title}, read ${formatWhen(readAtMs, zone, nowMs)}`;

/** "Read 14:32.", of what is shown of its payment; null: nothing is. */
export const readInWords = ({ look }: ActionView, { zone, nowMs }: ToldAt): string | null =>
  look === null || look.readAtMs === null ? null : `Read ${formatWhen(look.readAtMs, zone, nowMs)}.`;

/** "Visa ···· 1234, 14:32", as the payment's own row says it. A table has several payments a day: its reference alone tells none of them. */
function whichPayment({ card, paymentAtMs }: OnPayment, { zone, nowMs }: ToldAt, say: typeof cardWords): string | null {
  const when = paymentAtMs === null ? '' : formatWhen(paymentAtMs, zone, nowMs);
  const which = say(card);
  if (which === '') return when === '' ? null : `payment of ${when}`;
  return [which, when].filter(Boolean).join(', ');
}

const inBrackets = (name: string, which: string | null): string => (which === null ? name : `${name} (${which})`);

/** The same, where it begins a line. null: the payment is not known. */
export function paymentFacts(action: OnPayment, at: ToldAt): string | null {
  const which = whichPayment(action, at, cardWords);
  return which && `${which.charAt(0).toUpperCase()}${which.slice(1)}`;
}

/** "Capture £20.00 of Table 12 (Visa ···· 1234, 14:32)": one action and no other. */
export const actionTold = (action: ActionView, at: ToldAt): string => inBrackets(actionInWords(action), whichPayment(action, at, cardWords));

/** The same for screen readers. */
export const actionSpoken = (action: ActionView, at: ToldAt): string => inBrackets(actionInWords(action), whichPayment(action, at, cardSpoken));

/** "Table 12 (Visa ending in 1234, 14:32)", for screen readers, where the list says what is done with it. */
export const referenceSpoken = (action: OnPayment & Pick<ActionView, 'reference'>, at: ToldAt): string =>
  inBrackets(referenceInWords(action.reference), whichPayment(action, at, cardSpoken));

/** "Table 12 (Visa ···· 1234, 14:32)", where its name stands. */
export const referenceTold = (action: OnPayment & Pick<ActionView, 'reference'>, at: ToldAt): string =>
  inBrackets(referenceLabel(action.reference), whichPayment(action, at, cardWords));
