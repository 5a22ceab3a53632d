import { expect, it } from 'vitest';
import type { FailureKind } from '../../../main/core/failure.ts';
import { answered } from '../../../main/core/queue/answered.ts';
import { baselineOf } from '../../../main/core/queue/evidence.ts';
import type { Held } from '../../../main/core/queue/held.ts';
import { err, ok } from '../../../main/core/result.ts';
import { aFailure, aHold, anAction, MINUTE_MS, NOON_MS } from '../../builders.ts';
import { aTurn } from './a-turn.ts';

const OWN_MS = 25 * MINUTE_MS;
/** Its own trouble for 25 minutes, counted up to a minute after the PC was started; a person is asked after 30. */
const held: Held = { isMove: true, othersWellAt: MINUTE_MS, ownMs: OWN_MS, countedTo: MINUTE_MS };

it.each<readonly [FailureKind, number | null]>([
  ['not-sent', OWN_MS],
  ['throttled', OWN_MS],
  ['key-refused', OWN_MS],
  ['refused', null],
  ['unknown-outcome', null],
  ['not-dojo', null],
])('a move whose own trouble lasts that ends as %s has had %s ms of it: another look at the payment begins anew, a further no does not', (kind, ownMs) => {
  const action = anAction({ id: 'a1', state: 'sending', sends: 1 });
  const turn = aTurn([action], { held: new Map([['a1', held]]) }, { monotonicMs: MINUTE_MS });
  answered(turn, 'a1', err(aFailure({ kind, cause: kind, status: 409 })));
  expect(turn.held.get('a1')?.ownMs ?? null).toBe(ownMs);
});

it.each([
  [1, 'answer'],
  [2, 'till'],
] as const)('a person who is asked as Dojo denied it for long is not told that Dojo said no to all of its sends, where there are %i', (sends, settledBy) => {
  const long: Held = { ...held, ownMs: 30 * MINUTE_MS };
  const turn = aTurn([anAction({ id: 'a1', state: 'sending', sends })], { held: new Map([['a1', long]]) }, { monotonicMs: MINUTE_MS });
  answered(turn, 'a1', err(aFailure({ kind: 'throttled', cause: 'http-429', status: 429 })));
  expect(turn.actions.get('a1')).toMatchObject({ state: 'needsPerson', sends: sends - 1, outcome: { code: 'throttled', settledBy } });
});

it('nor of what went out before a person let it go', () => {
  const sentBefore = { sends: 1, firstSentAtMs: NOON_MS, sentAtMs: NOON_MS, apiVersion: null, baseline: baselineOf(aHold(), NOON_MS) };
  const long: Held = { ...held, ownMs: 30 * MINUTE_MS };
  const turn = aTurn([anAction({ id: 'a1', state: 'sending', sends: 1, sentBefore })], { held: new Map([['a1', long]]) }, { monotonicMs: MINUTE_MS });
  answered(turn, 'a1', err(aFailure({ kind: 'key-refused', cause: 'http-401', status: 401 })));
  expect(turn.actions.get('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'key-refused', settledBy: 'till' } });
});

it('Dojo’s yes to a payment says of the others that what they are in is their own trouble, and nothing of that payment itself', () => {
  const since = { ...held, othersWellAt: null };
  const [sent, next, other] = [
    anAction({ id: 'a1', paymentId: 'pi_1', state: 'sending', sends: 1 }),
    anAction({ id: 'a2', paymentId: 'pi_1' }),
    anAction({ id: 'a3', paymentId: 'pi_2' }),
  ] as const;
  const of = { held: new Map([next, other].map(({ id }) => [id, since])) };
  const turn = aTurn([sent, next, other], of);
  answered(turn, 'a1', ok({ captureId: 'cp_1', dojoId: null }));
  expect([turn.held.get('a2'), turn.held.get('a3')]).toEqual([since, { ...since, othersWellAt: turn.now.monotonicMs }]);
});
