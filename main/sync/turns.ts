export type Turns = Readonly<{
  /** Of these, those whose turn it is now: whoever waits longest first. One that is not among them is new when it comes back. */
  next(paymentIds: readonly string[]): readonly string[];
  /** They did not have it after all. */
  giveBack(paymentIds: readonly string[]): void;
}>;

/** Many payments are to be looked at, and no more than `most` at a time: each of them has its turn. */
export function createTurns(most: number): Turns {
  /** The round in which each had its turn last. */
  const hadIn = new Map<string, number>();
  let round = 0;
  return {
    next(paymentIds) {
      const ids = new Set(paymentIds);
      for (const id of hadIn.keys()) if (!ids.has(id)) hadIn.delete(id);
      const turns = [...ids].sort((a, b) => (hadIn.get(a) ?? 0) - (hadIn.get(b) ?? 0)).slice(0, most);
      round += 1;
      for (const id of turns) hadIn.set(id, round);
      return turns;
    },
    giveBack(paymentIds) {
      for (const id of paymentIds) hadIn.delete(id);
    },
  };
}
