import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SetAsideFiles } from '../ports/set-aside-files.ts';

/** `settings.damaged-1781521200000.json`, `shop.sqlite.damaged-2026-06-15T11-00-00-000Z-wal`, `shop.sqlite.before-4`, `shop.sqlite.before-4-2-wal`. */
const SET_ASIDE = /^[\w.-]+\.(damaged-[\w.-]+|before-\d+(-\d+)?(-wal|-shm|-journal)?)$/;

export const setAsideFilesIn = (folders: readonly string[]): SetAsideFiles => ({
  names: () => folders.flatMap((folder) => (existsSync(folder) ? readdirSync(folder).filter((name) => SET_ASIDE.test(name)) : [])),
  remove(name) {
    if (!SET_ASIDE.test(name)) throw new Error(`expected a file that was set aside, got ${name}`);
    for (const folder of folders) rmSync(join(folder, name), { force: true });
  },
});
