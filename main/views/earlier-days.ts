import type { DaySnapshot, Found, PaymentView } from '../../preload/contract.ts';
import type { DaySpan } from '../core/day/day.ts';
import type { Failure } from '../core/failure.ts';
import type { Payment } from '../core/payment/payment.ts';
import { searchWords } from '../core/payment/search-words.ts';
import { totalsOf } from '../core/payment/totals.ts';
import type { Result } from '../core/result.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { KnownPayments } from '../sync/payment-store.ts';
import { failureInWords } from '../words/failure-words.ts';
import { type CapturedHere, dayView, newestFirst, withAttention } from './day-list.ts';

/** A search gives no more payments than this. */
const FOUND_MOST = 200;

export type EarlierDaysOptions = Readonly<{
  ledger: Pick<Ledger, 'findPayments' | 'readFact' | 'writeFact'>;
  known: KnownPayments;
  zone: () => string;
  /** The trading day of a moment. */
  dayOf: (atMs: number) => DaySpan;
  viewsOf: (payments: readonly Payment[]) => PaymentView[];
  capturedHere: CapturedHere;
  /** Dojo does not know it with this key. */
  isUnknown: (paymentId: string) => boolean;
  /** Something of it is on hold, or may be. */
  isHeld: (payment: Payment) => boolean;
}>;

export type EarlierDays = Readonly<{
  /** Dojo's whole list of a day was read at that moment. */
  wasRead(accountId: string, date: string, atMs: number): void;
  /** A day that has ended stays known as of when it was last read while it lasted. */
  ended(accountId: string, lastReadAtMs: number): void;
  /** When the whole day of a moment was last read; null: not by this till. */
  readAtMs(accountId: string, atMs: number): number | null;
  /** A day from the disk. `read`: how reading it from Dojo just now went; null: Dojo was not asked. */
  snapshot(accountId: string, span: DaySpan, read: Result<null, Failure> | null): DaySnapshot;
  /** Over all kept days. */
  search(accountId: string, text: string): Found;
}>;

/** What the disk keeps of other days than today. */
export function createEarlierDays({ ledger, known, zone, dayOf, viewsOf, capturedHere, isUnknown, isHeld }: EarlierDaysOptions): EarlierDays {
  const wasRead = (accountId: string, date: string, atMs: number) => void ledger.writeFact(readOfDay(accountId, date), String(atMs));

  return {
    wasRead,
    ended(accountId, lastReadAtMs) {
      const { date } = dayOf(lastReadAtMs);
      if (lastReadAtMs > Number(ledger.readFact(readOfDay(accountId, date)))) wasRead(accountId, date, lastReadAtMs);
    },
    readAtMs: (accountId, atMs) => Number(ledger.readFact(readOfDay(accountId, dayOf(atMs).date))) || null,
    snapshot(accountId, span, read) {
      const ofDay = known.ofDay(span);
      const payments = viewsOf(newestFirst(ofDay));
      return {
        day: dayView(span, zone(), span.date === known.day().date),
        payments,
        totals: withAttention([...totalsOf(ofDay, capturedHere, isUnknown, isHeld)], payments),
        readAtMs: Number(ledger.readFact(readOfDay(accountId, span.date))) || null,
        fresh: read?.ok ?? false,
        error: read && !read.ok ? failureInWords(read.error) : null,
      };
    },
    search(accountId, text) {
      const found = ledger.findPayments(accountId, searchWords(text), FOUND_MOST + 1);
      const shown = found.slice(0, FOUND_MOST).map((payment) => known.all().get(payment.id) ?? payment);
      return { payments: viewsOf(newestFirst(shown)), isCut: found.length > FOUND_MOST };
    },
  };
}

const readOfDay = (accountId: string, date: string): string => `asOf:${accountId}:${date}`;
