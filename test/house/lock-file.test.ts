import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Entry = { version?: string; integrity?: string; resolved?: string; gypfile?: boolean; inBundle?: boolean };
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Entry> };
const packages = Object.entries(lock.packages).filter(([path]) => path !== '');

test('every package of the lock file has its hash', () => {
  expect(packages.filter(([, entry]) => !entry.integrity && !entry.inBundle).map(([path]) => path)).toEqual([]);
});

test('the lock file names no registry', () => {
  expect(packages.filter(([, entry]) => entry.resolved).map(([path]) => path)).toEqual([]);
});

// npm drops this line when it writes the lock file anew, and would then want a C++ compiler on every machine: put it back by hand.
test('better-sqlite3 is used as it comes, with its prebuilt binaries', () => {
  expect(lock.packages['node_modules/better-sqlite3']).toMatchObject({ gypfile: false });
});
