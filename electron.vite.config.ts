import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

export default defineConfig({
  main: {
    build: { rollupOptions: { input: { main: 'main/main.ts' }, output: { format: 'es' } }, externalizeDeps: { exclude: ['electron-store', 'electron-log', 'zod', 'temporal-polyfill'] } },
  },
  // A sandboxed preload is one CommonJS file that can require nothing of ours.
  preload: {
    build: { rollupOptions: { input: { preload: 'preload/preload.ts' }, output: { format: 'cjs', entryFileNames: '[name].cjs' } }, externalizeDeps: false },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: { rollupOptions: { input: 'renderer/index.html' } },
  },
});
