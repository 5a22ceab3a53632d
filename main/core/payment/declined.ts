import { type Action, isOpen, type Move } from '../queue/action.ts';
import { capturesDoneHere, isCapturedWhole } from '../queue/evidence.ts';
import { type Capture, captureTotalMinor, countsAsCaptured, holdEndsByMs, isGivenBack, newestLast, type Payment } from './payment.ts';

const ABOUT_THE_HOLD: readonly Move['kind'][] = ['capture', 'reverse'];

/** And it has not come to nothing. */
const isAboutTheHold = ({ move, state }: Action): boolean =>
  ABOUT_THE_HOLD.includes(move.kind) && state !== 'refused' && state !== 'expired' && state !== 'withdrawn';

/** The bank turned it down: nothing was captured with it. */
export const isTurnedDown = (status: string | null): status is 'Declined' | 'Failed' => status === 'Declined' || status === 'Failed';

/**
 * Somebody here decided what becomes of the money when the bank's no was known: the record made with the decision does not count it.
 * What was decided before, together with it for one, answers nothing, nor does a decision that came to nothing.
 */
export const isDecidedSince = (capture: Capture, payment: Payment, actions: readonly Action[]): boolean =>
  actions.some((action) => {
    const { decidedOn } = action;
    if (!isAboutTheHold(action) || !decidedOn?.captureIds?.includes(capture.id)) return false;
    const ids = new Set(decidedOn.captureIds);
    const counted = payment.captures?.filter((one) => ids.has(one.id) && countsAsCaptured(one)) ?? [];
    return decidedOn.capturedMinor === counted.reduce((sum, one) => sum + captureTotalMinor(one), 0);
  });

/** Nothing more can be captured of it, whoever decides. */
export const isCaptureOver = (payment: Payment, nowMs: number): boolean =>
  isGivenBack(payment) || payment.status === 'Refunded' || nowMs >= holdEndsByMs(payment);

/** Another till captured as much once more. `ours`: the captures made here. */
const isMadeElsewhere = (capture: Capture, payment: Payment, ours: ReadonlySet<Capture>): boolean =>
  payment.captures?.some(
    (other) =>
      countsAsCaptured(other) && !ours.has(other) && other.createdAtMs > capture.createdAtMs && captureTotalMinor(other) === captureTotalMinor(capture),
  ) ?? false;

/** The newest that the bank turned down and that leaves something to decide. */
export function turnedDownOf(payment: Payment, actions: readonly Action[]): Capture | undefined {
  const no = payment.captures?.filter(({ status }) => isTurnedDown(status)) ?? [];
  if (no.length === 0 || isCapturedWhole(payment)) return undefined;
  const ours = new Set(capturesDoneHere(payment, actions).values());
  return newestLast(no).findLast((capture) => !isDecidedSince(capture, payment, actions) && !isMadeElsewhere(capture, payment, ours));
}

/**
 * A capture that came to nothing, after which all was captured, as much once more by another till, or somebody here decided anew: it is
 * not to be made again for that. What was decided anew and turned down in its turn answers nothing. `actions` are this till's on the payment.
 */
export function isMadeUpFor(action: Action, payment: Payment, actions: readonly Action[]): boolean {
  if (action.move.kind !== 'capture' || isOpen(action)) return false;
  const shown = capturesDoneHere(payment, actions);
  const capture = shown.get(action);
  if (action.state === 'done' && !isTurnedDown(capture?.status ?? null)) return false;
  if (isCapturedWhole(payment)) return true;
  const others = actions.filter((other) => other !== action && !isTurnedDown(shown.get(other)?.status ?? null));
  if (capture === undefined) return others.some((other) => isAboutTheHold(other) && other.acceptedAtMs >= action.changedAtMs);
  return isDecidedSince(capture, payment, others) || isMadeElsewhere(capture, payment, new Set(shown.values()));
}
