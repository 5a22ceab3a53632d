import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tradingDay } from '../../main/core/day/day.ts';
import { TRAINING_ACCOUNT } from '../../main/simulator/bank.ts';
import { shopDay } from '../../main/simulator/day.ts';
import type { NewPayment } from '../../main/simulator/new-payment.ts';
import { aBank, DAY_MS, HOUR_MS, LONDON } from './a-bank.ts';

const EVENING_MS = Date.parse('2026-06-15T19:30:00Z');
const shop = { zone: LONDON, dayStartMinutes: 0 } as const;

/** Every moment a payment speaks of that must lie in the past. */
const pastOf = ({ createdAtMs, paidAtMs, past }: NewPayment) =>
  [createdAtMs, paidAtMs, ...(past ?? []).map(({ atMs }) => atMs)].filter((atMs): atMs is number => typeof atMs === 'number');

function opened(payments: readonly NewPayment[], nowMs: number, zone: string = LONDON) {
  const bank = aBank({ zone });
  for (const payment of payments) bank.addPayment(payment, nowMs);
  return bank;
}

describe('a shop’s day', () => {
  const someDay = fc.record({
    seed: fc.integer({ min: 0, max: 0xffff_ffff }),
    nowMs: fc.integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2027-12-31T23:59:59Z') }),
    zone: fc.constantFrom(LONDON, 'Europe/Madrid', 'America/New_York', 'Pacific/Auckland', 'UTC'),
    dayStartMinutes: fc.constantFrom(0, 240, 360, 1439),
  });

  it('is useful at any moment and never speaks of the future', () => {
    fc.assert(
      fc.property(someDay, (options) => {
        const { nowMs, zone, dayStartMinutes } = options;
        const payments = shopDay(options);
        const today = tradingDay(nowMs, zone, dayStartMinutes);
        for (const payment of payments) for (const atMs of pastOf(payment)) expect(atMs).toBeLessThanOrEqual(nowMs);
        const isToday = ({ createdAtMs = 0 }: NewPayment) => createdAtMs >= today.startMs;
        expect(payments.filter(isToday).length).toBeGreaterThanOrEqual(30);
        expect(payments.length).toBeGreaterThanOrEqual(120);
        expect(payments.length).toBeLessThanOrEqual(180);
        expect(new Set(payments.map(({ id }) => id)).size).toBe(payments.length);

        // The bank takes every past as possible, and its money adds up.
        const bank = opened(payments, nowMs, zone);
        expect(bank.imbalances()).toEqual([]);
        const holds = bank.intents().filter(({ status }) => status === 'Authorized');
        expect(holds.length).toBeGreaterThanOrEqual(12);
        expect(holds.length).toBeLessThanOrEqual(27);
        const before = holds.filter(({ createdAtMs }) => createdAtMs < today.startMs);
        const soon = before.filter((hold) => (hold.paidAtMs ?? 0) + (hold.autoExpireInMs ?? 7 * DAY_MS) < nowMs + 6 * HOUR_MS);
        expect(new Set(soon.map(({ autoExpireAction }) => autoExpireAction))).toEqual(new Set(['Release', 'Capture']));
        for (const { autoExpireInMs } of holds) {
          if (autoExpireInMs === null) continue;
          expect(autoExpireInMs).toBeGreaterThan(30_000);
          expect(autoExpireInMs).toBeLessThan(7 * DAY_MS);
          expect(autoExpireInMs % 1000).toBe(0);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is the same for the same seed and another for another', () => {
    const options = { ...shop, seed: 42, nowMs: EVENING_MS };
    expect(shopDay(options)).toEqual(shopDay(options));
    expect(shopDay({ ...options, seed: 43 })).not.toEqual(shopDay(options));
  });

  it('has everything there is to practise on', () => {
    const bank = opened(shopDay({ ...shop, seed: 1, nowMs: EVENING_MS }), EVENING_MS);
    const count = (status: string, mode?: string) =>
      bank.intents().filter((intent) => intent.status === status && (!mode || intent.captureMode === mode)).length;
    expect(count('Captured', 'Auto')).toBeGreaterThan(60);
    expect(count('Captured', 'Manual')).toBeGreaterThanOrEqual(2);
    for (const status of ['Created', 'Reversed', 'Refunded', 'Canceled']) expect(count(status)).toBeGreaterThanOrEqual(2);
    const { intents } = bank;
    expect(intents().some(({ currency }) => currency === 'EUR')).toBe(true);
    expect(intents().some(({ status, refundedMinor }) => status === 'Captured' && refundedMinor > 0)).toBe(true);
    expect(intents().some(({ status, captures }) => status === 'Authorized' && captures.some((capture) => capture.status === 'Successful'))).toBe(true);
    expect(intents().some(({ status, captures }) => status === 'Authorized' && captures.some((capture) => capture.status === 'Declined'))).toBe(true);
    expect(intents().some(({ tipsMinor }) => tipsMinor > 0)).toBe(true);
    expect(intents().some(({ status, customAmountAllowed }) => status === 'Created' && customAmountAllowed)).toBe(true);
    expect(new Set(intents().map(({ card }) => card.scheme)).size).toBeGreaterThanOrEqual(3);
    for (const { amountMinor, reference } of intents()) {
      expect(amountMinor).toBeGreaterThan(0);
      expect(reference).not.toBe('');
    }
  });

  it.each([
    { what: 'at seven in the morning', now: '2026-06-15T06:00:00Z' },
    { what: 'a minute after midnight', now: '2026-06-14T23:01:00Z' },
    { what: 'at midnight itself', now: '2026-06-14T23:00:00Z' },
  ])('$what still has thirty payments today, and more of the day before', ({ now }) => {
    const nowMs = Date.parse(now);
    const today = tradingDay(nowMs, LONDON, 0);
    const payments = shopDay({ ...shop, seed: 5, nowMs });
    expect(payments.filter(({ createdAtMs = 0 }) => createdAtMs >= today.startMs).length).toBeGreaterThanOrEqual(30);
    expect(payments.filter(({ createdAtMs = 0 }) => createdAtMs < today.startMs).length).toBeGreaterThan(60);
  });

  it('grows busier towards the evening', () => {
    const today = tradingDay(EVENING_MS, LONDON, 0);
    const soldBy = (nowMs: number) => shopDay({ ...shop, seed: 5, nowMs }).filter(({ createdAtMs = 0 }) => createdAtMs >= today.startMs).length;
    expect(soldBy(EVENING_MS)).toBeGreaterThan(soldBy(EVENING_MS - 6 * HOUR_MS));
    expect(soldBy(EVENING_MS)).toBeGreaterThan(90);
  });

  it.each([{ holds: 0 }, { holds: 1 }, { holds: 60 }, { holds: 200 }])('has exactly $holds holds where they are asked for', ({ holds }) => {
    const bank = opened(shopDay({ ...shop, seed: 3, nowMs: EVENING_MS, holds }), EVENING_MS);
    const open = bank.intents().filter(({ status }) => status === 'Authorized');
    expect(open).toHaveLength(holds);
    expect(open.every(({ captures }) => captures.length === 0)).toBe(true);
  });

  it.each([{ payments: 40 }, { payments: 5_000 }])('has exactly $payments payments where they are asked for', ({ payments }) => {
    const bank = opened(shopDay({ ...shop, seed: 3, nowMs: EVENING_MS, payments }), EVENING_MS);
    const today = tradingDay(EVENING_MS, LONDON, 0);
    expect(bank.intents()).toHaveLength(payments);
    // All of it is on the screen: of earlier days there are open holds only.
    expect(bank.intents().filter(({ createdAtMs, status }) => createdAtMs < today.startMs && status !== 'Authorized')).toEqual([]);
    expect(bank.search(TRAINING_ACCOUNT, { limit: 100 }, EVENING_MS).ok).toBe(true);
  });

  it('is refused where the holds do not fit', () => {
    expect(() => shopDay({ ...shop, seed: 3, nowMs: EVENING_MS, holds: 60, payments: 20 })).toThrow('60 holds');
  });
});
