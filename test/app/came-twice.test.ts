import { describe, expect, test } from 'vitest';
import { TWICE_NOTICE } from '../../main/app/twice-watch.ts';
import { MINUTE, shop } from './a-till.ts';

/** A part of £30.00 of a hold of £100.00 whose request brought no answer. Nobody looks at the till. */
async function lostPart() {
  const till = await shop([{ till: 0, on: 'move', nth: 0, fault: 'lost-before' }]);
  const { id } = till.hold({ reference: 'Late', amountMinor: 10_000 });
  await till.connect();
  await till.clock.run(5_000);
  const accepted = await till.submit(till.capture(id, 3_000));
  if (!accepted.ok) throw new Error(accepted.error.message);
  const [actionId = ''] = accepted.value.actionIds;
  till.till().setFocused(false);
  await till.clock.run(3 * MINUTE);
  const notices = async () => (await till.look()).connection.notices.filter(({ code }) => code === TWICE_NOTICE);
  return {
    ...till,
    id,
    actionId,
    action: async () => (await till.look()).actions.find((action) => action.id === actionId),
    payment: async () => (await till.look()).payments.find((payment) => payment.id === id),
    notices,
    notes: () => till.pc.notes.filter(({ title }) => title.includes('came') || title.includes('come twice')),
    release: () => till.ask(({ handlers }) => handlers.release({ actionIds: [actionId] })),
    settleAsNot: () => till.ask(({ handlers }) => handlers.settle({ actionId, verdict: 'did-not-happen', note: 'Not in Dojo.' })),
    /** The first request, which had been given up. */
    arrives: () => void till.bank.capture('acc_one', id, { amountMinor: 3_000, tipsMinor: 0 }, till.clock.nowMs()),
    async seen() {
      const [notice] = await notices();
      if (!notice) throw new Error('expected a notice');
      return till.ask(({ handlers }) => handlers.noticeSeen({ code: notice.code, message: notice.message }));
    },
  };
}

describe('a lost part capture', () => {
  test('says before it is sent once more that the first may still arrive, and what is captured in all then, for as long', async () => {
    const till = await lostPart();
    expect(await till.action()).toMatchObject({
      can: { release: true, settle: true },
      ifAgain: 'What was sent may still arrive: with one more, £60.00 of £100.00 is captured in all.',
      mayArrive: 'Its request may still arrive. Wait 20 minutes before you decide another capture.',
      settlesAtMs: null,
    });
    await till.clock.run(18 * MINUTE);
    expect(await till.action()).toMatchObject({ can: { release: true }, ifAgain: null, mayArrive: null });
  });

  test('sent once more tells that both arrived, on its row and until somebody has seen it, also over a restart, once', async () => {
    const till = await lostPart();
    expect(await till.release()).toMatchObject({ ok: true });
    await till.clock.run(MINUTE);
    expect(await till.notices()).toEqual([]);
    till.arrives();
    await till.clock.run(6 * MINUTE);
    const message = 'It may have been captured twice: £60.00 of £100.00 in all.';
    const next = 'Compare with Dojo. If it is too much, refund £30.00.';
    expect(await till.action()).toMatchObject({ state: 'done', cameTwice: true, message, next });
    expect((await till.payment())?.attention).toBe(`${message} ${next}`);
    const body = expect.stringMatching(
      /^The capture of £30\.00 of Late \(card ending in \d{4}\) may have been made twice: £60\.00 of £100\.00 is captured in all\. Compare with Dojo\. If it is too much, refund £30\.00\.$/,
    );
    expect(till.notes()).toEqual([{ title: 'A capture may have come twice', body, show: { view: 'today' } }]);
    expect(await till.notices()).toEqual([{ code: TWICE_NOTICE, title: 'A capture may have come twice.', message: body, show: 'today', untilSeen: true }]);
    await till.restart();
    await till.connect();
    await till.clock.run(30 * MINUTE);
    expect(await till.notices()).toMatchObject([{ message: body }]);
    expect(till.notes()).toHaveLength(1);
    await till.seen();
    await till.clock.run(30 * MINUTE);
    expect(await till.notices()).toEqual([]);
    expect(till.notes()).toHaveLength(1);
  });

  test('that a person called not done is named beside the next decision, and told where it arrives after all', async () => {
    const till = await lostPart();
    await till.settleAsNot();
    expect(await till.payment()).toMatchObject({ lostCapturesMinor: 3_000 });
    expect(await till.submit(till.capture(till.id, 3_000))).toMatchObject({ ok: true });
    await till.clock.run(MINUTE);
    till.arrives();
    await till.clock.run(6 * MINUTE);
    expect(await till.payment()).toMatchObject({ lostCapturesMinor: 0, attention: expect.stringContaining('£60.00 of £100.00 in all.') });
    expect(await till.action()).toMatchObject({ cameTwice: true, message: expect.stringContaining('£60.00 of £100.00 is captured in all.') });
    expect(till.notes()).toMatchObject([{ title: 'A capture may have come twice', body: expect.stringContaining('£60.00 of £100.00 is captured in all.') }]);
  });

  test('that a person called not done, and nobody decided anew, is told where it arrives after all', async () => {
    const till = await lostPart();
    await till.settleAsNot();
    till.arrives();
    await till.clock.run(6 * MINUTE);
    expect(till.notes()).toMatchObject([
      { title: 'A capture came after all', body: expect.stringMatching(/shows now, after it was given up: £30\.00 of £100\.00 is (being )?captured in all\./) },
    ]);
  });

  test('that never arrives is told of nothing', async () => {
    const till = await lostPart();
    await till.release();
    await till.clock.run(60 * MINUTE);
    expect(await till.action()).toMatchObject({ state: 'done', cameTwice: false });
    expect(await till.notices()).toEqual([]);
    expect(till.notes()).toEqual([]);
  });
});

test.each([4_200, 2_000])('a capture of %i that the bank declined, made once more by another till, is not called captured twice', async (amount) => {
  const till = await shop();
  const { id } = till.hold();
  await till.connect();
  await till.clock.run(MINUTE);
  till.bank.orderOutcome('Declined', id);
  await till.submit(till.capture(id, amount));
  await till.clock.run(2 * MINUTE);
  till.bank.capture('acc_one', id, { amountMinor: amount, tipsMinor: 0 }, till.clock.nowMs());
  await till.clock.run(3 * MINUTE);
  const { payments, actions, connection } = await till.look();
  expect(payments).toMatchObject([{ takenMinor: amount, attention: null }]);
  expect(actions).toMatchObject([{ captureStatus: 'Declined', cameTwice: false, madeUpFor: true, next: null }]);
  expect(connection.notices.filter(({ code }) => code === TWICE_NOTICE)).toEqual([]);
});
