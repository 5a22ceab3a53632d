import { expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../builders.ts';
import { aFile } from '../ledger/a-ledger.ts';
import { aShopPc } from './a-till-on-disk.ts';

test('what ended while the PC’s clock was a year ahead and nobody told the time is of the day on which Dojo does, and not of each day of that year', async () => {
  // Ten minutes to midnight in London.
  const pc = aShopPc(aFile(), Date.parse('2026-06-15T22:50:00Z'));
  const first = await pc.start();
  await first.connect();
  const hold = await first.aHold();
  pc.line.down = true;
  await pc.clock.run(MINUTE_MS);
  const given = await first.ask(first.till.handlers.submit({ requests: [{ kind: 'capture', paymentId: hold.id, amount: 100, requestId: 'r1' }] }));
  if (!given.ok) throw new Error(given.error.message);
  const [actionId = ''] = given.value.actionIds;
  await first.till.close();
  pc.setClockAhead(400 * DAY_MS);
  const second = await pc.start();
  await pc.clock.run(MINUTE_MS);
  expect(await second.ask(second.till.handlers.withdraw({ actionId }))).toMatchObject({ ok: true });
  const ends = async ({ look }: typeof second) => (await look()).actions.map(({ id, state, changedAtMs }) => [id, state, changedAtMs > pc.trueMs()]);
  expect(await ends(second)).toEqual([[actionId, 'withdrawn', true]]);
  pc.setClockAhead(0);
  pc.line.down = false;
  await pc.clock.run(2 * MINUTE_MS);
  expect(await ends(second)).toEqual([[actionId, 'withdrawn', false]]);
  await second.till.close();
  await pc.clock.run(10 * MINUTE_MS);
  const third = await pc.start();
  await pc.clock.run(MINUTE_MS);
  const { connection, day, actions } = await third.look();
  expect(connection.line).toBe('live');
  // Yesterday's, which leaves the list with today.
  expect(actions.map(({ changedAtMs }) => changedAtMs < day.startMs)).toEqual([true]);
});

test.each([8, 400])(
  'a hold whose end a PC clock that is %i days ahead has passed is captured all the same, once Dojo has said what time it is',
  async (days) => {
    const pc = aShopPc(aFile(), Date.parse('2026-06-15T11:00:00Z'));
    const first = await pc.start();
    await first.connect();
    const hold = await first.aHold();
    await first.till.close();
    pc.setClockAhead(days * DAY_MS);
    pc.line.down = true;
    const second = await pc.start();
    await pc.clock.run(MINUTE_MS);
    const shown = (await second.look()).payments.find(({ id }) => id === hold.id);
    expect(shown?.moves.capture).toMatchObject({
      open: true,
      caution: 'By this PC’s clock the hold has ended. It is sent only if Dojo’s time says otherwise.',
    });
    expect(shown?.moves.reverse).toMatchObject({ open: true });
    const given = await second.ask(second.till.handlers.submit({ requests: [{ kind: 'capture', paymentId: hold.id, amount: 100, requestId: 'r1' }] }));
    expect(given).toMatchObject({ ok: true });
    await pc.clock.run(MINUTE_MS);
    expect((await second.look()).actions[0]).toMatchObject({ state: 'waiting', tooLate: true, message: expect.stringMatching(/^By this PC’s clock /) });
    pc.line.down = false;
    await pc.clock.run(2 * MINUTE_MS);
    expect((await second.look()).actions[0]).toMatchObject({ state: 'done' });
  },
);
