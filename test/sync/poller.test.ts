import { expect, test } from 'vitest';
import type { DojoClient } from '../../main/dojo/client.ts';
import { createDayReader, SHOP_PACE } from '../../main/sync/poller.ts';
import { aHold, NOON_MS } from '../builders.ts';
import { createSimClock } from '../sim/clock.ts';

test('what is still being read when it is closed is not kept: another account may be connected by then', async () => {
  const clock = createSimClock(NOON_MS);
  const hold = aHold();
  const asked: string[] = [];
  const answer = Promise.withResolvers<void>();
  const nothing = { ok: true, value: { payments: [], odd: 0, oddIds: new Set<string>(), pages: 1 } } as const;
  const client: DojoClient = {
    search: async () => nothing,
    probe: () => Promise.reject(new Error('expected no probe')),
    // It is no longer listed among the holds: it is read singly.
    read: async (id) => {
      asked.push(id);
      await answer.promise;
      return { ok: true, value: hold };
    },
    readDated: () => Promise.reject(new Error('expected no dated reading')),
    perform: () => Promise.reject(new Error('expected nothing to be sent')),
  };
  const kept: string[] = [];
  const reader = createDayReader({
    client,
    clock,
    random: { uuid: () => 'unused', fraction: () => 0.5 },
    pace: SHOP_PACE,
    nowMs: clock.nowMs,
    zone: () => 'Europe/London',
    dayStartMinutes: () => 0,
    known: () => new Map([[hold.id, hold]]),
    onPayments: (payments) => void kept.push(...payments.map(({ id }) => id)),
    onRead: () => undefined,
    onFailure: () => undefined,
    onRefreshing: () => undefined,
  });
  const read = reader.readDay();
  await clock.run(1_000);
  expect(asked).toEqual([hold.id]);
  reader.close();
  answer.resolve();
  await read;
  expect(kept).toEqual([]);
});
