import { describe, expect, it } from 'vitest';
import type { Action } from '../../../main/core/queue/action.ts';
import { baselineOf } from '../../../main/core/queue/evidence.ts';
import { aHold, anAction, anOutcome, aPayment, DAY_MS, HOUR_MS, LONDON, MINUTE_MS, NOON_MS } from '../../builders.ts';
import { aPlay } from './queue-play.ts';

const MIDNIGHT_MS = Date.parse('2026-06-15T23:00:00Z'); // London's, in summer
const TOKYO = 'Asia/Tokyo';
const TOKYO_MIDNIGHT_MS = Date.parse('2026-06-15T15:00:00Z');
const NEW_YORK_MIDNIGHT_MS = Date.parse('2026-06-16T04:00:00Z');
const hold = aHold({ id: 'pi_test' });
const sale = aPayment({ id: 'pi_test' });
const paidByMs = NOON_MS - HOUR_MS;

/** A reversal that waits, decided with the midnight of another zone. */
const aReversal = (deadlineAtMs: number, changes: Partial<Action> = {}) =>
  anAction({
    ...{ id: 'a1', move: { kind: 'reverse' }, deadlineAtMs, sameDay: { paidByMs, endsAtMs: null } },
    ...{ decidedOn: baselineOf(hold, NOON_MS), ...changes },
  });
const at = (action: Action, nowMs: number) => {
  const play = aPlay([action], { nowMs });
  play.dojoSays(nowMs);
  return play;
};

describe('a zone that is put right while a reversal waits', () => {
  it('brings the midnight nearer: a release after it is another decision, and is not sent', () => {
    const action = aReversal(NEW_YORK_MIDNIGHT_MS);
    const play = at(action, MIDNIGHT_MS + 33 * MINUTE_MS);
    play.read(action, hold);
    expect([play.action('a1').state, play.action('a1').outcome?.code, play.sends()]).toEqual(['expired', 'too-late', []]);
  });

  it('takes the midnight further away: it is not too late', () => {
    const action = aReversal(TOKYO_MIDNIGHT_MS, { decidedOn: baselineOf(sale, NOON_MS) });
    const play = at(action, TOKYO_MIDNIGHT_MS + HOUR_MS);
    play.read(action, sale);
    expect(play.sends()).toEqual(['a1']);
  });

  it('is followed as soon as it is set, and written, whatever the action waits for', () => {
    const needs = { state: 'needsPerson', outcome: anOutcome({ code: 'moved', settledBy: 'till' }) } as const;
    for (const changes of [{}, needs]) {
      const play = at(aReversal(MIDNIGHT_MS, changes), NOON_MS);
      expect(play.action('a1').deadlineAtMs).toBe(MIDNIGHT_MS);
      play.setZone(TOKYO);
      expect(play.action('a1')).toMatchObject({ deadlineAtMs: TOKYO_MIDNIGHT_MS, state: changes === needs ? 'needsPerson' : 'waiting' });
      expect(play.effects()).toContain(`write a1:${play.action('a1').state}`);
      play.setZone(TOKYO);
      expect(play.effects().filter((effect) => effect.startsWith('write'))).toEqual([]);
      play.setZone(LONDON);
      expect(play.action('a1').deadlineAtMs).toBe(MIDNIGHT_MS);
    }
  });

  it('moves no end of a hold that comes before it', () => {
    const endsAtMs = NOON_MS + 2 * HOUR_MS;
    const play = at(aReversal(endsAtMs, { sameDay: { paidByMs, endsAtMs } }), NOON_MS);
    play.setZone(TOKYO);
    expect(play.action('a1').deadlineAtMs).toBe(endsAtMs);
  });

  it.each<readonly [string, Partial<Action>]>([
    ['that was decided after its day', { sameDay: undefined, deadlineAtMs: NOON_MS + DAY_MS }],
    ['that has ended', { state: 'done', deadlineAtMs: NOON_MS + DAY_MS }],
  ])('leaves one alone %s', (_, changes) => {
    const play = at(aReversal(MIDNIGHT_MS, changes), NOON_MS);
    play.setZone(TOKYO);
    expect(play.action('a1').deadlineAtMs).toBe(NOON_MS + DAY_MS);
  });
});
