import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ipcMain } from 'electron';
import ElectronStore from 'electron-store';
import { diskFailure } from '../app/disk-failure.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { WallClock } from '../ports/clock.ts';
import type { DiskFailure } from '../ports/ledger.ts';
import { readStored, type Stored, setAside } from './stored.ts';

/** One small JSON file. A write is whole or not at all, and says when it could not be made. */
export type StoredFile = Readonly<{
  path: string;
  read(): Stored;
  /** Replaces the whole contents. What was damaged when it was read is set aside first, so that nothing of it is lost. */
  write(value: Readonly<Record<string, unknown>>): Result<null, DiskFailure>;
  /** Removes the file, what was ever set aside of it, and what a power cut left of a write. */
  remove(): Result<null, DiskFailure>;
}>;

type Contents = Record<string, unknown>;

/** The file `name`.json in `folder`, kept by electron-store. */
export function storedFile(folder: string, name: string, clock: WallClock): StoredFile {
  const path = join(folder, `${name}.json`);
  // Made when something is to be written: a store reads and checks its file when it is made, which keeps the start waiting.
  const open = (): ElectronStore<Contents> => {
    const store = new ElectronStore<Contents>({
      cwd: folder,
      name,
      accessPropertiesByDotNotation: false,
      configFileMode: 0o600,
      // What is damaged was set aside, and is written over.
      clearInvalidConfig: true,
    });
    // It offers its folder and version to any page that asks; no page of ours has reason to.
    ipcMain.removeAllListeners('electron-store-get-data');
    return store;
  };

  /** Whoever read it last does not know what is in it, even if it can be read again by now. */
  let isUnknown = false;
  const read = (): Stored => {
    const stored = readStored(path);
    isUnknown = stored.kind === 'damaged';
    return stored;
  };

  return {
    path,
    read,
    write: (value) =>
      attempt(() => {
        const found = readStored(path).kind;
        const aside = found === 'damaged' || (isUnknown && found !== 'none') ? join(folder, `${name}.damaged-${clock.nowMs()}.json`) : null;
        if (aside !== null) setAside(path, aside);
        try {
          open().store = { ...value };
        } catch (error) {
          // Without it the next start would find no trouble.
          if (aside !== null) renameSync(aside, path);
          throw error;
        }
        isUnknown = false;
      }),
    remove: () =>
      attempt(() => {
        // electron-store writes beside the file, and puts it in its place when it is whole.
        const isOfIt = (other: string): boolean => other.startsWith(`${name}.damaged-`) || other.startsWith(`${name}.json.tmp-`);
        if (existsSync(folder)) for (const other of readdirSync(folder).filter(isOfIt)) rmSync(join(folder, other), { force: true });
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
