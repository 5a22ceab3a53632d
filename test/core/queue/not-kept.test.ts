import { describe, expect, it } from 'vitest';
import type { Action, Move } from '../../../main/core/queue/action.ts';
import { baselineOf } from '../../../main/core/queue/evidence.ts';
import { endsUnkept, endUnkept, endUnkeptOf } from '../../../main/core/queue/not-kept.ts';
import type { Said } from '../../../main/core/queue/outcome.ts';
import type { QueueState } from '../../../main/core/queue/queue-state.ts';
import { anAction, anOutcome, anUnpaid, HOUR_MS, MINUTE_MS, NOON_MS } from '../../builders.ts';
import { aTurn, writtenBy } from './a-turn.ts';
import { aPlay } from './queue-play.ts';

const bill = anUnpaid({ id: 'pi_test', customAmountAllowed: true, tipsAllowed: true });
const CHANGES: readonly Move[] = [
  { kind: 'setAmount', amount: 5000 },
  { kind: 'setTips', amount: 500 },
];
const NO_ANSWER = {
  message: 'It did not get through to Dojo at once, so it was not sent. This changed nothing.',
  next: 'Do it again in a minute. If it stays so, look it up in Dojo.',
};
const unsent = (why: string, next: string) => ({ message: `${why}, so it was not sent. This changed nothing.`, next });
const PAUSED = unsent('The queue was paused', 'Press Go on in the queue, then do it again.');
const KEY_REFUSED = unsent('Dojo did not accept the API key', 'Mend the key in the settings, then do it again.');
const ASKED_TO_WAIT = unsent('Tillside was asked to wait', 'Wait until that has passed, then do it again.');
const NO_DISK = unsent('It could not be written down on this PC', 'A notice says what to do about the disk. Do it again after that.');
const LOOK_AGAIN = 'Look at the payment as it is now, then decide again.';
const ofMove = (move: Move, changes: Partial<Action> = {}) => anAction({ id: 'a1', move, decidedOn: baselineOf(bill, NOON_MS), ...changes });
const ended = (play: ReturnType<typeof aPlay>) => {
  const { state, outcome } = play.action('a1');
  return { state, code: outcome?.code, message: outcome?.message, next: outcome?.next };
};
const OVER = {
  ...{ state: 'refused', code: 'offline', message: 'There was no connection, so it was not sent. This changed nothing.' },
  next: 'Do it again when there is a connection.',
};

/** Accepted while the connection was there. */
function accepted(action: Action) {
  const play = aPlay();
  play.event({ type: 'accepted', actions: [action] });
  return play;
}

describe.each(CHANGES)('a change ($kind) is not kept for later', (move) => {
  it('where the look at its payment finds no connection: it ends, and nothing goes out when it is back', () => {
    const action = ofMove(move);
    const play = accepted(action);
    play.readFails(action, { kind: 'not-sent' });
    expect(ended(play)).toEqual(OVER);
    play.event({ type: 'line', up: true });
    play.pass(3 * HOUR_MS);
    expect([play.reads(), play.sends()]).toEqual([[], []]);
  });

  it('where something that is not Dojo answers', () => {
    const action = ofMove(move);
    const play = accepted(action);
    play.readFails(action, { kind: 'not-dojo' });
    // Of this one payment; whether there is a connection the list tells.
    expect(ended(play)).toEqual({ ...OVER, ...NO_ANSWER });
  });

  it('where its request certainly did not leave', () => {
    const action = ofMove(move);
    const play = accepted(action);
    play.read(action, bill);
    play.fails(action, { kind: 'not-sent' });
    expect(ended(play)).toEqual(OVER);
  });

  it('where another finds that there is no connection before its turn comes', () => {
    const play = aPlay();
    const action = ofMove(move);
    play.event({ type: 'accepted', actions: [anAction({ id: 'a0', seq: 0, move: { kind: 'sendReceipt', emails: ['a@example.com'] } }), action] });
    expect(play.reads()).toEqual(['a0']);
    play.event({ type: 'line', up: false });
    expect(ended(play)).toEqual(OVER);
  });

  it.each<readonly [string, (play: ReturnType<typeof aPlay>, action: Action) => unknown, Pick<Said, 'message'>]>([
    ['the queue is paused', (play) => play.event({ type: 'paused', paused: true }), PAUSED],
    ['the key is refused', (play) => play.event({ type: 'gate', gate: 'stopped', accountId: 'acc_1' }), KEY_REFUSED],
    ['Dojo asks for ten minutes', (play) => play.event({ type: 'throttled', untilMs: play.nowMs() + 9 * MINUTE_MS }), ASKED_TO_WAIT],
    ['Dojo does not answer in time', (play, action) => play.readFails(action, { kind: 'unknown-outcome', cause: 'timeout' }), NO_ANSWER],
    ['Dojo has trouble of its own', (play, action) => play.readFails(action, { kind: 'unknown-outcome', status: 500 }), NO_ANSWER],
  ])('where it cannot go out at once: %s', (_, held, said) => {
    const play = aPlay();
    const action = ofMove(move);
    play.event({ type: 'accepted', actions: [action] });
    held(play, action);
    if (play.action('a1').state === 'waiting') play.readFails(action, { kind: 'unknown-outcome', status: 500 });
    expect(ended(play)).toEqual({ ...OVER, ...said });
  });

  it('where its answer was lost and Dojo shows no trace of it: it is not sent again', () => {
    const action = ofMove(move);
    const play = accepted(action);
    play.read(action, bill);
    play.fails(action, { kind: 'unknown-outcome' });
    play.event({ type: 'line', up: false });
    play.pass(3 * HOUR_MS);
    play.event({ type: 'line', up: true });
    play.read(play.action('a1'), bill);
    expect([play.action('a1').state, play.action('a1').outcome?.code, play.sends()]).toEqual(['refused', 'gave-up', []]);
  });

  it('where Dojo denied it for a while', () => {
    const action = ofMove(move);
    const play = accepted(action);
    play.read(action, bill);
    play.fails(action, { kind: 'throttled' });
    play.pass(MINUTE_MS + 1);
    play.read(play.action('a1'), bill);
    expect([ended(play), play.sends()]).toEqual([
      { ...OVER, message: 'It could not be sent at once, so it was not sent again. This changed nothing.', next: LOOK_AGAIN },
      [],
    ]);
  });

  it('over a restart', () => {
    expect(ended(aPlay([ofMove(move)]))).toEqual({ ...OVER, message: 'Tillside stopped before it was sent. This changed nothing.', next: LOOK_AGAIN });
  });

  it('where it was sent before, Dojo shows that it did nothing, and there was no connection since', () => {
    const sent = {
      sends: 1,
      firstSentAtMs: NOON_MS - 10 * MINUTE_MS,
      sentAtMs: NOON_MS - 10 * MINUTE_MS,
      baseline: baselineOf(bill, NOON_MS - 10 * MINUTE_MS),
    };
    const action = ofMove(move, sent);
    const play = aPlay([action]);
    play.readFails(action, { kind: 'not-sent' });
    // It is not sent then.
    expect(ended(play)).toMatchObject({
      state: 'waiting',
      code: 'not-sent',
      message: 'Dojo cannot be reached: there is no connection. It is not kept for later: its payment is looked at when there is a connection.',
    });
    play.event({ type: 'line', up: true });
    play.read(play.action('a1'), bill);
    expect([ended(play), play.sends()]).toEqual([{ ...OVER, message: 'There was no connection, so it was not sent again. This changed nothing.' }, []]);
  });

  it('but waits where Dojo answers that it has to wait', () => {
    const action = ofMove(move);
    const play = accepted(action);
    play.readFails(action, { kind: 'throttled' });
    expect(ended(play)).toMatchObject({ state: 'waiting' });
  });
});

it('what is kept for later waits for the connection', () => {
  const action = anAction({ id: 'a1', move: { kind: 'cancel' } });
  const play = accepted(action);
  play.readFails(action, { kind: 'not-sent' });
  expect(ended(play)).toMatchObject({ state: 'waiting', code: 'not-sent' });
});

it('a reversal that was decided as one that needs a connection is not kept for later either', () => {
  const reverse = { move: { kind: 'reverse' } as const, onlineOnly: true as const };
  for (const [changes, state] of [
    [reverse, 'refused'],
    [{ move: reverse.move }, 'waiting'],
  ] as const) {
    const action = anAction({ id: 'a1', ...changes });
    const play = accepted(action);
    play.readFails(action, { kind: 'not-sent' });
    expect(ended(play).state).toBe(state);
  }
});

const [change] = CHANGES as [Move];
const DENIED = { baseline: baselineOf(bill, NOON_MS), sends: 0, outcome: anOutcome({ code: 'throttled', settledBy: 'till' }) } as const;
const RELEASED = {
  sentBefore: { sends: 1, firstSentAtMs: NOON_MS - HOUR_MS, sentAtMs: NOON_MS - HOUR_MS, apiVersion: null, baseline: baselineOf(bill, NOON_MS - HOUR_MS) },
} as const;

describe('only what was certainly never sent ends as never sent', () => {
  it.each<readonly [string, Partial<Action>]>([
    ['a person has to look it up', { state: 'needsPerson' }],
    ['a person removed it', { state: 'withdrawn' }],
    ['it is on its way', { state: 'sending', sends: 1 }],
    ['it was sent, and an older till wrote no more of it', { sends: 1 }],
    ['what Dojo said of it first has to be borne out by its payment', DENIED],
    ['a person let it go once more, and what was sent before may have arrived', RELEASED],
  ])('but not where %s', (_, changes) => {
    const action = ofMove(change, changes);
    const down = aTurn([action], { line: { up: false, failures: 1, retryAtMs: 0 } });
    endUnkept(down);
    const restarted = aTurn([action]);
    endUnkeptOf(restarted, [action]);
    expect([writtenBy(down), writtenBy(restarted)]).toEqual([[], []]);
  });
});

describe('one that nobody asked Dojo about yet', () => {
  it.each<readonly [string, Partial<QueueState>, Said | undefined]>([
    ['ends where the queue is paused', { paused: true }, PAUSED],
    ['ends where the key is refused', { gate: 'stopped' }, KEY_REFUSED],
    [
      'ends where Dojo’s version is not known',
      { gate: 'no-version' },
      unsent('Dojo did not answer in any API version that Tillside knows', 'Do it again when the header says Live.'),
    ],
    ['ends where the owner disconnected', { gate: 'no-key' }, unsent('Tillside was not connected to Dojo', 'Connect with the key, then do it again.')],
    [
      'ends where another account is connected',
      { accountId: 'acc_2' },
      unsent('Another account was connected', 'Connect with the key of its account, then do it again.'),
    ],
    ['ends where the disk refuses', { diskOk: false }, NO_DISK],
    [
      'ends where an earlier action on its payment cannot be read',
      { unreadableLanes: new Set(['pi_test']) },
      unsent('An earlier action on this payment cannot be read from the disk', 'Look the payment up in Dojo and finish it there.'),
    ],
    ['waits where that is another payment', { unreadableLanes: new Set(['pi_other']) }, undefined],
    [
      'ends where this key may not do such',
      { stoppedOperations: new Set([change.kind]) },
      unsent('Dojo does not allow this key to do that', 'Connect with a key that may do it, then do it again.'),
    ],
    ['names the disk where the queue is paused too: Go on alone is of no use', { diskOk: false, paused: true }, NO_DISK],
    ['waits where the key may not do something else', { stoppedOperations: new Set(['refund']) }, undefined],
    ['ends where Dojo asks for more than a minute', { throttledUntilMs: NOON_MS + MINUTE_MS + 1 }, ASKED_TO_WAIT],
    ['waits where Dojo asks for a minute: the customer stands there still', { throttledUntilMs: NOON_MS + MINUTE_MS }, undefined],
    ['waits for its turn', {}, undefined],
  ])('%s', (_, state, said) => {
    const turn = aTurn([ofMove(change)], state);
    endUnkept(turn);
    expect(writtenBy(turn).map(({ outcome }) => ({ message: outcome?.message, next: outcome?.next }))).toEqual(said === undefined ? [] : [said]);
  });

  it('ends where the PC slept while its payment was read', () => {
    const action = ofMove(change);
    const play = accepted(action);
    play.sleep(10 * MINUTE_MS);
    play.read(action, bill, { wallMs: play.nowMs() - 10 * MINUTE_MS, monotonicMs: play.monotonicMs() });
    expect([ended(play), play.sends()]).toEqual([
      { ...OVER, message: 'It could not be sent at once, so it was not sent. This changed nothing.', next: LOOK_AGAIN },
      [],
    ]);
  });
});

describe('one of which Dojo shows that it did nothing', () => {
  const NO_LINE = 'There was no connection, so it was not sent again. This changed nothing.';
  const TOO_LATE = 'It could not be sent at once, so it was not sent again. This changed nothing.';
  it.each<readonly [string, string, number | null, string | null]>([
    ['goes out again where Dojo has just denied it', 'throttled', 0, null],
    ['goes out again within a minute', 'throttled', -MINUTE_MS, null],
    ['ends after more than a minute', 'throttled', -MINUTE_MS - 1, TOO_LATE],
    ['ends where a clock that was set says that its send is still to come', 'throttled', MINUTE_MS + 1, TOO_LATE],
    ['goes out again where nobody wrote down when it was sent', 'throttled', null, null],
    ['ends where there was no connection since, however short a while ago', 'not-sent', 0, NO_LINE],
    ['ends where something that is not Dojo answered since', 'not-dojo', 0, NO_LINE],
  ])('%s', (_, code, sentInMs, message) => {
    const sentAtMs = sentInMs === null ? null : NOON_MS + sentInMs;
    const action = ofMove(change, { ...DENIED, sentAtMs, outcome: anOutcome({ code, settledBy: 'till' }) });
    const turn = aTurn([action]);
    expect(endsUnkept(turn, action)).toBe(message !== null);
    expect(writtenBy(turn).map(({ state, outcome }) => [state, outcome?.message])).toEqual(message === null ? [] : [['refused', message]]);
  });

  it.each<readonly [string, Partial<Action>, string | null]>([
    ['goes out where a person has just let it go once more', {}, null],
    ['goes out within a minute of that', { changedAtMs: NOON_MS - MINUTE_MS }, null],
    ['ends after more than a minute', { changedAtMs: NOON_MS - MINUTE_MS - 1 }, TOO_LATE],
    ['ends where its payment could not be read at once', { failures: 1 }, TOO_LATE],
    ['ends where there was no connection since', { outcome: anOutcome({ code: 'not-sent', settledBy: 'till' }) }, NO_LINE],
    ['goes out again where Dojo has just denied it', { ...DENIED, sentAtMs: NOON_MS, failures: 1, changedAtMs: NOON_MS - HOUR_MS }, null],
  ])('and of which a person then said that it may go out %s', (_, changes, message) => {
    const action = ofMove(change, { ...RELEASED, changedAtMs: NOON_MS, ...changes });
    const turn = aTurn([action]);
    expect(endsUnkept(turn, action)).toBe(message !== null);
    expect(writtenBy(turn).map(({ state, outcome }) => [state, outcome?.message])).toEqual(message === null ? [] : [['refused', message]]);
  });

  it('goes on where it is kept for later, or nothing was heard of it', () => {
    const old = { ...DENIED, sentAtMs: NOON_MS - HOUR_MS };
    for (const action of [anAction({ ...old, move: { kind: 'cancel' } }), ofMove(change, { ...old, outcome: null })]) {
      const turn = aTurn([action]);
      expect([endsUnkept(turn, action), writtenBy(turn)]).toEqual([false, []]);
    }
  });
});
