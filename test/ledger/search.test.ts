import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Payment } from '../../main/core/payment/payment.ts';
import { isFound, searchedOf, searchWords } from '../../main/core/payment/search-words.ts';
import { aCapture, aHold, aPayment, DAY_MS, HOUR_MS, NOON_MS } from '../builders.ts';
import { aFile, opened, takeBackToFirstVersion, tamper } from './a-ledger.ts';

const idsOf = (payments: readonly Payment[]) => payments.map((payment) => payment.id);
const newestFirst = (payments: readonly Payment[]) => [...payments].sort((a, b) => b.createdAtMs - a.createdAtMs || (a.id < b.id ? -1 : 1));

/** Small numbers and few letters, so that much is found; wildcards and quotes among them, so that none is taken for one. */
const typed = fc.string({ unit: fc.constantFrom(...'aAé%_*\'"\\14£. 0,'), maxLength: 6 });
const minor = fc.oneof(fc.integer({ min: 0, max: 500 }), fc.constantFrom(0, 1, 4, 11, 14, 100, 140, 1400, 1411, 4100));
const payment = fc.record({
  reference: typed,
  description: typed,
  captureMode: fc.constantFrom('Auto' as const, 'Manual' as const),
  status: fc.constantFrom('Created', 'Authorized', 'Captured', 'Refunded', 'Reversed'),
  amountMinor: minor,
  tipsMinor: minor,
  refundedMinor: minor,
  captures: fc.option(fc.array(minor, { maxLength: 2 }), { nil: null }),
  last4: fc.constantFrom('1414', '0041', '', null),
  day: fc.nat(90),
});

describe('a search over all kept days', () => {
  it('finds what core says that it finds, newest first, and no more than asked for', () => {
    fc.assert(
      fc.property(fc.array(payment, { maxLength: 12 }), typed, fc.integer({ min: 1, max: 8 }), (specs, text, most) => {
        const ledger = opened(aFile());
        const kept = specs.map(({ captures, last4, day, ...spec }) =>
          aPayment({
            ...spec,
            captures: captures?.map((amountMinor) => aCapture({ amountMinor })) ?? null,
            card: { scheme: 'Visa', last4, funding: null, entry: null },
            createdAtMs: NOON_MS - day * DAY_MS,
          }),
        );
        ledger.writePayments('acc_1', kept);
        const words = searchWords(text);
        const expected = newestFirst(kept.filter((one) => isFound(searchedOf(one), words)));
        expect(idsOf(ledger.findPayments('acc_1', words, most))).toEqual(idsOf(expected.slice(0, most)));
        ledger.close();
      }),
      { numRuns: 80 },
    );
  });

  it('finds what a payment says now, and not what it said before', () => {
    const ledger = opened(aFile());
    const hold = aHold({ reference: 'Table 12' });
    ledger.writePayments('acc_1', [hold]);
    expect(idsOf(ledger.findPayments('acc_1', searchWords('42.00'), 9))).toEqual([hold.id]);
    ledger.writePayments('acc_1', [{ ...hold, reference: 'Table 13', amountMinor: 5000 }]);
    expect(ledger.findPayments('acc_1', searchWords('42.00'), 9)).toEqual([]);
    expect(ledger.findPayments('acc_1', searchWords('12'), 9)).toEqual([]);
    expect(idsOf(ledger.findPayments('acc_1', searchWords('table 13 50'), 9))).toEqual([hold.id]);
  });

  it('keeps to its own account', () => {
    const ledger = opened(aFile());
    ledger.writePayments('acc_2', [aPayment()]);
    expect(ledger.findPayments('acc_1', searchWords('order'), 9)).toEqual([]);
  });

  it('finds nothing where nothing is typed', () => {
    const ledger = opened(aFile());
    ledger.writePayments('acc_1', [aPayment()]);
    expect(ledger.findPayments('acc_1', searchWords(' '), 9)).toEqual([]);
  });

  it('finds what a ledger from before there was a search keeps, and leaves out what cannot be read', () => {
    const file = aFile();
    const ledger = opened(file);
    const [sound, odd] = [aHold({ reference: 'Café', captures: [aCapture()] }), aPayment()];
    ledger.writePayments('acc_1', [sound, odd]);
    ledger.close();
    takeBackToFirstVersion(file);
    tamper(file, (db) => db.prepare(`UPDATE payments SET body = 'garbage' WHERE id = ?`).run(odd.id));
    const again = opened(file);
    for (const text of ['CAFÉ', '42.00', '22.00', '20.00', '1013']) expect(again.findPayments('acc_1', searchWords(text), 9)).toEqual([sound]);
    expect(again.findPayments('acc_1', searchWords('order'), 9)).toEqual([]);
  });

  it('finds the newest of thousands, no more than asked for', () => {
    const ledger = opened(aFile());
    const days = Array.from({ length: 5_000 }, (_, index) => aPayment({ reference: `Order ${index}`, createdAtMs: NOON_MS - index * HOUR_MS }));
    ledger.writePayments('acc_1', days);
    const found = (text: string) => ledger.findPayments('acc_1', searchWords(text), 200);
    expect(found('order')).toEqual(days.slice(0, 200));
    expect(found('order 4999')).toEqual(days.slice(-1));
    expect(found('nobody of that name')).toEqual([]);
  });
});
