import { describe, expect, test } from 'vitest';
import { failedAnswer } from '../../main/electron/net-errors.ts';

const kinds = (message: string): [string, string] => [failedAnswer(message, true).kind, failedAnswer(message, false).kind];

describe('what an error says of a request that moves money, and of a read', () => {
  test.each([
    'ERR_NAME_NOT_RESOLVED',
    'ERR_CONNECTION_REFUSED',
    'ERR_CONNECTION_TIMED_OUT',
    'ERR_PROXY_CONNECTION_FAILED',
    'ERR_TUNNEL_CONNECTION_FAILED',
    'ERR_CERT_AUTHORITY_INVALID',
    'ERR_CERT_DATE_INVALID',
    'ERR_SSL_VERSION_OR_CIPHER_MISMATCH',
  ])('%s: certainly not sent', (code) => expect(kinds(`net::${code}`)).toEqual(['not-sent', 'not-sent']));

  test.each(['ERR_INTERNET_DISCONNECTED', 'ERR_ADDRESS_UNREACHABLE', 'ERR_SSL_PROTOCOL_ERROR', 'ERR_FAILED'])('%s: not certain enough for money', (code) =>
    expect(kinds(`net::${code}`)).toEqual(['broken', 'not-sent']),
  );

  test.each([
    'net::ERR_CONNECTION_RESET',
    'net::ERR_CONNECTION_CLOSED',
    'net::ERR_CONNECTION_ABORTED',
    'net::ERR_EMPTY_RESPONSE',
    'net::ERR_TIMED_OUT',
    'net::ERR_NETWORK_CHANGED',
    'net::ERR_NETWORK_IO_SUSPENDED',
    'net::ERR_ABORTED',
    'net::ERR_CONTENT_LENGTH_MISMATCH',
    'net::ERR_SSL_BAD_RECORD_MAC_ALERT',
    'net::ERR_SOMETHING_NEW',
    'Object has been destroyed',
    '',
  ])('%s: may have been sent', (message) => expect(kinds(message)).toEqual(['broken', 'broken']));
});
