import { expect, it } from 'vitest';
import { aHold, NOON_MS } from './a-bank.ts';
import { aFace } from './a-face.ts';
import { DEFAULT_KEY, startDojoServer } from './dojo-server.ts';

const search = (switches = {}) => {
  const { ask } = aFace({ switches });
  return Array.from({ length: 4 }, () => ask('POST', '/payment-intents/search', {}).headers.date ?? null);
};
const at = (aheadMs: number) => new Date(NOON_MS + aheadMs).toUTCString();

it('one server says one time', () => {
  expect(search()).toEqual([at(0), at(0), at(0), at(0)]);
});

it('dateOffsetsMs: servers whose clocks differ answer in turn', () => {
  expect(search({ dateOffsetsMs: [0, 3_000] })).toEqual([at(0), at(3_000), at(0), at(3_000)]);
  expect(search({ dateOffsetsMs: [-4_000, 0, 5_000] })).toEqual([at(-4_000), at(0), at(5_000), at(-4_000)]);
});

it('dateOffsetsMs: what happens at Dojo is dated by one clock all the same', () => {
  const { ask, add } = aFace({ switches: { dateOffsetsMs: [60_000] } });
  const id = add(aHold());
  ask('POST', `/payment-intents/${id}/captures`, { amount: 100 });
  expect(Date.parse(ask('GET', `/payment-intents/${id}`).json.captures[0].createdAt)).toBe(NOON_MS);
});

it('dateLeftOut: no answer says what time it is, nor does a refusal or a proxy', () => {
  expect(search({ dateLeftOut: true })).toEqual([null, null, null, null]);
  const { ask, face, send } = aFace({ switches: { dateLeftOut: true } });
  expect(ask('GET', '/payment-intents/pi_nobody').headers).not.toHaveProperty('date');
  face.faults.order({ kind: 'html-before', status: 502 });
  expect(face.handle(send('POST', '/payment-intents/search', {})).headers).not.toHaveProperty('date');
});

it('dateLeftOut: over a real socket too', async () => {
  const dojo = await startDojoServer({ switches: { dateLeftOut: true } });
  const headers = { Authorization: `Basic ${DEFAULT_KEY}`, version: '2026-02-27', 'Content-Type': 'application/json' };
  const ask = () => fetch(`${dojo.url}/payment-intents/search`, { method: 'POST', headers, body: '{}' });
  const without = await ask();
  dojo.bank.setSwitches({ dateLeftOut: false });
  const withDate = await ask();
  await dojo.close();
  expect([without.status, without.headers.get('date')]).toEqual([200, null]);
  expect(withDate.headers.get('date')).toEqual(expect.any(String));
});
