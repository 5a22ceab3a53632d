import { describe, expect, it } from 'vitest';
import { SETTLING_MS } from '../../../main/core/queue/evidence.ts';
import { unheard } from '../../../main/core/queue/queue.ts';
import { isReleasable, isSettleable, type QueueEvent } from '../../../main/core/queue/queue-state.ts';
import { mayStillSettle } from '../../../main/core/queue/settling.ts';
import { words } from '../../../main/core/words.ts';
import { anAction, HOUR_MS, LONDON, NOON_MS } from '../../builders.ts';
import { aPlay, hold } from './queue-play.ts';

/** A take on its way to Dojo while the key was rotated on the owner's word: a person is asked about it. */
function askedWhileSent() {
  const action = anAction({ id: 'a1', seq: 1 });
  const play = aPlay([action]);
  play.read(action, hold);
  play.event({ type: 'moved', why: 'new-key', accountId: 'acc_1' });
  const offered = () => [isSettleable(play.state(), play.action('a1')), isReleasable(play.state(), play.action('a1'))];
  const maySettleStill = () => mayStillSettle(play.state(), play.action('a1'), { nowMs: play.nowMs(), monotonicMs: play.monotonicMs() });
  return { action, play, offered, maySettleStill };
}

const BY_A_PERSON: readonly QueueEvent[] = [
  { type: 'settle', actionId: 'a1', verdict: 'happened', note: '' },
  { type: 'settle', actionId: 'a1', verdict: 'did-not-happen', note: '' },
  { type: 'release', actionId: 'a1', decidedOn: anAction().decidedOn ?? never() },
];
function never(): never {
  throw new Error('expected a decision record');
}

describe('an action that needs a person while its request is on the wire', () => {
  it.each(BY_A_PERSON)('is nobody’s to decide before Dojo’s answer: $type $verdict', (event) => {
    const { action, play, offered } = askedWhileSent();
    expect(offered()).toEqual([false, false]);
    expect(play.event(event)).toEqual([]);
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'new-key' } });
    play.answer(action, 'cp_1');
    expect(play.action('a1')).toMatchObject({ state: 'done', outcome: { code: 'done', settledBy: 'answer', captureId: 'cp_1' } });
    expect([...play.state().busy.keys()]).toEqual([]);
  });

  it.each(['unknown-outcome', 'not-dojo'] as const)('is a person’s when its end is %s, and let go out again when Dojo has had its time from then', (kind) => {
    const { action, play, offered, maySettleStill } = askedWhileSent();
    play.pass(30_000);
    play.fails(action, { kind });
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', sends: 1, sentAtMs: NOON_MS + 30_000, outcome: { code: 'new-key' } });
    expect(offered()).toEqual([true, true]);
    play.pass(SETTLING_MS - 1);
    expect(maySettleStill()).toBe(true);
    play.pass(1);
    expect(maySettleStill()).toBe(false);
  });

  it('has its time by the clock that nobody sets too: it is not let go out again too soon where the other is set ahead', () => {
    const { action, play, maySettleStill } = askedWhileSent();
    play.fails(action);
    play.setClock(play.nowMs() + HOUR_MS);
    expect(maySettleStill()).toBe(true);
  });

  it('was never sent where it certainly did not leave', () => {
    const { action, play, offered } = askedWhileSent();
    play.fails(action, { kind: 'not-sent' });
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', sends: 0, sentAtMs: null, baseline: null });
    expect(offered()).toEqual([true, true]);
  });

  it.each([
    ['refused', { sends: 1, endsAs: 'refused' }],
    ['throttled', { sends: 0 }],
    ['key-refused', { sends: 0 }],
  ] as const)('stays a person’s where Dojo answers %s: only that no is added to what was known before its send', (kind, no) => {
    const { action, play, offered } = askedWhileSent();
    const before = play.action('a1');
    expect(before).toMatchObject({ state: 'needsPerson', sends: 1, baseline: { status: 'Authorized' }, outcome: { code: 'new-key' } });
    play.fails(action, { kind, status: 400 });
    expect(play.action('a1')).toEqual({ ...before, ...no });
    expect(offered()).toEqual([true, true]);
  });
});

describe('an answer that comes when its action is no longer being sent', () => {
  it.each(['waiting', 'checking', 'needsPerson', 'refused', 'withdrawn', 'expired', 'done'] as const)('counts where it is a yes: %s', (state) => {
    const action = anAction({ id: 'a1', state, sends: 1, sentAtMs: NOON_MS });
    const play = aPlay([action], { gate: 'no-key' });
    play.answer(action, 'cp_1');
    expect(play.action('a1')).toMatchObject({ state: 'done', outcome: { code: 'done', settledBy: 'answer', captureId: 'cp_1' } });
  });

  it('corrects a person who said that it was not done, and says so', () => {
    const action = anAction({ id: 'a1', state: 'needsPerson', sends: 1, sentAtMs: NOON_MS });
    const play = aPlay([action], { gate: 'no-key' });
    play.event({ type: 'settle', actionId: 'a1', verdict: 'did-not-happen', note: 'not there' });
    play.answer(action, 'cp_1');
    expect(play.action('a1')).toMatchObject({ state: 'done', outcome: { code: 'done', ...words.doneAfterAll(action) } });
  });

  it.each(['waiting', 'checking', 'refused', 'withdrawn', 'expired', 'done'] as const)('changes nothing where it is none: %s', (state) => {
    const action = anAction({ id: 'a1', state, sends: 1, sentAtMs: NOON_MS });
    const play = aPlay([action], { gate: 'no-key' });
    for (const kind of ['refused', 'unknown-outcome', 'not-sent', 'throttled'] as const) play.fails(action, { kind, status: 400 });
    expect(play.action('a1')).toBe(action);
  });

  it('frees the lane though nobody remembers the action', () => {
    const play = aPlay([]);
    expect(() => play.answer(anAction({ id: 'gone' }), 'cp_1')).not.toThrow();
    expect(() => play.fails(anAction({ id: 'gone' }))).not.toThrow();
  });
});

describe('what was heard in a step that broke', () => {
  const broken = (play: ReturnType<typeof aPlay>, event: QueueEvent) => {
    const now = { nowMs: play.nowMs(), wallMs: play.nowMs(), monotonicMs: play.monotonicMs(), random: 0, zone: LONDON, apiVersion: '2024-02-05' };
    return unheard(play.state(), event, now);
  };
  const wakes = (effects: ReturnType<typeof unheard>['effects']) => effects.some(({ type }) => type === 'wake');

  it('is an unknown outcome where it was the answer to a move, even a yes', () => {
    const action = anAction({ id: 'a1', seq: 1 });
    const play = aPlay([action]);
    play.read(action, hold);
    const { state, effects } = broken(play, { type: 'answered', actionId: 'a1', result: { ok: true, value: { captureId: 'cp_1', dojoId: null } } });
    expect([...state.busy.keys()]).toEqual([]);
    expect(state.actions.get('a1')).toMatchObject({ state: 'checking', sends: 1, outcome: { code: 'unknown-outcome' } });
    expect(effects.map(({ type }) => type)).toContain('write');
    expect(wakes(effects)).toBe(true);
  });

  it('is read again later where it was a reading', () => {
    const action = anAction({ id: 'a1', seq: 1 });
    const play = aPlay([action]);
    const startedAt = { wallMs: play.nowMs(), monotonicMs: play.monotonicMs() };
    const { state, effects } = broken(play, { type: 'read', actionId: 'a1', startedAt, dojoAtMs: null, result: { ok: true, value: hold } });
    expect([...state.busy.keys()]).toEqual([]);
    expect(state.actions.get('a1')?.state).toBe('waiting');
    expect(state.actions.get('a1')?.notBeforeMs).toBeGreaterThan(NOON_MS);
    expect(wakes(effects)).toBe(true);
  });

  it('changes nothing where it was of nobody, and the queue is looked at again', () => {
    const play = aPlay([anAction({ id: 'a1' })]);
    const { state, effects } = broken(play, { type: 'tick' });
    expect(state.actions).toEqual(play.state().actions);
    expect(effects.map(({ type }) => type)).toEqual(['wake']);
  });
});
