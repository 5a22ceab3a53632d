import { closeSync, copyFileSync, existsSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** SQLite keeps these beside a database; without them the newest changes, or a half-made one, are not whole. */
const COMPANIONS = ['', '-wal', '-shm', '-journal'];

/** Half-made files of an earlier run: never read, always made anew. */
export const BEING_RESTORED = '.restoring';
export const BEING_MADE = '.new';
export const BEING_BACKED_UP = '.backing-up';
const BEING_KEPT = '.keeping';

export function removeWithCompanions(file: string): void {
  for (const companion of COMPANIONS) rmSync(`${file}${companion}`, { force: true });
}

export function removeHalfMade(file: string): void {
  for (const ending of [BEING_RESTORED, BEING_MADE, BEING_BACKED_UP, BEING_KEPT]) removeWithCompanions(`${file}${ending}`);
}

/** The time may say 12:00:00.000Z; a file name on Windows may not hold a colon. */
const stamp = (atMs: number) => new Date(atMs).toISOString().replace(/[:.]/g, '-');

/** A name for a damaged file that neither it nor a companion has yet. */
export function nameAside(file: string, nowMs: number): string {
  const first = `${file}.damaged-${stamp(nowMs)}`;
  let kept = first;
  for (let copy = 2; COMPANIONS.some((companion) => existsSync(`${kept}${companion}`)); copy += 1) kept = `${first}-${copy}`;
  return kept;
}

/** Copies a file and its companions as they are, and returns the copy's name. */
export function copyAside(file: string, nowMs: number): string {
  const kept = nameAside(file, nowMs);
  try {
    for (const companion of COMPANIONS) if (existsSync(`${file}${companion}`)) copyFileSync(`${file}${companion}`, `${kept}${companion}`);
  } catch (error) {
    // Half a copy is of no use, and the next try makes another.
    removeWithCompanions(kept);
    throw error;
  }
  return kept;
}

/**
 * Keeps a ledger as an older Tillside left it, before it is changed for this one: to the byte, but for addresses (`forgetAddresses`: whether
 * there were some in the copy, and it is good without them). What was kept of an earlier change stays: somebody went back to it, and worked on.
 * What a try that failed has kept is not kept twice.
 */
export function keepBefore(file: string, version: number, forgetAddresses: (copy: string) => boolean): void {
  const first = `${file}.before-${version}`;
  const earlier: string[] = [];
  let kept = first;
  for (let nth = 2; existsSync(kept); nth += 1) {
    earlier.push(kept);
    kept = `${first}-${nth}`;
  }
  if (earlier.some((each) => isSame(each, file))) return;
  const copy = `${file}${BEING_KEPT}`;
  const copyAsItIs = () => {
    removeWithCompanions(copy);
    for (const companion of COMPANIONS) if (existsSync(`${file}${companion}`)) copyFileSync(`${file}${companion}`, `${copy}${companion}`);
  };
  copyAsItIs();
  if (!forgetAddresses(copy)) copyAsItIs();
  if (earlier.some((each) => isSame(each, copy))) return removeWithCompanions(copy);
  removeWithCompanions(kept);
  // The database goes last: with it, all of it is there.
  for (const companion of COMPANIONS.toReversed()) if (existsSync(`${copy}${companion}`)) putInPlace(`${copy}${companion}`, `${kept}${companion}`);
}

/** All but what SQLite makes anew of it. */
const isSame = (one: string, other: string): boolean =>
  COMPANIONS.filter((companion) => companion !== '-shm').every((companion) => bytesOf(`${one}${companion}`).equals(bytesOf(`${other}${companion}`)));

const bytesOf = (file: string): Buffer => (existsSync(file) ? readFileSync(file) : Buffer.alloc(0));

/** Moves a file and its companions out of the way. */
export function moveAside(file: string, kept: string): void {
  // The database goes first: a crash in between leaves a WAL without its database, which is seen; the other way round the newest changes would be gone unseen.
  for (const companion of COMPANIONS) if (existsSync(`${file}${companion}`)) renameSync(`${file}${companion}`, `${kept}${companion}`);
  syncFolder(dirname(file));
}

/** A finished file takes its place in one step that survives a power cut. */
export function putInPlace(made: string, file: string): void {
  syncFile(made);
  renameSync(made, file);
  syncFolder(dirname(file));
}

export function syncFile(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** A rename is durable when its folder is. Windows cannot open a folder; NTFS journals the rename itself. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

export const isThere = (file: string): boolean => existsSync(file);
export const hasBytes = (file: string): boolean => existsSync(file) && statSync(file).size > 0;

/** `isSure`: the date is Dojo's; else the PC's clock made it up. */
export type Backup = Readonly<{ file: string; date: string; isSure: boolean }>;

const BACKUP = /^(\d{4}-\d{2}-\d{2})(-pc-clock)?$/;
export const backupFile = (file: string, date: string, isSure = true): string => `${file}.backup-${date}${isSure ? '' : '-pc-clock'}`;

/** In no order: which of them is the newest its name does not tell (backup-reach.ts). */
export function backupsOf(file: string): readonly Backup[] {
  const start = `${basename(file)}.backup-`;
  return readdirSync(dirname(file)).flatMap((name) => {
    const [, date, mark] = (name.startsWith(start) && BACKUP.exec(name.slice(start.length))) || [];
    return date === undefined ? [] : [{ file: join(dirname(file), name), date, isSure: mark === undefined }];
  });
}
