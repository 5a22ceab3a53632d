import { describe, expect, it } from 'vitest';
import type { Payment } from '../../../main/core/payment/payment.ts';
import type { Action, Move } from '../../../main/core/queue/action.ts';
import { baselineOf, CLOCKS_APART_MS, SETTLING_MS } from '../../../main/core/queue/evidence.ts';
import { isUnchangedSinceDecision } from '../../../main/core/queue/since-decision.ts';
import { words } from '../../../main/core/words.ts';
import { aCapture, aHold, anAction, anUnpaid, aPayment, DAY_MS, HOUR_MS, MINUTE_MS, NOON_MS } from '../../builders.ts';
import { aPlay, biggerHold, hold, lost, taken } from './queue-play.ts';

const MIDNIGHT_MS = Date.parse('2026-06-15T23:00:00Z');
const sale = aPayment({ id: 'pi_test' });
const receipt = { kind: 'sendReceipt', emails: ['a@example.com'] } as const;

/** Read just now, an action of noon. */
function read(changes: Partial<Action>, payment = hold, { dojoAtMs, nowMs = NOON_MS }: { dojoAtMs?: number | null; nowMs?: number } = {}) {
  const action = anAction({ id: 'a1', seq: 5, ...changes });
  const play = aPlay([action], { nowMs });
  if (dojoAtMs !== undefined) play.dojoSays(dojoAtMs);
  play.read(action, payment);
  return { action, play };
}

describe('what was read while the queue may not send', () => {
  it.each<readonly [string, (play: ReturnType<typeof aPlay>) => void]>([
    ['it was paused', (play) => play.event({ type: 'paused', paused: true })],
    ['the key was refused', (play) => play.event({ type: 'gate', gate: 'stopped', accountId: 'acc_1' })],
    ['Dojo asked to wait', (play) => play.event({ type: 'throttled', untilMs: NOON_MS + MINUTE_MS })],
  ])('sends nothing and ends nothing, though the payment has changed: %s', (_, happens) => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    happens(play);
    play.read(action, { ...hold, status: 'Reversed' });
    expect(play.action('a1')).toMatchObject({ state: 'waiting', outcome: null });
    expect(play.sends()).toEqual([]);
  });

  it('does not send a refund again either', () => {
    const { action, play } = lost({ move: { kind: 'refund', amount: 500 } }, sale);
    play.pass(SETTLING_MS);
    play.read(action, sale);
    play.event({ type: 'paused', paused: true });
    play.read(action, sale);
    expect(play.sends()).toEqual([]);
    expect(play.action('a1')).toMatchObject({ state: 'waiting', sends: 1 });
  });
});

describe('a payment that is in another currency than when it was decided', () => {
  const SAYS = 'This was decided in GBP, and the payment is in EUR now.';
  const NEXT = 'Look at the payment as it is now, then decide again.';
  const unpaid = anUnpaid({ id: 'pi_test', customAmountAllowed: true, tipsAllowed: true });
  const inEuro = (payment: Payment): Payment => ({ ...payment, currency: 'EUR' });
  function decided(move: Move, decidedOn: Payment, payment: Payment) {
    const action = anAction({ id: 'a1', move, decidedOn: baselineOf(decidedOn, NOON_MS) });
    const play = aPlay();
    play.event({ type: 'accepted', actions: [action] });
    play.dojoSays(NOON_MS);
    play.read(action, payment);
    return play;
  }

  it.each<readonly [Move, Payment]>([
    [{ kind: 'capture', amount: 2000 }, hold],
    [{ kind: 'capture', amount: 500 }, hold],
    [{ kind: 'refund', amount: 500 }, sale],
    [{ kind: 'setAmount', amount: 500 }, unpaid],
    [{ kind: 'setTips', amount: 500 }, unpaid],
  ])('is sent no amount: %o', (move, payment) => {
    expect(decided(move, payment, payment).sends()).toEqual(['a1']);
    const play = decided(move, payment, inEuro(payment));
    expect(play.sends()).toEqual([]);
    expect(play.action('a1')).toMatchObject({ state: 'refused', sends: 0, outcome: { code: 'currency', message: `${SAYS} Nothing was sent.`, next: NEXT } });
  });

  it.each<readonly [Move, Payment]>([
    [{ kind: 'reverse' }, sale],
    [{ kind: 'cancel' }, unpaid],
    [receipt, sale],
  ])('is sent what has no amount: %o', (move, payment) => {
    expect(decided(move, payment, inEuro(payment)).sends()).toEqual(['a1']);
  });

  it.each<readonly [Move, Payment]>([
    [{ kind: 'capture', amount: 2000 }, hold],
    [{ kind: 'refund', amount: 500 }, sale],
  ])('is sent no amount again whose answer was lost, and a person decides: %o', (move, payment) => {
    for (const [now, sent] of [
      [payment, ['a1']],
      [inEuro(payment), []],
    ] as const) {
      const { action, play } = lost({ move }, payment);
      play.pass(SETTLING_MS);
      play.read(action, now);
      play.read(action, now);
      expect(play.sends(), now.currency).toEqual(sent);
      const outcome = { code: 'conflict', settledBy: 'till', message: `${SAYS} It was not sent again.` };
      if (sent.length === 0) expect(play.action('a1')).toMatchObject({ state: 'needsPerson', sends: 1, outcome });
    }
  });

  it('is not called unchanged', () => {
    const action = anAction({ decidedOn: baselineOf(hold, NOON_MS) });
    expect([hold, inEuro(hold)].map((payment) => isUnchangedSinceDecision(action, payment, []))).toEqual([true, false]);
  });
});

describe('the identical refund', () => {
  it('goes out again though the rules would not allow another one: nothing is left', () => {
    const { action, play } = lost({ move: { kind: 'refund', amount: 2000 } }, sale);
    const whole = { ...sale, status: 'Refunded', refundedMinor: 2000 };
    play.pass(SETTLING_MS);
    play.read(action, whole);
    play.read(action, whole);
    expect(play.sent()).toMatchObject([{ actionId: 'a1', idempotencyKey: action.idempotencyKey }]);
  });
});

describe('a receipt', () => {
  it('needs no record of what was known: it moves nothing', () => {
    const { play } = read({ move: receipt, decidedOn: null }, sale);
    expect(play.sends()).toEqual(['a1']);
  });

  it.each([
    [1, 'sending'],
    [2, 'needsPerson'],
  ])('that went out %i times is %s', (sends, state) => {
    const { play } = read({ move: receipt, sends, sentAtMs: NOON_MS, firstSentAtMs: NOON_MS, baseline: baselineOf(sale, NOON_MS) }, sale);
    expect(play.action('a1').state).toBe(state);
    if (state === 'needsPerson') expect(play.action('a1').outcome?.code).toBe('unreadable');
    expect(play.sends()).toEqual(state === 'sending' ? ['a1'] : []);
  });
});

it('a receipt that may go out again waits on while the queue is paused', () => {
  const action = anAction({ id: 'a1', move: receipt, sends: 1, sentAtMs: NOON_MS, firstSentAtMs: NOON_MS, baseline: baselineOf(sale, NOON_MS) });
  const play = aPlay([action]);
  play.event({ type: 'paused', paused: true });
  play.read(action, sale);
  expect(play.effects()).toEqual([]);
  expect(play.action('a1')).toBe(action);
});

describe('one that went out before', () => {
  it('and then shows more than one explains is a person’s, and is not sent', () => {
    const { action, play } = lost();
    play.pass(SETTLING_MS);
    play.read(action, hold);
    play.read(action, taken('cp_1', 'cp_2'));
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'conflict' } });
    expect(play.sends()).toEqual([]);
  });

  it.each<readonly [string, Partial<Action>]>([
    ['and was sent', { sends: 1, sentAtMs: NOON_MS, firstSentAtMs: NOON_MS }],
    ['and of which Dojo said that it did nothing', { sends: 0, sentAtMs: NOON_MS, firstSentAtMs: NOON_MS }],
  ])('%s is judged by what was read then: it needs no record of the decision', (_, changes) => {
    const { play } = read({ ...changes, decidedOn: null, baseline: baselineOf(hold, NOON_MS) });
    expect(play.sends()).toEqual(['a1']);
  });

  it('of which Dojo said that it did nothing has a new baseline, its time anew, and the API version that is set now', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    play.read(action, hold);
    play.fails(action, { kind: 'throttled' });
    play.pass(MINUTE_MS);
    play.setVersion('2022-04-07');
    play.read(action, hold);
    const at = NOON_MS + MINUTE_MS;
    expect(play.action('a1')).toMatchObject({ sends: 1, firstSentAtMs: at, sentAtMs: at, apiVersion: '2022-04-07', baseline: { readAtMs: at } });
  });
});

describe('what else this till did on the payment', () => {
  it('counts where it was done, though it was accepted later: nothing is captured twice', () => {
    const later = anAction({ id: 'a2', seq: 9, state: 'done', sends: 1, firstSentAtMs: NOON_MS });
    const action = anAction({ id: 'a1', seq: 1 });
    const play = aPlay([action, later]);
    play.read(action, hold);
    expect(play.action('a1')).toMatchObject({ state: 'refused', outcome: { code: 'nothing-left' } });
    expect(play.sends()).toEqual([]);
  });

  it('counts for nothing where it was accepted later and waits', () => {
    const later = anAction({ id: 'a2', seq: 9 });
    const action = anAction({ id: 'a1', seq: 1 });
    const play = aPlay([action, later]);
    play.read(action, hold);
    expect(play.sends()).toEqual(['a1']);
  });
});

describe('an answer that was on its way through a sleep of the PC, asked for 14 s ago', () => {
  const SLEPT_MS = 14_000;
  const readIt = (deadlineAtMs: number) => {
    const action = anAction({ id: 'a1', deadlineAtMs });
    const play = aPlay([action], { nowMs: NOON_MS + SLEPT_MS });
    play.dojoSays(NOON_MS);
    play.read(action, hold, NOON_MS);
    return { action, play };
  };

  it('sends nothing whose deadline may have passed since: it is read again, and then too late', () => {
    const { action, play } = readIt(NOON_MS + SLEPT_MS);
    expect([play.action('a1').state, play.sends(), play.reads()]).toEqual(['waiting', [], ['a1']]);
    play.dojoSays(NOON_MS + SLEPT_MS);
    play.read(action, hold);
    expect([play.action('a1').state, play.sends()]).toEqual(['expired', []]);
  });

  it('read again in time, it goes out', () => {
    const { action, play } = readIt(NOON_MS + SLEPT_MS + 900);
    play.dojoSays(NOON_MS + SLEPT_MS - 1_000);
    play.read(action, hold);
    expect(play.sends()).toEqual(['a1']);
  });

  it('sends what has time left after it', () => {
    expect(readIt(NOON_MS + SLEPT_MS + 1_001).play.sends()).toEqual(['a1']);
  });
});

describe('the end of a hold', () => {
  const endsAtMs = NOON_MS - HOUR_MS + 7 * DAY_MS;

  it('closes a capture where Dojo says what time it is', () => {
    const { play } = read({ deadlineAtMs: null }, hold, { nowMs: endsAtMs, dojoAtMs: endsAtMs });
    expect(play.action('a1')).toMatchObject({ state: 'refused', outcome: { code: 'hold-ended' } });
  });

  it.each([
    [NOON_MS + DAY_MS - 1, 'sending'],
    [NOON_MS + DAY_MS, 'needsPerson'],
  ])('at %i by the till’s clock alone is %s', (nowMs, state) => {
    const { play } = read({ deadlineAtMs: NOON_MS + DAY_MS }, hold, { nowMs, dojoAtMs: null });
    expect(play.action('a1').state).toBe(state);
    if (state === 'needsPerson') expect(play.action('a1').outcome?.code).toBe('no-date');
  });
});

describe('without Dojo’s time', () => {
  it.each<readonly [string, typeof hold, string]>([
    ['a sale', sale, 'Do it in Dojo, then settle it in the queue. After midnight, refund it instead.'],
    ['a hold, which can still be released', hold, 'Do it in Dojo, then settle it in the queue.'],
    ['a payment that nobody has paid', { ...hold, status: 'Created' }, 'Do it in Dojo, then settle it in the queue. After midnight, cancel it instead.'],
    ['a sale all of which is refunded', { ...sale, refundedMinor: 2000 }, 'Do it in Dojo, then settle it in the queue.'],
  ])('a reversal that asks says what can be done after midnight to %s', (_, payment, next) => {
    expect(words.noDateReversal(payment).next).toBe(next);
  });

  it('a release of today says that it has to be done in Dojo, and promises no refund', () => {
    const { play } = read({ move: { kind: 'reverse' }, deadlineAtMs: MIDNIGHT_MS }, hold, { dojoAtMs: null });
    expect(play.action('a1').outcome?.next).toBe('Do it in Dojo, then settle it in the queue.');
  });

  it.each<readonly [string, Partial<Action>, typeof hold, boolean]>([
    ['a reversal until the midnight of its day', { move: { kind: 'reverse' }, deadlineAtMs: MIDNIGHT_MS }, sale, false],
    ['a release that may come after it', { move: { kind: 'reverse' }, deadlineAtMs: MIDNIGHT_MS + 1 }, hold, true],
    ['a release without a limit', { move: { kind: 'reverse' }, deadlineAtMs: null }, hold, true],
    ['a capture that has to come before it', { deadlineAtMs: MIDNIGHT_MS }, hold, true],
  ])('%s goes out: $3', (_, changes, payment, goes) => {
    const { play } = read(changes, payment, { dojoAtMs: null });
    expect(play.sends()).toEqual(goes ? ['a1'] : []);
    if (!goes) expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'no-date-reversal' } });
  });

  it.each([
    ['no time', null, true],
    ['the till’s time', NOON_MS, undefined],
    ['a time that servers may differ by', NOON_MS + CLOCKS_APART_MS, undefined],
    ['a later time than the till believes yet', NOON_MS + CLOCKS_APART_MS + 1, true],
    ['an earlier one', NOON_MS - CLOCKS_APART_MS - 1, true],
  ])('with $0 the baseline is undated: $2', (_, dojoAtMs, isUndated) => {
    expect(read({}, hold, { dojoAtMs }).play.action('a1').baseline?.isUndated).toBe(isUndated);
  });
});

describe('clocks that disagree: both may be wrong by as much', () => {
  const deadlineAtMs = NOON_MS + 3 * HOUR_MS;
  /** One of Dojo's servers, which is believed, and the PC's own clock. */
  const readWhile = (serverMs: number, pcMs: number, move: Action['move'] = { kind: 'reverse' }) => {
    const action = anAction({ id: 'a1', move, deadlineAtMs });
    const play = aPlay([action], { nowMs: serverMs });
    play.dojoSays(serverMs);
    play.othersSay(pcMs);
    play.read(action, hold);
    return play;
  };

  it.each<readonly [string, number, number, 'sending' | 'waiting' | 'expired']>([
    ['hours before the deadline, and further apart than that', -6 * HOUR_MS, -HOUR_MS, 'waiting'],
    ['so too where the PC’s clock is the earlier one', -HOUR_MS, -6 * HOUR_MS, 'waiting'],
    ['both after it', 6 * HOUR_MS, HOUR_MS, 'waiting'],
    ['before it, and less than three times further than they are apart', -7 * HOUR_MS, -5 * HOUR_MS, 'waiting'],
    ['after it, and less than three times further', 7 * HOUR_MS, 5 * HOUR_MS, 'waiting'],
    ['further before it than three times what they are apart', -9 * HOUR_MS, -7 * HOUR_MS, 'sending'],
    ['further after it than three times that', 9 * HOUR_MS, 7 * HOUR_MS, 'expired'],
  ])('%s', (_, serverMs, pcMs, state) => {
    const play = readWhile(deadlineAtMs + serverMs, deadlineAtMs + pcMs);
    expect(play.action('a1').state).toBe(state);
    expect(play.sends()).toEqual(state === 'sending' ? ['a1'] : []);
  });

  it.each<readonly [string, number, number, 'sending' | 'expired']>([
    ['one before its deadline, one after it', -6 * HOUR_MS, 400 * DAY_MS, 'sending'],
    ['one after it, one before it', HOUR_MS, -6 * HOUR_MS, 'sending'],
    ['both after it, and they may be wrong by as much', 6 * HOUR_MS, HOUR_MS, 'sending'],
    ['both further after it than they may be wrong', 9 * HOUR_MS, 7 * HOUR_MS, 'expired'],
  ])('a capture of what shows as a hold still does not wait for them, and Dojo decides: %s', (_, serverMs, pcMs, state) => {
    const play = readWhile(deadlineAtMs + serverMs, deadlineAtMs + pcMs, anAction({}).move);
    expect(play.action('a1').state).toBe(state);
    expect(play.sends()).toEqual(state === 'sending' ? ['a1'] : []);
  });

  it('nor do the rules of time close it, where Dojo says when the hold ends', () => {
    const ending = aHold({ id: 'pi_test', expireAtMs: deadlineAtMs });
    const play = aPlay([anAction({ id: 'a1' })], { nowMs: deadlineAtMs + HOUR_MS });
    play.dojoSays(deadlineAtMs + HOUR_MS);
    play.othersSay(deadlineAtMs - HOUR_MS);
    play.read(play.action('a1'), ending);
    expect(play.sends()).toEqual(['a1']);
  });

  it('what failed before says nothing of how long they have disagreed: a person is asked after a quarter of an hour of that', () => {
    const action = anAction({ id: 'a1', move: { kind: 'reverse' }, deadlineAtMs, failures: 106 });
    const play = aPlay([action], { nowMs: deadlineAtMs - 6 * HOUR_MS });
    const readWhileInDoubt = () => {
      play.dojoSays(play.nowMs());
      play.othersSay(deadlineAtMs - HOUR_MS);
      play.read(play.action('a1'), hold);
      return play.action('a1').state;
    };
    expect(readWhileInDoubt()).toBe('waiting');
    // As soon as another server may tell.
    expect(play.action('a1').notBeforeMs).toBe(play.nowMs());
    play.pass(14 * MINUTE_MS);
    expect(readWhileInDoubt()).toBe('waiting');
    play.pass(MINUTE_MS);
    expect(readWhileInDoubt()).toBe('needsPerson');
    expect(play.sends()).toEqual([]);
  });

  it('no connection in between begins that anew', () => {
    const play = readWhile(deadlineAtMs - 6 * HOUR_MS, deadlineAtMs - HOUR_MS);
    play.readFails(play.action('a1'), { kind: 'not-sent' });
    play.pass(20 * MINUTE_MS);
    play.dojoSays(play.nowMs());
    play.read(play.action('a1'), hold);
    expect(play.action('a1').state).toBe('waiting');
  });

  it('whether the day of a sale is over waits for them too, where the action has no deadline of its own; a person is asked after a quarter of an hour', () => {
    const action = anAction({ id: 'a1', move: { kind: 'reverse' }, deadlineAtMs: null });
    const play = aPlay([action], { nowMs: MIDNIGHT_MS + HOUR_MS });
    const readWhilePcSays = (pcMs: number | null) => {
      play.dojoSays(play.nowMs());
      play.othersSay(pcMs);
      play.read(play.action('a1'), sale);
      return play.action('a1');
    };
    expect(readWhilePcSays(MIDNIGHT_MS - HOUR_MS)).toMatchObject({ state: 'waiting', outcome: null });
    play.pass(15 * MINUTE_MS);
    expect(readWhilePcSays(MIDNIGHT_MS - HOUR_MS)).toMatchObject({
      state: 'needsPerson',
      outcome: {
        code: 'no-date',
        message: 'It stayed uncertain what time it is, so it may be too late. It was not sent now.',
        next: 'Compare with Dojo, then send it or settle it in the queue.',
      },
    });
    expect(play.sends()).toEqual([]);
    const other = aPlay([action], { nowMs: MIDNIGHT_MS + HOUR_MS });
    other.dojoSays(MIDNIGHT_MS + HOUR_MS);
    other.read(action, sale);
    expect(other.action('a1')).toMatchObject({ state: 'refused', outcome: { code: 'day-over' } });
  });

  it('they agree a minute later, and it goes out', () => {
    const play = readWhile(deadlineAtMs - 6 * HOUR_MS, deadlineAtMs - HOUR_MS);
    play.othersSay(null);
    play.read(play.action('a1'), hold);
    expect(play.sends()).toEqual(['a1']);
  });
});

it('a part that another till captured since is neither captured again nor called done', () => {
  const { play } = read({ move: { kind: 'capture', amount: 2000 }, decidedOn: baselineOf(biggerHold, NOON_MS) }, { ...biggerHold, captures: [aCapture()] });
  expect(play.action('a1')).toMatchObject({ state: 'needsPerson', sends: 0, outcome: { code: 'changed-since' } });
});

it('nor is one that Dojo denied first, where another till captured the same sum in other parts since', () => {
  const tipped = { ...biggerHold, tipsAllowed: true };
  const action = anAction({ id: 'a1', move: { kind: 'capture', amount: 1500, tipsAmount: 500 }, decidedOn: baselineOf(tipped, NOON_MS) });
  const play = aPlay([action]);
  play.read(action, tipped);
  play.fails(action, { kind: 'throttled', status: 429 });
  play.pass(MINUTE_MS);
  play.read(play.action('a1'), { ...tipped, captures: [aCapture({ amountMinor: 2000, createdAtMs: NOON_MS })] });
  expect(play.sends()).toEqual([]);
  expect(play.action('a1')).toMatchObject({ state: 'needsPerson', sends: 0, outcome: { code: 'changed-since' } });
});

describe('a reversal that was decided while nobody had paid', () => {
  const unpaid = aHold({ id: 'pi_test', status: 'Created', paidAtMs: null });
  const decided = { move: { kind: 'reverse' }, decidedOn: baselineOf(unpaid, NOON_MS) } as const;

  it('does not become the release of a hold that the customer has paid for since: a person decides, and may send it', () => {
    const { action, play } = read(decided, hold);
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', sends: 0, outcome: { code: 'paid-since' } });
    expect(play.sends()).toEqual([]);
    play.event({ type: 'release', actionId: 'a1', decidedOn: baselineOf(hold, NOON_MS) });
    play.read(action, hold);
    expect(play.sends()).toEqual(['a1']);
  });

  it('nor is it sent again once the customer has paid', () => {
    const action = anAction({ id: 'a1', ...decided });
    const play = aPlay([action]);
    play.read(action, unpaid);
    expect(play.sends()).toEqual(['a1']);
    play.fails(action);
    play.pass(SETTLING_MS);
    play.read(action, hold);
    play.read(action, hold);
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', sends: 1, outcome: { code: 'paid-since' } });
    expect(play.sends()).toEqual([]);
  });

  it('goes out while nobody has paid', () => {
    expect(read(decided, unpaid).play.sends()).toEqual(['a1']);
  });

  it('is refused, and nobody is asked, where another till reversed it since', () => {
    const { play } = read(decided, { ...hold, status: 'Reversed' });
    expect(play.action('a1')).toMatchObject({ state: 'refused', outcome: { code: 'undone' } });
  });
});

it('a hold of which this key lists no captures is captured whole and called done by its status', () => {
  const unlisted = aHold({ id: 'pi_test', captures: null });
  const action = anAction({ id: 'a1', move: { kind: 'capture', amount: 4200 } });
  const play = aPlay([action], { apiVersion: '2022-04-07' });
  play.read(action, unlisted);
  play.fails(action);
  play.pass(500);
  play.read(action, { ...unlisted, status: 'Captured' });
  expect(play.action('a1')).toMatchObject({ state: 'done', outcome: { settledBy: 'evidence' } });
});

it.each<readonly [string, Partial<Action>, typeof hold]>([
  ['a request to pay has lapsed', { move: { kind: 'cancel' } }, anUnpaid({ id: 'pi_test', expireAtMs: NOON_MS - 1 })],
  ['the day of a sale is over', { move: { kind: 'reverse' } }, aPayment({ id: 'pi_test', createdAtMs: NOON_MS - DAY_MS, paidAtMs: NOON_MS - DAY_MS })],
])('where Dojo says no time, that %s is nobody’s word: a person is asked', (_, changes, payment) => {
  expect(read(changes, payment, { dojoAtMs: null }).play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'no-date' } });
  expect(read(changes, payment, { dojoAtMs: NOON_MS }).play.action('a1').state).toBe('refused');
});

/** How often a payment is read in so long, where each answer takes 50 ms and starts nothing. */
function readsIn(play: ReturnType<typeof aPlay>, action: Action, payment: typeof hold, forMs: number, startedMs = 50): number {
  const untilMs = play.nowMs() + forMs;
  let reads = 0;
  while (play.nowMs() < untilMs && play.action('a1').state === 'waiting') {
    if (play.state().busy.size === 0) {
      play.pass(Math.max(1, play.wakesInMs() ?? forMs));
      continue;
    }
    reads += 1;
    play.pass(50);
    play.read(action, payment, { wallMs: play.nowMs() - startedMs, monotonicMs: play.monotonicMs() - 50 });
    expect(play.sends()).toEqual([]);
  }
  return reads;
}

describe('a payment whose reading starts nothing is read again with a pause that grows', () => {
  it('where Dojo’s Date stands still just before the deadline', () => {
    const action = anAction({ id: 'a1', move: { kind: 'reverse' }, deadlineAtMs: MIDNIGHT_MS });
    const play = aPlay([action], { nowMs: MIDNIGHT_MS - 1_000 });
    play.dojoSays(MIDNIGHT_MS - 1_010);
    const reads = readsIn(play, action, sale, 10 * MINUTE_MS);
    expect(reads).toBeGreaterThan(5);
    expect(reads).toBeLessThan(40);
    expect(play.action('a1').state).toBe('waiting');
    // It goes on: the deadline has passed.
    play.dojoSays(MIDNIGHT_MS + 1_000);
    readsIn(play, action, sale, 2 * MINUTE_MS);
    expect(play.action('a1').state).toBe('expired');
  });

  it('where the clocks go apart in every reading', () => {
    const action = anAction({ id: 'a1' });
    const play = aPlay([action]);
    const reads = readsIn(play, action, hold, 10 * MINUTE_MS, 5_000);
    expect(reads).toBeGreaterThan(5);
    expect(reads).toBeLessThan(40);
    play.pass(MINUTE_MS);
    play.read(action, hold);
    expect(play.sends()).toEqual(['a1']);
  });
});

describe('the day of a reversal', () => {
  const dayBefore = MIDNIGHT_MS - DAY_MS;
  /** As it was known: of the day before. */
  const decided = {
    move: { kind: 'reverse' } as const,
    decidedOn: baselineOf(hold, NOON_MS),
    sameDay: { paidByMs: dayBefore - MINUTE_MS, endsAtMs: null },
    deadlineAtMs: dayBefore,
  };
  const paid = (paidAtMs: number | null) => aHold({ id: 'pi_test', createdAtMs: dayBefore - MINUTE_MS, paidAtMs, firstPaidMs: dayBefore + MINUTE_MS });

  it('that Dojo tells only now is the one that counts', () => {
    const { play } = read(decided, paid(dayBefore + MINUTE_MS), { dojoAtMs: NOON_MS });
    expect(play.sends()).toEqual(['a1']);
    expect(play.action('a1')).toMatchObject({ deadlineAtMs: MIDNIGHT_MS, sameDay: { paidByMs: dayBefore + MINUTE_MS } });
  });

  it.each<[string, Partial<Action>, number | null]>([
    ['is over as Dojo tells', decided, dayBefore - MINUTE_MS],
    ['is not told by Dojo', decided, null],
    [
      'is that of the request to pay where nobody had paid',
      { ...decided, decidedOn: baselineOf({ ...hold, status: 'Created' }, NOON_MS) },
      dayBefore + MINUTE_MS,
    ],
  ])('%s', (_, changes, paidAtMs) => {
    const { play } = read(changes, paid(paidAtMs), { dojoAtMs: NOON_MS });
    expect([play.action('a1').state, play.sends()]).toEqual(['expired', []]);
  });
});
