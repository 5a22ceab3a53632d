import { describe, expect, test } from 'vitest';
import type { Action } from '../../main/core/queue/action.ts';
import { emptyQueue, type QueueState } from '../../main/core/queue/queue-state.ts';
import { createViewCache } from '../../main/views/views.ts';
import { WHY_QUEUED } from '../../main/words/queued-words.ts';
import { aHold, anAction, anOutcome } from '../builders.ts';
import { setting } from './setting.ts';

const others = anAction({ id: 'a1', seq: 1, accountId: 'acc_other' });
const own = anAction({ id: 'a2', seq: 2, accountId: 'acc_1', outcome: anOutcome({ code: 'not-sent', message: 'No connection.', next: null }) });
const { 'no-connection': NO_CONNECTION } = WHY_QUEUED;
const BEHIND = 'Another account’s action on this payment comes first, so this was not sent.';

const aQueue = (actions: readonly Action[], differs: Partial<QueueState> = {}): QueueState => ({
  ...emptyQueue,
  gate: 'open',
  line: { up: false, failures: 1, retryAtMs: 0 },
  accountId: 'acc_1',
  actions: new Map(actions.map((action) => [action.id, action])),
  ...differs,
});

/** The last of these, of views that are kept from one look to the next. */
function aScreenOf() {
  const cache = createViewCache();
  return (actions: readonly Action[], differs: Partial<QueueState> = {}) => cache.actions(actions, aQueue(actions, differs), () => aHold(), setting).at(-1);
}

/** What it says. */
function aScreen() {
  const screen = aScreenOf();
  return (...actions: readonly Action[]) => screen(actions)?.message;
}

describe('an action that waits behind another account’s on its payment', () => {
  test('says so, as long as that one is open, and then what it waits for itself', () => {
    const said = aScreen();
    for (const state of ['waiting', 'checking', 'needsPerson'] as const) expect(said({ ...others, state }, own)).toBe(BEHIND);
    for (const state of ['withdrawn', 'refused', 'done'] as const) expect(said({ ...others, state }, own)).toBe('No connection.');
    expect(said({ ...others, state: 'waiting' }, own)).toBe(BEHIND);
  });

  test('is said not to be sent again where it was before', () => {
    expect(aScreen()(others, { ...own, sends: 1 })).toBe('Another account’s action on this payment comes first, so this was not sent again.');
  });

  test.each<readonly [string, readonly Action[]]>([
    ['another account’s waits behind it', [{ ...own, id: 'a0', seq: 0 }, others, own]],
    ['another account’s is on another payment', [{ ...others, paymentId: 'pi_other' }, own]],
    ['its own account’s comes first', [{ ...others, accountId: 'acc_1' }, own]],
  ])('is none where %s', (_, actions) => {
    expect(aScreen()(...actions)).toBe('No connection.');
  });

  test('and has ended says how, whatever is open before it', () => {
    expect(aScreen()(others, { ...own, state: 'withdrawn' })).toBe('No connection.');
  });
});

describe('an action that waits behind one of its own account’s on its payment', () => {
  const part = anAction({ id: 'a1', seq: 1, accountId: 'acc_1', move: { kind: 'capture', amount: 2000 } });
  const queued = { ...own, outcome: null };
  const NEEDS = 'An earlier capture of £20.00 needs you first, so this was not sent.';
  const CHECKED = 'An earlier capture of £20.00 is checked with Dojo first, so this was not sent.';

  test('says so while that one needs a person or is checked, which to settle, and then what it waits for itself', () => {
    const screen = aScreenOf();
    const seen = (first: Partial<Action>) => {
      const view = screen([{ ...part, ...first }, queued]);
      return [view?.message, view?.next, view?.waitsForPerson];
    };
    for (let twice = 0; twice < 2; twice += 1) {
      expect(seen({ state: 'needsPerson' })).toEqual([NEEDS, 'Settle the earlier one in the queue.', { settleId: 'a1' }]);
      expect(seen({ state: 'checking' })).toEqual([CHECKED, null, null]);
      expect(seen({ state: 'checking', outcome: anOutcome({ code: 'absent-part' }) })).toEqual([
        NEEDS,
        'Settle the earlier one in the queue.',
        { settleId: 'a1' },
      ]);
      for (const state of ['waiting', 'sending', 'done', 'refused', 'withdrawn'] as const) expect(seen({ state })).toEqual([NO_CONNECTION, null, null]);
    }
  });

  test('names a release as such, and no amount where it has none', () => {
    const release = { ...part, move: { kind: 'reverse' }, state: 'needsPerson' } as const;
    expect(aScreen()(release, queued)).toMatch(/^An earlier (release|reversal) needs you first, so this was not sent\.$/);
  });

  test('offers nothing to settle as long as that one’s own answer is awaited', () => {
    const first = { ...part, state: 'needsPerson' } as const;
    const screen = aScreenOf();
    const busy: QueueState['busy'] = new Map([['a1', { what: 'sending', sinceMonotonicMs: 0 }]]);
    expect(screen([first, queued], { busy })?.waitsForPerson).toEqual({ settleId: null });
    expect(screen([first, queued])?.waitsForPerson).toEqual({ settleId: 'a1' });
  });

  test('waits for a person too where another account’s comes first, or one that cannot be read', () => {
    expect(aScreenOf()([others, own])?.waitsForPerson).toEqual({ settleId: null });
    const unreadable = aScreenOf()([queued], { unreadableLanes: new Set([queued.paymentId]) });
    expect(unreadable).toMatchObject({
      message: 'An earlier action on this payment cannot be read from the disk, so it is not sent.',
      next: 'Look the payment up in Dojo and finish it there.',
      waitsForPerson: { settleId: null },
    });
  });

  test('says nothing of it once it has ended, or where it comes first itself', () => {
    const first = { ...part, state: 'needsPerson' } as const;
    expect(aScreenOf()([first, { ...queued, state: 'withdrawn' }])).toMatchObject({ message: null, waitsForPerson: null });
    expect(aScreenOf()([queued])).toMatchObject({ message: NO_CONNECTION, waitsForPerson: null });
  });
});
