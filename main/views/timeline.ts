import type { PaymentDetail } from '../../preload/contract.ts';
import { cameTwice } from '../core/payment/came-twice.ts';
import { isSurelyElsewhere, mayExplain } from '../core/payment/changes.ts';
import { type EndedBy, endedBy, isRestLetGo, takenBy } from '../core/payment/ended-by-itself.ts';
import { capturedMinor, captureTotalMinor, changedByMs, heldMinor, type Payment } from '../core/payment/payment.ts';
import { type Action, amountOf, isFinal, wasSent } from '../core/queue/action.ts';
import { capturesDoneHere } from '../core/queue/evidence.ts';
import { words } from '../core/words.ts';
import { type ActivityEntry, CHANGED_ELSEWHERE, changedElsewhere } from '../ports/ledger.ts';
import { cameSecond } from './attention.ts';

type Entry = PaymentDetail['timeline'][number];

const CAPTURE_WORDS: Readonly<Record<string, readonly [what: string, tone: Entry['tone']]>> = {
  Created: ['Capturing…', 'promised'],
  Successful: ['Captured', 'confirmed'],
  Declined: ['Declined by the bank, nothing captured', 'refused'],
  Failed: ['Failed, nothing captured', 'refused'],
};

const HOLD_OVER: Readonly<Record<EndedBy, string>> = {
  itself: 'The hold ended, nothing was captured',
  either: 'Released, or the hold ended: the customer is not charged',
  somebody: 'Released: the customer is not charged',
};
/** The same where a part was captured. */
const REST_OVER: Readonly<Record<EndedBy, string>> = {
  itself: 'The hold ended, the rest was not captured',
  either: 'The rest was released, or the hold ended',
  somebody: 'The rest was released',
};

const ACTIVITY_TONES: Readonly<Record<string, Entry['tone']>> = {
  done: 'confirmed',
  refused: 'refused',
  expired: 'refused',
  needsPerson: 'refused',
  withdrawn: 'neutral',
};
/** A decision and its end say how much they are about; what comes between them does not repeat it. */
const WITH_AMOUNT: readonly string[] = ['accepted', 'done', 'refused', 'expired', 'withdrawn', 'needsPerson'];

/** What happened to a payment, oldest first: what Dojo shows, what was decided and done on this till, and what was done elsewhere. Each once. */
export function timelineOf(payment: Payment, actions: readonly Action[], activity: readonly ActivityEntry[]): Entry[] {
  // In the same instant a request goes before what came of it.
  return [...ofActions(payment, actions, activity), ...ofOthers(payment, activity), ...ofDojo(payment, actions, activity)].sort((a, b) => a.atMs - b.atMs);
}

/** Made, held or paid, each capture with its outcome, and the end: whoever did it. */
function ofDojo(payment: Payment, actions: readonly Action[], activity: readonly ActivityEntry[]): Entry[] {
  const { status, captureMode, createdAtMs, paidAtMs } = payment;
  const entries: Entry[] = [{ atMs: createdAtMs, what: 'Created', amountMinor: firstAmountMinor(payment, actions, activity), by: 'dojo', tone: 'neutral' }];
  if (status !== 'Created' && status !== 'Canceled' && paidAtMs !== null)
    entries.push({
      atMs: paidAtMs,
      what: captureMode === 'Manual' ? 'Held on the card' : 'Paid',
      amountMinor: heldMinor(payment),
      by: 'dojo',
      tone: 'confirmed',
    });
  // As long as something under way here, or a request of this till that came twice, may explain it, it is nobody else's.
  const others = actions.some(mayExplain) || [...cameTwice(payment, actions).values()].some(({ isTwice }) => isTwice) ? 'dojo' : 'elsewhere';
  const ours = new Map([...capturesDoneHere(payment, actions)].map(([action, capture]) => [capture, action]));
  for (const capture of payment.captures ?? []) {
    const [what, tone] = CAPTURE_WORDS[capture.status] ?? [capture.status, 'neutral'];
    const action = ours.get(capture);
    // The clocks of Dojo and this till differ a little: nothing is done before it was sent.
    const atMs = Math.max(capture.createdAtMs, action?.firstSentAtMs ?? 0);
    const taken = takenBy(payment, capture);
    const by = action ? 'till' : taken === 'itself' ? 'dojo' : others;
    const isUnsure = by === 'elsewhere' && taken === 'either';
    entries.push({ atMs, by, what: isUnsure ? `${what} (perhaps at the hold’s own end)` : what, amountMinor: captureTotalMinor(capture), tone });
  }
  const ender = endedBy(payment);
  const ended = { atMs: changedByMs(payment), by: ender === 'itself' ? 'dojo' : others, tone: 'confirmed' } as const;
  const isOurs = (kind: Action['move']['kind']) => actions.some(({ move, state }) => move.kind === kind && state === 'done');
  const capturedInPartMinor = capturedMinor(payment);
  if ((status === 'Reversed' && !isOurs('reverse')) || isRestLetGo(payment))
    entries.push({
      ...ended,
      what: captureMode === 'Auto' ? 'Reversed: the customer is not charged' : (capturedInPartMinor > 0 ? REST_OVER : HOLD_OVER)[ender],
      amountMinor: heldMinor(payment) - capturedInPartMinor,
    });
  if (status === 'Canceled' && !isOurs('cancel'))
    entries.push({ ...ended, what: ender === 'itself' ? 'The request to pay lapsed' : 'Cancelled before payment', amountMinor: null });
  if (payment.refundedMinor > 0 && !isOneRefund(payment, actions, activity))
    entries.push({ atMs: changedByMs(payment), what: 'Refunded in all', amountMinor: payment.refundedMinor, by: 'dojo', tone: 'confirmed' });
  return entries;
}

/** Dojo's sum says the same as the one refund that is told already. */
function isOneRefund(payment: Payment, actions: readonly Action[], activity: readonly ActivityEntry[]): boolean {
  const here = actions.flatMap(({ move, state }) => (move.kind === 'refund' && state === 'done' ? move.amount : []));
  const elsewhere = activity.flatMap(({ what, amountMinor }) => (what === changedElsewhere('refund') ? (amountMinor ?? 0) : []));
  const parts = [...here, ...elsewhere];
  return parts.length === 1 && parts[0] === payment.refundedMinor;
}

/** Dojo shows today's amount only: the first one is known as long as only this till changed it. */
function firstAmountMinor(payment: Payment, actions: readonly Action[], activity: readonly ActivityEntry[]): number | null {
  if (activity.some(({ what }) => what === changedElsewhere('amount'))) return null;
  const changed = actions.find(({ move, state }) => move.kind === 'setAmount' && state === 'done');
  return changed ? (changed.baseline?.amountMinor ?? null) : payment.amountMinor;
}

function ofActions(payment: Payment, actions: readonly Action[], activity: readonly ActivityEntry[]): Entry[] {
  const byId = new Map(actions.map((action) => [action.id, action]));
  const shown = capturesDoneHere(payment, actions);
  const noticed = activity.filter(({ what }) => what.startsWith(CHANGED_ELSEWHERE)).map(({ atMs, note }) => ({ atMs, what: note }));
  const before = new Map<string, string>();
  const last = new Map(activity.map((entry) => [`${entry.actionId} ${entry.what}`, entry]));
  return activity.flatMap((told) => {
    const { atMs, what, actionId, note } = told;
    const action = actionId === null ? undefined : byId.get(actionId);
    if (!action) return [];
    const wasStuck = before.get(action.id) === 'needsPerson';
    before.set(action.id, what);
    // Not by its time: an end that a PC clock dated in the future is dated anew.
    const isEnd = what === action.state && last.get(`${action.id} ${what}`) === told;
    const isSettled = isEnd && action.outcome?.settledBy === 'person';
    // Dojo's own entry for the capture says more: how it ended at the bank.
    if (what === 'done' && !isSettled && shown.has(action)) return [];
    const isAskedAgain = wasStuck && what === 'checking';
    const second = isEnd && isFinal(action) && what !== 'done' ? cameSecond(action, payment, actions, noticed) : null;
    const isUnheard = what === 'done' && (isSettled || action.move.kind === 'capture');
    // What a person said stays as it was said, and what shows since comes after it.
    const since: Entry[] =
      second && isSettled ? [{ atMs: Math.max(atMs, changedByMs(payment)), what: second.message, amountMinor: null, by: 'till', tone: 'refused' }] : [];
    const entry: Entry = {
      atMs,
      what:
        what === 'accepted'
          ? words.accepted(action, payment)
          : isAskedAgain
            ? 'Looked up again.'
            : (!isSettled && second?.message) || note || unsaidInWords(what, action),
      amountMinor: WITH_AMOUNT.includes(what) ? amountOf(action.move) : null,
      by: what === 'accepted' || what === 'withdrawn' || isSettled || isAskedAgain ? 'person' : 'till',
      // That Dojo took a request, or that a person says so, is not yet Dojo's word that the money moved.
      tone: isUnheard ? 'promised' : (ACTIVITY_TONES[what] ?? 'promised'),
    };
    return [entry, ...since];
  });
}

/** A step of which nothing was learnt: it was looked up, and goes out once more. */
const unsaidInWords = (what: string, action: Action): string => (what === 'waiting' ? `Queued to be sent${wasSent(action) ? ' again' : ''}.` : what);

/** What Dojo's own entries do not tell: parts of what was refunded, and changes before the payment. */
function ofOthers(payment: Payment, activity: readonly ActivityEntry[]): Entry[] {
  const captureIsListed = (payment.captures ?? []).length > 0;
  const kinds = [changedElsewhere('refund'), changedElsewhere('amount'), changedElsewhere('tips'), ...(captureIsListed ? [] : [changedElsewhere('capture')])];
  return activity
    .filter(({ what }) => kinds.includes(what))
    .map(({ atMs, note, amountMinor }) => {
      const by = isSurelyElsewhere({ what: note }) ? 'elsewhere' : 'dojo';
      return { atMs, what: note, amountMinor: amountMinor ?? null, by, tone: 'confirmed' };
    });
}
