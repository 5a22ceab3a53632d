import type { Result } from '../../preload/contract.ts';
import { errorInWords } from '../error-words.ts';
import type { RunReport } from './run-report.ts';

/** “2 declined, 1 needs you”: what became of all that is not captured; empty where all is. */
export function othersInWords({ counts }: RunReport): string {
  const others = [
    [counts.taking, 'with the bank'],
    [counts['not-shown'], 'with no outcome shown'],
    [counts.sending, 'sending'],
    [counts.waiting, 'queued'],
    [counts.behind, counts.behind === 1 ? 'waits for you' : 'wait for you'],
    [counts.checking, 'being checked'],
    [counts['needs-person'], counts['needs-person'] === 1 ? 'needs you' : 'need you'],
    [counts.declined, 'declined'],
    [counts.failed, 'failed'],
    [counts.refused, 'refused'],
    [counts['too-late'], 'too late'],
    [counts.withdrawn, 'removed'],
    [counts['settled-done'], 'captured, as a person found'],
  ] as const;
  return others
    .filter(([count]) => count > 0)
    .map(([count, text]) => `${count} ${text}`)
    .join(', ');
}

/** Said once that a run has come to its end. The bank has answered only what it was asked and is shown to have answered. */
export function endInWords(report: RunReport): string {
  const { counts, total } = report;
  const hasAnswered = counts.taken + counts.declined + counts.failed > 0;
  const became = [`${counts.taken} of ${total} captured`, othersInWords(report)].filter(Boolean).join(', ');
  return `${hasAnswered ? 'The bank has answered' : 'The run has ended'}: ${became}. The report is on the page.`;
}

/** How many were removed; one that was sent meanwhile stays, and so does one that could not be written down. */
export function removedInWords(results: readonly Result[]): string {
  const errors = results.flatMap((result) => (result.ok ? [] : [result.error]));
  const late = errors.filter(({ code }) => code === 'not-possible').length;
  const other = errors.find(({ code }) => code !== 'not-possible');
  return [
    `${results.length - errors.length} removed.`,
    ...(late > 0 ? [`${late} could not be: sent meanwhile, or past the point where it could be removed.`] : []),
    ...(other ? [`${errors.length - late} could not be: ${errorInWords(other)}`] : []),
  ].join(' ');
}
