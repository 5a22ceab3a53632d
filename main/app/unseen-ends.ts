import { z } from 'zod';
import type { Notice } from '../../preload/contract.ts';
import { isAsWanted } from '../core/payment/lost-race.ts';
import type { Payment } from '../core/payment/payment.ts';
import type { Action } from '../core/queue/action.ts';
import { leftUndone } from '../core/queue/came-to-nothing.ts';
import type { Ledger } from '../ports/ledger.ts';
import { cameToNothingInWords } from '../words/aftermath-words.ts';
import { createAccountFact } from './account-fact.ts';
import { createUntilSeen } from './until-seen.ts';
import { DAYS_KEPT_MS } from './upkeep.ts';

/** What ended just now and stands on today's list, or in the report of a run of today, is said there: whoever did not see that is told after this. */
const SAID_FOR_MS = 60 * 60_000;
const MINUTE_MS = 60_000;
export const UNDONE_NOTICE = 'came-to-nothing';

const keptSchema = z.object({
  /** By id, what somebody has seen, and when that had ended: it is forgotten with the days. */
  seen: z.record(z.string(), z.number()).default({}),
  /** By requestId, what ended too long ago for the queue's memory and nobody has seen yet. */
  older: z.array(z.string()).default([]),
});
type Kept = z.infer<typeof keptSchema>;
type Known = Readonly<{ seen: Kept['seen']; older: readonly Action[] }>;

export type UnseenEndsOptions = Readonly<{
  ledger: Pick<Ledger, 'readFact' | 'writeFact' | 'findRequest'>;
  nowMs: () => number;
  /** What ended before the trading day is told at once. */
  dayStartMs: () => number;
  /** On today's list; what came to nothing on any other payment is told at once. */
  isOfToday: (payment: Payment) => boolean;
  zone: () => string;
  accountId: () => string | null;
  /** Of all accounts; another object whenever one of them changed. */
  actions: () => ReadonlyMap<string, Action>;
  find: (accountId: string, paymentId: string) => Payment | null;
}>;

export type UnseenEnds = Readonly<{
  /** What a person decided and what came to nothing, a while ago or where no row of today says it, of the account that is connected: until somebody has seen it. */
  all(): readonly Action[];
  notice(): Notice | null;
  /** A person has read the notice with these words. */
  seen(message: string): void;
  /** What ended before this is about to leave the queue's memory. */
  remember(endedBeforeMs: number): void;
}>;

/** What was refused, too late or ended unsent does not vanish with its day, nor with the run of the program, before somebody has seen it. */
export function createUnseenEnds({ ledger, nowMs, dayStartMs, isOfToday, zone, accountId, actions, find }: UnseenEndsOptions): UnseenEnds {
  const records = new Map<string, Known>();
  const fact = createAccountFact(ledger, 'unseenEnds', keptSchema, { seen: {}, older: [] });
  const untilSeen = createUntilSeen<Action>();
  /** The actions are many, and asked for with every look; those that came to nothing are few. */
  let last: Readonly<{ of: readonly unknown[]; ends: readonly Action[] }> | null = null;

  function recordOf(of: string): Known {
    const known = records.get(of);
    if (known) return known;
    const { seen, older } = fact.of(of);
    const record = { seen, older: older.flatMap((requestId) => ledger.findRequest(requestId) ?? []) };
    records.set(of, record);
    return record;
  }

  function keep(of: string, record: Known): void {
    records.set(of, record);
    const oldestMs = nowMs() - DAYS_KEPT_MS;
    const seen = Object.fromEntries(Object.entries(record.seen).filter(([, endedAtMs]) => endedAtMs >= oldestMs));
    fact.keep(of, { seen, older: record.older.map(({ requestId }) => requestId) });
  }

  /** By the minute: nothing has to be looked through for less. */
  const toldUntilMs = (): number => Math.max(dayStartMs(), Math.floor((nowMs() - SAID_FOR_MS) / MINUTE_MS) * MINUTE_MS);

  function endsOf(of: string): readonly Action[] {
    const record = recordOf(of);
    const inMemory = actions();
    const sinceMs = nowMs() - DAYS_KEPT_MS;
    const isUnseen = ({ id, changedAtMs }: Action) => changedAtMs >= sinceMs && record.seen[id] === undefined;
    const known = [...record.older.filter(({ id }) => !inMemory.has(id)), ...inMemory.values()];
    return leftUndone(known.filter((action) => action.accountId === of)).filter(isUnseen);
  }

  /** Whoever did that: nothing is left to decide. */
  function isAsItWasWanted(action: Action): boolean {
    const payment = find(action.accountId, action.paymentId);
    if (payment === null) return false;
    const onPayment = [...actions().values()].filter(({ paymentId }) => paymentId === action.paymentId);
    return isAsWanted(action, payment, onPayment);
  }

  function isSaidElsewhere({ accountId, paymentId, runId, acceptedAtMs, changedAtMs }: Action): boolean {
    if (changedAtMs < toldUntilMs()) return false;
    if (runId !== null && acceptedAtMs >= dayStartMs()) return true;
    const payment = find(accountId, paymentId);
    return payment !== null && isOfToday(payment);
  }

  function all(): readonly Action[] {
    const of = accountId();
    if (of === null) return [];
    const now = [of, actions(), toldUntilMs(), recordOf(of)];
    if (last === null || last.of.some((each, nth) => each !== now[nth])) last = { of: now, ends: endsOf(of) };
    return last.ends.filter((action) => !isSaidElsewhere(action) && !isAsItWasWanted(action));
  }

  return {
    all,
    notice() {
      const ends = all();
      const [first] = ends;
      if (first === undefined) return null;
      const of = accountId();
      const last4 = ends.length === 1 && of !== null ? (find(of, first.paymentId)?.card?.last4 ?? null) : null;
      const { title, body } = cameToNothingInWords(ends, zone(), last4);
      const report = first.runId !== null && ends.every(({ runId }) => runId === first.runId) ? ({ show: 'end-of-day', runId: first.runId } as const) : null;
      return untilSeen.give({ code: UNDONE_NOTICE, title: `${title}.`, message: body, show: 'queue', ...report }, ends);
    },
    seen(message) {
      const of = accountId();
      const ends = untilSeen.toldBy(message);
      if (of === null || ends.length === 0) return;
      const record = recordOf(of);
      const seen = { ...record.seen, ...Object.fromEntries(ends.map(({ id, changedAtMs }) => [id, changedAtMs])) };
      keep(of, { seen, older: record.older.filter(({ id }) => seen[id] === undefined) });
    },
    remember(endedBeforeMs) {
      for (const of of new Set([...actions().values()].map((action) => action.accountId))) {
        const record = recordOf(of);
        const going = endsOf(of).filter((action) => action.changedAtMs < endedBeforeMs && !isAsItWasWanted(action));
        if (going.some(({ id }) => !record.older.some((known) => known.id === id))) keep(of, { ...record, older: going });
      }
    },
  };
}
