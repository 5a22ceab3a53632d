import { describe, expect, test } from 'vitest';
import { MINUTE, shop } from './a-till.ts';

/** A shop with a hold, connected, where Dojo refuses the list from now on, and nothing else. */
const SEARCH_IS = (status: number) => ({ refusing: [{ status, match: { operation: 'search' } }] }) as const;

async function connected() {
  const till = await shop();
  const { id } = till.hold();
  await till.connect();
  await till.clock.run(5_000);
  const isSent = async () => {
    await till.submit(till.capture(id, 4_200));
    await till.clock.run(2 * MINUTE);
    return [(await till.look()).actions[0]?.state, till.bank.moneyOf(id).capturedMinor];
  };
  return { ...till, id, isSent };
}

describe.each([403, 400, 500])('while Dojo answers the list %i and payments well', (status) => {
  test('a key that Dojo accepts again is heard of by one payment', async () => {
    const till = await connected();
    till.bank.revokeKey('sk_sandbox_one00001');
    await till.clock.run(MINUTE);
    expect((await till.look()).connection.line).toBe('key-refused');
    till.bank.setSwitches(SEARCH_IS(status));
    till.bank.mendKey('sk_sandbox_one00001');
    expect(await till.isSent()).toEqual(['done', 4_200]);
  });

  test('so is that Dojo takes an API version again', async () => {
    const till = await connected();
    till.bank.setSwitches({ refusing: [{ status: 400, match: { operation: ['search', 'read'] } }] });
    await till.clock.run(2 * MINUTE);
    expect((await till.look()).connection.line).toBe('offline');
    till.bank.setSwitches(SEARCH_IS(status));
    expect(await till.isSent()).toEqual(['done', 4_200]);
  });

  test('a line that is back is heard of by any answer', async () => {
    const till = await connected();
    till.line.setDown(true);
    await till.clock.run(MINUTE);
    till.bank.setSwitches(SEARCH_IS(status));
    till.line.setDown(false);
    await till.clock.run(MINUTE);
    expect((await till.look()).connection.line).not.toBe('offline');
    expect(await till.ask(({ handlers }) => handlers.getPayment({ paymentId: till.id }))).toMatchObject({ ok: true, value: { fresh: true } });
    expect(await till.isSent()).toEqual(['done', 4_200]);
  });
});

test('while nothing is answered well and the connection comes and goes, what waits is no person’s, and goes out once Dojo is well', async () => {
  const till = await shop();
  const ids = [1, 2, 3].map(() => till.hold().id);
  await till.connect();
  await till.clock.run(MINUTE);
  till.bank.setSwitches({ refusing: [{ status: 500, match: { operation: ['search', 'read', 'capture'] } }] });
  await till.clock.run(MINUTE);
  await till.submit(...ids.map((id) => till.capture(id, 4_200)));
  for (let nth = 0; nth < 24; nth += 1) {
    till.line.setDown(nth % 2 === 0);
    await till.clock.run(5 * MINUTE);
  }
  const { actions } = await till.look();
  expect(actions.map(({ state }) => state)).toEqual(ids.map(() => 'waiting'));
  expect(actions.filter(({ next }) => next?.includes('Other payments go on'))).toEqual([]);
  till.bank.setSwitches({ refusing: [] });
  await till.clock.run(5 * MINUTE);
  expect(ids.map((id) => till.bank.moneyOf(id).capturedMinor)).toEqual(ids.map(() => 4_200));
});

test('that one payment was not answered in time counts no more once the list has been answered', async () => {
  const till = await connected();
  till.bank.setSwitches(SEARCH_IS(400));
  till.line.hang(till.id);
  await till.clock.run(26_000);
  till.bank.setSwitches({ refusing: [] });
  await till.ask(({ handlers }) => handlers.refresh(undefined));
  await till.clock.run(5 * MINUTE);
  const { id } = till.hold();
  await till.clock.run(2 * MINUTE);
  await till.submit(till.capture(id, 4_200));
  await till.clock.run(MINUTE);
  expect([(await till.look()).connection.line, till.bank.moneyOf(id).capturedMinor]).toEqual(['live', 4_200]);
});

test('a key that is refused for payments as well stays refused, and nothing is sent', async () => {
  const till = await connected();
  till.bank.revokeKey('sk_sandbox_one00001');
  await till.clock.run(MINUTE);
  till.bank.setSwitches(SEARCH_IS(500));
  expect(await till.isSent()).toEqual(['waiting', 0]);
  expect((await till.look()).connection.line).toBe('key-refused');
});

test('a till that was disconnected during a reading reads no more', async () => {
  const till = await connected();
  const refreshed = till.ask(({ handlers }) => handlers.refresh(undefined));
  await Promise.all([refreshed, till.ask(({ handlers }) => handlers.disconnect({ confirmed: true }))]);
  expect((await till.look()).connection).toMatchObject({ mode: 'none', refreshing: false });
});
