import type { Locator } from '@playwright/test';
import { expect, KEY, test } from './fixtures.ts';
import { sale } from './shop.ts';

const boxOf = async (part: Locator) => {
  const box = await part.boundingBox();
  if (box === null) throw new Error('expected it to be on the screen');
  return box;
};

test.describe('a message while a dialog is open', () => {
  for (const size of [
    { width: 911, height: 512 },
    { width: 1366, height: 696 },
  ])
    test(`covers neither its head nor its foot at ${size.width}×${size.height}`, async ({ till, dojo }) => {
      const { id } = sale(dojo, { reference: 'Cake', amountMinor: 350 });
      await till.connect(KEY);
      await till.page.setViewportSize(size);
      await till.today.open('Cake');
      await till.payment.dialog.getByText('For support').click();
      await till.page.getByRole('button', { name: `Copy the Payment ${id}` }).click();
      const toast = till.page.locator('.toast');
      await expect(toast).toBeVisible();
      const message = await boxOf(toast);
      for (const part of ['.dialog-head', '.dialog-foot']) {
        const { y, height } = await boxOf(till.payment.dialog.locator(part));
        expect(
          message.y + message.height <= y || message.y >= y + height,
          `${part} at ${y} to ${y + height}, the message at ${message.y} to ${message.y + message.height}`,
        ).toBe(true);
      }
      expect(message.y).toBeGreaterThanOrEqual(0);
    });
});
