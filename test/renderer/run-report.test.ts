import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTION_STATES } from '../../preload/contract.ts';
import { mostUrgentFirst, REPORT_LINES, reportLineOf, runReport, TAKE_OUTCOMES, takeOutcome } from '../../renderer/end-of-day/run-report.ts';
import { sumsInWords } from '../../renderer/end-of-day/sums-in-words.ts';
import { actionView } from './view-builders.ts';

const take = fc.record({
  state: fc.constantFrom(...ACTION_STATES),
  captureStatus: fc.constantFrom(null, 'Created', 'Successful', 'Declined', 'Failed', 'SomethingNew'),
  outcomeShown: fc.boolean(),
  code: fc.constantFrom(null, 'done', 'settled-happened', 'settled-not'),
  waitsForPerson: fc.constantFrom(null, { settleId: null }, { settleId: 'a_0' }),
  currency: fc.constantFrom('GBP', 'EUR'),
  amountMinor: fc.integer({ min: 1, max: 9_999_999_999 }),
  tipsMinor: fc.integer({ min: 0, max: 5_000 }),
});
const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);

describe('what became of a take', () => {
  it.each([
    ['waiting', null, null, 'waiting', 'unsettled'],
    ['sending', null, null, 'sending', 'unsettled'],
    ['checking', null, null, 'checking', 'unsettled'],
    ['needsPerson', null, null, 'needs-person', 'unsettled'],
    ['refused', null, null, 'refused', 'refused'],
    ['expired', null, null, 'too-late', 'too-late'],
    ['withdrawn', null, null, 'withdrawn', 'withdrawn'],
    ['done', null, 'done', 'taking', 'taking'],
    ['done', 'Created', 'done', 'taking', 'taking'],
    ['done', 'SomethingNew', 'done', 'not-shown', 'not-shown'],
    ['done', 'Successful', 'done', 'taken', 'taken'],
    ['done', 'Declined', 'done', 'declined', 'declined'],
    ['done', 'Failed', 'done', 'failed', 'declined'],
    ['done', null, 'settled-happened', 'settled-done', 'settled-done'],
    ['done', 'Successful', 'settled-happened', 'taken', 'taken'],
  ] as const)('%s, the bank says %s, code %s: %s', (state, captureStatus, code, outcome, line) => {
    expect(takeOutcome({ state, captureStatus, code, outcomeShown: true, waitsForPerson: null })).toBe(outcome);
    expect(reportLineOf(outcome)).toBe(line);
  });

  it('is behind where somebody has to see to an earlier action first, and then not counted as ended', () => {
    const behind = actionView({ waitsForPerson: { settleId: 'a_0' } });
    expect(takeOutcome(behind)).toBe('behind');
    expect(reportLineOf('behind')).toBe('unsettled');
    expect(runReport([behind])).toMatchObject({ ended: 0, total: 1, counts: { behind: 1, waiting: 0 } });
  });

  it('is not waited for where this API version lists no captures, and not called captured', () => {
    expect(takeOutcome({ state: 'done', captureStatus: null, code: 'done', outcomeShown: false, waitsForPerson: null })).toBe('not-shown');
    expect(takeOutcome({ state: 'done', captureStatus: 'Successful', code: 'done', outcomeShown: false, waitsForPerson: null })).toBe('taken');
  });

  it('is taken only where Dojo says the capture succeeded', () => {
    fc.assert(
      fc.property(take, (any) => {
        expect(takeOutcome(any) === 'taken').toBe(any.state === 'done' && any.captureStatus === 'Successful');
      }),
    );
  });
});

describe("a run's report", () => {
  it('adds up to the penny: chosen is the sum of its lines, in count and amount, for each currency', () => {
    fc.assert(
      fc.property(fc.array(take, { maxLength: 60 }), (takes) => {
        const report = runReport(takes);
        for (const { chosen, lines } of report.byCurrency) {
          expect(sum(REPORT_LINES.map((line) => lines[line].amountMinor))).toBe(chosen.amountMinor);
          expect(sum(REPORT_LINES.map((line) => lines[line].count))).toBe(chosen.count);
        }
        expect(sum(report.byCurrency.map(({ chosen }) => chosen.count))).toBe(takes.length);
        expect(sum(TAKE_OUTCOMES.map((outcome) => report.counts[outcome]))).toBe(takes.length);
      }),
    );
  });

  it('never mixes currencies', () => {
    fc.assert(
      fc.property(fc.array(take, { maxLength: 60 }), (takes) => {
        for (const { currency, chosen, lines } of runReport(takes).byCurrency) {
          const own = takes.filter((one) => one.currency === currency);
          expect(chosen.amountMinor).toBe(sum(own.map((one) => one.amountMinor + one.tipsMinor)));
          for (const line of REPORT_LINES) expect(lines[line].currency).toBe(currency);
        }
      }),
    );
  });

  it('reads as a person would add it up', () => {
    const report = runReport([
      actionView({ state: 'done', captureStatus: 'Successful', amountMinor: 1000 }),
      actionView({ state: 'done', captureStatus: 'Created', amountMinor: 250 }),
      actionView({ state: 'refused', amountMinor: 5 }),
      actionView({ state: 'done', captureStatus: 'Successful', amountMinor: 700, currency: 'EUR' }),
      actionView({ state: 'needsPerson', amountMinor: 30 }),
    ]);
    expect(report.byCurrency.map(({ currency }) => currency)).toEqual(['GBP', 'EUR']);
    expect(report.byCurrency[0]).toMatchObject({
      chosen: { count: 4, amountMinor: 1285 },
      lines: { taken: { count: 1, amountMinor: 1000 }, taking: { amountMinor: 250 }, refused: { amountMinor: 5 }, unsettled: { amountMinor: 30 } },
    });
    expect(report).toMatchObject({ total: 5, ended: 3 });
  });

  it('is empty for nothing', () => {
    expect(runReport([])).toMatchObject({ byCurrency: [], total: 0, ended: 0 });
  });

  it('lists what went wrong first, and keeps the order otherwise', () => {
    const takes = [
      actionView({ id: 'taken', state: 'done', captureStatus: 'Successful' }),
      actionView({ id: 'refused-1', state: 'refused' }),
      actionView({ id: 'person', state: 'needsPerson' }),
      actionView({ id: 'declined', state: 'done', captureStatus: 'Declined' }),
    ];
    expect(mostUrgentFirst(takes).map((one) => one.id)).toEqual(['person', 'refused-1', 'declined', 'taken']);
  });
});

describe('sums in words', () => {
  const sum = (currency: string, amountMinor: number) => ({ currency, amountMinor, count: 1 });
  it.each([
    [[], 'nothing'],
    [[sum('GBP', 120450)], '£1,204.50'],
    [[sum('GBP', 120450), sum('EUR', 3000)], '£1,204.50 and €30.00'],
    [[sum('GBP', 120450), sum('EUR', 0)], '£1,204.50'],
    [[sum('GBP', 0), sum('EUR', 0)], '£0.00'],
  ])('%j is %s', (sums, expected) => {
    expect(sumsInWords(sums)).toBe(expected);
  });
});
