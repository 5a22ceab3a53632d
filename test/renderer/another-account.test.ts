import { describe, expect, it } from 'vitest';
import { leaveAccountBehind } from '../../renderer/another-account.ts';
import { choiceRows } from '../../renderer/end-of-day/choice.ts';
import { chooseAgain, editAmount, goToStep, useEndOfDay } from '../../renderer/end-of-day/end-of-day-state.ts';
import { chooseHolds, useHolds } from '../../renderer/holds/holds-state.ts';
import { announce, useToasts } from '../../renderer/toasts.ts';
import { openMove, paymentView } from './view-builders.ts';

const hold = paymentView({ id: 'pi_new', state: 'on-hold', leftMinor: 4200, totalMinor: 4200, capture: openMove({ maxMinor: 4200 }) });
const ticked = (choice: Parameters<typeof choiceRows>[1]) => choiceRows([hold], choice).map((row) => row.ticked);

describe('under another account', () => {
  it('the holds that were chosen are not chosen', () => {
    chooseHolds(['pi_new']);
    expect(ticked(useHolds.getState().choice)).toEqual([true]);
    leaveAccountBehind();
    expect(ticked(useHolds.getState().choice)).toEqual([false]);
  });

  it('no problem of the one before comes up again, and what was just said stays', () => {
    for (const table of [1, 2, 3, 4, 5]) announce(`Nothing was sent: capture £5.00 of Table ${table}.`, 'problem');
    announce('Disconnected. The key is gone from this PC.');
    leaveAccountBehind();
    expect(useToasts.getState().toasts.map(({ text }) => text)).toEqual(['Disconnected. The key is gone from this PC.']);
  });

  it('the end of the day starts afresh, with every hold ticked and no run under review', () => {
    chooseAgain(new Map([['pi_old', { amountMinor: 500, ofMinor: 4_200 }]]));
    expect(ticked(useEndOfDay.getState().choice)).toEqual([false]);
    goToStep({ kind: 'review', run: { runId: 'run', takes: [] }, origin: 'holds' });
    editAmount('pi_old');
    leaveAccountBehind();
    expect(useEndOfDay.getState()).toMatchObject({ step: { kind: 'auto' }, editedId: null });
    expect(ticked(useEndOfDay.getState().choice)).toEqual([true]);
  });
});
