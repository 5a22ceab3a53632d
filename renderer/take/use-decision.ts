import { useRef, useState } from 'react';
import { create } from 'zustand';
import type { TillError } from '../../preload/contract.ts';
import { till } from '../bridge.ts';
import { errorInWords, notAcceptedTitle } from '../error-words.ts';
import { referenceLabel } from '../reference.ts';
import { byId, call, currentSnapshot } from '../store.ts';
import { noteTakenHere } from '../taken-here.ts';
import { announce } from '../toasts.ts';
import { useIsThere } from '../ui/use-is-there.ts';
import { type Decided, type Decision, decisionFor } from './decision.ts';

/**
 * The payments of which a decision is being handed over. Who leaves its dialog has not called it off: the next one on the same payment waits for it.
 * And how many were refused: the till may know more of a payment than was shown.
 */
const useUnderWay = create<{ paymentIds: readonly string[]; refusals: number }>(() => ({ paymentIds: [], refusals: 0 }));
export const useRefusals = (): number => useUnderWay(({ refusals }) => refusals);
const isUnderWay = (paymentId: string): boolean => useUnderWay.getState().paymentIds.includes(paymentId);
const begin = (paymentId: string): void => useUnderWay.setState(({ paymentIds }) => ({ paymentIds: [...paymentIds, paymentId] }));
const end = (paymentId: string): void => useUnderWay.setState(({ paymentIds }) => ({ paymentIds: paymentIds.filter((id) => id !== paymentId) }));

/** Hands one decision on a payment to the till. While an answer is awaited, pressing again does nothing. */
export function useDecision(paymentId: string): {
  isPending: boolean;
  error: TillError | null;
  /** `promised` is said once the till has it on disk, and `then` runs if the component is still there. */
  decide: (decided: Decided, promised: string, then: () => void) => Promise<void>;
} {
  const isPending = useUnderWay(({ paymentIds }) => paymentIds.includes(paymentId));
  const [error, setError] = useState<TillError | null>(null);
  const latest = useRef<Decision | null>(null);
  const isThere = useIsThere();

  const decide = async (decided: Decided, promised: string, then: () => void) => {
    if (isUnderWay(decided.paymentId)) return;
    begin(decided.paymentId);
    setError(null);
    latest.current = decisionFor(latest.current, decided, () => crypto.randomUUID());
    const result = await call(till.submit({ requests: [latest.current.request] }), { quiet: true });
    end(decided.paymentId);
    if (result.ok) {
      announce(promised);
      noteTakenHere(result.value.actionIds);
    } else if (!isThere.current) announce(lateInWords(decided.paymentId, result.error), 'problem');
    if (!result.ok) useUnderWay.setState(({ refusals }) => ({ refusals: refusals + 1 }));
    if (!isThere.current) return;
    if (result.ok) then();
    else setError(result.error);
  };
  return { isPending, error, decide };
}

/** To who has left: which payment it is about is no longer before their eyes. */
function lateInWords(paymentId: string, error: TillError): string {
  const payment = byId(currentSnapshot().payments, paymentId);
  const told = `${notAcceptedTitle(error)} ${errorInWords(error)}`;
  return payment ? `${referenceLabel(payment.reference)}: ${told}` : told;
}

/**
 * The value as it was when the wait began: the till's own news of a decision may come before its answer,
 * and must not look like a change made by somebody else.
 */
export function useStillWhile<T>(value: T, isWaiting: boolean): T {
  const [still, setStill] = useState(value);
  if (!isWaiting && still !== value) setStill(value);
  return isWaiting ? still : value;
}
