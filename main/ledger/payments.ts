import { isCapturedInPart, type Payment } from '../core/payment/payment.ts';
import { type SearchWord, searchedOf } from '../core/payment/search-words.ts';
import type { Baseline } from '../core/queue/evidence.ts';
import type { Result } from '../core/result.ts';
import { type DiskFailure, type News, NO_NEWS } from '../ports/ledger.ts';
import { appendTo } from './activity.ts';
import type { Connection, Write } from './database.ts';
import { decodeBaseline, decodePayment, encodeBaseline, encodePayment } from './rows.ts';
import { WRITER } from './till-id.ts';

type Row = Readonly<{ body: string }>;
/** When something was last done to it, as far as Dojo says: what counts where it is asked whether a payment is old. */
const matteredAtMs = ({ createdAtMs, updatedAtMs, paidAtMs, captures }: Payment): number =>
  Math.round(Math.max(createdAtMs, updatedAtMs, paidAtMs ?? 0, ...(captures ?? []).map((capture) => capture.createdAtMs)));

type SearchColumns = [text: string, last4: string, held: number, taken: number, toTake: number, refunded: number];

function searchColumnsOf(payment: Payment): SearchColumns {
  const { text, last4, amountsMinor } = searchedOf(payment);
  return [text, last4, ...amountsMinor];
}

/** A ledger from before payments were searched. A payment that cannot be read is found by nothing until it is read from Dojo again. */
export function fillSearched(db: Connection): void {
  const fill = db.prepare<[...SearchColumns, number]>(
    'UPDATE payments SET search_text = ?, last4 = ?, held = ?, taken = ?, to_take = ?, refunded = ? WHERE rowid = ?',
  );
  for (const { rowid, body } of db.prepare<[], Row & { rowid: number }>('SELECT rowid, body FROM payments').all()) {
    const payment = decodePayment(body);
    if (payment.ok) fill.run(...searchColumnsOf(payment.value), rowid);
  }
}

/** A ledger from before that was asked. A payment that cannot be read is as old as it was made. */
export function fillMattered(db: Connection): void {
  db.exec('UPDATE payments SET mattered_at = created_at');
  const fill = db.prepare<[number, number]>('UPDATE payments SET mattered_at = ? WHERE rowid = ?');
  for (const { rowid, body } of db.prepare<[], Row & { rowid: number }>('SELECT rowid, body FROM payments').all()) {
    const payment = decodePayment(body);
    if (payment.ok) fill.run(matteredAtMs(payment.value), rowid);
  }
}

/** The same as core's `isFound`, for one word. What was typed is only ever a value, so none of it is a wildcard. */
function conditionOf({ text, last4, amounts }: SearchWord): { sql: string; values: (string | number)[] } {
  const either = [
    { sql: 'instr(search_text, ?) > 0', values: [text] },
    ...(last4 === null ? [] : [{ sql: 'substr(last4, 1, ?) = ?', values: [last4.length, last4] }]),
    ...amounts.flatMap((range) => ['held', 'taken', 'to_take', 'refunded'].map((column) => ({ sql: `${column} BETWEEN ? AND ?`, values: [...range] }))),
  ];
  return { sql: `(${either.map(({ sql }) => sql).join(' OR ')})`, values: either.flatMap(({ values }) => values) };
}

export function paymentsIn(db: Connection, write: Write) {
  // A day is read over and over: a payment that says what it said before costs no write.
  const put = db.prepare<[string, string, number, number, string, string, string | null, ...SearchColumns]>(
    `INSERT INTO payments (account_id, id, created_at, mattered_at, status, body, known_before, search_text, last4, held, taken, to_take, refunded, till_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ${WRITER})
     ON CONFLICT (account_id, id) DO UPDATE SET created_at = excluded.created_at, mattered_at = excluded.mattered_at, status = excluded.status, body = excluded.body,
       known_before = excluded.known_before,
       search_text = excluded.search_text, last4 = excluded.last4, held = excluded.held, taken = excluded.taken, to_take = excluded.to_take,
       refunded = excluded.refunded, till_id = excluded.till_id
     WHERE body IS NOT excluded.body OR known_before IS NOT excluded.known_before`,
  );
  const append = appendTo(db);
  const byId = db.prepare<[string, string], Row>('SELECT body FROM payments WHERE account_id = ? AND id = ?');
  const created = db.prepare<[string, number, number], Row>(
    'SELECT body FROM payments WHERE account_id = ? AND created_at >= ? AND created_at < ? ORDER BY created_at DESC, id',
  );
  const newest = db.prepare<[string, number, number], Row>(
    'SELECT body FROM payments WHERE account_id = ? AND created_at < ? ORDER BY created_at DESC, id LIMIT ?',
  );
  const heldBefore = db.prepare<[string, number], Row>(
    `SELECT body FROM payments WHERE account_id = ? AND created_at < ? AND status = 'Authorized' ORDER BY created_at DESC, id`,
  );
  const restsBefore = db.prepare<[string, number], Row>(
    `SELECT body FROM payments WHERE account_id = ? AND created_at < ? AND status = 'Captured' AND taken < held ORDER BY created_at DESC, id`,
  );
  const toJudge = db.prepare<[string], { id: string; known_before: string }>(
    'SELECT id, known_before FROM payments WHERE account_id = ? AND known_before IS NOT NULL',
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
    writePayments(accountId: string, payments: readonly Payment[], { activity, knownBefore }: News = NO_NEWS): Result<null, DiskFailure> {
      return write(() => {
        for (const payment of payments) {
          const { id, createdAtMs, status } = payment;
          const before = knownBefore.get(id);
          const known = before ? encodeBaseline(before) : null;
          put.run(accountId, id, createdAtMs, matteredAtMs(payment), status, encodePayment(payment), known, ...searchColumnsOf(payment));
        }
        append(activity);
        return null;
      });
    },
    payment: (accountId: string, paymentId: string): Payment | null => read(byId.all(accountId, paymentId))[0] ?? null,
    payments: (accountId: string, fromMs: number, toMs: number, openHolds: boolean): readonly Payment[] =>
      openHolds
        ? [
            ...read([...created.all(accountId, fromMs, toMs), ...heldBefore.all(accountId, fromMs)]),
            ...read(restsBefore.all(accountId, fromMs)).filter(isCapturedInPart),
          ]
        : read(created.all(accountId, fromMs, toMs)),
    newestPayments: (accountId: string, beforeMs: number, most: number): readonly Payment[] => read(newest.all(accountId, beforeMs, most)),
    findPayments(accountId: string, words: readonly SearchWord[], most: number): readonly Payment[] {
      if (words.length === 0) return [];
      const conditions = words.map(conditionOf);
      // The index alone finds the rows; only those that are given are read.
      const found = db.prepare<(string | number)[], Row>(
        `SELECT body FROM payments WHERE rowid IN (
           SELECT rowid FROM payments INDEXED BY payments_searched
           WHERE account_id = ? AND ${conditions.map(({ sql }) => sql).join(' AND ')} ORDER BY created_at DESC, id LIMIT ?)
         ORDER BY created_at DESC, id`,
      );
      return read(found.all(accountId, ...conditions.flatMap(({ values }) => values), most));
    },
    /** One that cannot be read is as good as none: the payment is judged from its last reading on. */
    knownBefore(accountId: string): ReadonlyMap<string, Baseline> {
      const found = new Map<string, Baseline>();
      for (const { id, known_before } of toJudge.all(accountId)) {
        const before = decodeBaseline(known_before);
        if (before.ok) found.set(id, before.value);
      }
      return found;
    },
    /** How many payments could not be read since the ledger was opened. */
    skippedPayments: (): number => skipped,
  };
}
