import { expect, KEY, test } from './fixtures.ts';
import { look } from './pages/look.ts';
import { changesAsked, hold, unpaid } from './shop.ts';

const NEW_KEY = 'sk_sandbox_e2e0009';
const OTHER_KEY = 'sk_sandbox_other55';
const THIRD_KEY = 'sk_sandbox_third77';

test('a rotated key whose account nothing tells: the owner says that it is the same, and what Dojo shows as done by now is left to settle', async ({
  till,
  dojo,
}) => {
  // A cancelled payment may be 404 to everybody, and it is all that this till knows of the account.
  const { id } = unpaid(dojo, { reference: 'Order 7', amountMinor: 1_000 });
  await till.connect(KEY);
  await till.today.shows('Order 7', /Unpaid|Not paid/);
  await dojo.closeLine();
  // It would end as refused where it were read before: the payment is not there any more.
  await till.call('pauseQueue');
  await till.submit({ kind: 'cancel', paymentId: id });
  dojo.bank.cancel('acc_training', id, Date.now());
  dojo.bank.setSwitches({ refusing: [{ status: 404, match: { paymentId: id, operation: 'read' } }] });
  dojo.bank.revokeKey(KEY);
  dojo.bank.addKey(NEW_KEY);
  await dojo.openLine();
  // A window that nobody looks at reads once a minute.
  await till.shell.refresh();
  await till.shell.mendKey.click();
  await till.giveKey(NEW_KEY);
  await expect(till.firstStart.sameAccountQuestion).toContainText('key •••• 0001, 1 action queued');
  await expect(till.firstStart.sameAccountQuestion).toContainText('Yes cannot be changed later. From then on the payments of both keys are one list.');
  await expect(till.firstStart.sameAccountQuestion).toContainText('Nothing is sent either way.');

  // Back: nothing has changed, and the key is still in its field.
  await till.page.keyboard.press('Escape');
  await expect(till.firstStart.sameAccountQuestion).toHaveCount(0);
  await expect(till.firstStart.keyField).toHaveValue(NEW_KEY);
  expect((await till.snapshot()).connection).toMatchObject({ keyLast4: '0001', line: 'key-refused' });

  await look(till.page);
  await till.giveKey(NEW_KEY);
  await till.firstStart.sayIsSameAccount(true);
  await expect(till.firstStart.keyField).toHaveCount(0);
  await till.shell.isLive();
  await till.call('resumeQueue');
  expect((await till.snapshot()).connection).toMatchObject({ keyLast4: '0009', otherAccountsWaiting: 0 });
  expect(await till.actionsOn(id)).toMatchObject([{ state: 'needsPerson', code: 'new-key', otherAccount: false, can: { settle: true, release: false } }]);
  expect(changesAsked(dojo)).toEqual([]);
});

test('another account’s key: the owner says whose it is; what was queued waits for the first one, and what Dojo does not know is not called unchanged', async ({
  till,
  dojo,
}) => {
  test.setTimeout(120_000);
  await test.step('Enter alone answers nothing; the owner says no, and what was queued waits for the first one', async () => {
    dojo.bank.addKey(OTHER_KEY, 'acc_other');
    const { id } = hold(dojo, { reference: 'Mine', amountMinor: 1_000 });
    await till.connect(KEY);
    await till.call('pauseQueue');
    await till.submit({ kind: 'capture', paymentId: id, amount: 1_000 });
    await till.call('disconnect', { confirmed: true });
    await till.firstStart.isShown();
    await till.giveKey(OTHER_KEY);
    await expect(till.firstStart.sameAccountQuestion).toBeVisible();
    await till.page.keyboard.press('Enter');
    await expect(till.firstStart.sameAccountQuestion).toBeVisible();
    expect((await till.snapshot()).connection.mode).toBe('none');
    await till.firstStart.sayIsSameAccount(false);
    await till.shell.isLive();
    await till.call('resumeQueue');
    await expect(till.shell.bands).toContainText('1 action of another account waits.');
    expect(await till.actionsOn(id)).toMatchObject([{ state: 'waiting', otherAccount: true }]);
    expect(changesAsked(dojo)).toEqual([]);
    // The first one's key is back, and its action is called back.
    const thisRunOnly = (await till.snapshot()).connection.canKeepKey ? {} : { thisRunOnly: true };
    await till.call('pauseQueue');
    expect(await till.call('connect', { apiKey: KEY, ...thisRunOnly })).toMatchObject({ ok: true });
    await till.shell.isLive();
    for (const { id: actionId } of await till.actionsOn(id)) await till.call('withdraw', { actionId });
    expect(await till.actionStates()).toEqual(['withdrawn']);
    await till.call('resumeQueue');
    expect(changesAsked(dojo)).toEqual([]);
  });
  await test.step('the owner takes another account’s key for the same account’s: what Dojo does not know is not called unchanged', async () => {
    const { id } = hold(dojo, { reference: 'Table 4', amountMinor: 5_465 });
    await till.freshen();
    await till.today.shows('Table 4', 'On hold');
    await till.call('pauseQueue');
    await till.submit({ kind: 'capture', paymentId: id, amount: 5_465 });
    dojo.bank.revokeKey(KEY);
    dojo.bank.addKey(THIRD_KEY, 'acc_third');
    await till.shell.refresh();
    const said = till.page.getByRole('log', { name: 'Messages' });
    await expect(said).toContainText('Dojo does not accept this API key.');
    await till.shell.mendKey.click();
    await till.giveKey(THIRD_KEY);
    await till.firstStart.sayIsSameAccount(true);
    await expect(till.firstStart.keyField).toHaveCount(0);
    await till.shell.isLive();
    await expect(said).not.toContainText('Dojo does not accept this API key.');

    await till.shell.goTo('Queue');
    await till.queue.compare.click();
    const row = till.queue.sendRow('Table 4');
    await expect(row).toContainText('Dojo does not know this payment with this key.');
    await expect(row.getByText('£54.65 on hold')).toHaveCount(1);
    await expect(row.getByRole('checkbox')).toHaveCount(0);
    await expect(row.getByRole('button', { name: /^Send this one/ })).toHaveCount(0);
    await expect(row.getByRole('button', { name: /^Settle/ })).toBeEnabled();
    await expect(till.queue.sendTogether).toHaveText('Send 0 unchanged');
    await expect(till.queue.sendTogether).toBeDisabled();
    expect(changesAsked(dojo)).toEqual([]);
  });
});
