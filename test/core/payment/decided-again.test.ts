import { describe, expect, it } from 'vitest';
import { againRequestId, decidedSince, isDecidableAgain, isRefusedForKey } from '../../../main/core/payment/decided-again.ts';
import type { Action } from '../../../main/core/queue/action.ts';
import { anAction, anOutcome } from '../../builders.ts';

const no = (status: number | null, settledBy: 'answer' | 'till' | 'evidence' = 'answer') => anOutcome({ code: 'refused', settledBy, status });
const refused = anAction({
  id: 'a',
  seq: 1,
  move: { kind: 'capture', amount: 500 },
  state: 'refused',
  acceptedAtMs: 1_000,
  changedAtMs: 5_000,
  outcome: no(403),
});
const DAY_START_MS = 0;
const other = (differs: Partial<Action>): Action =>
  anAction({ id: 'b', seq: 2, move: { kind: 'capture', amount: 500 }, acceptedAtMs: 6_000, changedAtMs: 6_000, ...differs });

describe('what Dojo refused for lack of permission', () => {
  it.each<readonly [string, Partial<Action>, boolean]>([
    ['a 403', {}, true],
    ['a 409', { outcome: no(409) }, false],
    ['a 403 that was no answer to the move', { outcome: no(403, 'till') }, false],
    ['one that is still looked at', { state: 'checking' }, false],
    ['one without an outcome', { outcome: null }, false],
  ])('%s', (_, differs, isIt) => expect(isRefusedForKey({ ...refused, ...differs })).toBe(isIt));

  it.each<readonly [string, Partial<Action>, readonly Action[], boolean]>([
    ['can be decided again', {}, [], true],
    ['not a receipt, whose addresses are forgotten', { move: { kind: 'sendReceipt', emails: [] } }, [], false],
    ['not twice by the same press', {}, [other({ requestId: againRequestId(refused), acceptedAtMs: 2_000 })], false],
    ['not where a person decided the same kind anew since', {}, [other({})], false],
    ['not even where that was removed', {}, [other({ state: 'withdrawn' })], false],
    ['also beside another part that was decided before the refusal', {}, [other({ acceptedAtMs: 4_999 })], true],
    ['also beside another kind decided since', {}, [other({ move: { kind: 'refund', amount: 500 } })], true],
    ['not where Dojo refused it for another reason', { outcome: no(400) }, [], false],
  ])('%s', (_, differs, others, isIt) => {
    const action = { ...refused, ...differs };
    expect(isDecidableAgain(action, [action, ...others], DAY_START_MS)).toBe(isIt);
  });

  it('stays to be decided until its trading day is over: what was left then may have been paid out in cash', () => {
    expect(isDecidableAgain(refused, [refused], refused.changedAtMs)).toBe(true);
    expect(isDecidableAgain(refused, [refused], refused.changedAtMs + 1)).toBe(false);
  });

  it('tells its own new decision from another of its kind on the payment', () => {
    const [own, another] = [other({ requestId: againRequestId(refused), acceptedAtMs: 2_000 }), other({ id: 'c' })];
    expect(decidedSince(refused, [refused])).toBeNull();
    expect(decidedSince(refused, [refused, other({ move: { kind: 'refund', amount: 500 } }), other({ acceptedAtMs: 4_999 })])).toBeNull();
    expect(decidedSince(refused, [refused, another])).toBe('another');
    expect(decidedSince(refused, [refused, another, own])).toBe('again');
  });

  it('is decided anew with a request id that is its own', () => {
    expect(againRequestId(refused)).not.toBe(refused.requestId);
    expect(againRequestId(refused)).not.toBe(againRequestId(other({})));
  });
});
