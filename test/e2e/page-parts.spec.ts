import { expect, KEY, test } from './fixtures.ts';
import { sale } from './shop.ts';

test('where the rest of the page cannot be read, the list stands and words say so', { tag: '@loopback' }, async ({ till, dojo }) => {
  sale(dojo, { reference: 'Cake', amountMinor: 350 });
  await till.connect(KEY);
  await till.page.route('**/assets/rest-*.js', (route) => route.abort());
  await till.page.reload();
  await expect(till.page.getByText('A part of Tillside could not be read from this PC.')).toBeVisible();
  await expect(till.today.row('Cake')).toBeVisible();
  await till.page.keyboard.press('F3');
  await expect(till.page.getByText('Nothing is lost: close Tillside and open it anew.')).toBeVisible();
});
