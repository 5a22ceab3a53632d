import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSettings } from '../../main/app/settings.ts';
import { jsonFile } from './json-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillside-json-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('what was written is read, and nothing is left beside it', () => {
  const file = jsonFile(join(folder, 'deep', 'settings.json'));
  expect(file.read()).toEqual({ kind: 'none' });
  expect(file.write({ shopName: 'The Corner' }).ok).toBe(true);
  expect(file.write({ shopName: 'The Other Corner' }).ok).toBe(true);
  expect(file.read()).toEqual({ kind: 'ok', value: { shopName: 'The Other Corner' } });
  expect(readdirSync(join(folder, 'deep'))).toEqual(['settings.json']);
});

test('a damaged file says so as long as nothing is written, and is then kept under another name', () => {
  const path = join(folder, 'settings.json');
  writeFileSync(path, '{"shopName":');
  expect(jsonFile(path).read()).toEqual({ kind: 'damaged', path });
  expect(jsonFile(path).read()).toEqual({ kind: 'damaged', path });
  expect(jsonFile(path).write({ shopName: 'The Corner' }).ok).toBe(true);
  const [aside = ''] = readdirSync(folder).filter((name) => name.startsWith('settings.json.damaged-'));
  expect(readFileSync(join(folder, aside), 'utf8')).toBe('{"shopName":');
  expect(jsonFile(path).read()).toEqual({ kind: 'ok', value: { shopName: 'The Corner' } });
});

test('what could not be read for a second is kept when something is saved later', () => {
  const path = join(folder, 'settings.json');
  const open = () => createSettings({ file: jsonFile(path), hostZone: 'Europe/Paris' });
  open().save({ shopName: 'Corner Books' });
  // It cannot be read just now: as the superuser nothing but a folder in its place is refused.
  renameSync(path, `${path}.away`);
  mkdirSync(path);
  const settings = open();
  expect(settings.notices()).toMatchObject([{ message: expect.stringMatching(/is kept\.$/) }]);
  rmdirSync(path);
  renameSync(`${path}.away`, path);
  settings.save({ density: 'compact' });
  settings.save({ density: 'touch' });
  const [aside = '', ...others] = readdirSync(folder).filter((name) => name.startsWith('settings.json.damaged-'));
  expect(readFileSync(join(folder, aside), 'utf8')).toContain('Corner Books');
  expect(others).toEqual([]);
});

test('a disk that does not let it write is said, and the old contents stay', () => {
  const path = join(folder, 'file');
  writeFileSync(path, '');
  expect(jsonFile(join(path, 'settings.json')).write({})).toMatchObject({ ok: false, error: { code: 'broken' } });
  chmodSync(folder, 0o500);
  const written = jsonFile(join(folder, 'settings.json')).write({});
  // The superuser may write anywhere.
  if (process.getuid?.() !== 0) expect(written).toMatchObject({ ok: false, error: { code: 'read-only' } });
  chmodSync(folder, 0o700);
});
