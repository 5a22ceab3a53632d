import { describe, expect, it } from 'vitest';
import {
  ACTION_STATES,
  amountOf,
  isFinal,
  isOpen,
  MOVE_KINDS,
  type Move,
  RECEIPT_SENDS_MAX,
  sameMove,
  withoutSpentAddresses,
} from '../../../main/core/queue/action.ts';
import { MOVE_KINDS as CONTRACT_KINDS, ACTION_STATES as CONTRACT_STATES } from '../../../preload/contract.ts';
import { anAction } from '../../builders.ts';

describe('an action', () => {
  it('is final or open, never both; one that needs a person is open: it may have moved money', () => {
    expect(ACTION_STATES.filter((state) => isFinal(anAction({ state })))).toEqual(['done', 'refused', 'expired', 'withdrawn']);
    for (const state of ACTION_STATES) expect(isOpen(anAction({ state }))).toBe(!isFinal(anAction({ state })));
  });

  it('has the states and kinds that the contract shows', () => {
    expect(ACTION_STATES).toEqual(CONTRACT_STATES);
    expect(MOVE_KINDS).toEqual(CONTRACT_KINDS);
  });

  it.each<readonly [Move, number | null]>([
    [{ kind: 'capture', amount: 2000 }, 2000],
    [{ kind: 'capture', amount: 2000, tipsAmount: 150 }, 2150],
    [{ kind: 'refund', amount: 500 }, 500],
    [{ kind: 'setAmount', amount: 900 }, 900],
    [{ kind: 'setTips', amount: 0 }, 0],
    [{ kind: 'reverse' }, null],
    [{ kind: 'cancel' }, null],
    [{ kind: 'sendReceipt', emails: ['a@example.com'] }, null],
  ])('%j is about %s', (move, minor) => expect(amountOf(move)).toBe(minor));
});

describe('the same decision', () => {
  it.each<readonly [string, Move, Move, boolean]>([
    ['in another order', { kind: 'capture', amount: 1, tipsAmount: 2 }, { tipsAmount: 2, amount: 1, kind: 'capture' }, true],
    ['with a field that is absent', { kind: 'refund', amount: 1, reason: undefined }, { kind: 'refund', amount: 1 }, true],
    ['of another amount', { kind: 'refund', amount: 1 }, { kind: 'refund', amount: 2 }, false],
    ['of another kind', { kind: 'refund', amount: 1 }, { kind: 'capture', amount: 1 }, false],
    ['with tips', { kind: 'capture', amount: 1 }, { kind: 'capture', amount: 1, tipsAmount: 1 }, false],
    ['to others', { kind: 'sendReceipt', emails: ['a@example.com'] }, { kind: 'sendReceipt', emails: ['b@example.com'] }, false],
    ['to somebody, forgotten since it ended', { kind: 'sendReceipt', emails: ['a@example.com'] }, { kind: 'sendReceipt', emails: [] }, true],
    ['of a receipt, and of something else', { kind: 'sendReceipt', emails: [] }, { kind: 'refund', amount: 1 }, false],
    ['to the same', { kind: 'sendReceipt', emails: ['a@example.com'] }, { kind: 'sendReceipt', emails: ['a@example.com'] }, true],
  ])('%s', (_, a, b, same) => {
    expect(sameMove(a, b)).toBe(same);
    expect(sameMove(b, a)).toBe(same);
  });
});

describe('the addresses of a receipt', () => {
  const receipt = { kind: 'sendReceipt', emails: ['a@example.com'] } as const;
  it.each([
    ['waiting', 0, true],
    ['checking', 1, true],
    ['needsPerson', 1, true],
    ['needsPerson', RECEIPT_SENDS_MAX, false],
    ['waiting', RECEIPT_SENDS_MAX, true],
    ['done', 1, false],
    ['refused', 0, false],
    ['withdrawn', 0, false],
  ] as const)('where it is %s after %i sends are kept: %s', (state, sends, areKept) => {
    const action = anAction({ move: receipt, state, sends });
    expect(withoutSpentAddresses(action)).toEqual(areKept ? action : { ...action, move: { kind: 'sendReceipt', emails: [] } });
  });

  it('are all that is taken away: any other action stays the same object', () => {
    const done = anAction({ state: 'done' });
    expect(withoutSpentAddresses(done)).toBe(done);
  });
});
