import { expect, test } from 'vitest';
import { MINUTE, shop } from './a-till.ts';

const HOUR = 60 * MINUTE;

/** A part of £40.00 of a hold of £100.00 that never reached Dojo, and that a person called done. */
async function calledDone() {
  const till = await shop([{ till: 0, on: 'move', nth: 0, fault: 'lost-before' }]);
  const { id } = till.hold({ reference: 'Table 1', amountMinor: 10_000 });
  await till.connect();
  await till.clock.run(5_000);
  const accepted = await till.submit(till.capture(id, 4_000));
  if (!accepted.ok) throw new Error(accepted.error.message);
  const [actionId = ''] = accepted.value.actionIds;
  await till.clock.run(3 * MINUTE);
  expect(await till.ask(({ handlers }) => handlers.settle({ actionId, verdict: 'happened', note: '' }))).toMatchObject({ ok: true });
  const shown = async () => (await till.look()).payments.find((payment) => payment.id === id);
  return { ...till, id, shown };
}

test('stands for a day; then what Dojo shows decides again, and somebody is told until something is decided', async () => {
  const { id, shown, clock, submit, capture, bank } = await calledDone();
  await clock.run(23 * HOUR);
  expect(await shown()).toMatchObject({ leftMinor: 6_000, onHoldMinor: 6_000, attention: null });
  await clock.run(HOUR);
  expect(await shown()).toMatchObject({
    leftMinor: 10_000,
    onHoldMinor: 10_000,
    attention: 'The capture of £40.00 was settled here as done. Dojo has shown none for a day: it is still on hold.',
  });
  expect(await submit(capture(id, 10_000))).toMatchObject({ ok: true });
  expect((await shown())?.attention).toBeNull();
  await clock.run(MINUTE);
  expect(bank.moneyOf(id)).toMatchObject({ capturedMinor: 10_000, captures: 1 });
});

test('that turns out true before the next send is captured no second time', async () => {
  const { id, shown, clock, submit, capture, bank, line, look } = await calledDone();
  await clock.run(25 * HOUR);
  line.setDown(true);
  expect(await submit(capture(id, 4_000))).toMatchObject({ ok: true });
  bank.capture('acc_one', id, { amountMinor: 4_000, tipsMinor: 0 }, clock.nowMs());
  line.setDown(false);
  await clock.run(5 * MINUTE);
  expect(bank.moneyOf(id)).toMatchObject({ capturedMinor: 4_000, captures: 1 });
  expect((await look()).actions.find(({ state }) => state === 'needsPerson')).toMatchObject({ code: 'changed-since' });
  expect((await shown())?.leftMinor).toBeLessThanOrEqual(6_000);
});
