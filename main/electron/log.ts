import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import electronLog from 'electron-log/node';
import { redact } from '../platform/redact.ts';
import type { Log } from '../ports/log.ts';

const FILE_BYTES_MAX = 2 * 1024 * 1024;

/**
 * The log file of this profile, and the terminal of a development build. Everything goes through the redactor first. It is the Node
 * face of the library: the other one also listens to what pages send.
 */
export function createLog(folder: string, toTerminal: boolean): Log {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    // A full disk, say: whether the till can work on it is found out by those who must write, and said in words.
    process.stderr.write(`No log can be kept: ${String(error)}\n`);
  }
  const logger = electronLog.create({ logId: 'till' });
  logger.transports.file.resolvePathFn = () => join(folder, 'main.log');
  logger.transports.file.maxSize = FILE_BYTES_MAX;
  logger.transports.file.level = 'info';
  logger.transports.console.level = toTerminal ? 'info' : false;
  return {
    info: (message) => logger.info(redact(message)),
    warn: (message) => logger.warn(redact(message)),
    error: (message) => logger.error(redact(message)),
  };
}
