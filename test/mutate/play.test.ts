import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { play } from './play.ts';

/** A mutant is called killed where this gives an error: it must give none where a test passes, however it takes its time. */
describe('a test that is played', () => {
  it.each<readonly [string, () => unknown]>([
    ['returns', () => 1],
    ['resolves', async () => 1],
    ['waits for the event loop', () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)))],
    ['waits for a timer', () => new Promise((resolve) => setTimeout(resolve, 30))],
    ['waits for the disk', () => readFile('package.json')],
  ])('and %s passes', async (_, body) => expect(await play(body)).toBeNull());

  it.each<readonly [string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('wrong');
      },
    ],
    ['rejects', () => Promise.reject(new Error('wrong'))],
    ['rejects with what is no error', () => Promise.reject('wrong')],
  ])('and %s fails with what it said', async (_, body) => expect((await play(body))?.message).toBe('wrong'));

  it('and waits for what can never come fails, without a clock that is waited for', async () => {
    const startedAtMs = performance.now();
    expect((await play(() => new Promise(() => undefined)))?.message).toBe('the test never ended');
    expect(performance.now() - startedAtMs).toBeLessThan(10_000);
  });
});
