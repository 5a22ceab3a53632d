import { describe, expect, it } from 'vitest';
import { holdEndMark, holdText, notCountedWords } from '../../renderer/holds/hold-words.ts';
import { badgeOf, endsWithin, holdSums, openHolds, otherCurrencyCount, unknownToKeyCount } from '../../renderer/holds/open-holds.ts';
import { paymentWords } from '../../renderer/words.ts';
import { closedMove, openMove, paymentView } from './view-builders.ts';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-20T12:00:00Z');

const hold = (id: string, endsInH: number, differs: Parameters<typeof paymentView>[0] = {}) =>
  paymentView({
    id,
    reference: id,
    state: 'on-hold',
    leftMinor: 4200,
    totalMinor: 4200,
    holdEnds: { atMs: NOW + endsInH * HOUR, action: 'Release' },
    capture: openMove(),
    ...differs,
  });
const ids = (payments: readonly { id: string }[]) => payments.map((payment) => payment.id);

describe('the open holds', () => {
  it('are of all days, soonest end first; of two that end together the older comes first', () => {
    const late = hold('late', 30, { date: '2026-11-20' });
    const soon = hold('soon', 2, { date: '2026-11-15' });
    const [older, newer] = [hold('older', 30, { createdAtMs: 1 }), hold('newer', 30, { createdAtMs: 2 })];
    expect(ids(openHolds([{ ...late, createdAtMs: 3 }, newer, soon, older]))).toEqual(['soon', 'older', 'newer', 'late']);
  });

  it.each<readonly [string, Parameters<typeof paymentView>[0], boolean]>([
    ['with something left to capture', {}, true],
    ['part captured', { state: 'part-taken', leftMinor: 100 }, true],
    ['all promised', { leftMinor: 0, openActionIds: ['a'] }, true],
    ['whose take was refused by the bank', { state: 'capture-declined' }, true],
    ['that nobody may take, for an action on it cannot be read', { leftMinor: 0, capture: closedMove(), attention: 'Look.' }, true],
    ['whose end is over, as long as Dojo has not said so', { leftMinor: 0, capture: closedMove() }, true],
    ['being captured whole', { state: 'taking', leftMinor: 0 }, false],
    ['being captured in part, the rest left', { state: 'taking', leftMinor: 100 }, true],
    ['captured whole', { state: 'paid', leftMinor: 0 }, false],
    ['no longer a hold', { state: 'paid', leftMinor: 0, holdEnds: null }, false],
  ])('%s', (_, differs, isListed) => {
    expect(openHolds([hold('it', 10, differs)])).toHaveLength(isListed ? 1 : 0);
  });

  it('end within a time only while something is left and the end is ahead', () => {
    expect(endsWithin(hold('it', 24), 24 * HOUR, NOW)).toBe(true);
    expect(endsWithin(hold('it', 24.1), 24 * HOUR, NOW)).toBe(false);
    expect(endsWithin(hold('it', 0), 24 * HOUR, NOW)).toBe(false);
    expect(endsWithin(hold('it', 1, { leftMinor: 0 }), 24 * HOUR, NOW)).toBe(false);
  });
});

describe('the sums of the holds', () => {
  const holds = [
    hold('a', 2, { leftMinor: 100 }),
    hold('b', 30, { leftMinor: 1000 }),
    hold('c', 90, { leftMinor: 10_000 }),
    hold('euro', 3, { leftMinor: 7, currency: 'EUR' }),
    hold('itself', 5, { leftMinor: 50, holdEnds: { atMs: NOW + 5 * HOUR, action: 'Capture' } }),
    hold('unsaid', 6, { leftMinor: 5, holdEnds: { atMs: NOW + 6 * HOUR, action: null } }),
    hold('promised', 1, { leftMinor: 0, openActionIds: ['x'] }),
  ];

  it('tell apart what is lost and what is taken by itself, and keep currencies apart', () => {
    expect(holdSums(holds, NOW)).toEqual({
      left: [
        { currency: 'GBP', count: 5, amountMinor: 11_155 },
        { currency: 'EUR', count: 1, amountMinor: 7 },
      ],
      lostVerySoon: [
        { currency: 'GBP', count: 2, amountMinor: 105 },
        { currency: 'EUR', count: 1, amountMinor: 7 },
      ],
      lostSoon: [
        { currency: 'GBP', count: 3, amountMinor: 1105 },
        { currency: 'EUR', count: 1, amountMinor: 7 },
      ],
      takenByItselfSoon: [{ currency: 'GBP', count: 1, amountMinor: 50 }],
    });
  });

  it('count as about to be lost what is decided and not on its way, and not as left to capture', () => {
    const queued = hold('queued', 3, { leftMinor: 0, standingCapturesMinor: 5000 });
    expect(holdSums([queued], NOW)).toMatchObject({ left: [], lostVerySoon: [{ currency: 'GBP', count: 1, amountMinor: 5000 }] });
    expect(badgeOf([queued], NOW)).toEqual({ count: 1, isLossAhead: true });
    expect(badgeOf([{ ...queued, standingCapturesMinor: 0 }], NOW)).toEqual({ count: 0, isLossAhead: false });
  });

  it('count nothing that cannot be captured, though Dojo holds it', () => {
    const bitcoin = hold('bitcoin', 3, { currency: 'XBT', leftMinor: 0, onHoldMinor: 1234, capture: closedMove('It is in XBT.') });
    expect(holdSums([...holds, bitcoin], NOW)).toEqual(holdSums(holds, NOW));
    expect(badgeOf([...holds, bitcoin], NOW)).toEqual(badgeOf(holds, NOW));
    expect(ids(openHolds([bitcoin]))).toEqual(['bitcoin']);
  });

  it('leave out other currencies, and say how many holds that are', () => {
    const yen = hold('yen', 3, { currency: 'JPY', onHoldMinor: 3300, capture: { open: false, code: 'currency', reason: 'It is in JPY.' } });
    const dollars = { ...yen, id: 'dollars', currency: 'USD' };
    expect(otherCurrencyCount(holds)).toBe(0);
    expect(otherCurrencyCount([...holds, yen, dollars])).toBe(2);
    expect([0, 1, 2].map((count) => notCountedWords(count))).toEqual([
      null,
      '1 hold in another currency is not counted: Tillside captures pounds and euros only.',
      '2 holds in other currencies are not counted: Tillside captures pounds and euros only.',
    ]);
  });

  it('leave out what Dojo does not know with this key, and say how many holds that are', () => {
    const strange = hold('strange', 3, { capture: { open: false, code: 'unknown-to-key', reason: 'Dojo does not know it.' } });
    expect(holdSums([...holds, strange], NOW)).toEqual(holdSums(holds, NOW));
    expect([unknownToKeyCount(holds), unknownToKeyCount([...holds, strange])]).toEqual([0, 1]);
    expect(notCountedWords(0, 1)).toBe('1 hold is not counted: Dojo does not know it with this key.');
    expect(notCountedWords(1, 2)).toBe(
      '1 hold in another currency is not counted: Tillside captures pounds and euros only. 2 holds are not counted: Dojo does not know them with this key.',
    );
  });

  it('count for the badge what ends within 48 h, and whether money would be lost by it', () => {
    expect(badgeOf(holds, NOW)).toEqual({ count: 5, isLossAhead: true });
    expect(badgeOf([holds[4] ?? hold('x', 1)], NOW)).toEqual({ count: 1, isLossAhead: false });
    expect(badgeOf([hold('far', 49)], NOW)).toEqual({ count: 0, isLossAhead: false });
  });
});

describe('what becomes of a hold', () => {
  const mark = (endsInH: number, action: 'Release' | 'Capture' | null, differs: Parameters<typeof paymentView>[0] = {}) =>
    holdEndMark(hold('it', endsInH, { ...differs, holdEnds: { atMs: NOW + endsInH * HOUR, action } }), NOW);

  it('is lost and taken by itself in other words, another shape and another colour', () => {
    const [lost, taken] = [mark(2, 'Release'), mark(2, 'Capture')];
    expect(lost).toMatchObject({ text: 'Released in 2 h, you lose £42.00', tone: 'amber', shape: 'let-go' });
    expect(taken).toMatchObject({ text: 'Captured in full in 2 h', tone: 'blue', shape: 'take-in' });
    const far = [mark(100, 'Release'), mark(100, 'Capture')];
    expect(far[0]?.tone).not.toBe(far[1]?.tone);
    expect(far[0]?.shape).not.toBe(far[1]?.shape);
  });

  it.each([
    ['not said by Dojo', mark(2, null), 'Ends in 2 h, Dojo does not say what then'],
    ['promised in part', mark(2, 'Release', { openActionIds: ['a'] }), 'Released in 2 h: what is not captured by then is lost'],
    ['over', mark(-1, 'Release'), 'Its end is over; Dojo has not said what became of it'],
  ])('%s', (_, words, text) => {
    expect(words?.text).toBe(text);
  });

  it('that cannot be captured here is said with what is held, and not as to capture', () => {
    const bitcoin = hold('Room 7', 2, { currency: 'XBT', leftMinor: 0, onHoldMinor: 1234, capture: closedMove('It is in XBT.') });
    expect(holdEndMark(bitcoin, NOW)?.text).toBe('Released in 2 h, you lose XBT 1,234 minor units');
    expect(holdText(bitcoin, 'Europe/London')).toContain('XBT 1,234 minor units on hold, ');
    expect(holdText(bitcoin, 'Europe/London')).not.toContain('to capture');
    expect(paymentWords(bitcoin).text).toBe('On hold');
  });

  it('once its end is over is unknown, not lost', () => {
    expect(mark(-1, 'Release')).toMatchObject({ certainty: 'unknown', shape: 'question' });
  });

  it('reads as a sentence, with the time itself', () => {
    const payment = hold('Room 12', 26, {
      description: 'Room',
      card: { scheme: 'VISA', last4: '1234' },
      paidAtMs: NOW - 24 * HOUR,
    });
    expect(holdText(payment, 'Europe/London')).toBe(
      'Room 12, Room, Visa ending in 1234, £42.00 left to capture, Ends Sat 21 Nov, 14:00, then released, you lose £42.00, held Thu 19 Nov, 12:00',
    );
    expect(holdText({ ...payment, holdEnds: { atMs: NOW, action: null, isLatest: true } }, 'Europe/London')).toContain('Ends by Fri 20 Nov, 12:00');
    expect(holdText({ ...payment, holdEnds: { atMs: NOW, action: 'Capture' } }, 'Europe/London')).not.toContain('lose');
  });
});
