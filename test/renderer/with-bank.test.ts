import { describe, expect, it } from 'vitest';
import { withBankSums, withBankWords } from '../../renderer/with-bank.ts';
import { actionView, paymentView } from './view-builders.ts';

const capture = (status: string, amountMinor: number, id = 'c_1') => ({ id, amountMinor, tipsMinor: 50, status, createdAtMs: 1_000 });
const taken = (differs: Parameters<typeof actionView>[0] = {}) => actionView({ state: 'done', runId: null, ...differs });
const asked = (differs: Parameters<typeof actionView>[0] = {}) => taken({ amountMinor: 1000, tipsMinor: 50, captureStatus: null, ...differs });

describe('captures with the bank', () => {
  it('are those that Dojo shows and the bank has not answered, whoever asked for them', () => {
    const payments = [
      paymentView({ id: 'a', captures: [capture('Created', 1000), capture('Successful', 700), capture('Declined', 9), capture('Failed', 9)] }),
      paymentView({ id: 'b', currency: 'EUR', captures: [capture('Created', 200)] }),
      paymentView({ id: 'c' }),
    ];
    expect(withBankSums(payments, [taken({ paymentId: 'a', captureStatus: 'Created', amountMinor: 1000, tipsMinor: 50 })])).toEqual([
      { currency: 'GBP', count: 1, amountMinor: 1050 },
      { currency: 'EUR', count: 1, amountMinor: 250 },
    ]);
  });

  it('are those too that Dojo took and does not show yet', () => {
    expect(withBankSums([paymentView()], [asked()])).toEqual([{ currency: 'GBP', count: 1, amountMinor: 1050 }]);
  });

  it.each([
    ['waits', asked({ state: 'waiting' })],
    ['is being checked', asked({ state: 'checking' })],
    ['was refused', asked({ state: 'refused' })],
    ['is no capture', asked({ kind: 'refund' })],
    ['was settled by a person', asked({ code: 'settled-happened' })],
    ['is never shown by this API version', asked({ outcomeShown: false })],
    ['is of another account', asked({ otherAccount: true })],
    ['was captured', asked({ captureStatus: 'Successful' })],
    ['was declined', asked({ captureStatus: 'Declined' })],
  ])('one that %s is not', (_, action) => {
    expect(withBankSums([paymentView()], [action])).toEqual([]);
  });

  it.each([
    [[], null],
    [[{ currency: 'GBP', count: 1, amountMinor: 1050 }], '1 capture is with the bank: £10.50.'],
    [
      [
        { currency: 'GBP', count: 2, amountMinor: 1050 },
        { currency: 'EUR', count: 1, amountMinor: 200 },
      ],
      '3 captures are with the bank: £10.50 and €2.00.',
    ],
  ])('are said with how many and how much: %j', (sums, words) => {
    expect(withBankWords(sums)).toBe(words);
  });
});
