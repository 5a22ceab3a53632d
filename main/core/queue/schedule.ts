import { type Action, isOpen, type MoveKind } from './action.ts';
import { LANE_FREED_AFTER_MS, laneFreedInMs, lanesTaken } from './lanes.ts';
import type { Now, QueueState } from './queue-state.ts';

/** Nothing waits longer than this by its own rules. A longer wait means that the clock was set back. */
const WAIT_MAX_MS = 10 * 60_000;
/** An unknown outcome is settled ahead of what was due up to this long before it; not ahead of everything, or a few stuck ones would block the rest. */
const CHECKING_AHEAD_MS = 60_000;

/** Still to be waited for. */
export const isAhead = (atMs: number, nowMs: number): boolean => nowMs < atMs && atMs - nowMs <= WAIT_MAX_MS;

export type Schedule = Readonly<{
  /** Whose payment is read next: before a send, or to settle an unknown outcome. */
  start: readonly Action[];
  /** Nothing is left that could start now but for the lanes. */
  isDrained: boolean;
  /** In how long something may become due; null: nothing by the clock alone. */
  wakeInMs: number | null;
}>;

/** Whose turn it is: the head of each lane, as far as lanes, connection, gate and pause allow. */
export function scheduleOf(state: QueueState, { nowMs, monotonicMs }: Pick<Now, 'nowMs' | 'monotonicMs'>): Schedule {
  const start: Action[] = [];
  const wakesInMs: number[] = [];
  let isDrained = state.gate === 'open' && !isAhead(state.throttledUntilMs, nowMs);
  if (state.gate === 'open') {
    const taken = lanesTaken(state, monotonicMs);
    const heads = headsOf(state);
    // What was not sent yet feels first: it may be one that Dojo does.
    const untried = new Set(
      heads.filter((head) => isUntried(head, state) && !isHeldBack(head, state) && !isAhead(head.notBeforeMs, nowMs)).map(({ move }) => move.kind),
    );
    for (const action of heads.sort(inOrder(state))) {
      const felt = action.state === 'waiting' ? state.feltFor.get(action.move.kind) : undefined;
      if (action.state === 'waiting' && isHeldBack(action, state)) continue;
      if (felt && !isUntried(action, state) && untried.has(action.move.kind)) continue;
      // One of an operation that Dojo does not do feels for it; the rest wait for it.
      const feltUntilMs = felt ? nowMs + feltForMs(action.move.kind, state, start, monotonicMs) : 0;
      const ahead = [action.notBeforeMs, felt?.retryAtMs ?? 0, feltUntilMs, state.throttledUntilMs, state.line.up ? 0 : state.line.retryAtMs].filter((atMs) =>
        isAhead(atMs, nowMs),
      );
      if (ahead.length > 0) {
        wakesInMs.push(Math.max(...ahead) - nowMs);
        continue;
      }
      // One request feels for a connection that is down; the rest wait for it.
      if (taken + start.length >= (state.line.up ? state.lanes : 1)) {
        isDrained = false;
        wakesInMs.push(
          Math.min(laneFreedInMs(state, monotonicMs) ?? Number.POSITIVE_INFINITY, start.length > 0 ? LANE_FREED_AFTER_MS : Number.POSITIVE_INFINITY),
        );
        break;
      }
      start.push(action);
      if (felt) wakesInMs.push(LANE_FREED_AFTER_MS);
    }
  }
  const soonestMs = Math.min(...wakesInMs, Number.POSITIVE_INFINITY);
  return { start, isDrained, wakeInMs: Number.isFinite(soonestMs) ? Math.max(1, soonestMs) : null };
}

/** It may be one that Dojo does. Where only its own payment does not let itself be read, it tells no more than those that were tried. */
const isUntried = ({ id, state, baseline }: Action, { held }: QueueState): boolean =>
  state === 'waiting' && baseline === null && (held.get(id)?.othersWellAt ?? null) === null;

/** Its turn does not come before something else has changed. */
export const isHeldBack = (action: Action, state: QueueState): boolean =>
  state.paused || !state.diskOk || state.unreadableLanes.has(action.paymentId) || isStopped(action.move.kind, state);

/** Only a person or another key lets it go on. */
export const isStopped = (kind: MoveKind, { stoppedOperations, feltFor }: QueueState): boolean => stoppedOperations.has(kind) && !feltFor.has(kind);
/** Nothing of it goes out just now. */
export const isStoppedNow = (kind: MoveKind, state: QueueState, nowMs: number): boolean =>
  isStopped(kind, state) || isAhead(state.feltFor.get(kind)?.retryAtMs ?? 0, nowMs);
/** For how much longer the rest waits for one of them that is on its way. One that hangs holds up nobody; a look at what became of one tells nothing. */
function feltForMs(kind: MoveKind, { busy, actions }: QueueState, start: readonly Action[], monotonicMs: number): number {
  const mayTell = ({ move, state }: Action) => move.kind === kind && (state === 'waiting' || state === 'sending');
  if (start.some(mayTell)) return LANE_FREED_AFTER_MS;
  const left = [...busy].map(([id, { sinceMonotonicMs }]) => {
    const action = actions.get(id);
    return action && mayTell(action) ? sinceMonotonicMs + LANE_FREED_AFTER_MS - monotonicMs : 0;
  });
  return Math.max(0, ...left);
}

/** The first open action of each payment, if it is this account's to move. */
function headsOf(state: QueueState): Action[] {
  const heads: Action[] = [];
  const lanesSeen = new Set<string>();
  for (const action of state.actions.values()) {
    if (!isOpen(action) || lanesSeen.has(action.paymentId)) continue;
    lanesSeen.add(action.paymentId);
    if (action.accountId === state.accountId && action.state !== 'needsPerson' && !state.busy.has(action.id)) heads.push(action);
  }
  return heads;
}

/** Who waited longest comes first, with unknown outcomes let ahead. After a pause that Dojo asked for, what has the nearest deadline. */
function inOrder({ catchingUp }: QueueState): (a: Action, b: Action) => number {
  const byTurn = (a: Action, b: Action) => turnAtMs(a) - turnAtMs(b) || a.seq - b.seq;
  const deadline = ({ deadlineAtMs }: Action) => deadlineAtMs ?? Number.MAX_SAFE_INTEGER;
  return catchingUp ? (a, b) => deadline(a) - deadline(b) || byTurn(a, b) : byTurn;
}

const turnAtMs = (action: Action): number =>
  action.state === 'checking' ? action.notBeforeMs - CHECKING_AHEAD_MS : Math.max(action.acceptedAtMs, action.notBeforeMs);
