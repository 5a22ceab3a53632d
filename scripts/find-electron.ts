import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const HOME = join(import.meta.dirname, '../node_modules/electron');
const NAMES: Readonly<Partial<Record<NodeJS.Platform, string>>> = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
const INSTALL_MS_MAX = 120_000;

/** Electron's binary: from the folder that ELECTRON_OVERRIDE_DIST_PATH names, else the package's own; null: there is none. */
export function findElectron(): string | null {
  const pathFile = join(HOME, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : (NAMES[process.platform] ?? 'electron');
  const path = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(HOME, 'dist'), name);
  return existsSync(path) ? path : null;
}

export type ToolFound = Readonly<{ path: string }> | Readonly<{ path: null; tried: string }>;

/** As `findElectron`, after letting the package fetch its binary where there is none: it is not part of what npm installs. */
export function ensureElectron(): ToolFound {
  const found = findElectron();
  if (found) return { path: found };
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH) return { path: null, tried: 'ELECTRON_OVERRIDE_DIST_PATH names a folder without one' };
  console.log('Electron’s binary is not there yet: fetching it…');
  // Without a line the download tries for minutes: the time limit decides.
  const { status, signal, stderr } = spawnSync(process.execPath, [join(HOME, 'install.js')], { timeout: INSTALL_MS_MAX, encoding: 'utf8' });
  const fetched = findElectron();
  if (status === 0 && fetched) return { path: fetched };
  const why = signal
    ? `no answer in ${INSTALL_MS_MAX / 1000} s`
    : (/^.*(?:Error|E[A-Z]{3,}).*$/m.exec(stderr)?.[0].trim().slice(0, 160) ?? `it ended with ${status}`);
  return { path: null, tried: `node_modules/electron/dist is empty, and its download failed: ${why}` };
}
