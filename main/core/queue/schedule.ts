import { type Action, isOpen } from './action.ts';
import type { QueueState } from './queue-state.ts';

/** Nothing waits longer than this by its own rules. A longer wait means that the clock was set back. */
const WAIT_MOST_MS = 10 * 60_000;
/** An unknown outcome is settled ahead of what was due up to this long before it; not ahead of everything, or a few stuck ones would block the rest. */
const CHECKING_AHEAD_MS = 60_000;

/** Still to be waited for. */
export const isAhead = (atMs: number, nowMs: number): boolean => nowMs < atMs && atMs - nowMs <= WAIT_MOST_MS;

export type Turns = Readonly<{
  /** Waiting past its deadline: it is not sent any more. */
  tooLate: readonly Action[];
  /** Whose payment is read next: before a send, or to settle an unknown outcome. */
  start: readonly Action[];
  /** When something may become due or too late; Infinity: nothing by the clock alone. */
  wakeAtMs: number;
}>;

/** Whose turn it is: the head of each lane, as far as lanes, line, gate and pause allow. */
export function turnsOf(state: QueueState, nowMs: number): Turns {
  const tooLate: Action[] = [];
  const start: Action[] = [];
  const wakes: number[] = [];
  const heads = headsOf(state, nowMs, tooLate, wakes);
  if (state.gate === 'open')
    for (const action of heads.sort((a, b) => turnAtMs(a) - turnAtMs(b) || a.seq - b.seq)) {
      if (action.state === 'waiting' && (state.paused || !state.diskOk || state.unreadableLanes.has(action.paymentId))) continue;
      const ahead = [action.notBeforeMs, state.throttledUntilMs, state.line.up ? 0 : state.line.retryAtMs].filter((atMs) => isAhead(atMs, nowMs));
      if (ahead.length > 0) {
        wakes.push(Math.max(...ahead));
        continue;
      }
      // One request feels for a line that is down; the rest wait for it.
      if (state.busy.size + start.length >= (state.line.up ? state.lanes : 1)) break;
      start.push(action);
    }
  return { tooLate, start, wakeAtMs: wakes.reduce((soonest, atMs) => Math.min(soonest, atMs), Number.POSITIVE_INFINITY) };
}

/** The first open action of each payment, if it is this account's to move; on the way, what is too late and what will be. */
function headsOf(state: QueueState, nowMs: number, tooLate: Action[], wakes: number[]): Action[] {
  const heads: Action[] = [];
  const lanesSeen = new Set<string>();
  for (const action of state.actions.values()) {
    if (!isOpen(action)) continue;
    if (action.state === 'waiting' && action.deadlineAtMs !== null && state.busy.get(action.id) !== 'sending') {
      if (nowMs >= action.deadlineAtMs) {
        tooLate.push(action);
        continue;
      }
      wakes.push(action.deadlineAtMs);
    }
    if (lanesSeen.has(action.paymentId)) continue;
    lanesSeen.add(action.paymentId);
    if (action.accountId === state.accountId && action.state !== 'needsPerson' && !state.busy.has(action.id)) heads.push(action);
  }
  return heads;
}

/** Who waited longest comes first, with unknown outcomes let ahead. */
const turnAtMs = (action: Action): number =>
  action.state === 'checking' ? action.notBeforeMs - CHECKING_AHEAD_MS : Math.max(action.acceptedAtMs, action.notBeforeMs);
