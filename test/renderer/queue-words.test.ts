import { describe, expect, it } from 'vitest';
import { actionInWords, actionSpoken, actionTold, paymentFacts } from '../../renderer/queue/action-in-words.ts';
import { evidenceFacts } from '../../renderer/queue/evidence-facts.ts';
import { whyQueueWaits } from '../../renderer/queue/why-waits.ts';
import { actionView } from './view-builders.ts';

describe('an action in words', () => {
  it.each([
    ['a capture', actionView({ amountMinor: 2000 }), 'Capture £20.00 of Table 12'],
    ['a capture with tips', actionView({ amountMinor: 2000, tipsMinor: 300 }), 'Capture £20.00 + £3.00 tips of Table 12'],
    ['an undo', actionView({ kind: 'reverse', amountMinor: null }), 'Reversal of Table 12'],
    ['one without a reference', actionView({ kind: 'refund', amountMinor: 500, reference: '' }), 'Refund £5.00 of a payment without a reference'],
  ])('%s', (_, action, expected) => {
    expect(actionInWords(action)).toBe(expected);
  });
});

describe('an action among others of the same reference', () => {
  const [PAID_MS, NOON_MS] = [Date.UTC(2026, 10, 20, 9, 32), Date.UTC(2026, 10, 20, 12)];
  const at = { zone: 'Europe/London', nowMs: NOON_MS };
  const card = { scheme: 'VISA', last4: '2437' };
  const of = (differs: Parameters<typeof actionView>[0]) => {
    const action = actionView({ paymentAtMs: PAID_MS, card, ...differs });
    return [paymentFacts(action, at), actionTold(action, at), actionSpoken(action, at)];
  };

  it.each([
    [
      'by its card and its time',
      {},
      ['Visa ···· 2437, 09:32', 'Capture £42.00 of Table 12 (Visa ···· 2437, 09:32)', 'Capture £42.00 of Table 12 (Visa ending in 2437, 09:32)'],
    ],
    [
      'of an earlier day with its day',
      { paymentAtMs: PAID_MS - 86_400_000 },
      [
        'Visa ···· 2437, Thu 19 Nov, 09:32',
        'Capture £42.00 of Table 12 (Visa ···· 2437, Thu 19 Nov, 09:32)',
        'Capture £42.00 of Table 12 (Visa ending in 2437, Thu 19 Nov, 09:32)',
      ],
    ],
    [
      'by its time alone where no card is known',
      { card: null },
      ['Payment of 09:32', 'Capture £42.00 of Table 12 (payment of 09:32)', 'Capture £42.00 of Table 12 (payment of 09:32)'],
    ],
    [
      'nor where nothing of the card is told',
      { card: { scheme: null, last4: null } },
      ['Payment of 09:32', 'Capture £42.00 of Table 12 (payment of 09:32)', 'Capture £42.00 of Table 12 (payment of 09:32)'],
    ],
    ['not at all where the payment is not known', { card: null, paymentAtMs: null }, [null, 'Capture £42.00 of Table 12', 'Capture £42.00 of Table 12']],
  ])('is told apart %s', (_, differs, expected) => {
    expect(of(differs)).toEqual(expected);
  });

  it('in the shop’s own zone', () => {
    expect(paymentFacts(actionView({ card, paymentAtMs: Date.UTC(2026, 6, 20, 9, 32) }), { zone: 'Europe/London', nowMs: Date.UTC(2026, 6, 20, 12) })).toBe(
      'Visa ···· 2437, 10:32',
    );
  });
});

describe('evidence fact by fact', () => {
  it('keeps amounts whole and puts the time of the reading at the end', () => {
    expect(evidenceFacts('17:42: Authorized, £1,042.00, 0 captures, £0.00 refunded')).toEqual([
      'Authorized',
      '£1,042.00',
      '0 captures',
      '£0.00 refunded',
      'read at 17:42',
    ]);
    expect(evidenceFacts('Authorized, £42.00')).toEqual(['Authorized', '£42.00']);
    expect(evidenceFacts(null)).toBeNull();
  });
});

describe('why the queue stands still', () => {
  const queue = (paused: boolean) => ({ paused, waiting: 1, sending: 0, checking: 0, needsPerson: 0 });
  it.each([
    ['live', false, null],
    ['live', true, /paused/],
    ['offline', false, /no connection/],
    ['key-refused', true, /API key/],
  ] as const)('line %s, paused %s', (line, paused, expected) => {
    const why = whyQueueWaits({ line, queue: queue(paused) });
    if (expected === null) expect(why).toBeNull();
    else expect(why).toMatch(expected);
  });
});
