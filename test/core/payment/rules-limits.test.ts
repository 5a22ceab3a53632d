import { describe, expect, it } from 'vitest';
import type { Case } from '../../../main/core/payment/rule-context.ts';
import { refusalOf, ruleFor } from '../../../main/core/payment/rules.ts';
import type { Action } from '../../../main/core/queue/action.ts';
import { aCase, aHold, anAction, anUnpaid, aPayment, DAY_MS, HOUR_MS, MINUTE_MS, NOON_MS } from '../../builders.ts';

const yesterday = { createdAtMs: NOON_MS - DAY_MS, paidAtMs: NOON_MS - DAY_MS };

describe('the undo of a sale', () => {
  const undo = { kind: 'reverse' } as const;
  const sale = (paidAtMs: number) => aPayment({ createdAtMs: paidAtMs, paidAtMs });
  it.each([
    // [zone, paid at, the shop's midnight after it]
    ['Europe/London', '2026-06-15T10:00Z', '2026-06-15T23:00Z'],
    ['Europe/London', '2026-03-29T00:30Z', '2026-03-29T23:00Z'],
    ['Europe/London', '2026-10-25T00:30Z', '2026-10-26T00:00Z'],
    ['America/New_York', '2026-06-15T03:59Z', '2026-06-15T04:00Z'],
    ['Asia/Kolkata', '2026-06-15T18:29:59Z', '2026-06-15T18:30Z'],
    ['Pacific/Apia', '2026-06-14T11:00Z', '2026-06-15T11:00Z'],
    ['Australia/Lord_Howe', '2026-10-03T13:30Z', '2026-10-04T13:00Z'],
  ])('in %s, paid %s, is open until the last millisecond before %s', (zone, paid, midnight) => {
    const payment = sale(Date.parse(paid));
    const midnightMs = Date.parse(midnight);
    const before = aCase({ payment, zone, nowMs: midnightMs - 1 });
    expect(ruleFor('reverse', before)).toMatchObject({ open: true, deadlineAtMs: midnightMs });
    expect(refusalOf(undo, before)).toBeNull();
    expect(ruleFor('reverse', { ...before, nowMs: midnightMs })).toMatchObject({ open: false, code: 'day-over' });
    expect(refusalOf(undo, { ...before, nowMs: midnightMs })).toMatchObject({ code: 'day-over' });
  });
});

describe('the undo of a sale of which Dojo does not say when it was paid', () => {
  const MIDNIGHT_MS = Date.parse('2026-06-15T23:00Z');
  const sale = (createdAtMs: number, updatedAtMs: number) => aPayment({ createdAtMs, updatedAtMs, paidAtMs: null });
  const ofToday = sale(NOON_MS - 3 * HOUR_MS, NOON_MS - HOUR_MS);
  const overMidnight = sale(NOON_MS - DAY_MS, NOON_MS - HOUR_MS);

  it('is open, offline too, where it can only have been paid today', () => {
    for (const online of [true, false])
      expect(ruleFor('reverse', aCase({ payment: ofToday, online }))).toMatchObject({ open: true, deadlineAtMs: MIDNIGHT_MS, caution: null });
  });

  it('is for Dojo to decide where it was made earlier and may have been paid today: never queued', () => {
    const rule = ruleFor('reverse', aCase({ payment: overMidnight }));
    expect(rule).toMatchObject({ open: true, deadlineAtMs: MIDNIGHT_MS });
    expect(rule.open && rule.caution).toContain('Dojo decides');
    expect(ruleFor('reverse', aCase({ payment: overMidnight, online: false }))).toMatchObject({ open: false, code: 'offline' });
    expect(ruleFor('reverse', aCase({ payment: overMidnight, nowMs: MIDNIGHT_MS }))).toMatchObject({ open: false, code: 'day-over' });
  });

  it('is closed where it has been as it is since an earlier day', () => {
    const payment = sale(NOON_MS - 2 * DAY_MS, NOON_MS - DAY_MS);
    expect(ruleFor('reverse', aCase({ payment }))).toMatchObject({ open: false, code: 'day-over' });
  });
});

describe('the release of a hold', () => {
  it('is the same-day undo until midnight, without a caution', () => {
    expect(ruleFor('reverse', aCase())).toMatchObject({ open: true, caution: null, deadlineAtMs: Date.parse('2026-06-15T23:00Z') });
  });
  it('ends with the hold where that is before midnight', () => {
    const payment = aHold({ autoExpireInMs: 2 * HOUR_MS });
    expect(ruleFor('reverse', aCase({ payment }))).toMatchObject({ deadlineAtMs: NOON_MS + HOUR_MS });
  });
  it('of which Dojo does not say when it was authorised counts from when it was made: what was changed since says nothing', () => {
    const rule = ruleFor(
      'reverse',
      aCase({ payment: aHold({ createdAtMs: NOON_MS - DAY_MS, updatedAtMs: NOON_MS - HOUR_MS, paidAtMs: null }), online: false }),
    );
    expect(rule).toMatchObject({ open: true, deadlineAtMs: NOON_MS + 6 * DAY_MS });
    expect(rule.open && rule.caution).toContain('earlier day');
  });
  it('of an earlier day says that Dojo decides, and ends with the hold', () => {
    const rule = ruleFor('reverse', aCase({ payment: aHold(yesterday) }));
    expect(rule).toMatchObject({ open: true, deadlineAtMs: NOON_MS + 6 * DAY_MS });
    expect(rule.open && rule.caution).toContain('earlier day');
  });
});

describe('tips with a take', () => {
  const rule = (changes: Partial<Case>) => ruleFor('capture', aCase(changes));
  it('are possible where the payment was made for them', () => {
    expect(rule({ payment: aHold({ tipsAllowed: true }) })).toMatchObject({ tipsAllowed: true, tipsReason: null });
  });
  it('are not where it was not, whatever the version', () => {
    for (const apiVersion of ['2022-04-07', '2026-02-27'])
      expect(rule({ apiVersion })).toMatchObject({ tipsAllowed: false, tipsReason: expect.stringContaining('without tips') });
  });
  it('are not where the version takes none, and the reason names it and the settings', () => {
    for (const apiVersion of ['2022-01-03', '2022-04-07']) {
      const closed = rule({ payment: aHold({ tipsAllowed: true, captures: null }), apiVersion });
      expect(closed).toMatchObject({ open: true, tipsAllowed: false, tipsReason: expect.stringMatching(new RegExp(`${apiVersion}.*settings`)) });
    }
  });
});

describe('a refund of a moment ago', () => {
  const recent = (...actions: Action[]) => {
    const rule = ruleFor('refund', aCase({ payment: aPayment(), actions }));
    return rule.open ? rule.recent : rule.code;
  };
  const at = (atMs: number, changes: Partial<Action> = {}) => anAction({ move: { kind: 'refund', amount: 500 }, acceptedAtMs: atMs, ...changes });
  it('is told for ten minutes', () => {
    expect(recent(at(NOON_MS - 10 * MINUTE_MS + 1))).toEqual({ amountMinor: 500, atMs: NOON_MS - 10 * MINUTE_MS + 1 });
    expect(recent(at(NOON_MS - 10 * MINUTE_MS))).toBeNull();
  });
  it('is the newest of several', () => {
    expect(recent(at(NOON_MS - 2), { ...at(NOON_MS - 1), move: { kind: 'refund', amount: 700 } })).toEqual({ amountMinor: 700, atMs: NOON_MS - 1 });
  });
  it('is told whatever became of it, unless it gave nothing back', () => {
    for (const state of ['waiting', 'sending', 'checking', 'done', 'needsPerson'] as const) expect(recent(at(NOON_MS, { state }))).not.toBeNull();
    for (const state of ['withdrawn', 'refused', 'expired'] as const) expect(recent(at(NOON_MS, { state }))).toBeNull();
  });
  it('was a refund, and nothing else', () => {
    expect(recent(anAction({ move: { kind: 'sendReceipt', emails: ['a@example.com'] }, state: 'done' }))).toBeNull();
  });
  it('does not keep a refund from being sent: it was asked when it was decided', () => {
    expect(refusalOf({ kind: 'refund', amount: 500 }, aCase({ payment: aPayment(), actions: [at(NOON_MS)] }))).toBeNull();
  });
});

describe('an amount', () => {
  const take = (amount: number, tipsAmount?: number) => ({ kind: 'capture', amount, tipsAmount }) as const;
  const tipped = { payment: aHold({ amountMinor: 4000, tipsMinor: 200, tipsAllowed: true }) };
  it.each([
    ['the whole', take(4200), {}, null],
    ['a penny', take(1), {}, null],
    ['a penny too much', take(4201), {}, 'amount-too-large'],
    ['nothing', take(0), {}, 'amount-too-small'],
    ['less than nothing', take(-1), {}, 'amount-too-small'],
    ['not a number', take(Number.NaN), {}, 'amount-too-small'],
    ['half a penny', take(0.5), {}, 'amount-too-small'],
    ['more with tips that take it below', take(4300, -100), tipped, 'amount-too-small'],
    ['with tips, where they are allowed', take(4000, 200), tipped, null],
    ['with tips above the whole', take(4000, 201), tipped, 'amount-too-large'],
    ['with tips, where they are not', take(2000, 100), {}, 'tips-not-allowed'],
    ['with tips, before captures carried them', take(4000, 200), { ...tipped, apiVersion: '2022-04-07' }, 'tips-not-allowed'],
    ['with no tips, before captures carried them', take(4000, 0), { ...tipped, apiVersion: '2022-04-07' }, null],
    ['to take in the last millisecond', take(4200), { nowMs: NOON_MS - HOUR_MS + 7 * DAY_MS - 1 }, null],
    ['to take when the hold ends', take(4200), { nowMs: NOON_MS - HOUR_MS + 7 * DAY_MS }, 'hold-ended'],
    ['to refund, all', { kind: 'refund', amount: 2000 } as const, { payment: aPayment() }, null],
    ['to refund, too much', { kind: 'refund', amount: 2001 } as const, { payment: aPayment() }, 'amount-too-large'],
    [
      'to refund offline, above the cap',
      { kind: 'refund', amount: 801 } as const,
      { payment: aPayment(), online: false, offlineRefundMaxMinor: 800 },
      'amount-too-large',
    ],
    ['of tips may be nothing', { kind: 'setTips', amount: 0 } as const, { payment: anUnpaid({ tipsAllowed: true }) }, null],
    ['to change may not be nothing', { kind: 'setAmount', amount: 0 } as const, { payment: anUnpaid({ customAmountAllowed: true }) }, 'amount-too-small'],
  ])('%s', (_, move, changes, code) => expect(refusalOf(move, aCase(changes))?.code ?? null).toBe(code));
});

it('the undo of a minute ago does not depend on the day start of the shop, only on midnight', () => {
  const paidAtMs = Date.parse('2026-06-14T23:30:00Z'); // 00:30 in London
  const payment = aPayment({ createdAtMs: paidAtMs, paidAtMs });
  expect(ruleFor('reverse', aCase({ payment, nowMs: paidAtMs + MINUTE_MS }))).toMatchObject({ open: true, deadlineAtMs: Date.parse('2026-06-15T23:00Z') });
});
