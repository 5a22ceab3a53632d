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

/** What waits goes on with one press; what Dojo refused before that has to be decided again by a person. */
export function stoppedWords(waiting: number, refused: number): string {
  const waits = waiting === 0 ? 'Nothing moved.' : `${waiting === 1 ? '1 waits' : `${waiting} wait`} and nothing moved.`;
  const again = refused === 0 ? '' : ` ${refused === 1 ? '1 was refused: decide it' : `${refused} were refused: decide them`} again.`;
  return `${waits}${again} Connect with a key that may do this, or ask whoever made the key.`;
}
