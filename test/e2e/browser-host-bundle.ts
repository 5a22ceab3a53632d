import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'node_modules/.cache/tillside-browser-host');

/** Node keeps there what it compiled of the host. */
export const COMPILED = join(FOLDER, 'compiled');
export const BUNDLE = join(FOLDER, 'host.mjs');

/** The host in one file: hundreds of tests start it, and to find and strip its two hundred files costs three times what the rest of its start does. */
export async function bundleBrowserHost(): Promise<void> {
  const { build } = await import('vite');
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    publicDir: false,
    // What it reads from beside its own file is still there.
    define: { 'import.meta.dirname': JSON.stringify(join(ROOT, 'test/browser-host')) },
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: {
      ssr: 'test/browser-host/host.ts',
      outDir: FOLDER,
      emptyOutDir: false,
      target: 'node24',
      rollupOptions: { output: { entryFileNames: 'host.mjs' } },
    },
  });
}
