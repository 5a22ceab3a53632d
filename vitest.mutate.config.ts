import { defineConfig } from 'vitest/config';

/** The tests that `npm run mutate` plays against each mutant: only fast ones, without simulated days, Electron or sockets. */
export default defineConfig({
  test: {
    include: ['test/{core,sync,queue}/**/*.test.ts'],
    // A thousand seeds for each mutant would take days. What only they notice deserves a small test of its own.
    exclude: ['test/core/queue/queue-model.test.ts'],
    setupFiles: ['test/setup.ts'],
    // One worker for all files of a mutant, a new one for the next mutant.
    isolate: false,
    testTimeout: 20_000,
  },
});
