import type { ChangeKind } from '../../main/core/payment/changes.ts';
import { type Action, isFinal, type MoveKind } from '../../main/core/queue/action.ts';
import type { HttpRequest } from '../../main/ports/http.ts';
import { CHANGED_ELSEWHERE } from '../../main/ports/ledger.ts';
import type { PaymentView, Snapshot } from '../../preload/contract.ts';
import type { Kept } from './disk.ts';
import type { Committed } from './journal.ts';
import type { Life, Pc } from './pc.ts';
import { bodyOf, headerOf, paymentIdOf } from './request.ts';
import { ACCOUNT_OF } from './schedule.ts';
import { shopMidnightMs } from './shop-midnight.ts';
import { breaks, type World } from './world.ts';

/** The promises of the design, each a function that answers with what breaks it. */
type Found = readonly string[];
const none: Found = [];

/** `Date` headers count whole seconds, and a PC's clock within two seconds is taken as right. */
const CLOCK_COARSE_MS = 3_500;
/** What was read just before a send may be as old as an answer can be. */
const READ_BEFORE_MS = 31_000;
/** A reading takes its time: what changes at Dojo while it is on its way is in the next one. */
const JUST_NOW_MS = 2_000;
/** The first API version that lists captures: before it nothing shows what a part capture did. */
const LISTS_CAPTURES = '2024-02-05';

const nameOf = (action: Action) =>
  `${action.move.kind} ${action.paymentId} ${action.id.slice(0, 6)} (${action.state}, ${action.outcome?.code ?? 'no outcome'})`;
/** What Dojo did for it. Where it lists no captures, one that the bank then refused leaves no trace, and took nothing. */
const doneFor = (world: World, action: Action): readonly Committed[] =>
  (world.journal.byKey.get(action.idempotencyKey) ?? []).filter((did) => leftTrace(world, did));
const leftTrace = (world: World, { kind, paymentId, id }: Committed): boolean => {
  if (kind !== 'capture' || world.schedule.apiVersion >= LISTS_CAPTURES) return true;
  // In 2022-01-03 a capture's id is its number on its payment.
  const status = world.bank.intent(paymentId)?.captures.find((capture) => capture.id === id || String(capture.number) === id)?.status;
  return status !== 'Declined' && status !== 'Failed';
};
const keptOf = (pc: Pc): Kept[] => [...pc.disk.actions.values()];

// ---- the moment a request that moves money is about to leave

type Sending = Readonly<{ world: World; pc: Pc; life: Life; request: HttpRequest; action: Action | null }>;

const writtenBeforeSent = ({ action, request }: Sending): Found => {
  if (!action) return [`${request.method} ${paymentIdOf(request)} is of no action on the disk`];
  return action.state === 'sending' ? none : [`${nameOf(action)} is sent, but the disk does not say sending`];
};

const oneLanePerPayment = ({ life, action }: Sending): Found =>
  action && (life.onWire.get(action.paymentId) ?? 0) > 1 ? [`${nameOf(action)} goes out while another request for the payment is on its way`] : none;

const accountsApart = ({ world, request, action }: Sending): Found => {
  const account = ACCOUNT_OF[headerOf(request, 'authorization')?.replace('Basic ', '') ?? ''];
  const owner = world.bank.intent(paymentIdOf(request))?.accountId;
  return action && account !== owner ? [`${nameOf(action)} of ${owner} goes out with a key of ${account}`] : none;
};

const decidedIsSent = ({ action, request }: Sending): Found => {
  if (action?.move.kind !== 'capture' && action?.move.kind !== 'refund') return none;
  const { kind: _, ...decided } = action.move;
  const right = paymentIdOf(request) === action.paymentId && Object.entries(decided).every(([field, value]) => bodyOf(request)[field] === value);
  return right ? none : [`${nameOf(action)} is for ${JSON.stringify(decided)}, sent is ${request.body}`];
};

const neverTooLate = ({ world, action }: Sending): Found => {
  if (!action) return none;
  const nowMs = world.clock.nowMs();
  if (action.deadlineAtMs !== null && nowMs > action.deadlineAtMs + CLOCK_COARSE_MS) return [`${nameOf(action)} goes out after its deadline`];
  const accepted = world.journal.accepted.find(({ actionId }) => actionId === action.id);
  const intent = world.bank.intent(action.paymentId);
  // Decided by a clock that was wrong and not yet corrected, it may have been shown as another day's.
  const clockWasRight = accepted && Math.abs(action.acceptedAtMs - accepted.atMs) < CLOCK_COARSE_MS;
  if (action.move.kind !== 'reverse' || !clockWasRight || !intent) return none;
  const midnightMs = shopMidnightMs(intent.paidAtMs ?? intent.createdAtMs);
  const late = accepted.atMs < midnightMs - CLOCK_COARSE_MS && nowMs > midnightMs + CLOCK_COARSE_MS;
  return late ? [`${nameOf(action)} was decided the same day and goes out after the shop’s midnight`] : none;
};

const pauseHolds = ({ pc, action }: Sending): Found => (pc.paused && action ? [`${nameOf(action)} goes out though the queue is paused`] : none);

const unreadableLanesClosed = ({ pc, action }: Sending): Found =>
  action && keptOf(pc).some((kept) => kept.rotten && kept.action.paymentId === action.paymentId)
    ? [`${nameOf(action)} goes out on a payment with an action that nobody can read`]
    : none;

const AT_SEND = { writtenBeforeSent, oneLanePerPayment, accountsApart, decidedIsSent, neverTooLate, pauseHolds, unreadableLanesClosed };

export function checkSend(world: World, pc: Pc, life: Life, request: HttpRequest, action: Action | null): void {
  if (!life.alive) return;
  const sending = { world, pc, life, request, action };
  for (const [promise, check] of Object.entries(AT_SEND)) for (const detail of check(sending)) breaks(world, promise, `${pc.name}: ${detail}`);
}

// ---- at every step

const atMostOnce = (world: World): Found =>
  [...world.journal.byKey.values()]
    .map((did) => did.filter((one) => leftTrace(world, one)))
    .filter((did) => did.length > 1 && did[0]?.by !== 'elsewhere' && !nobodyCouldKnow(world, did))
    .map((did) => JSON.stringify(did));

/**
 * By a proxy: both were done in the same instant; no client can prevent that, and it has to be noticed. Or Dojo said of what it did that
 * it had not, with an API version that shows nothing to tell.
 */
const nobodyCouldKnow = (world: World, did: readonly Committed[]) =>
  world.journal.misled.has(did[0]?.by ?? '') && (world.schedule.apiVersion < LISTS_CAPTURES || (did.length === 2 && did[0]?.atMs === did[1]?.atMs));

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

const everyAction = (world: World, check: (world: World, action: Action) => boolean): Found =>
  world.pcs.flatMap((pc) => keptOf(pc).flatMap(({ action, rotten }) => (rotten || check(world, action) ? [] : [`${pc.name}: ${nameOf(action)}`])));

const doneIsDone = (world: World): Found =>
  everyAction(
    world,
    (_, action) =>
      action.state !== 'done' || action.outcome?.settledBy === 'person' || world.journal.byKey.has(action.idempotencyKey) || showsTheSame(world, action),
  );

/** Somebody else did the very same: Dojo shows what was wanted, and nobody can tell whose it was. */
function showsTheSame(world: World, action: Action): boolean {
  const intent = world.bank.intent(action.paymentId);
  const acceptedAtMs = world.journal.accepted.find(({ actionId }) => actionId === action.id)?.atMs ?? 0;
  const sinceMs = (world.journal.sent.get(action.idempotencyKey)?.[0] ?? acceptedAtMs) - READ_BEFORE_MS;
  if (!intent) return false;
  switch (action.move.kind) {
    case 'capture': {
      const { amount } = action.move;
      // The status was all there was to see; the bank may have declined since what somebody else took.
      if (world.schedule.apiVersion < LISTS_CAPTURES)
        return (
          intent.status === 'Captured' ||
          intent.status === 'Refunded' ||
          world.journal.committed.some(({ kind, paymentId, atMs }) => kind === 'capture' && paymentId === action.paymentId && atMs >= sinceMs)
        );
      return intent.captures.some((capture) => capture.id === action.outcome?.captureId && capture.amountMinor === amount && capture.createdAtMs >= sinceMs);
    }
    case 'refund': {
      const { amount } = action.move;
      const others = world.journal.committed.filter(({ kind, paymentId, atMs }) => kind === 'refund' && paymentId === action.paymentId && atMs >= sinceMs);
      return others.reduce((sum, { amountMinor }) => sum + (amountMinor ?? 0), 0) >= amount;
    }
    case 'reverse':
      return intent.status === 'Reversed';
    case 'cancel':
      return intent.status === 'Canceled';
    case 'setAmount':
      return intent.amountMinor === action.move.amount || stoodSince(world, action, action.move.amount, sinceMs);
    case 'setTips':
      return intent.tipsMinor === action.move.amount || stoodSince(world, action, action.move.amount, sinceMs);
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
  everyAction(world, (_, action) => {
    const saysNot = action.state === 'refused' || action.state === 'expired' || action.state === 'withdrawn';
    return !saysNot || action.outcome?.settledBy === 'person' || movedNothing(world, action) || world.journal.misled.has(action.idempotencyKey);
  });

const movedNothing = (world: World, action: Action) =>
  action.move.kind === 'setAmount' || action.move.kind === 'setTips' || action.move.kind === 'sendReceipt' || doneFor(world, action).length === 0;

/** Where Dojo said that it does not know the payment, another account was asked for it. */
const askedItsOwnAccount = (world: World): Found =>
  everyAction(world, (_, action) => action.state !== 'refused' || action.outcome?.status !== 404 || world.bank.intent(action.paymentId)?.status === 'Canceled');

const nothingBreaksInside = (world: World): Found =>
  world.pcs.flatMap(({ errors }) => errors.filter((error) => !error.startsWith('actions could not be written')));

const ALWAYS = {
  atMostOnce,
  nothingIsLost,
  oneDecisionOneAction,
  neverTooMuch,
  doneIsDone,
  oneCaptureOneAction,
  notDoneIsNotDone,
  askedItsOwnAccount,
  nothingBreaksInside,
};

export function checkWorld(world: World): void {
  for (const [promise, check] of Object.entries(ALWAYS)) for (const detail of check(world)) breaks(world, promise, detail);
}

// ---- what a screen shows

type Screen = Readonly<{ world: World; pc: Pc; view: PaymentView; takenMinor: number; refundedMinor: number }>;

const takenIsTaken = ({ world, view, takenMinor }: Screen): Found => {
  // Without a list of captures, Captured is all there is to see of a hold.
  const unseen = world.schedule.apiVersion < LISTS_CAPTURES && view.captureMode === 'Manual';
  return !unseen && view.takenMinor > takenMinor ? [`${view.id} shows ${view.takenMinor} taken, Dojo took ${takenMinor}`] : none;
};
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

const ON_SCREEN = { takenIsTaken, refundedIsRefunded, undoneIsUndone, unreadableIsTold };

export function checkScreen(world: World, pc: Pc, snapshot: Snapshot): void {
  const taken = new Map<string, number>();
  const refunded = new Map<string, number>();
  for (const { kind, intentId, amountMinor } of world.bank.ledger()) {
    const sums = kind === 'captured' ? taken : kind === 'refunded' ? refunded : null;
    sums?.set(intentId, (sums.get(intentId) ?? 0) + amountMinor);
  }
  for (const view of snapshot.payments) {
    const screen = { world, pc, view, takenMinor: taken.get(view.id) ?? 0, refundedMinor: refunded.get(view.id) ?? 0 };
    for (const [promise, check] of Object.entries(ON_SCREEN)) for (const detail of check(screen)) breaks(world, promise, `${pc.name}: ${detail}`);
  }
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
    (_, action) =>
      movedNothing(world, action) || action.state === 'done' || action.outcome?.settledBy === 'person' || world.journal.misled.has(action.idempotencyKey),
  );

/** What a till says was done elsewhere, somebody else did: not itself, not the bank, not a hold's own end. And it says it once. */
const elsewhereWasElsewhere = (world: World): Found =>
  world.pcs.flatMap((pc) => {
    const own = new Set(keptOf(pc).map(({ action }) => action.idempotencyKey));
    const isOthers = ({ by }: Committed) => !own.has(by) || world.journal.misled.has(by);
    const told = Map.groupBy(
      pc.disk.activity.filter(({ what }) => what.startsWith(CHANGED_ELSEWHERE)),
      // A key given before any payment was read is an account of its own, which notices for itself.
      ({ what, paymentId, accountId }) => `${what} ${paymentId} ${accountId}`,
    );
    return [...told.values()].flatMap((entries) => {
      const [first] = entries;
      const kind = MOVE_OF_CHANGE[first?.what.slice(CHANGED_ELSEWHERE.length) as ChangeKind];
      const done = world.journal.committed.filter((one) => one.kind === kind && one.paymentId === first?.paymentId && isOthers(one));
      const toldMinor = entries.reduce((sum, { amountMinor }) => sum + (amountMinor ?? 0), 0);
      const doneMinor = done.reduce((sum, { amountMinor }) => sum + (amountMinor ?? 0), 0);
      // Several refunds between two readings are told as one; a change of amount may come and go.
      const isTooMuch = kind === 'refund' ? toldMinor > doneMinor : entries.length > done.length;
      return isTooMuch ? [`${pc.name} says of ${first?.paymentId}: ${entries.map(({ note }) => note).join(' ')} Others did ${JSON.stringify(done)}`] : [];
    });
  });
const MOVE_OF_CHANGE: Readonly<Record<ChangeKind, MoveKind>> = {
  capture: 'capture',
  refund: 'refund',
  reverse: 'reverse',
  cancel: 'cancel',
  amount: 'setAmount',
  tips: 'setTips',
};

export function checkEnd(world: World): void {
  for (const [promise, check] of Object.entries({ everythingEnds, whatWasDoneIsShown, elsewhereWasElsewhere }))
    for (const detail of check(world)) breaks(world, promise, detail);
}

/** Actions whose money moved otherwise than the answers said: a person has to be told on the payment. */
export const misledActions = (world: World, pc: Pc): Action[] =>
  keptOf(pc).flatMap(({ action, rotten }) => (!rotten && action.move.kind === 'capture' && world.journal.misled.has(action.idempotencyKey) ? [action] : []));

/** The payment of a misled action, read afresh, says so in words of its own. */
export function checkNoticed(world: World, pc: Pc, action: Action, view: PaymentView): void {
  const did = doneFor(world, action).length;
  const hidden = action.state === 'done' ? did > 1 : did > 0;
  if (!hidden || action.outcome?.settledBy === 'person' || world.schedule.apiVersion < LISTS_CAPTURES) return;
  if (view.attention === null || view.attention === action.outcome?.message)
    breaks(world, 'doubledIsNoticed', `${pc.name}: ${nameOf(action)} did ${did}, the payment says ${view.attention}`);
}

/** Read afresh, a payment agrees with Dojo to the penny. */
export function checkToThePenny(world: World, pc: Pc, view: PaymentView): void {
  // A hold that was taken at its end, or an outcome of the bank, since the reading was asked for.
  if ((world.bank.intent(view.id)?.updatedAtMs ?? 0) > world.clock.nowMs() - JUST_NOW_MS) return;
  const { capturedMinor, refundedMinor } = world.bank.moneyOf(view.id);
  if (world.schedule.apiVersion < LISTS_CAPTURES && view.captureMode === 'Manual') return;
  if (view.takenMinor !== capturedMinor && view.state !== 'undone')
    breaks(world, 'toThePenny', `${pc.name}: ${view.id} shows ${view.takenMinor} taken, Dojo took ${capturedMinor}`);
  if (view.refundedMinor !== refundedMinor)
    breaks(world, 'toThePenny', `${pc.name}: ${view.id} shows ${view.refundedMinor} given back, Dojo gave ${refundedMinor}`);
}
