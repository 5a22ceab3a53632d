import { isAsWanted } from '../core/payment/lost-race.ts';
import type { Payment } from '../core/payment/payment.ts';
import type { Action } from '../core/queue/action.ts';
import { leftUndone } from '../core/queue/came-to-nothing.ts';
import { type HeldUpBy, heldUpBy } from '../core/queue/held-up.ts';
import type { QueueState } from '../core/queue/queue-state.ts';
import type { Clock } from '../ports/clock.ts';
import type { Notifier } from '../ports/notifier.ts';
import { cameToNothingInWords } from '../words/aftermath-words.ts';
import { type NeedsSomebody, standsStillInWords } from '../words/standing-still-words.ts';
import { createTogether, type Together } from './together.ts';

export type StandingStillOptions = Readonly<{
  clock: Pick<Clock, 'after'>;
  nowMs: () => number;
  zone: () => string;
  accountId: () => string | null;
  state: () => QueueState;
  find: (paymentId: string) => Payment | null;
  isSomebodyLooking: () => boolean;
  notify: Notifier['notify'];
}>;

/** Nothing goes on before somebody has done something about it. A pause is somebody's own; all else is over by itself. */
const NEEDS_SOMEBODY: ReadonlySet<HeldUpBy> = new Set<HeldUpBy>(['key-refused', 'no-version', 'disk', 'operation'] satisfies NeedsSomebody[]);

/**
 * Tells, where nobody looks at the till, that what was decided stands still until somebody does something, and that it was refused: whoever
 * pressed Start and turned to a customer takes the run for captured. Each once, for as long as it stays so; the screen says it always.
 */
export function createStandingStill(options: StandingStillOptions): Together {
  let of: string | null = null;
  let told: ReadonlySet<NeedsSomebody> = new Set();
  /** null: what had ended by the start is told by the notice that stays until it is seen. */
  let known: ReadonlySet<string> | null = null;

  function look(): void {
    const accountId = options.accountId();
    if (accountId === null) return;
    if (of !== accountId) {
      of = accountId;
      told = new Set();
      known = null;
    }
    const state = options.state();
    const own = [...state.actions.values()].filter((action) => action.accountId === accountId);
    tellOfStandstill(own, state);
    tellOfRefused(own);
  }

  function tellOfStandstill(own: readonly Action[], state: QueueState): void {
    const now = { nowMs: options.nowMs() };
    const waiting = Map.groupBy(
      own.filter((action) => action.state === 'waiting'),
      (action) => heldUpBy(action, state, now),
    );
    const still = [...waiting].flatMap(([by, actions]) => (isForSomebody(by) ? [{ by, actions }] : []));
    for (const { by, actions } of still)
      if (!told.has(by) && !options.isSomebodyLooking()) options.notify({ ...standsStillInWords(by, actions), show: { view: 'queue' } });
    told = new Set(still.map(({ by }) => by));
  }

  function tellOfRefused(own: readonly Action[]): void {
    const undone = leftUndone(own).filter((action) => action.state === 'refused' && !isAsItWasWanted(action, own));
    const before = known;
    known = new Set(undone.map(({ id }) => id));
    const fresh = before === null ? [] : undone.filter(({ id }) => !before.has(id));
    const [first] = fresh;
    if (first === undefined || options.isSomebodyLooking()) return;
    const last4 = fresh.length === 1 ? (options.find(first.paymentId)?.card?.last4 ?? null) : null;
    options.notify({ ...cameToNothingInWords(fresh, options.zone(), last4), show: { view: 'queue' } });
  }

  /** Whoever did that: nothing is left to decide. */
  function isAsItWasWanted(action: Action, own: readonly Action[]): boolean {
    const payment = options.find(action.paymentId);
    const onPayment = own.filter(({ paymentId }) => paymentId === action.paymentId);
    return payment !== null && isAsWanted(action, payment, onPayment);
  }

  return createTogether(options.clock, look);
}

const isForSomebody = (by: HeldUpBy | null): by is NeedsSomebody => by !== null && NEEDS_SOMEBODY.has(by);
