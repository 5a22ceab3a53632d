import { describe, expect, test } from 'vitest';
import { holdEndInWords } from '../../main/core/hold-end-words.ts';
import { words } from '../../main/core/words.ts';
import { aCapture, aHold, anAction, aPayment, HOUR_MS, MINUTE_MS, NOON_MS } from '../builders.ts';

/** A hold of £42.00 that ends at noon. */
const ending = (changes = {}) => aHold({ autoExpireInMs: HOUR_MS, autoExpireAction: 'Capture', ...changes });
const end = (changes = {}) => aCapture({ amountMinor: 4200, createdAtMs: NOON_MS, ...changes });

describe('what the end of a hold took', () => {
  test.each<[string, ReturnType<typeof aPayment>, string | null]>([
    ['may come', ending(), 'The hold’s end may capture what is left.'],
    ['may come where Dojo does not say what the end does', ending({ autoExpireAction: null }), 'The hold’s end may capture what is left.'],
    ['is nothing where it releases', ending({ autoExpireAction: 'Release' }), null],
    ['is nothing where it was given back before', ending({ status: 'Reversed' }), null],
    ['is told as captured once the bank said so', ending({ status: 'Captured', captures: [end()] }), 'At the hold’s end Dojo captured £42.00.'],
    ['is not called captured before', ending({ captures: [end({ status: 'Created' })] }), 'At the hold’s end Dojo asked the bank for £42.00.'],
    [
      'is not a part of before',
      ending({ captures: [end({ amountMinor: 1000, createdAtMs: NOON_MS - 30 * MINUTE_MS })] }),
      'The hold’s end may capture what is left.',
    ],
    ['is told where Dojo lists no captures', ending({ status: 'Captured', captures: null, updatedAtMs: NOON_MS }), 'At the hold’s end Dojo captured it.'],
    ['is not asked of a sale', aPayment(), null],
  ])('%s', (_, payment, said) => expect(holdEndInWords(payment)).toBe(said));

  test('is what a capture or release that came too late says, never that nothing moved', () => {
    for (const move of [{ kind: 'capture', amount: 1000 } as const, { kind: 'reverse' } as const])
      for (const payment of [ending(), ending({ captures: [end()] })]) {
        const { message } = words.expired(anAction({ move }), payment);
        expect(message).not.toContain('Nothing moved');
        expect(message).toContain('hold’s end');
      }
    expect(words.expired(anAction({ move: { kind: 'reverse' } }), aPayment()).message).toMatch(/Nothing moved\.$/);
  });
});
