import { describe, expect, it } from 'vitest';
import { ACCOUNT, aHold, anUnpaid, aSale, DAY_MS, HOUR_MS, NOON_MS, SETTLED_MS, withPayment } from './a-bank.ts';
import { aFace } from './a-face.ts';

const settledMs = NOON_MS + SETTLED_MS;
/** £100.00, a tip of £5.00, a service charge of £12.50 and £20.00 in cash: £137.50 on the card. */
const parts = { amountMinor: 10_000, tipsMinor: 500, serviceChargeMinor: 1_250, cashbackMinor: 2_000 };
const chargedHold = aHold(parts);
const chargedSale = aSale(parts);

describe('what the customer paid counts whole', () => {
  it('a hold holds all of it, and a capture may take all of it', () => {
    const one = withPayment(chargedHold);
    expect(one.money().heldMinor).toBe(13_750);
    expect(one.capture(13_751)).toBe(400);
    expect(one.capture(13_750)).toBe('ok');
    one.bank.advance(settledMs);
    expect(one.intent().status).toBe('Captured');
    expect(one.money()).toMatchObject({ capturedMinor: 13_750, releasedMinor: 0 });
    expect(one.bank.imbalances()).toEqual([]);
  });

  it('the amount alone leaves the rest on hold', () => {
    const one = withPayment(chargedHold);
    one.capture(10_000);
    one.bank.advance(settledMs);
    expect(one.intent().status).toBe('Authorized');
    expect(one.capture(3_751, settledMs)).toBe(409);
    expect(one.capture(3_250, settledMs, { tipsMinor: 500 })).toBe('ok');
    one.bank.advance(settledMs + SETTLED_MS);
    expect(one.intent().status).toBe('Captured');
  });

  it('a sale takes all of it, and all of it can be refunded', () => {
    const one = withPayment(chargedSale);
    expect(one.money()).toMatchObject({ heldMinor: 13_750, capturedMinor: 13_750 });
    expect(one.refund(13_751)).toBe(400);
    expect(one.refund(13_750)).toBe('ok');
    expect(one.intent().status).toBe('Refunded');
    expect(one.bank.imbalances()).toEqual([]);
  });

  it('a reversal lets all of it go', () => {
    const one = withPayment(chargedHold);
    one.reverse();
    expect(one.money()).toMatchObject({ heldMinor: 13_750, reversedMinor: 13_750 });
  });

  it('held tips are captured as tips, also where no tip may be added', () => {
    const one = withPayment(aHold({ amountMinor: 1_000, tipsMinor: 250, tipsAllowed: false }));
    expect(one.capture(900, NOON_MS, { tipsMinor: 251 })).toBe(400);
    expect(one.capture(1_000, NOON_MS, { tipsMinor: 250 })).toBe('ok');
    expect(one.capture(1, NOON_MS, { tipsMinor: 1 })).toBe(400);
  });

  it('is right too where an unpaid request gets another amount before it is paid', () => {
    const one = withPayment(anUnpaid({ serviceChargeMinor: 300, totalMinor: 3_000, customAmountAllowed: true }));
    one.setAmount(5_000);
    expect(one.intent()).toMatchObject({ amountMinor: 5_000, serviceChargeMinor: 300 });
    one.bank.pay(one.id, NOON_MS);
    expect(one.money().heldMinor).toBe(5_300);
  });
});

describe('captureExtras: whether a capture’s amount counts the service charge and the cashback', () => {
  it('released: the limit is amount and tips, and the rest goes back with the last of it', () => {
    const one = withPayment(chargedHold, { switches: { captureExtras: 'released' } });
    expect(one.capture(10_501)).toBe(400);
    one.capture(10_000);
    one.bank.advance(settledMs);
    expect(one.money().releasedMinor).toBe(0);
    expect(one.capture(501, settledMs)).toBe(409);
    expect(one.capture(500, settledMs)).toBe('ok');
    one.bank.advance(settledMs + SETTLED_MS);
    expect(one.intent().status).toBe('Captured');
    expect(one.money()).toMatchObject({ capturedMinor: 10_500, releasedMinor: 3_250 });
    expect(one.bank.imbalances()).toEqual([]);
  });

  it('released: a declined capture lets nothing go', () => {
    const one = withPayment(chargedHold, { switches: { captureExtras: 'released' } });
    one.bank.orderOutcome('Declined');
    one.capture(10_500);
    one.bank.advance(settledMs);
    expect(one.money().releasedMinor).toBe(0);
    expect(one.intent().status).toBe('Authorized');
    expect(one.capture(10_500, settledMs)).toBe('ok');
  });

  it('added: the limit is amount and tips, and Dojo takes the rest with the last of it', () => {
    const one = withPayment(chargedHold, { switches: { captureExtras: 'added' } });
    expect(one.capture(10_501)).toBe(400);
    expect(one.capture(10_000)).toBe('ok');
    expect(one.money()).toMatchObject({ capturingMinor: 10_000 });
    expect(one.capture(500)).toBe('ok');
    one.bank.advance(settledMs);
    expect(one.intent().status).toBe('Captured');
    expect(one.money()).toMatchObject({ capturedMinor: 13_750, releasedMinor: 0 });
    expect(one.intent().captures).toMatchObject([{ amountMinor: 10_000 }, { amountMinor: 500 }]);
    expect(one.refund(13_750, settledMs)).toBe('ok');
    expect(one.bank.imbalances()).toEqual([]);
  });

  it('added: what goes with the last of it is asked for once, though another capture is declined meanwhile', () => {
    const one = withPayment(chargedHold, { switches: { captureExtras: 'added' } });
    one.bank.orderOutcome('Declined', one.id);
    one.capture(10_000);
    one.capture(500);
    expect(one.money()).toMatchObject({ capturingMinor: 13_750 });
    one.bank.advance(settledMs);
    expect(one.money()).toMatchObject({ capturedMinor: 3_750, capturingMinor: 0 });
    expect(one.capture(10_001, settledMs)).toBe(409);
    expect(one.capture(10_000, settledMs)).toBe('ok');
    one.bank.advance(settledMs + SETTLED_MS);
    expect(one.intent().status).toBe('Captured');
    expect(one.money()).toMatchObject({ capturedMinor: 13_750, releasedMinor: 0 });
    expect(one.bank.imbalances()).toEqual([]);
  });

  it.each([
    { captureExtras: 'in-amount', action: 'Capture', captured: 13_750, released: 0 },
    { captureExtras: 'added', action: 'Capture', captured: 13_750, released: 0 },
    { captureExtras: 'released', action: 'Capture', captured: 10_500, released: 3_250 },
    { captureExtras: 'in-amount', action: 'Release', captured: 4_000, released: 9_750 },
    { captureExtras: 'added', action: 'Release', captured: 4_000, released: 9_750 },
    { captureExtras: 'released', action: 'Release', captured: 4_000, released: 9_750 },
  ] as const)('$captureExtras: a part taken hold that ends with $action leaves $captured captured', ({ captureExtras, action, captured, released }) => {
    const one = withPayment(aHold({ ...parts, autoExpireInMs: 2 * HOUR_MS, autoExpireAction: action }), { switches: { captureExtras } });
    one.capture(4_000);
    one.bank.advance(NOON_MS + DAY_MS);
    expect(one.money()).toMatchObject({ capturedMinor: captured, releasedMinor: released, capturingMinor: 0 });
    expect(one.bank.imbalances()).toEqual([]);
  });
});

it('captureTipsApart: held tips are captured as tips only, where the version can say so', () => {
  const capture = (amountMinor: number, more = {}) => {
    const { bank, id } = withPayment(aHold({ amountMinor: 1_000, tipsMinor: 250 }), { switches: { captureTipsApart: true } });
    const result = bank.capture(ACCOUNT, id, { amountMinor, tipsMinor: 0, ...more }, NOON_MS);
    return result.ok ? 'ok' : result.error.status;
  };
  expect(capture(1_250)).toBe(400);
  expect(capture(1_000)).toBe('ok');
  expect(capture(1_000, { tipsMinor: 250 })).toBe('ok');
  expect(capture(1_250, { tipsSayable: false })).toBe('ok');
});

it('captureTipsApart: a version without tipsAmount takes them with the amount', () => {
  const capture = (version: string) => {
    const { ask, add } = aFace({ switches: { captureTipsApart: true } }, version);
    return ask('POST', `/payment-intents/${add(aHold({ amountMinor: 1_000, tipsMinor: 250 }))}/captures`, { amount: 1_250 }).status;
  };
  expect(['2022-01-03', '2022-04-07', '2024-02-05', '2026-02-27'].map(capture)).toEqual([200, 200, 400, 400]);
});

it.each([
  { refundCounts: 'all', most: 13_750 },
  { refundCounts: 'without-cashback', most: 11_750 },
  { refundCounts: 'amount-and-tips', most: 10_500 },
] as const)('refundCounts=$refundCounts: $most can be refunded, and then it is Refunded', ({ refundCounts, most }) => {
  const one = withPayment(chargedSale, { switches: { refundCounts } });
  expect(one.refund(most + 1)).toBe(400);
  expect(one.refund(most - 1)).toBe('ok');
  expect(one.intent().status).toBe('Captured');
  expect(one.refund(1)).toBe('ok');
  expect(one.intent().status).toBe('Refunded');
  expect(one.refund(1)).toBe(400);
});

it('refundCounts: a part captured hold is refunded no further than it was captured', () => {
  const one = withPayment(chargedHold, { switches: { refundCounts: 'without-cashback' } });
  one.capture(4_000);
  one.bank.advance(settledMs);
  expect(one.refund(4_001, settledMs)).toBe(400);
  expect(one.refund(4_000, settledMs)).toBe('ok');
  expect(one.bank.imbalances()).toEqual([]);
});

it.each([
  { tooLargeCapture: 'by-amount', overHeld: 400, overRest: 409 },
  { tooLargeCapture: 400, overHeld: 400, overRest: 400 },
  { tooLargeCapture: 409, overHeld: 409, overRest: 409 },
] as const)('tooLargeCapture=$tooLargeCapture: more than held answers $overHeld, more than left $overRest', ({ tooLargeCapture, overHeld, overRest }) => {
  const one = withPayment(aHold(), { switches: { tooLargeCapture } });
  expect(one.capture(4_201)).toBe(overHeld);
  one.capture(2_000);
  expect(one.capture(2_201)).toBe(overRest);
  expect(one.money().captures).toBe(1);
});

describe('totalAmount', () => {
  const shown = (payment = {}, switches = {}, version = '2026-02-27') => {
    const { ask, add } = aFace({ switches }, version);
    return ask('GET', `/payment-intents/${add(aHold({ ...parts, ...payment }))}`).json;
  };

  it.each([
    { totalAmountCounts: 'all', value: 13_750 },
    { totalAmountCounts: 'without-tips', value: 13_250 },
    { totalAmountCounts: 'amount', value: 10_000 },
  ] as const)('totalAmountCounts=$totalAmountCounts: is $value', ({ totalAmountCounts, value }) => {
    expect(shown({}, { totalAmountCounts })).toMatchObject({ amount: { value: 10_000 }, totalAmount: { value, currencyCode: 'GBP' } });
  });

  it('may differ from the parts: a discount, a tax', () => {
    expect(shown({ totalMinor: 12_000 }).totalAmount).toEqual({ value: 12_000, currencyCode: 'GBP' });
    expect(shown({ totalMinor: 14_000 }).totalAmount).toEqual({ value: 14_000, currencyCode: 'GBP' });
  });

  it.each([
    { holdsTotalAmount: false, held: 13_750 },
    { holdsTotalAmount: true, held: 12_000 },
  ])('holdsTotalAmount=$holdsTotalAmount: where it differs $held is held, captured and refunded', ({ holdsTotalAmount, held }) => {
    const one = withPayment(aHold({ ...parts, totalMinor: 12_000 }), { switches: { holdsTotalAmount } });
    expect(one.capture(held + 1)).toBe(400);
    expect(one.capture(held)).toBe('ok');
    one.bank.advance(settledMs);
    expect(one.intent().status).toBe('Captured');
    expect(one.refund(held + 1, settledMs)).toBe(400);
    expect(one.refund(held, settledMs)).toBe('ok');
    expect(one.money()).toMatchObject({ heldMinor: held, capturedMinor: held, refundedMinor: held });
    expect(one.bank.imbalances()).toEqual([]);
  });

  it('of nothing holds a penny all the same', () => {
    expect(withPayment(aHold({ totalMinor: 0 }), { switches: { holdsTotalAmount: true } }).money().heldMinor).toBe(1);
  });

  it('stands beside charge and cashback from 2024-02-05 on; before, it alone shows that there is more than the amount', () => {
    for (const version of ['2024-02-05', '2025-09-10', '2026-02-27'])
      expect(shown({}, {}, version)).toMatchObject({ serviceChargeAmount: { value: 1_250, currencyCode: 'GBP' }, cashbackAmount: { value: 2_000 } });
    for (const version of ['2022-01-03', '2022-04-07']) {
      expect(shown({}, {}, version)).not.toHaveProperty('serviceChargeAmount');
      expect(shown({}, {}, version)).not.toHaveProperty('cashbackAmount');
      expect(shown({}, {}, version).totalAmount.value).toBe(13_750);
    }
  });

  it('charge and cashback are null where there are none', () => {
    expect(shown({ serviceChargeMinor: 0, cashbackMinor: 0 })).toMatchObject({ serviceChargeAmount: null, cashbackAmount: null });
  });
});

it('a bank saved before there were charges opens as it was', () => {
  const one = withPayment(aHold({ tipsMinor: 300 }));
  const state = JSON.parse(JSON.stringify(one.bank.state()));
  for (const intent of state.intents) for (const late of ['serviceChargeMinor', 'cashbackMinor', 'totalDifferenceMinor', 'heldMinor']) delete intent[late];
  const again = withPayment(aHold(), { state });
  expect(again.bank.capture(ACCOUNT, one.id, { amountMinor: 4_501, tipsMinor: 0 }, NOON_MS)).toMatchObject({ ok: false });
  expect(again.bank.capture(ACCOUNT, one.id, { amountMinor: 4_500, tipsMinor: 0 }, NOON_MS)).toMatchObject({ ok: true });
  expect(again.bank.imbalances()).toEqual([]);
});
