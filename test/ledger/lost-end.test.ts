import { copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Action } from '../../main/core/queue/action.ts';
import { anAction, NOON_MS } from '../builders.ts';
import { aFile, anEntry, beside, filled, noise, opened, openedWithNotices } from './a-ledger.ts';

describe('the end of a ledger', () => {
  /** What a power cut leaves of a ledger in which one action was sent and another accepted since the last checkpoint. */
  function cutOff(): Readonly<{ file: string; sent: Action; bytes: Buffer }> {
    const running = filled();
    const ledger = opened(running);
    const sent = anAction({ id: 'sent', state: 'waiting' });
    ledger.writeActions([sent], [anEntry()]);
    ledger.writeActions([{ ...sent, state: 'sending', sends: 1 }], [anEntry()]);
    ledger.writeActions([anAction({ id: 'newest' })], [anEntry()]);
    const file = aFile();
    for (const part of ['', '-wal', '.mark']) copyFileSync(`${running}${part}`, `${file}${part}`);
    return { file, sent, bytes: readFileSync(file) };
  }

  it('that is whole opens with nothing to tell', () => {
    const { ledger, notices } = openedWithNotices(cutOff().file);
    expect(notices).toEqual([]);
    expect(ledger.loadActions(0).actions.slice(-2)).toMatchObject([
      { id: 'sent', state: 'sending' },
      { id: 'newest', state: 'waiting' },
    ]);
  });

  it.each<[string, (file: string) => void]>([
    ['whose WAL is cut short', (file) => truncateSync(`${file}-wal`, Math.floor(readFileSync(`${file}-wal`).length / 2))],
    ['whose WAL is noise', (file) => writeFileSync(`${file}-wal`, noise(30_000))],
    ['whose WAL is gone', (file) => rmSync(`${file}-wal`)],
  ])('%s is missed, and told; what was open goes on by a person only', (_, damage) => {
    const { file, bytes } = cutOff();
    damage(file);
    const { ledger, notices } = openedWithNotices(file, { nowMs: NOON_MS + 3_600_000 });
    expect(notices).toMatchObject([
      { code: 'ledger-cut-short', message: expect.stringMatching(/done last.*is missing.*will not be sent by themselves: compare with Dojo.*kept as/) },
    ]);
    const { actions } = ledger.loadActions(0);
    expect(actions.length).toBeGreaterThanOrEqual(200);
    expect(actions.map(({ id }) => id)).not.toContain('newest');
    expect(new Set(actions.map(({ state }) => state))).toEqual(new Set(['needsPerson']));
    const [kept] = beside(file, 'damaged-').filter((name) => !/-(wal|shm)$/.test(name));
    expect(readFileSync(join(dirname(file), String(kept))).equals(bytes)).toBe(true);
    ledger.writeActions([anAction({ id: 'fresh' })], [anEntry()]);
    ledger.close();
    expect(openedWithNotices(file).notices).toEqual([]);
  });

  it('is missed where an older copy took the ledger’s place', () => {
    const file = filled();
    const older = readFileSync(file);
    const ledger = opened(file);
    ledger.writeActions([anAction()], [anEntry()]);
    ledger.close();
    writeFileSync(file, older);
    expect(openedWithNotices(file).notices).toMatchObject([{ code: 'ledger-cut-short' }]);
  });

  it('is missed where the whole ledger is gone and there is no backup', () => {
    const file = aFile();
    const ledger = opened(file);
    ledger.writeActions([anAction()], [anEntry()]);
    ledger.close();
    rmSync(file);
    const { ledger: empty, notices } = openedWithNotices(file);
    expect(notices).toMatchObject([{ code: 'ledger-empty', message: expect.stringContaining('is missing and there was no good backup') }]);
    empty.close();
    expect(openedWithNotices(file).notices).toEqual([]);
  });
});
