import { expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../builders.ts';
import { aFile } from '../ledger/a-ledger.ts';
import { aShopPc } from './a-till-on-disk.ts';

/** A shop that heard Dojo, was shut, and is started while the line is down, on a PC whose clock is so far ahead. */
async function startedLater(aheadMs: number) {
  const pc = aShopPc(aFile(), Date.parse('2026-06-15T11:00:00Z'));
  const first = await pc.start();
  await first.connect();
  await pc.clock.run(2 * MINUTE_MS);
  const notice = async ({ look }: typeof first) => (await look()).connection.notices.find(({ code }) => code === 'day-doubted')?.message;
  expect(await notice(first)).toBeUndefined();
  await first.till.close();
  pc.line.down = true;
  pc.setClockAhead(aheadMs);
  const second = await pc.start();
  await pc.clock.run(MINUTE_MS);
  return { pc, second, notice: () => notice(second) };
}

test.each([
  ['400 days ahead', 400 * DAY_MS, /goes by this PC’s clock, which may be wrong\. Check the PC’s date and time\./],
  ['40 days behind', -40 * DAY_MS, /is behind what Dojo said last\. The day shown is the one of Dojo’s last answer\. Set the PC’s date and time\./],
])('a PC clock %s, without a connection: the day says what it goes by, until Dojo has said the time', async (_, aheadMs, said) => {
  const { pc, second, notice } = await startedLater(aheadMs);
  expect(await notice()).toMatch(said);
  pc.line.down = false;
  await pc.clock.run(2 * MINUTE_MS);
  expect(await notice()).toBeUndefined();
  await second.till.close();
});

test('a day later, nothing speaks against the PC’s clock', async () => {
  const { second, notice } = await startedLater(DAY_MS);
  expect(await notice()).toBeUndefined();
  await second.till.close();
});
