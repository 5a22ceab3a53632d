import { type Action, amountOf } from '../queue/action.ts';
import { capturesDoneHere, looksRefundedTwice, mayComeLate, secondsOf, showsUnconfirmed } from '../queue/evidence.ts';
import type { InAll } from '../queue/may-arrive.ts';
import { capturedMinor, heldMinor, isSettling, type Payment, takenMinor } from './payment.ts';

/** Dojo shows more than this till knows of: a request of it that arrived twice, or after it had been given up, or another till's. */
export type CameTwice = InAll &
  Readonly<{
    action: Action;
    /** Ours is done and there is another; else ours had ended without Dojo's word, and it shows. */
    isTwice: boolean;
    /** The bank has not answered to all of it. */
    isWithBank: boolean;
  }>;

const othersThan = (action: Action, actions: readonly Action[]): readonly Action[] => actions.filter((other) => other !== action);

/** Of all of this till's actions on a payment those of which Dojo shows one too many. `actions` are all on it. */
export function cameTwice(payment: Payment, actions: readonly Action[]): ReadonlyMap<Action, CameTwice> {
  const found = new Map<Action, CameTwice>();
  for (const action of doubledCaptures(payment, actions)) {
    const isTwice = action.state === 'done';
    const inAll = { inAllMinor: capturedMinor(payment), ofMinor: heldMinor(payment) };
    if (isTwice || mayComeLate(action)) found.set(action, { action, isTwice, isWithBank: isSettling(payment), ...inAll });
  }
  for (const action of actions) {
    if (action.move.kind !== 'refund') continue;
    const others = othersThan(action, actions);
    const isTwice = looksRefundedTwice(action, payment, others);
    const inAll = { inAllMinor: payment.refundedMinor, ofMinor: takenMinor(payment) };
    if (isTwice || (mayComeLate(action) && showsUnconfirmed(action, payment, others))) found.set(action, { action, isTwice, isWithBank: false, ...inAll });
  }
  return found;
}

/** Actions here of which a capture looks like a second one. Hundreds are not compared with each other where each has its own. */
export function* doubledCaptures(payment: Payment, actions: readonly Action[]): Generator<Action> {
  if ((payment.captures?.length ?? 0) === 0) return;
  const shown = capturesDoneHere(payment, actions);
  const explained = new Set(shown.values());
  const unexplained = payment.captures?.filter((capture) => !explained.has(capture)) ?? [];
  if (unexplained.length === 0) return;
  const beside = { ...payment, captures: unexplained };
  for (const action of actions) {
    // Until ours shows, the one that does may be it, by whatever id; and what is captured in all is not known.
    const own = action.state === 'done' && !shown.has(action) ? 1 : 0;
    if (secondsOf(action, beside, othersThan(action, actions), shown).length > own) yield action;
  }
}

/** Of a payment it is told once: the one that had been given up and the one decided instead may both look like it. */
export const toldOf = (came: readonly CameTwice[]): CameTwice | undefined => came.find(({ isTwice }) => isTwice) ?? came[0];

/** What one of them is about, in minor units. */
export const onceMinor = ({ action }: CameTwice): number => amountOf(action.move) ?? 0;

type Kept = Readonly<{ payment: Payment; actions: readonly Action[]; came: ReadonlyMap<Action, CameTwice> }>;

/** The same, asked over and over: hundreds of captures are not compared with each other again where nothing changed. */
export function createCameTwice(): Readonly<{ on: typeof cameTwice; clear: () => void }> {
  const kept = new Map<string, Kept>();
  return {
    on(payment, actions) {
      const before = kept.get(payment.id);
      if (before && before.payment === payment && before.actions.length === actions.length && before.actions.every((action, nth) => action === actions[nth]))
        return before.came;
      const came = cameTwice(payment, actions);
      kept.set(payment.id, { payment, actions, came });
      return came;
    },
    clear: () => kept.clear(),
  };
}
