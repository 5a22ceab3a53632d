import type { Failure } from '../../../main/core/failure.ts';
import type { Payment } from '../../../main/core/payment/payment.ts';
import type { Action } from '../../../main/core/queue/action.ts';
import { step } from '../../../main/core/queue/queue.ts';
import { type Effect, emptyQueue, type Gate, type Moment, type QueueEvent, type QueueState } from '../../../main/core/queue/queue-state.ts';
import { err, ok } from '../../../main/core/result.ts';
import { API_VERSION, aCapture, aFailure, aHold, anAction, HOUR_MS, LONDON, NOON_MS } from '../../builders.ts';

const UP_SINCE_MS = 5 * HOUR_MS;

/** Plays the world to a queue, one event at a time, by the names of the diagram. */
export function aPlay(actions: readonly Action[] = [], options: { gate?: Gate; paused?: boolean; apiVersion?: string; nowMs?: number } = {}) {
  let state: QueueState = emptyQueue;
  let nowMs = options.nowMs ?? NOON_MS;
  /** How far the wall clock was set ahead of the monotonic one, which counts from when the PC was started, some time ago. */
  let skewMs = NOON_MS - UP_SINCE_MS;
  let zone = LONDON;
  let apiVersion = options.apiVersion ?? API_VERSION;
  let dojoAtMs: number | null | undefined;
  let otherwiseMs: number | null = null;
  let effects: readonly Effect[] = [];

  const send = (event: QueueEvent) => {
    const next = step(state, event, {
      nowMs,
      otherwiseMs,
      wallMs: nowMs,
      monotonicMs: nowMs - skewMs,
      random: 0,
      zone,
      apiVersion,
    });
    state = next.state;
    effects = next.effects;
    return effects;
  };
  const momentOf = (wallMs: number) => ({ wallMs, monotonicMs: wallMs - skewMs });
  const of = <T extends Effect['type']>(type: T) => effects.filter((effect): effect is Extract<Effect, { type: T }> => effect.type === type);

  send({ type: 'paused', paused: options.paused ?? false });
  send({ type: 'loaded', actions });
  send({ type: 'gate', gate: options.gate ?? 'open', accountId: 'acc_1' });

  return {
    event: send,
    /** The owner sets the shop's zone; nothing else happens. */
    setZone(now: string) {
      zone = now;
      send({ type: 'tick' });
    },
    state: () => state,
    nowMs: () => nowMs,
    monotonicMs: () => nowMs - skewMs,
    action(id: string): Action {
      const action = state.actions.get(id);
      if (!action) throw new Error(`expected ${id} in the queue`);
      return action;
    },
    /** What the last event made the world do: `write a1:sending`, `send a1`, `read a1`, `wake 1000`. */
    effects: () =>
      effects.map((effect) => {
        switch (effect.type) {
          case 'write':
            return `write ${effect.actions.map((action) => `${action.id}:${action.state}`).join(' ')}`;
          case 'wake':
            return `wake ${effect.inMs}`;
          default:
            return `${effect.type} ${effect.actionId}`;
        }
      }),
    reads: () => of('read').map((effect) => effect.actionId),
    sends: () => of('send').map((effect) => effect.actionId),
    sent: () => of('send'),
    wakesInMs: () => of('wake').map((effect) => effect.inMs)[0] ?? null,
    pass(ms: number) {
      nowMs += ms;
      return send({ type: 'tick' });
    },
    /** The wall clock is set, without an event: no time passes. */
    setClock(toMs: number) {
      skewMs += toMs - nowMs;
      nowMs = toMs;
    },
    /** Time passes on the wall clock while the monotonic one stands still, as in some PCs' sleep. */
    sleep(ms: number) {
      skewMs += ms;
      nowMs += ms;
    },
    /** The owner sets another version. */
    setVersion(version: string) {
      apiVersion = version;
    },
    /** Dojo's `Date` from now on; null: it says none. */
    dojoSays(atMs: number | null) {
      dojoAtMs = atMs;
    },
    /** What other answers say lately that time it is. */
    othersSay(atMs: number | null) {
      otherwiseMs = atMs;
    },
    /** `started`: on the wall clock where both clocks tell the same. */
    read(action: Action, payment: Payment, started: number | Moment = nowMs) {
      return send({
        type: 'read',
        actionId: action.id,
        startedAt: typeof started === 'number' ? momentOf(started) : started,
        dojoAtMs: dojoAtMs === undefined ? nowMs - 1_000 : dojoAtMs,
        result: ok(payment),
      });
    },
    readFails(action: Action, failure: Partial<Failure> = {}) {
      return send({ type: 'read', actionId: action.id, startedAt: momentOf(nowMs), dojoAtMs: null, result: err(aFailure(failure)) });
    },
    answer(action: Action, captureId: string | null = null, dojoId: string | null = null) {
      return send({ type: 'answered', actionId: action.id, result: ok({ captureId, dojoId }) });
    },
    fails(action: Action, failure: Partial<Failure> = {}) {
      return send({ type: 'answered', actionId: action.id, result: err(aFailure(failure)) });
    },
  };
}

/** The payment of `anAction`, on hold: its capture takes all of it. */
export const hold = aHold({ id: 'pi_test', amountMinor: 2000 });

/** One of £42.00, of which it takes a part. */
export const biggerHold = aHold({ id: 'pi_test' });

/** The first, after captures of £20.00 with these ids. */
export const taken = (...ids: string[]) => aHold({ id: 'pi_test', amountMinor: 2000, captures: ids.map((id) => aCapture({ id })) });

/** An action, a take where nothing else is said, that was sent and whose answer was lost. */
export function lost(changes: Partial<Action> = {}, payment = hold, failure: Partial<Failure> = {}) {
  const action = anAction({ id: 'a1', seq: 1, ...changes });
  const play = aPlay([action]);
  play.read(action, payment);
  play.fails(action, failure);
  return { action, play };
}
