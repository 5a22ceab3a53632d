import type { Locator, Page } from '@playwright/test';

/** What was changed last is on the screen: room for a message, or a band, is made in the frame that shows it, and no sooner. */
export const drawn = (page: Page): Promise<void> =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));

/** Where a person sees it. */
export async function boxOf(part: Locator) {
  await drawn(part.page());
  const box = await part.boundingBox();
  if (box === null) throw new Error('expected it to be on the screen');
  return box;
}
