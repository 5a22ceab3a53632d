import { describe, expect, test } from 'vitest';
import type { Http } from '../../main/ports/http.ts';
import type { Switches } from '../../main/simulator/switches.ts';
import type { PaymentDetail } from '../../preload/contract.ts';
import { NOON_MS, startShop } from '../a-shop.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const withoutDetails = (payment: object) => ({ ...payment, paymentDetails: null });

/** A Dojo that never says when a card was charged or held. */
const silent = (http: Http): Http => ({
  async request(request) {
    const answer = await http.request(request);
    if (answer.kind !== 'answered' || answer.status !== 200) return answer;
    const json = JSON.parse(answer.body) as { data?: object[] };
    return { ...answer, body: JSON.stringify(json.data ? { ...json, data: json.data.map(withoutDetails) } : withoutDetails(json)) };
  },
});

/** A hold of £42.00, made seven and a half days ago and held yesterday: its earliest end is past, its latest is in six days. */
async function shopWithOldHold(autoExpireAction: 'Release' | 'Capture', switches: Partial<Switches> = {}) {
  const shop = await startShop({
    bank: { switches },
    payments: [
      {
        id: 'pi_1',
        reference: 'Table 4',
        createdAtMs: NOON_MS - 7.5 * DAY_MS,
        paidAtMs: NOON_MS - DAY_MS,
        amountMinor: 4_200,
        captureMode: 'Manual',
        autoExpireAction,
      },
    ],
    line: silent,
  });
  await shop.clock.run(5_000);
  const row = async () => (await shop.look()).payments[0];
  return {
    ...shop,
    row,
    told: () => shop.disks.shop?.activity.map(({ what, note }) => [what, note]),
    async end() {
      const detail = await shop.call('getPayment', { paymentId: 'pi_1' });
      return detail.ok ? (detail.value as PaymentDetail).timeline.at(-1) : detail;
    },
  };
}

describe.each(['never', 'absent'] as const)('a hold of which no date ever moves (%s), past the end that the date it was made on would give it', (updatedAt) => {
  test('is sent to Dojo for capture and for release: it may have begun as late as the first reading that showed it', async () => {
    for (const request of [{ kind: 'capture', amount: 4_200 }, { kind: 'reverse' }]) {
      const { call, clock, bank, row, look } = await shopWithOldHold('Release', { updatedAt });
      expect((await row())?.moves).toMatchObject({ capture: { open: true }, reverse: { open: true } });
      expect(await call('submit', { requests: [{ ...request, paymentId: 'pi_1', requestId: 'r1' }] })).toMatchObject({ ok: true });
      await clock.run(MINUTE_MS);
      expect((await look()).actions.map(({ kind, state }) => [kind, state])).toEqual([[request.kind, 'done']]);
      expect(bank.intent('pi_1')?.status).toBe(request.kind === 'capture' ? 'Captured' : 'Reversed');
    }
  });
});

describe('a hold of which Dojo never says when it began, past its earliest end', () => {
  test('may still be captured, and what another till releases is told, though the hold’s own end may have done it', async () => {
    const { row, bank, clock, told, end } = await shopWithOldHold('Release');
    expect((await row())?.moves.capture.open).toBe(true);
    bank.reverse('acc_training', 'pi_1', clock.nowMs());
    await clock.run(6 * MINUTE_MS);
    const what = 'The hold was released elsewhere, or at the hold’s own end.';
    expect(told()).toEqual([['changed-elsewhere:reverse', what]]);
    expect((await row())?.changedElsewhere?.what).toBe(what);
    expect(await end()).toMatchObject({ by: 'elsewhere', what: 'Released, or the hold ended: the customer is not charged' });
  });

  test('is told to be captured by another till, or by its own end, and never as surely the end’s own', async () => {
    const { row, bank, clock, told, end } = await shopWithOldHold('Capture');
    bank.capture('acc_training', 'pi_1', { amountMinor: 4_200, tipsMinor: 0 }, clock.nowMs());
    await clock.run(6 * MINUTE_MS);
    const what = 'A capture of £42.00 was made elsewhere, or at the hold’s own end.';
    expect(told()).toEqual([['changed-elsewhere:capture', what]]);
    expect((await row())?.changedElsewhere?.what).toBe(what);
    expect(await end()).toMatchObject({ by: 'elsewhere', what: 'Captured (perhaps at the hold’s own end)' });
  });

  test('says nothing of another till where this one captured it', async () => {
    const { call, clock, told, end } = await shopWithOldHold('Capture');
    expect(await call('submit', { requests: [{ kind: 'capture', paymentId: 'pi_1', amount: 4_200, requestId: 'r1' }] })).toMatchObject({ ok: true });
    await clock.run(6 * MINUTE_MS);
    expect(told()?.filter(([what]) => what?.startsWith('changed-elsewhere'))).toEqual([]);
    expect(await end()).toMatchObject({ by: 'till', what: 'Captured' });
  });
});
