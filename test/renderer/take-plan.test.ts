import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isProblem, planInWords, planTake, type TakeEntry } from '../../renderer/take/take-plan.ts';
import { closedMove, openMove } from './view-builders.ts';

const pounds = (minor: number) => `£${(minor / 100).toFixed(2)}`;
const whole = (wholeMinor: number, tipsMinor: number | null = null): TakeEntry => ({ kind: 'whole', wholeMinor, tipsMinor });
const part = (amountMinor: number | null, tipsMinor: number | null = null): TakeEntry => ({ kind: 'part', amountMinor, tipsMinor });

describe('a take being decided', () => {
  it.each([
    ['the whole rest', openMove(), whole(4200), 'Captures £42.00. Nothing stays on hold.'],
    ['a part', openMove(), part(2000), 'Captures £20.00. £22.00 stays on hold.'],
    ['one penny', openMove(), part(1), 'Captures £0.01. £41.99 stays on hold.'],
    ['the whole, with tips in it', openMove({ tipsAllowed: true }), whole(4200, 500), 'Captures £42.00, £5.00 of it tips. Nothing stays on hold.'],
    ['a part, with tips on top', openMove({ tipsAllowed: true }), part(2000, 300), 'Captures £23.00, £3.00 of it tips. £19.00 stays on hold.'],
    ['tips where none are allowed count for nothing', openMove(), part(2000, 300), 'Captures £20.00. £22.00 stays on hold.'],
  ])('%s: says what happens', (_, move, entry, sentence) => {
    const plan = planTake(move, entry);
    expect(plan.kind).toBe('ready');
    expect(planInWords(plan, pounds)).toBe(sentence);
  });

  it.each([
    ['nothing typed yet', openMove(), part(null), 'empty', 'Type the amount to capture.'],
    ['zero', openMove(), part(0), 'zero', 'The amount must be more than zero.'],
    ['a penny too much', openMove(), part(4201), 'above', '£42.01 is more than is left. No more than £42.00 can be captured.'],
    ['too much by the tips', openMove({ tipsAllowed: true }), part(4200, 1), 'above', '£42.01 is more than is left. No more than £42.00 can be captured.'],
    ['tips that are all of it', openMove({ tipsAllowed: true }), whole(4200, 4200), 'tips-above', 'The tips must be less than the £42.00 that is left.'],
    ['a rest that changed meanwhile', openMove({ maxMinor: 2200 }), whole(4200), 'changed', 'What is left changed from £42.00 to £22.00. Choose again.'],
    ['a move that closed', closedMove('All of it is captured.'), whole(4200), 'closed', 'All of it is captured.'],
  ])('%s: cannot be confirmed', (_, move, entry, kind, sentence) => {
    const plan = planTake(move, entry);
    expect(plan.kind).toBe(kind);
    expect(planInWords(plan, pounds)).toBe(sentence);
    expect(isProblem(plan)).toBe(kind !== 'empty');
  });

  it('never asks for more than is left, or for nothing', () => {
    const amount = fc.option(fc.integer({ min: 0, max: 10_000 }));
    const entry: fc.Arbitrary<TakeEntry> = fc.oneof(
      fc.record({ kind: fc.constant('whole' as const), wholeMinor: fc.integer({ min: 1, max: 10_000 }), tipsMinor: amount }),
      fc.record({ kind: fc.constant('part' as const), amountMinor: amount, tipsMinor: amount }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.boolean(), entry, (maxMinor, tipsAllowed, entered) => {
        const plan = planTake(openMove({ maxMinor, tipsAllowed }), entered);
        if (plan.kind !== 'ready') return;
        expect(plan.amountMinor).toBeGreaterThan(0);
        expect(plan.tipsMinor).toBeGreaterThanOrEqual(0);
        expect(plan.amountMinor + plan.tipsMinor).toBe(plan.totalMinor);
        expect(plan.totalMinor + plan.staysMinor).toBe(maxMinor);
        expect(plan.staysMinor).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
