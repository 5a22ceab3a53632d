import { defineConfig } from '@playwright/test';
import type { HostOption } from './test/e2e/fixtures.ts';

/** A key can be kept only where the operating system has a place for it; `npm test` finds out and says so. */
const keepsKeys = process.env.TILLSIDE_E2E_KEY_STORE !== 'no';
const isLinux = process.platform === 'linux';

/**
 * The same specs on real Electron and on the browser host. `@electron` marks what the browser host has not by design: a stored
 * key, a second instance, Electron's own network stack.
 */
export default defineConfig<HostOption>({
  testDir: 'test/e2e',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: [['list']],
  projects: [
    {
      name: 'electron',
      use: { host: 'electron' },
      grepInvert: [/@no-key-store|@loopback/, ...(keepsKeys ? [] : [/@stored-key/]), ...(isLinux ? [] : [/@linux/])],
    },
    { name: 'browser-host', use: { host: 'browser-host' }, grepInvert: /@electron|@stored-key/ },
  ],
});
