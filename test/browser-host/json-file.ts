import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { diskFailure } from '../../main/app/disk-failure.ts';
import type { SettingsFile } from '../../main/app/settings.ts';
import { err, ok } from '../../main/core/result.ts';

/** The settings as a JSON file without Electron: written beside, synced, then renamed into its place. */
export function jsonFile(path: string): SettingsFile {
  function read(): ReturnType<SettingsFile['read']> {
    try {
      return { kind: 'ok', value: JSON.parse(readFileSync(path, 'utf8')) };
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? { kind: 'none' } : { kind: 'damaged', path };
    }
  }
  return {
    read,
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
        if (read().kind === 'damaged') renameSync(path, `${path}.damaged-${Date.now()}`);
        renameSync(beside, path);
        return ok(null);
      } catch (error) {
        return err(diskFailure(error));
      }
    },
  };
}
