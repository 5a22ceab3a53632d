import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A real disk that is small enough to fill and can be made read-only. Only root on Linux can have one. */
export type SmallDisk = Readonly<{ folder: string; fill(roomKb?: number): void; makeRoom(): void; setReadOnly(readOnly: boolean): void; unmount(): void }>;

const run = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: 'pipe' });

/** Why there can be no small disk here; null: there can. */
export function noSmallDisk(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'a small disk needs root on Linux';
  try {
    mountSmallDisk(1).unmount();
    return null;
  } catch {
    return 'a tmpfs cannot be mounted here';
  }
}

export function mountSmallDisk(megabytes: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'tillside-disk-'));
  try {
    run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder);
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw error;
  }
  const filler = join(folder, 'filler');
  return {
    folder,
    fill(roomKb = 0) {
      for (const chunk of [65_536, 4_096, 512])
        for (;;)
          try {
            appendFileSync(filler, '.'.repeat(chunk));
          } catch {
            break; // Full, as far as this size goes.
          }
      truncateSync(filler, Math.max(0, statSync(filler).size - roomKb * 1_024));
    },
    makeRoom: () => rmSync(filler, { force: true }),
    setReadOnly: (readOnly) => void run('mount', '-o', `remount,${readOnly ? 'ro' : 'rw'}`, folder),
    unmount() {
      // A process that was just killed may still hold a file for a moment.
      run('umount', '--lazy', folder);
      rmSync(folder, { recursive: true });
    },
  };
}
