import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The few that take minutes. One that is begun last keeps a single core busy while the others have nothing left to do. */
const LONGEST = ['/test/sim/simulation.test.ts', '/test/soak/simulated-days.test.ts', '/test/sim/defects.test.ts'];
const placeOf = ({ moduleId }: TestSpecification): number => {
  const place = LONGEST.findIndex((path) => moduleId.endsWith(path));
  return place < 0 ? LONGEST.length : place;
};

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => placeOf(a) - placeOf(b));
  }
}

/** A worker that starts anew for each file takes longer than most files do: only one that puts something in a module's place has its own. */
const replacesModules = globSync('test/**/*.test.{ts,tsx}').filter((path) => readFileSync(path, 'utf8').includes('vi.mock('));

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'together', isolate: false, include: ['test/**/*.test.{ts,tsx}'], exclude: ['test/e2e/**', ...replacesModules] } },
      { extends: true, test: { name: 'alone', include: replacesModules } },
    ],
    setupFiles: ['test/setup.ts'],
    // By itself Vitest leaves one core idle: on two cores that is half of them.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    // A busy machine is slow, not wrong.
    testTimeout: 60_000,
  },
});
