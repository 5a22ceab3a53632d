import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AMOUNT_MINOR_MAX } from '../../main/core/money.ts';
import type { Payment } from '../../main/core/payment/payment.ts';
import { decodePage, decodePayment } from '../../main/dojo/decode.ts';
import { intentJson } from './intent.ts';

const versions = fc.constantFrom('2022-01-03', '2022-04-07', '2024-02-05', '2025-09-10', '2026-02-27');
const hostile = fc.oneof(
  fc.anything(),
  fc.jsonValue(),
  fc.integer(),
  fc.double(),
  fc.bigInt(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(null, undefined, '', '0', -1, 2 ** 53, '__proto__', '<html>'),
);
const fields = Object.keys(intentJson());

const isMoney = (minor: number) => Number.isSafeInteger(minor) && minor >= 0 && minor <= AMOUNT_MINOR_MAX && !Object.is(minor, -0);

function expectSound(payment: Payment): void {
  const minors = [
    payment.amountMinor,
    payment.tipsMinor,
    payment.serviceChargeMinor,
    payment.cashbackMinor,
    payment.totalMinor ?? 0,
    payment.refundedMinor,
    ...(payment.captures ?? []).flatMap((c) => [c.amountMinor, c.tipsMinor]),
  ];
  expect(minors.every(isMoney)).toBe(true);
  expect(payment.currency).toMatch(/^[A-Z]{3}$/);
  expect(payment.id).toMatch(/^[A-Za-z0-9_-]{1,200}$/);
  expect(Number.isSafeInteger(payment.createdAtMs) && Number.isSafeInteger(payment.updatedAtMs)).toBe(true);
  expect(payment.card?.last4 ?? '0000').toMatch(/^\d{4}$/);
  expect(new Set(payment.captures?.map(({ id }) => id)).size).toBe(payment.captures?.length ?? 0);
}

it('anything at all is decoded soundly or set aside, and never throws', () => {
  fc.assert(
    fc.property(
      fc.oneof(hostile, fc.record({ data: fc.array(hostile), before: hostile, after: hostile }, { requiredKeys: [] })),
      versions,
      (value, version) => {
        const payment = decodePayment(value, version);
        if (payment.ok) expectSound(payment.value);
        const page = decodePage(value, version);
        if (page.ok) for (const one of page.value.payments) expectSound(one);
      },
    ),
    { numRuns: 500 },
  );
});

it('with any few fields replaced, what is read of the others stays right', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...fields), hostile, { maxKeys: 3 }), versions, (different, version) => {
      const json = intentJson({ ...different });
      const payment = decodePayment(json, version);
      if (!payment.ok) return;
      expectSound(payment.value);
      if (!('amount' in different)) expect([payment.value.amountMinor, payment.value.currency]).toEqual([4200, 'GBP']);
      if (!('tipsAmount' in different)) expect(payment.value.tipsMinor).toBe(300);
      if (!('captures' in different)) expect(payment.value.captures).toMatchObject([{ id: 'cp_1', amountMinor: 1000, tipsMinor: 100 }]);
      if (!('captureMode' in different)) expect(payment.value.captureMode).toBe('Manual');
    }),
    { numRuns: 500 },
  );
});

it('an amount is read exactly or not at all', () => {
  const number = fc.oneof(fc.integer(), fc.double(), fc.maxSafeInteger(), fc.constantFrom(AMOUNT_MINOR_MAX, AMOUNT_MINOR_MAX + 1));
  fc.assert(
    fc.property(number, number, number, number, number, (amount, tips, charge, cashback, captured) => {
      const money = (value: number) => ({ value, currencyCode: 'GBP' });
      const payment = decodePayment(
        intentJson({
          amount: money(amount),
          tipsAmount: money(tips),
          serviceChargeAmount: money(charge),
          cashbackAmount: money(cashback),
          captures: [{ id: 'cp_1', amount: captured, status: 'Created' }],
        }),
        '2026-02-27',
      );
      const sound = [amount, tips, charge, cashback, captured].every((value) => isMoney(value + 0));
      expect(payment.ok).toBe(sound);
      if (!payment.ok) return;
      const { amountMinor, tipsMinor, serviceChargeMinor, cashbackMinor, captures } = payment.value;
      expect([amountMinor, tipsMinor, serviceChargeMinor, cashbackMinor, captures?.[0]?.amountMinor]).toEqual(
        [amount, tips, charge, cashback, captured].map((value) => value + 0),
      );
    }),
  );
});

it('a very deep and a very long answer is read without harm', () => {
  const deep: unknown = JSON.parse(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`);
  const payment = decodePayment(intentJson({ customer: deep, reference: 'r'.repeat(1_000_000) }), '2026-02-27');
  expect(payment.ok && payment.value.reference.length).toBe(100);
  expect(decodePayment(intentJson({ amount: deep }), '2026-02-27').ok).toBe(false);
});
