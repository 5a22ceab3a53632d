import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const SOURCES = ['main', 'preload', 'renderer', 'electron.vite.config.ts', 'package.json', 'package-lock.json'] as const;
const BUILT = ['out/main/main.cjs', 'out/preload/preload.cjs', 'out/renderer/index.html'] as const;

/** When anything in it was changed last, in ms; 0: it is not there. */
function changedAtMs(path: string): number {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  // A folder's own time tells of files that were removed.
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => changedAtMs(join(path, name))));
}

/** Builds into out/ unless what is there is newer than its sources. Returns why it could not, or null. */
export function buildIfOlder(): string | null {
  const builtAtMs = Math.min(...BUILT.map((path) => changedAtMs(join(ROOT, path))));
  if (builtAtMs > Math.max(...SOURCES.map((path) => changedAtMs(join(ROOT, path))))) return null;
  console.log('Building Tillside…');
  const cli = join(ROOT, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'build'], { cwd: ROOT, encoding: 'utf8' });
  return status === 0 ? null : `${stdout}\n${stderr}`.trim();
}
