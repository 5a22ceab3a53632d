import type { Refusal } from './intent.ts';

/** The simulated Dojo's ways to say no. Statuses are those the specification lists for each operation. */
const invalid = (field: string, message: string): Refusal => ({
  status: 400,
  title: 'One or more validation errors occurred.',
  detail: message,
  errors: { [field]: [message] },
});
const conflict = (detail: string): Refusal => ({ status: 409, title: 'Conflict', detail });

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};
export const titleOf = (status: number): string => TITLES[status] ?? 'Error';

export const refusals = {
  invalid,
  conflict,
  badRequest: (detail: string): Refusal => ({ status: 400, title: 'Bad Request', detail }),
  unauthorized: { status: 401, title: 'Unauthorized', detail: 'The API key is missing or not valid.' } satisfies Refusal,
  unknownIntent: { status: 404, title: 'Not Found', detail: 'The payment intent was not found.' } satisfies Refusal,
  unknownOperation: { status: 404, title: 'Not Found', detail: 'There is no such operation.' } satisfies Refusal,
  ordered: (status: number): Refusal => ({ status, title: titleOf(status), detail: 'Ordered for practice.' }),
  notAllowed: (detail: string): Refusal => ({ status: 405, title: 'Method Not Allowed', detail }),
} as const;
