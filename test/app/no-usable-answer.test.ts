import { describe, expect, test } from 'vitest';
import type { HttpAnswer } from '../../main/ports/http.ts';
import type { Standing } from '../../main/simulator/standing.ts';
import { NOON_MS, startShop } from '../a-shop.ts';
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

describe('a page of something in between, given to a move', () => {
  const MOVES = ['capture', 'reverse', 'refund'] as const;
  const page = (status: number): HttpAnswer => ({ kind: 'answered', status, headers: { 'content-type': 'text/html' }, body: '<html>Sorry</html>' });
  const READS = 'Tillside reads the payment to find out; it does not send again blindly.';

  /** The first request that moves money is answered so, whether or not Dojo did it. */
  async function answered(kind: (typeof MOVES)[number], status: number, isMade: boolean) {
    const posts: string[] = [];
    const paid = { id: 'pi_1', reference: 'Table 4', createdAtMs: NOON_MS - 60 * MINUTE, amountMinor: 2_000 };
    const till = await startShop({
      payments: [kind === 'capture' ? { ...paid, captureMode: 'Manual' } : { ...paid, paidAtMs: paid.createdAtMs }],
      line: (http) => ({
        async request(request) {
          if (!request.movesMoney) return http.request(request);
          posts.push(request.url);
          if (posts.length > 1) return http.request(request);
          if (isMade) await http.request(request);
          return page(status);
        },
      }),
    });
    await till.clock.run(5_000);
    const amount = kind === 'reverse' ? {} : { amount: 2_000 };
    expect(await till.call('submit', { requests: [{ kind, paymentId: 'pi_1', requestId: 'r1', ...amount }] })).toMatchObject({ ok: true });
    await till.clock.run(700);
    return {
      ...till,
      posts,
      action: async () => (await till.look()).actions[0],
      made() {
        const { captures, refunds, reversals } = till.bank.moneyOf('pi_1');
        return captures + refunds + reversals;
      },
    };
  }

  test.each(MOVES.flatMap((kind) => [500, 502, 503, 504].map((status) => [status, kind] as const)))(
    '%i to a %s: its outcome is unknown, and it is not called Dojo’s own trouble',
    async (status, kind) => {
      const { action, posts, look, clock, made } = await answered(kind, status, false);
      expect(await action()).toMatchObject({
        state: 'checking',
        message: `It was sent. Dojo cannot be reached: something between here and Dojo answered instead. ${READS}`,
        next: 'Wait: nothing has to be done. Do not do it again another way meanwhile.',
      });
      expect((await look()).connection).toMatchObject({ line: 'live', stoppedOperations: [] });
      // Not before it has had its time.
      await clock.run(80_000);
      expect(posts).toHaveLength(1);
      await clock.run(2 * MINUTE);
      expect(await action()).toMatchObject({ state: 'done' });
      expect([posts.length, made()]).toEqual([2, 1]);
    },
  );

  test.each([200, 401, 403, 404, 409, 429])('%i is no word of Dojo’s about the capture, the key or its patience', async (status) => {
    const { action, look, clock, made } = await answered('capture', status, false);
    expect(await action()).toMatchObject({ state: 'checking', message: expect.stringMatching(/^It was sent\. Something other than Dojo answered/) });
    expect((await look()).connection).toMatchObject({ line: 'live', stoppedOperations: [], askedToWaitUntilMs: null });
    await clock.run(3 * MINUTE);
    expect([(await action())?.state, made()]).toEqual(['done', 1]);
  });

  test.each(MOVES.flatMap((kind) => [200, 403, 502].map((status) => [status, kind] as const)))(
    '%i to a %s that Dojo made: money moves once',
    async (status, kind) => {
      const { action, clock, made } = await answered(kind, status, true);
      await clock.run(4 * MINUTE);
      expect([(await action())?.state, made()]).toEqual(['done', 1]);
    },
  );
});
