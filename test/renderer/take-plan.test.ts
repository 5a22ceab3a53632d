import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MoveView } from '../../preload/contract.ts';
import { isProblem, lostInWords, planInWords, planTake, type TakeEntry } from '../../renderer/take/take-plan.ts';
import { closedMove, openMove, paymentView } from './view-builders.ts';

const leftOf = (move: MoveView) => (move.open ? (move.maxMinor ?? 0) + heldTips(move) : 0);
/** What of the tips is held, as main's default says. */
const heldTips = (move: MoveView) => (move.open ? move.defaultTipsMinor : 0);
const pounds = (minor: number) => `£${(minor / 100).toFixed(2)}`;
const whole = (wholeMinor: number, tipsMinor: number | null = null): TakeEntry => ({ kind: 'whole', wholeMinor, tipsMinor });
const part = (amountMinor: number | null, tipsMinor: number | null = null, ofMinor = 4200): TakeEntry => ({ kind: 'part', amountMinor, ofMinor, tipsMinor });

const tipped = openMove({ maxMinor: 1000, defaultMinor: 1000, maxTipsMinor: 250, defaultTipsMinor: 250 });
const differing = openMove({ maxMinor: 10_000, defaultMinor: 9000 });

describe('a capture that was lost before', () => {
  it.each([
    ['adds to what is decided now', { lostCapturesMinor: 1000, takenMinor: 500 }, 1000, '£10.00 sent before may still arrive: then £25.00 is captured in all.'],
    ['comes to no more than is held', { lostCapturesMinor: 3000 }, 2000, '£30.00 sent before may still arrive: then £42.00 is captured in all.'],
    ['is said before an amount is typed', { lostCapturesMinor: 1000 }, 0, '£10.00 sent before may still arrive: then £10.00 is captured in all.'],
    ['is no danger beside all of it', { lostCapturesMinor: 1000 }, 4200, null],
    ['is not there', {}, 1000, null],
  ] as const)('%s', (_, differs, totalMinor, said) => expect(lostInWords(paymentView(differs), totalMinor, pounds)).toBe(said));
});

describe('a take being decided', () => {
  it.each([
    ['the whole rest', openMove(), whole(4200), 'Captures £42.00. Nothing stays on hold.'],
    ['a part', openMove(), part(2000), 'Captures £20.00. £22.00 is left then, if Dojo keeps it on hold.'],
    ['one penny', openMove(), part(1), 'Captures £0.01. £41.99 is left then, if Dojo keeps it on hold.'],
    ['the whole, with tips in it', openMove({ tipsAllowed: true }), whole(4200, 500), 'Captures £42.00, £5.00 of it tips. Nothing stays on hold.'],
    [
      'a part, with tips on top',
      openMove({ tipsAllowed: true }),
      part(2000, 300),
      'Captures £23.00, £3.00 of it tips. £19.00 is left then, if Dojo keeps it on hold.',
    ],
    ['tips where none are allowed count for nothing', openMove(), part(2000, 300), 'Captures £20.00. £22.00 is left then, if Dojo keeps it on hold.'],
    ['the whole, with its held tips', tipped, whole(1250), 'Captures £12.50, £2.50 of it tips. Nothing stays on hold.'],
    ['a part: goods first', tipped, part(600, null, 1250), 'Captures £6.00. £6.50 is left then, if Dojo keeps it on hold.'],
    ['a part above the goods: tips last', tipped, part(1100, null, 1250), 'Captures £11.00, £1.00 of it tips. £1.50 is left then, if Dojo keeps it on hold.'],
    ['the whole with more tips', { ...tipped, tipsAllowed: true }, whole(1250, 400), 'Captures £12.50, £4.00 of it tips. Nothing stays on hold.'],
    ['what is offered of a total that differs', differing, whole(9000), 'Captures £90.00. Dojo decides whether more stays on hold.'],
    ['more than is offered of it', differing, part(10_000, null, 10_000), 'Captures £100.00. Dojo decides whether more stays on hold.'],
  ])('%s: says what happens', (_, move, entry, sentence) => {
    const plan = planTake(move, leftOf(move), entry);
    expect(plan.kind).toBe('ready');
    expect(planInWords(plan, pounds)).toBe(sentence);
  });

  it.each([
    ['nothing typed yet', openMove(), part(null), 'empty', 'Type the amount to capture.'],
    ['zero', openMove(), part(0), 'zero', 'The amount must be more than zero.'],
    ['a penny too much', openMove(), part(4201), 'above', '£42.01 is more than is left. No more than £42.00 can be captured.'],
    ['too much by the tips', openMove({ tipsAllowed: true }), part(4200, 1), 'above', '£42.01 is more than is left. No more than £42.00 can be captured.'],
    ['tips that are all of it', openMove({ tipsAllowed: true }), whole(4200, 4200), 'tips-above', 'The tips must be less than the £42.00 that is left.'],
    ['fewer tips than are held', { ...tipped, tipsAllowed: true }, whole(1250, 100), 'tips-below', '£2.50 of it are tips at least.'],
    ['a part above goods and tips', tipped, part(1251, null, 1250), 'above', '£12.51 is more than is left. No more than £12.50 can be captured.'],
    ['a rest that changed meanwhile', openMove({ maxMinor: 2200 }), whole(4200), 'changed', 'What is left changed from £42.00 to £22.00. Choose again.'],
    [
      'a part that was typed of another rest: another till may have captured it just now',
      openMove({ maxMinor: 2200 }),
      part(2000),
      'changed',
      'What is left changed from £42.00 to £22.00. Clear the field, then type the amount again.',
    ],
    ['nothing typed yet of another rest', openMove({ maxMinor: 2200 }), part(null), 'empty', 'Type the amount to capture.'],
    ['a move that closed', closedMove('All of it is captured.'), whole(4200), 'closed', 'All of it is captured.'],
  ])('%s: cannot be confirmed', (_, move, entry, kind, sentence) => {
    const plan = planTake(move, leftOf(move), entry);
    expect(plan.kind).toBe(kind);
    expect(planInWords(plan, pounds)).toBe(sentence);
    expect(isProblem(plan)).toBe(kind !== 'empty');
  });

  it.each([
    ['the whole rest', openMove(), whole(4200), 'Captures £42.00. £30.00 more is asked for, not finished yet.'],
    ['a part', openMove(), part(2000), 'Captures £20.00. £22.00 is left then, if Dojo keeps it on hold. £30.00 more is asked for, not finished yet.'],
    ['a total that differs', differing, whole(9000), 'Captures £90.00. Dojo decides whether more stays on hold. £30.00 more is asked for, not finished yet.'],
  ])('%s, beside another capture that is not finished: says so', (_, move, entry, sentence) => {
    expect(planInWords(planTake(move, leftOf(move), entry), pounds, 3000)).toBe(sentence);
  });

  it('never asks for more than is left, or for nothing', () => {
    const amount = fc.option(fc.integer({ min: 0, max: 10_000 }));
    const entry: fc.Arbitrary<TakeEntry> = fc.oneof(
      fc.record({ kind: fc.constant('whole' as const), wholeMinor: fc.integer({ min: 1, max: 10_000 }), tipsMinor: amount }),
      fc.record({ kind: fc.constant('part' as const), amountMinor: amount, ofMinor: fc.constant(0), tipsMinor: amount }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.nat(2_000), fc.boolean(), entry, (maxMinor, heldMinor, tipsAllowed, entered) => {
        const move = openMove({
          maxMinor,
          tipsAllowed,
          defaultMinor: maxMinor,
          defaultTipsMinor: heldMinor,
          maxTipsMinor: tipsAllowed ? maxMinor + heldMinor - 1 : heldMinor,
        });
        const plan = planTake(move, maxMinor + heldMinor, entered.kind === 'part' ? { ...entered, ofMinor: maxMinor + heldMinor } : entered);
        if (plan.kind !== 'ready' || !move.open) return;
        expect(plan.amountMinor).toBeLessThanOrEqual(maxMinor);
        expect(plan.tipsMinor).toBeLessThanOrEqual(move.maxTipsMinor);
        expect(plan.amountMinor).toBeGreaterThan(0);
        expect(plan.tipsMinor).toBeGreaterThanOrEqual(0);
        expect(plan.amountMinor + plan.tipsMinor).toBe(plan.totalMinor);
        expect(plan.totalMinor + (plan.staysMinor ?? 0)).toBe(maxMinor + heldMinor);
        expect(plan.staysMinor ?? -1).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
