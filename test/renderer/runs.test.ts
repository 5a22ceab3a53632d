import { describe, expect, it } from 'vitest';
import type { PaymentView } from '../../preload/contract.ts';
import { nextStepInWords, nextSteps } from '../../renderer/end-of-day/next-steps.ts';
import { outcomeWords } from '../../renderer/end-of-day/outcome-words.ts';
import { lastRun, movingRun, runsOf } from '../../renderer/end-of-day/runs.ts';
import { actionWords } from '../../renderer/words.ts';
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

  it('moves, and is the one to go on with, until the bank has answered for each', () => {
    const withBank = { ...early, captureStatus: 'Created' };
    const [run] = runsOf([withBank]);
    expect(run).toMatchObject({ phase: 'with-bank', moving: true, open: true });
    expect(movingRun(runsOf([withBank, late]))?.runId).toBe('early');
    expect(runsOf([{ ...early, captureStatus: null }])[0]).toMatchObject({ phase: 'with-bank' });
    expect(runsOf([withBank, actionView({ id: 'a3', runId: 'early', state: 'sending' })])[0]).toMatchObject({ phase: 'running' });
    expect(runsOf([early])[0]).toMatchObject({ phase: 'over', moving: false });
  });

  it('does not wait for a bank that will not be heard: no captures listed, or settled by a person', () => {
    expect(runsOf([{ ...early, captureStatus: null, outcomeShown: false }])[0]).toMatchObject({ phase: 'over' });
    expect(runsOf([{ ...early, captureStatus: null, code: 'settled-happened' }])[0]).toMatchObject({ phase: 'over' });
  });

  it('does not count as moving what only a person can settle, but keeps it open', () => {
    for (const stuck of [actionView({ state: 'needsPerson' }), actionView({ waitsForPerson: { settleId: 'a_0' } })]) {
      expect(runsOf([stuck])[0]).toMatchObject({ phase: 'over', moving: false, open: true });
      expect(runsOf([stuck, actionView({ id: 'a_2' })])[0]).toMatchObject({ phase: 'running', moving: true, open: true });
    }
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

  it('says what waits for an earlier action on its payment, and that somebody has to see to that', () => {
    const behind = actionView({ reference: 'Table 3', waitsForPerson: { settleId: 'a_0' } });
    expect(nextSteps([behind], new Map()).map(nextStepInWords)).toEqual([
      { text: '1 waits for an earlier action: Table 3. Its row says what to do about that one first.', button: 'Open the queue' },
    ]);
  });

  it('names what came twice, where all went well too', () => {
    const twice = actionView({ state: 'done', captureStatus: 'Successful', reference: 'Table 3', cameTwice: true });
    expect(nextSteps([twice], new Map()).map(nextStepInWords)).toEqual([
      { text: 'Perhaps captured twice: Table 3. Compare it with Dojo, and refund what is too much.', button: 'Show the list' },
    ]);
    expect(actionWords(twice).text).toBe('Captured, perhaps twice');
  });

  it('does not call twice what came once, after it had been given up, and offers no other capture of it', () => {
    const after = actionView({ state: 'refused', code: 'settled-not', paymentId: 'A', reference: 'Table 4', cameTwice: true });
    const open = new Map([['A', paymentView({ id: 'A', onHoldMinor: 4200, capture: openMove({ maxMinor: 4200 }) })]]);
    expect(nextSteps([after], open).map(nextStepInWords)).toEqual([
      { text: 'Captured after all, after it was given up: Table 4. Compare it with Dojo before you decide more.', button: 'Show the list' },
    ]);
  });

  it('says of a hold that ended before the capture that it was too late, and not that it stays on hold as well', () => {
    const late = actionView({ id: '5', paymentId: 'A', reference: 'Room 7', state: 'expired', acceptedAtMs: 2 });
    const shown = new Map([['A', paymentView({ id: 'A', onHoldMinor: 4200, paidAtMs: 1, capture: closedMove('Its hold has ended.') })]]);
    expect(nextSteps([late], shown).map(({ kind }) => kind)).toEqual(['too-late']);
  });

  it('tries again what can be captured, with the amounts it was tried with, never above what is left', () => {
    const steps = nextSteps(takes, payments);
    expect(steps.find((step) => step.kind === 'try-again')).toMatchObject({ count: 1, amounts: new Map([['A', { amountMinor: 500, ofMinor: 4_200 }]]) });
    expect(steps.find((step) => step.kind === 'declined')).toMatchObject({ count: 1, amounts: new Map([['B', { amountMinor: 700, ofMinor: 700 }]]) });
  });

  it('says nothing of one that was made up for since: captured singly, or by another till, or decided anew', () => {
    const answered = takes.map((take) => ({ ...take, madeUpFor: true }));
    expect(nextSteps(answered, payments).map(({ kind }) => kind)).toEqual(['settle', 'on-hold', 'too-late']);
  });

  it('says what Dojo shows captured of what was refused: the report’s sum of what is captured leaves it out', () => {
    const refused = actionView({ id: '1', paymentId: 'A', reference: 'Table 1', state: 'refused', amountMinor: 500, madeUpFor: true });
    const shows = (takenMinor: number) =>
      nextSteps([refused], new Map([['A', paymentView({ id: 'A', reference: 'Table 1', takenMinor, onHoldMinor: 0 })]])).map(nextStepInWords);
    expect(shows(500)).toEqual([
      { text: 'Refused, and captured by it after all or in another way: Dojo shows £5.00 of Table 1 captured. Nothing is left to do for it.', button: null },
    ]);
    // Decided anew in another way.
    expect(shows(499)).toEqual([]);
  });

  it('offers all that were refused with a service charge in them at once, without it', () => {
    const refused = ['A', 'B'].map((id) => actionView({ id, paymentId: id, reference: id, state: 'refused', amountMinor: 11_250, refusedWithExtras: true }));
    const offeredWithout = (id: string) =>
      paymentView({ id, capture: openMove({ maxMinor: 11_250, defaultMinor: 10_000, maxTipsMinor: 500, defaultTipsMinor: 500 }) });
    const steps = nextSteps(refused, new Map(['A', 'B'].map((id) => [id, offeredWithout(id)])));
    expect(steps).toMatchObject([
      {
        kind: 'without-extras',
        count: 2,
        amounts: new Map([
          ['A', { amountMinor: 10_500, ofMinor: 11_750 }],
          ['B', { amountMinor: 10_500, ofMinor: 11_750 }],
        ]),
      },
    ]);
    expect(steps.map(nextStepInWords)).toEqual([
      { text: 'Refused with the service charge or cashback in it: A, B. Nothing was captured.', button: 'Choose them without' },
    ]);
  });

  it('waits for the bank, and never says that there is nothing to do while it has not answered', () => {
    const withBank = Array.from({ length: 18 }, (_, nth) => actionView({ id: `w${nth}`, state: 'done', captureStatus: 'Created' }));
    const steps = nextSteps(withBank, new Map());
    expect(steps).toMatchObject([{ kind: 'with-bank', count: 18 }]);
    expect(steps.map(nextStepInWords)).toEqual([{ text: '18 are with the bank. Nothing has to be done until it answers.', button: null }]);
  });

  describe('and what is on hold beside it', () => {
    const captured = actionView({ id: '1', paymentId: 'A', state: 'done', captureStatus: 'Successful', acceptedAtMs: 5_000 });
    const beside = (...all: readonly PaymentView[]) => nextSteps([captured], new Map(all.map((payment) => [payment.id, payment])));
    const left = paymentView({ id: 'B', reference: 'Table 3', paidAtMs: 1_000 });

    it('does not say that nothing is left to do beside a hold that was left out', () => {
      const rest = paymentView({ id: 'A', reference: 'Table 9', paidAtMs: 1_000, leftMinor: 1_100 });
      const [one, ...others] = beside(left);
      expect(others).toEqual([]);
      expect(one && nextStepInWords(one)).toEqual({ text: '1 hold stays on hold with £42.00: Table 3.', button: 'Choose it' });
      const [both] = beside(left, rest);
      expect(both && nextStepInWords(both)).toEqual({ text: '2 holds stay on hold with £53.00: Table 3, Table 9.', button: 'Choose them' });
      expect(both).toMatchObject({
        kind: 'on-hold',
        amounts: new Map(Object.entries({ A: { amountMinor: 1_100, ofMinor: 1_100 }, B: { amountMinor: 4_200, ofMinor: 4_200 } })),
      });
    });

    it('counts one that cannot be captured here, and offers nothing for it', () => {
      const yen = paymentView({ id: 'B', reference: 'Table 3', currency: 'JPY', paidAtMs: 1_000, capture: closedMove(), onHoldMinor: 900 });
      const [one] = beside(yen);
      expect(one && nextStepInWords(one)).toEqual({ text: '1 hold stays on hold with JPY 900: Table 3.', button: null });
    });

    it('does not count what has come since, what is captured, or what another step tells of', () => {
      expect(beside(paymentView({ id: 'B', paidAtMs: 5_001 }), paymentView({ id: 'A', leftMinor: 0, capture: closedMove(), onHoldMinor: 0 }))).toEqual([]);
      expect(nextSteps([{ ...captured, state: 'refused' }], new Map([['A', paymentView({ id: 'A', paidAtMs: 1_000 })]]))).toMatchObject([
        { kind: 'try-again', count: 1 },
      ]);
    });
  });

  it('has a row compared whose capture Dojo may show after all, instead of offering it again or calling nothing left to do', () => {
    for (const madeUpFor of [true, false]) {
      const steps = nextSteps([actionView({ paymentId: 'A', state: 'refused', compareFirst: true, madeUpFor, acceptedAtMs: 5_000 })], new Map());
      expect(steps.map(nextStepInWords)).toEqual([
        { text: 'Compare with Dojo before more is captured: Table 12. It shows a capture that may be ours.', button: null },
      ]);
    }
  });

  it('says that nothing was captured only where Dojo shows none of it captured', () => {
    const part = paymentView({ id: 'B', state: 'part-taken', takenMinor: 500, capture: openMove({ maxMinor: 400 }) });
    const gone = paymentView({ id: 'C', takenMinor: 200, takingMinor: 100, capture: closedMove('It is undone.') });
    const shown = new Map([...payments, ['B', part] as const, ['C', gone] as const]);
    const said = nextSteps(takes, shown).map((step) => nextStepInWords(step).text);
    expect(said).toContain(
      'Declined by the bank: Table 12. This run captured nothing; Dojo shows £5.00 of Table 12 captured. Capture it again, or ask for another card.',
    );
    expect(said).toContain('Refused or not done: Table 12. Nothing was captured.');
    const beside = (changes: Partial<PaymentView>) => {
      const seen = new Map([...shown, ['B', { ...part, ...changes }] as const]);
      return nextSteps(takes, seen).map((step) => nextStepInWords(step).text);
    };
    expect(beside({ takenMinor: 0, takingMinor: 500 })).toContainEqual(expect.stringContaining('Dojo shows £5.00 of Table 12 being captured. Capture it'));
    const both = 'Dojo shows £3.00 of Table 12 captured, and £2.00 of Table 12 being captured. Capture it';
    expect(beside({ takenMinor: 300, takingMinor: 200 })).toContainEqual(expect.stringContaining(both));
    expect(said).toContain('Not captured by this run, and no longer possible: Table 12. Open it in the list to see why.');
    expect(outcomeWords('declined', 500).text).toBe('Declined by the bank');
    expect(outcomeWords('failed', 500).text).toBe('Failed');
    expect(outcomeWords('declined', 0).text).toBe('Declined by the bank, nothing captured');
    expect(outcomeWords('taken', 500).text).toBe('Captured');
  });

  it('says every step once, and nothing where there is nothing to do', () => {
    expect(nextSteps(takes, payments).map((step) => [step.kind, step.count])).toEqual([
      ['settle', 1],
      ['declined', 1],
      ['try-again', 1],
      ['choose-withdrawn', 1],
      ['not-again', 1],
      ['too-late', 1],
    ]);
    expect(nextSteps([actionView({ state: 'done', captureStatus: 'Successful' })], new Map())).toEqual([]);
  });

  it('says it in words', () => {
    expect(nextSteps(takes, payments).map((step) => nextStepInWords(step))).toEqual([
      { text: '1 needs you: look it up in Dojo and settle it.', button: 'Open the queue' },
      { text: 'Declined by the bank: Table 12. Nothing was captured. Capture it again, or ask for another card.', button: 'Capture it again' },
      { text: 'Refused or not done: Table 12. Nothing was captured.', button: 'Try it again' },
      { text: '1 was removed before sending.', button: 'Choose it again' },
      { text: 'Not captured, and no longer possible: Table 12. Open it in the list to see why.', button: null },
      { text: '1 was too late: its hold has ended. Look at Table 12 to see what became of it.', button: null },
    ]);
  });
});
