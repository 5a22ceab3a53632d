import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A real disk that is small enough to fill and can be made read-only: a tmpfs. Only root on Linux can have one. */
export type SmallDisk = Readonly<{ folder: string; fill(): void; makeRoom(): void; setReadOnly(readOnly: boolean): void }>;

const run = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: 'pipe' });

function mount(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tillside-disk-'));
  try {
    run('mount', '-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', folder);
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw error;
  }
  return folder;
}

function unmount(folder: string): void {
  run('umount', folder);
  rmSync(folder, { recursive: true });
}

/** Why there can be no small disk here; null: there can. */
export function noSmallDisk(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'a small disk needs root on Linux';
  try {
    unmount(mount());
    return null;
  } catch {
    return 'a tmpfs cannot be mounted here';
  }
}

export function aSmallDisk(): SmallDisk {
  const folder = mount();
  // Registered before anything is opened on it, so it runs after that is closed.
  onTestFinished(() => unmount(folder));
  const filler = join(folder, 'filler');
  return {
    folder,
    fill() {
      let filled = '';
      for (const chunk of [65_536, 4_096, 512])
        for (;;) {
          filled += '.'.repeat(chunk);
          try {
            writeFileSync(filler, filled);
          } catch {
            filled = filled.slice(chunk);
            break; // Full, as far as this size goes.
          }
        }
    },
    makeRoom: () => rmSync(filler, { force: true }),
    setReadOnly: (readOnly) => void run('mount', '-o', `remount,${readOnly ? 'ro' : 'rw'}`, folder),
  };
}
