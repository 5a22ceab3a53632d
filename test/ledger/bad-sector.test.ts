import { existsSync, truncateSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { anAction } from '../builders.ts';
import { aFile, anEntry, failureOf, opened, openedWithNotices } from './a-ledger.ts';

/** What the disk does not give, and what the system says of it. */
const bad = vi.hoisted(() => ({ file: '', code: '' }));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const refuse = (file: unknown): void => {
    if (file === bad.file) throw Object.assign(new Error(`${bad.code}: read`), { code: bad.code });
  };
  return {
    ...fs,
    readFileSync: (...args: Parameters<typeof fs.readFileSync>) => {
      refuse(args[0]);
      return fs.readFileSync(...args);
    },
    copyFileSync: (...args: Parameters<typeof fs.copyFileSync>) => {
      refuse(args[0]);
      fs.copyFileSync(...args);
    },
    writeFileSync: (...args: Parameters<typeof fs.writeFileSync>) => {
      refuse(args[0]);
      fs.writeFileSync(...args);
    },
  };
});

describe('a damaged ledger with three backups', () => {
  let file = '';
  beforeEach(async () => {
    bad.file = '';
    file = aFile();
    const ledger = opened(file);
    for (const date of ['2026-06-10', '2026-06-11', '2026-06-12']) {
      ledger.writeActions([anAction({ id: date })], [anEntry()]);
      await ledger.backUp(date, true);
    }
    ledger.close();
    truncateSync(file, 0);
  });
  const refuse = (name: string, code: string) => Object.assign(bad, { file: name, code });

  it('goes back to an older one where the disk cannot read the newest to its end, which stays', () => {
    refuse(`${file}.backup-2026-06-12`, 'EIO');
    const { ledger, notices } = openedWithNotices(file);
    expect(ledger.loadActions(0).actions.map(({ id }) => id)).toEqual(['2026-06-10', '2026-06-11']);
    expect(notices).toMatchObject([{ code: 'ledger-restored', message: expect.stringContaining('2026-06-11') }]);
    ledger.close();
    expect([existsSync(bad.file), openedWithNotices(file).notices]).toEqual([true, []]);
  });

  it('waits for one that another program holds just then', () => {
    refuse(`${file}.backup-2026-06-12`, 'EBUSY');
    expect(failureOf(file)).toMatchObject({ code: 'busy' });
  });

  it('waits for a disk that does not take the copy: no backup is to blame', () => {
    refuse(`${file}.restoring`, 'EIO');
    expect(failureOf(file)).toMatchObject({ code: 'broken' });
    bad.file = '';
    expect(openedWithNotices(file).notices).toMatchObject([{ code: 'ledger-restored', message: expect.stringContaining('2026-06-12') }]);
  });
});
