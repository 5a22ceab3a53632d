import { describe, expect, test } from 'vitest';
import type { Http } from '../../main/ports/http.ts';
import { NOON_MS, startShop } from '../a-shop.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const penny = { value: 1, currencyCode: 'GBP' };
const ofAPenny = { amount: penny, totalAmount: penny };

/** A shop with a hold and a sale, whose Dojo says `over` of the hold for as long as it is wrong. */
async function shopWithOddHold(over: Readonly<Record<string, unknown>>) {
  let isWrong = true;
  const line = (http: Http): Http => ({
    async request(request) {
      const answer = await http.request(request);
      if (!isWrong || answer.kind !== 'answered' || !answer.body.includes('"data"')) return answer;
      const json = JSON.parse(answer.body) as { data: { id: string }[] };
      return { ...answer, body: JSON.stringify({ ...json, data: json.data.map((item) => (item.id === 'pi_hold' ? { ...item, ...over } : item)) }) };
    },
  });
  const shop = await startShop({
    payments: [
      { id: 'pi_hold', amountMinor: 4_200, captureMode: 'Manual', createdAtMs: NOON_MS - HOUR_MS },
      { id: 'pi_sale', amountMinor: 1_250, createdAtMs: NOON_MS - HOUR_MS },
    ],
    line,
  });
  await shop.clock.run(5_000);
  return {
    ...shop,
    mend() {
      isWrong = false;
    },
    oddNotice: async () => (await shop.look()).connection.notices.find(({ code }) => code === 'odd-payments')?.message,
  };
}

describe('an odd hold of today', () => {
  test('is one odd payment, though two searches find it', async () => {
    const { look, oddNotice } = await shopWithOddHold({ amount: 'a lot' });
    expect((await look()).payments.map(({ id }) => id)).toEqual(['pi_sale']);
    expect(await oddNotice()).toMatch(/^One payment /);
  });

  test('is one as well where not even its id can be read', async () => {
    const { oddNotice } = await shopWithOddHold({ id: null });
    expect(await oddNotice()).toMatch(/^One payment /);
  });
});

describe('a payment that Dojo dates in the future', () => {
  test('does not keep new payments from being seen at the next light read', async () => {
    const { look, bank, clock } = await shopWithOddHold({ createdAt: '2099-12-31T23:59:59Z' });
    bank.addPayment({ id: 'pi_new', amountMinor: 333, createdAtMs: clock.nowMs() }, clock.nowMs());
    await clock.run(20_000);
    expect((await look()).payments.map(({ id }) => id)).toContain('pi_new');
  });

  test('as its last change is believed again once Dojo has mended it', async () => {
    const { look, clock, mend } = await shopWithOddHold({ updatedAt: '2099-12-31T23:59:59Z', ...ofAPenny });
    const shownMinor = async () => (await look()).payments.find(({ id }) => id === 'pi_hold')?.totalMinor;
    expect(await shownMinor()).toBe(1);
    mend();
    await clock.run(6 * MINUTE_MS);
    expect(await shownMinor()).toBe(4_200);
  });

  test('beyond the last year of four digits does not take the day from the screen', async () => {
    const { look } = await shopWithOddHold({ createdAt: '9999-12-31T23:59:59-23:59', paymentDetails: null });
    expect((await look()).payments.map(({ id }) => id).sort()).toEqual(['pi_hold', 'pi_sale']);
  });
});
