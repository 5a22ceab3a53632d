import type { Payment } from '../core/payment/payment.ts';
import type { Baseline } from '../core/queue/evidence.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { Clock } from '../ports/clock.ts';
import { type DiskFailure, type Ledger, type News, NO_NEWS } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import { untilClosed } from './until-closed.ts';

/** Single readings of a busy run come many times a second. */
const GATHER_MS = 250;
/** A page of a list is written as it comes: more in one piece would keep the window waiting. */
const GATHER_MOST = 50;
const DISK_RETRY_MS = 5_000;
/** Another program seldom holds the ledger for longer than a moment. */
const BUSY_RETRY_MS = 250;

type Read = Readonly<{ payment: Payment; knownBefore: Baseline | undefined }>;
const readOf = (payments: readonly Payment[], { knownBefore }: News): [string, Read][] =>
  payments.map((payment) => [payment.id, { payment, knownBefore: knownBefore.get(payment.id) }]);

/** `unkept`: why what was read last could not be written. */
export type GatheringLedger = Ledger & Readonly<{ unkept(): DiskFailure | null }>;

/**
 * The ledger, with payments that were read singly written together: each sync of the disk holds up everything else. What a power
 * cut takes of them Dojo tells again. What was noticed of other tills is told only once: it is written at once, with its payment.
 */
export function gatherPayments(onDisk: Ledger, clock: Clock, log: Pick<Log, 'error'>, onChange: () => void): GatheringLedger {
  const ledger = untilClosed(onDisk);
  let closed = false;
  let gathered = new Map<string, Read>();
  let ofAccount = '';
  let cancel: (() => void) | null = null;
  /** Until a write succeeds again, nothing is called kept before it is. */
  let unkept: DiskFailure | null = null;

  function flush(accountId = ofAccount, payments: readonly Payment[] = [], news = NO_NEWS): Result<null, DiskFailure> {
    cancel?.();
    cancel = null;
    const all = new Map([...gathered, ...readOf(payments, news)]);
    if (all.size === 0) return ok(null);
    const knownBefore = new Map([...all].flatMap(([id, { knownBefore }]) => (knownBefore ? [[id, knownBefore] as const] : [])));
    const read = [...all.values()].map(({ payment }) => payment);
    const written = attempt(() => ledger.writePayments(accountId, read, { activity: news.activity, knownBefore }));
    const isNews = (unkept === null) !== written.ok;
    unkept = written.ok ? null : written.error;
    if (written.ok) gathered = new Map();
    else if (gathered.size > 0) cancel = clock.after(written.error.code === 'busy' ? BUSY_RETRY_MS : DISK_RETRY_MS, flush);
    if (isNews) onChange();
    return written;
  }

  /** A ledger that throws has written nothing, as one that refuses: what depends on the write is not lost over it. */
  function attempt(write: () => Result<null, DiskFailure>): Result<null, DiskFailure> {
    try {
      return write();
    } catch (error) {
      log.error(`the ledger threw: ${error instanceof Error ? error.message : String(error)}`);
      return err({ code: 'broken', message: 'This could not be written to the disk.' });
    }
  }

  /** Where the disk did not take it: what was known before a change, and the payment as it was read, are told together or not at all. */
  const asReadLast = (accountId: string, stored: readonly Payment[]): readonly Payment[] =>
    accountId === ofAccount && gathered.size > 0 ? stored.map((payment) => gathered.get(payment.id)?.payment ?? payment) : stored;

  return {
    ...ledger,
    unkept: () => unkept,
    writePayments(accountId, payments, news = NO_NEWS) {
      // Nothing is gathered any more: there is no later at which it could be written.
      if (closed) return attempt(() => ledger.writePayments(accountId, payments, news));
      if (accountId !== ofAccount) {
        flush();
        gathered = new Map();
        ofAccount = accountId;
      }
      if (unkept || news.activity.length > 0 || gathered.size + payments.length > GATHER_MOST) return flush(accountId, payments, news);
      for (const [id, read] of readOf(payments, news)) gathered.set(id, read);
      cancel ??= clock.after(GATHER_MS, flush);
      return ok(null);
    },
    writeFact: (name, value) => attempt(() => ledger.writeFact(name, value)),
    payment: (accountId, paymentId) => (accountId === ofAccount ? gathered.get(paymentId)?.payment : undefined) ?? ledger.payment(accountId, paymentId),
    payments(accountId, ...asked) {
      flush();
      return asReadLast(accountId, ledger.payments(accountId, ...asked));
    },
    newestPayments(accountId, ...asked) {
      flush();
      return asReadLast(accountId, ledger.newestPayments(accountId, ...asked));
    },
    findPayments(accountId, ...asked) {
      flush();
      return asReadLast(accountId, ledger.findPayments(accountId, ...asked));
    },
    knownBefore(accountId) {
      flush();
      const known = new Map(ledger.knownBefore(accountId));
      for (const [id, { knownBefore }] of accountId === ofAccount ? gathered : [])
        if (knownBefore) known.set(id, knownBefore);
        else known.delete(id);
      return known;
    },
    backUp(...asked) {
      flush();
      return ledger.backUp(...asked);
    },
    close() {
      flush();
      closed = true;
      gathered = new Map();
      cancel?.();
      ledger.close();
    },
  };
}
