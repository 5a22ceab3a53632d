import { expect, test } from 'vitest';
import type { ActionRequest } from '../../preload/contract.ts';
import { NOON_MS, startShop } from '../a-shop.ts';

const HOUR_MS = 3_600_000;

/** Two holds of £42.00, and what a person sees of them on the screen. */
async function atTheScreen() {
  const payments = ['pi_1', 'pi_2'].map((id) => ({ id, reference: id, createdAtMs: NOON_MS - HOUR_MS, amountMinor: 4200, captureMode: 'Manual' as const }));
  const shop = await startShop({ payments });
  await shop.clock.run(5_000);
  const seen = async () => new Map((await shop.look()).payments.map(({ id, version }) => [id, version]));
  const capture = (paymentId: string, requestId: string, seenVersion?: string): ActionRequest => ({
    kind: 'capture',
    paymentId,
    requestId,
    amount: 1000,
    ...(seenVersion === undefined ? {} : { seenVersion }),
  });
  const submit = (...requests: ActionRequest[]) => shop.call('submit', { requests });
  /** Another till captures £10.00 of it, and a reading brings that here before the screen has it. */
  const another = async (paymentId: string) => {
    shop.bank.capture('acc_training', paymentId, { amountMinor: 1000, tipsMinor: 0 }, shop.clock.nowMs());
    await shop.call('refresh');
  };
  const captured = async () => {
    await shop.clock.run(60_000);
    return ['pi_1', 'pi_2'].map((id) => shop.bank.moneyOf(id).captures);
  };
  return { ...shop, seen, capture, submit, another, captured };
}

test('a part is not captured beside another till’s that the person had not seen, though it still fits', async () => {
  const { seen, capture, submit, another, captured } = await atTheScreen();
  const onScreen = await seen();
  await another('pi_1');
  expect(await submit(capture('pi_1', 'r1', onScreen.get('pi_1')))).toMatchObject({
    ok: false,
    error: { code: 'not-possible', message: 'Dojo shows something new.', next: 'Look at it again, then decide.' },
  });
  expect(await captured()).toEqual([1, 0]);
  expect(await submit(capture('pi_1', 'r1', (await seen()).get('pi_1')))).toMatchObject({ ok: true });
  expect(await captured()).toEqual([2, 0]);
});

test('of a run nothing is accepted, and the payment that it is about is named', async () => {
  const { seen, capture, submit, another, captured } = await atTheScreen();
  const onScreen = await seen();
  await another('pi_2');
  const run = () => submit(capture('pi_1', 'r1', onScreen.get('pi_1')), capture('pi_2', 'r2', onScreen.get('pi_2')));
  expect(await run()).toMatchObject({
    ok: false,
    error: { message: expect.stringMatching(/^pi_2: Dojo shows something new/), field: 'requests.1.seenVersion' },
  });
  expect(await captured()).toEqual([0, 1]);
});

test('a repeat of what was accepted is answered as before, whatever has become of the payment since', async () => {
  const { seen, capture, submit, another, captured } = await atTheScreen();
  const request = capture('pi_1', 'r1', (await seen()).get('pi_1'));
  const first = await submit(request);
  expect(await captured()).toEqual([1, 0]);
  await another('pi_1');
  expect(await submit(request)).toEqual(first);
  expect(await captured()).toEqual([2, 0]);
});

test('a look that brings nothing new is in nobody’s way', async () => {
  const { seen, capture, submit, call, clock } = await atTheScreen();
  const onScreen = await seen();
  await clock.run(10 * 60_000);
  await call('refresh');
  expect(await submit(capture('pi_1', 'r1', onScreen.get('pi_1')))).toMatchObject({ ok: true });
});
