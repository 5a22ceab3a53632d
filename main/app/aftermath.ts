import { z } from 'zod';
import type { Notice, Show } from '../../preload/contract.ts';
import { isCaptureOver, isTurnedDown, unansweredOf } from '../core/payment/declined.ts';
import { type Capture, capturedMinor, countsAsCaptured, type Payment, takenMinor } from '../core/payment/payment.ts';
import type { Action, ActionState } from '../core/queue/action.ts';
import { captureStatuses } from '../core/queue/capture-status.ts';
import { capturesDoneHere, isCapturedWhole, isTakenWhole } from '../core/queue/evidence.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Notifier } from '../ports/notifier.ts';
import { latenessOf } from '../views/lateness.ts';
import { type Declined, declinedInWords, needsYouInWords } from '../words/aftermath-words.ts';
import { tooLateInWords } from '../words/late-words.ts';
import { createAccountFact } from './account-fact.ts';
import { createTogether, type Together } from './together.ts';
import { createUntilSeen } from './until-seen.ts';

/** A capture whose payment the readings no longer list is read singly this often until the bank has answered. */
const ASK_EVERY_MS = 2 * 60_000;
/** One that ended too long ago for the queue's memory may never have an answer that Dojo shows. */
const ASK_OLDER_EVERY_MS = 60 * 60_000;
/** Done longer ago than this, a capture is looked at no more once the bank's answer was seen: its payment is on the disk alone. */
const RECENT_MS = 2 * 86_400_000;
export const DECLINED_NOTICE = 'captures-declined';

/** The PC is kept awake for the bank's answer this long; who waits longer for it sees it at the next look. */
const BANK_AWAKE_MS = 15 * 60_000;
const MOVING: ReadonlySet<ActionState> = new Set(['waiting', 'sending', 'checking']);

const keptSchema = z.object({
  /** Captures that the bank turned down and nobody has seen yet. */
  unseen: z.array(z.string()),
  /** Captures that the bank turned down and somebody was told of. */
  declined: z.array(z.string()),
  /** Actions that need a person and of which one was told. */
  needsYou: z.array(z.string()),
  /** Actions that were too late, waiting or expired, and of which one was told. */
  tooLate: z.array(z.string()).default([]),
  /** By requestId, captures that ended too long ago for the queue's memory, and whose outcome nobody knows or has seen yet. */
  older: z.array(z.string()).default([]),
  /** Expired ones are among them: an older till wrote down only those that still waited. */
  hasExpired: z.boolean().default(false),
});
type Kept = z.infer<typeof keptSchema>;
const NOTHING: Kept = { unseen: [], declined: [], needsYou: [], tooLate: [], older: [], hasExpired: false };

export type AftermathOptions = Readonly<{
  ledger: Pick<Ledger, 'readFact' | 'writeFact' | 'findRequest' | 'actionsOn' | 'payment'>;
  clock: Pick<Clock, 'after' | 'monotonicMs'>;
  nowMs: () => number;
  /** Dojo has said in this run what time it is: by the PC's clock alone nothing is told as too late. */
  knowsTime: () => boolean;
  zone: () => string;
  accountId: () => string | null;
  actions: () => Iterable<Action>;
  find: (paymentId: string) => Payment | null;
  /** Whether the readings of the day keep up with it. */
  isFollowed: (paymentId: string) => boolean;
  /** Dojo can be asked just now. */
  canAsk: () => boolean;
  /** Each of them, a few at once. Resolves when all had their turn; never rejects. */
  readAgain: (paymentIds: readonly string[]) => Promise<void>;
  isSomebodyLooking: () => boolean;
  notify: Notifier['notify'];
  /** Whether an end-of-day run is under way: the PC must not fall asleep over it. */
  onRun: (isUnderWay: boolean) => void;
  /** Nothing is sent now because a person, or a refused key, holds the queue. */
  isHeld: () => boolean;
  /** Payments on which nothing goes on before a person, or another key, has done something. */
  atRest: () => ReadonlySet<string>;
  onChange: () => void;
}>;

export type Aftermath = Together &
  Readonly<{
    /** What nobody has seen yet; null: nothing. */
    notice(): Notice | null;
    /** What the notice is about. */
    unseen(): readonly Action[];
    /** What ended before this is about to leave the queue's memory: what is not told or not seen yet is kept here. */
    remember(endedBeforeMs: number): void;
    /** A person has read the notice with these words. */
    seen(message: string): void;
  }>;

/**
 * Follows captures to the bank's answer, and actions to the point where they need a person, also when nobody looks, over a restart
 * and a change of day. What is told is in the ledger, so that nothing is told twice, and what was not seen is shown until it is.
 */
export function createAftermath(options: AftermathOptions): Aftermath {
  const { ledger, clock, find } = options;
  const fact = createAccountFact(ledger, 'aftermath', keptSchema, NOTHING);
  const untilSeen = createUntilSeen<string>();
  const together = createTogether(clock, look);
  let readFor: string | null = null;
  let kept: Kept = NOTHING;
  /** By the monotonic clock: the time of day may be put back once Dojo is heard. */
  let askedAtMs = Number.NEGATIVE_INFINITY;
  let askedOlderAtMs = Number.NEGATIVE_INFINITY;
  /** Those that were asked for last have not all had their turn yet. */
  let isAsking = false;
  /** Captures to which the bank has said something other than no. */
  const over = new Set<string>();
  /** By id, of `kept.older`. */
  let older: ReadonlyMap<string, Action> = new Map();

  /** The account's own record, taken up when it is connected. */
  function takeUp(accountId: string): void {
    if (readFor === accountId) return;
    kept = fact.of(accountId);
    older = new Map(kept.older.flatMap((requestId) => ledger.findRequest(requestId) ?? []).map((action) => [action.id, action]));
    readFor = accountId;
  }

  /** The account's, with what only this record still remembers. */
  function ownOf(accountId: string): readonly Action[] {
    const own = [...options.actions()].filter((action) => action.accountId === accountId);
    const ids = new Set(own.map(({ id }) => id));
    return [...[...older.values()].filter(({ id }) => !ids.has(id)), ...own];
  }

  /** All on a payment: where one of them is older, others that ended with it are on the disk alone. */
  function allOn(paymentId: string, own: readonly Action[]): readonly Action[] {
    const onIt = own.filter((action) => action.paymentId === paymentId);
    const [first] = onIt;
    if (first === undefined || !onIt.some(({ id }) => older.has(id))) return onIt;
    const byId = new Map(onIt.map((action) => [action.id, action]));
    return ledger.actionsOn(first.accountId, paymentId).map((action) => byId.get(action.id) ?? action);
  }

  function look(): void {
    const accountId = options.accountId();
    if (accountId === null) return options.onRun(false);
    takeUp(accountId);
    const own = ownOf(accountId);
    const byId = new Map(own.map((action) => [action.id, action]));
    const awaited = new Set<Action>();
    const news: (readonly [Action, string])[] = [];
    for (const [action, status] of statusesOf(own, isWatched)) {
      if (status === null || status === 'Created') awaited.add(action);
      else if (isTurnedDown(status)) news.push([action, status]);
      else over.add(action.id);
    }
    const needing = own.filter(({ state }) => state === 'needsPerson');
    const newNeeding = needing.filter(({ id }) => !kept.needsYou.includes(id));
    const late = own.filter(isLate);
    const newLate = late.filter(({ id, state }) => !kept.tooLate.includes(id) && (state === 'waiting' || kept.hasExpired));
    const unseen = [...kept.unseen.filter((id) => byId.has(id) && !isAnswered(id, own)), ...news.flatMap(([{ id }]) => (isAnswered(id, own) ? [] : id))];
    older = new Map([...older].filter(([id, action]) => unseen.includes(id) || awaited.has(byId.get(id) ?? action)));
    keep(accountId, {
      unseen,
      declined: [...kept.declined.filter((id) => byId.has(id)), ...news.map(([{ id }]) => id)],
      older: requestIdsOf(older),
      needsYou: needing.map(({ id }) => id),
      tooLate: late.map(({ id }) => id),
      hasExpired: true,
    });
    tell(toBeTold(news, own), newNeeding, newLate);
    const atRest = options.atRest();
    options.onRun(!options.isHeld() && own.some((action) => action.runId !== null && isUnderWay(action, awaited, atRest)));
    ask([...awaited]);
  }

  /** Certainly, or told so in an earlier run: until Dojo is heard again that stays told. */
  function isLate(action: Action): boolean {
    if (action.state === 'expired') return true;
    const lateness = latenessOf(action, { throttledUntilMs: 0 }, options.nowMs(), !options.knowsTime());
    return lateness === 'too-late' || (lateness === 'late-by-pc' && kept.tooLate.includes(action.id));
  }

  /** Where somebody decided anew, or as much of it is being captured in another way, nobody is asked to capture it again. */
  function toBeTold(said: Iterable<readonly [Action, string | null]>, own: readonly Action[]): Declined[] {
    // A PC clock that is ahead ends no hold.
    const nowMs = options.knowsTime() ? options.nowMs() : Number.NEGATIVE_INFINITY;
    return [...said].flatMap(([action, status]) => {
      const payment = find(action.paymentId);
      if (!isTurnedDown(status) || payment === null || isCapturedWhole(payment) || isAnsweredBy(countsAsCaptured, action, payment, own)) return [];
      return {
        action,
        status,
        last4: payment.card?.last4 ?? null,
        isOver: isCaptureOver(payment, nowMs),
        takenMinor: takenMinor(payment),
        takingMinor: capturedMinor(payment) - takenMinor(payment),
      };
    });
  }

  /** Somebody decided anew when it was known, or as much, or all of it, is captured for sure: there is nothing left to be told. */
  function isAnswered(id: string, own: readonly Action[]): boolean {
    const action = own.find((one) => one.id === id);
    const payment = action ? find(action.paymentId) : null;
    if (!action || !payment) return false;
    return isTakenWhole(payment) || isAnsweredBy(({ status }) => status === 'Successful', action, payment, own);
  }

  function isAnsweredBy(counts: (capture: Capture) => boolean, action: Action, payment: Payment, own: readonly Action[]): boolean {
    const onIt = allOn(action.paymentId, own);
    const capture = capturesDoneHere(payment, onIt).get(action);
    return capture !== undefined && isTurnedDown(capture.status) && !unansweredOf(payment, onIt, counts).includes(capture);
  }

  const isUnderWay = (action: Action, awaited: ReadonlySet<Action>, atRest: ReadonlySet<string>): boolean =>
    (MOVING.has(action.state) && !atRest.has(action.paymentId)) || (awaited.has(action) && action.changedAtMs > options.nowMs() - BANK_AWAKE_MS);

  /** As long as actions are kept, and by no record of its own: the till may have closed before any could be made. */
  const isWatched = ({ id, state, move, changedAtMs }: Action): boolean =>
    state === 'done' && move.kind === 'capture' && !kept.declined.includes(id) && (!over.has(id) || changedAtMs > options.nowMs() - RECENT_MS);

  /** What the bank said to those asked for; null: nothing yet, as far as Dojo shows. */
  function* statusesOf(own: readonly Action[], isAskedFor: (action: Action) => boolean): Generator<readonly [Action, string | null]> {
    for (const [paymentId, onIt] of Map.groupBy(own, (action) => action.paymentId)) {
      const asked = onIt.filter(isAskedFor);
      if (asked.length === 0) continue;
      const statuses = captureStatuses(find(paymentId), allOn(paymentId, onIt));
      for (const action of asked) yield [action, statuses.get(action) ?? null];
    }
  }

  function keep(accountId: string, next: Kept): void {
    if (JSON.stringify(next) === JSON.stringify(kept)) return;
    const hadUnseen = kept.unseen.join();
    kept = next;
    fact.keep(accountId, next);
    if (hadUnseen !== next.unseen.join()) options.onChange();
  }

  /** Of the only one: of several none is told by its card. */
  const last4Of = ([only]: readonly Action[]): string | null => (only && find(only.paymentId)?.card?.last4) ?? null;

  function tell(declined: readonly Declined[], needing: readonly Action[], late: readonly Action[]): void {
    if (options.isSomebodyLooking()) return;
    if (declined.length > 0) options.notify({ ...declinedInWords(declined, options.zone()), show: placeOf(declined) });
    if (needing.length > 0) options.notify({ ...needsYouInWords(needing, last4Of(needing)), show: { view: 'queue' } });
    if (late.length > 0) options.notify({ ...tooLateInWords(late, last4Of(late)), show: { view: 'queue' } });
  }

  /** What the readings follow comes by itself. */
  function ask(awaited: readonly Action[]): void {
    const lost = [...new Set(awaited.map(({ paymentId }) => paymentId))].filter((paymentId) => !options.isFollowed(paymentId));
    if (lost.length === 0 || isAsking || !options.canAsk() || clock.monotonicMs() - askedAtMs < ASK_EVERY_MS) return;
    askedAtMs = clock.monotonicMs();
    const isOlderDue = askedAtMs - askedOlderAtMs >= ASK_OLDER_EVERY_MS;
    if (isOlderDue) askedOlderAtMs = askedAtMs;
    const recent = new Set(awaited.filter(({ id }) => !older.has(id)).map(({ paymentId }) => paymentId));
    isAsking = true;
    void options.readAgain(lost.filter((paymentId) => isOlderDue || recent.has(paymentId))).then(() => {
      isAsking = false;
    });
  }

  function unseenDeclined(): Declined[] {
    const accountId = options.accountId();
    if (accountId === null) return [];
    takeUp(accountId);
    if (kept.unseen.length === 0) return [];
    const ids = new Set(kept.unseen);
    const isUnseen = ({ id }: Action) => ids.has(id);
    const own = ownOf(accountId);
    return toBeTold(statusesOf(own, isUnseen), own);
  }

  function rememberOwn(accountId: string, endedBeforeMs: number): void {
    takeUp(accountId);
    const own = ownOf(accountId).filter(({ changedAtMs }) => changedAtMs < endedBeforeMs);
    const isToBeTold = (action: Action) => kept.unseen.includes(action.id) || isWatched(action);
    const open = [...statusesOf(ownOf(accountId), isToBeTold)].filter(([action, status]) => own.includes(action) && isToBeKept(status));
    older = new Map([...older, ...open.map(([action]) => [action.id, action] as const)]);
    keep(accountId, { ...kept, older: requestIdsOf(older) });
  }

  /** It is not connected: what is in its record is told when it is again. */
  function rememberOther(accountId: string, theirs: readonly Action[], endedBeforeMs: number): void {
    const record = fact.of(accountId);
    const isToBeTold = ({ id, state, move, changedAtMs }: Action) =>
      changedAtMs < endedBeforeMs && state === 'done' && move.kind === 'capture' && (record.unseen.includes(id) || !record.declined.includes(id));
    const open: Action[] = [];
    for (const [paymentId, asked] of Map.groupBy(theirs.filter(isToBeTold), (action) => action.paymentId)) {
      const byId = new Map(asked.map((action) => [action.id, action]));
      const onIt = ledger.actionsOn(accountId, paymentId).map((action) => byId.get(action.id) ?? action);
      const statuses = captureStatuses(ledger.payment(accountId, paymentId), onIt);
      open.push(...asked.filter((action) => isToBeKept(statuses.get(action) ?? null)));
    }
    if (open.length === 0) return;
    const names = [...new Set([...record.older, ...open.map(({ requestId }) => requestId)])];
    fact.keep(accountId, { ...record, older: names });
    // It is taken up anew from there.
    if (readFor === accountId) readFor = null;
  }

  return {
    touch: together.touch,
    notice() {
      const declined = unseenDeclined();
      if (declined.length === 0) return null;
      const { title, body } = declinedInWords(declined, options.zone());
      const ids = declined.map(({ action }) => action.id);
      const { view, ...report } = placeOf(declined);
      return untilSeen.give({ code: DECLINED_NOTICE, title: `${title}.`, message: body, show: view, ...report }, ids);
    },
    unseen: () => unseenDeclined().map(({ action }) => action),
    remember(endedBeforeMs) {
      const accountId = options.accountId();
      if (accountId !== null) rememberOwn(accountId, endedBeforeMs);
      const others = Map.groupBy(options.actions(), (action) => action.accountId);
      for (const [otherId, theirs] of others) if (otherId !== accountId) rememberOther(otherId, theirs, endedBeforeMs);
    },
    seen(message) {
      const accountId = options.accountId();
      const ids = untilSeen.toldBy(message);
      if (accountId === null || ids.length === 0) return;
      keep(accountId, { ...kept, unseen: kept.unseen.filter((id) => !ids.includes(id)) });
    },
    close() {
      together.close();
      options.onRun(false);
    },
  };
}

/** Nothing is known of it yet, or somebody is to be told. */
const isToBeKept = (status: string | null): boolean => status === null || status === 'Created' || isTurnedDown(status);

/** A run has a report of its own; of several the latest is shown. */
function placeOf(declined: readonly Declined[]): Show {
  const runs = declined.flatMap(({ action: { runId, acceptedAtMs } }) => (runId === null ? [] : { runId, acceptedAtMs }));
  const [last] = runs.toSorted((a, b) => b.acceptedAtMs - a.acceptedAtMs);
  return last && runs.length === declined.length ? { view: 'end-of-day', runId: last.runId } : { view: 'today' };
}

const requestIdsOf = (actions: ReadonlyMap<string, Action>): string[] => [...actions.values()].map(({ requestId }) => requestId);
