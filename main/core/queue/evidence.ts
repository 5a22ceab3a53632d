import { type Capture, heldMinor, type Payment } from '../payment/payment.ts';
import { type Action, isOpen, type Move } from './action.ts';

/** What was read of a payment just before the first send: an unknown outcome is judged against it. */
export type Baseline = Readonly<{
  status: string;
  /** null: this API version lists no captures. */
  captureIds: readonly string[] | null;
  refundedMinor: number;
  amountMinor: number;
  tipsMinor: number;
  readAtMs: number;
}>;

export const baselineOf = (payment: Payment, readAtMs: number): Baseline => ({
  status: payment.status,
  captureIds: payment.captures?.map((capture) => capture.id) ?? null,
  refundedMinor: payment.refundedMinor,
  amountMinor: payment.amountMinor,
  tipsMinor: payment.tipsMinor,
  readAtMs,
});

export type Verdict =
  | Readonly<{ kind: 'happened'; captureId: string | null }>
  | Readonly<{ kind: 'absent' }> // not there; it can still come until the settling time has passed
  | Readonly<{ kind: 'unreadable' }> // nothing Dojo shows could tell
  | Readonly<{ kind: 'conflict' }>; // something happened that one send of this action does not explain

/** A doubled request arrives close to the first; a later equal capture is somebody's own decision. */
const DOUBLED_WITHIN_MS = 5 * 60_000;

const HAPPENED: Verdict = { kind: 'happened', captureId: null };
const ABSENT: Verdict = { kind: 'absent' };
const UNREADABLE: Verdict = { kind: 'unreadable' };
const CONFLICT: Verdict = { kind: 'conflict' };

/**
 * Compares what Dojo shows now with what it showed before the send, less what other local actions explain.
 * `others` are the other actions on the same payment, in any state.
 */
export function judge(action: Action, payment: Payment, others: readonly Action[]): Verdict {
  const { move, baseline } = action;
  if (!baseline) throw new Error(`expected a baseline on ${action.id} in ${action.state}`);
  switch (move.kind) {
    case 'capture': {
      if (payment.captures === null || baseline.captureIds === null) {
        // Before 2024-02-05 only the status can tell, and only of a capture of everything.
        const whole = move.amount + (move.tipsAmount ?? 0) === heldMinor(payment);
        if (!whole || !others.every((other) => other.move.kind !== 'capture' || other.sends === 0)) return UNREADABLE;
        return payment.status === 'Captured' ? HAPPENED : payment.status === baseline.status ? ABSENT : CONFLICT;
      }
      const fresh = unexplainedCaptures(payment, baseline, others);
      const ours = fresh.filter((capture) => isOfAmounts(capture, move));
      if (ours.length > 1) return CONFLICT;
      return ours[0] ? { kind: 'happened', captureId: ours[0].id } : ABSENT;
    }
    case 'reverse':
      return payment.status === 'Reversed' ? HAPPENED : ABSENT;
    case 'cancel':
      return payment.status === 'Canceled' ? HAPPENED : ABSENT;
    case 'refund': {
      // A refund done here before this one may show late: what it explains is not this one's.
      const before = Math.max(baseline.refundedMinor, refundedHereMinor(others.filter((other) => other.seq < action.seq)));
      const more = payment.refundedMinor - before;
      return more === move.amount ? HAPPENED : more === 0 || payment.refundedMinor === baseline.refundedMinor ? ABSENT : CONFLICT;
    }
    case 'setAmount':
      return payment.amountMinor === move.amount ? HAPPENED : payment.amountMinor === baseline.amountMinor ? ABSENT : CONFLICT;
    case 'setTips':
      return payment.tipsMinor === move.amount ? HAPPENED : payment.tipsMinor === baseline.tipsMinor ? ABSENT : CONFLICT;
    case 'sendReceipt':
      return UNREADABLE;
  }
}

/** What a payment's `refundedAmount` must reach at least once Dojo shows every refund done here. */
export function refundedHereMinor(actions: readonly Action[]): number {
  return actions.reduce(
    (sum, { move, state, baseline }) => (move.kind === 'refund' && state === 'done' ? Math.max(sum, baseline?.refundedMinor ?? 0) + move.amount : sum),
    0,
  );
}

/** This till's done captures, each with the capture that Dojo shows for it; one that Dojo does not show yet is not in it. */
export function capturesDoneHere(payment: Payment, actions: readonly Action[]): ReadonlyMap<Action, Capture> {
  const captures = payment.captures ?? [];
  const claimed = new Set(actions.map((action) => action.outcome?.captureId ?? null));
  const spare = captures.filter((capture) => !claimed.has(capture.id));
  const shown = new Map<Action, Capture>();
  for (const action of actions) {
    const { move, state, outcome, baseline } = action;
    if (move.kind !== 'capture' || state !== 'done') continue;
    const id = outcome?.captureId ?? null;
    // Where no id came (a person settled it), a capture of the same amounts that was not there before is this one: of several
    // the one made closest to its first or its last send.
    const found =
      id === null
        ? closest(
            spare.filter((capture) => isOfAmounts(capture, move) && baseline?.captureIds?.includes(capture.id) !== true),
            action,
          )
        : captures.find((capture) => capture.id === id);
    if (!found) continue;
    shown.set(action, found);
    if (id === null) spare.splice(spare.indexOf(found), 1);
  }
  return shown;
}

/** Of captures that are equally far the first: Dojo may not say when they were made. */
function closest(captures: readonly Capture[], { firstSentAtMs, sentAtMs }: Action): Capture | undefined {
  const farMs = ({ createdAtMs }: Capture) => Math.min(...[firstSentAtMs, sentAtMs].map((atMs) => Math.abs(createdAtMs - (atMs ?? createdAtMs))));
  return captures.toSorted((a, b) => farMs(a) - farMs(b))[0];
}

/** Captures done here that what was read of the payment does not show yet, in minor units. */
export function unseenCapturesMinor(payment: Payment, actions: readonly Action[]): number {
  const shown = capturesDoneHere(payment, actions);
  return actions.reduce(
    (sum, action) =>
      action.move.kind === 'capture' && action.state === 'done' && !shown.has(action) ? sum + action.move.amount + (action.move.tipsAmount ?? 0) : sum,
    0,
  );
}

const isOfAmounts = (capture: Capture, move: Extract<Move, { kind: 'capture' }>) =>
  capture.amountMinor === move.amount && capture.tipsMinor === (move.tipsAmount ?? 0);

/** Captures that were not there before the send and that no other local action claims by id. */
export function unexplainedCaptures(payment: Payment, baseline: Baseline, others: readonly Action[]) {
  const known = new Set([...(baseline.captureIds ?? []), ...others.map((other) => other.outcome?.captureId ?? null)]);
  return (payment.captures ?? []).filter((capture) => !known.has(capture.id));
}

/** It ended without a yes of Dojo's or a person's no: should it show all the same, it may have been this one. */
const isUnconfirmed = ({ state, outcome }: Action): boolean =>
  state === 'withdrawn' || ((state === 'refused' || state === 'expired') && outcome?.settledBy !== 'person');

/**
 * The payment is, from right then, as this sent action would have left it, which Dojo did not confirm. Another till, or this one's
 * request after all: of two answers to one that a proxy doubled the second, a refusal, may be all that was heard. Captures have
 * ids and times of their own: `looksDoubled` tells more of them.
 */
export function showsUnconfirmed(action: Action, payment: Payment, others: readonly Action[]): boolean {
  if (action.move.kind === 'capture' || !action.baseline || !isUnconfirmed(action)) return false;
  return judge(action, payment, others).kind === 'happened' && payment.updatedAtMs <= (action.sentAtMs ?? 0) + DOUBLED_WITHIN_MS;
}

/**
 * Dojo shows a capture like this one, from right then, that nobody on this till asked for: beside a done one, or where a sent one was
 * refused. Another till, or one request that a proxy doubled (of two answers the second, a refusal, may be all that was heard).
 * No client can prevent the second where Dojo ignores the key; it must not stay hidden.
 */
export function looksDoubled(action: Action, payment: Payment, others: readonly Action[]): boolean {
  const { move, baseline, outcome } = action;
  if (move.kind !== 'capture' || !baseline?.captureIds) return false;
  const ownId = outcome?.captureId ?? null;
  if (!isUnconfirmed(action) && (action.state !== 'done' || ownId === null)) return false;
  if (others.some((other) => isOpen(other) && other.sends > 0)) return false; // it may be that one's
  return unexplainedCaptures(payment, baseline, others).some(
    (capture) => capture.id !== ownId && isOfAmounts(capture, move) && capture.createdAtMs <= (action.sentAtMs ?? 0) + DOUBLED_WITHIN_MS,
  );
}
