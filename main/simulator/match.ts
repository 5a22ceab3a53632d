import { movesMoney, type Operation } from './routes.ts';

/** Which requests are meant. Everything that is given must hold; nothing given: any request. */
export type RequestMatch = Readonly<{
  operation?: Operation | readonly Operation[];
  /** Captures, reversals and refunds. */
  movesMoney?: boolean;
  method?: string;
  /** A part of the path. */
  path?: string;
  paymentId?: string;
  /** The API version that is asked in. */
  version?: string;
}>;

export type RequestTarget = Readonly<{ operation: Operation | null; method: string; path: string; id: string; version: string }>;

export function matches({ operation, movesMoney: money, method, path, paymentId, version }: RequestMatch, target: RequestTarget): boolean {
  const operations = operation === undefined ? null : typeof operation === 'string' ? [operation] : operation;
  return (
    (operations === null || (target.operation !== null && operations.includes(target.operation))) &&
    (money === undefined || money === (target.operation !== null && movesMoney(target.operation))) &&
    (method === undefined || method === target.method) &&
    (path === undefined || target.path.includes(path)) &&
    (paymentId === undefined || paymentId === target.id) &&
    (version === undefined || version === target.version)
  );
}
