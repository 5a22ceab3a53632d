import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How the system is asked; a test asks another one. */
export type MachineAsked = Readonly<{
  platform: NodeJS.Platform;
  read(path: string): Promise<string>;
  /** A program of the system's own by its full path, without a shell; what it printed. Rejects where it fails. */
  run(program: string, args: readonly string[]): Promise<string>;
}>;

const RUN_MS_MAX = 5_000;

const real: MachineAsked = {
  platform: process.platform,
  read: (path) => readFile(path, 'utf8'),
  run: (program, args) =>
    new Promise((resolve, reject) => {
      execFile(program, [...args], { timeout: RUN_MS_MAX, windowsHide: true, shell: false }, (error, stdout) => (error ? reject(error) : resolve(stdout)));
    }),
};

/**
 * What the operating system calls this machine: it stays over restarts and updates, and another machine has another. Linux keeps it in
 * a file; Windows in its registry and macOS in its device tree, which their own programs read without a shell. Only a sum of it
 * leaves this file: systemd asks programs not to pass the id itself on (machine-id(5)). null: it could not be read.
 */
export async function machineId(asked: MachineAsked = real): Promise<string | null> {
  const id = await idOf(asked).catch(() => null);
  return id === null ? null : createHash('sha256').update(`tillside ${id.toLowerCase()}`).digest('hex').slice(0, 32);
}

async function idOf({ platform, read, run }: MachineAsked): Promise<string | null> {
  switch (platform) {
    case 'linux': {
      // Where systemd is not, D-Bus keeps the same.
      const text = await read('/etc/machine-id').catch(() => read('/var/lib/dbus/machine-id'));
      return /^[0-9a-f]{32}$/i.exec(text.trim())?.[0] ?? null;
    }
    case 'win32': {
      const program = join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'reg.exe');
      const text = await run(program, ['query', 'HKLM\\SOFTWARE\\Microsoft\\Cryptography', '/v', 'MachineGuid', '/reg:64']);
      return /MachineGuid\s+REG_SZ\s+([0-9a-f-]{36})/i.exec(text)?.[1] ?? null;
    }
    case 'darwin': {
      const text = await run('/usr/sbin/ioreg', ['-rd1', '-c', 'IOPlatformExpertDevice']);
      return /"IOPlatformUUID" = "([0-9a-f-]{36})"/i.exec(text)?.[1] ?? null;
    }
    default:
      return null;
  }
}
