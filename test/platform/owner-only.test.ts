import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../main/ledger/open.ts';
import { keepForOwner } from '../../main/platform/owner-only.ts';

let folder: string;
let umaskBefore: number;
beforeEach(() => {
  umaskBefore = process.umask(0o022);
  folder = mkdtempSync(join(tmpdir(), 'tillside-rights-'));
});
afterEach(() => {
  process.umask(umaskBefore);
  rmSync(folder, { recursive: true, force: true });
});

const rightsOf = (path: string): number => lstatSync(path).mode & 0o777;
/** Everything below, with its rights; a folder's name ends in a slash. */
const rightsBelow = (of: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(of, { recursive: true, withFileTypes: true }).map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [`${path.slice(of.length + 1)}${entry.isDirectory() ? '/' : ''}`, rightsOf(path).toString(8)];
    }),
  );
const othersMay = (of: string): string[] =>
  Object.entries(rightsBelow(of))
    .filter(([name, rights]) => rights !== (name.endsWith('/') ? '700' : '600'))
    .map(([name, rights]) => `${name} ${rights}`);

describe.skipIf(process.platform === 'win32')('the shop’s data', () => {
  it('is its user’s alone: the ledger while it is open, what SQLite keeps beside it, backups and what is set aside', async () => {
    keepForOwner(folder);
    writeFileSync(join(folder, 'settings.json'), '{}');
    const file = join(folder, 'ledger', 'shop.sqlite');
    mkdirSync(join(folder, 'ledger'));
    writeFileSync(file, 'not a database');
    const opened = openLedger({ file, nowMs: Date.parse('2026-06-15T11:00:00Z') });
    if ('failure' in opened) throw new Error(opened.failure.message);
    opened.ledger.writeFact('a', 'b');
    await opened.ledger.backUp('2026-06-15', true);
    const names = Object.keys(rightsBelow(folder));
    expect(names).toEqual(expect.arrayContaining(['ledger/shop.sqlite-wal', 'ledger/shop.sqlite-shm', 'ledger/shop.sqlite.backup-2026-06-15']));
    expect(names.some((name) => name.includes('.damaged-'))).toBe(true);
    expect(othersMay(folder)).toEqual([]);
    expect(rightsOf(folder)).toBe(0o700);
    opened.ledger.close();
    expect(othersMay(folder)).toEqual([]);
  });

  it('is put right where an older Tillside left it for others to read', () => {
    mkdirSync(join(folder, 'ledger'), { mode: 0o755 });
    mkdirSync(join(folder, 'logs'), { mode: 0o755 });
    for (const name of [
      'settings.json',
      'ledger/shop.sqlite',
      'ledger/shop.sqlite-wal',
      'ledger/shop.sqlite-shm',
      'ledger/shop.sqlite.before-4',
      'logs/main.log',
    ])
      writeFileSync(join(folder, name), '', { mode: 0o644 });
    chmodSync(folder, 0o755);
    keepForOwner(folder);
    expect(othersMay(folder)).toEqual([]);
    expect(rightsOf(folder)).toBe(0o700);
  });

  it('leads nowhere else: what a link points to stays as it is', () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'tillside-elsewhere-'));
    const file = join(elsewhere, 'theirs');
    writeFileSync(file, '', { mode: 0o644 });
    chmodSync(elsewhere, 0o755);
    symlinkSync(elsewhere, join(folder, 'logs'));
    symlinkSync(file, join(folder, 'SingletonLock'));
    keepForOwner(folder);
    expect([statSync(elsewhere).mode & 0o777, rightsOf(file)]).toEqual([0o755, 0o644]);
    rmSync(elsewhere, { recursive: true });
  });

  it('does not keep the till from starting where there is no folder yet', () => {
    expect(() => keepForOwner(join(folder, 'not', 'there'))).not.toThrow();
  });
});
