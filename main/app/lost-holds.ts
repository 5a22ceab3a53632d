import { z } from 'zod';
import type { Notice } from '../../preload/contract.ts';
import { isTurnedDown } from '../core/payment/declined.ts';
import { changedByMs, holdEndsByMs, newestLast, type Payment, takenMinor } from '../core/payment/payment.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Notifier } from '../ports/notifier.ts';
import { type LostHold, lostHoldsInWords } from '../words/lost-holds-words.ts';
import { createAccountFact } from './account-fact.ts';
import { createTogether, type Together } from './together.ts';
import { createUntilSeen } from './until-seen.ts';

export const LOST_HOLDS_NOTICE = 'holds-lost';

const keptSchema = z.object({
  /** Payments of which a person was told. */
  told: z.array(z.string()),
  /** Those of them of which nobody has seen it yet. */
  unseen: z.array(z.string()),
});

export type LostHoldsOptions = Readonly<{
  ledger: Pick<Ledger, 'readFact' | 'writeFact'>;
  clock: Pick<Clock, 'after'>;
  zone: () => string;
  accountId: () => string | null;
  /** As much as is at hand. */
  payments: () => ReadonlyMap<string, Payment>;
  find: (paymentId: string) => Payment | null;
  /** What was lost of it as its hold ended by itself; 0: nothing. */
  lostMinor: (payment: Payment) => number;
  isSomebodyLooking: () => boolean;
  notify: Notifier['notify'];
  onChange: () => void;
}>;

export type LostHolds = Together &
  Readonly<{
    /** What nobody has seen yet; null: nothing. */
    notice(): Notice | null;
    /** A person has read the notice with these words. */
    seen(message: string): void;
    /** Those of an account that stay on the day's list until they are seen, and those of which the day's list may have to tell. */
    toShow(accountId: string, sinceMs: number): readonly Payment[];
  }>;

/** Sees to it that a hold that ended by itself, with nothing or only a part captured, is heard of: it is told until somebody has seen it, over restarts too. */
export function createLostHolds(options: LostHoldsOptions): LostHolds {
  const { ledger, find } = options;
  const fact = createAccountFact(ledger, 'holdsLost', keptSchema, { told: [], unseen: [] });
  const untilSeen = createUntilSeen<string>();

  function lostHold(payment: Payment): LostHold | null {
    const lostMinor = options.lostMinor(payment);
    const { reference, card, currency } = payment;
    // A refund made since has moved Dojo's date.
    const endedAtMs = Math.min(changedByMs(payment), holdEndsByMs(payment));
    return lostMinor === 0 ? null : { reference, last4: card?.last4 ?? null, currency, lostMinor, takenMinor: takenMinor(payment), endedAtMs };
  }
  const lostOf = (ids: readonly string[]): LostHold[] => ids.flatMap((id) => find(id) ?? []).flatMap((payment) => lostHold(payment) ?? []);

  function look(): void {
    const accountId = options.accountId();
    if (accountId === null) return;
    const { told, unseen } = fact.of(accountId);
    const isTold = new Set(told);
    // Of the rest of a hold time alone tells that it is lost: each look is at all of them.
    const fresh = [...options.payments().values()]
      .filter((payment) => !isTold.has(payment.id) && isLeftToEnd(payment) && options.lostMinor(payment) > 0)
      .map(({ id }) => id);
    if (fresh.length === 0) return;
    // What was purged comes back no more.
    fact.keep(accountId, { told: [...told.filter((id) => find(id) !== null), ...fresh], unseen: [...unseen, ...fresh] });
    options.onChange();
    if (!options.isSomebodyLooking()) options.notify({ ...lostHoldsInWords(lostOf(fresh), options.zone()), show: { view: 'today' } });
  }

  return {
    ...createTogether(options.clock, look),
    notice() {
      const accountId = options.accountId();
      const ids = accountId === null ? [] : fact.of(accountId).unseen;
      const lost = lostOf(ids);
      if (lost.length === 0) return null;
      const { title, body } = lostHoldsInWords(lost, options.zone());
      return untilSeen.give({ code: LOST_HOLDS_NOTICE, title: `${title}.`, message: body, show: 'today' }, ids);
    },
    seen(message) {
      const accountId = options.accountId();
      const ids = untilSeen.toldBy(message);
      if (accountId === null || ids.length === 0) return;
      const kept = fact.of(accountId);
      fact.keep(accountId, { ...kept, unseen: kept.unseen.filter((id) => !ids.includes(id)) });
    },
    toShow(accountId, sinceMs) {
      const { told, unseen } = fact.of(accountId);
      return told.flatMap((id) => find(id) ?? []).filter((payment) => unseen.includes(payment.id) || changedByMs(payment) >= sinceMs);
    },
  };
}

/** A capture that the bank turned down is told as that: whoever heard of it knows that nothing was captured. */
const isLeftToEnd = ({ captures }: Payment): boolean => !isTurnedDown(newestLast(captures ?? []).at(-1)?.status ?? null);
