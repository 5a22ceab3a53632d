import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { diskFailure } from '../../main/app/disk-failure.ts';
import type { SettingsFile } from '../../main/app/settings.ts';
import { err, ok } from '../../main/core/result.ts';

/** The settings as a JSON file without Electron: written beside, synced, then renamed into its place. */
export function jsonFile(path: string): SettingsFile {
  return {
    read() {
      let text: string;
      try {
        text = readFileSync(path, 'utf8');
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { kind: 'none' };
        return { kind: 'damaged', keptAs: path };
      }
      try {
        return { kind: 'ok', value: JSON.parse(text) };
      } catch {
        const keptAs = `${path}.damaged-${Date.now()}`;
        renameSync(path, keptAs);
        return { kind: 'damaged', keptAs };
      }
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
        renameSync(beside, path);
        return ok(null);
      } catch (error) {
        return err(diskFailure(error));
      }
    },
  };
}
