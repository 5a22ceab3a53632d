import { beforeEach, describe, expect, it } from 'vitest';
import { choiceRows } from '../../renderer/end-of-day/choice.ts';
import { change, runStarted, startAfresh, useEndOfDay } from '../../renderer/end-of-day/end-of-day-state.ts';
import { openMove, paymentView } from './view-builders.ts';

const holds = ['A', 'B', 'C'].map((id) => paymentView({ id, reference: id, capture: openMove({ maxMinor: 10_000 }) }));
const chosen = () => choiceRows(holds, useEndOfDay.getState().choice).map(({ payment, ticked, amountMinor }) => [payment.id, ticked, amountMinor]);

describe('the choice at the end of the day', () => {
  beforeEach(() => {
    startAfresh();
    change({ type: 'toggle', paymentId: 'A' });
    change({ type: 'edit', paymentId: 'B', edit: { amountMinor: 3_000, ofMinor: 10_000 } });
  });

  it('is used up by its own run', () => {
    runStarted('run', 'end-of-day');
    expect(chosen()).toEqual([
      ['A', true, 10_000],
      ['B', true, 10_000],
      ['C', true, 10_000],
    ]);
  });

  it('stays as it is where a run of chosen holds was started on another screen', () => {
    runStarted('run', 'holds');
    expect(chosen()).toEqual([
      ['A', false, 10_000],
      ['B', true, 3_000],
      ['C', true, 10_000],
    ]);
  });
});
