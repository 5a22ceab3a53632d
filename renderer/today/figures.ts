import type { Totals } from '../../preload/contract.ts';

export type Figures = Readonly<{
  count: number;
  /** The shop's main currency always, the others where there is anything. */
  sums: readonly Readonly<{ currency: string; amountMinor: number }>[];
}>;

/** One of the day's figures, currency by currency. */
export function figuresOf({ byCurrency }: Totals, which: 'onHold' | 'taken' | 'taking' | 'givenBack'): Figures {
  const rows = byCurrency.map((row) => {
    switch (which) {
      case 'onHold':
        return { currency: row.currency, amountMinor: row.onHoldMinor, count: row.onHoldCount };
      case 'taken':
        return { currency: row.currency, amountMinor: row.takenMinor, count: row.takenCount };
      case 'taking':
        return { currency: row.currency, amountMinor: row.takingMinor, count: 0 };
      case 'givenBack':
        return { currency: row.currency, amountMinor: row.givenBackMinor, count: row.givenBackCount };
    }
  });
  return {
    count: rows.reduce((sum, row) => sum + row.count, 0),
    sums: rows.filter((row, index) => index === 0 || row.amountMinor > 0).map(({ currency, amountMinor }) => ({ currency, amountMinor })),
  };
}
