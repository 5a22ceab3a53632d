import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ipcMain } from 'electron';
import ElectronStore from 'electron-store';
import { diskFailure } from '../app/disk-failure.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { WallClock } from '../ports/clock.ts';
import type { DiskFailure } from '../ports/ledger.ts';
import { readStored, type Stored } from './stored.ts';

/** One small JSON file. A write is whole or not at all, and says when it could not be made. */
export type StoredFile = Readonly<{
  path: string;
  read(): Stored;
  /** Replaces the whole contents. A damaged file is renamed first, so that nothing of it is lost. */
  write(value: Readonly<Record<string, unknown>>): Result<null, DiskFailure>;
  /** Removes the file, and what was ever set aside of it. */
  remove(): Result<null, DiskFailure>;
}>;

type Contents = Record<string, unknown>;

/** The file `name`.json in `folder`, kept by electron-store. */
export function storedFile(folder: string, name: string, clock: WallClock): StoredFile {
  const path = join(folder, `${name}.json`);
  // Made when something is to be written: a store reads and checks its file when it is made, which keeps the start waiting.
  const open = (): ElectronStore<Contents> => {
    const store = new ElectronStore<Contents>({ cwd: folder, name, accessPropertiesByDotNotation: false, configFileMode: 0o600 });
    // It offers its folder and version to any page that asks; no page of ours has reason to.
    ipcMain.removeAllListeners('electron-store-get-data');
    return store;
  };

  const read = (): Stored => readStored(path);

  return {
    path,
    read,
    write: (value) =>
      attempt(() => {
        const aside = read().kind === 'damaged' ? join(folder, `${name}.damaged-${clock.nowMs()}.json`) : null;
        if (aside !== null) renameSync(path, aside);
        try {
          open().store = { ...value };
        } catch (error) {
          // Without it the next start would find no trouble.
          if (aside !== null) renameSync(aside, path);
          throw error;
        }
      }),
    remove: () =>
      attempt(() => {
        const isAside = (other: string): boolean => other.startsWith(`${name}.damaged-`) && other.endsWith('.json');
        if (existsSync(folder)) for (const aside of readdirSync(folder).filter(isAside)) rmSync(join(folder, aside), { force: true });
        rmSync(path, { force: true });
      }),
  };
}

function attempt(change: () => void): Result<null, DiskFailure> {
  try {
    change();
    return ok(null);
  } catch (error) {
    return err(diskFailure(error));
  }
}
