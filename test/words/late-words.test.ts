import { expect, test } from 'vitest';
import { baselineOf } from '../../main/core/queue/evidence.ts';
import { tooLateInWords } from '../../main/words/late-words.ts';
import { anAction, aPayment, NOON_MS } from '../builders.ts';

test('who does not look at the till is told which one is too late, and never that what was sent before was not', () => {
  const reversal = anAction({ move: { kind: 'reverse' }, reference: 'Table 1', decidedOn: baselineOf(aPayment(), NOON_MS) });
  expect(tooLateInWords([reversal])).toEqual({ title: 'Reversal too late', body: 'The reversal of Table 1 was not sent in time. Look at the queue.' });
  expect(tooLateInWords([reversal], '2437').body).toBe('The reversal of Table 1 (card ending in 2437) was not sent in time. Look at the queue.');
  expect(tooLateInWords([{ ...reversal, sends: 1 }]).body).toBe('The reversal of Table 1 was not sent again in time. Look at the queue.');
  expect(tooLateInWords([reversal, { ...reversal, sends: 1 }])).toEqual({
    title: '2 actions are too late',
    body: 'They are not sent any more. Look at the queue to decide what to do instead.',
  });
});
