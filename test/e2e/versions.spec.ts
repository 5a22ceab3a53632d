import { expect, KEY, test } from './fixtures.ts';
import { changesAsked, hold, moneyOf, sale, unpaid } from './shop.ts';

const VERSIONS = [
  { version: '2022-01-03', tipsWithTake: false, changeOfTips: false },
  { version: '2022-04-07', tipsWithTake: false, changeOfTips: true },
  { version: '2024-02-05', tipsWithTake: true, changeOfTips: true },
] as const;
const NO_TIPS_WITH_TAKE = 'takes no tips with a capture';
const NO_CHANGE_OF_TIPS = 'has no change of tips';

test('with every older version of Dojo’s API the till takes, undoes, refunds and cancels, and closes what that version has not', async ({ till, dojo }) => {
  await till.connect(KEY);
  for (const { version, tipsWithTake, changeOfTips } of VERSIONS) {
    const now = { paidAtMs: Date.now() };
    const asked = { createdAtMs: Date.now() };
    const room = hold(dojo, { reference: `Room ${version}`, amountMinor: 5_000, tipsAllowed: true, ...now }).id;
    const part = hold(dojo, { reference: `Part ${version}`, amountMinor: 5_000, ...now }).id;
    const cake = sale(dojo, { reference: `Cake ${version}`, amountMinor: 350, ...now }).id;
    const wine = sale(dojo, { reference: `Wine ${version}`, amountMinor: 2_000, ...now }).id;
    const link = unpaid(dojo, { reference: `Link ${version}`, amountMinor: 900, ...asked }).id;
    const bill = unpaid(dojo, { reference: `Bill ${version}`, amountMinor: 900, tipsAllowed: true, ...asked }).id;
    await till.shell.goTo('Settings');
    await till.settings.chooseVersion(version);
    await expect.poll(async () => (await till.snapshot()).settings.apiVersion).toBe(version);
    expect(await till.call('refresh')).toMatchObject({ ok: true });
    const before = changesAsked(dojo).length;
    const tips = await till.submit({ kind: 'capture', paymentId: room, amount: 4_500, tipsAmount: 500 });
    if (tipsWithTake) expect(tips, version).toMatchObject({ ok: true });
    else {
      expect(tips, version).toMatchObject({ ok: false, error: { code: 'amount', message: expect.stringContaining(NO_TIPS_WITH_TAKE) } });
      expect(await till.submit({ kind: 'capture', paymentId: room, amount: 5_000 })).toMatchObject({ ok: true });
    }
    const setTips = await till.submit({ kind: 'setTips', paymentId: bill, amount: 100 });
    if (changeOfTips) expect(setTips, version).toMatchObject({ ok: true });
    else expect(setTips, version).toMatchObject({ ok: false, error: { code: 'move-closed', message: expect.stringContaining(NO_CHANGE_OF_TIPS) } });
    const others = await till.submit(
      { kind: 'capture', paymentId: part, amount: 2_000 },
      { kind: 'reverse', paymentId: cake },
      { kind: 'refund', paymentId: wine, amount: 500, reason: 'Corked' },
      { kind: 'cancel', paymentId: link },
      { kind: 'sendReceipt', paymentId: wine, emails: ['one@example.com'] },
    );
    expect(others, version).toMatchObject({ ok: true });

    const ours = [room, part, cake, wine, link, bill];
    const states = async () => (await till.snapshot()).actions.filter(({ paymentId }) => ours.includes(paymentId)).map(({ state }) => state);
    await expect.poll(states, { message: version, timeout: 20_000 }).toEqual(Array.from({ length: changeOfTips ? 7 : 6 }, () => 'done'));
    // A version that lists no captures shows how a take ended only with the next reading of the day.
    await expect.poll(() => till.call('refresh').then(() => [room, part].map((id) => moneyOf(dojo, id).capturedMinor))).toEqual([5_000, 2_000]);
    expect(moneyOf(dojo, cake)).toMatchObject({ reversals: 1 });
    expect(moneyOf(dojo, wine)).toMatchObject({ refunds: 1, refundedMinor: 500 });
    expect(dojo.bank.intent(link)?.status).toBe('Canceled');
    expect(dojo.bank.intent(bill)?.tipsMinor).toBe(changeOfTips ? 100 : 0);
    const sent = changesAsked(dojo).slice(before);
    expect([...new Set(sent.map(({ headers }) => headers.version))]).toEqual([version]);
    expect(sent).toHaveLength(changeOfTips ? 7 : 6);

    await till.shell.goTo('Today');
    await till.today.shows(`Room ${version}`, 'Captured');
    await till.today.shows(`Cake ${version}`, 'Reversed: the customer is not charged');
    await till.today.shows(`Wine ${version}`, '£5.00 of £20.00 refunded');
  }
  expect(dojo.bank.imbalances()).toEqual([]);
});
