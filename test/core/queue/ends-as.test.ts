import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../main/core/failure.ts';
import type { Payment } from '../../../main/core/payment/payment.ts';
import { endOf } from '../../../main/core/queue/action.ts';
import { baselineOf } from '../../../main/core/queue/evidence.ts';
import { isReleasable, isSettleable } from '../../../main/core/queue/queue-state.ts';
import { decodeAction, encodeAction } from '../../../main/ledger/rows.ts';
import { aCapture, anAction, anOutcome, aPayment, MINUTE_MS, NOON_MS } from '../../builders.ts';
import { aPlay, biggerHold, hold, lost } from './queue-play.ts';

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

it('a refund that was let go once more and removed is not called undone where one like it shows since its first send', () => {
  const sale = aPayment({ id: hold.id });
  const { action, play } = lost({ move: { kind: 'refund', amount: 500 } }, sale);
  const risen = { ...sale, refundedMinor: 500 };
  play.pass(11 * MINUTE_MS);
  play.read(action, risen);
  expect(play.action('a1').outcome?.code).toBe('conflict');
  play.event({ type: 'release', actionId: 'a1', decidedOn: baselineOf(risen, play.nowMs()) });
  play.read(action, risen);
  play.fails(action, {});
  play.event({ type: 'paused', paused: true });
  play.pass(3 * MINUTE_MS);
  play.read(action, risen);
  play.event({ type: 'withdraw', actionId: 'a1' });
  play.read(action, risen);
  expect(play.action('a1')).toMatchObject({ state: 'needsPerson', endsAs: 'withdrawn', outcome: { code: 'conflict' } });
});

it('a person who lets go what Dojo refused decides anew', () => {
  const { action, play } = lost({}, hold, { kind: 'refused', status: 403 });
  play.readFails(action, { kind: 'refused', status: 404 });
  play.event({ type: 'release', actionId: 'a1', decidedOn: baselineOf(hold, play.nowMs()) });
  expect(play.action('a1').endsAs).toBeUndefined();
});

describe('what Dojo denied stays known, whatever a later look shows or does not show: another till’s part is never called its own', () => {
  const part = { kind: 'capture', amount: 2000 } as const;
  const throttled: Partial<Failure> = { kind: 'throttled', status: 429, retryAfterMs: 1_000 };
  const withAnothers = (atMs: number): Payment => ({ ...biggerHold, updatedAtMs: atMs, captures: [aCapture({ id: 'cp_other', createdAtMs: atMs })] });
  const denied = (failure = throttled) => lost({ move: part, decidedOn: baselineOf(biggerHold, NOON_MS) }, biggerHold, failure);
  const look = (play: ReturnType<typeof aPlay>) => {
    play.event({ type: 'retryNow', actionId: 'a1' });
    expect(play.action('a1')).toMatchObject({ state: 'checking', outcome: { code: 'refused-unread' } });
    play.pass(2 * MINUTE_MS);
  };

  it('also where a person looks again and Dojo does not know the payment for a while', () => {
    const { action, play } = denied();
    play.pass(3_000);
    play.read(action, withAnothers(NOON_MS + 1_000));
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'conflict' } });
    look(play);
    play.readFails(action, { kind: 'refused', status: 404 });
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'unreadable' } });
    look(play);
    play.read(action, withAnothers(NOON_MS + 1_000));
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'conflict' } });
  });

  it.each<readonly [string, Payment, object]>([
    ['and another till’s part shows: a person looks', withAnothers(NOON_MS + 1_000), { state: 'needsPerson', outcome: { code: 'conflict' } }],
    ['and nothing shows: it is refused', biggerHold, { state: 'refused', outcome: { code: 'refused' } }],
  ])('also where Dojo did not know the payment as it was to go out again, %s', (_, shown, expected) => {
    const { action, play } = denied();
    play.pass(3_000);
    play.readFails(action, { kind: 'refused', status: 404 });
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'unreadable' } });
    look(play);
    play.read(action, shown);
    expect(play.action('a1')).toMatchObject(expected);
    expect(play.sends()).toEqual([]);
  });

  it.each<readonly [string, Partial<Failure>]>([
    ['asked to wait', throttled],
    ['refused', { kind: 'refused', status: 403 }],
  ])('also where it was %s, and a person let it go', (_, failure) => {
    const { action, play } = denied(failure);
    play.pass(3_000);
    play.readFails(action, { kind: 'refused', status: 404 });
    play.event({ type: 'release', actionId: 'a1', decidedOn: baselineOf(biggerHold, play.nowMs()) });
    expect(play.action('a1')).toMatchObject({ state: 'waiting', sentBefore: { sends: 0 } });
    play.pass(10_000);
    play.read(action, withAnothers(play.nowMs()));
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'changed-since' } });
    expect(play.sends()).toEqual([]);
  });

  it.each<readonly [string, Partial<Failure>, number]>([
    ['asked it to wait', throttled, 0],
    ['did not accept the key', { kind: 'key-refused', status: 401 }, 0],
    ['refused it', { kind: 'refused', status: 403 }, 1],
    ['was not heard', {}, 1],
  ])('also where a person was asked while it was on its way, and Dojo %s', (_, failure, sends) => {
    const action = anAction({ id: 'a1', seq: 1, move: part, decidedOn: baselineOf(biggerHold, NOON_MS) });
    const play = aPlay([action]);
    play.read(action, biggerHold);
    play.event({ type: 'moved', why: 'new-key', accountId: null });
    play.fails(action, failure);
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', sends, outcome: { code: 'new-key' } });
  });
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
