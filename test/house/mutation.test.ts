import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const config = JSON.parse(readFileSync('stryker.config.json', 'utf8'));

it('no code is kept from being mutated by a comment', () => {
  const files = globSync('main/**/*.ts');
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((file) => /stryker\s+disable/i.test(readFileSync(file, 'utf8')))).toEqual([]);
});

it('the rules, the readings and the queue are mutated whole, with the default mutators, and less than 90 % killed fails', () => {
  expect(config.mutate).toEqual(['main/core/**/*.ts', 'main/sync/**/*.ts', 'main/queue/**/*.ts']);
  expect(config).not.toHaveProperty('mutator');
  expect(config).not.toHaveProperty('ignorers');
  expect(config.thresholds.break).toBe(90);
});
