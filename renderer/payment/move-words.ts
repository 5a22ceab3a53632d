import { MOVE_KINDS, type MoveKind, type MoveView, type PaymentView } from '../../preload/contract.ts';
import { formatMoney } from '../format.ts';
import { untilInWords } from '../take/deadline-words.ts';

/** Moves with a form of their own in the payment's view; taking and undoing have their own dialogs. */
export type FormKind = Exclude<MoveKind, 'capture' | 'reverse'>;

type OpenMove = Extract<MoveView, { open: true }>;
type ClosedMove = Extract<MoveView, { open: false }>;

/** What a move is called on its button. */
export function moveTitle(kind: MoveKind, payment: PaymentView): string {
  switch (kind) {
    case 'capture':
      return `Take ${formatMoney(payment.leftMinor, payment.currency)}`;
    case 'reverse':
      return payment.captureMode === 'Manual' ? 'Release the hold' : 'Undo the payment';
    case 'refund':
      return 'Refund';
    case 'cancel':
      return 'Cancel the payment';
    case 'setAmount':
      return 'Change the amount';
    case 'setTips':
      return 'Change the tips';
    case 'sendReceipt':
      return 'E-mail a receipt';
  }
}

/** What pressing it leads to, and until when it is possible. */
export function openMoveNote(kind: MoveKind, move: OpenMove, payment: PaymentView, zone: string, nowMs: number): string {
  const until = move.deadlineMs === null ? '' : ` Possible ${untilInWords(move.deadlineMs, zone, nowMs)}.`;
  switch (kind) {
    case 'capture':
      return `The whole rest, or a part of it.${until}`;
    case 'reverse':
      return payment.captureMode === 'Manual'
        ? `Nothing was taken: the customer’s money is let go.${until}`
        : `The whole payment; the customer is not charged.${until}`;
    case 'refund':
      return move.maxMinor === null ? 'The whole or a part.' : `The whole or a part, up to ${formatMoney(move.maxMinor, payment.currency)}.`;
    case 'cancel':
      return 'Nobody has paid yet, and nobody can any more then.';
    case 'setAmount':
      return 'Before the customer pays.';
    case 'setTips':
      return 'Before the customer pays.';
    case 'sendReceipt':
      return 'To one address or several.';
  }
}

export const openMoves = (payment: PaymentView): { kind: MoveKind; move: OpenMove }[] =>
  MOVE_KINDS.flatMap((kind) => {
    const move = payment.moves[kind];
    return move.open ? [{ kind, move }] : [];
  });

/** Closed moves, those with the same reason together: one payment is often closed to all of them for one reason. */
export function closedMoves(payment: PaymentView): { kinds: MoveKind[]; reason: string }[] {
  const byReason = new Map<string, MoveKind[]>();
  for (const kind of MOVE_KINDS) {
    const move: OpenMove | ClosedMove = payment.moves[kind];
    if (!move.open) byReason.set(move.reason, [...(byReason.get(move.reason) ?? []), kind]);
  }
  return [...byReason].map(([reason, kinds]) => ({ kinds, reason }));
}

const CLOSED_NAMES: Readonly<Record<MoveKind, string>> = {
  capture: 'Take',
  reverse: 'Undo',
  refund: 'Refund',
  cancel: 'Cancel',
  setAmount: 'Change the amount',
  setTips: 'Change the tips',
  sendReceipt: 'E-mail a receipt',
};

export const closedNames = (kinds: readonly MoveKind[]): string => kinds.map((kind) => CLOSED_NAMES[kind]).join(', ');
