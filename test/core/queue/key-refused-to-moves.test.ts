import { describe, expect, it } from 'vitest';
import type { Action } from '../../../main/core/queue/action.ts';
import { LANE_FREED_AFTER_MS } from '../../../main/core/queue/lanes.ts';
import { anAction, HOUR_MS, MINUTE_MS } from '../../builders.ts';
import { aPlay, hold } from './queue-play.ts';

/** Dojo answers 401 to moves while it lets the same key read: a key that was mended would show in neither. */
const takes = (count: number) => Array.from({ length: count }, (_, at) => anAction({ id: `a${at}`, seq: at, paymentId: `pi_${at}` }));
const of = ({ paymentId }: Action) => ({ ...hold, id: paymentId });
const REFUSED = { kind: 'key-refused', status: 401 } as const;

/** For so long Dojo answers at once: readings as ever, 401 to the moves of some payments. Which payments were sent for. */
function answered(play: ReturnType<typeof aPlay>, forMs: number, isRefused: (action: Action) => boolean): string[] {
  const sent: string[] = [];
  const untilMs = play.nowMs() + forMs;
  for (;;) {
    const [[id, busy] = []] = play.state().busy;
    if (id === undefined || !busy) {
      if (play.nowMs() >= untilMs) return sent;
      play.pass(Math.min(play.wakesInMs() ?? forMs, untilMs - play.nowMs()));
    } else if (busy.what === 'reading') play.read(play.action(id), of(play.action(id)));
    else {
      sent.push(play.action(id).paymentId);
      if (isRefused(play.action(id))) play.fails(play.action(id), REFUSED);
      else play.answer(play.action(id), `cp_${id}`);
    }
  }
}

describe('401 to a move, while Dojo lets the key read', () => {
  it('is that payment’s own: the others go out at once, and it waits, asked ever more rarely', () => {
    const play = aPlay(takes(40));
    const sent = answered(play, 10 * MINUTE_MS, ({ id }) => id === 'a0');
    expect(play.state().gate).toBe('open');
    expect(takes(40).filter(({ id }) => play.action(id).state === 'done')).toHaveLength(39);
    // The key is the others' too, and they went: nobody is sent to the settings.
    expect(play.action('a0')).toMatchObject({
      ...{ state: 'waiting', sends: 0 },
      outcome: { code: 'key-refused', message: 'Dojo does not accept the key for this payment. Tillside tries again.' },
    });
    expect(play.state().stoppedOperations.size).toBe(0);
    const asked = sent.filter((paymentId) => paymentId === 'pi_0').length;
    expect(asked).toBeGreaterThan(5);
    expect(asked).toBeLessThan(30);
  });

  it('of three payments in a row stops the operation alone, and one of it asks again at growing intervals, half a minute at most', () => {
    const other = anAction({ id: 'other', seq: 99, paymentId: 'pi_other', move: { kind: 'reverse' } });
    const play = aPlay([...takes(40), other]);
    const sent = answered(play, 10 * MINUTE_MS, ({ move }) => move.kind === 'capture');
    expect(play.state().gate).toBe('open');
    expect([...play.state().stoppedOperations]).toEqual(['capture']);
    expect(play.action('other').state).toBe('done');
    expect(takes(40).every(({ id }) => play.action(id).state === 'waiting')).toBe(true);
    expect(sent.length).toBeGreaterThan(20);
    expect(sent.length).toBeLessThan(60);
    // Dojo takes it again: nobody has to do anything.
    expect(answered(play, MINUTE_MS + 5_000, () => false)).toHaveLength(40);
    expect(play.state().stoppedOperations.size).toBe(0);
  });

  it('of three payments in a row is called stopped only once something was read since: the key may be refused altogether, and then it is not', () => {
    const play = aPlay(takes(8));
    for (const action of takes(3)) play.read(action, of(action));
    for (const action of takes(3)) play.fails(action, REFUSED);
    expect([play.state().stoppedOperations.size, play.state().feltFor.size]).toEqual([0, 1]);
    // A list that was not answered well says nothing.
    play.event({ type: 'line', up: true, isUnwell: true });
    expect(play.state().stoppedOperations.size).toBe(0);
    play.event({ type: 'line', up: true });
    expect([...play.state().stoppedOperations]).toEqual(['capture']);
    play.event({ type: 'gate', gate: 'stopped', accountId: 'acc_1' });
    expect([play.state().stoppedOperations.size, play.state().feltFor.size]).toEqual([0, 0]);
  });

  it('is felt for by one at a time', () => {
    const actions = takes(8);
    const play = aPlay(actions);
    const [first, second, third] = actions as [Action, Action, Action];
    for (const action of [first, second, third]) {
      play.read(action, of(action));
      play.fails(action, REFUSED);
    }
    const late = [...play.state().busy.keys()];
    for (const id of late) play.read(play.action(id), of(play.action(id)));
    expect(play.sends()).toEqual([]);
    expect(play.state().busy.size).toBe(0);
    play.pass(play.wakesInMs() ?? 0);
    expect(play.reads()).toHaveLength(1);
    const [felt = ''] = play.reads();
    play.read(play.action(felt), of(play.action(felt)));
    expect(play.sends()).toEqual([felt]);
    play.pass(LANE_FREED_AFTER_MS - 1);
    expect([...play.state().busy.keys()]).toEqual([felt]);
    // What hangs holds up nobody: another one feels.
    play.pass(play.wakesInMs() ?? 0);
    expect(play.reads()).toHaveLength(1);
    expect(play.reads()).not.toEqual([felt]);
    play.answer(play.action(felt), 'cp_1');
    expect(play.reads().length).toBeGreaterThan(1);
  });

  it('is felt for no later where the clock is put back meanwhile', () => {
    const play = aPlay(takes(8));
    for (const action of takes(3)) {
      play.read(action, of(action));
      play.fails(action, REFUSED);
    }
    for (const id of [...play.state().busy.keys()]) play.read(play.action(id), of(play.action(id)));
    const waitsMs = play.wakesInMs() ?? 0;
    play.setClock(play.nowMs() - 5 * MINUTE_MS);
    play.event({ type: 'tick' });
    expect(play.wakesInMs()).toBe(waitsMs);
    play.pass(waitsMs);
    expect(play.reads()).toHaveLength(1);
  });

  it('stopped by 403 since, it is felt for no more: each try would end one as refused', () => {
    const actions = takes(8);
    const play = aPlay(actions);
    const failing = (action: Action, failure: Parameters<typeof play.fails>[1]) => {
      play.read(action, of(action));
      play.fails(action, failure);
    };
    const [a, b, c] = actions as [Action, Action, Action];
    failing(a, REFUSED);
    failing(b, REFUSED);
    failing(c, { kind: 'refused', status: 403 });
    const sent = answered(play, 10 * MINUTE_MS, () => false);
    expect(sent).toEqual([]);
    expect([...play.state().stoppedOperations]).toEqual(['capture']);
  });

  it('is that payment’s own also where a reading of it is answered so: whether the key is refused altogether the list tells', () => {
    const play = aPlay(takes(2));
    const [first, second] = takes(2) as [Action, Action];
    play.readFails(first, REFUSED);
    expect(play.state().gate).toBe('open');
    expect(play.action('a0')).toMatchObject({
      state: 'waiting',
      sends: 0,
      outcome: { code: 'read-refused', status: 401, message: 'Dojo does not accept the key for this payment. Nothing was sent; Tillside tries again.' },
    });
    play.read(second, of(second));
    expect(play.sends()).toEqual(['a1']);
  });

  it('that stays is a person’s after half an hour, whatever its readings say, and Dojo’s word that it did nothing goes with it', () => {
    const play = aPlay(takes(1));
    const sent = answered(play, 29 * MINUTE_MS, () => true);
    expect(play.action('a0').state).toBe('waiting');
    answered(play, 3 * MINUTE_MS, () => true);
    expect(play.action('a0')).toMatchObject({ state: 'needsPerson', sends: 0, outcome: { code: 'key-refused', status: 401, settledBy: 'answer' } });
    expect(sent.length).toBeLessThan(70);
    // Looked at once more, it is Dojo's no that the payment bears out.
    play.event({ type: 'retryNow', actionId: 'a0' });
    expect(answered(play, MINUTE_MS, () => true)).toEqual([]);
    expect(play.action('a0')).toMatchObject({ state: 'refused' });
  });

  it('that stays is no person’s where the key was refused altogether meanwhile', () => {
    const play = aPlay(takes(1));
    answered(play, 20 * MINUTE_MS, () => true);
    play.event({ type: 'gate', gate: 'stopped', accountId: 'acc_1' });
    play.pass(2 * HOUR_MS);
    play.event({ type: 'gate', gate: 'open', accountId: 'acc_1' });
    expect(play.reads()).toEqual(['a0']);
    answered(play, 20 * MINUTE_MS, () => true);
    expect(play.action('a0').state).toBe('waiting');
  });

  it('is felt for at once by what a person decides or lets go meanwhile, ahead of what was answered so before', () => {
    const play = aPlay(takes(3));
    answered(play, 5 * MINUTE_MS, () => true);
    expect([...play.state().stoppedOperations]).toEqual(['capture']);
    const next = anAction({ id: 'next', seq: 99, paymentId: 'pi_next', acceptedAtMs: play.nowMs() });
    play.event({ type: 'accepted', actions: [next] });
    expect(play.reads()).toEqual(['next']);
    play.read(next, of(next));
    expect(play.sends()).toEqual(['next']);
    play.answer(next, 'cp_next');
    expect(play.state().stoppedOperations.size).toBe(0);
  });

  it('is felt for by a whole batch no more than by one: the rest waits as before', () => {
    const play = aPlay(takes(3));
    answered(play, 5 * MINUTE_MS, () => true);
    const batch = Array.from({ length: 20 }, (_, at) => anAction({ id: `b${at}`, seq: 50 + at, paymentId: `pi_b${at}`, acceptedAtMs: play.nowMs() }));
    play.event({ type: 'accepted', actions: batch });
    expect(play.reads()).toEqual(['b0']);
    expect(answered(play, 5_000, () => true)).toEqual(['pi_b0']);
  });

  it('lets none wait for its turn behind one that is held for another reason', () => {
    const play = aPlay(takes(3));
    answered(play, 5 * MINUTE_MS, () => true);
    const held = anAction({ id: 'held', seq: 99, paymentId: 'pi_held', acceptedAtMs: play.nowMs(), notBeforeMs: play.nowMs() + 9 * MINUTE_MS });
    play.event({ type: 'accepted', actions: [held] });
    expect(answered(play, MINUTE_MS, () => true).length).toBeGreaterThan(0);
  });
});
