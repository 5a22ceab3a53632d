import { TRAINING_ACCOUNT } from '../../main/simulator/bank.ts';
import { expect, KEY, test } from './fixtures.ts';
import { comeAnew, look } from './pages/look.ts';
import { askedOf, bodyOf, hold, moneyOf } from './shop.ts';

test('a part that was lost on its way is sent once more by a person only, who hears before that both may arrive, and after that both did', {
  tag: '@electron',
}, async ({ till, dojo }) => {
  // The settling time: before it is over nobody can say that it will not come.
  test.setTimeout(180_000);
  const { id } = hold(dojo, { reference: 'Room 7', amountMinor: 10_000 });
  await till.connect(KEY);
  dojo.faults.order({ kind: 'reset-before', match: { operation: 'capture' } });
  await till.submit({ kind: 'capture', paymentId: id, amount: 3_000 });
  await expect.poll(() => till.actionStates()).toEqual(['checking']);
  await till.shell.goTo('Queue');
  const again = till.queue.entry('Room 7').getByRole('button', { name: 'Send once more' });
  await expect(till.queue.entry('Room 7')).toContainText('Checking with Dojo');
  await expect(again).toHaveCount(0);

  await expect(again).toBeVisible({ timeout: 110_000 });
  expect(askedOf(dojo, id).length).toBe(1);
  const warning = 'What was sent may still arrive: with one more, £60.00 of £100.00 is captured in all.';
  await expect(till.queue.entry('Room 7')).toContainText(warning);
  await look(till.page);
  await again.click();
  await expect(till.queue.entry('Room 7').getByRole('alert')).toHaveText(warning);
  await comeAnew(till.page);
  await till.queue.entry('Room 7').getByRole('button', { name: 'Yes, send £30.00 again' }).click();
  await expect.poll(() => moneyOf(dojo, id)).toMatchObject({ captures: 1, capturedMinor: 3_000 });
  await expect.poll(() => till.actionStates()).toEqual(['done']);
  expect(askedOf(dojo, id).map(bodyOf)).toEqual([{ amount: 3_000 }, { amount: 3_000 }]);

  // The first one, late.
  dojo.bank.capture(TRAINING_ACCOUNT, id, { amountMinor: 3_000, tipsMinor: 0 }, Date.now());
  await till.call('refresh');
  await expect(till.page.getByRole('alert').filter({ hasText: 'A capture may have come twice.' })).toContainText('£60.00 of £100.00 is captured in all.');
  await expect(till.queue.entry('Room 7')).toContainText('Captured, perhaps twice');
  await expect(till.queue.entry('Room 7')).toContainText('If it is too much, refund £30.00.');
  await till.page.getByRole('button', { name: 'Understood' }).click();
  await expect(till.page.getByText('A capture may have come twice.')).toHaveCount(0);
  await expect(till.queue.entry('Room 7')).toContainText('Captured, perhaps twice');
});
