import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findElectron } from '../../scripts/find-electron.ts';
import { runInElectron } from './run-in-electron.ts';

const HARNESS = join(import.meta.dirname, 'store-harness.ts');
const SECONDS_30 = 30_000;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillside-store-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (...steps: [string, unknown?][]): Promise<unknown> => runInElectron(HARNESS, { folder, steps });

describe.skipIf(findElectron() === null)('a stored file', () => {
  test('gives back what was written last, is for its owner only, and offers nothing to pages', { timeout: SECONDS_30 }, async () => {
    const outcomes = await run(['read'], ['write', { shopName: 'The Corner', 'a.b': 1 }], ['write', { shopName: 'Next' }], ['read'], ['listeners']);
    expect(outcomes).toEqual([{ kind: 'none' }, { ok: true, value: null }, { ok: true, value: null }, { kind: 'value', value: { shopName: 'Next' } }, 0]);
    if (process.platform !== 'win32') expect(statSync(join(folder, 'settings.json')).mode & 0o777).toBe(0o600);
  });

  test('that is damaged says so as long as nothing is written, and is then kept under another name', { timeout: SECONDS_30 }, async () => {
    writeFileSync(join(folder, 'settings.json'), '{"shopName":');
    expect(await run(['read'], ['readSettings'], ['read'], ['write', { a: 1 }], ['read'])).toEqual([
      { kind: 'damaged' },
      { kind: 'damaged', path: join(folder, 'settings.json') },
      { kind: 'damaged' },
      { ok: true, value: null },
      { kind: 'value', value: { a: 1 } },
    ]);
    expect(readFileSync(join(folder, 'settings.damaged-1234.json'), 'utf8')).toBe('{"shopName":');
  });

  test('that is damaged is set aside before it is written over', { timeout: SECONDS_30 }, async () => {
    writeFileSync(join(folder, 'settings.json'), 'nonsense');
    await run(['write', { a: 1 }]);
    expect(readdirSync(folder).sort()).toEqual(['settings.damaged-1234.json', 'settings.json']);
  });

  test('that could not be read for a second is set aside by what is written next, and by that alone', { timeout: SECONDS_30 }, async () => {
    writeFileSync(join(folder, 'settings.json'), '{"shopName":"The Corner"}');
    await run(['away'], ['read'], ['back'], ['write', { a: 1 }], ['write', { a: 2 }]);
    expect(readFileSync(join(folder, 'settings.damaged-1234.json'), 'utf8')).toBe('{"shopName":"The Corner"}');
    expect(readFileSync(join(folder, 'settings.json'), 'utf8')).toContain('2');
  });

  test('that is removed is gone, with what was set aside of it and what a power cut left of a write, and nothing else is', {
    timeout: SECONDS_30,
  }, async () => {
    const names = ['settings.json', 'settings.damaged-1000.json', 'settings.json.tmp-1234567890', 'other.damaged-1000.json', 'other.json'];
    for (const name of names) writeFileSync(join(folder, name), 'nonsense');
    expect(await run(['remove'], ['read'], ['remove'])).toEqual([{ ok: true, value: null }, { kind: 'none' }, { ok: true, value: null }]);
    expect(readdirSync(folder).sort()).toEqual(['other.damaged-1000.json', 'other.json']);
  });

  test('that cannot be written says so', { timeout: SECONDS_30 }, async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const outcomes = await runInElectron(HARNESS, { folder: file, steps: [['write', { a: 1 }]] });
    expect(outcomes).toEqual([{ ok: false, error: { code: 'broken', message: expect.stringContaining('could not be written') } }]);
  });
});
