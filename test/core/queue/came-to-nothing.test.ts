import { describe, expect, test } from 'vitest';
import type { Action } from '../../../main/core/queue/action.ts';
import { leftUndone } from '../../../main/core/queue/came-to-nothing.ts';
import { anAction, anOutcome, NOON_MS } from '../../builders.ts';

const it = (changes: Partial<Action>): Action =>
  anAction({ id: 'a1', seq: 1, acceptedAtMs: NOON_MS - 1, changedAtMs: NOON_MS, outcome: anOutcome(), ...changes });

describe('what came to nothing', () => {
  test.each<readonly [string, Partial<Action>, boolean]>([
    ['is what Dojo refused', { state: 'refused', outcome: anOutcome({ settledBy: 'answer' }) }, true],
    ['is what was not kept for later', { state: 'refused', outcome: anOutcome({ code: 'offline', settledBy: 'till' }) }, true],
    ['is what was too late', { state: 'expired', outcome: anOutcome({ settledBy: 'till' }) }, true],
    ['is not what a person settled as not done', { state: 'refused', outcome: anOutcome({ settledBy: 'person' }) }, false],
    ['is not what a person removed', { state: 'withdrawn' }, false],
    ['is not what was done', { state: 'done' }, false],
    ['is not what is still open', { state: 'needsPerson' }, false],
  ])('%s', (_, changes, isTold) => {
    expect(leftUndone([it(changes)])).toHaveLength(isTold ? 1 : 0);
  });

  test('is answered by who decides on the payment after its end, and by nobody else', () => {
    const refused = it({ state: 'refused', outcome: anOutcome({ settledBy: 'answer' }) });
    const later = (changes: Partial<Action> = {}) => anAction({ id: 'a2', seq: 2, paymentId: refused.paymentId, acceptedAtMs: NOON_MS, ...changes });
    expect(leftUndone([refused, later()])).toEqual([]);
    expect(leftUndone([refused, later({ acceptedAtMs: NOON_MS - 1 })])).toEqual([refused]);
    expect(leftUndone([refused, later({ paymentId: 'pi_other' })])).toEqual([refused]);
    expect(leftUndone([refused, later({ accountId: 'acc_other' })])).toEqual([refused]);
    expect(leftUndone([refused, later({ seq: 0 })])).toEqual([refused]);
    // A receipt decides nothing about money.
    const receipt = { kind: 'sendReceipt', emails: [] } as const;
    expect(leftUndone([refused, later({ move: receipt })])).toEqual([refused]);
    expect(leftUndone([{ ...refused, move: receipt }, later({ move: receipt })])).toEqual([]);
  });
});
