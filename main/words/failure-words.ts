import type { ErrorCode, TillError } from '../../preload/contract.ts';
import type { Failure, FailureKind } from '../core/failure.ts';
import { refusalWords } from '../core/refusals.ts';
import { troubleWords } from '../core/troubles.ts';

const CODES: Readonly<Record<FailureKind, ErrorCode>> = {
  'not-sent': 'no-line',
  'not-dojo': 'not-dojo',
  'key-refused': 'key-refused',
  throttled: 'dojo-trouble',
  refused: 'dojo-trouble',
  'unknown-outcome': 'dojo-trouble',
};

/** The key is to blame: Dojo does not know it, or does not let it read. */
const codeOf = ({ kind, status }: Failure): ErrorCode => (kind === 'refused' && status === 403 ? 'key-refused' : CODES[kind]);

/** A failed reading, for a cashier: what happened and what to do next, with what Dojo's support asks for. */
export function failureInWords(failure: Failure): TillError {
  const { message, next } = inWords(failure);
  return { code: codeOf(failure), message, next, raw: failure.raw, ...(failure.traceId === null ? {} : { traceId: failure.traceId }) };
}

function inWords(failure: Failure): { message: string; next: string } {
  if (failure.kind === 'refused') {
    const { what, why, says, next } = refusalWords('search', failure);
    return { message: [what, why, says].filter((part) => part !== '').join(' '), next };
  }
  const { what, next } = troubleWords(failure);
  return { message: what, next };
}
