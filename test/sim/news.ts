import { endedBy, takenBy } from '../../main/core/payment/ended-by-itself.ts';
import { type Capture, captureTotalMinor, countsAsCaptured, type Payment } from '../../main/core/payment/payment.ts';
import { type Action, amountOf, type MoveKind } from '../../main/core/queue/action.ts';
import { CHANGED_ELSEWHERE } from '../../main/ports/ledger.ts';
import { accountOfKeptKey, type Kept } from './disk.ts';
import type { Committed } from './journal.ts';
import { pounds } from './journal.ts';
import type { Pc } from './pc.ts';
import type { World } from './world.ts';

/** What was read just before a send may be as old as an answer can be. */
const READ_BEFORE_MS = 31_000;

/** Since when, in true time, a disk knows a payment; and since when with its captures. */
export type KnownSince = Readonly<{ sinceMs: number; listedSinceMs: number | null }>;

/** A list that leaves captures out says nothing of them: what was there by the next one that names them is no news. */
export const knownSince = (before: KnownSince | undefined, { captures }: Payment, nowMs: number): KnownSince => ({
  sinceMs: before?.sinceMs ?? nowMs,
  listedSinceMs: captures === null ? null : (before?.listedSinceMs ?? nowMs),
});

/**
 * What somebody else did to a payment that this till knew by then and has read since is told, in its activity. Not asked for is what cannot
 * be told apart (design.md, *Promises* and *An action's life*):
 * - another till's equal capture that was taken for this till's own: inside the window of a lost answer, or by a person's word;
 * - as much as a refund of this till that showed and was let go once more: the payment says that it may have been refunded twice;
 * - a reversal or a cancellation of which this till's own is done too: Dojo shows one of them;
 * - what was done where a hold or a request to pay ends by itself;
 * - a change of amount or of tips, which may come and go between two readings.
 */
export const whatOthersDidIsTold = (world: World): readonly string[] =>
  world.pcs.flatMap((pc) => {
    if (!pc.there) return [];
    const own = new Set([...pc.disk.actions.values()].map(({ action }) => action.idempotencyKey));
    return [...pc.disk.payments].flatMap(([lane, { accountId, payment, knownBefore }]) => {
      const known = pc.disk.known.get(lane);
      const actions = [...pc.disk.actions.values()].filter((kept) => kept.action.paymentId === payment.id);
      // An action that nobody can read may explain anything.
      if (!known || actions.some(({ rotten }) => rotten)) return [];
      // What waited for an action of another account is judged once its key is connected.
      if (knownBefore !== null && accountOfKeptKey(pc.disk) !== accountId) return [];
      // What this till did itself, or the one that it is a copy of had done, is its own also when the action is old and was purged; what it did
      // between an image and its return is not.
      const isByOriginal = ({ till, atMs }: Committed) => pc.copiedFrom !== null && till === pc.copiedFrom.index && atMs < pc.copiedFrom.atMs;
      const isForgotten = ({ sentAtMs }: Committed) => sentAtMs >= pc.rolledBackToMs && sentAtMs < pc.rolledBackAtMs;
      const isOthers = (did: Committed) => !own.has(did.by) && (did.till !== pc.index || isForgotten(did)) && !isByOriginal(did);
      const others = world.journal.committed.filter((did) => did.paymentId === payment.id && did.atMs > known.sinceMs && isOthers(did));
      const seen: Seen = { world, pc, accountId, payment, known, actions, others };
      return [...capturesAreTold(seen), ...refundsAreTold(seen), ...endIsTold(seen, 'reverse', 'Reversed'), ...endIsTold(seen, 'cancel', 'Canceled')].map(
        (detail) => `${pc.name}: ${payment.id}: ${detail}`,
      );
    });
  });

type Seen = Readonly<{
  world: World;
  pc: Pc;
  accountId: string;
  payment: Payment;
  known: KnownSince;
  actions: readonly Kept[];
  /** What somebody else did to it since it is known. */
  others: readonly Committed[];
}>;

const toldOf = ({ pc, accountId, payment }: Seen, kind: MoveKind) =>
  pc.disk.activity.filter((entry) => entry.what === `${CHANGED_ELSEWHERE}${kind}` && entry.paymentId === payment.id && entry.accountId === accountId);

function capturesAreTold(seen: Seen): readonly string[] {
  const { world, pc, payment, known, actions, others } = seen;
  const { listedSinceMs } = known;
  if (listedSinceMs === null || payment.captures === null) return [];
  const news = payment.captures.filter(
    (capture) =>
      others.some((did) => did.kind === 'capture' && did.atMs > listedSinceMs && isNamed(world, payment, did.id, capture)) &&
      !actions.some(({ action }) => isNamed(world, payment, action.outcome?.captureId, capture)) &&
      !world.journal.claimed.has(`${pc.index} ${capture.id}`) &&
      // What the bank turned down moved nothing.
      countsAsCaptured(capture) &&
      takenBy(payment, capture) !== 'itself' &&
      // Nor where Dojo had not said yet when the hold began, and its own date did not move with it: it looked over then.
      takenBy({ ...payment, paidAtMs: null }, capture) !== 'itself',
  );
  const told = toldOf(seen, 'capture').map(({ amountMinor }) => amountMinor ?? 0);
  const standIns = standInsOf(seen, 'capture');
  return news.flatMap((capture) => {
    const minor = captureTotalMinor(capture);
    return takeOut(told, minor) || takeOut(standIns, minor)
      ? []
      : [`the capture ${capture.id} of ${pounds(minor)} by somebody else is not told: ${said(seen, 'capture')}`];
  });
}

function refundsAreTold(seen: Seen): readonly string[] {
  const { world, payment, others } = seen;
  // Only once all of it was read.
  if (payment.refundedMinor !== world.bank.moneyOf(payment.id).refundedMinor) return [];
  const sum = (list: readonly number[]) => list.reduce((total, minor) => total + minor, 0);
  const didMinor = sum(others.flatMap(({ kind, amountMinor }) => (kind === 'refund' ? (amountMinor ?? 0) : [])));
  const toldMinor = sum(toldOf(seen, 'refund').map(({ amountMinor }) => amountMinor ?? 0));
  // Nothing shows of what nobody had refunded between its first request and the moment it was let go.
  const showed = ({ idempotencyKey: key }: Action) => {
    const [letGo, begun] = [world.journal.released, world.journal.begun].map((times) => times.get(key) ?? []);
    const [fromMs, untilMs] = [(begun?.[0] ?? 0) - READ_BEFORE_MS, letGo?.at(-1) ?? 0];
    return world.journal.committed.some(({ kind, paymentId, atMs }) => kind === 'refund' && paymentId === payment.id && atMs > fromMs && atMs < untilMs);
  };
  const isLetGo = ({ action }: Kept) => action.move.kind === 'refund' && action.state === 'done' && showed(action);
  const letGoMinor = sum(seen.actions.filter(isLetGo).map(({ action }) => amountOf(action.move) ?? 0));
  return didMinor - sum(standInsOf(seen, 'refund')) - letGoMinor > toldMinor
    ? [`others refunded ${pounds(didMinor)}, ${pounds(toldMinor)} is told: ${said(seen, 'refund')}`]
    : [];
}

function endIsTold(seen: Seen, kind: 'reverse' | 'cancel', status: string): readonly string[] {
  const { payment, actions, others } = seen;
  const isNews = payment.status === status && others.some((did) => did.kind === kind) && endedBy(payment) !== 'itself';
  const isOwn = actions.some(({ action }) => action.move.kind === kind && action.state === 'done');
  return isNews && !isOwn && toldOf(seen, kind).length === 0 ? [`that somebody else made it ${status} is not told: ${said(seen, kind)}`] : [];
}

const said = (seen: Seen, kind: MoveKind): string => JSON.stringify({ told: toldOf(seen, kind).map(({ note }) => note), did: seen.others });

/** A capture that the bank then refused took nothing. */
export const tookMoney = ({ bank }: Pick<World, 'bank'>, { kind, paymentId, id }: Committed): boolean => {
  if (kind !== 'capture') return true;
  // In 2022-01-03 a capture's id is its number on its payment.
  const status = bank.intent(paymentId)?.captures.find((capture) => capture.id === id || String(capture.number) === id)?.status;
  return status !== 'Declined' && status !== 'Failed';
};

/**
 * Done, as a person said or as others made it look, and nothing that Dojo did for it took money, or has been read yet: as much of what
 * others did is taken for it.
 */
const standInsOf = ({ world, payment, actions }: Seen, kind: MoveKind): number[] => {
  const isRead = (did: Committed) => kind !== 'capture' || (payment.captures ?? []).some((capture) => isNamed(world, payment, did.id, capture));
  return actions.flatMap(({ action }) =>
    action.move.kind === kind && action.state === 'done' && !world.journal.byKey.get(action.idempotencyKey)?.some((did) => tookMoney(world, did) && isRead(did))
      ? (amountOf(action.move) ?? 0)
      : [],
  );
};

/** In 2022-01-03 an answer names a capture by its number. */
function isNamed({ bank }: World, payment: Payment, name: string | null | undefined, { id }: Capture): boolean {
  if (name === id) return true;
  const number = bank.intent(payment.id)?.captures.find((capture) => capture.id === id)?.number;
  return name !== null && name !== undefined && number !== undefined && name === String(number);
}

function takeOut(list: number[], minor: number): boolean {
  const at = list.indexOf(minor);
  if (at >= 0) list.splice(at, 1);
  return at >= 0;
}
