import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { diskFailure } from '../../main/app/disk-failure.ts';
import type { SettingsFile } from '../../main/app/settings.ts';
import { err, ok } from '../../main/core/result.ts';
import { setAside } from '../../main/electron/stored.ts';

/** The settings as a JSON file without Electron: written beside, synced, then renamed into its place. */
export function jsonFile(path: string): SettingsFile {
  /** Whoever read it does not know what is in it, even if it can be read again by now. */
  let isUnknown = false;
  function look(): ReturnType<SettingsFile['read']> {
    try {
      return { kind: 'ok', value: JSON.parse(readFileSync(path, 'utf8')) };
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? { kind: 'none' } : { kind: 'damaged', path };
    }
  }
  return {
    read() {
      const found = look();
      isUnknown = found.kind === 'damaged';
      return found;
    },
    write(value) {
      const beside = `${path}.new`;
      try {
        mkdirSync(dirname(path), { recursive: true });
        const file = openSync(beside, 'w', 0o600);
        try {
          writeFileSync(file, JSON.stringify(value, null, 2));
          fsyncSync(file);
        } finally {
          closeSync(file);
        }
        if (look().kind === 'damaged' || (isUnknown && existsSync(path))) setAside(path, `${path}.damaged-${Date.now()}`);
        renameSync(beside, path);
        isUnknown = false;
        return ok(null);
      } catch (error) {
        return err(diskFailure(error));
      }
    },
  };
}
