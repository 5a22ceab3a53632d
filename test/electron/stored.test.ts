import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const disk = vi.hoisted(() => ({ code: null as string | null }));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const readFileSync = (...given: Parameters<typeof fs.readFileSync>) => {
    if (disk.code !== null) throw Object.assign(new Error(`${disk.code}: not now`), { code: disk.code });
    return fs.readFileSync(...given);
  };
  return { ...fs, readFileSync };
});
const { readStored } = await import('../../main/electron/stored.ts');

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillside-stored-'));
  path = join(folder, 'vault.json');
  disk.code = null;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a file that is not there is none, also where a link leads to it', () => {
  expect(readStored(path)).toEqual({ kind: 'none' });
  symlinkSync(join(folder, 'gone.json'), path);
  expect(readStored(path)).toEqual({ kind: 'none' });
});

test('what is no JSON is damaged, as is a folder in its place', () => {
  writeFileSync(path, '{"apiKey":');
  expect(readStored(path)).toEqual({ kind: 'damaged' });
  rmSync(path);
  mkdirSync(path);
  expect(readStored(path)).toEqual({ kind: 'damaged' });
});

test.each(['EBUSY', 'EIO', 'EMFILE'])('what the disk does not give just now (%s) is held, and may be read later', (code) => {
  writeFileSync(path, '{"apiKey":"x"}');
  disk.code = code;
  expect(readStored(path)).toEqual({ kind: 'damaged', isHeld: true });
  disk.code = null;
  expect(readStored(path)).toEqual({ kind: 'value', value: { apiKey: 'x' } });
});

test('what nobody lets the till read is damaged: it is not waited for', () => {
  writeFileSync(path, '{"apiKey":"x"}');
  disk.code = 'EACCES';
  expect(readStored(path)).toEqual({ kind: 'damaged' });
});
