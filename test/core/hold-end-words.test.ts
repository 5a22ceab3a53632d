import { describe, expect, test } from 'vitest';
import { holdEndInWords } from '../../main/core/hold-end-words.ts';
import { words } from '../../main/core/words.ts';
import { aCapture, aHold, anAction, anOutcome, aPayment, HOUR_MS, MINUTE_MS, NOON_MS } from '../builders.ts';

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
    [
      'is not called captured before the bank has said so of all of it',
      ending({ captures: [end({ amountMinor: 1000 }), end({ amountMinor: 3200, status: 'Created' })] }),
      'At the hold’s end Dojo asked the bank for £42.00.',
    ],
    [
      'is not told of a hold that was captured before, where Dojo lists none',
      ending({ status: 'Captured', captures: null, updatedAtMs: NOON_MS - HOUR_MS }),
      null,
    ],
    ['is nothing where it was given back as it ended', ending({ status: 'Reversed', updatedAtMs: NOON_MS }), null],
    ['is not asked of a sale', aPayment(), null],
    ['is not asked of a sale, whatever Dojo lists of it', aPayment({ captures: [end()] }), null],
  ])('%s', (_, payment, said) => expect(holdEndInWords(payment, [])).toBe(said));

  /** Of which Dojo does not say when it began: it ends between noon and an hour later. */
  const unsure = (changes = {}) => ending({ paidAtMs: null, firstPaidMs: NOON_MS, ...changes });
  const between = { createdAtMs: NOON_MS + 30 * MINUTE_MS };
  test.each<[string, ReturnType<typeof aPayment>, string | null]>([
    ['a capture', unsure({ captures: [end(between)] }), 'A capture of £42.00 was made elsewhere, or at the hold’s own end.'],
    [
      'one that the bank has not answered',
      unsure({ captures: [end({ ...between, status: 'Created' })] }),
      'A capture of £42.00 was made elsewhere, or at the hold’s own end.',
    ],
    [
      'one that Dojo does not list',
      unsure({ status: 'Captured', captures: null, updatedAtMs: between.createdAtMs }),
      'It was captured elsewhere, or at the hold’s own end.',
    ],
    [
      'two of them',
      unsure({ captures: [end({ ...between, amountMinor: 1000 }), end({ ...between, amountMinor: 3200 })] }),
      'Captures of £42.00 were made elsewhere, or at the hold’s own end.',
    ],
    ['nothing where its end releases', unsure({ autoExpireAction: 'Release', captures: [end(between)] }), null],
    ['the end’s own after the latest', unsure({ captures: [end({ createdAtMs: NOON_MS + HOUR_MS })] }), 'At the hold’s end Dojo captured £42.00.'],
  ])('between the earliest and the latest end may be somebody’s: %s', (_, payment, said) => expect(holdEndInWords(payment, [])).toBe(said));

  test.each([
    ['just before it ends', ending(), NOON_MS - 1_000],
    ['between its ends', unsure(), between.createdAtMs],
  ])('is not what this till captured %s', (_, hold, createdAtMs) => {
    const own = end({ amountMinor: 1000, createdAtMs });
    const ours = anAction({ move: { kind: 'capture', amount: 1000 }, state: 'done', outcome: anOutcome({ captureId: own.id }) });
    expect(holdEndInWords({ ...hold, captures: [own] }, [ours])).toBe('The hold’s end may capture what is left.');
    expect(holdEndInWords({ ...hold, captures: [own, end({ amountMinor: 3200, createdAtMs: NOON_MS + HOUR_MS })] }, [ours])).toBe(
      'At the hold’s end Dojo captured £32.00.',
    );
  });

  test('is what a capture or release that came too late says, never that nothing moved', () => {
    for (const move of [{ kind: 'capture', amount: 1000 } as const, { kind: 'reverse' } as const])
      for (const payment of [ending(), ending({ captures: [end()] })]) {
        const { message } = words.expired(anAction({ move }), payment, []);
        expect(message).not.toContain('Nothing moved');
        expect(message).toContain('hold’s end');
      }
    expect(words.expired(anAction({ move: { kind: 'reverse' } }), aPayment(), []).message).toMatch(/Nothing moved\.$/);
  });
});
