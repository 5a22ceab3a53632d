import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { PaymentView } from '../preload/contract.ts';
import { electronApp } from '../test/e2e/electron-app.ts';
import { openTill } from '../test/e2e/pages/till-user.ts';

/** `npm run screenshots [-- --out folder]`: every screen of the till in training mode, on Electron, in the looks a shop may have. */
const SEED = 20261120;
const SIZES = {
  '1366x768': { width: 1366, height: 768, zoom: 1 },
  '1024x600': { width: 1024, height: 600, zoom: 1 },
  // What 200 % zoom leaves of a 1366 × 768 screen.
  'zoom-200': { width: 1366, height: 768, zoom: 2 },
} as const;
const out = process.argv.includes('--out') ? (process.argv[process.argv.indexOf('--out') + 1] ?? '') : join(import.meta.dirname, '../docs/screenshots');
const everyLook = process.argv.includes('--all');
mkdirSync(out, { recursive: true });

const profile = mkdtempSync(join(tmpdir(), 'tillside-screens-'));
const app = electronApp({ profile, dojoUrl: 'http://127.0.0.1:9' });
try {
  await app.start();
  await walk(app.page());
} finally {
  await app.close();
  // The window's helpers may still be writing for a moment.
  rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}

async function shot(page: Page, name: string): Promise<void> {
  // Messages lie over the page for a few seconds.
  await page.locator('.toast').first().waitFor({ state: 'detached' });
  const looks = everyLook ? (Object.keys(SIZES) as (keyof typeof SIZES)[]) : (['1366x768'] as const);
  for (const size of looks) {
    const { width, height, zoom } = SIZES[size];
    await app.electron().evaluate(
      ({ BrowserWindow }, bounds) => {
        const [window] = BrowserWindow.getAllWindows();
        window?.setContentSize(bounds.width, bounds.height);
        window?.webContents.setZoomFactor(bounds.zoom);
      },
      { width, height, zoom },
    );
    await page.waitForFunction((expected) => Math.abs(window.innerWidth - expected) <= 2, Math.round(width / zoom));
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      const file = `${name}${size === '1366x768' ? '' : `-${size}`}${scheme === 'dark' ? '-dark' : ''}.png`;
      await page.evaluate(() => new Promise((painted) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(painted)), 250)));
      // The window's own picture: a page's screenshot does not understand zoom.
      const png = await app.electron().evaluate(async ({ BrowserWindow }) => {
        const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
        return image?.toPNG().toString('base64') ?? '';
      });
      writeFileSync(join(out, file), Buffer.from(png, 'base64'));
    }
  }
}

/** The reference of the newest payment of today that fits and whose row is told from all others by it. */
async function first(page: Page, fits: (payment: PaymentView) => boolean): Promise<string> {
  const { payments, day } = await page.evaluate(() => window.till.getSnapshot());
  const isOnlyOne = ({ reference }: PaymentView) => payments.filter((other) => other.reference.includes(reference)).length === 1;
  const found = payments.find((payment) => payment.date === day.date && isOnlyOne(payment) && fits(payment));
  if (!found) throw new Error('expected the training shop to have such a payment');
  return found.reference;
}

async function walk(page: Page): Promise<void> {
  const user = openTill(app, 'electron');
  await page.getByRole('button', { name: /training mode/ }).waitFor();
  await shot(page, 'first-start');
  await page.evaluate((seed) => window.till.startTraining({ seed }), SEED);
  await user.shell.isLive();
  await shot(page, 'today');
  await user.shell.goTo('On hold');
  await user.holds.chooseSoon.click();
  await shot(page, 'on-hold');
  await user.shell.goTo('Today');

  const hold = page.getByRole('button', { name: /^Capture (?!all)/ }).first();
  await hold.click();
  await user.take.choosePart();
  await user.take.type('500');
  await shot(page, 'take');
  await user.take.leave();
  const sale = await first(page, ({ giveBack, state }) => giveBack.instead !== null && state === 'paid');
  await user.today.search.fill(sale);
  await user.today.giveBack(sale);
  await shot(page, 'give-back-undo');
  await user.giveBack.onlyAPart();
  await user.giveBack.type('100');
  await user.giveBack.chooseReason('Returned goods');
  await shot(page, 'give-back-part');
  await user.giveBack.promise();
  await user.today.shows(sale, 'refunded');
  await user.today.giveBack(sale);
  await shot(page, 'give-back-second');
  await page.keyboard.press('Escape');
  await user.today.open(sale);
  await page.getByRole('dialog').getByText('Read from Dojo at').waitFor();
  await shot(page, 'payment-refunded');
  await page.keyboard.press('Escape');
  const partTaken = await first(page, ({ state }) => state === 'part-taken');
  await user.today.search.fill(partTaken);
  await user.today.open(partTaken);
  await page.getByRole('dialog').waitFor();
  await shot(page, 'payment');
  await page.keyboard.press('Escape');
  await user.today.search.fill('table');
  await page.keyboard.press('F6');
  await page.getByText(/\d+ payments with “table”/).waitFor();
  await shot(page, 'search-all-days');
  await page.keyboard.press('F6');
  await user.today.search.fill('');

  await user.shell.goTo('End of day');
  await shot(page, 'end-of-day-choose');
  await user.endOfDay.review();
  await shot(page, 'end-of-day-review');
  await user.endOfDay.begin();
  // The key, not the pointer: the run may be over before a button is found to stand still.
  await user.endOfDay.pause.waitFor();
  await page.keyboard.press('F7');
  await shot(page, 'end-of-day-run');
  await user.endOfDay.goOn.click();
  await user.endOfDay.report.waitFor({ timeout: 120_000 });
  await page.locator('strong', { hasText: /^(\d+) of \1 captured/ }).waitFor({ timeout: 60_000 });
  await shot(page, 'end-of-day-report');

  await page.getByRole('button', { name: /network cable/ }).click();
  await user.shell.goTo('Today');
  await user.shell.isOffline();
  await user.today.giveBack(await first(page, ({ giveBack }) => giveBack.way === 'undo'));
  await user.giveBack.promise();
  await shot(page, 'today-offline');
  await user.shell.goTo('Queue');
  await shot(page, 'queue');
  await user.shell.goTo('Settings');
  await shot(page, 'settings');
}
