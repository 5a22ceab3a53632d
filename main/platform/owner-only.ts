import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const OTHERS = 0o077;
const FOLDER = 0o700;
const FILE = 0o600;
/** Chromium's own folders are beside these, and their business. */
const FOLDERS = ['ledger', 'logs'];

/**
 * From here on whatever this process makes is its user's alone: the files too that SQLite and the log make by themselves. What an older
 * Tillside left for others to read is put right. On Windows the profile's own rights stand.
 */
export function keepForOwner(profile: string): void {
  if (process.platform === 'win32') return;
  process.umask(OTHERS);
  putRight(profile);
  for (const name of FOLDERS) if (entriesOf(profile).some((entry) => entry.name === name && entry.isDirectory())) putRight(join(profile, name));
}

function putRight(folder: string): void {
  give(folder, FOLDER);
  // A link is left alone: what it leads to is elsewhere.
  for (const entry of entriesOf(folder)) if (entry.isFile()) give(join(folder, entry.name), FILE);
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // Not there yet, or not to be read: whoever needs it finds out, and says so.
    return [];
  }
}

function give(path: string, rights: number): void {
  try {
    chmodSync(path, rights);
  } catch {
    // Another user's, gone meanwhile, or on a disk that knows no rights: no reason to keep the till from working.
  }
}
