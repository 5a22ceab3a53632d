import type { GiveBackWay, MoveView, PaymentView } from '../../preload/contract.ts';

/** The three ways to give money back, as a person would say what is being done. */
export const WAY_TITLES: Readonly<Record<GiveBackWay, string>> = {
  release: 'Release the hold',
  undo: 'Reverse today’s payment',
  refund: 'Refund',
};

/** The way as the first word of its button: `Reverse £3.50`. */
export const WAY_VERBS: Readonly<Record<GiveBackWay, string>> = { release: 'Release', undo: 'Reverse', refund: 'Refund' };

/** What giving back is called by the way that main picks. `Refund` where no way is open: the dialog says why. */
export const giveBackTitle = ({ giveBack }: PaymentView): string => WAY_VERBS[giveBack.way ?? 'refund'];

/** Releasing and undoing are the same move at Dojo: a reversal. */
export const moveKindOfWay = (way: GiveBackWay): 'refund' | 'reverse' => (way === 'refund' ? 'refund' : 'reverse');

export const moveOfWay = (payment: PaymentView, way: GiveBackWay): MoveView => payment.moves[moveKindOfWay(way)];
