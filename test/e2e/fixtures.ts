import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, test as base, chromium } from '@playwright/test';
import { findBrowser } from '../../scripts/find-browser.ts';
import { type DojoServer, startDojoServer } from '../simulator/dojo-server.ts';
import type { App } from './app.ts';
import { browserHostApp } from './browser-host-app.ts';
import { electronApp, IS_ROOT } from './electron-app.ts';
import { openTill, type TillUser } from './pages/till-user.ts';
import { ZONE } from './shop.ts';

export { expect } from '@playwright/test';

export type HostOption = {
  host: 'electron' | 'browser-host';
  keyStore: 'system' | 'plain';
  /** How long the simulated bank takes for its answer to a capture. */
  bankAnswersAfterMs: number;
};
export const KEY = 'sk_sandbox_e2e0001';

/**
 * A window's own parts that no test sees: as a whole browser, Chromium opens a page of its own under every address bar, which takes
 * a third of a test's time. It hears the last list of switched-off features only, so those of Playwright's that matter here are on it.
 */
const FEATURES_OFF = [
  'WebUIOmniboxPopup',
  'SpareRendererForSitePerProcess',
  'WebUIOmniboxAimPopup',
  'PaintHolding',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
];
const BROWSER_FLAGS = ['--disable-gpu', `--disable-features=${FEATURES_OFF.join(',')}`];

type Fixtures = {
  /** A folder of its own for each test. */
  profile: string;
  /** A simulated Dojo of its own for each test, with an empty shop. */
  dojo: DojoServer;
  /** The till, started: nothing is stored yet. */
  app: App;
  /** The person in front of it. */
  till: TillUser;
};
type WorkerFixtures = { chromiumBrowser: Browser | null };

export const test = base.extend<Fixtures & HostOption, WorkerFixtures>({
  host: ['electron', { option: true }],
  keyStore: ['system', { option: true }],
  bankAnswersAfterMs: [300, { option: true }],
  chromiumBrowser: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs off its pattern.
    async ({}, use, worker) => {
      if (worker.project.name === 'electron') return use(null);
      const executablePath = findBrowser();
      if (executablePath === null) throw new Error('expected a browser; `npm test` says where it looks');
      const browser = await chromium.launch({ executablePath, chromiumSandbox: !IS_ROOT, args: BROWSER_FLAGS });
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs off its pattern.
  profile: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'tillside-e2e-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  },
  dojo: async ({ bankAnswersAfterMs }, use) => {
    const dojo = await startDojoServer({ seed: 1, zone: ZONE, keys: { [KEY]: 'acc_training' }, bank: { settleDelayMs: bankAnswersAfterMs } });
    await use(dojo);
    await dojo.close();
  },
  app: async ({ host, keyStore, profile, dojo, chromiumBrowser }, use, testInfo) => {
    const options = { profile, keyStore, dojoUrl: dojo.url };
    const app =
      host === 'electron' ? electronApp(options) : browserHostApp(options, chromiumBrowser ?? (await Promise.reject(new Error('expected a browser'))));
    await app.start();
    await use(app);
    if (testInfo.status !== testInfo.expectedStatus) await testInfo.attach('output', { body: app.output(), contentType: 'text/plain' });
    await app.close();
  },
  till: async ({ app, host }, use) => {
    await use(openTill(app, host));
  },
});
