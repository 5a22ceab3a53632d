import { describe, expect, it } from 'vitest';
import type { Action } from '../../../main/core/queue/action.ts';
import { baselineOf, SETTLING_MS } from '../../../main/core/queue/evidence.ts';
import { mayStillSettle } from '../../../main/core/queue/settling.ts';
import { aCapture, anAction, anOutcome, anUnpaid, aPayment, DAY_MS, HOUR_MS, MINUTE_MS, NOON_MS } from '../../builders.ts';
import { aPlay, biggerHold, hold, lost, taken } from './queue-play.ts';

const sale = aPayment({ id: 'pi_test' });
const part = { move: { kind: 'capture', amount: 2000 } } as const;
const refund = { move: { kind: 'refund', amount: 500 } } as const;
const unpaid = anUnpaid({ id: 'pi_test', customAmountAllowed: true, tipsAllowed: true });

/** One that was under way when the till stopped, or whose look at Dojo had just begun. */
function fromDisk(changes: Partial<Action> = {}, payment = hold) {
  const sent = { state: 'checking', sends: 1, firstSentAtMs: NOON_MS, sentAtMs: NOON_MS, baseline: baselineOf(payment, NOON_MS) } as const;
  const action = anAction({ id: 'a1', seq: 1, ...sent, ...changes });
  return { action, play: aPlay([action]) };
}

describe('an unknown outcome of an earlier run', () => {
  it('has its time from this run’s first answer, however long ago it was sent', () => {
    const { action, play } = fromDisk({ sentAtMs: NOON_MS - HOUR_MS, firstSentAtMs: NOON_MS - HOUR_MS });
    play.read(action, hold);
    expect(play.action('a1').state).toBe('checking');
    play.pass(SETTLING_MS - 1);
    play.read(action, hold);
    expect(play.action('a1').state).toBe('checking');
    play.pass(1);
    play.read(action, hold);
    expect(play.action('a1').state).toBe('waiting');
  });

  it('that a PC clock an hour ahead had dated does not take what others do in that hour for its own', () => {
    const { action, play } = fromDisk({ sentAtMs: NOON_MS + HOUR_MS, outcome: anOutcome({ code: 'restarted' }) });
    // The first thing that is heard once Dojo's time is known; the payment itself cannot be read for a while.
    play.event({ type: 'gate', gate: 'open', accountId: action.accountId });
    expect(play.action('a1')).toMatchObject({ state: 'checking', sentAtMs: NOON_MS });
    play.pass(10 * MINUTE_MS);
    play.read(action, { ...taken('cp_1'), captures: [aCapture({ id: 'cp_1', createdAtMs: NOON_MS + 5 * MINUTE_MS })] });
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'conflict' } });
  });

  it('without a word about it is settled like any other', () => {
    const { action, play } = fromDisk({ outcome: null });
    play.read(action, taken('cp_1'));
    expect(play.action('a1')).toMatchObject({ state: 'done', outcome: { captureId: 'cp_1', settledBy: 'evidence' } });
    const absent = fromDisk({ outcome: null });
    absent.play.read(absent.action, hold);
    absent.play.pass(SETTLING_MS);
    absent.play.read(absent.action, hold);
    expect(absent.play.action('a1').state).toBe('waiting');
  });

  it('that was never sent is a broken promise, and says so', () => {
    const { action, play } = fromDisk({ sentAtMs: null });
    expect(() => play.read(action, hold)).toThrow('expected a1 to have been sent');
  });

  it('of a cancellation whose payment Dojo does not know is a person’s', () => {
    const { action, play } = fromDisk({ move: { kind: 'cancel' }, outcome: null }, unpaid);
    play.readFails(action, { kind: 'refused', status: 404 });
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'unreadable' } });
  });
});

describe('what is seen before the settling time is over', () => {
  it('ends a reversal at once: nothing else reverses it in our name', () => {
    const { action, play } = lost({ move: { kind: 'reverse' } }, sale);
    play.pass(500);
    play.read(action, { ...sale, status: 'Reversed' });
    expect(play.action('a1')).toMatchObject({ state: 'done', outcome: { settledBy: 'evidence' } });
  });

  it('is looked at again more and more seldom, and at the end of the time at the latest', () => {
    const { action, play } = lost();
    const waitsMs: number[] = [];
    for (let reads = 0; reads < 7; reads += 1) {
      play.pass(play.action('a1').notBeforeMs - play.nowMs());
      play.read(action, hold);
      expect(play.action('a1')).toMatchObject({ state: 'checking', failures: reads + 1 });
      waitsMs.push(play.action('a1').notBeforeMs - play.nowMs());
    }
    expect(waitsMs).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000]);
    play.pass(NOON_MS + SETTLING_MS - 5_000 - play.nowMs());
    play.read(action, hold);
    expect(play.action('a1')).toMatchObject({ state: 'checking', notBeforeMs: NOON_MS + SETTLING_MS });
  });

  it('leaves the other clock its time where one was set back: nothing is called absent before both agree', () => {
    const { action, play } = lost();
    for (let reads = 0; reads < 8; reads += 1) play.read(action, hold);
    play.pass(50_000);
    play.setClock(NOON_MS + 10_000);
    play.pass(50_000);
    play.read(action, hold);
    expect(play.action('a1')).toMatchObject({ state: 'checking', notBeforeMs: NOON_MS + SETTLING_MS });
    play.pass(35_000);
    // By the wall clock this one began 5 s too early.
    play.read(action, hold, play.nowMs() - 10_000);
    expect(play.action('a1').state).toBe('checking');
    play.read(action, hold);
    expect(play.action('a1').state).toBe('waiting');
  });
});

describe('what needs a person, and was sent a moment ago', () => {
  /** Dojo shows at once what one send does not explain. */
  const unclear = () => {
    const { action, play } = lost();
    play.read(action, taken('cp_1', 'cp_2'));
    expect(play.action('a1').state).toBe('needsPerson');
    return play;
  };
  const isSettling = (play: ReturnType<typeof aPlay>) =>
    mayStillSettle(play.state(), play.action('a1'), { nowMs: play.nowMs(), monotonicMs: play.monotonicMs() });

  it.each<readonly [string, (play: ReturnType<typeof aPlay>) => unknown, boolean]>([
    ['until both clocks say that Dojo had its time', (play) => play.pass(SETTLING_MS - 1), true],
    ['and no longer', (play) => play.pass(SETTLING_MS), false],
    ['also where the clock was set ahead', (play) => play.setClock(NOON_MS + HOUR_MS), true],
    ['also where the clock was set back', (play) => play.setClock(NOON_MS - HOUR_MS), true],
    ['though the monotonic clock stood still in a sleep', (play) => play.sleep(SETTLING_MS), true],
    [
      'and no longer, once the clock that says that it was not sent yet went on for as long',
      (play) => {
        play.setClock(NOON_MS - HOUR_MS);
        play.pass(0);
        play.pass(SETTLING_MS);
      },
      false,
    ],
  ])('may still be worked on at Dojo %s', (_, passes, expected) => {
    const play = unclear();
    passes(play);
    expect(isSettling(play)).toBe(expected);
  });

  it.each([
    [NOON_MS - SETTLING_MS + 1, true],
    [NOON_MS - SETTLING_MS, false],
    [null, false],
  ])('in an earlier run, by its date %i: %s', (sentAtMs, expected) => {
    expect(isSettling(fromDisk({ state: 'needsPerson', sentAtMs }).play)).toBe(expected);
  });

  it('in an earlier run, by a clock that was months ahead, has its time from now: no release waits for those months', () => {
    const { play } = fromDisk({ state: 'needsPerson', sentAtMs: NOON_MS + 90 * DAY_MS });
    expect(isSettling(play)).toBe(true);
    play.pass(SETTLING_MS);
    expect(isSettling(play)).toBe(false);
  });
});

describe('what is proven absent', () => {
  it.each<readonly [string, Partial<Action>, typeof hold]>([
    ['a capture of all', {}, hold],
    ['a refund', refund, sale],
  ])('%s goes out again at once, with no trouble left of before', (_, changes, payment) => {
    const { action, play } = lost(changes, payment);
    play.pass(1_000);
    play.read(action, payment);
    play.pass(SETTLING_MS);
    play.read(action, payment);
    expect(play.action('a1')).toMatchObject({ state: 'waiting', notBeforeMs: play.nowMs(), failures: 0, outcome: null });
  });

  it('a receipt goes out again as soon as it was looked at', () => {
    const { action, play } = lost({ move: { kind: 'sendReceipt', emails: ['a@example.com'] } }, sale);
    play.pass(700);
    play.read(action, sale);
    expect(play.action('a1')).toMatchObject({ state: 'waiting', notBeforeMs: play.nowMs() });
  });
});

describe('a part capture without a trace', () => {
  function absent() {
    const { action, play } = lost(part, biggerHold);
    play.pass(SETTLING_MS);
    play.read(action, biggerHold);
    expect(play.action('a1')).toMatchObject({ state: 'checking', outcome: { code: 'absent-part' } });
    return { action, play };
  }

  it.each(['Reversed', 'Canceled'])('is over where the hold was let go since (%s): none can be made any more, and nobody is asked', (status) => {
    const { action, play } = absent();
    play.pass(MINUTE_MS);
    play.read(action, { ...biggerHold, status });
    play.read(action, { ...biggerHold, status });
    expect(play.action('a1').state).toBe('refused');
    expect(play.sends()).toEqual([]);
  });

  it('is looked at again more and more seldom, half a minute apart at most', () => {
    const { action, play } = absent();
    const waitsMs: number[] = [];
    for (let reads = 0; reads < 8; reads += 1) {
      waitsMs.push(play.action('a1').notBeforeMs - play.nowMs());
      play.pass(waitsMs[reads] ?? 0);
      play.read(action, biggerHold);
    }
    expect(waitsMs).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    expect(play.action('a1').failures).toBe(9);
  });

  it('is a person’s ten minutes after its answer was given up, and not before', () => {
    const { action, play } = absent();
    play.pass(10 * MINUTE_MS - SETTLING_MS - 1);
    play.read(action, biggerHold);
    expect(play.action('a1').state).toBe('checking');
    play.pass(1);
    play.read(action, biggerHold);
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'absent-part' } });
    expect(play.sends()).toEqual([]);
  });

  it.each<readonly [string, (play: ReturnType<typeof absent>['play']) => void]>([
    ['the monotonic clock stood still meanwhile', (play) => play.sleep(10 * MINUTE_MS)],
    [
      'the wall clock was set back meanwhile',
      (play) => {
        play.pass(10 * MINUTE_MS);
        play.setClock(NOON_MS + 2 * MINUTE_MS);
      },
    ],
  ])('is not a person’s yet where %s', (_, passes) => {
    const { action, play } = absent();
    passes(play);
    play.read(action, biggerHold);
    expect(play.action('a1').state).toBe('checking');
  });
});

describe('a part capture without a trace, of an earlier run', () => {
  /** The till is off for a second between two runs. */
  const restarted = (play: Pick<ReturnType<typeof aPlay>, 'action' | 'nowMs'>) => {
    const action = play.action('a1');
    return { action, play: aPlay([action], { nowMs: play.nowMs() + 1_000 }) };
  };
  const sent = () => lost(part, biggerHold);
  const absent = () => {
    const { action, play } = sent();
    play.pass(SETTLING_MS);
    play.read(action, biggerHold);
    return { action, play };
  };

  it('is a person’s ten minutes after its answer was given up, however often the till was started meanwhile', () => {
    let { action, play } = restarted(absent().play);
    for (let runs = 1; runs < 10; runs += 1) {
      play.read(action, biggerHold);
      expect(play.action('a1')).toMatchObject({ state: 'checking', outcome: { code: 'absent-part' } });
      play.pass(50_000);
      ({ action, play } = restarted(play));
    }
    play.pass(NOON_MS + 10 * MINUTE_MS - play.nowMs());
    play.read(action, biggerHold);
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'absent-part' } });
    expect(play.sends()).toEqual([]);
  });

  it('is not a person’s before that', () => {
    const { action, play } = restarted(absent().play);
    play.pass(NOON_MS + 10 * MINUTE_MS - 1 - play.nowMs());
    play.read(action, biggerHold);
    expect(play.action('a1')).toMatchObject({ state: 'checking', outcome: { code: 'absent-part' } });
  });

  it('may be sent once more as before: its settling time is over', () => {
    const { action, play } = restarted(absent().play);
    play.read(action, biggerHold);
    expect(mayStillSettle(play.state(), play.action('a1'), { nowMs: play.nowMs(), monotonicMs: play.monotonicMs() })).toBe(false);
  });

  it('has its settling time from this run’s first answer where it was not over, and is a person’s then where ten minutes are', () => {
    const { action, play } = restarted(sent().play);
    play.pass(10 * MINUTE_MS);
    play.read(action, biggerHold);
    play.pass(SETTLING_MS - 1);
    play.read(action, biggerHold);
    expect(play.action('a1')).toMatchObject({ state: 'checking', outcome: { code: 'unknown-outcome' } });
    play.pass(1);
    play.read(action, biggerHold);
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'absent-part' } });
  });

  it('does not wait for ever where the clock was set back behind its send', () => {
    const { action, play } = restarted(absent().play);
    play.setClock(NOON_MS - HOUR_MS);
    play.event({ type: 'tick' });
    play.pass(10 * MINUTE_MS);
    play.read(action, biggerHold);
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'absent-part' } });
  });
});

describe('a refund whose answer was lost', () => {
  const risen = aPayment({ id: 'pi_test', refundedMinor: 500 });
  const atRest = (sentAgain: number) => {
    const { action, play } = lost(refund, sale);
    for (let sends = 0; sends < sentAgain; sends += 1) {
      play.pass(SETTLING_MS);
      play.read(action, risen);
      play.read(action, risen);
      expect(play.sends()).toEqual(['a1']);
      play.fails(action);
    }
    return { action, play };
  };

  it('goes out twice more within ten minutes though as much was given back: Dojo knows its key', () => {
    const { action, play } = atRest(2);
    expect(play.action('a1').sends).toBe(3);
    play.pass(SETTLING_MS);
    play.read(action, risen);
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'conflict' } });
    expect(play.sends()).toEqual([]);
  });

  it('is a person’s where the clock says that it was not sent yet', () => {
    const { action, play } = lost(refund, sale);
    play.pass(1_000);
    play.setClock(NOON_MS - HOUR_MS);
    play.read(action, risen);
    play.pass(SETTLING_MS);
    play.read(action, risen);
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'conflict' } });
  });

  it('is a person’s where the clock was set back since, though it says that little time passed: what the PC slept meanwhile shows on no clock', () => {
    const { action, play } = lost(refund, sale);
    play.pass(1_000);
    play.setClock(NOON_MS - SETTLING_MS);
    play.read(action, risen);
    play.pass(SETTLING_MS);
    play.read(action, risen);
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'conflict' } });
    expect(play.sends()).toEqual([]);
  });

  it('is a person’s ten minutes after its first send, also where the clock that was set back says that they are not over', () => {
    const { action, play } = lost(refund, sale);
    play.dojoSays(null);
    play.pass(MINUTE_MS);
    play.setClock(NOON_MS + MINUTE_MS - HOUR_MS);
    play.pass(61 * MINUTE_MS);
    play.read(action, risen);
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'conflict' } });
    expect(play.sends()).toEqual([]);
  });

  it.each<readonly [string, (play: ReturnType<typeof aPlay>) => void]>([
    ['the monotonic clock stood still in a sleep', (play) => play.sleep(10 * MINUTE_MS)],
    ['all clocks went on', (play) => play.pass(10 * MINUTE_MS)],
  ])('is a person’s ten minutes after its first send, where %s', (_, passes) => {
    const { action, play } = lost(refund, sale);
    play.pass(SETTLING_MS);
    passes(play);
    play.read(action, risen);
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'conflict' } });
  });

  it('has its ten minutes from the first send, not from the one after', () => {
    const { action, play } = lost(refund, sale);
    play.pass(9 * MINUTE_MS);
    play.read(action, risen);
    play.read(action, risen);
    expect(play.sends()).toEqual(['a1']);
    play.fails(action);
    play.pass(SETTLING_MS);
    play.read(action, risen);
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'conflict' } });
  });

  it('counts them anew where it certainly did not leave before', () => {
    const action = anAction({ id: 'a1', seq: 1, ...refund });
    const play = aPlay([action]);
    play.read(action, sale);
    play.fails(action, { kind: 'not-sent' });
    play.pass(HOUR_MS);
    play.read(action, sale);
    play.fails(action);
    play.pass(SETTLING_MS);
    play.read(action, risen);
    expect(play.action('a1').state).toBe('waiting');
  });

  it.each<readonly [string, number | null, boolean, string]>([
    ['Dojo dated both its first send and this reading', NOON_MS + SETTLING_MS + MINUTE_MS, true, 'waiting'],
    ['Dojo does not date this reading', null, true, 'needsPerson'],
    ['Dojo did not date its first send', NOON_MS + SETTLING_MS + MINUTE_MS, false, 'needsPerson'],
  ])('of an earlier run, within ten minutes by the wall clock: %s → $3', (_, dojoAtMs, isDated, state) => {
    const { action, play } = fromDisk({ ...refund, baseline: baselineOf(sale, NOON_MS, isDated) }, sale);
    play.pass(MINUTE_MS);
    play.read(action, risen);
    play.pass(SETTLING_MS);
    play.dojoSays(dojoAtMs);
    play.read(action, risen);
    expect(play.action('a1').state).toBe(state);
    expect(play.sends()).toEqual([]);
  });

  it('is given up a day after its first send, also where the clock that was set back says that the day is not over', () => {
    const { action, play } = lost(refund, sale);
    play.pass(MINUTE_MS);
    play.setClock(NOON_MS + MINUTE_MS - HOUR_MS);
    play.pass(DAY_MS - MINUTE_MS);
    play.read(action, sale);
    expect(play.action('a1')).toMatchObject({ state: 'refused', outcome: { code: 'gave-up' } });
  });

  it.each([
    [DAY_MS - 1, 'waiting'],
    [DAY_MS, 'refused'],
  ])('%i ms after it was sent is %s: Dojo keeps its key for a day', (agoMs, state) => {
    const { action, play } = lost(refund, sale);
    play.pass(agoMs);
    play.read(action, sale);
    expect(play.action('a1').state).toBe(state);
  });
});

describe('a no of Dojo’s', () => {
  const refused = (changes: Partial<Action> = {}, payment = hold) => {
    const action = anAction({ id: 'a1', seq: 1, ...changes });
    const play = aPlay([action]);
    play.read(action, payment);
    play.fails(action, { kind: 'refused', status: 409 });
    return { action, play };
  };
  /** Not a no to be believed, and not an unknown outcome: read before the next send. */
  const askedToWait = (changes: Partial<Action>, payment: typeof hold) => {
    const action = anAction({ id: 'a1', seq: 1, ...changes });
    const play = aPlay();
    play.event({ type: 'accepted', actions: [action] });
    play.read(action, payment);
    play.fails(action, { kind: 'throttled' });
    play.pass(MINUTE_MS);
    return { action, play };
  };

  it('is not believed on a reading that the PC slept through, but on the next', () => {
    const { action, play } = refused();
    const begunAtMs = play.nowMs();
    play.sleep(5 * MINUTE_MS);
    play.read(action, hold, begunAtMs);
    const unread = 'Dojo refused the capture. Whether that is so is looked up now. It does not accept it for the payment as it is now.';
    expect(play.action('a1')).toMatchObject({ state: 'checking', outcome: { code: 'refused-unread', message: unread } });
    play.read(action, hold);
    const read = 'Dojo refused the capture. Nothing moved. It does not accept it for the payment as it is now.';
    expect(play.action('a1')).toMatchObject({ state: 'refused', outcome: { code: 'refused', status: 409, message: read } });
  });

  it('leaves a part of which nothing can be told to a person, though the payment is captured', () => {
    const { action, play } = askedToWait(part, biggerHold);
    play.read(action, { ...biggerHold, status: 'Captured', captures: null });
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'unreadable' } });
  });

  it.each<readonly [string, Action['move'], Partial<typeof unpaid>, string, string]>([
    ['an amount that is as wanted', { kind: 'setAmount', amount: 900 }, { amountMinor: 900 }, 'done', 'done'],
    ['tips that are as wanted', { kind: 'setTips', amount: 90 }, { tipsMinor: 90 }, 'done', 'done'],
    ['an amount that is another', { kind: 'setAmount', amount: 900 }, { amountMinor: 800 }, 'needsPerson', 'conflict'],
    ['tips that are others', { kind: 'setTips', amount: 90 }, { tipsMinor: 80 }, 'needsPerson', 'conflict'],
  ])('to a change, and the payment has %s', (_, move, changes, state, code) => {
    const { action, play } = askedToWait({ move }, unpaid);
    play.read(action, { ...unpaid, ...changes });
    expect(play.action('a1')).toMatchObject({ state, outcome: { code } });
    if (state === 'done') expect(play.action('a1').outcome).toMatchObject({ settledBy: 'evidence', captureId: null, dojoId: null });
    expect(play.sends()).toEqual([]);
  });

  it('to a capture, of which an equal part shows, is a person’s: it may have been another till', () => {
    const { action, play } = askedToWait(part, biggerHold);
    play.read(action, { ...biggerHold, captures: [aCapture({ id: 'cp_1' })] });
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'conflict' } });
  });

  it.each<readonly [string, string]>([
    ['that Dojo refused', 'refused-unread'],
    ['that a person removed', 'withdrawn-unread'],
  ])('to a cancellation %s, and then Dojo does not know the payment: a person decides', (_, code) => {
    const { action, play } = fromDisk({ move: { kind: 'cancel' }, outcome: anOutcome({ code, status: 409, traceId: 't-1' }) }, unpaid);
    play.readFails(action, { kind: 'refused', status: 404 });
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'unreadable', status: 409, traceId: 't-1' } });
  });

  it('that a person followed by removing it ends as removed', () => {
    const { action, play } = askedToWait({}, hold);
    play.event({ type: 'withdraw', actionId: 'a1' });
    expect(play.action('a1')).toMatchObject({ state: 'checking', outcome: { code: 'withdrawn-unread' }, failures: 0, notBeforeMs: play.nowMs() });
    play.read(action, hold);
    expect(play.action('a1')).toMatchObject({ state: 'withdrawn', outcome: { code: 'withdrawn', settledBy: 'person' } });
  });
});

describe('a payment that cannot be read to settle it', () => {
  it('since somebody else than Dojo says that it is not there is tried again: that is not Dojo’s word', () => {
    const { action, play } = lost();
    play.readFails(action, { kind: 'not-dojo', status: 404 });
    expect(play.action('a1')).toMatchObject({ state: 'checking', failures: 1 });
  });

  it.each([
    [30 * MINUTE_MS - 1, true, 'checking'],
    [30 * MINUTE_MS, true, 'needsPerson'],
    [24 * HOUR_MS, false, 'checking'],
  ])('for %i ms, while others are answered well: %s, is %s', (forMs, othersAreWell, state) => {
    const { action, play } = lost();
    const endsAtMs = play.nowMs() + forMs;
    for (;;) {
      play.readFails(action);
      if (play.nowMs() >= endsAtMs || play.action('a1').state !== 'checking') break;
      if (othersAreWell) play.event({ type: 'line', up: true });
      play.pass(Math.min(30_000, endsAtMs - play.nowMs()));
    }
    expect([play.nowMs(), play.action('a1').state]).toEqual([endsAtMs, state]);
  });
});

describe('a payment that Dojo refuses to show', () => {
  it('is tried again more and more seldom, half a minute apart at most', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    const waitsMs: number[] = [];
    for (let reads = 0; reads < 8; reads += 1) {
      play.readFails(action, { kind: 'refused', status: 403 });
      expect(play.action('a1').failures).toBe(reads + 1);
      waitsMs.push(play.action('a1').notBeforeMs - play.nowMs());
      play.pass(waitsMs[reads] ?? 0);
    }
    expect(waitsMs).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it('is a person’s after half an hour of it, whenever that began, and has another one where a person lets it go out', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    play.pass(3 * HOUR_MS);
    play.readFails(action, { kind: 'refused', status: 403 });
    play.pass(30 * MINUTE_MS - 1);
    play.readFails(action, { kind: 'refused', status: 403 });
    expect(play.action('a1').state).toBe('waiting');
    play.pass(1);
    play.readFails(action, { kind: 'refused', status: 403 });
    expect(play.action('a1').state).toBe('needsPerson');
    play.event({ type: 'release', actionId: 'a1', decidedOn: baselineOf(hold, NOON_MS) });
    play.readFails(action, { kind: 'refused', status: 403 });
    expect(play.action('a1').state).toBe('waiting');
  });

  it('and was shown in between has its half hour anew', () => {
    const { action, play } = lost();
    play.readFails(action, { kind: 'refused', status: 403 });
    play.pass(1_000);
    play.read(action, hold);
    play.pass(30 * MINUTE_MS);
    play.readFails(action, { kind: 'refused', status: 403 });
    expect(play.action('a1').state).toBe('checking');
  });
});
