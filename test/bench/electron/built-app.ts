import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { ROOT } from '../../e2e/electron-app.ts';

const PLAIN_ROWS = join(import.meta.dirname, 'plain-rows.tsx');

/** Builds the till into a folder of its own, as `npm run build` does, so that nothing else that builds meanwhile is measured. */
export function buildApp(folder: string): string {
  const vite = join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [vite, 'build', '--outDir', join(folder, 'out')], { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`expected the till to build: ${stdout}\n${stderr}`);
  furnish(folder);
  return folder;
}

/** The same app, but for the list on the page: its rows are all in the document. */
export async function buildPlainApp(built: string, folder: string): Promise<string> {
  mkdirSync(folder);
  for (const part of ['main', 'preload']) cpSync(join(built, 'out', part), join(folder, 'out', part), { recursive: true });
  const plainRows = { name: 'plain-rows', enforce: 'pre' as const, resolveId: (source: string) => (source.endsWith('/virtual-rows.tsx') ? PLAIN_ROWS : null) };
  await build({
    configFile: false,
    logLevel: 'error',
    root: join(ROOT, 'renderer'),
    base: './',
    plugins: [plainRows, react()],
    build: { outDir: join(folder, 'out/renderer'), emptyOutDir: true, minify: true, rollupOptions: { input: join(ROOT, 'renderer/index.html') } },
  });
  furnish(folder);
  return folder;
}

function furnish(folder: string): void {
  copyFileSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
}
