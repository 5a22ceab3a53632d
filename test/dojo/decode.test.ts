import { describe, expect, it } from 'vitest';
import { decodePage, decodePayment, isPaymentId, type OddPayment } from '../../main/dojo/decode.ts';
import { intentJson } from './intent.ts';

const NEWEST = '2026-02-27';
const OLD = '2022-04-07';

const decoded = (different: Record<string, unknown> = {}, version = NEWEST) => {
  const payment = decodePayment(intentJson(different), version);
  if (!payment.ok) throw new Error(`expected a payment, got odd ${payment.error}`);
  return payment.value;
};

describe('a payment intent', () => {
  it('keeps exactly what the till needs', () => {
    expect(decoded()).toEqual({
      id: 'pi_sandbox_k3Vq-7Lw_A',
      reference: 'Table 12',
      description: 'Dinner for two',
      captureMode: 'Manual',
      status: 'Authorized',
      currency: 'GBP',
      amountMinor: 4200,
      tipsMinor: 300,
      serviceChargeMinor: 0,
      cashbackMinor: 0,
      totalMinor: 4200,
      refundedMinor: 0,
      captures: [{ id: 'cp_1', amountMinor: 1000, tipsMinor: 100, status: 'Successful', createdAtMs: Date.UTC(2026, 2, 2, 11) }],
      createdAtMs: Date.UTC(2026, 2, 2, 10, 0, 0, 123),
      updatedAtMs: Date.UTC(2026, 2, 2, 10, 1, 5),
      paidAtMs: Date.UTC(2026, 2, 2, 10, 1, 2, 123),
      expireAtMs: Date.UTC(2026, 3, 1, 10),
      autoExpireInMs: (((6 * 24 + 12) * 60 + 30) * 60 + 15) * 1000,
      autoExpireAction: 'Release',
      customAmountAllowed: true,
      tipsAllowed: true,
      card: { scheme: 'MASTERCARD', last4: '1005', funding: 'Credit', entry: 'Contactless' },
    });
  });

  it('keeps no secret, name, address, e-mail or leading card digit', () => {
    const kept = JSON.stringify(decoded());
    expect(kept).not.toMatch(/SECRET/);
    expect(kept).not.toMatch(/5200|@|example|2031/);
  });

  it('reads the shape of the newest specification’s example: Auto, captured, extra fields, nine fraction digits', () => {
    const payment = decodePayment(
      {
        id: 'pi_sandbox_example',
        captureMode: 'Auto',
        cardHolderNotPresent: false,
        paymentDetails: {
          transactionDateTime: '2024-07-25T08:49:20.973410318Z',
          message: 'DEPOSITED',
          card: { cardNumber: '44565300****1096', expiryDate: '2024-12-31', cardType: 'VISA', cardFundingType: 'Unknown', entryMode: 'Contactless' },
        },
        status: 'Captured',
        amount: { value: 1000, currencyCode: 'GBP' },
        totalAmount: { value: 1000, currencyCode: 'GBP' },
        refundedAmount: 0,
        createdAt: '2024-07-25T08:48:38.497Z',
        updatedAt: '2024-07-25T08:49:24.761Z',
        reference: 'Order 234',
        config: { branding: {}, tradingName: 'A shop' },
        paymentSource: 'api',
        paymentEvents: [{ eventType: 'Captured' }],
        expireAt: '2024-08-24T08:48:38.498Z',
        terminalSessionHistory: [],
        captures: [],
      },
      NEWEST,
    );
    expect(payment).toMatchObject({
      ok: true,
      value: {
        captureMode: 'Auto',
        status: 'Captured',
        amountMinor: 1000,
        tipsMinor: 0,
        description: '',
        captures: [],
        customAmountAllowed: false,
        tipsAllowed: false,
        autoExpireInMs: null,
        autoExpireAction: null,
        paidAtMs: Date.UTC(2024, 6, 25, 8, 49, 20, 973),
        card: { scheme: 'VISA', last4: '1096', funding: 'Unknown', entry: 'Contactless' },
      },
    });
  });

  const pounds = (value: unknown) => ({ value, currencyCode: 'GBP' });
  it('reads the service charge, the cashback and the total, absent or null as none', () => {
    expect(decoded({ serviceChargeAmount: pounds(625), cashbackAmount: pounds(2000), totalAmount: pounds(7125) })).toMatchObject({
      serviceChargeMinor: 625,
      cashbackMinor: 2000,
      totalMinor: 7125,
    });
    expect(decoded({ serviceChargeAmount: null, cashbackAmount: undefined, totalAmount: null })).toMatchObject({
      serviceChargeMinor: 0,
      cashbackMinor: 0,
      totalMinor: null,
    });
    expect(decoded({ totalAmount: undefined }, OLD)).toMatchObject({ serviceChargeMinor: 0, cashbackMinor: 0, totalMinor: null });
  });

  it.each([
    ['nothing', pounds(0)],
    ['another currency', { value: 4200, currencyCode: 'EUR' }],
    ['below zero', pounds(-1)],
    ['half a penny', pounds(0.5)],
    ['text', '42.00'],
  ])('takes a total of %s as not said: the parts count', (_, totalAmount) => expect(decoded({ totalAmount }).totalMinor).toBeNull());

  it('reads the card of the 2022 versions', () => {
    const paymentDetails = { cardNumber: '52000000****1005', cardName: 'SECRET', cardType: 'MASTERCARD', expiryDate: '12/31' };
    const payment = decoded({ paymentDetails, captures: undefined }, OLD);
    expect(payment.card).toEqual({ scheme: 'MASTERCARD', last4: '1005', funding: null, entry: null });
    expect(JSON.stringify(payment)).not.toMatch(/SECRET|5200/);
  });

  it.each([
    ['last4PAN alone', { last4PAN: '1234' }, '1234'],
    ['a masked last4PAN', { last4PAN: '****1234' }, '1234'],
    ['an unmasked number', { cardNumber: '5200000000001005' }, '1005'],
    ['a number in groups', { cardNumber: '5200 0000 0000 1005' }, '1005'],
    ['a number masked to its end', { cardNumber: '5200 00** **** ****' }, null],
    ['too few digits', { cardNumber: '***05' }, null],
    ['digits of another script', { cardNumber: '**** ١٢٣٤' }, null],
    ['a number that is no text', { cardNumber: 5200000000001005, cardType: 'VISA' }, null],
  ])('of %s keeps the last four digits or none', (_name, card, last4) => {
    expect(decoded({ paymentDetails: { card } }).card?.last4 ?? null).toBe(last4);
  });

  it.each([
    ['no details', undefined],
    ['null', null],
    ['a card of nulls', { card: { cardNumber: null, cardType: null } }],
    ['a word', 'card'],
  ])('has no card where Dojo gives %s', (_name, paymentDetails) => {
    expect(decoded({ paymentDetails }).card).toBeNull();
  });

  it('keeps a status Dojo adds later as Dojo says it', () => {
    expect(decoded({ status: 'OnReview' }).status).toBe('OnReview');
  });

  it.each([
    [NEWEST, undefined, []],
    [NEWEST, null, []],
    ['2024-02-05', undefined, []],
    [OLD, undefined, null],
    [OLD, null, null],
    ['2022-01-03', undefined, null],
  ])('version %s without captures (%s) reads as %j', (version, captures, expected) => {
    expect(decoded({ captures }, version).captures).toEqual(expected);
  });

  it('tells captures without an id apart by their time and amounts, the same in every reading', () => {
    const [ten, two] = [
      { id: null, amount: 10, status: 'Created', createdAt: '2026-03-02T11:00:00Z' },
      { amount: 2, status: 'Successful' },
    ];
    const idsOf = (captures: readonly unknown[]) => decoded({ captures }).captures?.map(({ id }) => id) ?? [];
    const ids = idsOf([ten, ten, two]);
    expect(new Set(ids).size).toBe(3);
    expect(idsOf([two, { ...ten, status: 'Successful' }, ten, ten])).toEqual([ids[2], ids[0], ids[1], expect.any(String)]);
  });

  it('reads captures leniently: {value}, no tips, no status, no time, a doubled row', () => {
    const row = { id: 5, amount: { value: 700, currencyCode: 'GBP' }, createdAt: '0001-01-01T00:00:00Z' };
    const { captures, createdAtMs } = decoded({ captures: [row, row, { id: 'cp_2', amount: 1, tipsAmount: null, status: 'Refused later' }] });
    expect(captures).toEqual([
      { id: '5', amountMinor: 700, tipsMinor: 0, status: 'Unknown', createdAtMs },
      { id: 'cp_2', amountMinor: 1, tipsMinor: 0, status: 'Refused later', createdAtMs },
    ]);
  });

  it('cleans and shortens what people typed', () => {
    const payment = decoded({ reference: `a\u0000\r\nb\u202Ec${'😀'.repeat(300)}\uD800`, description: `  ${'x'.repeat(5000)}` });
    expect(payment.reference).toMatch(/^a b c😀+$/u);
    expect(payment.reference.length).toBeLessThanOrEqual(200);
    expect(payment.reference.isWellFormed()).toBe(true);
    expect(payment.description).toHaveLength(200);
  });

  it('takes the missing mode as Auto, the schema’s default', () => {
    expect(decoded({ captureMode: undefined, captures: [] }).captureMode).toBe('Auto');
    expect(decoded({ captureMode: null, captures: [] }).captureMode).toBe('Auto');
  });

  it('an unset payment time and expiry are null, an unset update is the creation', () => {
    const unset = '0001-01-01T00:00:00Z';
    const payment = decoded({
      paymentDetails: { transactionDateTime: unset },
      expireAt: unset,
      updatedAt: unset,
      autoExpireIn: null,
      autoExpireAction: 'Explode',
    });
    expect(payment).toMatchObject({ paidAtMs: null, expireAtMs: null, autoExpireInMs: null, autoExpireAction: null, updatedAtMs: payment.createdAtMs });
  });

  it('a refunded amount may be missing, null, an integer or money', () => {
    for (const [given, minor] of [
      [undefined, 0],
      [null, 0],
      [250, 250],
      [{ value: 250, currencyCode: 'GBP' }, 250],
      [-0, 0],
    ])
      expect(decoded({ refundedAmount: given }).refundedMinor).toBe(minor);
  });
});

describe('an odd payment intent is set aside', () => {
  const gbp = (value: unknown) => ({ value, currencyCode: 'GBP' });
  it.each<[string, Record<string, unknown>, OddPayment]>([
    ['no id', { id: null }, 'id'],
    ['an id that is a path', { id: '../search' }, 'id'],
    ['an id with a query', { id: 'pi_1?x=1' }, 'id'],
    ['no amount', { amount: undefined }, 'amount'],
    ['a null amount', { amount: null }, 'amount'],
    ['a bare amount: its currency is unknown', { amount: 4200 }, 'amount'],
    ['no currency', { amount: { value: 1 } }, 'amount'],
    ['a currency that is none', { amount: { value: 1, currencyCode: '£' } }, 'amount'],
    ['a part of a penny', { amount: gbp(10.5) }, 'amount'],
    ['a text for an amount', { amount: gbp('4200') }, 'amount'],
    ['a negative amount', { amount: gbp(-1) }, 'amount'],
    ['an amount above every bound', { amount: gbp(10_000_000_000) }, 'amount'],
    ['an amount above 2^53', { amount: gbp(2 ** 60) }, 'amount'],
    ['tips in another currency', { tipsAmount: { value: 1, currencyCode: 'EUR' } }, 'tipsAmount'],
    ['negative tips', { tipsAmount: gbp(-5) }, 'tipsAmount'],
    ['a negative refund', { refundedAmount: -5 }, 'refundedAmount'],
    ['a refund as text', { refundedAmount: '5' }, 'refundedAmount'],
    ['an unknown mode', { captureMode: 'Delayed' }, 'captureMode'],
    ['a mode in other letters', { captureMode: 'manual' }, 'captureMode'],
    ['no mode but captures', { captureMode: null }, 'captureMode'],
    ['no status', { status: undefined }, 'status'],
    ['an empty status', { status: ' ' }, 'status'],
    ['no time at all', { createdAt: 'yesterday', updatedAt: null, paymentDetails: null }, 'createdAt'],
    ['captures that are no list', { captures: {} }, 'captures'],
    ['a capture whose id is no word', { captures: [{ id: {}, amount: 1, status: 'Created' }] }, 'captures'],
    ['a capture without amount', { captures: [{ id: 'cp_1', status: 'Created' }] }, 'captures'],
    ['a capture of part of a penny', { captures: [{ id: 'cp_1', amount: 0.1 }] }, 'captures'],
    ['a capture in another currency', { captures: [{ id: 'cp_1', amount: { value: 1, currencyCode: 'EUR' } }] }, 'captures'],
    ['one id with two amounts', { captures: [{ id: 'cp_1', amount: 1 }, { id: 'cp_1', amount: 2 }] }, 'captures'], // biome-ignore format: a row is a case
  ])('%s', (_name, different, field) => {
    expect(decodePayment(intentJson(different), NEWEST)).toEqual({ ok: false, error: field });
  });

  it.each([[null], [undefined], [[]], ['pi_1'], [7]])('%j is no payment', (json) => {
    expect(decodePayment(json, NEWEST)).toEqual({ ok: false, error: 'not-an-object' });
  });
});

describe('a page', () => {
  it('sets one odd payment aside and keeps the others', () => {
    const page = decodePage({ data: [intentJson(), intentJson({ amount: null }), null, intentJson({ id: 'pi_2' })], before: null, after: 'next' }, NEWEST);
    expect(page.ok && { ids: page.value.payments.map(({ id }) => id), odd: page.value.odd, before: page.value.before, after: page.value.after }).toEqual({
      ids: ['pi_sandbox_k3Vq-7Lw_A', 'pi_2'],
      odd: 2,
      before: null,
      after: 'next',
    });
  });

  describe('that leaves captures out', () => {
    const { captures: _, ...leftOut } = intentJson();
    const idsIn = (data: readonly unknown[], version = NEWEST) => {
      const page = decodePage({ data, before: null, after: null }, version);
      return page.ok && { told: page.value.payments.map(({ id }) => id), untold: page.value.untold.map(({ id }) => id), odd: page.value.odd };
    };

    it.each([
      ['null', { ...leftOut, captures: null }],
      ['nothing', leftOut],
    ])('with %s tells nothing of what was captured of a hold', (_name, intent) => {
      expect(idsIn([intent])).toEqual({ told: [], untold: ['pi_sandbox_k3Vq-7Lw_A'], odd: 0 });
    });

    it.each([
      ['an empty list says that there are none', { ...leftOut, captures: [] }, NEWEST],
      ['an Auto payment has none', { ...leftOut, captureMode: 'Auto' }, NEWEST],
      ['what nobody paid has none', { ...leftOut, status: 'Created' }, NEWEST],
      ['nor has what was cancelled', { ...leftOut, status: 'Canceled' }, NEWEST],
      ['before 2024-02-05 there are none to be told', leftOut, '2022-04-07'],
    ])('%s', (_name, intent, version) => {
      expect(idsIn([intent], version)).toEqual({ told: ['pi_sandbox_k3Vq-7Lw_A'], untold: [], odd: 0 });
    });
  });

  it.each([
    ['an empty list', { data: [] }],
    ['null', { data: null, before: '', after: '' }],
    ['cursors alone', { before: null, after: null }],
  ])('with %s is an empty page', (_name, json) => {
    expect(decodePage(json, NEWEST)).toEqual({ ok: true, value: { payments: [], untold: [], odd: 0, oddIds: [], before: null, after: null } });
  });

  it.each([[null], [{}], [[]], [{ data: {} }], [{ data: [], after: 7 }], [{ title: 'Bad Request' }], ['text']])('%j is no page', (json) => {
    expect(decodePage(json, NEWEST)).toEqual({ ok: false, error: 'malformed' });
  });
});

it('payment ids hold nothing that could change a path', () => {
  expect(isPaymentId('pi_sandbox_S_zeCMipQkSG9fFmqS-ceQ')).toBe(true);
  for (const id of ['', '.', '..', 'a/b', 'a%2Fb', 'a?b', 'a#b', 'a b', 'a\n', 'é', 'x'.repeat(201), 5, null]) expect(isPaymentId(id)).toBe(false);
});
