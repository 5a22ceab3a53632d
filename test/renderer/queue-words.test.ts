import { describe, expect, it } from 'vitest';
import { actionInWords } from '../../renderer/queue/action-in-words.ts';
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
