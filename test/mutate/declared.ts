import type * as Vitest from 'vitest';
import { titled } from './titles.ts';

/**
 * What a test file gets for `vitest` under `npm run mutate`: it notes the tests instead of running them, so that one process can play
 * them again for each mutant. Vitest's own `expect` judges them.
 */
export type DeclaredTest = Readonly<{ id: string; name: string; play: () => unknown }>;

type Body = (...args: unknown[]) => unknown;

let file = '';
let names: string[] = [];
let declared: DeclaredTest[] = [];

/** Loads a test file and gives the tests that it declares. `name`: the file's, as it shows in each test's id. */
export async function declaredBy(name: string, load: () => Promise<unknown>): Promise<DeclaredTest[]> {
  file = name;
  names = [];
  declared = [];
  await load();
  return declared;
}

/** Known by its place in its file: a title may hold what is made anew with each load. */
function declare(title: string, play: () => unknown): void {
  declared.push({ id: `${file}#${declared.length}`, name: [...names, title].join(' > '), play });
}

const bodyOf = (rest: readonly unknown[]): Body => {
  const body = rest.find((each) => typeof each === 'function');
  if (!body) throw new Error('expected a test to have a body');
  return body as Body;
};

const eachOf =
  (one: (title: string, body: () => unknown) => void) =>
  (rows: readonly unknown[]) =>
  (title: string, ...rest: unknown[]) => {
    const body = bodyOf(rest);
    rows.forEach((row, index) => {
      const args = Array.isArray(row) ? row : [row];
      one(titled(title, args, index), () => body(...args));
    });
  };

function group(title: string, body: () => unknown): void {
  names.push(title);
  body();
  names.pop();
}

const skipped = () => undefined;
const aTest = (title: string, ...rest: unknown[]) => declare(title, bodyOf(rest) as () => unknown);
const aGroup = (title: string, ...rest: unknown[]) => group(title, bodyOf(rest) as () => unknown);

export const test = Object.assign(aTest, {
  each: eachOf(declare),
  skip: skipped,
  skipIf: (isSkipped: unknown) => (isSkipped ? skipped : aTest),
});
/** What the test that plays now leaves to be cleared up. */
let atTheEnd: (() => unknown)[] = [];
export const onTestFinished = (clear: () => unknown) => void atTheEnd.push(clear);

/** Plays it once, and clears up after it. */
export async function played({ play }: DeclaredTest): Promise<void> {
  atTheEnd = [];
  try {
    await play();
  } finally {
    for (const clear of atTheEnd.reverse()) await clear();
  }
}

export const it = test;
export const describe = Object.assign(aGroup, { each: eachOf(group) });

// Vitest's module asks for the worker that it runs in; what it asks of it here is only to be there.
Object.assign(globalThis, { __vitest_worker__: { config: {}, ctx: {}, environment: { name: 'node' }, metaEnv: {} } });
const real = process.env.TILLSIDE_VITEST;
if (!real) throw new Error('expected the address of Vitest');
export const { expect } = (await import(real)) as typeof Vitest;
