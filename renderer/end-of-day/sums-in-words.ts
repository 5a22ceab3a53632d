import { formatMoney } from '../format.ts';
import type { Sum } from './choice.ts';
import { type RunReport, takenSums } from './run-report.ts';

/** "£1,204.50 and €30.00"; "nothing" where there is no sum. A currency of which there is nothing is said only where it is the only one. */
export function sumsInWords(sums: readonly Sum[]): string {
  const told = sums.some((sum) => sum.amountMinor !== 0) ? sums.filter((sum) => sum.amountMinor !== 0) : sums.slice(0, 1);
  const parts = told.map(({ amountMinor, currency }) => formatMoney(amountMinor, currency));
  if (parts.length === 0) return 'nothing';
  return parts.length === 1 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** "1 hold", "60 holds". */
export const holdsInWords = (count: number): string => `${count} ${count === 1 ? 'hold' : 'holds'}`;

export const countOf = (sums: readonly Sum[]): number => sums.reduce((count, sum) => count + sum.count, 0);

/** "41 of 60 taken · £1,204.50" */
export const progressInWords = (report: RunReport): string => `${report.counts.taken} of ${report.total} captured · ${sumsInWords(takenSums(report))}`;
