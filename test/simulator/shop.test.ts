import { describe, expect, it } from 'vitest';
import type { HttpAnswer } from '../../main/ports/http.ts';
import { createTrainingShop, type TrainingShop } from '../../main/simulator/shop.ts';
import { createSimClock } from '../sim/clock.ts';
import { DAY_MS, LONDON, NOON_MS } from './a-bank.ts';

const VERSION = '2026-02-27';

function opened(more: { seed?: number; saved?: string; startMs?: number } = {}) {
  const clock = createSimClock(more.startMs ?? NOON_MS);
  const saves: string[] = [];
  const shop = createTrainingShop({
    seed: more.seed ?? 11,
    clock,
    zone: LONDON,
    dayStartMinutes: 0,
    ...(more.saved === undefined ? {} : { saved: more.saved }),
    onChange: (json) => saves.push(json),
  });
  const ask = async (path: string, json: unknown, movesMoney = false) => {
    const answer = asked(shop, path, json, movesMoney);
    await clock.run(1_000);
    const got = await answer;
    if (got.kind !== 'answered') return got;
    return { ...got, json: JSON.parse(got.body) };
  };
  const found = async (statuses?: readonly string[]) => {
    const answer = await ask('search', { statuses: statuses ?? null, cursor: { limit: 100 } });
    if (!('json' in answer)) throw new Error(`expected an answer, got ${answer.kind}`);
    return answer.json.data as { id: string; status: string; createdAt: string; captures: readonly unknown[] }[];
  };
  return { clock, shop, saves, ask, found };
}

const asked = (shop: TrainingShop, path: string, json: unknown, movesMoney: boolean): Promise<HttpAnswer> =>
  shop.http.request({
    method: 'POST',
    url: `https://training.invalid/payment-intents/${path}`,
    headers: { Authorization: `Basic ${shop.apiKey}`, version: VERSION, 'Content-Type': 'application/json' },
    body: JSON.stringify(json),
    timeoutMs: 30_000,
    movesMoney,
  });

describe('the training shop', () => {
  it('opens with a day’s trade that its own key reads', async () => {
    const { found, shop } = opened();
    expect((await found()).length).toBeGreaterThan(30);
    expect((await found(['Authorized'])).length).toBeGreaterThanOrEqual(12);
    expect(shop.status()).toEqual({ seed: 11, cableOut: false, nextFault: null });
    shop.close();
  });

  it('gives the same shop for the same seed', async () => {
    const [one, two, other] = [opened(), opened(), opened({ seed: 12 })];
    expect(await one.found()).toEqual(await two.found());
    expect(await other.found()).not.toEqual(await one.found());
    for (const { shop } of [one, two, other]) shop.close();
  });

  it('has customers who go on coming', async () => {
    const { clock, shop, saves } = opened();
    const countIn = (json: string | undefined) => JSON.parse(json ?? '{}').bank.intents.length as number;
    await clock.run(1_000);
    const before = countIn(saves.at(-1));
    await clock.run(10 * 60_000);
    const after = countIn(saves.at(-1));
    expect(after - before).toBeGreaterThan(8);
    expect(after - before).toBeLessThanOrEqual(40);
    shop.close();
    await clock.run(10 * 60_000);
    expect(countIn(saves.at(-1))).toBe(after); // nobody comes to a closed shop
  });

  it('tells of each movement of money at once, and not of a look', async () => {
    const { clock, shop, saves, ask, found } = opened();
    const [first, second] = await found(['Authorized']);
    const before = saves.length;
    await found();
    expect(saves.length).toBe(before);
    await Promise.all([ask(`${first?.id}/captures`, { amount: 100 }, true), ask(`${second?.id}/captures`, { amount: 100 }, true)]);
    await clock.run(1_000);
    expect(saves.length).toBe(before + 2);
    shop.close();
  });

  it('goes on from what was saved, with its own seed', async () => {
    const first = opened();
    const hold = (await first.found(['Authorized'])).find(({ captures }) => captures.length === 0);
    await first.ask(`${hold?.id}/captures`, { amount: 100 }, true);
    first.shop.close();
    const again = opened({ seed: 999, saved: first.saves.at(-1) ?? '', startMs: first.clock.nowMs() });
    expect(again.shop.status().seed).toBe(11);
    await again.clock.run(5_000);
    const same = (await again.found(['Authorized'])).find(({ id }) => id === hold?.id);
    expect(same).toMatchObject({ captures: [{ amount: 100, status: 'Successful' }] });
    again.shop.close();
  });

  it('taken up on a later day has that day’s trade too, and keeps its holds', async () => {
    const first = opened();
    const holds = await first.found(['Authorized']);
    first.shop.close();
    const again = opened({ saved: first.shop.save(), startMs: NOON_MS + DAY_MS });
    const today = (await again.found()).filter(({ createdAt }) => Date.parse(createdAt) >= NOON_MS + DAY_MS / 2);
    expect(today.length).toBeGreaterThanOrEqual(30);
    const still = new Set((await again.found(['Authorized'])).map(({ id }) => id));
    expect(holds.filter(({ id }) => still.has(id)).length).toBeGreaterThan(3);
    again.shop.close();
  });

  it.each([{ saved: '' }, { saved: 'null' }, { saved: '{"version":2}' }, { saved: '{"version":1,"seed":1,"bank":{}}' }])(
    'starts afresh where $saved was saved',
    async ({ saved }) => {
      const { shop, found } = opened({ saved });
      expect(shop.status().seed).toBe(11);
      expect((await found()).length).toBeGreaterThan(30);
      shop.close();
    },
  );

  it('has a cable to pull and faults to choose', async () => {
    const { shop, ask, found } = opened();
    const [hold] = await found(['Authorized']);
    shop.setCable(true);
    expect(shop.status().cableOut).toBe(true);
    expect(await ask('search', {})).toMatchObject({ kind: 'not-sent' });
    shop.setCable(false);
    shop.setNextFault('busy');
    expect(shop.status().nextFault).toBe('busy');
    expect(await ask(`${hold?.id}/captures`, { amount: 100 }, true)).toMatchObject({ status: 429 });
    expect(shop.status().nextFault).toBeNull();
    shop.close();
  });

  it('has saved a movement of money before the till hears of it', async () => {
    const { clock, shop, saves, found } = opened();
    const [hold] = await found(['Authorized']);
    await clock.run(1_000);
    let savedAtAnswer: string | undefined;
    const sent = asked(shop, `${hold?.id}/captures`, { amount: 100 }, true).then((answer) => {
      savedAtAnswer = saves.at(-1);
      return answer;
    });
    await clock.run(1_000);
    expect(await sent).toMatchObject({ kind: 'answered', status: 200 });
    expect(savedAtAnswer).toContain('captured-requested');
    shop.close();
  });

  it('has saved what changed when it closes, and is silent then', async () => {
    const { clock, shop, saves, found, ask } = opened();
    const [hold] = await found(['Authorized']);
    await clock.run(1_000);
    const sent = asked(shop, `${hold?.id}/captures`, { amount: 100 }, true);
    await clock.run(110);
    const before = saves.length;
    shop.close();
    expect(saves.length).toBe(before);
    expect(saves.at(-1)).toContain('captured-requested');
    expect(await sent).toEqual({ kind: 'broken', cause: 'reset' });
    expect(await ask('search', {})).toMatchObject({ kind: 'not-sent' });
    expect(saves.length).toBe(before);
  });
});
