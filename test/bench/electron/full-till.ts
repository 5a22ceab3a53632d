import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { electronApp } from '../../e2e/electron-app.ts';
import { openTill } from '../../e2e/pages/till-user.ts';
import { type DojoProcess, dojoProcess, KEY } from '../dojo-process.ts';
import { buildApp } from './built-app.ts';
import { runApp, type Seen } from './run-app.ts';

export const PAYMENTS = 5_000;
const HOLDS = 500;
const ANSWER_MS = 50;
/** A busy machine is slow, not wrong. */
const READ_MS_MAX = 60_000;

export type FullTill = Readonly<{
  folder: string;
  appFolder: string;
  dojo: DojoProcess;
  profile: string;
  /** Starts the till on that profile, with Dojo there, and lets it rest after its first row. */
  startTill(restMs: number): Promise<Seen>;
}>;

/** A built till and the profile of one that was connected, read a day of so many payments, and was closed. */
export async function withFullTill<T>(payments: number, body: (full: FullTill) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'tillside-bench-'));
  const dojo = await dojoProcess({ payments, holds: HOLDS });
  try {
    const appFolder = buildApp(folder);
    const profile = join(folder, 'profile');
    await fill(profile, appFolder, dojo, payments);
    await dojo.answerAfter(ANSWER_MS);
    const startTill = (restMs: number) => runApp(appFolder, { profile, restMs, env: { TILLSIDE_DOJO_URL: dojo.url } });
    return await body({ folder, appFolder, dojo, profile, startTill });
  } finally {
    await dojo.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function fill(profile: string, appFolder: string, dojo: DojoProcess, payments: number): Promise<void> {
  const app = electronApp({ profile, appFolder, dojoUrl: dojo.url });
  try {
    await app.start();
    await openTill(app, 'electron').giveKey(KEY);
    const known = async () => {
      const { connection, payments: shown } = await app.page().evaluate(() => window.till.getSnapshot());
      return connection.line === 'live' ? shown.length : 0;
    };
    await expect.poll(known, { timeout: READ_MS_MAX }).toBeGreaterThanOrEqual(payments);
    await app.quit();
  } finally {
    await app.close();
  }
}
