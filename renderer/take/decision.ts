import type { ActionRequest, PaymentView } from '../../preload/contract.ts';

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** What a person decides, before it has a request id. What they saw of the payment always comes with it. */
export type Decided = Without<ActionRequest, 'requestId' | 'seenVersion'> & Readonly<{ seenVersion: string }>;

/** The payment a decision is on, as it is shown. */
export const onPayment = ({ id, version }: Pick<PaymentView, 'id' | 'version'>) => ({ paymentId: id, seenVersion: version });

export type Decision = Readonly<{ sameness: string; request: ActionRequest }>;

/**
 * The request for a decision. Deciding the very same again, after an error or by a second press, is the same decision
 * and keeps its request id, whatever has become of the payment: the till then counts both as one.
 */
export function decisionFor(previous: Decision | null, decided: Decided, newId: () => string): Decision {
  const { seenVersion: _, ...what } = decided;
  const sameness = JSON.stringify(Object.entries(what).sort(([a], [b]) => (a < b ? -1 : 1)));
  const requestId = previous?.sameness === sameness ? previous.request.requestId : newId();
  return { sameness, request: { ...decided, requestId } as ActionRequest };
}
