import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { aFile } from './a-ledger.ts';
import { copyLedger, fillLedger, type Written } from './filled-ledger.ts';
import { afterPowerCut, damageAndOpen, TARGETS } from './random-damage.ts';

/** Of each target. */
const SEEDS = 15;
/** Filling one takes longer than breaking it: so many are filled once and broken over and over. */
const FILLED = 4;

const folder = mkdtempSync(join(tmpdir(), 'tillside-filled-'));
afterAll(() => rmSync(folder, { recursive: true }));
const filled = new Map<string, Promise<Written>>();

async function anUsedLedger(which: number, powerCut: boolean): Promise<Readonly<{ file: string; written: Written }>> {
  const from = join(folder, `${which}-${powerCut ? 'cut' : 'closed'}`);
  const written = filled.get(from) ?? fillLedger(from, which, powerCut);
  filled.set(from, written);
  await written;
  const file = aFile();
  copyLedger(from, file);
  return { file, written: await written };
}

describe.each(TARGETS)('damage at a random place: %s', (target) => {
  it('never keeps the till from opening; every action is as it was, or something says that it may not be', async () => {
    const wrong: string[] = [];
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const { file, written } = await anUsedLedger(seed % FILLED, afterPowerCut(target));
      wrong.push(...damageAndOpen(file, written, seed, target));
    }
    expect(wrong).toEqual([]);
  }, 120_000);
});
