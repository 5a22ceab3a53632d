import type { HttpRequest } from '../../main/ports/http.ts';

export const paymentIdOf = (request: HttpRequest): string => new URL(request.url).pathname.split('/')[2] ?? '';
export const headerOf = (request: HttpRequest, name: string): string | undefined =>
  Object.entries(request.headers).find(([header]) => header.toLowerCase() === name)?.[1];

export const bodyOf = ({ body }: HttpRequest): Record<string, unknown> => (body === null ? {} : (JSON.parse(body) as Record<string, unknown>));
