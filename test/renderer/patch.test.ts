import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../preload/contract.ts';
import { applyPatch, placeOf } from '../../renderer/patch.ts';
import { actionView, paymentView } from './view-builders.ts';

const A = paymentView({ id: 'A' });
const B = paymentView({ id: 'B' });
const C = paymentView({ id: 'C' });
const act = actionView({ id: 'act' });
const snapshot = { revision: 7, payments: [A, B], actions: [act], totals: { byCurrency: [], attentionCount: 1 } } as unknown as Snapshot;

describe('a patch', () => {
  it('changes what it carries and leaves the rest as it was, the very same objects', () => {
    const changed = { ...B, totalMinor: 5 };
    const next = applyPatch(snapshot, { revision: 8, payments: [changed] });
    expect(next.revision).toBe(8);
    expect(next.payments).toEqual([A, changed]);
    expect(next.payments[0]).toBe(A);
    expect(next.actions).toBe(snapshot.actions);
    expect(next.totals).toBe(snapshot.totals);
    expect(snapshot.payments[1]).toBe(B);
  });

  it('keeps the lists themselves where only a head changed', () => {
    const totals = { isComplete: true, byCurrency: [], attentionCount: 2 };
    const next = applyPatch(snapshot, { revision: 8, totals, payments: [], removedActionIds: [] });
    expect(next.totals).toBe(totals);
    expect(next.payments).toBe(snapshot.payments);
  });

  it('puts new ones at the end and takes removed ones away', () => {
    const next = applyPatch(snapshot, { revision: 8, payments: [C], removedPaymentIds: ['A', 'never-there'], removedActionIds: ['act'] });
    expect(next.payments.map((payment) => payment.id)).toEqual(['B', 'C']);
    expect(next.actions).toEqual([]);
  });

  it('that removes and carries the same one removes it', () => {
    expect(applyPatch(snapshot, { revision: 8, payments: [C], removedPaymentIds: ['C'] }).payments).toEqual([A, B]);
  });
});

describe('the place of a patch', () => {
  it.each([
    [6, 'old'],
    [7, 'old'],
    [8, 'next'],
    [9, 'gap'],
  ])('revision %d after 7 is %s', (revision, place) => {
    expect(placeOf(revision, 7)).toBe(place);
  });
});
