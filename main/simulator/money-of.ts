import type { Movement } from './intent.ts';

/** What the ledger says happened to one payment's money, in minor units. */
export type MoneyOf = Readonly<{
  heldMinor: number;
  /** Requested, not settled. */
  capturingMinor: number;
  /** Confirmed by the bank. */
  capturedMinor: number;
  releasedMinor: number;
  reversedMinor: number;
  refundedMinor: number;
  /** Captures that were not declined and did not fail. An Auto payment has none. */
  captures: number;
  reversals: number;
  refunds: number;
}>;

export function moneyOf(movements: readonly Movement[]): MoneyOf {
  const sum = (...kinds: Movement['kind'][]) => movements.filter(({ kind }) => kinds.includes(kind)).reduce((total, { amountMinor }) => total + amountMinor, 0);
  const count = (...kinds: Movement['kind'][]) => movements.filter(({ kind }) => kinds.includes(kind)).length;
  const requested = movements.filter(({ kind }) => kind === 'captured-requested');
  const settled = new Set(movements.filter(({ kind }) => kind === 'captured' || kind === 'capture-declined' || kind === 'capture-failed').map(({ id }) => id));
  return {
    heldMinor: sum('held'),
    capturingMinor: requested.filter(({ id }) => !settled.has(id)).reduce((total, { amountMinor }) => total + amountMinor, 0),
    capturedMinor: sum('captured'),
    releasedMinor: sum('released'),
    reversedMinor: sum('reversed'),
    refundedMinor: sum('refunded'),
    captures: requested.length - count('capture-declined', 'capture-failed'),
    reversals: count('reversed'),
    refunds: count('refunded'),
  };
}

/** The promises that hold whatever a client does, as sentences about the ones broken. */
export function imbalancesOf(intentId: string, money: MoneyOf): readonly string[] {
  const { heldMinor, capturingMinor, capturedMinor, releasedMinor, reversedMinor, refundedMinor } = money;
  const takenBack = heldMinor === reversedMinor; // an undone sale was captured first
  return [
    ...(capturedMinor + capturingMinor + releasedMinor > heldMinor ? [`${intentId}: more was taken and released than held`] : []),
    ...(refundedMinor > capturedMinor ? [`${intentId}: more was refunded than taken`] : []),
    ...(reversedMinor > 0 && refundedMinor > 0 ? [`${intentId}: both reversed and refunded`] : []),
    ...(money.reversals > 1 ? [`${intentId}: reversed more than once`] : []),
    ...(reversedMinor > 0 && heldMinor > 0 && !takenBack ? [`${intentId}: reversed in part`] : []),
  ];
}
