import type { HttpRequest } from '../../main/ports/http.ts';

export const paymentIdOf = (request: HttpRequest): string => new URL(request.url).pathname.split('/')[2] ?? '';
export const headerOf = (request: HttpRequest, name: string): string | undefined =>
  Object.entries(request.headers).find(([header]) => header.toLowerCase() === name)?.[1];

export const bodyOf = ({ body }: HttpRequest): Record<string, unknown> => (body === null ? {} : (JSON.parse(body) as Record<string, unknown>));

/** `capture`, `refund`, `reverse`, `cancel`, …; of a look `search` or `read`. */
export function operationOf(request: HttpRequest): string {
  const [, , second, third] = new URL(request.url).pathname.split('/');
  if (request.method === 'DELETE') return 'cancel';
  if (second === 'search') return 'search';
  return ({ captures: 'capture', refunds: 'refund', reversal: 'reverse' } as Record<string, string>)[third ?? ''] ?? third ?? 'read';
}
