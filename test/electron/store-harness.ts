import { mkdirSync, renameSync, rmdirSync } from 'node:fs';
import { app, ipcMain } from 'electron';
import { settingsFileIn } from '../../main/electron/settings-file.ts';
import { storedFile } from '../../main/electron/store.ts';
import type { WallClock } from '../../main/ports/clock.ts';

/** Runs inside Electron: does with a stored file what it is told, step by step, and writes what came of each. */
async function run(): Promise<void> {
  const { folder, steps } = JSON.parse(process.env.HARNESS_INPUT ?? '{}') as { folder: string; steps: [string, unknown?][] };
  await app.whenReady();
  const clock: WallClock = { nowMs: () => 1234, after: () => () => undefined };
  const file = storedFile(folder, 'settings', clock);
  const settings = settingsFileIn(file, false);
  const outcomes = steps.map(([step, value]) => {
    switch (step) {
      case 'read':
        return file.read();
      case 'write':
        return file.write(value as Record<string, unknown>);
      // Nothing but a folder in its place is refused to the superuser.
      case 'away':
        renameSync(file.path, `${file.path}.away`);
        return mkdirSync(file.path);
      case 'back':
        rmdirSync(file.path);
        return renameSync(`${file.path}.away`, file.path);
      case 'remove':
        return file.remove();
      case 'readSettings':
        return settings.read();
      case 'listeners':
        return ipcMain.listenerCount('electron-store-get-data');
      default:
        throw new Error(`expected a known step, got ${step}`);
    }
  });
  process.stdout.write(`HARNESS_OUTPUT ${JSON.stringify(outcomes)}\n`, () => app.exit(0));
}

run().catch((error: unknown) => {
  console.error(error);
  app.exit(1);
});
