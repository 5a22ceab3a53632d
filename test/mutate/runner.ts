import { globSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { InstrumenterContext, StrykerOptions } from '@stryker-mutator/api/core';
import { commonTokens, declareFactoryPlugin, type Injector, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import {
  type DryRunResult,
  DryRunStatus,
  type MutantRunOptions,
  type MutantRunResult,
  MutantRunStatus,
  type TestResult,
  type TestRunner,
  TestStatus,
} from '@stryker-mutator/api/test-runner';
import type { DeclaredTest } from './declared.ts';
import { freshModules } from './fresh-modules.ts';
import { play } from './play.ts';

/** What Stryker's instrumented code reads and writes. */
type Instrumented = { [Key in keyof InstrumenterContext]: InstrumenterContext[Key] | undefined };
type Chosen = Readonly<{ include: string[]; exclude: string[]; setup: string[] }>;

/**
 * Plays the fast tests against mutants in one process. Vitest starts a worker for each mutant, which takes a hundred times as long as
 * the tests that meet it. Here a test is a function that is called again, and the modules are loaded anew only where the mutant is met
 * while they load.
 */
class InProcessRunner implements TestRunner {
  readonly #chosen: Chosen;
  readonly #code: Instrumented;
  readonly #modules = freshModules(process.cwd());
  /** The tests of each file, as its modules of now declare them. */
  readonly #declared = new Map<string, DeclaredTest[]>();
  readonly #durationsMs = new Map<string, number>();
  /** Every test. After a mutant that hung Stryker begins a new runner, which plays no dry run. */
  #all: readonly string[] | undefined;
  /** It loads Vitest, so that it has to be told first where that is. */
  #tests: typeof import('./declared.ts') | undefined;

  constructor(options: StrykerOptions, code: Instrumented) {
    this.#chosen = options.inProcess as Chosen;
    this.#code = code;
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init(): Promise<void> {
    process.env.TILLSIDE_VITEST = pathToFileURL(join(process.cwd(), 'node_modules/vitest/dist/index.js')).href;
    this.#tests = await import('./declared.ts');
  }

  async dryRun(): Promise<DryRunResult> {
    const tests: TestResult[] = [];
    for (const file of this.#files()) {
      for (const test of await this.#testsOf(file)) {
        this.#code.currentTestId = test.id;
        const startedAtMs = performance.now();
        const error = await this.#play(test);
        const timeSpentMs = performance.now() - startedAtMs;
        this.#code.currentTestId = undefined;
        this.#durationsMs.set(test.id, timeSpentMs);
        const played = { id: test.id, name: test.name, timeSpentMs, fileName: join(process.cwd(), file) };
        tests.push(error ? { ...played, status: TestStatus.Failed, failureMessage: String(error.stack) } : { ...played, status: TestStatus.Success });
      }
    }
    const { mutantCoverage } = this.#code;
    return { status: DryRunStatus.Complete, tests, ...(mutantCoverage && { mutantCoverage }) };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, mutantActivation, sandboxFileName }: MutantRunOptions): Promise<MutantRunResult> {
    const ids = this.#inOrder(testFilter ?? (await this.#everyTest()), relative(process.cwd(), sandboxFileName));
    const isStatic = mutantActivation === 'static';
    this.#code.hitCount = 0;
    this.#code.hitLimit = hitLimit;
    if (isStatic) this.#renew();
    try {
      for (const [index, id] of ids.entries()) {
        const error = await this.#failureOf(id, activeMutant.id, isStatic);
        const { hitCount } = this.#code;
        if (hitLimit !== undefined && hitCount !== undefined && hitCount > hitLimit) {
          this.#renew();
          return { status: MutantRunStatus.Timeout, reason: `Hit limit reached (${hitCount}/${hitLimit})` };
        }
        if (error) return { status: MutantRunStatus.Killed, killedBy: [id], failureMessage: String(error.stack), nrOfTests: index + 1 };
      }
      return { status: MutantRunStatus.Survived, nrOfTests: ids.length };
    } catch (error) {
      // As with Vitest: a module that cannot be loaded says nothing of the tests.
      return { status: MutantRunStatus.Error, errorMessage: String(error) };
    } finally {
      this.#code.activeMutant = undefined;
      if (isStatic) this.#renew();
    }
  }

  /** How the test fails with the mutant, else null. */
  async #failureOf(id: string, mutant: string, isStatic: boolean): Promise<Error | null> {
    const error = await this.#playWith(id, mutant, isStatic);
    if (!error || isStatic) return error;
    // What an earlier mutant left behind in a module may be what fails: only where the test passes without this one is it this one's.
    this.#code.activeMutant = undefined;
    if (!(await this.#playWith(id, undefined, false))) return error;
    this.#renew();
    return this.#playWith(id, mutant, false);
  }

  async #playWith(id: string, mutant: string | undefined, isStatic: boolean): Promise<Error | null> {
    this.#code.activeMutant = isStatic ? mutant : undefined;
    const test = (await this.#testsOf(fileOf(id))).find((each) => each.id === id);
    this.#code.activeMutant = mutant;
    // A table made of what the mutant changes may be shorter with it: a test that is not there says nothing.
    return test ? this.#play(test) : null;
  }

  #play(test: DeclaredTest): Promise<Error | null> {
    return play(() => this.#tests?.played(test));
  }

  async #testsOf(file: string): Promise<DeclaredTest[]> {
    const known = this.#declared.get(file);
    if (known) return known;
    for (const setup of this.#chosen.setup) await this.#modules.load(join(process.cwd(), setup));
    const tests = (await this.#tests?.declaredBy(file, () => this.#modules.load(join(process.cwd(), file)))) ?? [];
    this.#declared.set(file, tests);
    return tests;
  }

  #files(): readonly string[] {
    const excluded = new Set(globSync(this.#chosen.exclude));
    return globSync(this.#chosen.include)
      .filter((file) => !excluded.has(file))
      .sort();
  }

  async #everyTest(): Promise<readonly string[]> {
    if (this.#all) return this.#all;
    const all: string[] = [];
    for (const file of this.#files()) all.push(...(await this.#testsOf(file)).map(({ id }) => id));
    this.#all = all;
    return all;
  }

  #renew(): void {
    this.#modules.renew();
    this.#declared.clear();
  }

  /** The quickest first; of a mutant that every test may meet, the tests of its own file and then of its folder before all others. */
  #inOrder(ids: readonly string[], near: string): string[] {
    const durationMs = (id: string) => this.#durationsMs.get(id) ?? 0;
    const own = near.replace(/^main/, 'test').replace(/\.ts$/, '.test.ts');
    const far = (id: string) => (fileOf(id) === own ? 0 : dirname(fileOf(id)) === dirname(own) ? 1 : 2);
    return ids.toSorted((a, b) => far(a) - far(b) || durationMs(a) - durationMs(b));
  }
}

const fileOf = (id: string): string => id.slice(0, id.indexOf('#'));

const NAMESPACE = '__stryker__';

function createRunner(injector: Injector<{ [commonTokens.options]: StrykerOptions }>): TestRunner {
  const world = globalThis as unknown as Record<string, Instrumented>;
  world[NAMESPACE] ??= {};
  return new InProcessRunner(injector.resolve(commonTokens.options), world[NAMESPACE]);
}
createRunner.inject = tokens(commonTokens.injector);

/** How Stryker finds it. */
export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'in-process', createRunner)];
export const strykerValidationSchema = { properties: { inProcess: { type: 'object' } } };
