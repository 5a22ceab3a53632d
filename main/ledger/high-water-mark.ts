import { closeSync, existsSync, fdatasyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { codeOf } from './disk-failure.ts';

/**
 * How far the activity log had come when a write was last reported as done, in a small file of its own. What was written last is in
 * SQLite's WAL until it is carried over: of a WAL that was damaged or cut short SQLite reads what is before the damage, and says
 * nothing. What is missing then shows only against this.
 */
const MARK = '.mark';

const DIGITS = 16;
/** Twice, so that a damaged mark is not believed. */
const textOf = (entries: number): string => `${String(entries).padStart(DIGITS, '0')} ${String(entries).padStart(DIGITS, '0')}\n`;

/** 0: there is no mark that can be believed. */
export function readMark(file: string): number {
  const path = `${file}${MARK}`;
  if (!existsSync(path)) return 0;
  const text = readFileSync(path, 'latin1');
  const entries = Number(text.slice(0, DIGITS));
  return text === textOf(entries) ? entries : 0;
}

/** Nothing is to be known any more of the record that there was. */
export const removeMark = (file: string): void => rmSync(`${file}${MARK}`, { force: true });

/** `reach` is called with the number of the newest entry that is on disk. */
export function openMark(file: string): Readonly<{ reach(entries: number): void; close(): void }> {
  const path = `${file}${MARK}`;
  const descriptor = openSync(path, existsSync(path) ? 'r+' : 'w+');
  let reached = readMark(file);
  return {
    reach(entries) {
      if (entries <= reached) return;
      try {
        writeSync(descriptor, textOf(entries), 0);
        fdatasyncSync(descriptor);
        reached = entries;
      } catch (error) {
        // The write itself is on disk. A mark that stays behind never claims too much.
        if (codeOf(error) === null) throw error;
      }
    },
    close: () => closeSync(descriptor),
  };
}
