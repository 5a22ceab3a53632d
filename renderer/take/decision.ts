import type { ActionRequest } from '../../preload/contract.ts';

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** What a person decides, before it has a request id. */
export type Decided = Without<ActionRequest, 'requestId'>;

export type Decision = Readonly<{ sameness: string; request: ActionRequest }>;

/**
 * The request for a decision. Deciding the very same again, after an error or by a second press, is the same decision
 * and keeps its request id: the till then counts both as one.
 */
export function decisionFor(previous: Decision | null, decided: Decided, newId: () => string): Decision {
  const sameness = JSON.stringify(Object.entries(decided).sort(([a], [b]) => (a < b ? -1 : 1)));
  if (previous?.sameness === sameness) return previous;
  return { sameness, request: { ...decided, requestId: newId() } as ActionRequest };
}
