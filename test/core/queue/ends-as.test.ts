import { describe, expect, it } from 'vitest';
import { endOf } from '../../../main/core/queue/action.ts';
import { baselineOf } from '../../../main/core/queue/evidence.ts';
import { isReleasable, isSettleable } from '../../../main/core/queue/queue-state.ts';
import { decodeAction, encodeAction } from '../../../main/ledger/rows.ts';
import { anAction, anOutcome, MINUTE_MS, NOON_MS } from '../../builders.ts';
import { hold, lost } from './queue-play.ts';

/** A capture of the whole, whose answer was lost, found absent and to be sent again, as a person removes it. */
function removed() {
  const { action, play } = lost({}, hold);
  play.event({ type: 'paused', paused: true });
  play.pass(3 * MINUTE_MS);
  play.read(action, hold);
  expect(play.action('a1').state).toBe('waiting');
  play.event({ type: 'withdraw', actionId: 'a1' });
  expect(play.action('a1')).toMatchObject({ state: 'checking', endsAs: 'withdrawn' });
  play.event({ type: 'paused', paused: false });
  return { action, play };
}

describe('what a person removed, where the look that has to agree fails', () => {
  const asked = () => {
    const { action, play } = removed();
    play.readFails(action, { kind: 'refused', status: 404 });
    return { action, play };
  };

  it('needs a person and says that it was removed; it is not offered for sending', () => {
    const { play } = asked();
    const it = play.action('a1');
    expect(it).toMatchObject({ state: 'needsPerson', outcome: { code: 'unreadable', message: expect.stringMatching(/^Removed\. /) } });
    expect(it.outcome?.next).not.toMatch(/send/i);
    expect([isSettleable(play.state(), it), isReleasable(play.state(), it)]).toEqual([true, false]);
    play.event({ type: 'release', actionId: 'a1', decidedOn: baselineOf(hold, NOON_MS) });
    expect(play.action('a1').state).toBe('needsPerson');
  });

  it('is removed once it is read again, and never sent', () => {
    const { action, play } = asked();
    play.event({ type: 'retryNow', actionId: 'a1' });
    expect(play.action('a1')).toMatchObject({ state: 'checking', outcome: { code: 'withdrawn-unread' } });
    play.read(action, hold);
    expect([play.action('a1').state, play.sends()]).toEqual(['withdrawn', []]);
  });

  it('is still removed after the record was handed over, also on the disk', () => {
    const { play } = removed();
    play.event({ type: 'moved', why: 'moved', accountId: null });
    const read = decodeAction(encodeAction(play.action('a1')));
    expect(read).toMatchObject({ ok: true, value: { state: 'needsPerson', endsAs: 'withdrawn', outcome: { code: 'moved' } } });
    expect(isReleasable(play.state(), play.action('a1'))).toBe(false);
  });
});

it('what Dojo refused stays refused where the look that has to agree fails for long', () => {
  const { action, play } = lost({}, hold, { kind: 'refused', status: 403 });
  expect(play.action('a1')).toMatchObject({ state: 'checking', endsAs: 'refused' });
  play.readFails(action, { kind: 'refused', status: 404 });
  expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'unreadable' } });
  play.event({ type: 'retryNow', actionId: 'a1' });
  play.read(action, hold);
  expect([play.action('a1').state, play.sends()]).toEqual(['refused', []]);
  expect(play.action('a1').outcome).toMatchObject({ code: 'refused', settledBy: 'answer' });
});

it('a person who lets go what Dojo refused decides anew', () => {
  const { action, play } = lost({}, hold, { kind: 'refused', status: 403 });
  play.readFails(action, { kind: 'refused', status: 404 });
  play.event({ type: 'release', actionId: 'a1', decidedOn: baselineOf(hold, play.nowMs()) });
  expect(play.action('a1').endsAs).toBeUndefined();
});

it.each([
  ['withdrawn-unread', 'till', 'checking', 'withdrawn'],
  ['refused-unread', 'answer', 'checking', 'refused'],
  ['conflict', 'answer', 'needsPerson', 'refused'],
  ['conflict', 'till', 'needsPerson', undefined],
  ['unknown-outcome', 'till', 'checking', undefined],
] as const)('an older till wrote it into the outcome: %s by %s, %s', (code, settledBy, state, ends) =>
  expect(endOf(anAction({ state, outcome: anOutcome({ code, settledBy }) }))).toBe(ends),
);
