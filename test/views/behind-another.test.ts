import { describe, expect, test } from 'vitest';
import type { Action } from '../../main/core/queue/action.ts';
import { emptyQueue } from '../../main/core/queue/queue-state.ts';
import { createViewCache } from '../../main/views/views.ts';
import { aHold, anAction, anOutcome } from '../builders.ts';
import { setting } from './setting.ts';

const others = anAction({ id: 'a1', seq: 1, accountId: 'acc_other' });
const own = anAction({ id: 'a2', seq: 2, accountId: 'acc_1', outcome: anOutcome({ code: 'not-sent', message: 'No connection.', next: null }) });
const BEHIND = 'Another account’s action on this payment comes first, so this was not sent.';

/** What the last of these says, of views that are kept from one look to the next. */
function aScreen() {
  const cache = createViewCache();
  return (...actions: readonly Action[]) =>
    cache
      .actions(
        actions,
        { ...emptyQueue, line: { up: false, failures: 1, retryAtMs: 0 }, accountId: 'acc_1', actions: new Map(actions.map((action) => [action.id, action])) },
        () => aHold(),
        setting,
      )
      .at(-1)?.message;
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
