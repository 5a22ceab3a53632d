import { redact } from '../platform/redact.ts';
import { isRecord } from './json.ts';
import { cleanMessage, cleanText } from './sanitize.ts';

/**
 * An answer as it came, for Dojo's support: the fields of problem details and nothing else of the body, which could hold a
 * customer's details. Never more than 1,500 characters, since it is kept with the action.
 */
export function rawOf(cause: string, status: number | null, json: unknown): string {
  const problem = isRecord(json) ? json : {};
  const extensions = isRecord(problem.extensions) ? problem.extensions : {};
  const lines: readonly (readonly [name: string, text: string])[] = [
    ['Status', status === null ? '' : String(status)],
    ['Title', said(problem.title, 200)],
    ['Detail', said(problem.detail, 600)],
    ['Errors', said(problem.errors ?? extensions.errors, 400)],
    ['Type', said(problem.type, 100)],
    ['Cause', cause],
  ];
  return lines
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `${name}: ${text}`)
    .join('\n');
}

function said(value: unknown, lengthMax: number): string {
  if (typeof value === 'string') return cleanMessage(value, lengthMax);
  if (value === null || value === undefined) return '';
  // Redacted while whole, or nearly so: a secret cut in two is no longer known for one.
  return cleanText(redact(asJson(value).slice(0, lengthMax * 4)), lengthMax);
}

/** Nothing of what is nested too deep to be written down: no person reads that. */
function asJson(value: object | number | boolean): string {
  try {
    return JSON.stringify(value);
  } catch {
    return '';
  }
}
