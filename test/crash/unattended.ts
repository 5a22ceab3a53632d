import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AppOptions, env } from '../e2e/app.ts';
import { electronPath, killTree, machineFlags, ROOT } from '../e2e/electron-app.ts';

/** A till that a PC starts by itself: nobody looks at it, and nothing drives it. */
export function startUnattended(options: AppOptions) {
  const child: ChildProcess = spawn(electronPath(), [...machineFlags(options.keyStore), `--user-data-dir=${options.profile}`, ROOT], {
    cwd: ROOT,
    env: env(options),
    detached: true, // as Playwright starts it: a group of its own, to be killed as one
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (part: Buffer) => {
      output += part.toString();
    });
  const ended = once(child, 'exit');
  return {
    pid: child.pid,
    /** Resolves when it ends, however that comes about. */
    ended,
    async kill(): Promise<void> {
      killTree(child);
      await ended;
    },
    output: () => output,
  };
}
