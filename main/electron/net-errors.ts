import type { HttpAnswer } from '../ports/http.ts';

/**
 * Chromium's errors of which none can come once a connection stands: looking up the name, connecting, the proxy's own answer,
 * the certificate, the TLS hello. Nothing of the request was sent.
 */
const BEFORE_ANY_BYTE: readonly RegExp[] = [
  /^ERR_NAME_NOT_RESOLVED$/,
  /^ERR_NAME_RESOLUTION_FAILED$/,
  /^ERR_DNS_/,
  /^ERR_ICANN_NAME_COLLISION$/,
  /^ERR_CONNECTION_REFUSED$/,
  /^ERR_CONNECTION_FAILED$/,
  /^ERR_CONNECTION_TIMED_OUT$/,
  /^ERR_UNSAFE_PORT$/,
  /^ERR_ADDRESS_INVALID$/,
  /^ERR_NETWORK_ACCESS_DENIED$/,
  /^ERR_PROXY_CONNECTION_FAILED$/,
  /^ERR_PROXY_CERTIFICATE_INVALID$/,
  /^ERR_TUNNEL_CONNECTION_FAILED$/,
  /^ERR_SOCKS_CONNECTION_/,
  /^ERR_MANDATORY_PROXY_CONFIGURATION_FAILED$/,
  /^ERR_NO_SUPPORTED_PROXIES$/,
  /^ERR_CERT_/,
  /^ERR_SSL_VERSION_OR_CIPHER_MISMATCH$/,
  /^ERR_SSL_UNRECOGNIZED_NAME_ALERT$/,
  /^ERR_SSL_SERVER_CERT_/,
  /^ERR_SSL_KEY_USAGE_INCOMPATIBLE$/,
  /^ERR_SSL_OBSOLETE_CIPHER$/,
];

/**
 * Nearly always from connecting too. But an operating system may also report them on a connection that stood: for a request that
 * moves money that is doubt, and doubt is `broken`. It costs little: a read goes before each such request, and fails first.
 */
const BEFORE_ANY_BYTE_NEARLY: readonly RegExp[] = [
  /^ERR_INTERNET_DISCONNECTED$/,
  /^ERR_ADDRESS_UNREACHABLE$/,
  /^ERR_SSL_PROTOCOL_ERROR$/,
  // Chromium's network process has died, with what was under way in it.
  /^ERR_FAILED$/,
];

/** What an error's message (`net::ERR_…`) says about whether anything was sent. */
export function failedAnswer(message: string, movesMoney: boolean): HttpAnswer {
  const cause = /ERR_[A-Z0-9_]+/.exec(message)?.[0] ?? 'ERR_UNKNOWN';
  const matches = (pattern: RegExp): boolean => pattern.test(cause);
  const notSent = BEFORE_ANY_BYTE.some(matches) || (!movesMoney && BEFORE_ANY_BYTE_NEARLY.some(matches));
  return { kind: notSent ? 'not-sent' : 'broken', cause };
}
