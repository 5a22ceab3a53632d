import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { aFile, opened } from '../ledger/a-ledger.ts';
import { aShopPc } from './a-till-on-disk.ts';

test('a ledger that was lost, with a backup of before any key, is told of once', async () => {
  const file = aFile();
  const pc = aShopPc(file);
  // The first one, made as the key was about to be taken.
  const before = opened(file);
  await before.backUp('2026-06-15', true);
  before.close();
  const backups = readdirSync(dirname(file)).filter((name) => name.includes('backup'));
  const ofBefore = backups.map((name) => [name, readFileSync(join(dirname(file), name))] as const);
  const connected = await pc.start();
  await connected.connect();
  await connected.till.close();
  for (const name of readdirSync(dirname(file))) rmSync(join(dirname(file), name));
  for (const [name, content] of ofBefore) writeFileSync(join(dirname(file), name), content);
  const again = await pc.start();
  await pc.clock.run(60_000);
  expect((await again.noticeCodes()).filter((code) => code.startsWith('ledger-'))).toEqual(['ledger-restored']);
});
