import { describe, expect, it } from 'vitest';
import { type ChoiceEvent, choiceRows, choose, everything, tickedSums } from '../../renderer/end-of-day/choice.ts';
import { closedMove, openMove, paymentView } from './view-builders.ts';

const hold = (id: string, maxMinor: number, differs: Parameters<typeof paymentView>[0] = {}) =>
  paymentView({ id, reference: id, capture: openMove({ maxMinor }), ...differs });
const A = hold('A', 1000);
const B = hold('B', 2000);
const C = hold('C', 300, { currency: 'EUR' });
const chosen = (...events: ChoiceEvent[]) => events.reduce(choose, everything);
const ticked = (payments: Parameters<typeof choiceRows>[0], ...events: ChoiceEvent[]) =>
  choiceRows(payments, chosen(...events))
    .filter((row) => row.ticked)
    .map((row) => row.payment.id);

describe('choosing holds at the end of the day', () => {
  it('offers what can be taken, and nothing else', () => {
    const closed = paymentView({ id: 'X', capture: closedMove('It is paid.') });
    expect(choiceRows([A, closed], everything).map((row) => row.payment.id)).toEqual(['A']);
  });

  it('puts the hold that ends first on top', () => {
    const soon = hold('soon', 100, { holdEnds: { atMs: 5, action: 'Release' } });
    expect(choiceRows([A, soon], everything).map((row) => row.payment.id)).toEqual(['soon', 'A']);
  });

  it.each([
    ['all at first', [], ['A', 'B', 'C']],
    ['none', [{ type: 'tick-none' }], []],
    ['all again', [{ type: 'tick-none' }, { type: 'tick-all' }], ['A', 'B', 'C']],
    ['all but one', [{ type: 'set-ticked', paymentIds: new Set(['A', 'C']), among: ['A', 'B', 'C'] }], ['A', 'C']],
    ['one after none', [{ type: 'tick-none' }, { type: 'set-ticked', paymentIds: new Set(['B']), among: ['A', 'B', 'C'] }], ['B']],
    ['one less by its box', [{ type: 'toggle', paymentId: 'B' }], ['A', 'C']],
    ['one more by its box', [{ type: 'tick-none' }, { type: 'toggle', paymentId: 'B' }], ['B']],
    [
      'the same after two presses',
      [
        { type: 'toggle', paymentId: 'B' },
        { type: 'toggle', paymentId: 'B' },
      ],
      ['A', 'B', 'C'],
    ],
    ['those to try again', [{ type: 'tick-only', paymentIds: ['C'] }], ['C']],
  ] satisfies [string, ChoiceEvent[], string[]][])('ticks %s', (_, events, expected) => {
    expect(ticked([A, B, C], ...events)).toEqual(expected);
  });

  it('ticks a hold that comes in later as it ticked the others', () => {
    const unticked: ChoiceEvent = { type: 'set-ticked', paymentIds: new Set(['A']), among: ['A', 'B'] };
    expect(ticked([A, B, C], unticked)).toEqual(['A', 'C']);
    expect(ticked([A, B, C], { type: 'tick-only', paymentIds: ['B'] })).toEqual(['B']);
  });

  it('leaves unticked what cannot be taken for a while, whatever is ticked meanwhile', () => {
    const whileClosed: ChoiceEvent = { type: 'set-ticked', paymentIds: new Set(['A']), among: ['A', 'C'] };
    expect(ticked([A, B, C], { type: 'toggle', paymentId: 'B' }, whileClosed)).toEqual(['A']);
  });

  it('takes the whole rest unless another amount is typed', () => {
    const [row] = choiceRows([A], everything);
    expect(row).toMatchObject({ amountMinor: 1000, edited: false, problem: null });
    const [less] = choiceRows([A], chosen({ type: 'edit', paymentId: 'A', edit: { amountMinor: 400, ofMinor: 1000 } }));
    expect(less).toMatchObject({ amountMinor: 400, edited: true, problem: null });
    const [back] = choiceRows([A], chosen({ type: 'edit', paymentId: 'A', edit: { amountMinor: 400, ofMinor: 1000 } }, { type: 'whole', paymentId: 'A' }));
    expect(back).toMatchObject({ amountMinor: 1000, edited: false });
  });

  it.each([
    [null, 'empty'],
    [0, 'zero'],
    [1001, 'above'],
    [1000, null],
  ])('an amount of %s of £10.00: %s', (amountMinor, problem) => {
    const rows = choiceRows([A], chosen({ type: 'edit', paymentId: 'A', edit: { amountMinor, ofMinor: 1000 } }));
    expect(rows[0]?.problem).toBe(problem);
    expect(tickedSums(rows)).toEqual(problem === null ? [{ currency: 'GBP', count: 1, amountMinor: 1000 }] : []);
  });

  it('asks for an amount anew where something else is left than when it was typed: it may have been captured since', () => {
    const choice = chosen({ type: 'edit', paymentId: 'B', edit: { amountMinor: 800, ofMinor: 2000 } });
    expect(choiceRows([B], choice)[0]).toMatchObject({ amountMinor: 800, problem: null });
    const now = [hold('B', 1200)];
    expect(choiceRows(now, choice)[0]).toMatchObject({ amountMinor: null, problem: 'changed' });
    expect(tickedSums(choiceRows(now, choice))).toEqual([]);
    const again = choose(choice, { type: 'edit', paymentId: 'B', edit: { amountMinor: 800, ofMinor: 1200 } });
    expect(choiceRows(now, again)[0]).toMatchObject({ amountMinor: 800, problem: null });
  });

  it('adds up per currency and never across', () => {
    expect(tickedSums(choiceRows([A, B, C], everything))).toEqual([
      { currency: 'GBP', count: 2, amountMinor: 3000 },
      { currency: 'EUR', count: 1, amountMinor: 300 },
    ]);
  });
});
