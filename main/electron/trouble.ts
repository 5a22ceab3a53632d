import { accessSync, constants, lstatSync, mkdirSync, mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { redact } from '../platform/redact.ts';
import type { Log } from '../ports/log.ts';

/** Leaves, saying why in words: in the log (where one can be kept) and the terminal first, for where nobody can see or close a message. */
export async function leaveWith(message: string, log: Log | null): Promise<void> {
  log?.error(`leaving: ${message}`);
  process.stderr.write(`Tillside cannot go on. ${redact(message)}\n`);
  await dialog.showMessageBox({ type: 'error', title: 'Tillside', message: 'Tillside cannot go on.', detail: message, buttons: ['Close'] });
  app.exit(1);
}

/**
 * A broken invariant: what is on disk is safe and the next start goes on from there; to go on from here is not. So the message
 * holds everything up until it is closed.
 */
export function leaveOnBrokenInvariant(log: Log): void {
  process.on('uncaughtException', (error) => {
    const message = 'Something went wrong inside the till. What was accepted is kept on this computer; open Tillside again.';
    log.error(`broken: ${error.stack ?? error.message}`);
    process.stderr.write(`Tillside cannot go on. ${message}\n`);
    dialog.showErrorBox('Tillside cannot go on.', message);
    app.exit(1);
  });
  process.on('unhandledRejection', (reason) => log.error(`not awaited: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`));
}

/** Why no till can have the lock of this folder; null: one can, so that another has it. */
export function whyNotWritable(folder: string): string | null {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch {
    return `Tillside may not write to its folder “${folder}”, so it could keep nothing. Ask whoever looks after this PC.`;
  }
  return isLocked(folder) || canMakeTemporary()
    ? null
    : `The folder for temporary files “${tmpdir()}” is full or may not be written, so Tillside cannot start. What was accepted is kept on this PC. Make room there, or ask whoever looks after this PC.`;
}

/** Chromium's lock is a link that leads nowhere, and is gone again where it could not be had. */
const isLocked = (folder: string): boolean => lstatSync(join(folder, 'SingletonLock'), { throwIfNoEntry: false }) !== undefined;

/** The lock has its other half there, but on Windows. */
function canMakeTemporary(): boolean {
  if (process.platform === 'win32') return true;
  try {
    rmdirSync(mkdtempSync(join(tmpdir(), 'tillside-')));
    return true;
  } catch {
    return false;
  }
}
