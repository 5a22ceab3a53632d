import { describe, expect, it } from 'vitest';
import { byReason, closedDeeds, deedCaution, deedNote, deedTitle, openDeeds } from '../../renderer/payment/move-words.ts';
import { supportText } from '../../renderer/payment/support-text.ts';
import { rowMoves } from '../../renderer/today/row-words.ts';
import { closedMove, openMove, paymentView } from './view-builders.ts';

const ZONE = 'Europe/London';
const NOW_MS = Date.parse('2026-11-20T21:50:00Z');
const MIDNIGHT_MS = Date.parse('2026-11-21T00:00:00Z');
const noWay = { way: null, why: 'No.', customerSees: null, instead: null, closed: [] } as const;
const undo = {
  ...noWay,
  way: 'undo',
  instead: { way: 'refund', note: 'A fee.', customerSees: 'Soon.' },
  closed: [{ way: 'release', reason: 'Not held.' }],
} as const;

describe('what can be done with a payment', () => {
  it('is one button to give money back, which says the way that main picks', () => {
    const payment = paymentView({ capture: closedMove(), refund: openMove(), giveBack: { ...undo, closed: [...undo.closed] } });
    expect(openDeeds(payment)).toEqual(['give-back']);
    for (const [way, title] of [
      ['undo', 'Reverse'],
      ['release', 'Release'],
      ['refund', 'Refund'],
    ] as const)
      expect(deedTitle('give-back', { ...payment, giveBack: { ...payment.giveBack, way } })).toBe(title);
  });

  it('is no such button where no way is open', () => {
    expect(openDeeds(paymentView({ giveBack: { ...noWay, closed: [] } }))).toEqual(['capture']);
  });

  it('is cancelling first where nobody has paid, and reversing behind it', () => {
    const payment = paymentView({ state: 'not-paid', capture: closedMove(), giveBack: { ...undo, closed: [...undo.closed] } });
    const unpaid = { ...payment, moves: { ...payment.moves, cancel: openMove({ minMinor: null, maxMinor: null }) } };
    expect(openDeeds(unpaid)).toEqual(['cancel', 'give-back']);
    expect(deedTitle('give-back', unpaid)).toBe('Reverse');
    expect(rowMoves(unpaid)).toEqual([]);
  });

  it('names the amount that main offers to capture, tips included', () => {
    expect(deedTitle('capture', paymentView({ capture: openMove({ maxMinor: 1000, defaultTipsMinor: 250 }) }))).toBe('Capture £12.50');
    expect(deedTitle('capture', paymentView({ capture: openMove({ maxMinor: 1000, defaultMinor: null }) }))).toBe('Capture a part');
  });

  it('says which way is picked and how long an undo remains possible', () => {
    const payment = paymentView({ reverse: openMove({ deadlineMs: MIDNIGHT_MS }), giveBack: { ...undo, closed: [] } });
    expect(deedNote('give-back', payment, ZONE, NOW_MS)).toBe('Reverse today’s payment. Possible until midnight, 2 h 10 min left. Or refund a part.');
  });

  it('says of a release that Dojo decides once its day is over and the hold lasts', () => {
    const release = { ...noWay, way: 'release', closed: [] } as const;
    const note = (holdEndsAtMs: number) =>
      deedNote(
        'give-back',
        paymentView({
          reverse: openMove({ deadlineMs: MIDNIGHT_MS }),
          giveBack: { ...release, closed: [] },
          holdEnds: { atMs: holdEndsAtMs, action: 'Release' },
        }),
        ZONE,
        NOW_MS,
      );
    expect(note(MIDNIGHT_MS + 1)).toBe('Release the hold. Possible until midnight, 2 h 10 min left. After that Dojo decides.');
    expect(note(MIDNIGHT_MS)).toBe('Release the hold. Possible until midnight, 2 h 10 min left.');
  });

  it('says how much can be refunded', () => {
    const payment = paymentView({ refund: openMove({ maxMinor: 1500 }), giveBack: { ...noWay, way: 'refund', closed: [] } });
    expect(deedNote('give-back', payment, ZONE, NOW_MS)).toBe('Refund: the whole or a part, up to £15.00.');
  });

  it('says why no tips can be taken, and nothing of tips where they can', () => {
    const note = (tipsReason: string | null) => deedNote('capture', paymentView({ capture: openMove({ tipsReason }) }), ZONE, NOW_MS);
    expect(note('It was created without tips.')).toBe('The whole rest, or a part of it. It was created without tips.');
    expect(note(null)).toBe('The whole rest, or a part of it.');
  });

  it('says what more than the bill is in an amount, and where less than all is offered', () => {
    const capture = openMove({ maxMinor: 11_250, includes: '£12.50 service charge is part of the £112.50 held.' });
    expect(deedNote('capture', paymentView({ capture }), ZONE, NOW_MS)).toBe(
      'The whole rest, or a part of it. £12.50 service charge is part of the £112.50 held.',
    );
    expect(deedNote('capture', paymentView({ capture: openMove({ maxMinor: 11_250, defaultMinor: 10_000 }) }), ZONE, NOW_MS)).toBe(
      'What is offered, or another part.',
    );
    const refund = openMove({ maxMinor: 6125, includes: '£6.25 service charge is part of the £61.25 paid.' });
    expect(deedNote('give-back', paymentView({ refund, giveBack: { ...noWay, way: 'refund', closed: [] } }), ZONE, NOW_MS)).toBe(
      'Refund: the whole or a part, up to £61.25. £6.25 service charge is part of the £61.25 paid.',
    );
  });

  it('warns of what Dojo leaves open about the way picked, not about another', () => {
    const payment = paymentView({
      reverse: openMove({ caution: 'Dojo decides.' }),
      refund: openMove({ caution: 'Of refunds.' }),
      giveBack: { ...undo, closed: [] },
    });
    expect(deedCaution('give-back', payment)).toBe('Dojo decides.');
    expect(deedCaution('give-back', { ...payment, giveBack: { ...payment.giveBack, way: 'refund' } })).toBe('Of refunds.');
  });
});

describe('what cannot be done', () => {
  it('has each way to give money back under its own name, and nothing that is open', () => {
    const closed = closedDeeds(paymentView({ capture: openMove(), giveBack: { ...undo, closed: [...undo.closed] } }));
    expect(closed).toContainEqual({ name: 'Release the hold', reason: 'Not held.' });
    expect(closed.map(({ name }) => name)).not.toContain('Capture');
    expect(closed.map(({ name }) => name)).not.toContain('Reverse today’s payment');
  });

  it('stands together where the reason is the same', () => {
    const closed = [
      { name: 'Capture', reason: 'A.' },
      { name: 'Refund', reason: 'B.' },
      { name: 'Reverse', reason: 'A.' },
    ];
    expect(byReason(closed)).toEqual([
      { names: 'Capture, Reverse', reason: 'A.' },
      { names: 'Refund', reason: 'B.' },
    ]);
  });
});

describe('what is copied for support', () => {
  it('is a line for each id, under the reference', () => {
    const ids = [
      { label: 'Payment', value: 'pi_1' },
      { label: 'Trace id of the refund', value: 't_2' },
    ];
    expect(supportText('Table 12', ids)).toBe('Reference: Table 12\nPayment: pi_1\nTrace id of the refund: t_2');
  });
});
