import type { GiveBackWay, MoveKind, MoveView, PaymentView } from '../../preload/contract.ts';
import { formatMoney } from '../format.ts';
import { giveBackTitle, WAY_TITLES } from '../give-back/ways.ts';
import { afterItsDay, untilInWords } from '../take/deadline-words.ts';
import { offeredMinor } from '../take/offered.ts';

/** Moves with a form of their own in the payment's view; taking and giving back have their own dialogs. */
export type FormKind = Exclude<MoveKind, 'capture' | 'reverse' | 'refund'>;
/** What a person can begin with a payment: one button for each. Giving back is one, whatever way main picks for it. */
export type Deed = 'capture' | 'give-back' | FormKind;

const FORM_KINDS = ['cancel', 'setAmount', 'setTips', 'sendReceipt'] as const satisfies readonly FormKind[];
type OpenMove = Extract<MoveView, { open: true }>;

/** What can be begun now, the main thing first. */
export function openDeeds(payment: PaymentView): Deed[] {
  const take = payment.moves.capture.open ? (['capture'] as const) : [];
  const giveBack = payment.giveBack.way === null ? [] : (['give-back'] as const);
  const forms = FORM_KINDS.filter((kind) => payment.moves[kind].open);
  // Nothing is given back of what nobody has paid: cancelling is the main thing then, and a reversal stands behind it.
  return payment.state === 'not-paid' ? [...forms, ...giveBack] : [...take, ...giveBack, ...forms];
}

/** What it is called on its button. */
export function deedTitle(deed: Deed, payment: PaymentView): string {
  switch (deed) {
    case 'capture':
      return captureTitle(payment);
    case 'give-back':
      return giveBackTitle(payment);
    default:
      return CLOSED_NAMES[deed];
  }
}

function captureTitle({ moves: { capture }, currency }: PaymentView): string {
  const minor = capture.open ? offeredMinor(capture) : null;
  return minor === null ? 'Capture a part' : `Capture ${formatMoney(minor, currency)}`;
}

/** What pressing it leads to, until when it is possible, and what does not belong to it. */
export function deedNote(deed: Deed, payment: PaymentView, zone: string, nowMs: number): string {
  switch (deed) {
    case 'capture':
      return sentences(wholeOrPart(payment), possible(payment.moves.capture, zone, nowMs), tipsClosed(payment.moves.capture), included(payment.moves.capture));
    case 'give-back':
      return giveBackNote(payment, zone, nowMs);
    case 'cancel':
      return 'Nobody has paid yet, and nobody can any more then.';
    case 'setAmount':
    case 'setTips':
      return 'Before the customer pays.';
    case 'sendReceipt':
      return 'To one address or several.';
  }
}

function giveBackNote({ giveBack, moves, currency, holdEnds }: PaymentView, zone: string, nowMs: number): string {
  if (giveBack.way === 'refund') {
    const maxMinor = moves.refund.open ? moves.refund.maxMinor : null;
    return sentences(
      `${WAY_TITLES.refund}: the whole or a part`,
      maxMinor === null ? null : `, up to ${formatMoney(maxMinor, currency)}`,
      '.',
      included(moves.refund),
    );
  }
  const title = giveBack.way === null ? '' : `${WAY_TITLES[giveBack.way]}.`;
  const after = giveBack.way === 'release' && moves.reverse.open && moves.reverse.deadlineMs !== null ? afterItsDay(moves.reverse.deadlineMs, holdEnds) : null;
  return sentences(title, possible(moves.reverse, zone, nowMs), after, giveBack.instead ? ' Or refund a part.' : null);
}

const sentences = (...parts: readonly (string | null)[]): string => parts.filter((part) => part !== null).join('');

const possible = (move: MoveView, zone: string, nowMs: number): string | null =>
  move.open && move.deadlineMs !== null ? ` Possible ${untilInWords(move.deadlineMs, zone, nowMs)}.` : null;

/** Less than all that is left is offered where Dojo's total differs, and where it refused the service charge. */
const wholeOrPart = ({ moves: { capture }, leftMinor }: PaymentView): string =>
  capture.open && offeredMinor(capture) !== leftMinor ? 'What is offered, or another part.' : 'The whole rest, or a part of it.';

/** What more than the bill is in the amount. */
const included = (move: MoveView): string | null => (move.open && move.includes !== null ? ` ${move.includes}` : null);

const tipsClosed = (move: MoveView): string | null => (move.open && move.tipsReason !== null ? ` ${move.tipsReason}` : null);

/** What Dojo's documents leave open about it, or null. */
export function deedCaution(deed: Deed, payment: PaymentView): string | null {
  const move: MoveView | OpenMove = payment.moves[deed === 'give-back' ? (payment.giveBack.way === 'refund' ? 'refund' : 'reverse') : deed];
  return move.open ? move.caution : null;
}

const CLOSED_NAMES: Readonly<Record<Exclude<Deed, 'give-back'> | GiveBackWay, string>> = {
  capture: 'Capture',
  ...WAY_TITLES,
  cancel: 'Cancel the payment',
  setAmount: 'Change the amount',
  setTips: 'Change the tips',
  sendReceipt: 'E-mail a receipt',
};

type Closed = Readonly<{ name: string; reason: string }>;

/** What is closed, and why. */
export function closedDeeds({ moves, giveBack }: PaymentView): Closed[] {
  const closed = (kind: 'capture' | FormKind): Closed[] => {
    const move = moves[kind];
    return move.open ? [] : [{ name: CLOSED_NAMES[kind], reason: move.reason }];
  };
  return [...closed('capture'), ...giveBack.closed.map(({ way, reason }) => ({ name: CLOSED_NAMES[way], reason })), ...FORM_KINDS.flatMap(closed)];
}

/** Those with the same reason together: a payment is often closed to all of them for one reason. */
export function byReason(closed: readonly Closed[]): { names: string; reason: string }[] {
  const namesOf = new Map<string, string[]>();
  for (const { name, reason } of closed) namesOf.set(reason, [...(namesOf.get(reason) ?? []), name]);
  return [...namesOf].map(([reason, names]) => ({ names: names.join(', '), reason }));
}
