import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** Everything is bundled except what has a native part: the app's folder holds its own code, `better-sqlite3` and nothing else. */
export default defineConfig({
  // CommonJS: its main script has run to its end before Electron is ready, and some switches must be set by then.
  main: {
    build: {
      rollupOptions: { input: { main: 'main/main.ts' }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
      externalizeDeps: { exclude: ['electron-store', 'electron-log', 'zod', 'temporal-polyfill'] },
    },
  },
  // A sandboxed preload is one CommonJS file that can require nothing of ours.
  preload: {
    build: { rollupOptions: { input: { preload: 'preload/preload.ts' }, output: { format: 'cjs', entryFileNames: '[name].cjs' } }, externalizeDeps: false },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: { minify: true, rollupOptions: { input: 'renderer/index.html' } },
  },
});
