import { describe, expect, it } from 'vitest';
import { SETTLING_MS } from '../../../main/core/queue/evidence.ts';
import { aHold, anAction, DAY_MS, HOUR_MS, MINUTE_MS, NOON_MS } from '../../builders.ts';
import { aPlay, hold, lost, taken } from './queue-play.ts';

describe('the line', () => {
  const two = [anAction({ id: 'a1', seq: 1, paymentId: 'pi_1' }), anAction({ id: 'a2', seq: 2, paymentId: 'pi_2' })];

  it('that is down is felt for by one request, ever more rarely; when it is back, all go on', () => {
    const play = aPlay(two);
    for (const action of two) play.readFails(action, { kind: 'not-sent' });
    expect(play.state().line).toMatchObject({ up: false, failures: 1 });
    expect(play.wakesInMs()).toBe(500);
    play.pass(500);
    expect(play.reads()).toHaveLength(1);
    play.readFails(play.action(play.reads()[0] ?? ''), { kind: 'not-sent' });
    expect(play.wakesInMs()).toBe(1_000);
    play.pass(999);
    expect(play.reads()).toEqual([]);
    play.event({ type: 'line', up: true });
    expect(play.reads()).toEqual(['a1', 'a2']);
  });

  it('said to be down again and again is still felt for in time', () => {
    const play = aPlay(two);
    play.readFails(play.action('a1'), { kind: 'not-sent' });
    play.readFails(play.action('a2'), { kind: 'not-sent' });
    for (let time = 0; time < 50; time++) play.event({ type: 'line', up: false });
    play.pass(500);
    expect(play.reads()).toHaveLength(1);
  });

  it('keeps the order of acceptance while it is down', () => {
    const play = aPlay(two);
    for (const action of two) play.readFails(action, { kind: 'not-sent' });
    for (let time = 0; time < 5; time++) {
      play.pass(MINUTE_MS);
      expect(play.reads()).toEqual(['a1']);
      play.readFails(play.action('a1'), { kind: 'not-sent' });
    }
  });

  it('is there where Dojo answers anything at all', () => {
    for (const kind of ['throttled', 'key-refused', 'refused'] as const) {
      const play = aPlay(two);
      play.event({ type: 'line', up: false });
      play.readFails(play.action('a1'), { kind, status: 404 });
      expect(play.state().line.up).toBe(true);
    }
  });
});

describe('Dojo asks to wait', () => {
  it('is waited for also where the clock was set back since an earlier wait: what lies hours ahead by now counts for nothing', () => {
    const play = aPlay([anAction({ id: 'a1', seq: 1, paymentId: 'pi_1' })]);
    play.event({ type: 'throttled', untilMs: NOON_MS + HOUR_MS });
    play.readFails(play.action('a1'), { kind: 'throttled', retryAfterMs: 7_000 });
    expect(play.state().throttledUntilMs).toBe(NOON_MS + 7_000);
    expect(play.reads()).toEqual([]);
    // What was told so comes a moment later: others go first.
    expect(play.wakesInMs()).toBe(7_500);
  });

  it('nothing is asked before the time it named, and a send on the way does not slip through', () => {
    const two = [anAction({ id: 'a1', seq: 1, paymentId: 'pi_1' }), anAction({ id: 'a2', seq: 2, paymentId: 'pi_2' })];
    const play = aPlay(two);
    play.readFails(play.action('a1'), { kind: 'throttled', retryAfterMs: 7_000 });
    play.read(play.action('a2'), aHold({ id: 'pi_2' }));
    expect(play.effects()).toEqual(['wake 7000']);
    play.pass(6_999);
    expect(play.reads()).toEqual([]);
    play.pass(1);
    expect(play.reads()).toEqual(['a2']);
    play.pass(500);
    expect(play.reads()).toEqual(['a1']);
  });

  it('without naming a time: ever longer', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    const waits = [0, 1, 2, 3].map(() => {
      play.readFails(action, { kind: 'throttled' });
      const waited = play.wakesInMs() ?? 0;
      play.pass(waited);
      return waited;
    });
    expect(waits).toEqual([500, 1_000, 2_000, 4_000].map((ms) => ms + 500));
  });
});

describe('the gate', () => {
  it('refused key: nothing is asked, nothing is lost, and it goes on when the key is mended', () => {
    const { action, play } = lost();
    const other = anAction({ id: 'a2', paymentId: 'pi_2' });
    play.event({ type: 'accepted', actions: [other] });
    play.readFails(other, { kind: 'key-refused', status: 401 });
    expect(play.state().gate).toBe('open');
    // The list says it too.
    play.event({ type: 'gate', gate: 'stopped', accountId: 'acc_1' });
    play.pass(DAY_MS);
    expect(play.effects()).toEqual([]);
    expect([play.action('a1').state, play.action('a2').state]).toEqual(['checking', 'waiting']);
    play.event({ type: 'gate', gate: 'open', accountId: 'acc_1' });
    expect(play.reads()).toEqual(['a1', 'a2']);
    play.read(action, taken('cp_1'));
    expect(play.action('a1').state).toBe('done');
  });

  it('another account’s actions are neither sent nor read, and wait', () => {
    const other = anAction({ id: 'a1', accountId: 'acc_2' });
    const play = aPlay([other]);
    play.pass(DAY_MS);
    play.event({ type: 'retryNow', actionId: 'a1' });
    expect(play.reads()).toEqual([]);
    expect(play.action('a1').state).toBe('waiting');
    play.event({ type: 'gate', gate: 'open', accountId: 'acc_2' });
    expect(play.reads()).toEqual(['a1']);
  });

  it('the account changed while a read was under way: nothing is sent with the other key', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    play.event({ type: 'gate', gate: 'open', accountId: 'acc_2' });
    play.read(action, hold);
    expect(play.sends()).toEqual([]);
    expect(play.action('a1').state).toBe('waiting');
  });

  it('a late refusal of the other account’s key does not stop this one', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    play.event({ type: 'gate', gate: 'open', accountId: 'acc_2' });
    play.readFails(action, { kind: 'key-refused', status: 401 });
    expect(play.state().gate).toBe('open');
  });
});

describe('paused', () => {
  it('sends nothing, also not what was being read; checks go on; resuming goes on', () => {
    const { action, play } = lost();
    const other = anAction({ id: 'a2', paymentId: 'pi_2' });
    play.event({ type: 'accepted', actions: [other] });
    play.event({ type: 'paused', paused: true });
    play.read(other, aHold({ id: 'pi_2' }));
    expect(play.sends()).toEqual([]);
    play.pass(SETTLING_MS);
    expect(play.reads()).toEqual(['a1']);
    play.read(action, hold);
    expect(play.action('a1').state).toBe('waiting');
    expect(play.effects()).toEqual(['write a1:waiting']);
    play.event({ type: 'paused', paused: false });
    expect(play.reads()).toEqual(['a2', 'a1']);
  });
});

describe('the disk', () => {
  it('that fails: what was not written was not sent, counts as no send, and goes out when the disk is back', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    play.read(action, hold);
    play.event({ type: 'disk', ok: false, unsent: ['a1'] });
    expect(play.action('a1')).toMatchObject({ state: 'waiting', sends: 0, baseline: null, outcome: { code: 'disk' } });
    expect(play.effects()).toEqual(['write a1:waiting']);
    play.pass(DAY_MS);
    expect(play.reads()).toEqual([]);
    play.event({ type: 'disk', ok: true, unsent: [] });
    expect(play.reads()).toEqual(['a1']);
  });
});

describe('a payment with an action that cannot be read from the disk', () => {
  it('gets nothing sent, also not what was being read; unknown outcomes on it are still read, and other payments go on', () => {
    const { action, play } = lost();
    const other = anAction({ id: 'a2', paymentId: 'pi_2' });
    const third = anAction({ id: 'a3', paymentId: 'pi_3' });
    play.event({ type: 'accepted', actions: [other, third] });
    play.event({ type: 'unreadable', paymentIds: ['pi_test', 'pi_2'] });
    play.read(other, aHold({ id: 'pi_2' }));
    expect(play.effects().filter((effect) => !effect.startsWith('wake'))).toEqual([]);
    play.read(third, aHold({ id: 'pi_3' }));
    expect(play.sends()).toEqual(['a3']);
    play.pass(SETTLING_MS);
    expect(play.reads()).toEqual(['a1']);
    play.read(action, hold);
    expect(play.action('a1').state).toBe('waiting');
    play.pass(HOUR_MS);
    expect(play.reads()).toEqual([]);
  });
});
