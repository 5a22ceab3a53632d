import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createRealPlace, homeWithoutStorage } from '../../main/platform/real-place.ts';

function aFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tillside-place-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('a profile lies at its real path, whatever link leads there', async () => {
  const folder = aFolder();
  const profile = join(folder, 'profile');
  mkdirSync(profile);
  symlinkSync(profile, join(folder, 'link'), process.platform === 'win32' ? 'junction' : 'dir');
  expect((await createRealPlace(join(folder, 'link'))()).path).toBe(profile);
  expect(await createRealPlace(join(folder, 'link'))()).toEqual(await createRealPlace(profile)());
});

test('a moved profile lies elsewhere', async () => {
  const folder = aFolder();
  mkdirSync(join(folder, 'one'));
  const before = await createRealPlace(join(folder, 'one'))();
  renameSync(join(folder, 'one'), join(folder, 'two'));
  const after = await createRealPlace(join(folder, 'two'))();
  expect(after.path).not.toBe(before.path);
  expect(after.machineId).toBe(before.machineId);
});

test('a folder that is not there yet is named all the same', async () => {
  const folder = aFolder();
  expect((await createRealPlace(join(folder, 'not-yet'))()).path).toBe(join(folder, 'not-yet'));
});

test('without Electron nothing seals a token', async () => {
  const home = homeWithoutStorage(createRealPlace(aFolder()));
  expect(await home.seal('a token')).toBeNull();
  expect(await home.unseal('anything')).toEqual({ kind: 'none' });
});
