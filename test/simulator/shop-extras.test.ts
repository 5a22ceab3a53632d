import { describe, expect, it } from 'vitest';
import { shopDay } from '../../main/simulator/day.ts';
import { aBank, DAY_MS, HOUR_MS, LONDON, NOON_MS } from './a-bank.ts';

const day = { seed: 11, nowMs: NOON_MS, zone: LONDON, dayStartMinutes: 0 };

describe('a shop’s day', () => {
  it('has neither charges nor old links unless they are asked for, and otherwise the same payments', () => {
    const plain = shopDay(day);
    expect(plain.every(({ serviceChargeMinor, cashbackMinor, totalMinor }) => !serviceChargeMinor && !cashbackMinor && !totalMinor)).toBe(true);
    const more = shopDay({ ...day, charges: true, links: 40 });
    expect(more).toHaveLength(plain.length + 40);
    expect(more.slice(0, plain.length).map(({ id }) => id)).toEqual(plain.map(({ id }) => id));
  });

  it('with charges has each of them, and books that are right', () => {
    const bank = aBank();
    for (const payment of shopDay({ ...day, charges: true })) bank.addPayment(payment, NOON_MS);
    const some = (which: (intent: ReturnType<typeof bank.intents>[number]) => boolean) => bank.intents().filter(which).length;
    expect(some(({ serviceChargeMinor }) => serviceChargeMinor > 0)).toBeGreaterThan(10);
    expect(some(({ cashbackMinor }) => cashbackMinor > 0)).toBeGreaterThan(5);
    expect(some(({ captureMode, tipsMinor }) => captureMode === 'Manual' && tipsMinor > 0)).toBeGreaterThan(0);
    expect(some(({ totalDifferenceMinor }) => totalDifferenceMinor < 0)).toBeGreaterThan(0);
    expect(some(({ totalDifferenceMinor }) => totalDifferenceMinor > 0)).toBeGreaterThan(0);
    bank.advance(NOON_MS + 40 * DAY_MS);
    expect(bank.imbalances()).toEqual([]);
  });

  it('with links has some of every age: unpaid, paid today, and paid in the next half hour', () => {
    const bank = aBank();
    const known = new Set(shopDay(day).map(({ id }) => id));
    const links = shopDay({ ...day, links: 300 }).filter(({ id }) => !known.has(id));
    for (const link of links) bank.addPayment(link, NOON_MS);
    const count = (status: string) => bank.intents().filter((intent) => intent.status === status).length;
    expect(links.some(({ createdAtMs = 0 }) => createdAtMs < NOON_MS - 28 * DAY_MS)).toBe(true);
    expect(bank.intents().filter(({ paidAtMs, createdAtMs }) => paidAtMs !== null && paidAtMs - createdAtMs > DAY_MS).length).toBeGreaterThan(10);
    const unpaid = count('Created');
    expect(unpaid).toBeGreaterThan(200);
    expect(count('Canceled')).toBe(0);
    bank.advance(NOON_MS + HOUR_MS);
    expect(unpaid - count('Created') - count('Canceled')).toBeGreaterThan(10);
    expect(bank.imbalances()).toEqual([]);
  });
});
