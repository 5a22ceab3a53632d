import { expect, KEY, test } from './fixtures.ts';
import { look } from './pages/look.ts';
import { changesAsked, hold, sale } from './shop.ts';

const NEW_KEY = 'sk_sandbox_e2e0002';

test('Dojo asks to wait for minutes, or something on the way to it: header, toast, queue and run say that all stands still, until when, and what that is too late for', async ({
  till,
  dojo,
}) => {
  test.setTimeout(120_000);
  for (const table of [1, 2, 3]) hold(dojo, { reference: `Table ${table}`, amountMinor: 1_000 * table });
  hold(dojo, { reference: 'Room 7', amountMinor: 12_000, paidAtMs: Date.now(), autoExpireInMs: 9 * 60_000 });
  sale(dojo, { reference: 'Cake', amountMinor: 350 });
  await till.connect(KEY);
  const { page, shell, today } = till;
  dojo.bank.setSwitches({ refusing: [{ status: 429, retryAfter: '600', match: {} }] });
  await till.call('refresh');
  await test.step('header, toast and queue say that all stands still, and until when', async () => {
    await expect(shell.line).toContainText(/Asked to wait until \d\d:\d\d/);
    await look(page);
    await page.locator('.banner').filter({ hasText: 'asked to wait' }).getByRole('button', { name: 'Understood' }).click();
    await today.giveBack('Cake');
    await expect(till.giveBack.dialog).toContainText(/Tillside was asked to wait until \d\d:\d\d: it is queued now and sent then by itself\./);
    await till.giveBack.promise();
    await expect(page.getByRole('log', { name: 'Messages' })).toContainText(
      /Queued: reverse £3\.50 of Cake\. Sent after \d\d:\d\d: Tillside was asked to wait\./,
    );
    await expect(page.getByText('Being sent to Dojo')).toHaveCount(0);
    await expect(shell.line).toContainText('1 action waits');
    await shell.goTo('Queue');
    await expect(page.locator('.queue-head')).toContainText(/Tillside was asked to wait until \d\d:\d\d\. Nothing is sent before/);
    await look(page);
    await page.getByRole('button', { name: /^Try now/ }).click();
    await expect(page.getByRole('log', { name: 'Messages' })).toContainText('Nothing is asked of Dojo before. Nothing has to be done');
  });
  await test.step('a decision whose deadline such a wait would miss says so before the press, and its payment asks for somebody', async () => {
    await shell.goTo('Today');
    await today.giveBack('Room 7');
    await expect(till.giveBack.dialog).toContainText('It will be too late.');
    await expect(till.giveBack.dialog).toContainText(/this can be sent until \d\d:\d\d only\. Decided now, it will not be sent\./);
    await expect(till.giveBack.dialog).not.toContainText('possible until');
    await till.giveBack.promise();
    await expect(page.getByRole('log', { name: 'Messages' })).toContainText('will be too late. Tillside was asked to wait until');
    await today.shows('Room 7', /too late/i);
    expect((await till.snapshot()).totals.attentionCount).toBe(1);
  });
  await test.step('a run stands still as well', async () => {
    await shell.goTo('End of day');
    await till.endOfDay.review();
    await look(page);
    await till.endOfDay.start.click();
    await expect(page.getByText('Standing still.')).toBeVisible();
    await expect(page.locator('.eod-run-head')).toBeVisible();
    await expect(page.getByText('Being sent to Dojo')).toHaveCount(0);
  });
  expect(changesAsked(dojo)).toEqual([]);
  await test.step('with another key of the account Dojo was not asked to be left alone, and all that waited goes out', async () => {
    dojo.bank.setSwitches({ refusing: [] });
    dojo.bank.addKey(NEW_KEY);
    await till.connect(NEW_KEY);
    await expect.poll(() => till.actionStates()).toEqual(Array(5).fill('done'));
  });
  await test.step('something on the way to Dojo asks to wait: that is said once, and nowhere is it called Dojo', async () => {
    hold(dojo, { reference: 'Table 4', amountMinor: 1_000 });
    sale(dojo, { reference: 'Wine', amountMinor: 350 });
    await till.freshen();
    await shell.goTo('Today');
    dojo.faults.order({ kind: 'html-before', status: 503, retryAfter: '400', match: { movesMoney: true } });
    await till.today.take('Table 4');
    await till.take.promise();
    await expect(shell.line).toContainText('Asked to wait until');
    await expect(page.getByText('Something between here and Dojo asked to wait until')).toBeVisible();
    const dojoAsked = async () => (await page.locator('body').innerText()).match(/(?<!between here and )Dojo asked to wait/);
    await till.today.giveBack('Wine');
    await expect(till.giveBack.dialog).toContainText('Tillside was asked to wait until');
    expect(await dojoAsked()).toBeNull();
    await till.giveBack.promise();
    await shell.goTo('Queue');
    await expect(page.locator('.queue-head')).toContainText('Tillside was asked to wait until');
    await expect(page.locator('.queue-message').filter({ hasText: 'Tillside was asked to wait until' })).toHaveCount(1);
    await look(page);
    await page.getByRole('button', { name: /^Try now: .*Wine/ }).click();
    await expect(page.getByRole('log', { name: 'Messages' })).toContainText('Nothing is asked of Dojo before.');
    expect(await dojoAsked()).toBeNull();
  });
});
