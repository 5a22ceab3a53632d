import { app, dialog } from 'electron';
import type { Log } from '../ports.ts';
import { redact } from '../redact.ts';

/** Leaves, saying why in words: in the log and the terminal first, for where nobody can see or close a message. */
export async function leaveWith(message: string, log: Log): Promise<void> {
  log.error(`leaving: ${message}`);
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
