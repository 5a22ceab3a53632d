import type { Page } from '@playwright/test';

/** A dialog that has just opened under a finger ignores its money buttons: a person looks first, and so do the tests. */
const LOOK_MS = 450;

export async function look(page: Page): Promise<void> {
  const sinceMs = await page.evaluate(() => performance.now());
  await page.waitForFunction(([from, lookMs]) => performance.now() - from >= lookMs, [sinceMs, LOOK_MS] as const);
}
