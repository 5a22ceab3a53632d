import type { Totals } from '../../preload/contract.ts';

export type Figures = Readonly<{
  count: number;
  /** The shop's main currency always, the others where there is anything. */
  sums: readonly Readonly<{ currency: string; amountMinor: number }>[];
}>;

type Row = Totals['byCurrency'][number];

const AMOUNTS = {
  onHold: (row: Row) => ({ amountMinor: row.onHoldMinor, count: row.onHoldCount }),
  taken: (row: Row) => ({ amountMinor: row.takenMinor, count: row.takenCount }),
  taking: (row: Row) => ({ amountMinor: row.takingMinor, count: 0 }),
  givenBack: (row: Row) => ({ amountMinor: row.givenBackMinor, count: row.givenBackCount }),
  /** What stays with the shop; below zero where more was given back than came in. */
  net: (row: Row) => ({ amountMinor: row.takenMinor - row.givenBackMinor, count: 0 }),
} as const;

/** One of the day's figures, currency by currency. */
export function figuresOf({ byCurrency }: Totals, which: keyof typeof AMOUNTS): Figures {
  const rows = byCurrency.map((row) => ({ currency: row.currency, ...AMOUNTS[which](row) }));
  return {
    count: rows.reduce((sum, row) => sum + row.count, 0),
    sums: rows.filter((row, index) => index === 0 || row.amountMinor !== 0).map(({ currency, amountMinor }) => ({ currency, amountMinor })),
  };
}
