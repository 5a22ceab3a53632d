import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
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

async function walk(page: Page): Promise<void> {
  const user = openTill(app, 'electron');
  await page.getByRole('button', { name: /training mode/ }).waitFor();
  await shot(page, 'first-start');
  await page.evaluate((seed) => window.till.startTraining({ seed }), SEED);
  await user.shell.isLive();
  await shot(page, 'today');

  const hold = page.getByRole('button', { name: /^Take (?!all)/ }).first();
  await hold.click();
  await user.take.choosePart();
  await user.take.type('500');
  await shot(page, 'take');
  await user.take.leave();
  await page
    .getByRole('button', { name: /^Undo / })
    .first()
    .click();
  await shot(page, 'undo');
  await page.keyboard.press('Escape');
  const partTaken = await page.evaluate(async () => (await window.till.getSnapshot()).payments.find(({ state }) => state === 'part-taken')?.reference ?? '');
  await user.today.search.fill(partTaken);
  await user.today.open(partTaken);
  await page.getByRole('dialog').waitFor();
  await shot(page, 'payment');
  await page.keyboard.press('Escape');
  await user.today.search.fill('');

  await user.shell.goTo('End of day');
  await shot(page, 'end-of-day-choose');
  await user.endOfDay.review();
  await shot(page, 'end-of-day-review');
  await user.endOfDay.begin();
  await user.endOfDay.pause.click();
  await shot(page, 'end-of-day-run');
  await user.endOfDay.goOn.click();
  await user.endOfDay.report.waitFor({ timeout: 120_000 });
  await page.getByText(/^(\d+) of \1 taken/).waitFor({ timeout: 60_000 });
  await shot(page, 'end-of-day-report');

  await page.getByRole('button', { name: /network cable/ }).click();
  await user.shell.goTo('Today');
  await page
    .getByRole('button', { name: /^Undo / })
    .first()
    .click();
  await user.undo.promise();
  await shot(page, 'today-offline');
  await user.shell.goTo('Queue');
  await shot(page, 'queue');
  await user.shell.goTo('Settings');
  await shot(page, 'settings');
}
