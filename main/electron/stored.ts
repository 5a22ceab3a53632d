import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/**
 * `damaged`: the file was there and cannot be read as JSON. `isHeld`: the disk does not give it just now, as where another program
 * holds it; it may be read in a moment.
 */
export type Stored = Readonly<{ kind: 'value'; value: unknown }> | Readonly<{ kind: 'none' }> | Readonly<{ kind: 'damaged'; isHeld?: true }>;

const HELD: ReadonlySet<unknown> = new Set(['EBUSY', 'EAGAIN', 'EIO', 'EMFILE', 'ENFILE', 'ETIMEDOUT']);

/** Reads a file that store.ts wrote, without it: what a start reads does not wait until a store is loaded. */
export function readStored(path: string): Stored {
  try {
    return { kind: 'value', value: JSON.parse(readFileSync(path, 'utf8')) as unknown };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'none' };
    // Whatever else keeps it from being read (broken JSON, no permission, a folder in its place), its contents are not to be had.
    return HELD.has(code) ? { kind: 'damaged', isHeld: true } : { kind: 'damaged' };
  }
}

/** Keeps the file under another name as well: a copy where it can be had, so that a power cut leaves the file; else it is moved. */
export function setAside(path: string, aside: string): void {
  try {
    writeFileSync(aside, readFileSync(path), { mode: 0o600, flush: true });
  } catch {
    renameSync(path, aside);
  }
}
