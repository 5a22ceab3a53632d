import { expect, test } from 'vitest';
import { TRAINING_ACCOUNT } from '../../main/simulator/bank.ts';
import type { NewPayment } from '../../main/simulator/new-payment.ts';
import { NOON_MS, startShop } from '../a-shop.ts';
import { shop as aTill } from './a-till.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
const sale: NewPayment = { amountMinor: 2000, createdAtMs: NOON_MS - MINUTE_MS, paidAtMs: NOON_MS - MINUTE_MS };

/** Eight payments of which one kind of request is forbidden until it is allowed; what was asked of it is counted by payment. */
async function forbidding(path: string, payment: NewPayment) {
  const asked: string[] = [];
  let isForbidden = true;
  const shop = await startShop({
    payments: Array.from({ length: 8 }, () => payment),
    line: (http) => ({
      async request(request) {
        const isIt = request.method === 'POST' && request.url.endsWith(path);
        if (isIt) asked.push(request.url);
        if (!isIt || !isForbidden) return http.request(request);
        const body = JSON.stringify({ title: 'Forbidden', status: 403 });
        return { kind: 'answered', status: 403, headers: { 'content-type': 'application/problem+json' }, body };
      },
    }),
  });
  await shop.clock.run(MINUTE_MS);
  const allow = () => {
    isForbidden = false;
  };
  return { ...shop, asked, allow, ids: (await shop.look()).payments.map(({ id }) => id) };
}

const again = (shop: Awaited<ReturnType<typeof forbidding>>, kind: 'refund' | 'capture', actionIds: readonly string[]) =>
  shop.call('decideAgain', { kind, actionIds: [...actionIds] });
const decidable = async (shop: Awaited<ReturnType<typeof forbidding>>) => (await shop.look()).actions.filter((action) => action.decidableAgain);

test('one press decides what was refused anew, once, on the payment as it is, and lets go what waits', async () => {
  const shop = await forbidding('/refunds', sale);
  for (const [nth, paymentId] of shop.ids.entries())
    await shop.call('submit', { requests: [{ kind: 'refund', requestId: `r${nth}`, paymentId, amount: 500 + nth, reason: 'Cold soup' }] });
  await shop.clock.run(5 * MINUTE_MS);
  const refused = await decidable(shop);
  expect(refused.length).toBeGreaterThanOrEqual(3);
  expect(refused.every(({ state, keyMayNot }) => state === 'refused' && keyMayNot)).toBe(true);
  shop.allow();
  const before = shop.asked.length;
  const pressed = await again(
    shop,
    'refund',
    refused.map(({ id }) => id),
  );
  expect(pressed).toMatchObject({ ok: true, value: { refused: [] } });
  // Pressed twice it is one decision.
  expect(
    await again(
      shop,
      'refund',
      refused.map(({ id }) => id),
    ),
  ).toEqual(pressed);
  await shop.clock.run(5 * MINUTE_MS);
  const { actions, connection, payments } = await shop.look();
  expect(shop.asked.length - before).toBe(8);
  expect(connection.stoppedOperations).toEqual([]);
  expect(actions.filter(({ state }) => state === 'done')).toHaveLength(8);
  // What was refused stays refused, and is not offered once more.
  expect(
    actions.filter(({ id }) => refused.some((one) => one.id === id)).map(({ state, decidableAgain, message, next }) => [state, decidableAgain, message, next]),
  ).toEqual(refused.map(() => ['refused', false, expect.stringMatching(/It was decided again\.$/), null]));
  expect(new Set(actions.map(({ requestId }) => requestId)).size).toBe(actions.length);
  for (const [nth, id] of shop.ids.entries()) expect(payments.find((payment) => payment.id === id)?.refundedMinor).toBe(500 + nth);
});

test('parts and their tips are captured as they were; what changed since and what the rules refuse now is named, and not sent', async () => {
  const held: NewPayment = { ...sale, amountMinor: 4200, tipsMinor: 300, captureMode: 'Manual' };
  const shop = await forbidding('/captures', held);
  for (const [nth, paymentId] of shop.ids.slice(0, 3).entries())
    await shop.call('submit', { requests: [{ kind: 'capture', requestId: `r${nth}`, paymentId, amount: 1000, tipsAmount: 100 }] });
  await shop.clock.run(5 * MINUTE_MS);
  const refused = await decidable(shop);
  expect(refused).toHaveLength(3);
  const [changed, released, still] = refused;
  if (!changed || !released || !still) throw new Error('expected three');
  shop.bank.capture(TRAINING_ACCOUNT, changed.paymentId, { amountMinor: 700, tipsMinor: 0 }, shop.clock.nowMs());
  shop.allow();
  await shop.call('refresh');
  await shop.clock.run(MINUTE_MS);
  expect(await shop.call('submit', { requests: [{ kind: 'reverse', requestId: 'rel', paymentId: released.paymentId }] })).toMatchObject({ ok: true });
  const before = shop.asked.length;
  const pressed = await again(
    shop,
    'capture',
    refused.map(({ id }) => id),
  );
  expect(pressed).toMatchObject({
    ok: true,
    value: {
      actionIds: [expect.any(String)],
      refused: [
        { actionId: changed.id, message: expect.stringContaining('changed since') },
        { actionId: released.id, message: expect.stringMatching(/release/) },
      ],
    },
  });
  await shop.clock.run(5 * MINUTE_MS);
  expect(shop.asked.slice(before).map((url) => url.split('/').at(-2))).toEqual([still.paymentId]);
  const after = (await shop.look()).payments.find(({ id }) => id === still.paymentId);
  expect(after?.captures.map(({ amountMinor, tipsMinor }) => [amountMinor, tipsMinor])).toEqual([[1000, 100]]);
});

test('only what Dojo refused for lack of permission is decided again, and only of that kind', async () => {
  const shop = await forbidding('/refunds', sale);
  const [paymentId = ''] = shop.ids;
  await shop.call('submit', { requests: [{ kind: 'refund', requestId: 'r', paymentId, amount: 500 }] });
  await shop.clock.run(MINUTE_MS);
  const [action] = await decidable(shop);
  const id = action?.id ?? '';
  expect(await again(shop, 'capture', [id])).toMatchObject({ ok: true, value: { actionIds: [], refused: [{ actionId: id }] } });
  expect(await again(shop, 'refund', ['unknown'])).toMatchObject({ ok: true, value: { actionIds: [], refused: [{ actionId: 'unknown' }] } });
  expect((await shop.look()).actions).toHaveLength(1);
  shop.allow();
  expect(await again(shop, 'refund', [id])).toMatchObject({ ok: true, value: { actionIds: [expect.any(String)], refused: [] } });
  await shop.clock.run(MINUTE_MS);
  // Refused, decided again, done: nothing more to decide.
  expect(await decidable(shop)).toEqual([]);
  expect((await shop.look()).payments.find((payment) => payment.id === paymentId)?.refundedMinor).toBe(500);
});

test('an operation that Dojo forbids three payments in a row stops for what waits, is said once, and one press lets it go on', async () => {
  let isForbidden = true;
  let asked = 0;
  const shop = await startShop({
    payments: Array.from({ length: 8 }, () => sale),
    line: (http) => ({
      async request(request) {
        const isRefund = request.method === 'POST' && request.url.endsWith('/refunds');
        if (isRefund) asked += 1;
        if (!isRefund || !isForbidden) return http.request(request);
        const body = JSON.stringify({ title: 'Forbidden', status: 403 });
        return { kind: 'answered', status: 403, headers: { 'content-type': 'application/problem+json' }, body };
      },
    }),
  });
  await shop.clock.run(MINUTE_MS);
  const { payments } = await shop.look();
  for (const [nth, { id }] of payments.entries())
    await shop.call('submit', { requests: [{ kind: 'refund', requestId: `r${nth}`, paymentId: id, amount: 500 }] });
  await shop.clock.run(5 * MINUTE_MS);
  const { connection, actions } = await shop.look();
  expect(connection.stoppedOperations).toEqual(['refund']);
  expect(actions.filter(({ state }) => state === 'waiting').length).toBeGreaterThan(0);
  const before = asked;
  expect(before).toBeLessThan(8);
  expect(actions.filter(({ keyMayNot }) => keyMayNot).map(({ state }) => state)).toEqual(Array.from({ length: before }, () => 'refused'));
  await shop.clock.run(10 * MINUTE_MS);
  expect(asked).toBe(before);

  isForbidden = false;
  expect(await shop.call('allowOperation', { kind: 'refund' })).toMatchObject({ ok: true });
  await shop.clock.run(5 * MINUTE_MS);
  const after = await shop.look();
  expect(after.connection.stoppedOperations).toEqual([]);
  const states = after.actions.map(({ state }) => state);
  // What was refused stays refused; what waited is done.
  expect(new Set(states)).toEqual(new Set(['done', 'refused']));
  expect(states.filter((state) => state === 'refused')).toHaveLength(before);
  expect(await shop.call('allowOperation', { kind: 'refund' })).toMatchObject({ ok: false, error: { code: 'not-possible' } });
});

test('what was stopped stays so over a restart with the same key, and goes on when the key is mended', async () => {
  const { bank, sale: aSale, connect, clock, submit, line, look, restart } = await aTill();
  const ids = Array.from({ length: 8 }, () => aSale().id);
  await connect();
  await clock.run(5_000);
  bank.setSwitches({ refusing: [{ status: 403, match: { operation: 'refund' } }] });
  for (const [nth, paymentId] of ids.entries()) await submit({ kind: 'refund', requestId: `r${nth}`, paymentId, amount: 500 });
  await clock.run(5 * MINUTE_MS);
  expect((await look()).connection.stoppedOperations).toEqual(['refund']);
  const before = line.sent().length;
  for (let start = 0; start < 3; start += 1) {
    await restart();
    await clock.run(5 * MINUTE_MS);
  }
  const { actions, connection } = await look();
  expect([line.sent().length, connection.stoppedOperations]).toEqual([before, ['refund']]);
  expect(actions.filter(({ state }) => state === 'waiting')).toHaveLength(8 - actions.filter(({ state }) => state === 'refused').length);
  bank.setSwitches({ refusing: [] });
  await connect('sk_sandbox_oneNEW02');
  await clock.run(5 * MINUTE_MS);
  const after = await look();
  expect([after.connection.stoppedOperations, after.actions.filter(({ state }) => state === 'waiting')]).toEqual([[], []]);
  await restart();
  await clock.run(MINUTE_MS);
  await submit({ kind: 'refund', requestId: 'later', paymentId: ids[0] ?? '', amount: 100 });
  await clock.run(MINUTE_MS);
  expect((await look()).actions.find(({ requestId }) => requestId === 'later')?.state).toBe('done');
});

test('the key is refused for a moment and accepted again: it still may not do what Dojo forbids it, until another key comes', async () => {
  const { bank, sale: aSale, connect, clock, submit, line, look } = await aTill();
  const ids = Array.from({ length: 12 }, () => aSale().id);
  await connect();
  await clock.run(5_000);
  const forbidden = { status: 403, match: { operation: 'refund' } } as const;
  bank.setSwitches({ refusing: [forbidden] });
  for (const [nth, paymentId] of ids.entries()) await submit({ kind: 'refund', requestId: `r${nth}`, paymentId, amount: 500 });
  await clock.run(5 * MINUTE_MS);
  const before = line.sent().length;
  for (let blip = 0; blip < 3; blip += 1) {
    bank.setSwitches({ refusing: [{ status: 401 }] });
    await clock.run(MINUTE_MS);
    expect((await look()).connection.line).toBe('key-refused');
    bank.setSwitches({ refusing: [forbidden] });
    await clock.run(5 * MINUTE_MS);
  }
  expect((await look()).connection).toMatchObject({ line: 'live', stoppedOperations: ['refund'] });
  expect(line.sent()).toHaveLength(before);
  // The old key is refused for good, and another is given.
  bank.setSwitches({ refusing: [{ status: 401 }] });
  await clock.run(MINUTE_MS);
  bank.setSwitches({ refusing: [] });
  await connect('sk_sandbox_oneNEW02');
  await clock.run(5 * MINUTE_MS);
  const { connection, actions } = await look();
  expect([connection.stoppedOperations, actions.filter(({ state }) => state === 'waiting')]).toEqual([[], []]);
});

test('the next trading day nothing of it is decided again by one press: it may have been paid out in cash', async () => {
  const shop = await forbidding('/refunds', sale);
  for (const [nth, paymentId] of shop.ids.entries())
    await shop.call('submit', { requests: [{ kind: 'refund', requestId: `r${nth}`, paymentId, amount: 500, reason: '' }] });
  await shop.clock.run(5 * MINUTE_MS);
  const refused = (await decidable(shop)).map(({ id }) => id);
  expect(refused.length).toBeGreaterThanOrEqual(3);
  await shop.clock.run(DAY_MS);
  expect(await decidable(shop)).toEqual([]);
  shop.allow();
  const before = shop.asked.length;
  expect(await again(shop, 'refund', refused)).toMatchObject({ ok: true, value: { actionIds: [], refused: refused.map((actionId) => ({ actionId })) } });
  expect(shop.asked.length).toBe(before);
});
