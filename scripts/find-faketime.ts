import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ToolFound } from './find-electron.ts';

const APT_MS_MAX = 120_000;
/** For programs with several threads. */
const LIBRARY = 'libfaketimeMT.so.1';

function usualPlaces(): readonly string[] {
  const roots = ['/usr/lib', '/usr/lib64', '/usr/local/lib'];
  const perMachine = existsSync('/usr/lib') ? readdirSync('/usr/lib').filter((name) => name.includes('-linux-')) : [];
  return [...roots, ...perMachine.map((name) => join('/usr/lib', name))].map((folder) => join(folder, 'faketime', LIBRARY));
}

/** The library that tells one program another time than the computer's, while it runs; null: it is not there, or this is not Linux. */
export const findFaketime = (): string | null => (process.platform === 'linux' ? (usualPlaces().find((path) => existsSync(path)) ?? null) : null);

/** As `findFaketime`, after letting Debian install it where it is not there. */
export function ensureFaketime(): ToolFound {
  const found = findFaketime();
  if (found) return { path: found };
  if (process.platform !== 'linux') return { path: null, tried: 'a wrong clock for one program is known on Linux only' };
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) return { path: null, tried: `no ${LIBRARY}; on Debian: apt-get install libfaketime` };
  console.log('libfaketime is not there yet: installing it…');
  const options = { timeout: APT_MS_MAX, stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
  spawnSync('apt-get', ['update'], options);
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'libfaketime'], options);
  const installed = findFaketime();
  return installed ? { path: installed } : { path: null, tried: 'apt-get install libfaketime failed' };
}
