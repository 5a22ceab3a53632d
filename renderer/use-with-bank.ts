import { useMemo } from 'react';
import { useTill } from './store.ts';
import { withBankSums, withBankWords } from './with-bank.ts';

/** What is with the bank, in words; null: nothing. */
export function useWithBank(): string | null {
  const payments = useTill((snapshot) => snapshot.payments);
  const actions = useTill((snapshot) => snapshot.actions);
  return useMemo(() => withBankWords(withBankSums(payments, actions)), [payments, actions]);
}
