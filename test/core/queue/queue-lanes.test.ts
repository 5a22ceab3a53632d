import { describe, expect, it } from 'vitest';
import type { Action } from '../../../main/core/queue/action.ts';
import { baselineOf } from '../../../main/core/queue/evidence.ts';
import { aCapture, aHold, anAction, MINUTE_MS, NOON_MS } from '../../builders.ts';
import { aPlay, biggerHold as hold } from './queue-play.ts';

const taken = (id: string) => ({ ...hold, captures: [aCapture({ id })] });

describe('lanes', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => anAction({ id: `a${index + 1}`, seq: index + 1, paymentId: `pi_${index + 1}` }));
  const of = (action: Action) => aHold({ id: action.paymentId });

  it('are four at first, grow by one with each clean answer, up to eight', () => {
    const actions = many(30);
    const play = aPlay(actions);
    expect(play.reads()).toHaveLength(4);
    for (const [index, action] of actions.slice(0, 10).entries()) {
      play.read(action, of(action));
      play.answer(action);
      expect(play.state().lanes).toBe(Math.min(8, 5 + index));
      expect(play.state().busy.size).toBe(play.state().lanes);
    }
  });

  it.each<readonly [string, Parameters<ReturnType<typeof aPlay>['fails']>[1]]>([
    ['429', { kind: 'throttled', status: 429 }],
    ['503', { status: 503, cause: 'http-503' }],
  ])('are halved on %s, never below one', (_, failure) => {
    const actions = many(10);
    const play = aPlay(actions);
    const lanes = [];
    for (const action of actions.slice(0, 4)) {
      play.readFails(action, failure);
      lanes.push(play.state().lanes);
    }
    expect(lanes).toEqual([2, 1, 1, 1]);
  });

  it('are not halved by one payment that runs into its time-out again and again, but by three within ten seconds', () => {
    const actions = many(10);
    const play = aPlay(actions);
    const [one, two, three] = actions as [Action, Action, Action];
    for (let again = 0; again < 3; again++) {
      play.readFails(one, { cause: 'timeout' });
      play.pass(2_000);
      play.event({ type: 'retryNow', actionId: one.id });
    }
    expect(play.state().lanes).toBe(4);
    play.readFails(two, { cause: 'timeout' });
    expect(play.state().lanes).toBe(4);
    play.readFails(three, { cause: 'timeout' });
    expect(play.state().lanes).toBe(2);
  });

  it('are not halved by three time-outs with more than ten seconds between the first and the last', () => {
    const actions = many(10);
    const play = aPlay(actions);
    for (const action of actions.slice(0, 3)) {
      play.readFails(action, { cause: 'timeout' });
      play.pass(5_001);
    }
    expect(play.state().lanes).toBe(4);
  });

  it('are given free by a request that is not answered for three seconds, 24 at most', () => {
    const actions = many(60);
    const play = aPlay(actions);
    expect(play.reads()).toHaveLength(4);
    expect(play.wakesInMs()).toBe(3_000);
    play.pass(2_999);
    expect(play.reads()).toEqual([]);
    play.pass(1);
    expect(play.reads()).toHaveLength(4);
    for (let more = 0; more < 20; more++) play.pass(3_000);
    expect(play.state().busy.size).toBe(24 + 4);
    const [first] = actions as [Action];
    play.read(first, of(first));
    expect(play.sends()).toEqual(['a1']);
    expect(play.state().busy.size).toBe(24 + 4);
  });

  it('hold one action of a payment at a time, in the order of acceptance', () => {
    const first = anAction({ id: 'a1', seq: 1, move: { kind: 'capture', amount: 2000 } });
    const second = anAction({ id: 'a2', seq: 2, move: { kind: 'capture', amount: 2200 } });
    const play = aPlay([first, second]);
    expect(play.reads()).toEqual(['a1']);
    play.read(first, hold);
    play.answer(first, 'cp_1');
    expect(play.reads()).toEqual(['a2']);
    play.read(second, taken('cp_1'));
    expect(play.sends()).toEqual(['a2']);
  });

  it('a refused one lets the next of its payment go', () => {
    const first = anAction({ id: 'a1', seq: 1 });
    const second = anAction({ id: 'a2', seq: 2 });
    const play = aPlay([first, second]);
    play.read(first, hold);
    play.fails(first, { kind: 'refused', status: 400 });
    expect(play.reads()).toEqual(['a1']);
    play.read(first, hold);
    expect(play.reads()).toEqual(['a2']);
  });

  it('what was accepted first is not refused for what was accepted after it', () => {
    const take = anAction({ id: 'a1', seq: 1, move: { kind: 'capture', amount: 1000 } });
    const refund = anAction({ id: 'a2', seq: 2, move: { kind: 'refund', amount: 500 } });
    const play = aPlay([take, refund]);
    play.read(take, taken('cp_1'));
    expect(play.sends()).toEqual(['a1']);
  });

  it.each(['checking', 'needsPerson'] as const)('one that is %s holds up its own payment and no other', (state) => {
    const baseline = baselineOf(hold, NOON_MS);
    const stuck = anAction({ id: 'a1', seq: 1, state, sends: 1, sentAtMs: NOON_MS, baseline, notBeforeMs: NOON_MS + MINUTE_MS });
    const behind = anAction({ id: 'a2', seq: 2 });
    const others = many(6).map((action) => ({ ...action, id: `b${action.id}`, seq: action.seq + 2 }));
    const play = aPlay([stuck, behind, ...others]);
    for (const action of others) {
      play.read(action, of(action));
      play.answer(action);
    }
    for (const action of others) expect(play.action(action.id).state).toBe('done');
    expect(play.action('a2').state).toBe('waiting');
  });

  it('go on where some payments can never be read and hold the last lane for half a minute each time', () => {
    const stuck = many(4).map((action) => ({ ...action, state: 'checking' as const, sends: 1, sentAtMs: NOON_MS, baseline: baselineOf(hold, NOON_MS) }));
    const play = aPlay(stuck);
    for (const action of stuck) play.readFails(action, { status: 503, cause: 'http-503' });
    expect(play.state().lanes).toBe(1);
    play.pass(1_000);
    const well = anAction({ id: 'well', seq: 99, paymentId: 'pi_well', acceptedAtMs: play.nowMs() });
    play.event({ type: 'accepted', actions: [well] });
    for (let reads = 0; reads < 12 && play.state().busy.get('well') === undefined; reads++) {
      const [onWire] = play.state().busy.keys();
      play.setClock(play.nowMs() + 30_000);
      if (onWire) play.readFails(play.action(onWire), { status: 503, cause: 'http-503' });
      else play.event({ type: 'tick' });
    }
    expect(play.state().busy.get('well')).toMatchObject({ what: 'reading' });
  });

  it('after a withdrawal with its read under way, the next of the payment starts at once', () => {
    const first = anAction({ id: 'a1', seq: 1 });
    const second = anAction({ id: 'a2', seq: 2 });
    const play = aPlay([first, second]);
    play.event({ type: 'withdraw', actionId: 'a1' });
    expect(play.reads()).toEqual(['a2']);
    play.read(first, hold);
    expect(play.sends()).toEqual([]);
    expect([...play.state().busy.keys()]).toEqual(['a2']);
    play.read(second, hold);
    expect(play.sends()).toEqual(['a2']);
  });
});
