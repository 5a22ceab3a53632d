import { expect, it } from 'vitest';
import type { Action } from '../../../main/core/queue/action.ts';
import { baselineOf } from '../../../main/core/queue/evidence.ts';
import { sinceFirstSend } from '../../../main/core/queue/first-send.ts';
import { anAction, MINUTE_MS, NOON_MS } from '../../builders.ts';
import { aTurn } from './a-turn.ts';
import { hold } from './queue-play.ts';

const sent = (firstSentAtMs: number | null, baseline: Action['baseline'] = baselineOf(hold, NOON_MS)) =>
  anAction({ id: 'a1', state: 'checking', sends: 1, firstSentAtMs, baseline });

// Where it is called sure by mistake, a refund goes out again though Dojo may have forgotten its key: the customer gets it twice.
// Where it is called unsure by mistake, a person is asked for nothing.
it.each<readonly [string, putBackSince: number | null, sentSince: number, nowMonotonicMs: number, boolean]>([
  ['never', null, 1_000, 61_000, true],
  ['before it', 999, 1_000, 61_000, true],
  ['in the step that sent it', 1_000, 1_000, 61_000, true],
  ['after it', 1_001, 1_000, 61_000, false],
  ['never, and the monotonic clock counts from below zero', null, -61_000, -1_000, true],
])('how long ago the first send of this run was is sure or not, the clock being put back %s', (_, putBackSince, sentSince, monotonicMs, isSure) => {
  const action = sent(NOON_MS - MINUTE_MS);
  const turn = aTurn([action], { putBackSince, firstSentSince: new Map([['a1', sentSince]]) }, { monotonicMs });
  expect(sinceFirstSend(turn, action, null)).toEqual({ longestMs: MINUTE_MS, isSure });
});

// A sleep that the monotonic clock did not count, after the PC's clock was put back before it: Dojo alone tells, and is in doubt at first.
it.each<readonly [string, otherwiseMs: number | null, dojoAtMs: number | null, boolean]>([
  ['nothing else', null, NOON_MS, true],
  ['an answer before this one, half a minute later than the till', NOON_MS + 30_000, NOON_MS, true],
  ['an answer before this one, more than that', NOON_MS + 30_001, NOON_MS, false],
  ['this answer, half a minute later than the till', null, NOON_MS + 30_000, true],
  ['this answer, more than that', null, NOON_MS + 30_001, false],
  ['an answer that is earlier', NOON_MS - 60 * MINUTE_MS, NOON_MS, true],
])('the first send of this run may be longer ago than the till’s time says, where a later time is told by %s', (_, otherwiseMs, dojoAtMs, isSure) => {
  const action = sent(NOON_MS - MINUTE_MS);
  const turn = aTurn([action], { firstSentSince: new Map([['a1', 1_000]]) }, { monotonicMs: 61_000, otherwiseMs });
  expect(sinceFirstSend(turn, action, dojoAtMs)).toEqual({ longestMs: MINUTE_MS, isSure });
});

it.each<readonly [string, number, Partial<Action>, dojoAtMs: number | null, boolean]>([
  ['a minute ago', MINUTE_MS, {}, NOON_MS, true],
  ['this very moment', 0, {}, NOON_MS, true],
  ['later than now: the clock was put back', -1, {}, NOON_MS, false],
  ['a minute ago, and Dojo does not say what time it is', MINUTE_MS, {}, null, false],
  ['a minute ago, dated by the PC alone', MINUTE_MS, { baseline: { ...baselineOf(hold, NOON_MS), isUndated: true } }, NOON_MS, false],
  ['a minute ago, and an older till wrote it without what was known', MINUTE_MS, { baseline: null }, NOON_MS, true],
])('of an earlier run’s first send, %s, Dojo’s time tells', (_, agoMs, changes, dojoAtMs, isSure) => {
  const action = { ...sent(NOON_MS - agoMs), ...changes };
  expect(sinceFirstSend(aTurn([action]), action, dojoAtMs)).toEqual({ longestMs: agoMs, isSure });
});

it('of what was never sent there is none, and it says so', () => {
  expect(() => sinceFirstSend(aTurn([]), sent(null), NOON_MS)).toThrow('expected a1 to have been sent');
});
