import type { Capture } from '../../main/core/payment/payment.ts';
import { type Action, amountOf, isFinal, type Move } from '../../main/core/queue/action.ts';
import { isReleasable, isSettleable, isWithdrawable } from '../../main/core/queue/queue-state.ts';
import { seededRandom } from '../../main/simulator/random.ts';
import { API_VERSION, DAY_MS, HOUR_MS, MINUTE_MS, NOON_MS } from '../builders.ts';
import { createAgenda } from './agenda.ts';
import { createDojo, type Did, type Dojo } from './dojo.ts';
import { createTill, type Till } from './till.ts';

export type Played = Readonly<{ seed: number; broken: readonly string[]; history: readonly string[] }>;

const AMOUNTS = [500, 500, 700, 1_000] as const;
const PEOPLE_MS = 20 * MINUTE_MS;
const ENDS_MS = 4 * HOUR_MS;
/** In London, of the same day as noon. */
const MIDNIGHT_MS = NOON_MS + 12 * HOUR_MS;
/** `Date` counts whole seconds, and Dojo's servers may be seconds apart. */
const COARSE_MS = 3_500;

/**
 * One payment with many hands on it: decisions at this till, the same or another amount decided elsewhere in the same second, readings that
 * overtake each other, and, where `isFaulty`, requests that are lost, power cuts and clocks that are wrong. It is small enough to be
 * played a few hundred times a second, so that it meets by chance what the whole simulation meets once in ten thousand days.
 */
export function playOnePayment(seed: number, isFaulty: boolean): Played {
  const random = seededRandom(seed);
  const isNearMidnight = isFaulty && random.chance(0.25);
  const startMs = isNearMidnight ? MIDNIGHT_MS - random.whole(MINUTE_MS, 15 * MINUTE_MS) : NOON_MS;
  const agenda = createAgenda(startMs);
  const history: string[] = [];
  const found: string[] = [];
  const say = (what: () => string) => void history.push(`${new Date(agenda.nowMs()).toISOString().slice(11, 23)} ${what()}`);
  const dojo = createDojo(random, isFaulty, agenda.nowMs);
  const till = createTill({
    agenda,
    dojo,
    random,
    isFaulty,
    say,
    onSend({ id, move, deadlineAtMs }) {
      // Where Dojo tells no time, or clocks disagree, only the money that a day's end decides about is held back.
      const isHeldBack = (till.tellsTime && !till.isTimeUnsure) || move.kind === 'reverse';
      if (isHeldBack && agenda.nowMs() > (deadlineAtMs ?? Number.POSITIVE_INFINITY) + COARSE_MS) found.push(`${id} leaves after its deadline`);
      if (random.chance(0.5)) agenda.after(random.whole(0, 400), () => elsewhere(move));
    },
    onExpired({ id, deadlineAtMs }) {
      if (agenda.nowMs() < (deadlineAtMs ?? Number.POSITIVE_INFINITY) - COARSE_MS) found.push(`${id} is called too late before its deadline`);
    },
    onNeedsPerson: (actionId) => void agenda.after(random.whole(1_000, 5 * MINUTE_MS), () => settle(actionId)),
  });
  let isOver = false;
  const rest = () => !isOver;

  /** Somebody else does as much, or another amount. */
  function elsewhere(like: Move): void {
    if (!rest()) return;
    const amount = random.chance(0.7) && 'amount' in like ? like.amount : random.pick(AMOUNTS);
    const move: Move = like.kind === 'capture' || like.kind === 'refund' ? { kind: like.kind, amount } : like;
    const done = dojo.do(move, `elsewhere-${dojo.did.length}-${agenda.nowMs()}`, null, API_VERSION);
    say(() => `others  ${move.kind} ${'amount' in move ? move.amount : ''}: ${done.ok ? 'done' : done.status}`);
  }

  function decide(): void {
    if (till.isAsleep()) return;
    const amount = random.pick(AMOUNTS);
    const kind = dojo.isHold && random.chance(0.8) ? 'capture' : random.chance(isNearMidnight ? 0.5 : 0.95) ? 'refund' : 'reverse';
    const refusal = till.decide(kind, amount);
    say(() => `person  ${kind} ${amount}: ${refusal ?? 'accepted'}`);
  }

  /** A person who knows what Dojo did, or looks again, or lets it go once more where nothing was done. */
  function settle(actionId: string): void {
    const action = till.state().actions.get(actionId);
    if (action?.state !== 'needsPerson' || !isSettleable(till.state(), action)) return;
    if (till.isAsleep() || till.mayStillSettle(action)) return void agenda.after(MINUTE_MS, () => settle(actionId));
    const isDone = dojo.did.some((did) => did.actionId === actionId);
    const maySend = !isDone && isReleasable(till.state(), action);
    const [looks, sends] = [rest() && random.chance(0.3), rest() && maySend && random.chance(0.3)];
    say(() => `person  ${actionId}: ${looks ? 'look again' : sends ? 'send it' : isDone ? 'it was done' : 'it was not done'}`);
    if (looks) agenda.after(random.whole(MINUTE_MS, 5 * MINUTE_MS), () => settle(actionId));
    till.dispatch(
      looks
        ? { type: 'retryNow', actionId }
        : sends
          ? { type: 'release', actionId, decidedOn: till.seenNow() }
          : { type: 'settle', actionId, verdict: isDone ? 'happened' : 'did-not-happen', note: '' },
    );
  }

  function remove(): void {
    if (till.isAsleep()) return;
    for (const action of till.state().actions.values())
      if (isWithdrawable(till.state(), action) && random.chance(0.5)) till.dispatch({ type: 'withdraw', actionId: action.id });
  }

  const busyMs = random.pick([5_000, 30_000, 5 * MINUTE_MS]);
  const soon = (happen: () => void) => void agenda.after(random.whole(1_000, busyMs), happen);
  const some = (least: number, most: number, happen: () => void) => {
    for (let left = random.whole(least, most); left > 0; left -= 1) soon(happen);
  };
  some(1, 5, () => {
    decide();
    if (random.chance(0.4)) agenda.after(random.whole(0, 300), decide);
  });
  some(0, 3, () => elsewhere({ kind: dojo.isHold && random.chance(0.7) ? 'capture' : 'refund', amount: 500 }));
  some(2, 25, till.look);
  if (random.chance(0.2)) soon(remove);
  if (random.chance(0.15)) soon(() => till.pause(random.whole(5_000, 5 * MINUTE_MS)));
  if (isFaulty && random.chance(0.3)) some(1, 2, () => till.trouble(random.whole(5_000, 5 * MINUTE_MS)));
  if (till.isClockWrong) some(0, 2, till.setClock);
  if (isFaulty && random.chance(0.35)) some(1, 2, () => till.powerCut(random.whole(2_000, 90_000)));
  if (isFaulty && random.chance(isNearMidnight ? 0.5 : 0.2)) some(1, 2, () => till.sleep(random.whole(2_000, 10 * MINUTE_MS)));

  agenda.after(PEOPLE_MS, () => {
    isOver = true;
  });
  for (let ms = PEOPLE_MS + MINUTE_MS; ms < ENDS_MS; ms += 5 * MINUTE_MS) agenda.after(ms, till.look);
  agenda.run(startMs + ENDS_MS);
  return { seed, broken: [...found, ...broken(till, dojo, dojo.show().captures ?? [], history)], history };
}

type Shown = Pick<Capture, 'status' | 'amountMinor' | 'createdAtMs'>;
/** Of what has no amount, how often. */
const sum = (all: readonly Readonly<{ amountMinor?: number | null }>[]): number => all.reduce((total, { amountMinor }) => total + (amountMinor ?? 1), 0);

/** Every action ends, as it went; and what others did is said, once. */
function broken(till: Till, { did, endsAtMs }: Pick<Dojo, 'did' | 'endsAtMs'>, captures: readonly Shown[], history: readonly string[]): string[] {
  const found: string[] = [];
  const actions = till.actions();
  const doneFor = ({ id }: Action) => did.filter(({ actionId }) => actionId === id).length;
  const left = (action: Action, ...ways: string[]) => history.some((line) => ways.some((way) => line.endsWith(` ${action.id} leaves: ${way}`)));
  // Its request was lost, and somebody else did the very same in its time: no client can tell.
  const isAnothers = (action: Action) => action.state === 'done' && doneFor(action) === 0 && isMadeInItsTime(action, did, till.isTimeUnsure);
  for (const action of actions) {
    const { id, state, outcome } = action;
    const times = doneFor(action);
    if (!isFinal(action)) found.push(`${id} is still ${state} (${outcome?.code ?? ''})`);
    else if (times > 1 && action.move.kind !== 'refund' && !left(action, 'twice', 'refused-second')) found.push(`${id} was done ${times} times`);
    else if (state === 'done' && times === 0 && !isAnothers(action)) found.push(`${id} was not done, and is called so`);
    else if (state !== 'done' && times > 0 && !left(action, 'refused-second')) found.push(`${id} was done, and is called ${state}`);
  }
  const isDone = new Set(actions.filter(({ state }) => state === 'done').map(({ id }) => id));
  for (const kind of ['capture', 'refund', 'reverse'] as const) {
    // Of what was done twice for one of ours, one is ours.
    const isOurs = (one: Did, at: number) =>
      one.actionId !== null && isDone.has(one.actionId) && did.findIndex(({ actionId }) => actionId === one.actionId) === at;
    const others = did.filter((one, at) => one.kind === kind && !isOurs(one, at));
    const told = sum(till.told(kind));
    // Nobody can tell the hold's own end from what somebody, this till too, does just then.
    const isAtEnd = (atMs: number) => kind !== 'refund' && atMs >= endsAtMs - MINUTE_MS;
    const ofEnd = kind === 'capture' ? sum(captures.filter(({ createdAtMs }) => isAtEnd(createdAtMs))) : Number.isFinite(endsAtMs) ? 1 : 0;
    // What the bank turned down moved nothing.
    const turnedDown = kind === 'capture' ? sum(captures.filter(({ status }) => status === 'Declined' || status === 'Failed')) : 0;
    const claimed = actions.filter((action) => action.move.kind === kind && isAnothers(action)).map(({ move }) => ({ amountMinor: amountOf(move) }));
    if (told > sum(others) + ofEnd) found.push(`${kind}: ${told} is said to be others’, ${sum(others)} is`);
    // A server that is wrong may have this till date its refund after changes that came later: some of theirs is taken for it then.
    const mayBeLess = kind === 'refund' && till.isServerWrong;
    if (!mayBeLess && told < sum(others) - ofEnd - turnedDown - sum(claimed)) found.push(`${kind}: ${told} is said to be others’, of ${sum(others)}`);
  }
  return found;
}

const ITS_TIME_MS = 2 * MINUTE_MS;

function isMadeInItsTime({ move, firstSentAtMs, sentAtMs }: Action, did: readonly Did[], isTimeUnsure: boolean): boolean {
  const spareMs = isTimeUnsure ? 4 * DAY_MS : ITS_TIME_MS;
  return did.some(
    ({ actionId, kind, amountMinor, atMs }) =>
      actionId === null &&
      kind === move.kind &&
      (kind === 'reverse' || (kind === 'capture' && 'amount' in move && amountMinor === move.amount)) &&
      atMs >= (firstSentAtMs ?? 0) - spareMs &&
      atMs <= (sentAtMs ?? 0) + spareMs,
  );
}
