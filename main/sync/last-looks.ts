import type { Failure } from '../core/failure.ts';
import type { LastLook } from '../core/payment/last-look.ts';
import type { Payment } from '../core/payment/payment.ts';

export type LastLooks = Readonly<{
  /** Another key is connected: what the one before was shown says nothing of what this one is. */
  begin(): void;
  /** true: what is known of the last look at one of them is another now. */
  read(payments: readonly Payment[]): boolean;
  /** The same of one that could not be read. */
  failed(paymentId: string, failure: Failure): boolean;
  kindOf(paymentId: string): LastLook['kind'];
  /** When it was last read in this run, with whatever key. */
  readAtMs(paymentId: string): number | null;
}>;

/** Whether what is known of each payment is what Dojo shows the key that is connected. */
export function createLastLooks(nowMs: () => number): LastLooks {
  const kinds = new Map<string, 'read' | 'unknown'>();
  const readAtMs = new Map<string, number>();
  const kindOf = (paymentId: string): LastLook['kind'] => kinds.get(paymentId) ?? 'unread';

  return {
    begin: () => kinds.clear(),
    read(payments) {
      const isNews = payments.some(({ id }) => kindOf(id) !== 'read');
      for (const { id } of payments) {
        kinds.set(id, 'read');
        readAtMs.set(id, nowMs());
      }
      return isNews;
    },
    failed(paymentId, { kind, status }) {
      const before = kindOf(paymentId);
      if (kind === 'refused' && status === 404) kinds.set(paymentId, 'unknown');
      // That Dojo does not know it stays so, whatever keeps the next answer away.
      else if (before === 'read') kinds.delete(paymentId);
      return kindOf(paymentId) !== before;
    },
    kindOf,
    readAtMs: (paymentId) => readAtMs.get(paymentId) ?? null,
  };
}
