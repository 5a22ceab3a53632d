import { DECLINED_NOTICE } from '../../main/app/aftermath.ts';
import type { ChangeKind } from '../../main/core/payment/changes.ts';
import { changedByMs, type Payment } from '../../main/core/payment/payment.ts';
import { type Action, amountOf, asSent, isFinal, type MoveKind } from '../../main/core/queue/action.ts';
import { SETTLING_MS } from '../../main/core/queue/evidence.ts';
import type { HttpRequest } from '../../main/ports/http.ts';
import { type ActivityEntry, CHANGED_ELSEWHERE } from '../../main/ports/ledger.ts';
import { partsOf, restOf, totalAmountOf } from '../../main/simulator/amounts.ts';
import type { CaptureRecord } from '../../main/simulator/intent.ts';
import { holdEndsAtMs } from '../../main/simulator/lapse.ts';
import { DEFAULT_SWITCHES } from '../../main/simulator/switches.ts';
import type { PaymentView, Snapshot } from '../../preload/contract.ts';
import { captureCalled } from './capture-called.ts';
import { accountOfKeptKey, type Kept } from './disk.ts';
import type { Committed } from './journal.ts';
import { tookMoney, whatOthersDidIsTold } from './news.ts';
import type { Life, Pc } from './pc.ts';
import { bodyOf, headerOf, paymentIdOf } from './request.ts';
import { ACCOUNT_OF } from './schedule.ts';
import { shopMidnightMs } from './shop-midnight.ts';
import { isToldToBeOver } from './told.ts';
import { breaks, pcsThere, type World } from './world.ts';
import { checkExpired, zoneOf } from './zones.ts';

/** The promises of the design, each a function that answers with what breaks it. */
type Found = readonly string[];
const none: Found = [];

/** `Date` headers count whole seconds, and a PC's clock within two seconds is taken as right. */
const CLOCK_COARSE_MS = 3_500;
/** What was read just before a send may be as old as an answer can be. */
const READ_BEFORE_MS = 31_000;
/** From a send to the end of its settling: the time-out, ninety seconds, and half a minute for clocks that differ. */
const SETTLED_MOST_MS = 30_000 + 90_000 + 30_000 + 5_000;
/** A reading takes its time: what changes at Dojo while it is on its way is in the next one. */
const JUST_NOW_MS = 2_000;
const nameOf = (action: Action) =>
  `${action.move.kind} ${action.paymentId} ${action.id.slice(0, 6)} (${action.state}, ${action.outcome?.code ?? 'no outcome'})`;
/** What Dojo did for it on this PC's word. What was done before an image was put back the PC cannot know. */
const doneFor = (world: World, pc: Pc, action: Action): readonly Committed[] =>
  (world.journal.byKey.get(action.idempotencyKey) ?? []).filter((did) => did.till === pc.index && did.sentAtMs >= pc.rolledBackAtMs);
const keptOf = (pc: Pc): Kept[] => [...pc.disk.actions.values()];

// ---- the moment a request that moves money is about to leave

type Sending = Readonly<{ world: World; pc: Pc; life: Life; request: HttpRequest; action: Action | null }>;

const writtenBeforeSent = ({ action, request }: Sending): Found => {
  if (!action) return [`${request.method} ${paymentIdOf(request)} is of no action on the disk`];
  return action.state === 'sending' ? none : [`${nameOf(action)} is sent, but the disk does not say sending`];
};

const oneLanePerPayment = ({ life, action }: Sending): Found =>
  action && (life.onWire.get(action.paymentId) ?? 0) > 1 ? [`${nameOf(action)} goes out while another request for the payment is on its way`] : none;

/** What Dojo said yes to is done: with an id or without one, it is not asked for again. */
const yesIsBelieved = ({ life, action }: Sending): Found =>
  action && life.heardYes.has(action.idempotencyKey) ? [`${nameOf(action)} goes out though Dojo's yes was heard`] : none;

const accountsApart = ({ world, request, action }: Sending): Found => {
  const account = ACCOUNT_OF[headerOf(request, 'authorization')?.replace('Basic ', '') ?? ''];
  const owner = world.bank.intent(paymentIdOf(request))?.accountId;
  return action && account !== owner ? [`${nameOf(action)} of ${owner} goes out with a key of ${account}`] : none;
};

const onlyWhatItMoves = ({ world, action }: Sending): Found => {
  const currency = world.bank.intent(action?.paymentId ?? '')?.currency ?? 'GBP';
  const takesAmount = action !== null && amountOf(action.move) !== null;
  return takesAmount && !MOVED_CURRENCIES.includes(currency) ? [`${nameOf(action)} is sent in ${currency}`] : none;
};

const decidedIsSent = ({ action, request }: Sending): Found => {
  if (action?.move.kind !== 'capture' && action?.move.kind !== 'refund') return none;
  const { kind: _, ...decided } = action.move;
  const right = paymentIdOf(request) === action.paymentId && Object.entries(decided).every(([field, value]) => bodyOf(request)[field] === value);
  return right ? none : [`${nameOf(action)} is for ${JSON.stringify(decided)}, sent is ${request.body}`];
};

/** Nothing ever made the till doubt the time: neither Dojo's answers nor this PC's clock, nor a sleep that only that one counts. */
const wereClocksRight = ({ schedule: { date, steps } }: World, { stoodStillMs }: Pc): boolean =>
  (date.kind === 'right' || date.kind === 'two-servers') &&
  stoodStillMs === 0 &&
  steps.every((step) => step.do !== 'pc-clock' || Math.abs(step.aheadMs) < CLOCK_COARSE_MS);

const neverTooLate = ({ world, pc, action }: Sending): Found => {
  if (!action) return none;
  const nowMs = world.clock.nowMs();
  const { date } = world.schedule;
  // Where the time was in doubt only the money that a day's end decides about is held back; of all else Dojo says that it is too late.
  const mayKnow = action.move.kind === 'reverse' || wereClocksRight(world, pc);
  const coarseMs = CLOCK_COARSE_MS + (date.kind === 'two-servers' ? Math.abs(date.apartMs) : 0);
  if (!mayKnow) return none;
  if (action.deadlineAtMs !== null && nowMs > action.deadlineAtMs + coarseMs) return [`${nameOf(action)} goes out after its deadline`];
  const accepted = world.journal.accepted.find(({ actionId }) => actionId === action.id);
  const intent = world.bank.intent(action.paymentId);
  // Decided by a clock that was wrong and not yet corrected, it may have been shown as another day's.
  const clockWasRight = accepted && Math.abs(action.acceptedAtMs - accepted.atMs) < coarseMs;
  // A hold of which Dojo does not say when it began is released as one of an earlier day, and that was said: Dojo decides.
  const isDayUnsaid = intent?.captureMode === 'Manual' && !world.bank.switches().holdShowsPaymentDetails;
  if (action.move.kind !== 'reverse' || !clockWasRight || !intent || isDayUnsaid) return none;
  const paidAtMs = intent.paidAtMs ?? intent.createdAtMs;
  // Of the same day by the shop's zone as it was set then; the midnight is that of the zone as it is set now.
  const acceptedOn = world.pcs[accepted.till] ?? pc;
  // One that was set in that same moment may have been set just after.
  const zonesThen = [accepted.atMs - 1, accepted.atMs].map((atMs) => zoneOf(acceptedOn, atMs));
  const wasSameDay = zonesThen.every((zone) => accepted.atMs < shopMidnightMs(paidAtMs, zone) - coarseMs);
  const midnightMs = shopMidnightMs(paidAtMs, zoneOf(pc));
  const late = wasSameDay && accepted.atMs < midnightMs - coarseMs && nowMs > midnightMs + coarseMs;
  return late ? [`${nameOf(action)} was decided the same day and goes out after the shop’s midnight`] : none;
};

const pauseHolds = ({ pc, action }: Sending): Found => (pc.paused && action ? [`${nameOf(action)} goes out though the queue is paused`] : none);

const unreadableLanesClosed = ({ pc, action }: Sending): Found =>
  action && keptOf(pc).some((kept) => kept.rotten && kept.action.paymentId === action.paymentId)
    ? [`${nameOf(action)} goes out on a payment with an action that nobody can read`]
    : none;

/** What was read of the payment before a first send is as old as this at most. */
const LOOKED_MS = 62_000;

/** Somebody else has done as much since it was decided, and the till could have seen it: then a person decides. */
const anotherDidItSince = ({ world, pc, action }: Sending): Found => {
  if (action?.sends !== 1 || (action.move.kind !== 'capture' && action.move.kind !== 'refund')) return none;
  const accepted = world.journal.accepted.find(({ actionId }) => actionId === action.id);
  if (!accepted || world.journal.asked.has(`${pc.index} ${action.id}`)) return none;
  // Let go once more it is a decision of its own, on what showed by then.
  const decidedMs = Math.max(accepted.atMs, ...(world.journal.released.get(action.idempotencyKey) ?? []));
  // What a copy did and this till knows as its own: the same key was answered with the same refund.
  const explained = new Set(keptOf(pc).flatMap((kept) => (kept.action.state === 'done' ? kept.action.idempotencyKey : [])));
  // Another's capture inside the window of a lost answer is taken for this till's own: nobody can tell the two apart.
  const captures = world.bank.intent(action.paymentId)?.captures ?? [];
  const claimed = new Set(keptOf(pc).map((kept) => captureCalled(kept.action.outcome?.captureId ?? null, captures)?.id ?? null));
  const seen = world.journal.committed.filter(
    (did) =>
      did.kind === action.move.kind &&
      did.paymentId === action.paymentId &&
      (did.till !== pc.index || did.sentAtMs < pc.rolledBackAtMs) &&
      !explained.has(did.by) &&
      !claimed.has(captureCalled(did.id, captures)?.id ?? did.id) &&
      did.atMs > decidedMs &&
      did.atMs < world.clock.nowMs() - LOOKED_MS &&
      tookMoney(world, did),
  );
  const amount = amountOf(action.move) ?? 0;
  // What another till took is taken for it.
  const standIns = keptOf(pc).filter(
    (kept) =>
      kept.action.paymentId === action.paymentId &&
      amountOf(kept.action.move) === amount &&
      (isSettledTurnedDown(world, kept) || isSettledForItsSecond(world, kept)),
  );
  const isDone =
    action.move.kind === 'capture'
      ? seen.filter(({ amountMinor }) => amountMinor === amount).length > standIns.length
      : seen.reduce((sum, did) => sum + (did.amountMinor ?? 0), 0) >= amount;
  return isDone ? [`${nameOf(action)} goes out though others have done as much since it was decided: ${JSON.stringify(seen)}`] : none;
};

/** A person settled it as captured, and the bank had turned it down: which capture of Dojo's it was, the till cannot know. */
const isSettledTurnedDown = ({ journal, bank }: World, { action: { move, outcome, idempotencyKey } }: Kept): boolean =>
  move.kind === 'capture' &&
  outcome?.code === 'settled-happened' &&
  outcome.captureId === null &&
  !(journal.byKey.get(idempotencyKey) ?? []).some((did) => tookMoney({ bank }, did));

/** It was done before a person let it go once more, and not since; they settled it as done. Whether their word is of the first or of the second nobody says. */
const isSettledForItsSecond = ({ journal, bank }: World, { action: { move, outcome, idempotencyKey } }: Kept): boolean =>
  move.kind === 'capture' &&
  outcome?.code === 'settled-happened' &&
  journal.released.has(idempotencyKey) &&
  (journal.byKey.get(idempotencyKey) ?? []).filter((did) => tookMoney({ bank }, did)).length === 1;

/** A person removed or settled it and was told so: no power cut makes it go out. */
const overIsOver = ({ world, pc, action }: Sending): Found =>
  action && isToldToBeOver(world, pc, action.id, action.idempotencyKey) ? [`${nameOf(action)} goes out though a person was told that it is over`] : none;

/** Nobody had paid when its reversal was decided, and the till could have seen that the customer has: then a person decides. */
const paidSinceAsks = ({ world, pc, action }: Sending): Found => {
  if (action?.move.kind !== 'reverse' || action.sends !== 1 || world.journal.asked.has(`${pc.index} ${action.id}`)) return none;
  const acceptedAtMs = world.journal.accepted.find(({ actionId }) => actionId === action.id)?.atMs;
  const paidAtMs = world.bank.intent(action.paymentId)?.paidAtMs ?? null;
  if (acceptedAtMs === undefined || paidAtMs === null) return none;
  return paidAtMs > acceptedAtMs && paidAtMs < world.clock.nowMs() - LOOKED_MS ? [`${nameOf(action)} was decided while nobody had paid, and goes out`] : none;
};

/** A connection that failed is felt for again within a minute at the latest, and the lanes it cost are back. */
const CALM_FOR_MS = 90_000;
/** Reading the payment, once or twice, and the lane of one that hangs. */
const WAITS_MOST_MS = 10_000;
const WAITS_FOR_EACH_MS = 500;

/** Dojo forbids the same operation for as many payments in a row: it stops until a person says so. */
const FORBIDDEN_STOPS = 3;

/** One payment's trouble delays what was decided of the others by seconds at most, as long as there is no other trouble. */
function waitedTooLong(world: World, pc: Pc, action: Action): string | null {
  const { accepted } = world.journal;
  const atMs = accepted.find(({ till, actionId }) => till === pc.index && actionId === action.id)?.atMs;
  if (atMs === undefined || pc.disturbedUntilMs > atMs - CALM_FOR_MS || !isCalm(world, pc)) return null;
  if ((pc.forbidden.get(action.move.kind)?.size ?? 0) >= FORBIDDEN_STOPS) return null;
  const isTroubled = (id: string) => world.troubles.some(({ target, scope, untilMs }) => scope === 'payment' && target === id && untilMs > atMs);
  const others = keptOf(pc).filter((kept) => kept.action.id !== action.id);
  const isBehind = others.some((kept) => kept.action.paymentId === action.paymentId && (!isFinal(kept.action) || kept.atMs >= atMs));
  if (isTroubled(action.paymentId) || isBehind || world.bank.intent(action.paymentId)?.accountId !== ACCOUNT_OF[pc.key ?? '']) return null;
  const doubtMs = isTimeInDoubt(world, pc, action) ? DOUBTED_MOST_MS : 0;
  const mostMs = WAITS_MOST_MS + doubtMs + WAITS_FOR_EACH_MS * others.filter((kept) => !isFinal(kept.action) || kept.atMs >= atMs).length;
  const waitedMs = world.clock.nowMs() - atMs;
  return waitedMs > mostMs ? `${nameOf(action)} has waited ${waitedMs} ms` : null;
}

/** Clocks disagree, the PC's and Dojo's or those of two servers, and it may be too late if all of them are wrong by a few times that: nothing is reversed before they agree. */
const isTimeInDoubt = ({ clock, schedule: { date } }: World, { aheadMs, wereAhead }: Pc, { move, deadlineAtMs }: Action): boolean => {
  if (deadlineAtMs === null || move.kind !== 'reverse') return false;
  const leftMs = deadlineAtMs - clock.nowMs();
  // What a clock said before it was set stays in doubt until the other time has been heard often enough.
  const lately = wereAhead.filter(({ untilMs }) => untilMs > clock.nowMs() - DOUBTED_MOST_MS).map((before) => before.aheadMs);
  const off = [0, aheadMs, ...lately, date.kind === 'one-of-several' ? date.apartMs : 0];
  const [earliestMs, latestMs] = [Math.min(...off), Math.max(...off)];
  const apartMs = FARTHER * (latestMs - earliestMs) + DOUBTED_MS;
  return leftMs >= earliestMs - apartMs && leftMs <= latestMs + apartMs;
};
const DOUBTED_MS = 60_000;
const FARTHER = 3;
/** After as long a person is asked. */
const DOUBTED_MOST_MS = 20 * 60_000;

const isCalm = ({ bank }: World, pc: Pc): boolean =>
  pc.life?.alive === true && pc.lineDown === null && !pc.life.holds && pc.disk.mood === 'ok' && pc.key !== null && bank.authenticate(pc.key) !== null;

const sentInTime = ({ world, pc, action }: Sending): Found => {
  const late = action?.sends === 1 ? waitedTooLong(world, pc, action) : null;
  return late === null ? none : [late];
};

const AT_SEND = {
  sentInTime,
  overIsOver,
  paidSinceAsks,
  anotherDidItSince,
  writtenBeforeSent,
  oneLanePerPayment,
  yesIsBelieved,
  accountsApart,
  onlyWhatItMoves,
  decidedIsSent,
  neverTooLate,
  pauseHolds,
  unreadableLanesClosed,
};

export function checkSend(world: World, pc: Pc, life: Life, request: HttpRequest, action: Action | null): void {
  if (!life.alive) return;
  const sending = { world, pc, life, request, action };
  for (const [promise, check] of Object.entries(AT_SEND)) for (const detail of check(sending)) breaks(world, promise, `${pc.name}: ${detail}`);
}

// ---- at every step

const atMostOnce = (world: World): Found =>
  [...world.journal.byKey.values()]
    .map((did) => did.filter((one) => tookMoney(world, one)))
    .filter((did) => did.length > 1 && did[0]?.by !== 'elsewhere' && !nobodyCouldKnow(world, did))
    .map((did) => JSON.stringify(did));

/** By a proxy: both were done in the same instant; no client can prevent that, and it has to be noticed. */
const nobodyCouldKnow = (world: World, did: readonly Committed[]) =>
  (world.journal.misled.has(did[0]?.by ?? '') && did.length === 2 && did[0]?.atMs === did[1]?.atMs) ||
  keyWasForgotten(world, did) ||
  wasReleasedTooEarly(world, did) ||
  wasReleasedAnyway(world, did) ||
  wasForgottenOnItsWay(world, did) ||
  wentOutBeside(world, did);

/** A person let a copy's go out, and the other one's left before it was done: neither could see the other. */
const wentOutBeside = ({ journal }: World, did: readonly Committed[]): boolean => {
  const [first, second] = did;
  if (!first || !second || did.length > 2 || first.till === second.till) return false;
  return (journal.released.get(first.by) ?? []).length > 0 && second.sentAtMs < first.atMs + 1_000;
};

/** An image of the disk was put back that knows nothing of a request on its way, which came after the action had been sent anew. */
const wasForgottenOnItsWay = ({ pcs }: World, did: readonly Committed[]): boolean =>
  did.length === 2 &&
  did.some((one) => {
    const backAtMs = pcs[one.till]?.rolledBackAtMs ?? 0;
    return one.sentAtMs < backAtMs && did.some(({ till, sentAtMs }) => till === one.till && sentAtMs > backAtMs && sentAtMs < one.atMs);
  });

/** A person let it go out again, and an earlier request of it, by this PC or by a copy's, was still on its way: nothing showed it. */
const wasReleasedTooEarly = ({ journal }: World, did: readonly Committed[]): boolean => {
  const releases = journal.released.get(did[0]?.by ?? '') ?? [];
  return timesOf(did) <= 1 + releases.length && releases.some((atMs) => did.some((one) => one.sentAtMs < atMs && one.atMs > atMs - LOOKED_MS));
};

/** What a proxy doubled was done in one instant. */
const timesOf = (did: readonly Committed[]): number => new Set(did.map(({ atMs }) => atMs)).size;

/** A person let go what showed, after a warning, and Dojo did it once more: it had forgotten the key of a refund, and a capture has none. */
const wasReleasedAnyway = ({ journal, schedule }: World, did: readonly Committed[]): boolean => {
  const [first, second] = did;
  const releases = journal.released.get(first?.by ?? '') ?? [];
  if (!first || !second || timesOf(did) > 1 + releases.length) return false;
  const isNewToDojo = first.kind !== 'refund' || second.atMs - first.atMs >= schedule.refundKeysKeptMs;
  return isNewToDojo && releases.some((atMs) => atMs > first.atMs && second.sentAtMs >= atMs);
};

/** Assumed is that Dojo keeps the key of a refund for ten minutes at least. */
const KEYS_KEPT_LEAST_MS = 10 * 60_000;
/** A refund's key was forgotten before that, or while the first request was still on its way. */
const keyWasForgotten = ({ schedule }: World, did: readonly Committed[]): boolean => {
  const [first, second] = did;
  if (first?.kind !== 'refund' || !second) return false;
  // One that left in time, and was on its way for longer than the key was kept, is under way as well.
  const isUnderWay = second.sentAtMs < Math.max(first.atMs, first.sentAtMs + KEYS_KEPT_LEAST_MS);
  return second.atMs - first.atMs >= schedule.refundKeysKeptMs && (schedule.refundKeysKeptMs < KEYS_KEPT_LEAST_MS || isUnderWay);
};

const nothingIsLost = (world: World): Found =>
  world.journal.accepted
    .filter(({ till, actionId }) => !world.pcs[till]?.disk.actions.has(actionId))
    .map(({ actionId }) => `accepted action ${actionId} is not on the disk`);

const oneDecisionOneAction = (world: World): Found =>
  world.pcs.flatMap((pc) => {
    const seen = new Set<string>();
    return keptOf(pc).flatMap(({ action }) =>
      seen.size === seen.add(action.requestId).size ? [`${pc.name}: two actions for request ${action.requestId}`] : [],
    );
  });

const neverTooMuch = (world: World): Found => world.bank.imbalances();

const everyAction = (world: World, check: (world: World, action: Action, pc: Pc, kept: Kept) => boolean): Found =>
  world.pcs.flatMap((pc) => keptOf(pc).flatMap((kept) => (kept.rotten || check(world, kept.action, pc, kept) ? [] : [`${pc.name}: ${nameOf(kept.action)}`])));

const doneIsDone = (world: World): Found =>
  everyAction(
    world,
    (_, action, pc) =>
      action.state !== 'done' || action.outcome?.settledBy === 'person' || world.journal.byKey.has(action.idempotencyKey) || showsTheSame(world, pc, action),
  );

/** Somebody else did the very same: Dojo shows what was wanted, and nobody can tell whose it was. */
function showsTheSame(world: World, pc: Pc, action: Action): boolean {
  const intent = world.bank.intent(action.paymentId);
  const acceptedAtMs = world.journal.accepted.find(({ actionId }) => actionId === action.id)?.atMs ?? 0;
  const sentMs = world.journal.sent.get(action.idempotencyKey) ?? [];
  const sinceMs = (sentMs[0] ?? acceptedAtMs) - READ_BEFORE_MS;
  if (!intent) return false;
  const { move } = action;
  const begunMs = world.journal.begun.get(action.idempotencyKey) ?? [];
  const [begunAtMs = Number.POSITIVE_INFINITY] = begunMs;
  switch (move.kind) {
    case 'capture': {
      const { amount, tipsAmount = 0 } = move;
      // After a power cut the till cannot know whether it had left, and settles from its start on.
      // Nor can one whose PC slept before the answer came.
      const endedAtMs = world.journal.ended.get(action.idempotencyKey) ?? 0;
      // Where Dojo tells no time a clock that is ahead dates the send later.
      const aheadMs = world.schedule.date.kind === 'none' ? Math.max(0, pc.aheadMs) : 0;
      const untilMs =
        aheadMs + Math.max(begunMs.at(-1) ?? 0, endedAtMs, ...world.pcs.map(({ life, startedAtMs }) => life?.heardAtMs ?? startedAtMs)) + SETTLED_MOST_MS;
      // Dojo's no is no lost answer: what another till captured then is not taken for this till's own. One that an image of the disk forgot is.
      const isForgotten = endedAtMs >= pc.rolledBackToMs && endedAtMs < pc.rolledBackAtMs;
      const isLost = isForgotten || begunMs.length > (world.journal.refused.get(action.idempotencyKey) ?? 0);
      // Another till's equal capture inside the window of a lost answer: nobody can tell the two apart.
      return (
        isLost &&
        intent.captures.some(
          ({ id, amountMinor, tipsMinor, createdAtMs }) =>
            id === captureCalled(action.outcome?.captureId ?? null, intent.captures)?.id &&
            amountMinor === amount &&
            tipsMinor === tipsAmount &&
            createdAtMs >= begunAtMs - READ_BEFORE_MS &&
            createdAtMs <= untilMs,
        )
      );
    }
    case 'refund':
      // Dojo alone can tell: its yes is the only proof.
      return false;
    case 'reverse': {
      // After a power cut the till cannot know whether it had left: what shows may be its own. Where nothing left, Dojo's yes is the only proof.
      const mayHaveLeft = sentMs.length > 0 || world.pcs.some(({ startedAtMs }) => startedAtMs > begunAtMs);
      return mayHaveLeft && intent.status === 'Reversed';
    }
    case 'cancel':
      return intent.status === 'Canceled';
    case 'setAmount':
      return intent.amountMinor === move.amount || stoodSince(world, action, move.amount, sinceMs);
    case 'setTips':
      return intent.tipsMinor === move.amount || stoodSince(world, action, move.amount, sinceMs);
    case 'sendReceipt':
      return true;
  }
}

/** Somebody set it to the very same, and it had not been set anew by then: what was read could show it, whatever came later. */
function stoodSince(world: World, { move, paymentId }: Action, amountMinor: number, sinceMs: number): boolean {
  const sets = world.journal.committed.filter((one) => one.kind === move.kind && one.paymentId === paymentId);
  return sets.some((one, index) => one.amountMinor === amountMinor && (sets[index + 1]?.atMs ?? Number.POSITIVE_INFINITY) >= sinceMs);
}

const oneCaptureOneAction = (world: World): Found =>
  world.pcs.flatMap((pc) => {
    // In 2022-01-03 a capture's id is a number of its own payment.
    const claimed = keptOf(pc).flatMap(({ action: { state, paymentId, outcome } }) =>
      state === 'done' && outcome?.captureId ? `${outcome.captureId} of ${paymentId}` : [],
    );
    return claimed.filter((id, index) => claimed.indexOf(id) !== index).map((id) => `${pc.name}: two actions claim capture ${id}`);
  });

const notDoneIsNotDone = (world: World): Found =>
  everyAction(world, (_, action, pc, kept) => {
    const saysNot = action.state === 'refused' || action.state === 'expired' || action.state === 'withdrawn';
    return !saysNot || saysDone(action) || action.outcome?.settledBy === 'person' || movedNothing(world, pc, action, decidedAtMs(world, pc, kept));
  });

/** By when the till had come to its end with it: while the disk failed it could not be written down. */
function decidedAtMs({ journal }: World, { diskMendedAtMs }: Pc, { action, atMs }: Kept): number {
  const wasHeldUp = atMs >= diskMendedAtMs && atMs < diskMendedAtMs + RETRIED_WITHIN_MS;
  return wasHeldUp ? Math.min(atMs, (journal.begun.get(action.idempotencyKey)?.at(-1) ?? atMs) + SETTLED_MOST_MS) : atMs;
}
const RETRIED_WITHIN_MS = 30_000;

/** Refused, and said to be captured or reversed already: by this till or by another, the whole of it is. */
const saysDone = ({ outcome }: Action): boolean => outcome?.code.startsWith('already-') === true;

/** `untilMs`: what came after the till had come to its end with it is another matter; so is what the bank turned down. */
const movedNothing = (world: World, pc: Pc, action: Action, untilMs = Number.POSITIVE_INFINITY) =>
  action.move.kind === 'setAmount' ||
  action.move.kind === 'setTips' ||
  action.move.kind === 'sendReceipt' ||
  doneFor(world, pc, action).every((did) => did.atMs > untilMs || wasLetGoOver(world, action, did) || !tookMoney(world, did));

/** It showed, and a person let the capture go once more all the same: what Dojo refused is that second one. */
const wasLetGoOver = ({ journal }: World, { move, state, idempotencyKey }: Action, did: Committed): boolean =>
  move.kind === 'capture' && state === 'refused' && (journal.released.get(idempotencyKey) ?? []).some((atMs) => did.atMs < atMs - LOOKED_MS);

/** An action ends as too late only when it is. */
const expiredWasTooLate = (world: World): Found =>
  everyAction(world, (_, { state, outcome, deadlineAtMs, paymentId, move }, { aheadMs }, { atMs }) => {
    const isTooLate = state === 'expired' || (state === 'refused' && outcome?.code === 'hold-ended');
    const { date } = world.schedule;
    // After a start the first server heard may be the wrong one: where the PC's clock is ahead too, nothing tells an earlier time.
    const bothAheadMs = date.kind === 'one-of-several' ? Math.max(0, Math.min(date.apartMs, aheadMs)) : 0;
    const coarseMs = CLOCK_COARSE_MS + (date.kind === 'two-servers' ? Math.abs(date.apartMs) : bothAheadMs);
    if (!isTooLate || deadlineAtMs === null) return true;
    const intent = world.bank.intent(paymentId);
    if (intent?.captureMode !== 'Manual') return atMs >= deadlineAtMs - coarseMs;
    // Where Dojo did not say when a hold began, it may have ended before the latest that it could. A reversal has its midnight besides.
    const endsAtMs = holdEndsAtMs(intent, world.bank.switches());
    return atMs >= (move.kind === 'capture' ? endsAtMs : Math.min(deadlineAtMs, endsAtMs)) - coarseMs;
  });

const troubleStaysWhereItIs = (world: World): Found =>
  pcsThere(world).flatMap((pc) =>
    keptOf(pc).flatMap(({ action, rotten }) => (rotten || action.state !== 'waiting' || action.sends > 0 ? [] : (waitedTooLong(world, pc, action) ?? []))),
  );

/** That Dojo would not let a payment be read says nothing of the move. */
const readingsRefuseNothing = (world: World): Found =>
  everyAction(
    world,
    (_, { state, outcome, idempotencyKey }) =>
      state !== 'refused' || outcome?.settledBy === 'person' || world.journal.sent.has(idempotencyKey) || ![400, 401, 403, 429].includes(outcome?.status ?? 0),
  );

/** Where Dojo said that it does not know the payment, another account was asked for it. */
const askedItsOwnAccount = (world: World): Found =>
  everyAction(
    world,
    (_, action) =>
      world.journal.counts.has('404-before') ||
      world.journal.denied.has(action.paymentId) ||
      action.state !== 'refused' ||
      action.outcome?.status !== 404 ||
      world.bank.intent(action.paymentId)?.status === 'Canceled',
  );

const nothingBreaksInside = (world: World): Found =>
  world.pcs.flatMap(({ errors }) => errors.filter((error) => !OF_THE_WORLD.some((cause) => error.includes(cause))));
/** What the till may well write into its log: its disk or its client is broken. */
const OF_THE_WORLD = ['actions could not be written', 'the simulation’s', 'The disk is full', 'The disk does not answer'] as const;

const ALWAYS = {
  atMostOnce,
  nothingIsLost,
  oneDecisionOneAction,
  neverTooMuch,
  doneIsDone,
  oneCaptureOneAction,
  notDoneIsNotDone,
  askedItsOwnAccount,
  expiredWasTooLate,
  readingsRefuseNothing,
  troubleStaysWhereItIs,
  nothingBreaksInside,
};

export function checkWorld(world: World): void {
  for (const [promise, check] of Object.entries(ALWAYS)) for (const detail of check(world)) breaks(world, promise, detail);
}

/** What waits has not waited too long by now. */
export function checkWaiting(world: World): void {
  for (const detail of troubleStaysWhereItIs(world)) breaks(world, 'troubleStaysWhereItIs', detail);
}

// ---- what a screen shows

type Screen = Readonly<{
  world: World;
  pc: Pc;
  view: PaymentView;
  takenMinor: number;
  refundedMinor: number;
  /** What the till says of its actions on it. */
  messages: readonly string[];
}>;

const takenIsTaken = ({ world, view, takenMinor }: Screen): Found =>
  view.takenMinor > takenMinor && !showsDojosTotal(world, view) ? [`${view.id} shows ${view.takenMinor} taken, Dojo took ${takenMinor}`] : none;

/** Dojo's total is another than the parts, and the till shows both: which of the two the card paid no reading of the payment tells. */
function showsDojosTotal({ bank, schedule }: World, view: PaymentView): boolean {
  const intent = bank.intent(view.id);
  if (!intent || intent.totalDifferenceMinor === 0 || view.captureMode === 'Manual') return false;
  const totalMinor = totalAmountOf(intent, { ...DEFAULT_SWITCHES, ...schedule.switches });
  return view.takenMinor === totalMinor && view.partsMinor === partsOf(intent);
}
const refundedIsRefunded = ({ view, refundedMinor }: Screen): Found =>
  view.refundedMinor > refundedMinor ? [`${view.id} shows ${view.refundedMinor} given back, Dojo gave ${refundedMinor}`] : none;
const undoneIsUndone = ({ world, view }: Screen): Found => {
  const status = world.bank.intent(view.id)?.status;
  return (view.state === 'undone' && status !== 'Reversed') || (view.state === 'cancelled' && status !== 'Canceled')
    ? [`${view.id} shows ${view.state}, Dojo says ${status}`]
    : none;
};
const unreadableIsTold = ({ pc, view }: Screen): Found =>
  view.attention === null && pc.life?.alive && keptOf(pc).some(({ rotten, action }) => rotten && action.paymentId === view.id)
    ? [`${view.id} has an action that nobody can read, and says nothing`]
    : none;

/** What says so in words. A payment that is captured when the customer pays is another matter. */
const SAYS_ALL_CAPTURED = /\ball of (it|the payment) is captured\b/i;
const SAYS_CAPTURED = /\b(hold was captured|refund what was captured)\b/i;

/** Nothing is called captured before the bank has said so. A version that lists no captures has `Captured` alone to go by. */
const capturedIsCaptured = ({ world, pc, view, takenMinor, messages }: Screen): Found => {
  const intent = world.bank.intent(view.id);
  if (!intent || view.captureMode !== 'Manual' || !listsCaptures(pc)) return none;
  // Another till's of a moment ago, where Dojo holds more than the parts come to: this one has not read it yet.
  const isOurs = ({ id }: CaptureRecord) => world.journal.committed.some((did) => did.till === pc.index && did.id === id);
  const isUnread = (capture: CaptureRecord) => view.captures.length < intent.captures.length && !isOurs(capture);
  const isWithTheBank = intent.captures.some((capture) => capture.status === 'Created' && !isUnread(capture));
  if (!isWithTheBank) return none;
  const closed = Object.values(view.moves).flatMap((move) => (move.open ? [] : move.reason));
  const said = [...closed, ...view.giveBack.closed.map(({ reason }) => reason), ...messages];
  const wrong = said.filter((text) => SAYS_ALL_CAPTURED.test(text) || (takenMinor === 0 && SAYS_CAPTURED.test(text)));
  return [...new Set(wrong)].map((text) => `${view.id} says “${text}”, Dojo took ${takenMinor} and a capture is with the bank`);
};

/**
 * Of two of which the bank has declined one, one was captured: the advice would be to refund the only one. Of thousands of rows one may be
 * as it was a moment ago, where the queue knows already: then Dojo shows more than the row.
 */
const twiceIsTwice = ({ world, view, messages }: Screen): Found => {
  const counted = (captures: readonly Readonly<{ status: string }>[] = []) =>
    captures.filter(({ status }) => status !== 'Declined' && status !== 'Failed').length;
  const count = Math.max(counted(view.captures), counted(world.bank.intent(view.id)?.captures));
  const said = [...messages, view.attention ?? ''].filter((text) => /\bcaptured twice\b/.test(text));
  return count > 1 ? none : [...new Set(said)].map((text) => `${view.id} says “${text}” and shows ${count} that count`);
};

const listsCaptures = ({ settings }: Pc): boolean => !(settings as Readonly<{ apiVersion: string }>).apiVersion.startsWith('2022-');

/** What this till moves; another currency is shown as Dojo says it, and nothing of it can be decided. */
const MOVED_CURRENCIES: readonly string[] = ['GBP', 'EUR'];
const otherCurrencyIsShown = ({ world, view }: Screen): Found => {
  const currency = world.bank.intent(view.id)?.currency ?? view.currency;
  if (view.currency !== currency) return [`${view.id} is shown in ${view.currency}, Dojo says ${currency}`];
  const open = Object.entries(view.moves).flatMap(([kind, move]) => (move.open && MONEY_KINDS.includes(kind) ? kind : []));
  return MOVED_CURRENCIES.includes(currency) || open.length === 0 ? none : [`${view.id} is in ${currency}, and can be decided: ${open.join(', ')}`];
};
const MONEY_KINDS: readonly string[] = ['capture', 'refund', 'setAmount', 'setTips'];

/** Another program holds the ledger: that no room is left on the disk would send somebody the wrong way. */
export function checkBusyIsSaid(world: World, pc: Pc, { message, next = '' }: Readonly<{ message: string; next?: string | undefined }>): void {
  if (/\b(room|full)\b/i.test(`${message} ${next}`))
    breaks(world, 'busyIsNotFull', `${pc.name}: another program holds the ledger, and it says “${message} ${next}”`);
}

const ON_SCREEN = { capturedIsCaptured, otherCurrencyIsShown, takenIsTaken, refundedIsRefunded, undoneIsUndone, unreadableIsTold, twiceIsTwice };

export function checkScreen(world: World, pc: Pc, snapshot: Snapshot): void {
  const taken = new Map<string, number>();
  const refunded = new Map<string, number>();
  for (const { kind, intentId, amountMinor } of world.bank.ledger()) {
    const sums = kind === 'captured' ? taken : kind === 'refunded' ? refunded : null;
    sums?.set(intentId, (sums.get(intentId) ?? 0) + amountMinor);
  }
  for (const view of snapshot.payments) {
    const messages = snapshot.actions.flatMap(({ paymentId, message }) => (paymentId === view.id && message !== null ? message : []));
    const screen = { world, pc, view, takenMinor: taken.get(view.id) ?? 0, refundedMinor: refunded.get(view.id) ?? 0, messages };
    for (const [promise, check] of Object.entries(ON_SCREEN)) for (const detail of check(screen)) breaks(world, promise, `${pc.name}: ${detail}`);
  }
  checkNoTrace(world, pc, snapshot);
  checkAskedAgain(world, pc, snapshot);
}

/** Nobody is asked to capture again what was captured once more meanwhile. */
function checkAskedAgain(world: World, pc: Pc, { actions, connection }: Snapshot): void {
  const notice = connection.notices.find(({ code }) => code === DECLINED_NOTICE);
  const isLeft = actions.some(({ captureStatus, madeUpFor }) => (captureStatus === 'Declined' || captureStatus === 'Failed') && !madeUpFor);
  if (notice && !isLeft) breaks(world, 'askedAgainIsLeft', `${pc.name}: nothing is left of it, and a notice says “${notice.message}”`);
}

/** Nobody is told that there is no trace of what this till has read, nor offered to send it once more. */
function checkNoTrace(world: World, pc: Pc, { actions, payments }: Snapshot): void {
  const isRead = new Set(payments.flatMap(({ captures }) => captures?.map(({ id }) => id) ?? []));
  for (const { id, code, can } of actions) {
    const kept = pc.disk.actions.get(id);
    if (code !== 'absent-part' || !can.release || !kept) continue;
    const made = world.bank.intent(kept.action.paymentId)?.captures ?? [];
    // What the bank turned down and an image that was put back knows nothing of is somebody else's to this till, and stands in no send's way.
    const isForgotten = (did: Committed) => did.sentAtMs < pc.rolledBackAtMs && !tookMoney(world, did);
    const all = world.journal.byKey.get(kept.action.idempotencyKey) ?? [];
    const shown = all.filter((did) => isRead.has(captureCalled(did.id, made)?.id ?? '') && !isForgotten(did));
    if (shown.length > 0) breaks(world, 'whatShowsIsNotSentAgain', `${pc.name}: ${nameOf(kept.action)} is offered for sending, and Dojo shows it`);
  }
}

/** A new key of the same Dojo account takes over what is open there: nothing waits for a key that may never come again. */
export function checkStranded(world: World, pc: Pc, apiKey: string): void {
  const accountId = accountOfKeptKey(pc.disk);
  const isOfKey = (action: Action) => world.bank.intent(action.paymentId)?.accountId === ACCOUNT_OF[apiKey];
  for (const { action, rotten } of keptOf(pc))
    if (!rotten && !isFinal(action) && isOfKey(action) && action.accountId !== accountId)
      breaks(world, 'nothingIsStranded', `${pc.name}: ${nameOf(action)} stays with another key of the same account`);
}

// ---- when faults have stopped and everything had its time

/** An action on a payment with an unreadable one waits for a person by design; the unreadable one too. */
export const isStuckByDesign = (pc: Pc, { action, rotten }: Kept): boolean =>
  rotten || keptOf(pc).some((other) => other.rotten && other.action.paymentId === action.paymentId);

const everythingEnds = (world: World): Found =>
  world.pcs.flatMap((pc) =>
    keptOf(pc)
      .filter((kept) => !isFinal(kept.action) && !isStuckByDesign(pc, kept))
      .map(({ action }) => `${pc.name}: ${nameOf(action)}`),
  );

/** Nothing that Dojo did for a till is missing from what this till shows as done. */
const whatWasDoneIsShown = (world: World): Found =>
  everyAction(
    world,
    (_, action, pc, kept) =>
      movedNothing(world, pc, action, decidedAtMs(world, pc, kept)) || action.state === 'done' || saysDone(action) || action.outcome?.settledBy === 'person',
  );

const isMadeAgain = (world: World, did: Committed): boolean => {
  const all = world.journal.byKey.get(did.by) ?? [];
  return all[0] !== did && keyWasForgotten(world, all);
};

/**
 * Both were done, the one that went out once all had settled and the one that had been lost: this till says that it may be its own. So it
 * does of what showed and was let go once more.
 */
const isToldAsOurs = (world: World, did: Committed, { note }: ActivityEntry): boolean => {
  const all = world.journal.byKey.get(did.by) ?? [];
  const isSecond = all.indexOf(did) > 0 && did.atMs > did.sentAtMs + SETTLING_MS;
  const isLetGo = (did.kind === 'refund' || all.length > 1) && world.journal.released.has(did.by);
  return (isSecond && note.includes('a request of this till that arrived twice')) || (isLetGo && note.includes('a request of this till'));
};

/** What a till says was done elsewhere, somebody else did: not itself, not the bank, not a hold's own end. And it says it once. */
const elsewhereWasElsewhere = (world: World): Found =>
  world.pcs.flatMap((pc) => {
    const own = new Set(keptOf(pc).map(({ action }) => action.idempotencyKey));
    // A copy, or the same PC before its image was put back, are somebody else to it. So is what came after it had given up.
    // And what Dojo did once more for a key that it had forgotten, or a person said that it had not done.
    const isOthers = (did: Committed) =>
      did.till !== pc.index ||
      !own.has(did.by) ||
      world.journal.misled.has(did.by) ||
      world.journal.misjudged.has(did.by) ||
      did.sentAtMs < pc.rolledBackAtMs ||
      did.atMs > did.sentAtMs + LATE_FOR_MS ||
      isMadeAgain(world, did);
    const told = Map.groupBy(
      pc.disk.activity.filter((entry) => entry.what.startsWith(CHANGED_ELSEWHERE) && !wasTheEnd(world, pc, entry)),
      // A key given before any payment was read is an account of its own, which notices for itself.
      ({ what, paymentId, accountId }) => `${what} ${paymentId} ${accountId}`,
    );
    return [...told.values()].flatMap((entries) => {
      const [first] = entries;
      const kind = MOVE_OF_CHANGE[first?.what.slice(CHANGED_ELSEWHERE.length) as ChangeKind];
      const isTold = (did: Committed) => isOthers(did) || (first !== undefined && isToldAsOurs(world, did, first));
      const done = world.journal.committed.filter((one) => one.kind === kind && one.paymentId === first?.paymentId && isTold(one));
      const toldMinor = entries.reduce((sum, { amountMinor }) => sum + (amountMinor ?? 0), 0);
      const doneMinor = done.reduce((sum, { amountMinor }) => sum + (amountMinor ?? 0), 0);
      // Several refunds between two readings are told as one; a change of amount may come and go.
      const isTooMuch = kind === 'refund' ? toldMinor > doneMinor : entries.length > done.length;
      return isTooMuch ? [`${pc.name} says of ${first?.paymentId}: ${entries.map(({ note }) => note).join(' ')} Others did ${JSON.stringify(done)}`] : [];
    });
  });
/**
 * Told as perhaps the hold's own end, where nobody can tell: and it had ended. Or told or first seen before its end by a PC clock that had
 * been set back and that no answer of Dojo's puts right.
 */
function wasTheEnd(world: World, pc: Pc, { note, accountId, paymentId, atMs }: ActivityEntry): boolean {
  const intent = world.bank.intent(paymentId ?? '');
  if (intent?.holdEnded !== true) return false;
  const known = pc.disk.payments.get(`${accountId} ${paymentId}`)?.payment;
  const seenMs = known ? Math.min(atMs, changedByMs(known)) : atMs;
  const isBeforeItsEnd = world.schedule.date.kind === 'none' && seenMs < holdEndsAtMs(intent, world.bank.switches());
  return note.includes('at the hold’s own end') || isBeforeItsEnd;
}
/** What Dojo does so long after a request left is no longer waited for. */
const LATE_FOR_MS = 100_000;
const MOVE_OF_CHANGE: Readonly<Record<ChangeKind, MoveKind>> = {
  capture: 'capture',
  refund: 'refund',
  reverse: 'reverse',
  cancel: 'cancel',
  amount: 'setAmount',
  tips: 'setTips',
};

/** Something waited for a person while nobody looked at the till: the system has told it. */
const whoIsNeededIsTold = (world: World): Found =>
  world.schedule.focused || world.schedule.features.some((name) => GOES_ELSEWHERE.test(name))
    ? none
    : pcsThere(world).flatMap((pc) => {
        // What needs a person of one account is told while its key is connected.
        const isElsewhere = (action: Action) => action.accountId !== accountOfKeptKey(pc.disk);
        // A PC that is off tells nobody, nor does a till without a key.
        const sinceMs = (actionId: string) =>
          Math.max(world.journal.asked.get(`${pc.index} ${actionId}`) ?? Number.POSITIVE_INFINITY, pc.startedAtMs, pc.keyKeptAtMs);
        const waited = (actionId: string, untilMs: number) => untilMs - sinceMs(actionId) > WAITED_FOR_MS;
        const asked = keptOf(pc).filter(({ action, atMs }) => action.outcome?.settledBy === 'person' && waited(action.id, atMs) && !isElsewhere(action));
        return asked.length > 0 && pc.notes.length === 0 ? [`${pc.name}: nobody was told of ${asked.map(({ action }) => nameOf(action)).join(', ')}`] : [];
      });

/** There is no key there at first, and nothing is followed without one. */
const GOES_ELSEWHERE = /^(profile|image) /;
/** Somebody who is at the till by then needs no telling. */
const WAITED_FOR_MS = 60_000;

export function checkEnd(world: World): void {
  for (const [promise, check] of Object.entries({
    everythingEnds,
    whoIsNeededIsTold,
    whatWasDoneIsShown,
    elsewhereWasElsewhere,
    whatOthersDidIsTold,
    whatIsOldGoes,
  }))
    for (const detail of check(world)) breaks(world, promise, detail);
}

const DAY_MS = 86_400_000;
const KEPT_DAYS = 90;

/** Whenever something last happened to its payment: an action is kept as long. */
const matteredMs = ({ bank }: World, { paymentId }: Action): number => {
  const intent = bank.intent(paymentId);
  return Math.max(intent?.updatedAtMs ?? 0, intent?.createdAtMs ?? 0);
};

/**
 * Where Dojo tells the time, what ended longer ago than it is kept has gone by the end of a day at the counter, with all that was done to
 * its payment. One whose end a PC clock that was ahead had dated is kept as much longer.
 */
export const whatIsOldGoes = (world: World): Found =>
  world.schedule.date.kind !== 'none'
    ? pcsThere(world).flatMap((pc) => {
        const endedMs = ({ action, atMs }: Kept) =>
          isFinal(action) ? Math.max(atMs, action.changedAtMs, matteredMs(world, action)) : Number.POSITIVE_INFINITY;
        const isOld = (kept: Kept) => endedMs(kept) < world.clock.nowMs() - (KEPT_DAYS + 2) * DAY_MS;
        const lively = new Set(keptOf(pc).flatMap((kept) => (isOld(kept) ? [] : kept.action.paymentId)));
        return keptOf(pc)
          .filter((kept) => !kept.rotten && isOld(kept) && !lively.has(kept.action.paymentId))
          .map(({ action }) => `${pc.name}: ${nameOf(action)} ended more than ${KEPT_DAYS} days ago`);
      })
    : none;

/** What is called too late when it is written down is so by the zone that is set. */
export function checkEndedInTime(world: World, pc: Pc, action: Action): void {
  const { date } = world.schedule;
  checkExpired(world, pc, action, CLOCK_COARSE_MS + (date.kind === 'two-servers' ? Math.abs(date.apartMs) : 0));
}

/** Nothing is deleted on the word of the PC's clock: what is younger by true time stays. */
export function checkPurge(world: World, pc: Pc, kept: readonly Kept[], payments: readonly Payment[]): void {
  const beforeMs = world.clock.nowMs() - (KEPT_DAYS - 1) * DAY_MS;
  // A PC clock that was days behind had dated its end, and nothing has happened to its payment for as long as things are kept: it is old with it.
  const isOldByPayment = ({ action, atMs }: Kept) => action.changedAtMs < atMs - DAY_MS && matteredMs(world, action) < beforeMs;
  const young = kept.filter((one) => one.atMs > beforeMs && !isOldByPayment(one)).map(({ action }) => nameOf(action));
  const youngPayments = payments.filter(({ id }) => (world.bank.intent(id)?.createdAtMs ?? 0) > beforeMs).map(({ id }) => id);
  const gone = new Set(kept.map(({ action }) => action.id));
  world.journal.accepted.splice(
    0,
    Number.POSITIVE_INFINITY,
    ...world.journal.accepted.filter(({ till, actionId }) => till !== pc.index || !gone.has(actionId)),
  );
  if (young.length + youngPayments.length > 0) breaks(world, 'nothingYoungIsPurged', `${pc.name}: purged ${[...young, ...youngPayments].join(', ')}`);
}

/** A backup of another day than today's pushes out a real one. */
export function checkBackup(world: World, pc: Pc, date: string, isSure: boolean): void {
  if (!isSure) return;
  const daysOff = Math.abs(Date.parse(`${date}T12:00:00Z`) - world.clock.nowMs()) / DAY_MS;
  if (world.schedule.date.kind !== 'none' && daysOff > 2)
    breaks(world, 'backupsAreOfTheirDay', `${pc.name}: backs up as ${date}, ${Math.round(daysOff)} days off`);
}

/** Actions whose money moved otherwise than the answers said, which no client can prevent: a person has to be told on the payment. */
export const misledActions = (world: World, pc: Pc): Kept[] =>
  keptOf(pc).filter(({ action, rotten }) => {
    const { idempotencyKey, move } = action;
    if (rotten) return false;
    // A person let it go once more, and both were done.
    const wasLetGo = world.journal.released.has(idempotencyKey) && (world.journal.byKey.get(idempotencyKey)?.length ?? 0) > 1;
    if (move.kind === 'refund') return wasLetGo || keyWasForgotten(world, world.journal.byKey.get(idempotencyKey) ?? []);
    if (move.kind === 'capture' && wasLetGo) return true;
    return move.kind === 'capture' && (world.journal.misled.has(idempotencyKey) || claimsAnothers(world, pc, action));
  });

/**
 * Another till's equal part, made inside the window of a lost answer, was taken for this till's own; and this till's was made too, which no
 * other action of this till was taken for: a request that came late may have brought what was decided anew since.
 */
function claimsAnothers(world: World, pc: Pc, action: Action): boolean {
  const { idempotencyKey, paymentId, state } = action;
  const own = (world.journal.byKey.get(idempotencyKey) ?? []).filter((did) => tookMoney(world, did));
  const captures = world.bank.intent(paymentId)?.captures ?? [];
  const claimedBy = ({ outcome }: Action) => captureCalled(outcome?.captureId ?? null, captures);
  const doneHere = keptOf(pc).flatMap(({ action: other }) => (other.paymentId === paymentId && other.state === 'done' ? other : []));
  const claimedHere = new Set(doneHere.map(claimedBy));
  const isClaimedHere = ({ id }: Committed) => claimedHere.has(captureCalled(id, captures));
  return state === 'done' && claimedBy(action) !== undefined && own.length > 0 && !own.some(isClaimedHere);
}

/** It came late, and an equal one of this till's, whose own answer was lost, was taken for done by it: to that one it is to be accounted. */
function isTakenForAnother({ bank }: World, pc: Pc, { idempotencyKey, paymentId }: Action, did: Committed): boolean {
  const captures = bank.intent(paymentId)?.captures ?? [];
  const made = did.kind === 'capture' ? captureCalled(did.id, captures) : null;
  if (!made) return false;
  const isTaken = ({ outcome }: Action) => captureCalled(outcome?.captureId ?? null, captures)?.id === made.id;
  return keptOf(pc).some(({ action }) => action.idempotencyKey !== idempotencyKey && isTaken(action));
}

const SEEN_BY_THEN_MS = 8 * DAY_MS;

/** The payment of a misled action, read afresh, says so in words of its own. */
export function checkNoticed(world: World, pc: Pc, kept: Kept, view: PaymentView): void {
  const { action } = kept;
  const did = doneFor(world, pc, action).filter((one) => tookMoney(world, one) && !isTakenForAnother(world, pc, action, one)).length;
  const hidden = action.state === 'done' ? did > 1 || claimsAnothers(world, pc, action) : did > 0;
  if (!hidden) return;
  // Who settled it has looked; that both of its own sends were done is said all the same.
  const areBothOurs = action.state === 'done' && did > 1 && asSent(action).sends > 1;
  if (action.outcome?.settledBy === 'person' && !areBothOurs) return;
  // After weeks the shop has seen it, or never will; where Dojo tells no time, by the PC's clock it ended then.
  const isTimeUntold = world.schedule.date.kind === 'none';
  const endedAtMs = isTimeUntold ? Math.min(kept.atMs, action.changedAtMs) : kept.atMs;
  // And it is by that clock that weeks have passed: that it was set far ahead, nothing tells the till.
  const nowMs = world.clock.nowMs() + (isTimeUntold ? Math.max(0, pc.aheadMs) : 0);
  if (endedAtMs < nowMs - SEEN_BY_THEN_MS) return;
  const { kind } = action.move;
  const isTold = pc.disk.activity.some(({ what, paymentId }) => what === `${CHANGED_ELSEWHERE}${kind}` && paymentId === action.paymentId);
  // What another till did a day later on the same payment cannot be told apart from it: that it changed elsewhere was said when it did.
  const isOld = kind === 'refund' && kept.atMs < world.clock.nowMs() - DAY_MS;
  if ((claimsAnothers(world, pc, action) || isOld) && isTold) return;
  // It asked for all that was left, and all is captured, once: nothing is left to decide, and that a capture was made is said; by its own
  // outcome where the hold's end may have made it.
  const isAllOfIt = kind === 'capture' && action.state !== 'done' && view.takenMinor + view.takingMinor >= view.totalMinor;
  const isSaid = isTold || action.outcome?.code === 'already-captured';
  if (isAllOfIt && isSaid && asksForAll(action, view)) return;
  if (view.attention === null || view.attention === action.outcome?.message)
    breaks(world, 'doubledIsNoticed', `${pc.name}: ${nameOf(action)} did ${did}, the payment says ${view.attention}`);
}

const asksForAll = ({ move, baseline }: Action, { totalMinor }: PaymentView): boolean => (amountOf(move) ?? 0) >= totalMinor - (baseline?.capturedMinor ?? 0);

/** Service charge and cashback that Dojo adds to a capture of its own: no list of captures tells of it. */
const addedMinor = ({ bank, schedule }: World, { id }: PaymentView): number =>
  schedule.switches.captureExtras === 'added'
    ? (bank.intent(id)?.captures ?? []).reduce((sum, { status, extrasMinor }) => sum + (status === 'Successful' ? extrasMinor : 0), 0)
    : 0;

/** Read afresh, a payment agrees with Dojo to the penny. */
export function checkToThePenny(world: World, pc: Pc, view: PaymentView): void {
  // A hold that was taken at its end, or an outcome of the bank, since the reading was asked for, or too lately for a search that lags behind.
  if ((world.bank.intent(view.id)?.updatedAtMs ?? 0) > world.clock.nowMs() - JUST_NOW_MS - world.bank.switches().searchLagMs) return;
  const { capturedMinor, refundedMinor } = world.bank.moneyOf(view.id);
  if (
    view.takenMinor !== capturedMinor &&
    view.state !== 'undone' &&
    !showsDojosTotal(world, view) &&
    view.takenMinor + addedMinor(world, view) !== capturedMinor
  )
    breaks(world, 'toThePenny', `${pc.name}: ${view.id} shows ${view.takenMinor} taken, Dojo took ${capturedMinor}`);
  const intent = world.bank.intent(view.id);
  // Whether the rest is let go after a part Dojo does not say, nor how much of a charge a capture may ask for.
  const isPlain = world.bank.switches().captureExtras === 'in-amount' && intent?.totalDifferenceMinor === 0 && !intent.restReleased;
  const isTurnedDown = keptOf(pc).some((kept) => kept.action.paymentId === view.id && isSettledTurnedDown(world, kept));
  // A repeat of what an image forgot, or a copy did, answered with the first one's id that no list tells: nobody can see that the bank had
  // turned it down.
  const isByOthers = (did: Committed) => did.till !== pc.index || did.sentAtMs < pc.rolledBackAtMs;
  const isRepeated =
    world.bank.switches().captureIds !== 'named' &&
    keptOf(pc).some(({ action }) => action.paymentId === view.id && (world.journal.byKey.get(action.idempotencyKey) ?? []).some(isByOthers));
  const isForgotten = isRepeated && intent !== undefined && view.leftMinor < restOf(intent);
  if (intent && isPlain && !isTurnedDown && !isForgotten && view.moves.capture.open && view.leftMinor !== restOf(intent))
    breaks(world, 'leftIsLeft', `${pc.name}: ${view.id} shows ${view.leftMinor} left to capture, Dojo holds ${restOf(intent)}`);
  if (view.refundedMinor !== refundedMinor)
    breaks(world, 'toThePenny', `${pc.name}: ${view.id} shows ${view.refundedMinor} given back, Dojo gave ${refundedMinor}`);
}
