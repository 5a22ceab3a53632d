export const OPERATIONS = ['search', 'read', 'capture', 'reverse', 'refund', 'read-refund', 'cancel', 'set-amount', 'set-tips', 'send-receipt'] as const;
export type Operation = (typeof OPERATIONS)[number];

/** `id`: of the payment intent, or of the refund that is read. */
export type Route = Readonly<{ operation: Operation; id: string; query: URLSearchParams }>;

const ROUTES: readonly (readonly [method: string, path: RegExp, operation: Operation])[] = [
  ['POST', /^\/payment-intents\/search$/, 'search'],
  ['GET', /^\/payment-intents\/refunds\/([^/]+)$/, 'read-refund'],
  ['GET', /^\/payment-intents\/([^/]+)$/, 'read'],
  ['DELETE', /^\/payment-intents\/([^/]+)$/, 'cancel'],
  ['POST', /^\/payment-intents\/([^/]+)\/captures$/, 'capture'],
  ['POST', /^\/payment-intents\/([^/]+)\/reversal$/, 'reverse'],
  ['POST', /^\/payment-intents\/([^/]+)\/refunds$/, 'refund'],
  ['POST', /^\/payment-intents\/([^/]+)\/amount$/, 'set-amount'],
  ['POST', /^\/payment-intents\/([^/]+)\/tips-amount$/, 'set-tips'],
  ['POST', /^\/payment-intents\/([^/]+)\/receipt$/, 'send-receipt'],
];

/** The operation a request asks for; null: none. The oldest guide puts `/api` before the path. */
export function routeOf(method: string, target: string): Route | null {
  const url = new URL(target, 'http://dojo.invalid');
  const path = url.pathname.replace(/^\/api(?=\/)/, '');
  for (const [routeMethod, pattern, operation] of ROUTES) {
    const match = method === routeMethod ? pattern.exec(path) : null;
    if (match) return { operation, id: decoded(match[1] ?? ''), query: url.searchParams };
  }
  return null;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export const movesMoney = (operation: Operation): boolean => operation === 'capture' || operation === 'reverse' || operation === 'refund';
