import type { TillError } from '../preload/contract.ts';
import type { Failure } from './core/retry.ts';

/** A failed reading, for a cashier: what happened and what to do next. */
export function failureInWords(failure: Failure): TillError {
  const traced = failure.traceId ? { traceId: failure.traceId } : {};
  switch (failure.kind) {
    case 'not-sent':
      return { code: 'no-line', message: 'Dojo cannot be reached: the line is down. Tillside goes on with what it knows and tries again by itself.' };
    case 'not-dojo':
      return {
        code: 'not-dojo',
        message: 'Something other than Dojo answered, for example a Wi-Fi sign-in page. Open a browser, sign in to the network, and try again.',
      };
    case 'key-refused':
      return { code: 'key-refused', message: 'Dojo does not accept this API key. Check it in Dojo’s developer portal, or paste a new one.', ...traced };
    case 'throttled':
      return { code: 'dojo-trouble', message: 'Dojo asked to wait a moment. Tillside tries again by itself.', ...traced };
    case 'refused':
      return {
        code: 'dojo-trouble',
        message: `Dojo refused to answer${failure.detail || failure.title ? `: “${failure.detail ?? failure.title}”` : '.'}`,
        ...traced,
      };
    case 'unknown-outcome':
      return {
        code: 'dojo-trouble',
        message:
          failure.cause === 'timeout'
            ? 'Dojo did not answer in time. Tillside tries again by itself.'
            : (failure.status ?? 0) >= 500
              ? 'Dojo did not answer as it should: it has trouble of its own. Tillside tries again by itself.'
              : 'Dojo’s answer could not be read. Tillside tries again by itself.',
        ...traced,
      };
  }
}
