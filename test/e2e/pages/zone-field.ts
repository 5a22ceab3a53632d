import type { Locator, Page } from '@playwright/test';

/** The time zone, on the first start and in the settings. */
export const zoneField = (page: Page): Locator => page.getByRole('combobox', { name: 'Time zone' });

export async function chooseZone(page: Page, city: string): Promise<void> {
  await zoneField(page).fill(city);
  await page
    .getByRole('option', { name: new RegExp(city) })
    .first()
    .click();
}
