import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const { include, exclude, setup } = JSON.parse(readFileSync(new URL('./stryker.config.json', import.meta.url), 'utf8')).inProcess;

/** The same tests in Vitest's own runner: `npm run mutate -- FILE --testRunner vitest`. */
export default defineConfig({
  test: {
    include,
    exclude,
    setupFiles: setup,
    // One worker for all files of a mutant, a new one for the next mutant.
    isolate: false,
    testTimeout: 20_000,
  },
});
