import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { findElectron } from '../../scripts/find-electron.ts';

/** Flags that the machine needs, never the product: root has no sandbox to give, these tests show no window, and names are not looked up. */
const machineFlags = (): string[] => [
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ...(process.platform === 'linux' ? ['--ozone-platform=headless'] : []),
];

/** Builds a TypeScript main script, runs it in Electron with `input` as JSON in its environment, and returns the JSON it wrote to stdout. */
export async function runInElectron(script: string, input: unknown): Promise<unknown> {
  const binary = findElectron();
  if (binary === null) throw new Error('expected an Electron binary');
  const folder = await mkdtemp(join(tmpdir(), 'tillside-electron-'));
  try {
    await build({
      configFile: false,
      logLevel: 'error',
      ssr: { noExternal: true },
      build: {
        ssr: script,
        outDir: folder,
        emptyOutDir: false,
        rollupOptions: { external: ['electron'], output: { format: 'cjs', entryFileNames: 'main.cjs' } },
      },
    });
    const child = spawn(binary, [...machineFlags(), `--user-data-dir=${join(folder, 'profile')}`, join(folder, 'main.cjs')], {
      env: { ...process.env, HARNESS_INPUT: JSON.stringify(input) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      out += part;
    });
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      errors += part;
    });
    const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
    const answer = out.split('\n').find((line) => line.startsWith('HARNESS_OUTPUT '));
    if (code !== 0 || answer === undefined) throw new Error(`the script ended with ${code}: ${errors.slice(-4000)}`);
    return JSON.parse(answer.slice('HARNESS_OUTPUT '.length));
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
