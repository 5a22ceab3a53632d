import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { PaymentView } from '../preload/contract.ts';
import type { App } from '../test/e2e/app.ts';
import { electronApp } from '../test/e2e/electron-app.ts';
import { look } from '../test/e2e/pages/look.ts';
import { openTill, type TillUser } from '../test/e2e/pages/till-user.ts';
import { answer, BANDS, fates, inTest, stage, unstage, withTips } from './screenshots-staged.ts';
import { createShot, type Look, type Shot } from './screenshots-window.ts';

/**
 * `npm run screenshots [-- --out folder] [--all]`: every screen of the till in training mode, on Electron.
 * `--all`: also what is rare, at every size and zoom, in light, dark and forced colours; it needs a display of 1920 × 1080.
 */
const SEED = 20261120;
const out = process.argv.includes('--out') ? (process.argv[process.argv.indexOf('--out') + 1] ?? '') : join(import.meta.dirname, '../docs/screenshots');
const isAll = process.argv.includes('--all');

// Forced colours leave traces on a page that lived through them: they get a till of their own.
const WALKS: readonly (readonly Look[])[] = isAll ? [['light', 'dark'], ['forced']] : [['light', 'dark']];
let app: App;
let picture: Shot;
for (const looks of WALKS) {
  const profile = mkdtempSync(join(tmpdir(), 'tillside-screens-'));
  app = electronApp({ profile, dojoUrl: 'http://127.0.0.1:9' });
  picture = createShot(app, out, looks, isAll);
  try {
    await app.start();
    await walk(app.page());
  } finally {
    await app.close();
    // The window's helpers may still be writing for a moment.
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

/** Messages lie over the page for a few seconds. */
async function shot(name: string, part?: Locator): Promise<void> {
  await app.page().locator('.toast').first().waitFor({ state: 'detached' });
  await picture(name, part);
}

/** What the documents do not show. */
async function rareShot(name: string, part?: Locator): Promise<void> {
  if (isAll) await shot(name, part);
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
  await shot('first-start');
  await page.evaluate((seed) => window.till.startTraining({ seed }), SEED);
  await user.shell.isLive();
  await page.evaluate(() => window.till.saveSettings({ shopName: 'Harbour Café' }));
  await shot('today');
  if (isAll) await walkToday(page, user);
  await user.shell.goTo('On hold');
  await user.holds.chooseSoon.click();
  await shot('on-hold');
  await user.holds.review.click();
  await rareShot('on-hold-review');
  // Else the end of day would go on with these.
  await page.keyboard.press('Escape');
  await user.shell.goTo('Today');

  const hold = page.getByRole('button', { name: /^Capture (?!all)/ }).first();
  await hold.click();
  await user.take.choosePart();
  await user.take.type('500');
  await shot('take');
  await user.take.leave();
  const sale = await first(page, ({ giveBack, state }) => giveBack.instead !== null && state === 'paid');
  await user.today.search.fill(sale);
  await user.today.giveBack(sale);
  await shot('give-back-undo');
  await user.giveBack.onlyAPart();
  await user.giveBack.type('100');
  await user.giveBack.chooseReason('Returned goods');
  await shot('give-back-part');
  await user.giveBack.promise();
  await user.today.shows(sale, 'refunded');
  await user.today.giveBack(sale);
  await shot('give-back-second');
  await page.keyboard.press('Escape');
  await user.today.open(sale);
  await page.getByRole('dialog').getByText('Read from Dojo at').waitFor();
  await shot('payment-refunded');
  await page.keyboard.press('Escape');
  const partTaken = await first(page, ({ state }) => state === 'part-taken');
  await user.today.search.fill(partTaken);
  await user.today.shows(partTaken, /./);
  await look(page);
  await user.today.open(partTaken);
  await page.getByRole('dialog').waitFor();
  await shot('payment');
  await rareShot('payment-foot', page.getByRole('dialog').locator('details, dl').last());
  await page.keyboard.press('Escape');
  await user.today.search.fill('table');
  await page.keyboard.press('F6');
  await page.getByText(/\d+ payments with “table”/).waitFor();
  await shot('search-all-days');
  await page.keyboard.press('F6');
  await user.today.search.fill('');
  if (isAll) await walkQueue(page, user);

  await user.shell.goTo('End of day');
  await shot('end-of-day-choose');
  await user.endOfDay.review();
  await shot('end-of-day-review');
  if (isAll) await page.evaluate(() => window.till.setTraining({ nextFault: 'decline' }));
  await user.endOfDay.begin();
  // The key, not the pointer: the run may be over before a button is found to stand still.
  await user.endOfDay.pause.waitFor();
  await page.keyboard.press('F7');
  await shot('end-of-day-run');
  await user.endOfDay.goOn.click();
  await user.endOfDay.report.waitFor({ timeout: 120_000 });
  await page.locator('strong', { hasText: isAll ? /^\d+ of \d+ captured/ : /^(\d+) of \1 captured/ }).waitFor({ timeout: 60_000 });
  await shot('end-of-day-report');

  await page.getByRole('button', { name: /network cable/ }).click();
  await user.shell.goTo('Today');
  await user.shell.isOffline();
  await user.today.giveBack(await first(page, ({ giveBack }) => giveBack.way === 'undo'));
  await user.giveBack.promise();
  await shot('today-offline');
  await user.shell.goTo('Queue');
  await shot('queue');
  await user.shell.goTo('Settings');
  await shot('settings');
  await rareShot('settings-foot', page.locator('.settings-part').last().locator('button').last());
}

/** Today’s other dialogs and states. */
async function walkToday(page: Page, user: TillUser): Promise<void> {
  await user.today.search.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await shot('today-row-focused');
  await page.evaluate(() => window.till.saveSettings({ density: 'compact' }));
  await shot('today-compact');
  await page.evaluate(() => window.till.saveSettings({ density: 'touch' }));
  await user.today.search.fill('nothing like it');
  await shot('search-nothing');
  await user.today.search.fill('');
  await page.getByRole('button', { name: 'The day before' }).click();
  await user.today.rows.first().waitFor();
  await shot('earlier-day');
  await page.getByRole('button', { name: 'The day after' }).click();

  // In the evening every tab may be captured already: another hold then stands for one.
  const tab = await first(page, ({ moves, state }) => state === 'on-hold' && moves.capture.open);
  await user.today.search.fill(tab);
  await stage(app, ({ payments }) => ({ payments: payments.filter(({ reference }) => reference === tab).map(withTips) }));
  await user.today.take(tab);
  await shot('take-tips');
  await user.take.leave();
  await unstage(app);
  await user.shell.isLive();
  await user.today.search.fill(tab);
  await user.today.giveBack(tab);
  await shot('give-back-release');
  await user.giveBack.ask.click();
  await shot('give-back-second-press');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  const unpaid = await first(page, ({ moves }) => moves.cancel.open && moves.setAmount.open);
  await user.today.search.fill(unpaid);
  await user.today.open(unpaid);
  await shot('payment-unpaid');
  for (const [name, button] of [
    ['payment-cancel', /^Cancel the payment/],
    ['payment-amount', 'Change the amount…'],
  ] as const) {
    if ((await user.payment.button(button).count()) === 0) continue;
    await user.payment.button(button).click();
    await shot(name);
    await page.keyboard.press('Escape');
  }
  await page.keyboard.press('Escape');
  await user.today.search.fill('');

  for (const [name, change] of Object.entries(BANDS)) {
    await stage(app, ({ connection }) => ({ connection: change(connection) }));
    await shot(name);
    if (name === 'band-key') {
      await user.shell.mendKey.click();
      await shot('key-mend');
      await answer(app, 'connect', { code: 'same-account', message: '', accounts: [{ id: 'a', keyLast4: '0001', openActions: 3 }] });
      await user.giveKey('sk_sandbox_new');
      await shot('same-account');
    }
    await unstage(app);
    await user.shell.isLive();
  }
  await stage(app, ({ connection }) => ({ connection: inTest(connection) }));
  await user.shell.goTo('Settings');
  await look(page);
  await page.getByRole('button', { name: 'Disconnect', exact: true }).click();
  await page.getByRole('button', { name: 'Disconnect and delete the key' }).waitFor();
  await shot('disconnect');
  await unstage(app);
  await user.shell.isLive();
  await stage(app, ({ payments, totals }) => ({ removedPaymentIds: payments.map(({ id }) => id), totals: { ...totals, byCurrency: [], attentionCount: 0 } }));
  await shot('today-empty');
  await user.shell.goTo('On hold');
  await shot('on-hold-empty');
  await user.shell.goTo('Queue');
  await shot('queue-empty');
  await unstage(app);
  await user.shell.isLive();
}

/** Everything that can be in a queue at once. */
async function walkQueue(page: Page, user: TillUser): Promise<void> {
  const holds = (await user.snapshot()).payments.filter(({ state, moves }) => state === 'on-hold' && moves.capture.open).slice(0, 12);
  await page.evaluate(() => window.till.setTraining({ cableOut: true }));
  await user.shell.isOffline();
  await user.submit(...holds.map(({ id, leftMinor }) => ({ kind: 'capture', paymentId: id, amount: leftMinor }) as const));
  await user.shell.goTo('Queue');
  await stage(app, ({ actions, connection }) => ({
    actions: fates(actions),
    connection: { ...connection, queue: { paused: false, waiting: 4, sending: 1, checking: 1, needsPerson: 2 } },
  }));
  await picture('toasts');
  while ((await page.locator('.toast').count()) > 0) await page.locator('.toast').first().getByRole('button').last().click();
  await shot('queue-all');
  await rareShot('queue-all-foot', user.queue.list.getByRole('row').last());
  await user.queue.compare.click();
  await shot('send-list');
  await user.queue.sendRows
    .first()
    .getByRole('button', { name: /^Settle/ })
    .click();
  await shot('settle');
  await unstage(app);
  await user.shell.isOffline();
  await page.evaluate(async () => {
    const { actions } = await window.till.getSnapshot();
    for (const { id, can } of actions) if (can.withdraw) await window.till.withdraw({ actionId: id });
    await window.till.setTraining({ cableOut: false });
  });
  await user.shell.isLive();
}
