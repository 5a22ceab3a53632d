import { describe, expect, it } from 'vitest';
import { nextStepInWords, nextSteps } from '../../renderer/end-of-day/next-steps.ts';
import { lastRun, movingRun, runsOf } from '../../renderer/end-of-day/runs.ts';
import { actionView, closedMove, openMove, paymentView } from './view-builders.ts';

describe('finding a run again after a restart', () => {
  const early = actionView({ id: 'a1', runId: 'early', acceptedAtMs: 10, state: 'done', captureStatus: 'Successful' });
  const late = actionView({ id: 'a2', runId: 'late', acceptedAtMs: 20, state: 'refused' });

  it('is the latest that still moves', () => {
    const moving = { ...early, state: 'checking' as const };
    expect(movingRun(runsOf([moving, late]))?.runId).toBe('early');
    expect(movingRun(runsOf([early, late]))).toBeNull();
  });

  it('offers the report of the latest otherwise', () => {
    expect(lastRun(runsOf([early, late]))?.runId).toBe('late');
    expect(lastRun(runsOf([]))).toBeNull();
  });

  it('does not count as moving what only a person can settle, but keeps it open', () => {
    const [run] = runsOf([actionView({ state: 'needsPerson' })]);
    expect(run).toMatchObject({ moving: false, open: true });
  });

  it('leaves out what belongs to no run, to another account, or is no take', () => {
    expect(runsOf([actionView({ runId: null }), actionView({ otherAccount: true }), actionView({ kind: 'refund' })])).toEqual([]);
  });

  it('lists its takes in the order they were accepted', () => {
    const [run] = runsOf([actionView({ id: 'b', acceptedAtMs: 2 }), actionView({ id: 'a', acceptedAtMs: 1 })]);
    expect(run?.takes.map((take) => take.id)).toEqual(['a', 'b']);
  });
});

describe('what is left to do after a run', () => {
  const takes = [
    actionView({ id: '1', paymentId: 'A', state: 'refused', amountMinor: 500 }),
    actionView({ id: '2', paymentId: 'B', state: 'done', captureStatus: 'Declined', amountMinor: 900 }),
    actionView({ id: '3', paymentId: 'C', state: 'refused' }),
    actionView({ id: '4', paymentId: 'D', state: 'withdrawn', amountMinor: 100 }),
    actionView({ id: '5', paymentId: 'E', state: 'expired' }),
    actionView({ id: '6', paymentId: 'F', state: 'needsPerson' }),
    actionView({ id: '7', paymentId: 'G', state: 'done', captureStatus: 'Successful' }),
  ];
  const payments = new Map([
    ['A', paymentView({ id: 'A', capture: openMove({ maxMinor: 4200 }) })],
    ['B', paymentView({ id: 'B', capture: openMove({ maxMinor: 700 }) })],
    ['C', paymentView({ id: 'C', capture: closedMove('It is undone.') })],
    ['D', paymentView({ id: 'D', capture: openMove({ maxMinor: 4200 }) })],
  ]);

  it('tries again what can be taken, with the amounts it was tried with, never above what is left', () => {
    const again = nextSteps(takes, payments).find((step) => step.kind === 'try-again');
    expect(again).toEqual({
      kind: 'try-again',
      count: 2,
      amounts: new Map([
        ['A', 500],
        ['B', 700],
      ]),
    });
  });

  it('says every step once, and nothing where there is nothing to do', () => {
    expect(nextSteps(takes, payments).map((step) => [step.kind, step.count])).toEqual([
      ['settle', 1],
      ['try-again', 2],
      ['choose-withdrawn', 1],
      ['not-again', 1],
      ['too-late', 1],
    ]);
    expect(nextSteps([actionView({ state: 'done', captureStatus: 'Successful' })], new Map())).toEqual([]);
  });

  it('says it in words', () => {
    expect(nextSteps(takes, payments).map((step) => nextStepInWords(step))).toEqual([
      { text: '1 needs you: look it up in Dojo and settle it.', button: 'Open the queue' },
      { text: '2 were refused, nothing was captured.', button: 'Try them again' },
      { text: '1 was removed before sending.', button: 'Choose it again' },
      { text: '1 was not captured and can no longer be captured. Open it in the list to see why.', button: null },
      { text: '1 was too late: the hold ended before it could be sent. Nothing was captured.', button: null },
    ]);
  });
});
