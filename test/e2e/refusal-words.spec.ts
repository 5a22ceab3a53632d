import { expect, KEY, test } from './fixtures.ts';
import { hold, moneyOf } from './shop.ts';

const TRACE_ID = /Trace id: 00-[0-9a-f]{32}-[0-9a-f]{16}-00/;

test('a refusal of Dojo says what to do next and has its answer at hand: of the key, in the queue, on the payment, and where it was not understood', async ({
  till,
  dojo,
}) => {
  test.setTimeout(120_000);
  await test.step('of the key shows what to do, and its answer without the key', async () => {
    await till.giveKey('sk_sandbox_unknown9');
    await expect(till.firstStart.trouble).toContainText('developer portal');
    await till.firstStart.trouble.getByText('What came back').click();
    await expect(till.firstStart.trouble.locator('pre')).toContainText('Status: 401');
    await expect(till.firstStart.trouble.locator('pre')).toContainText(TRACE_ID);
    await expect(till.firstStart.trouble.locator('pre')).not.toContainText('unknown9');
  });
  await till.connect(KEY);
  await test.step('opened in the queue moves the rows under it down and covers none, by the keyboard alone', async () => {
    const holds = ['Table 1', 'Table 2', 'Table 3'].map((reference) => hold(dojo, { reference, amountMinor: 1_000 }));
    dojo.faults.order({ kind: 'status-before', status: 400, match: { operation: 'capture' }, times: 3 });
    await till.freshen();
    await till.submit(...holds.map(({ id }) => ({ kind: 'capture' as const, paymentId: id, amount: 1_000 })));
    await till.shell.goTo('Queue');
    // A row that still moves from what is being sent to what ended takes the focus with it.
    await expect(till.queue.list.getByText('What came back')).toHaveCount(3);
    await expect(till.queue.list.getByRole('row')).toHaveCount(4); // and the heading
    const first = till.queue.list.getByRole('row').filter({ hasText: 'Table' }).first();
    const second = till.queue.list.getByRole('row').filter({ hasText: 'Table' }).nth(1);
    const title = first.getByText('What came back');
    await title.focus();
    await till.page.keyboard.press('Enter');
    await expect(first.locator('pre')).toBeVisible();
    await expect(first.locator('pre')).toContainText('Status: 400');
    const bottomOf = async () => ((await first.boundingBox())?.y ?? 0) + ((await first.boundingBox())?.height ?? 0);
    await expect.poll(async () => ((await second.boundingBox())?.y ?? 0) >= (await bottomOf()) - 1).toBe(true);
    await expect.poll(async () => ((await first.locator('pre').boundingBox())?.y ?? 0) < (await bottomOf())).toBe(true);
    await title.focus();
    await till.page.keyboard.press('Enter');
    await expect(first.locator('pre')).toBeHidden();
  });
  await test.step('says in the queue what to do next; Dojo’s answer and its trace id are one press away, and can be copied', async () => {
    const { id } = hold(dojo, { reference: 'Table 6', amountMinor: 3_000 });
    dojo.faults.order({ kind: 'status-before', status: 409, match: { operation: 'capture' } });
    await till.freshen();
    await till.submit({ kind: 'capture', paymentId: id, amount: 3_000 });
    const row = till.queue.entry('Table 6');
    await expect(row).toContainText('Dojo refused the capture. Nothing moved. It does not accept it for the payment as it is now.');
    await expect(row).toContainText('What to do: Look at the payment as it is now, then decide again.');
    expect(moneyOf(dojo, id).captures).toBe(0);

    const answer = row.locator('pre');
    await expect(answer).toBeHidden();
    await row.getByText('What came back').click();
    await expect(answer).toContainText('Status: 409');
    await expect(answer).toContainText('Title: Conflict');
    await expect(answer).toContainText(TRACE_ID);
    await expect(answer).not.toContainText(KEY);
    await expect(row.getByRole('button', { name: 'Copy what came back: Capture £30.00 of Table 6' })).toBeVisible();
  });
  await test.step('stands on the payment too', async () => {
    const { id } = hold(dojo, { reference: 'Room 9', amountMinor: 3_000 });
    dojo.faults.order({ kind: 'status-before', status: 400, match: { operation: 'capture' } });
    await till.freshen();
    await till.submit({ kind: 'capture', paymentId: id, amount: 3_000 });
    await expect.poll(async () => (await till.actionsOn(id)).map(({ state }) => state)).toEqual(['refused']);
    await till.shell.goTo('Today');
    await till.today.open('Room 9');
    await expect(till.payment.dialog).toContainText('What to do: Look at how much of the hold is left, then decide again.');
    await till.payment.dialog.getByText('What came back').click();
    await expect(till.payment.dialog.locator('pre')).toContainText('Status: 400');
    await expect(till.payment.dialog.locator('pre')).toContainText(TRACE_ID);
  });
  await test.step('of an action that cannot be told apart keeps the answer that was not understood', async () => {
    const { id } = hold(dojo, { reference: 'Table 7', amountMinor: 3_000 });
    await till.freshen();
    dojo.faults.order({ kind: 'status-after-commit', status: 502, match: { operation: 'capture' } });
    dojo.faults.order({ kind: 'drop-before', match: { operation: 'read', paymentId: id }, skip: 1, times: 99 });
    await till.submit({ kind: 'capture', paymentId: id, amount: 3_000 });
    await expect.poll(async () => (await till.actionsOn(id))[0]?.state, { timeout: 15_000 }).toBe('checking');
    const [action] = await till.actionsOn(id);
    expect(action).toMatchObject({ message: expect.stringContaining('It was sent. Dojo answered that it has trouble of its own.') });
    expect(action?.next).toContain('Do not do it again another way');
    expect(action?.raw).toContain('Status: 502');
    expect(action?.message).not.toMatch(/Nothing moved/);
  });
});
