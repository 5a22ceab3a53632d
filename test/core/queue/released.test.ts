import { describe, expect, it } from 'vitest';
import { changesElsewhere } from '../../../main/core/payment/changes.ts';
import { lostRace } from '../../../main/core/payment/lost-race.ts';
import type { Payment } from '../../../main/core/payment/payment.ts';
import { asSent, wasSent } from '../../../main/core/queue/action.ts';
import { baselineOf, looksDoubled } from '../../../main/core/queue/evidence.ts';
import { decodeAction, encodeAction } from '../../../main/ledger/rows.ts';
import { twoSides } from '../../../main/words/two-sides.ts';
import { aCapture, aFailure, aHold, anAction, anOutcome, aPayment, LONDON, MINUTE_MS, NOON_MS } from '../../builders.ts';
import { aPlay, biggerHold, lost } from './queue-play.ts';

const part = { kind: 'capture', amount: 2000 } as const;
const sale = aPayment({ id: 'pi_test' });
const withPart = (atMs: number): Payment => ({ ...biggerHold, updatedAtMs: atMs, captures: [aCapture({ id: 'cp_late', createdAtMs: atMs })] });

/** A part capture, sent at noon and without a trace, which a person lets go once more four minutes later. */
function released({ paused = false } = {}) {
  const { action, play } = lost({ move: part, decidedOn: baselineOf(biggerHold, NOON_MS) }, biggerHold);
  play.pass(90_000);
  play.read(action, biggerHold);
  play.pass(4 * MINUTE_MS - 90_000);
  if (paused) play.event({ type: 'paused', paused: true });
  play.event({ type: 'release', actionId: 'a1', decidedOn: baselineOf(biggerHold, play.nowMs()) });
  return { action, play, it: () => play.action('a1') };
}

it('an action that was never sent keeps what was known when it was first decided, also on the disk', () => {
  const decidedOn = baselineOf(biggerHold, NOON_MS);
  const outcome = anOutcome({ code: 'moved', settledBy: 'till' });
  const play = aPlay([anAction({ id: 'a1', move: part, state: 'needsPerson', decidedOn, outcome })], { paused: true });
  for (let times = 0; times < 2; times += 1) play.event({ type: 'release', actionId: 'a1', decidedOn: baselineOf(withPart(NOON_MS), play.nowMs()) });
  const read = decodeAction(encodeAction(play.action('a1')));
  expect(read).toMatchObject({ ok: true, value: { decidedFirst: decidedOn, decidedOn: { captureIds: ['cp_late'] } } });
  expect(wasSent(play.action('a1'))).toBe(false);
});

describe('an action that a person lets go once more after it was sent', () => {
  it('keeps on its record that it was sent, also on the disk, and shows it', () => {
    const { it } = released({ paused: true });
    expect(it()).toMatchObject({ state: 'waiting', sends: 0, baseline: null, sentBefore: { sends: 1, firstSentAtMs: NOON_MS } });
    const read = decodeAction(encodeAction(it()));
    expect(read).toMatchObject({ ok: true, value: { sentBefore: it().sentBefore } });
    expect(wasSent(it())).toBe(true);
    expect(asSent(it())).toMatchObject({ sends: 1, firstSentAtMs: NOON_MS, sentBefore: undefined });
    expect(twoSides(it(), null, [], LONDON).till).toBe('This till sent a capture of £20.00 at 12:00.');
  });

  it.each<readonly [string, (atMs: number) => Payment, readonly string[], object]>([
    ['goes out where nothing of it shows', () => biggerHold, ['a1'], { state: 'sending' }],
    ['is done where it shows from when it was on its way', withPart, [], { state: 'done', outcome: { settledBy: 'evidence', captureId: 'cp_late' } }],
    [
      'is a person’s where two like it show',
      (atMs) => ({ ...withPart(atMs), captures: [aCapture({ id: 'cp_late', createdAtMs: atMs }), aCapture({ id: 'cp_2', createdAtMs: atMs })] }),
      [],
      { state: 'needsPerson', outcome: { code: 'conflict', settledBy: 'till' } },
    ],
  ])('%s', (_, shown, sends, is) => {
    const { action, play, it } = released();
    play.read(action, shown(NOON_MS + MINUTE_MS));
    expect(it()).toMatchObject(is);
    expect(play.sends()).toEqual(sends);
  });

  it('is not called removed while its first send shows: a person looks', () => {
    const { action, play, it } = released({ paused: true });
    play.pass(3 * MINUTE_MS);
    play.event({ type: 'withdraw', actionId: 'a1' });
    expect(it()).toMatchObject({ state: 'checking', outcome: { code: 'withdrawn-unread' } });
    play.read(action, withPart(NOON_MS + 5 * MINUTE_MS));
    expect(it()).toMatchObject({ state: 'needsPerson', outcome: { code: 'conflict' }, sends: 1, sentAtMs: NOON_MS });
    expect(it().outcome?.message).not.toMatch(/Nothing (moved|was sent)|before it was sent/);
  });

  it('is removed where nothing shows, and that it was sent is said', () => {
    const { action, play, it } = released({ paused: true });
    play.event({ type: 'withdraw', actionId: 'a1' });
    play.read(action, biggerHold);
    expect(it()).toMatchObject({ state: 'withdrawn', sends: 1, outcome: { message: 'Removed: Dojo showed that it had not been done. Nothing moved.' } });
  });

  it('does not go out where the first shows by now: what shows is not called another’s', () => {
    const { action, play, it } = released();
    play.read(action, withPart(NOON_MS + 5 * MINUTE_MS));
    expect(play.sends()).toEqual([]);
    expect(it()).toMatchObject({ state: 'needsPerson', outcome: { code: 'conflict' }, sends: 1 });
  });

  it('is done where the first shows from the time of that send', () => {
    const { action, play, it } = released();
    play.read(action, withPart(NOON_MS + MINUTE_MS));
    expect(play.sends()).toEqual([]);
    expect(it()).toMatchObject({ state: 'done', outcome: { captureId: 'cp_late' } });
  });

  it('goes out where a person saw before what shows, and the first one stays on its record', () => {
    const { action, play, it } = released();
    play.event({ type: 'moved', why: 'moved', accountId: null });
    const seen = withPart(NOON_MS + 5 * MINUTE_MS);
    play.event({ type: 'release', actionId: 'a1', decidedOn: baselineOf(seen, play.nowMs()) });
    play.read(action, seen);
    expect(play.sends()).toEqual(['a1']);
    expect(it()).toMatchObject({ sends: 1, sentBefore: { sends: 1, firstSentAtMs: NOON_MS } });
    expect(asSent(it())).toMatchObject({ sends: 2, firstSentAtMs: NOON_MS, sentAtMs: play.nowMs() });
  });

  it('leaves it open whose capture is that shows meanwhile', () => {
    const { it } = released({ paused: true });
    expect(changesElsewhere(baselineOf(biggerHold, NOON_MS), withPart(NOON_MS + 5 * MINUTE_MS), [it()])).toBeNull();
  });

  it('is told of twice where both arrive', () => {
    const { action, play, it } = released();
    play.read(action, biggerHold);
    play.answer(action, 'cp_second');
    const both = (lateMs: number): Payment => ({
      ...biggerHold,
      captures: [aCapture({ id: 'cp_second', createdAtMs: NOON_MS + 4 * MINUTE_MS }), aCapture({ id: 'cp_late', createdAtMs: lateMs })],
    });
    expect(looksDoubled(it(), both(NOON_MS + 30 * MINUTE_MS), [])).toBe(true);
    expect(looksDoubled(it(), both(NOON_MS + 25 * 60 * MINUTE_MS), [])).toBe(false);
  });

  it('never says that nothing was sent or done by it where the rules close it', () => {
    const { action, play, it } = released();
    const gone = aHold({ id: 'pi_test', status: 'Captured', captures: [aCapture({ id: 'cp_all', amountMinor: 4200 })] });
    play.read(action, gone);
    expect(it()).toMatchObject({ state: 'refused', sends: 1, outcome: { code: 'nothing-left' } });
    expect(it().outcome?.message).toContain('It was not sent again.');
    const noticed = [{ atMs: play.nowMs(), what: 'A capture of £42.00 was made elsewhere.' }];
    expect(lostRace(it(), noticed)).toBe('Another till was first. A capture of £42.00 was made elsewhere. This one was not sent again.');
  });

  it('and whose payment Dojo will not show is not called unsent', () => {
    const { action, play, it } = released();
    play.readFails(action, { kind: 'refused', status: 403 });
    expect(it().outcome?.message).toBe('This key may not read this payment. It was not sent again; Tillside tries again.');
    play.readFails(action, { kind: 'refused', status: 404 });
    expect(it()).toMatchObject({ state: 'needsPerson', outcome: { code: 'unreadable' } });
  });
});

it('one that was removed while it waited for a resend is done where it shows after all: Dojo never refused it', () => {
  const { action, play } = lost({ move: { kind: 'reverse' } }, sale);
  play.pass(90_000);
  play.event({ type: 'paused', paused: true });
  play.read(action, sale);
  play.event({ type: 'withdraw', actionId: 'a1' });
  play.read(action, { ...sale, status: 'Reversed' });
  expect(play.action('a1')).toMatchObject({ state: 'done', outcome: { settledBy: 'evidence' } });
});

it('one that was sent and lost is not called unsent where Dojo will not show its payment', () => {
  const { action, play } = lost({ move: { kind: 'reverse' } }, sale);
  play.pass(90_000);
  play.event({ type: 'paused', paused: true });
  play.read(action, sale);
  play.event({ type: 'paused', paused: false });
  for (const status of [403, 400]) {
    play.readFails(action, aFailure({ kind: 'refused', status }));
    expect(play.action('a1').outcome?.message).toMatch(/It was not sent again; Tillside tries again\.$/);
  }
});

describe('a refund that Dojo made, whose answer was lost, and which a person lets go once more', () => {
  const refunded = { ...sale, refundedMinor: 500, updatedAtMs: NOON_MS + 1_000 };
  /** Its repeat was refused, so that a person was asked; let go, it is sent with its key for the third time. */
  function letGo() {
    const { action, play } = lost({ move: { kind: 'refund', amount: 500 }, decidedOn: baselineOf(sale, NOON_MS) }, sale);
    play.pass(90_000);
    play.read(action, refunded);
    play.read(action, refunded);
    play.fails(action, { kind: 'refused', status: 409 });
    play.pass(100_000);
    play.read(action, refunded);
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'conflict' } });
    play.pass(5 * MINUTE_MS);
    play.event({ type: 'release', actionId: 'a1', decidedOn: baselineOf(refunded, play.nowMs()) });
    play.read(action, refunded);
    expect(play.sends()).toEqual(['a1']);
    return { action, play };
  }

  it.each([409, 403])('is not called refused, nor decided anew with another key, by a %i to it: what shows may be its own', (status) => {
    const { action, play } = letGo();
    play.fails(action, { kind: 'refused', status });
    play.read(action, refunded);
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'conflict' } });
  });

  it('is not given up as not done where what follows is lost', () => {
    const { action, play } = letGo();
    for (let times = 0; times < 4; times += 1) {
      play.fails(action);
      play.pass(100_000);
      play.read(action, refunded);
      play.read(action, refunded);
    }
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'conflict' } });
  });

  it('is refused where nothing of it ever showed', () => {
    const { action, play } = lost({ move: { kind: 'refund', amount: 500 }, decidedOn: baselineOf(sale, NOON_MS) }, sale);
    play.event({ type: 'moved', why: 'moved', accountId: null });
    play.pass(5 * MINUTE_MS);
    play.event({ type: 'release', actionId: 'a1', decidedOn: baselineOf(sale, play.nowMs()) });
    play.read(action, sale);
    play.fails(action, { kind: 'refused', status: 409 });
    play.read(action, sale);
    expect(play.action('a1')).toMatchObject({ state: 'refused', outcome: { status: 409 } });
  });
});

it('a refund that a person let go beside another till’s goes on after a 429: they had weighed what shows', () => {
  const risen = { ...sale, refundedMinor: 500, updatedAtMs: NOON_MS + 1_000 };
  const { action, play } = lost({ move: { kind: 'refund', amount: 500 }, decidedOn: baselineOf(sale, NOON_MS) }, sale);
  play.event({ type: 'moved', why: 'moved', accountId: null });
  play.pass(5 * MINUTE_MS);
  play.event({ type: 'release', actionId: 'a1', decidedOn: baselineOf(risen, play.nowMs()) });
  play.read(action, risen);
  play.fails(action, { kind: 'throttled', status: 429, retryAfterMs: 1_000 });
  play.pass(10_000);
  play.read(action, risen);
  expect(play.action('a1')).toMatchObject({ state: 'sending' });
});
