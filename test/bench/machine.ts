import { execFileSync } from 'node:child_process';
import { cpus, loadavg, platform, release, totalmem } from 'node:os';
import { findElectron } from '../../scripts/find-electron.ts';

const GB = 1024 ** 3;

/** The machine in a line: what has to be known beside a figure, and nothing that names it. */
export function machineInWords(): string {
  const processors = cpus();
  return [
    `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}`,
    `${(totalmem() / GB).toFixed(0)} GB`,
    `${platform()} ${release().split('-')[0]}`,
    `Node ${process.versions.node}`,
    electronInWords(),
  ].join(', ');
}

/** The load is of the last minute: above the number of cores, others were waiting for the machine too. */
export const loadInWords = (): string => `load ${(loadavg()[0] ?? 0).toFixed(1)} on ${cpus().length} cores`;
export const isBusy = (): boolean => (loadavg()[0] ?? 0) > cpus().length;

function electronInWords(): string {
  const path = findElectron();
  if (path === null) return 'no Electron';
  const version = execFileSync(path, ['-p', 'process.versions.electron'], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' }, encoding: 'utf8' });
  return `Electron ${version.trim()}`;
}
