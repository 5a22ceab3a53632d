import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Found, PaymentView, TillError } from '../../preload/contract.ts';
import { till } from '../bridge.ts';
import { byId, call, useTill } from '../store.ts';

/** What is found over all kept days. While a longer text is still looked for, what was found before stays. */
export type AllDays =
  | Readonly<{ phase: 'nothing-typed' }>
  | Readonly<{ phase: 'searching' }>
  | Readonly<{ phase: 'failed'; error: TillError; again: () => void }>
  | Readonly<{ phase: 'there'; payments: readonly PaymentView[]; isCut: boolean; searchedFor: string }>;

/** Each search reads the disk in main: not one for every letter. */
const TYPED_REST_MS = 250;

/** Searches every kept day on the disk, and again when an action on what was found changes. */
export function useAllDays(search: string): AllDays {
  const text = useRested(search.trim());
  const [read, setRead] = useState<Readonly<{ text: string; found: Found }> | Readonly<{ text: string; error: TillError }> | null>(null);
  const [tries, setTries] = useState(0);
  const again = useCallback(() => {
    setRead(null);
    setTries((count) => count + 1);
  }, []);

  const found = read && 'found' in read ? read.found : null;
  const ids = useMemo(() => new Set(found?.payments.map((payment) => payment.id)), [found]);
  const changes = useTill((snapshot) =>
    snapshot.actions
      .filter((action) => ids.has(action.paymentId))
      .map((action) => `${action.id} ${action.state}`)
      .join(),
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of actions and a new try are reasons to search again.
  useEffect(() => {
    if (text === '') return;
    let isWanted = true;
    void call(till.search({ text }), { quiet: true }).then((result) => {
      if (!isWanted) return;
      setRead(result.ok ? { text, found: result.value } : { text, error: result.error });
    });
    return () => {
      isWanted = false;
    };
  }, [text, tries, changes]);

  const current = useTill((snapshot) => snapshot.payments);
  return useMemo(() => {
    if (text === '') return { phase: 'nothing-typed' };
    if (read === null) return { phase: 'searching' };
    if ('error' in read) return { phase: 'failed', error: read.error, again };
    // What the snapshot knows of a payment is newer than what was found on the disk.
    const payments = read.found.payments.map((payment) => byId(current, payment.id) ?? payment);
    return { phase: 'there', payments, isCut: read.found.isCut, searchedFor: read.text };
  }, [text, read, current, again]);
}

/** The text once nothing was typed for a moment; the first one at once. */
function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), TYPED_REST_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}
