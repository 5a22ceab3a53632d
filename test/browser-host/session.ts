import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Who may talk to the host: the one browser that opened the printed address, and only from the host's own page. */
export type BrowserSession = Readonly<{
  /** For the printed address; good once. */
  token: string;
  /** The cookie to set when the token is right and unused, else null. */
  redeem(token: string): string | null;
  /** The request carries the session's cookie. */
  isKnown(request: IncomingMessage): boolean;
}>;

const secret = (): string => randomBytes(32).toString('base64url');

function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

export function createSession(port: number): BrowserSession {
  const token = secret();
  const value = secret();
  // Cookies are shared by all ports of a host: the port in the name keeps two tills apart.
  const name = `tillside-${port}`;
  let used = false;
  return {
    token,
    redeem(given) {
      if (used || !same(given, token)) return null;
      used = true;
      return `${name}=${value}; HttpOnly; SameSite=Strict; Path=/`;
    },
    isKnown(request) {
      const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
      return cookies.some((cookie) => cookie.startsWith(`${name}=`) && same(cookie.slice(name.length + 1), value));
    },
  };
}

/**
 * The request comes from the host's own page. The Host header defeats DNS rebinding: a stranger's name that resolves to this PC
 * is not ours. Origin and Sec-Fetch-Site defeat other pages in the same browser, those of other loopback ports too.
 */
export function isFromOwnPage(request: IncomingMessage, host: string): boolean {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (origin !== undefined && origin !== `http://${host}`) return false;
  if (request.method === 'POST' && origin === undefined) return false;
  return site === undefined || site === 'same-origin' || (site === 'none' && request.method === 'GET');
}
