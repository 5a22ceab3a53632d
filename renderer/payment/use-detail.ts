import { useCallback, useEffect, useState } from 'react';
import type { PaymentDetail, PaymentView, TillError } from '../../preload/contract.ts';
import { till } from '../bridge.ts';
import { call, usePayment, useTill } from '../store.ts';
import { useRefusals } from '../take/use-decision.ts';

export type Detail = Readonly<{
  /** The newest that is known of it; null until anything is. */
  payment: PaymentView | null;
  detail: PaymentDetail | null;
  error: TillError | null;
  isReading: boolean;
  readAgain: () => void;
}>;

/** Everything known of one payment, read again whenever an action on it changes, or a decision is refused. */
export function useDetail(paymentId: string): Detail {
  const listed = usePayment(paymentId);
  const [detail, setDetail] = useState<PaymentDetail | null>(null);
  const [error, setError] = useState<TillError | null>(null);
  const [isReading, setIsReading] = useState(true);
  const [tries, setTries] = useState(0);
  const isListed = listed !== undefined;
  const refusals = useRefusals();
  const changes = useTill((snapshot) =>
    snapshot.actions
      .filter((action) => action.paymentId === paymentId)
      .map((action) => `${action.id} ${action.state} ${action.captureStatus ?? ''}`)
      .join(),
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of actions, a refusal, a new try, and that the list has let go of it are reasons to read again.
  useEffect(() => {
    let isWanted = true;
    setIsReading(true);
    void call(till.getPayment({ paymentId }), { quiet: true }).then((result) => {
      if (!isWanted) return;
      setIsReading(false);
      setError(result.ok ? null : result.error);
      if (result.ok) setDetail(result.value);
    });
    return () => {
      isWanted = false;
    };
  }, [paymentId, tries, changes, refusals, isListed]);

  const readAgain = useCallback(() => setTries((count) => count + 1), []);
  return { payment: listed ?? detail?.payment ?? null, detail, error, isReading, readAgain };
}
