import type { Payment } from '../core/payment.ts';
import type { Result } from '../core/result.ts';
import type { DiskFailure } from '../ports.ts';
import type { Connection, Write } from './database.ts';
import { decodePayment, encodePayment } from './rows.ts';

type Row = Readonly<{ body: string }>;

export function paymentsIn(db: Connection, write: Write) {
  // A day is read over and over: a payment that says what it said before costs no write.
  const put = db.prepare<[string, string, number, string, string]>(
    `INSERT INTO payments (account_id, id, created_at, status, body) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (account_id, id) DO UPDATE SET created_at = excluded.created_at, status = excluded.status, body = excluded.body
     WHERE body IS NOT excluded.body`,
  );
  const byId = db.prepare<[string, string], Row>('SELECT body FROM payments WHERE account_id = ? AND id = ?');
  const created = db.prepare<[string, number, number], Row>(
    'SELECT body FROM payments WHERE account_id = ? AND created_at >= ? AND created_at < ? ORDER BY created_at DESC, id',
  );
  const heldBefore = db.prepare<[string, number], Row>(
    `SELECT body FROM payments WHERE account_id = ? AND created_at < ? AND status = 'Authorized' ORDER BY created_at DESC, id`,
  );
  let skipped = 0;

  /** An odd row is left out and counted: the next reading of the day brings it again, and replaces it. */
  function read(rows: readonly Row[]): Payment[] {
    const payments: Payment[] = [];
    for (const row of rows) {
      const payment = decodePayment(row.body);
      if (payment.ok) payments.push(payment.value);
      else skipped += 1;
    }
    return payments;
  }

  return {
    writePayments(accountId: string, payments: readonly Payment[]): Result<null, DiskFailure> {
      return write(() => {
        for (const payment of payments) put.run(accountId, payment.id, payment.createdAtMs, payment.status, encodePayment(payment));
        return null;
      });
    },
    payment: (accountId: string, paymentId: string): Payment | null => read(byId.all(accountId, paymentId))[0] ?? null,
    payments: (accountId: string, fromMs: number, toMs: number, openHolds: boolean): readonly Payment[] =>
      read([...created.all(accountId, fromMs, toMs), ...(openHolds ? heldBefore.all(accountId, fromMs) : [])]),
    /** How many payments could not be read since the ledger was opened. */
    skippedPayments: (): number => skipped,
  };
}
