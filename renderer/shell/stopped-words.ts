import type { MoveKind } from '../../preload/contract.ts';

const MANY: Readonly<Record<MoveKind, string>> = {
  capture: 'captures',
  reverse: 'releases and reversals',
  refund: 'refunds',
  cancel: 'cancellations',
  setAmount: 'changes of an amount',
  setTips: 'changes of tips',
  sendReceipt: 'receipts',
};

/** That Dojo refuses this key one kind of move. */
export const stoppedTitle = (kind: MoveKind): string => `Dojo does not allow this key any ${MANY[kind]}.`;
