import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { electronApp } from './electron-app.ts';

/** Tills that start side by side where the key store is new each make the key that it keeps, and only the last one stays: one start makes it for all. */
export async function makeKeyOfKeyStore(): Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), 'tillside-key-store-'));
  const app = electronApp({ profile, dojoUrl: '' });
  try {
    await app.start();
    await app.electron().evaluate(({ safeStorage }) => safeStorage.isEncryptionAvailable() && safeStorage.encryptString('-'));
  } finally {
    await app.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
