import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildIfOlder } from './build-if-older.ts';
import { ensureElectron } from './find-electron.ts';
import { openBrowser } from './open-browser.ts';

/**
 * `npm start`: builds the till where its sources are newer, and runs it in Electron. Where Electron's binary cannot be had, or has
 * no screen to open on, it says so and serves the same till to the browser. Arguments are passed on: `npm start -- --user-data-dir=…`.
 */
const ROOT = join(import.meta.dirname, '..');
const args = process.argv.slice(2);

/** What Electron says, in its own words, when the machine lacks what it needs; and whether the browser can do instead. */
const TROUBLES: readonly { pattern: RegExp; words: string; browser: boolean }[] = [
  {
    pattern: /Running as root without --no-sandbox/,
    words: 'Electron does not run as root: its sandbox does not work there. Start Tillside as an ordinary user.',
    browser: false,
  },
  {
    pattern: /SUID sandbox helper|No usable sandbox/,
    words:
      'Electron’s sandbox is switched off on this computer: unprivileged user namespaces are not allowed. Whoever looks after it can allow them for Electron.',
    browser: false,
  },
  { pattern: /Missing X server|cannot open display|Failed to open Wayland/i, words: 'Electron has no screen to open its window on.', browser: true },
  { pattern: /error while loading shared libraries: (\S+)/, words: 'Electron lacks libraries of the operating system.', browser: true },
];

const failure = buildIfOlder();
if (failure !== null) {
  console.error(`Tillside could not be built.\n${failure}`);
  process.exit(1);
}
const electron = ensureElectron();
if (electron.path === null) await startInBrowser(`Electron’s binary could not be had: ${electron.tried}.`);
else await startElectron(electron.path);

async function startElectron(binary: string): Promise<void> {
  const child = spawn(binary, [ROOT, ...args], { stdio: ['inherit', 'inherit', 'pipe'] });
  let said = '';
  child.stderr.on('data', (part: Buffer) => {
    process.stderr.write(part);
    said = (said + part.toString()).slice(-20_000);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  const code = await new Promise<number>((resolve) => {
    child.on('error', (error) => {
      said += error.message;
      resolve(1);
    });
    child.on('close', (exitCode) => resolve(exitCode ?? 1));
  });
  if (code === 0) return;
  const trouble = TROUBLES.find(({ pattern }) => pattern.test(said));
  if (trouble?.browser) return startInBrowser(trouble.words);
  if (trouble) console.error(`\n${trouble.words}`);
  process.exitCode = code;
}

async function startInBrowser(why: string): Promise<void> {
  console.log(
    `${why}\nTillside runs in the browser instead: the same till and the same page. Training mode works, and test keys, which are not kept; live keys do not.`,
  );
  try {
    const { runInTerminal } = await import('../test/browser-host/host.ts');
    openBrowser(await runInTerminal(profileArgs()));
  } catch (error) {
    console.error(`Tillside could not start. ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}

/** The arguments that mean something without Electron. */
function profileArgs(): string[] {
  return args.flatMap((arg) => {
    const [name, value] = arg.split('=', 2);
    if (value === undefined) return [];
    if (name === '--user-data-dir' || name === '--profile') return [`--profile=${value}`];
    return name === '--port' ? [arg] : [];
  });
}
