import { describe, expect, test } from 'vitest';
import type { MoveKind } from '../../main/core/queue/action.ts';
import type { Held } from '../../main/core/queue/held.ts';
import { emptyQueue, type QueueState } from '../../main/core/queue/queue-state.ts';
import { createViewCache } from '../../main/views/views.ts';
import { WHY_QUEUED } from '../../main/words/queued-words.ts';
import { anAction, anOutcome, aPayment, HOUR_MS, LONDON, NOON_MS } from '../builders.ts';

const NO_LINE = 'Dojo cannot be reached: there is no connection.';
const DOUBTED = 'It is not certain what time it is at Dojo, so it may be too late. It waits until Tillside is sure of the time.';
const DOUBTED_AND_PC_OFF = 'It is not certain what time it is: this PC’s clock or one of Dojo’s is wrong. It waits until Tillside is sure of the time.';
const { 'key-refused': KEY, paused: PAUSED, operation: OPERATION, disk: DISK, 'no-connection': NO_CONNECTION, 'no-version': NO_VERSION } = WHY_QUEUED;
const reversal = anAction({
  id: 'a1',
  move: { kind: 'reverse' },
  deadlineAtMs: NOON_MS + HOUR_MS,
  outcome: anOutcome({ code: 'not-sent', message: NO_LINE, next: 'Look at the network cable or the Wi-Fi.', settledBy: 'till' }),
});
const down = { up: false, failures: 1, retryAtMs: NOON_MS };
const held = (ownMs: number): ReadonlyMap<string, Held> => new Map([['a1', { isMove: false, othersWellAt: 1, ownMs, countedTo: 0 }]]);

/** What the same screen says of it, in one state of the queue after another. */
function aScreen(action = reversal, nowMs = NOON_MS) {
  const cache = createViewCache();
  return (state: Partial<QueueState>, { isByPc = false, isPcOff = false } = {}) => {
    const queue = { ...emptyQueue, accountId: action.accountId, actions: new Map([[action.id, action]]), ...state };
    const [view] = cache.actions([action], queue, () => aPayment(), {
      zone: LONDON,
      dayStartMinutes: 0,
      nowMs,
      monotonicMs: Number.POSITIVE_INFINITY,
      isByPc,
      isPcOff,
    });
    return [view?.message, view?.next, ...(view?.timeDoubted ? ['waits for the time'] : [])];
  };
}

describe('what an action that waits heard last', () => {
  test('is said as long as there is no connection, and no longer once there is one', () => {
    const said = aScreen();
    expect(said({ line: down })).toEqual([NO_LINE, 'Look at the network cable or the Wi-Fi.']);
    expect(said({ gate: 'open', paused: true })).toEqual([PAUSED, null]);
    expect(said({ line: down })[0]).toBe(NO_LINE);
  });

  test('is said where its own payment alone cannot be asked about, and was tried again since others could', () => {
    expect(aScreen()({ gate: 'open', held: held(0) })[0]).toBeNull();
    expect(aScreen()({ gate: 'open', held: held(1) })[0]).toBe(NO_LINE);
  });

  test('is said of one that is over', () => {
    expect(aScreen({ ...reversal, state: 'refused' })({})[0]).toBe(NO_LINE);
  });
});

describe('what an action that waits heard of its own last try', () => {
  const TRIES = 'Tillside tries again.';
  const OWN = { code: 'key-refused', message: TRIES, next: 'Other payments go on.', settledBy: 'till' } as const;
  const open: Partial<QueueState> = { gate: 'open' };
  const reversals = new Set<MoveKind>(['reverse']);

  test.each<readonly [string, Parameters<typeof anOutcome>[0], Partial<QueueState>, string | null]>([
    ['is said while others go on', OWN, open, TRIES],
    ['is not said where the key itself is refused', OWN, { gate: 'stopped' }, KEY],
    ['nor of its reading', { ...OWN, code: 'read-refused' }, { gate: 'stopped' }, KEY],
    ['nor is a connection that was missed', { ...OWN, code: 'not-sent' }, { gate: 'stopped', line: down }, KEY],
    ['nor a wait that Dojo asked for', { ...OWN, code: 'throttled' }, { gate: 'stopped' }, KEY],
    ['nor where nothing is sent before somebody lets the queue go on', OWN, { ...open, paused: true }, PAUSED],
    ['nor a wait then', { ...OWN, code: 'throttled' }, { ...open, paused: true }, PAUSED],
    ['nor where all such moves have stopped', OWN, { ...open, stoppedOperations: reversals }, OPERATION],
    ['nor where there is no connection', OWN, { ...open, line: down }, NO_CONNECTION],
    ['nor where nothing can be written down', OWN, { ...open, diskOk: false }, DISK],
    ['which is said itself', { ...OWN, code: 'not-sent' }, { ...open, line: down }, TRIES],
    ['nor where Dojo can be read in no version', OWN, { gate: 'no-version' }, NO_VERSION],
    ['what became of a request that left is said all the same', { ...OWN, code: 'unknown-outcome' }, { gate: 'stopped' }, TRIES],
  ])('%s', (_, heard, state, said) => {
    expect(aScreen({ ...reversal, outcome: anOutcome(heard) })(state)[0]).toBe(said);
  });

  test('is said of one that is over, and again once the key is mended', () => {
    const outcome = anOutcome(OWN);
    expect(aScreen({ ...reversal, outcome, state: 'needsPerson' })({ gate: 'stopped' })[0]).toBe(TRIES);
    const said = aScreen({ ...reversal, outcome });
    expect([said({ gate: 'stopped' })[0], said(open)[0]]).toEqual([KEY, TRIES]);
  });
});

describe('an action that waits because clocks are hours apart', () => {
  const doubtedSince = new Map([['a1', 0]]);

  test('says so, whatever it had heard before, and no longer once the time is sure', () => {
    for (const action of [reversal, { ...reversal, outcome: null }]) {
      const said = aScreen(action);
      expect(said({ doubtedSince })).toEqual([DOUBTED, 'Nothing has to be done.', 'waits for the time']);
      expect(said({ gate: 'open' })[0]).toBeNull();
    }
  });

  test('names the PC’s clock only where it is not the time that the till goes by', () => {
    const said = aScreen();
    const ofPc = [DOUBTED_AND_PC_OFF, 'Look at this PC’s date and time. Nothing else has to be done.', 'waits for the time'];
    expect(said({ doubtedSince }, { isPcOff: true })).toEqual(ofPc);
    expect(said({ doubtedSince })[0]).toBe(DOUBTED);
    expect(said({ doubtedSince }, { isPcOff: true })).toEqual(ofPc);
  });

  test('says so also where it is too late by the PC’s clock alone', () => {
    expect(aScreen(reversal, NOON_MS + 2 * HOUR_MS)({ doubtedSince }, { isByPc: true })[0]).toBe(DOUBTED);
    expect(aScreen(reversal, NOON_MS + 2 * HOUR_MS)({ doubtedSince })[0]).toMatch(/has passed/);
  });
});

describe('an action that is queued and has heard nothing yet', () => {
  const fresh = { ...reversal, outcome: null };
  const open: Partial<QueueState> = { gate: 'open' };

  test.each<readonly [string, Partial<QueueState>, string | null]>([
    ['in its turn', open, null],
    ['where nothing can be written down', { ...open, diskOk: false }, DISK],
    ['where it is paused', { ...open, paused: true }, PAUSED],
    ['where there is no connection', { ...open, line: down }, NO_CONNECTION],
    ['where the key is refused', { gate: 'stopped' }, KEY],
    ['where Dojo can be read in no version', { gate: 'no-version' }, NO_VERSION],
    ['where the key may not', { ...open, stoppedOperations: new Set<MoveKind>(['reverse']) }, OPERATION],
  ])('says why it does not go out: %s', (_, state, why) => {
    const said = aScreen(fresh);
    expect(said(open)).toEqual([null, null]);
    expect(said(state)).toEqual([why, null]);
    expect(said(open)).toEqual([null, null]);
  });

  test('says nothing of it where it has been sent, and where another account’s key is connected', () => {
    expect(aScreen({ ...fresh, state: 'sending' })({ ...open, diskOk: false })[0]).toBeNull();
    expect(aScreen(fresh)({ ...open, accountId: 'another', diskOk: false })[0]).toBeNull();
  });
});
