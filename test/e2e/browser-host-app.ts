import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { type App, type AppOptions, env, ready } from './app.ts';
import { BUNDLE, COMPILED } from './browser-host-bundle.ts';

const VIEWPORT = { width: 1366, height: 768 };

export function browserHostApp(options: AppOptions, browser: Browser): App {
  let running: Readonly<{ child: ChildProcess; context: BrowserContext; page: Page }> | null = null;
  let output = '';

  async function ended(signal: NodeJS.Signals): Promise<void> {
    if (!running) return;
    const { child, context } = running;
    running = null;
    const exit = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null;
    child.kill(signal);
    await exit;
    await context.close();
  }

  return {
    page() {
      if (!running) throw new Error('expected the till to run');
      return running.page;
    },
    async start() {
      const child = spawn(process.execPath, [BUNDLE, '--profile', options.profile], {
        env: { NODE_COMPILE_CACHE: COMPILED, ...env(options) },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child.stderr.on('data', (part: Buffer) => {
        output += part.toString();
      });
      const url = await firstAddress(child).catch((error: unknown) => {
        throw new Error(`the browser host did not start: ${output}`, { cause: error });
      });
      const context = await browser.newContext({ viewport: VIEWPORT });
      const page = await context.newPage();
      running = { child, context, page };
      await page.goto(url);
      await ready(page);
    },
    quit: () => ended('SIGTERM'),
    kill: () => ended('SIGKILL'),
    output: () => output,
    commandLine: () => running?.child.spawnargs.join(' ') ?? '',
    electron() {
      throw new Error('expected Electron, this is the browser host');
    },
    close: () => ended('SIGKILL'),
  };
}

/** The address it prints is a secret of its own, good once: it is not kept with the rest of the output. */
async function firstAddress(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('expected the host to have an output');
  const lines = createInterface({ input: child.stdout });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`it ended with ${code}`)));
    lines.on('line', (line) => {
      const url = /http:\/\/\S+/.exec(line)?.[0];
      if (url) resolve(url);
    });
  });
}
