import { onTestFinished } from 'vitest';
import { mountSmallDisk, type SmallDisk } from './tmpfs.ts';

/** A small disk of its own for each test. */
export function aSmallDisk(): SmallDisk {
  const disk = mountSmallDisk(3);
  // Registered before anything is opened on it, so it runs after that is closed.
  onTestFinished(() => disk.unmount());
  return disk;
}
