import { describe, expect, it } from 'vitest';
import { ACCOUNT, aHold, anUnpaid, aSale, DAY_MS, HOUR_MS, NOON_MS, SECOND_MS, withPayment } from './a-bank.ts';
import { aFace } from './a-face.ts';

const MONTH_MS = 30 * DAY_MS;

describe('a link that is paid days later', () => {
  it('is charged or held on that day, up to the moment it lapses', () => {
    const sale = withPayment(anUnpaid({ createdAtMs: NOON_MS }));
    expect(sale.bank.pay(sale.id, NOON_MS + MONTH_MS - 1)).toBe(true);
    expect(sale.intent()).toMatchObject({ status: 'Captured', createdAtMs: NOON_MS, paidAtMs: NOON_MS + MONTH_MS - 1 });
    const late = withPayment(anUnpaid({ createdAtMs: NOON_MS }));
    expect(late.bank.pay(late.id, NOON_MS + MONTH_MS)).toBe(false);
    expect(late.intent().status).toBe('Canceled');
    expect(late.money().heldMinor).toBe(0);
  });

  it('a hold lasts seven days from when it was authorised', () => {
    const one = withPayment(anUnpaid({ captureMode: 'Manual', createdAtMs: NOON_MS }));
    const paidAtMs = NOON_MS + 20 * DAY_MS;
    one.bank.pay(one.id, paidAtMs);
    one.bank.advance(paidAtMs + 7 * DAY_MS - 1);
    expect(one.intent().status).toBe('Authorized');
    one.bank.advance(paidAtMs + 7 * DAY_MS);
    expect(one.intent().status).toBe('Reversed');
  });

  it('a new payment can say so: created long ago, authorised an hour ago', () => {
    const one = withPayment(aHold({ createdAtMs: NOON_MS - 29 * DAY_MS, paidAtMs: NOON_MS - HOUR_MS }));
    expect(one.intent().status).toBe('Authorized');
    expect(one.reverse()).toBe('ok');
  });

  it('the day of a reversal is the day it was paid', () => {
    const sale = (paidAtMs: number) => withPayment(aSale({ createdAtMs: NOON_MS - 3 * DAY_MS, paidAtMs }));
    expect(sale(NOON_MS - HOUR_MS).reverse()).toBe('ok');
    expect(sale(NOON_MS - DAY_MS).reverse()).toBe(409);
  });

  it.each([
    { captureMode: 'Auto', status: 'Captured' },
    { captureMode: 'Manual', status: 'Authorized' },
  ] as const)('the customer pays by himself when it is said: $captureMode', ({ captureMode, status }) => {
    const one = withPayment(anUnpaid({ captureMode, paysAtMs: NOON_MS + DAY_MS }));
    one.bank.advance(NOON_MS + DAY_MS - 1);
    expect(one.intent()).toMatchObject({ status: 'Created', paidAtMs: null });
    one.bank.advance(NOON_MS + 2 * DAY_MS);
    expect(one.intent()).toMatchObject({ status, paidAtMs: NOON_MS + DAY_MS, updatedAtMs: NOON_MS + DAY_MS });
    expect(one.money().heldMinor).toBe(3000);
  });

  it('and not where it was cancelled or lapsed before', () => {
    const cancelled = withPayment(anUnpaid({ paysAtMs: NOON_MS + DAY_MS }));
    cancelled.cancel();
    cancelled.bank.advance(NOON_MS + 2 * DAY_MS);
    expect(cancelled.intent()).toMatchObject({ status: 'Canceled', paidAtMs: null });
    const lapsed = withPayment(anUnpaid({ expireAtMs: NOON_MS + HOUR_MS, paysAtMs: NOON_MS + DAY_MS }));
    lapsed.bank.advance(NOON_MS + 2 * DAY_MS);
    expect(lapsed.intent()).toMatchObject({ status: 'Canceled', paidAtMs: null });
    expect(lapsed.money().heldMinor).toBe(0);
  });

  it('holdCountsFromCreation: a hold’s days count from when it was created, and it never ends before it was paid', () => {
    const end = (paidAtMs: number) => {
      const one = withPayment(aHold({ createdAtMs: NOON_MS - 3 * DAY_MS, paidAtMs, autoExpireInMs: 2 * DAY_MS }), {
        switches: { holdCountsFromCreation: true },
      });
      return { status: one.intent().status, atMs: one.bank.ledger().at(-1)?.atMs };
    };
    const switched = withPayment(aHold({ createdAtMs: NOON_MS - 3 * DAY_MS, paidAtMs: NOON_MS - HOUR_MS, autoExpireInMs: 2 * DAY_MS }));
    switched.bank.advance(NOON_MS);
    switched.bank.setSwitches({ holdCountsFromCreation: true });
    switched.bank.advance(NOON_MS);
    expect(switched.intent().status).toBe('Reversed');
    expect(end(NOON_MS - HOUR_MS)).toEqual({ status: 'Reversed', atMs: NOON_MS - HOUR_MS });
    const one = withPayment(aHold({ createdAtMs: NOON_MS - DAY_MS, paidAtMs: NOON_MS - HOUR_MS, autoExpireInMs: 2 * DAY_MS }), {
      switches: { holdCountsFromCreation: true },
    });
    one.bank.advance(NOON_MS + DAY_MS - 1);
    expect(one.intent().status).toBe('Authorized');
    one.bank.advance(NOON_MS + DAY_MS);
    expect(one.intent().status).toBe('Reversed');
  });
});

describe('autoSettleMs: a sale is authorised first and captured a moment later', () => {
  const switches = { autoSettleMs: 20 * SECOND_MS };

  it('by itself, and whole', () => {
    const one = withPayment(anUnpaid({ serviceChargeMinor: 300 }), { switches });
    one.bank.pay(one.id, NOON_MS);
    expect(one.intent().status).toBe('Authorized');
    expect(one.money()).toMatchObject({ heldMinor: 3300, capturedMinor: 0 });
    expect([one.capture(100), one.refund(100), one.reverse()]).toEqual([409, 400, 409]);
    one.bank.advance(NOON_MS + 20 * SECOND_MS);
    expect(one.intent()).toMatchObject({ status: 'Captured', updatedAtMs: NOON_MS + 20 * SECOND_MS });
    expect(one.money()).toMatchObject({ capturedMinor: 3300 });
    expect(one.reverse(NOON_MS + HOUR_MS)).toBe('ok');
    expect(one.bank.imbalances()).toEqual([]);
  });

  it('a payment of earlier is captured already, also one with a past', () => {
    expect(withPayment(aSale(), { switches }).intent().status).toBe('Captured');
    const past = [{ kind: 'refund' as const, atMs: NOON_MS - 9 * SECOND_MS, amountMinor: 100 }];
    expect(withPayment(aSale({ createdAtMs: NOON_MS - 10 * SECOND_MS, past }), { switches }).intent()).toMatchObject({
      status: 'Captured',
      refundedMinor: 100,
    });
  });
});

describe('the time and the card of a payment', () => {
  const shows = (payment: Parameters<typeof aHold>[0], switches: object, then: (made: ReturnType<typeof aFace>, id: string) => void = () => undefined) => {
    const made = aFace({ switches });
    const id = made.add(payment as never);
    then(made, id);
    return 'paymentDetails' in made.ask('GET', `/payment-intents/${id}`).json;
  };
  const captured = (made: ReturnType<typeof aFace>, id: string) => void made.ask('POST', `/payment-intents/${id}/captures`, { amount: 4200 });
  const later = (ms: number) => (made: ReturnType<typeof aFace>, id: string) => {
    captured(made, id);
    made.time.nowMs += ms;
  };

  it('holdShowsPaymentDetails off: are missing until the capture is confirmed, however its status reads', () => {
    for (const captureShowsAtOnce of [false, true]) {
      const switches = { holdShowsPaymentDetails: false, captureShowsAtOnce };
      expect(shows(aHold(), switches)).toBe(false);
      expect(shows(aHold(), switches, captured)).toBe(false);
      expect(shows(aHold(), switches, later(10 * SECOND_MS))).toBe(true);
    }
    expect(shows(aHold(), { holdShowsPaymentDetails: true }, captured)).toBe(true);
  });

  it('holdShowsPaymentDetails off: of a sale are missing until it is captured', () => {
    const switches = { holdShowsPaymentDetails: false, autoSettleMs: 20 * SECOND_MS };
    expect(shows(anUnpaid(), switches, ({ bank, time }, id) => bank.pay(id, time.nowMs))).toBe(false);
    expect(shows(aSale(), switches)).toBe(true);
    expect(shows(anUnpaid(), { ...switches, holdShowsPaymentDetails: true }, ({ bank, time }, id) => bank.pay(id, time.nowMs))).toBe(true);
  });

  it('paymentDetailsLateMs: come so long after it became final', () => {
    const switches = { paymentDetailsLateMs: 30 * SECOND_MS };
    const paidAgo = (ms: number) => aSale({ createdAtMs: NOON_MS - ms });
    expect(shows(paidAgo(29 * SECOND_MS), switches)).toBe(false);
    expect(shows(paidAgo(30 * SECOND_MS), switches)).toBe(true);
    expect(shows(aHold({ createdAtMs: NOON_MS - 29 * SECOND_MS }), switches)).toBe(false);
    const final = { ...switches, holdShowsPaymentDetails: false };
    expect(shows(aHold(), final, later(20 * SECOND_MS))).toBe(false);
    expect(shows(aHold(), final, later(40 * SECOND_MS))).toBe(true);
    const refunded = (made: ReturnType<typeof aFace>, id: string) => {
      later(40 * SECOND_MS)(made, id);
      made.ask('POST', `/payment-intents/${id}/refunds`, { amount: 100 }, { idempotencyKey: 'k1' });
    };
    expect(shows(aHold(), final, refunded)).toBe(true);
    const settling = { ...final, autoSettleMs: 20 * SECOND_MS };
    expect(shows(paidAgo(49 * SECOND_MS), settling)).toBe(false);
    expect(shows(paidAgo(50 * SECOND_MS), settling)).toBe(true);
    expect(shows(aHold({ past: [{ kind: 'reverse', atMs: NOON_MS - SECOND_MS }] }), final)).toBe(false);
  });

  it('are missing from a search as from a reading', () => {
    const { ask, add } = aFace({ switches: { holdShowsPaymentDetails: false } });
    add(aHold());
    expect(ask('POST', '/payment-intents/search', {}).json.data[0]).not.toHaveProperty('paymentDetails');
  });
});

describe('900 captures on one payment', () => {
  it('are taken, read and settled', () => {
    const { ask, add, bank, time } = aFace();
    const id = add(aHold({ amountMinor: 90_000 }));
    for (let i = 0; i < 900; i += 1) {
      expect(ask('POST', `/payment-intents/${id}/captures`, { amount: 100 }).status).toBe(200);
      time.nowMs += 100;
    }
    const read = ask('GET', `/payment-intents/${id}`).json;
    time.nowMs += 10 * SECOND_MS;
    bank.advance(time.nowMs);
    expect(read.captures).toHaveLength(900);
    expect(bank.intent(id)?.status).toBe('Captured');
    expect(bank.moneyOf(id)).toMatchObject({ captures: 900, capturedMinor: 90_000 });
    expect(bank.capture(ACCOUNT, id, { amountMinor: 1, tipsMinor: 0 }, time.nowMs)).toMatchObject({ ok: false });
  });
});
