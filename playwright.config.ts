import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import type { HostOption } from './test/e2e/fixtures.ts';

/** A key can be kept only where the operating system has a place for it; `npm test` finds out and says so. */
const keepsKeys = process.env.TILLSIDE_E2E_KEY_STORE !== 'no';
const isLinux = process.platform === 'linux';

/** Most of a test is waiting: for a bank's answer, a person's look, the settling time. Two cores carry five of them. */
const WORKERS_MAX = 8;
const workers = Math.min(WORKERS_MAX, Math.floor(2.5 * availableParallelism()));

/** The page and main are the same on both hosts: what has just passed on Electron is not shown twice in one `npm test`. */
const isShown = process.env.TILLSIDE_E2E_SHOWN === 'yes';

/**
 * The same specs on real Electron and on the browser host. `@electron` marks what the browser host has not by design: a stored
 * key, a second instance, Electron's own network stack. `@host` marks what runs in the browser also where all of it has just passed on
 * Electron: the host's own part (its door, its files, its restart, a key that is kept for this run), and one capture, the settings and
 * the first start.
 */
export default defineConfig<HostOption>({
  testDir: 'test/e2e',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  workers,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: [['list']],
  projects: [
    { name: 'key-store', testMatch: 'key-store.setup.ts' },
    {
      name: 'electron',
      dependencies: keepsKeys ? ['key-store'] : [],
      use: { host: 'electron' },
      grepInvert: [/@no-key-store|@loopback/, ...(keepsKeys ? [] : [/@stored-key/]), ...(isLinux ? [] : [/@linux/])],
    },
    { name: 'browser-host-bundle', testMatch: 'browser-host.setup.ts' },
    {
      name: 'browser-host',
      dependencies: ['browser-host-bundle'],
      use: { host: 'browser-host' },
      ...(isShown ? { grep: /@host|@loopback|@no-key-store/ } : {}),
      grepInvert: /@electron|@stored-key/,
    },
  ],
});
