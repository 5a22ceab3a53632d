import { z } from 'zod';
import type { Notice } from '../../preload/contract.ts';
import { type CameTwice, createCameTwice, toldOf } from '../core/payment/came-twice.ts';
import type { Payment } from '../core/payment/payment.ts';
import type { Action } from '../core/queue/action.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Notifier } from '../ports/notifier.ts';
import { type TwiceNamed, twiceNotice } from '../words/twice-words.ts';
import { createAccountFact } from './account-fact.ts';
import { createTogether, type Together } from './together.ts';
import { createUntilSeen } from './until-seen.ts';

/** Older ones have left the queue's memory, and are not looked at any more. */
const TOLD_MOST = 1_000;
export const TWICE_NOTICE = 'came-twice';

const keptSchema = z.object({
  /** By requestId, actions that came twice and that nobody has seen yet. */
  unseen: z.array(z.string()),
  /** All of which somebody was told. */
  told: z.array(z.string()),
});
type Kept = z.infer<typeof keptSchema>;

export type TwiceWatchOptions = Readonly<{
  ledger: Pick<Ledger, 'readFact' | 'writeFact' | 'findRequest' | 'actionsOn'>;
  clock: Pick<Clock, 'after'>;
  accountId: () => string | null;
  actions: () => Iterable<Action>;
  find: (paymentId: string) => Payment | null;
  isSomebodyLooking: () => boolean;
  notify: Notifier['notify'];
  onChange: () => void;
}>;

export type TwiceWatch = Together &
  Readonly<{
    /** What nobody has seen yet; null: nothing. */
    notice(): Notice | null;
    /** A person has read the notice with these words. */
    seen(message: string): void;
  }>;

/**
 * Tells of money that moved once more than was wanted: no client can prevent that a request which was given up arrives all the same, and
 * nobody may have looked when it did. What was told is in the ledger, so that nothing is told twice, and stays until it is seen.
 */
export function createTwiceWatch(options: TwiceWatchOptions): TwiceWatch {
  const { ledger, find } = options;
  const fact = createAccountFact(ledger, 'twice', keptSchema, { unseen: [], told: [] });
  const untilSeen = createUntilSeen<string>();
  const twice = createCameTwice();

  function look(): void {
    const accountId = options.accountId();
    if (accountId === null) return;
    const kept = fact.of(accountId);
    const own = [...options.actions()].filter((action) => action.accountId === accountId);
    const came = [...Map.groupBy(own, ({ paymentId }) => paymentId)].flatMap(([paymentId, onIt]) => {
      const payment = find(paymentId);
      return payment === null ? [] : [...twice.on(payment, onIt).values()];
    });
    const news = came.filter(({ action }) => !kept.told.includes(action.requestId));
    if (news.length === 0) return;
    const requestIds = news.map(({ action }) => action.requestId);
    keep(accountId, { unseen: [...kept.unseen, ...requestIds], told: [...kept.told, ...requestIds].slice(-TOLD_MOST) });
    if (!options.isSomebodyLooking()) options.notify({ ...twiceNotice(named(news)), show: { view: 'today' } });
  }

  function named(all: readonly CameTwice[]): TwiceNamed[] {
    const byPayment = Map.groupBy(all, ({ action }) => action.paymentId);
    return [...byPayment].flatMap(([paymentId, onIt]) => {
      const came = toldOf(onIt);
      return came ? { came, last4: find(paymentId)?.card?.last4 ?? null } : [];
    });
  }

  /** As Dojo shows it now: what it shows no more, one that the bank declined for one, is not told. */
  function unseen(accountId: string): CameTwice[] {
    const inMemory = [...options.actions()].filter((action) => action.accountId === accountId);
    return fact.of(accountId).unseen.flatMap((requestId) => {
      const remembered = inMemory.find((action) => action.requestId === requestId);
      // What ended long ago is on the disk alone.
      const action = remembered ?? ledger.findRequest(requestId);
      const payment = action && find(action.paymentId);
      if (!action || !payment) return [];
      const onIt = remembered ? inMemory.filter(({ paymentId }) => paymentId === payment.id) : ledger.actionsOn(accountId, payment.id);
      return [...twice.on(payment, onIt).values()].find((one) => one.action.requestId === requestId) ?? [];
    });
  }

  function keep(accountId: string, next: Kept): void {
    fact.keep(accountId, next);
    options.onChange();
  }

  return {
    ...createTogether(options.clock, look),
    notice() {
      const accountId = options.accountId();
      if (accountId === null) return null;
      const came = unseen(accountId);
      if (came.length === 0) return null;
      const { title, body } = twiceNotice(named(came));
      const requestIds = came.map(({ action }) => action.requestId);
      return untilSeen.give({ code: TWICE_NOTICE, title: `${title}.`, message: body, show: 'today' }, requestIds);
    },
    seen(message) {
      const accountId = options.accountId();
      const requestIds = untilSeen.toldBy(message);
      if (accountId === null || requestIds.length === 0) return;
      const kept = fact.of(accountId);
      keep(accountId, { ...kept, unseen: kept.unseen.filter((requestId) => !requestIds.includes(requestId)) });
    },
  };
}
