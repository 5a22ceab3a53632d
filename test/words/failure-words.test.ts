import { describe, expect, test } from 'vitest';
import { failureInWords } from '../../main/words/failure-words.ts';
import { aFailure } from '../builders.ts';

describe('a failed reading', () => {
  test.each([
    ['not-sent', 'ERR_INTERNET_DISCONNECTED', null, 'no-line', /there is no connection/, /cable or the Wi-Fi/],
    ['not-sent', 'ERR_CERT_DATE_INVALID', null, 'no-line', /not safe/, /date and time/],
    ['not-dojo', 'html', 200, 'not-dojo', /Something other than Dojo answered/, /sign in/],
    ['key-refused', 'http-401', 401, 'key-refused', /does not accept this API key/, /developer portal/],
    ['refused', 'http-403', 403, 'key-refused', /does not allow this API key to see the payments/, /may see and change payments/],
    ['not-dojo', 'html', 502, 'not-dojo', /between here and Dojo/, /Wait a minute/],
    ['throttled', 'http-429', 429, 'dojo-trouble', /asked to wait/, /Wait a minute/],
    ['unknown-outcome', 'timeout', null, 'dojo-trouble', /did not answer in time/, /try again/],
    ['unknown-outcome', 'http-503', 503, 'dojo-trouble', /trouble of its own/, /try again/],
    ['unknown-outcome', 'malformed', 200, 'dojo-trouble', /could not be read/, /Try again/],
    ['refused', 'http-400', 400, 'dojo-trouble', /refused to show the payments/, /API version/],
  ] as const)('%s, %s, %s: %s', (kind, cause, status, code, message, next) => {
    const error = failureInWords(aFailure({ kind, cause, status, raw: `Cause: ${cause}` }));
    expect(error).toEqual({ code, message: expect.stringMatching(message), next: expect.stringMatching(next), raw: `Cause: ${cause}` });
  });

  test('with a trace id has it, and what Dojo itself says of a refusal', () => {
    const error = failureInWords(aFailure({ kind: 'refused', cause: 'http-400', status: 400, detail: 'cursor: too old', traceId: 't-1' }));
    expect(error).toMatchObject({ message: expect.stringContaining('It says: “cursor: too old”.'), traceId: 't-1' });
  });
});
