import { describe, expect, test } from 'vitest';
import type { Standing } from '../../main/simulator/standing.ts';
import { MINUTE, shop } from './a-till.ts';

/** A till that has read its day from a Dojo whose lists then answer otherwise. */
async function connected() {
  const till = await shop();
  const { id } = till.sale();
  await till.connect();
  await till.clock.run(5_000);
  const search = (status: number): Standing => ({ status, match: { operation: 'search' } });
  return {
    ...till,
    id,
    answering: (...statuses: number[]) => till.bank.setSwitches({ refusing: statuses.map(search) }),
    connection: async () => (await till.look()).connection,
  };
}

describe('a line whose answers are of no use', () => {
  test.each([500, 403, 429, 400])('is not called live for long: %d to every list, and it says since when', async (status) => {
    const { answering, connection, clock } = await connected();
    const before = await connection();
    expect(before).toMatchObject({ line: 'live', unheardSinceMs: null });
    answering(status);
    await clock.run(MINUTE);
    const after = await connection();
    expect(after.line).not.toBe('live');
    if (after.line === 'connecting') expect(after.unheardSinceMs).toBe(after.asOfMs);
    expect(after.asOfMs).toBeLessThan((before.asOfMs as number) + MINUTE);
    answering();
    await clock.run(2 * MINUTE);
    expect(await connection()).toMatchObject({ line: 'live', unheardSinceMs: null });
  });

  test('opens nothing that needs a connection', async () => {
    const { answering, clock, look, id } = await connected();
    const refund = async () => (await look()).payments.find((payment) => payment.id === id)?.moves.refund;
    expect(await refund()).toMatchObject({ open: true });
    answering(500);
    await clock.run(MINUTE);
    expect(await refund()).toMatchObject({ open: false });
  });

  test('stays live over one list that failed: the next one is read a moment later', async () => {
    const GOOD_LOOKS = 10;
    const till = await shop([{ till: 0, on: 'look', nth: GOOD_LOOKS, fault: '500-before' }]);
    await till.connect();
    await till.clock.run(5_000);
    const lines = new Set<string>();
    for (let nth = 0; nth < 240; nth += 1) {
      await till.clock.run(500);
      lines.add((await till.look()).connection.line);
    }
    expect(till.line.looks()).toBeGreaterThan(GOOD_LOOKS);
    expect([...lines]).toEqual(['live']);
  });
});
