import { type ChildProcess, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { findElectron } from '../../scripts/find-electron.ts';
import { type App, type AppOptions, env, ready } from './app.ts';

export const ROOT = join(import.meta.dirname, '../..');
const WAIT_FOR_DRIVER = join(import.meta.dirname, 'wait-for-driver.cjs');
/** Linux gives root no sandbox. Anybody else keeps it under test as well. */
export const IS_ROOT = process.platform === 'linux' && process.getuid?.() === 0;

/** Longer than the operating system's key store takes to say that it does not answer. */
const START_MS_MAX = 28_000;
/** Longer than a till that is closed waits for what it is sending. */
const END_MS_MAX = 35_000;

/** Flags that the machine needs, never the product: a bare desktop has no graphics card and does not say which key store it has. */
export const machineFlags = (keyStore: AppOptions['keyStore'] = 'system'): string[] => [
  ...(process.platform === 'linux' ? ['--disable-gpu'] : []),
  ...(IS_ROOT ? ['--no-sandbox'] : []),
  ...(keyStore === 'plain' ? ['--password-store=basic'] : isBareDesktop() ? ['--password-store=gnome-libsecret'] : []),
];
const isBareDesktop = (): boolean => process.platform === 'linux' && Boolean(process.env.DBUS_SESSION_BUS_ADDRESS) && !process.env.XDG_CURRENT_DESKTOP;

export function electronPath(): string {
  const path = findElectron();
  if (path === null) throw new Error('expected an Electron binary; `npm test` says where it looks');
  return path;
}

/** kill -9 for all of a till at once: its main process, its window, its network. It was started as a group of its own. */
export function killTree(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F']);
  else process.kill(-child.pid, 'SIGKILL');
}

/** The desktop's own pointer rests over the windows of all tests, and enters and leaves them as others open and close: it is no test's hand. */
async function heedNoDesktopPointer(app: ElectronApplication, triesLeft = 5): Promise<void> {
  try {
    await app.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) window.setIgnoreMouseEvents(true);
    });
  } catch (error) {
    // Main may collect its garbage in that moment, and the answer with it.
    if (triesLeft === 0 || !String(error).includes('Resulting promise was garbage collected')) throw error;
    await heedNoDesktopPointer(app, triesLeft - 1);
  }
}

/**
 * As the menu's Quit does it. What a driver has evaluated in main may run in the middle of anything, Node's own timers among it: a till
 * that clears its timers there leaves their lists broken (`timer._onTimeout is not a function`). So it quits when main is idle again.
 * Whoever is asked whether to leave what is queued says yes.
 */
function quitInOrder(app: ElectronApplication): void {
  const quit = app.evaluate(({ app: till, dialog }) => {
    const ask = dialog.showMessageBox;
    dialog.showMessageBox = async (...given: unknown[]) => {
      const { buttons = [] } = given.at(-1) as Electron.MessageBoxOptions;
      const close = buttons.indexOf('Close');
      return close < 0 ? (ask as (...all: unknown[]) => ReturnType<typeof ask>)(...given) : { response: close, checkboxChecked: false };
    };
    setImmediate(() => till.quit());
  });
  quit.catch(() => undefined);
}

export function electronApp(options: AppOptions): App {
  let running: Readonly<{ app: ElectronApplication; page: Page }> | null = null;
  let output = '';

  async function ended(how: (app: ElectronApplication) => void): Promise<void> {
    if (!running) return;
    const { app } = running;
    running = null;
    const child = app.process();
    const exit = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null;
    how(app);
    if (exit === null) return;
    // A till that does not end says so, and is gone for what comes after it.
    const late = new AbortController();
    const hangs = sleep(END_MS_MAX, 'hangs', { signal: late.signal }).catch(() => 'ended');
    if ((await Promise.race([exit, hangs])) === 'hangs') {
      killTree(child);
      throw new Error(`expected the till to end within ${END_MS_MAX / 1000} s. It said: ${output}`);
    }
    late.abort();
  }

  return {
    page() {
      if (!running) throw new Error('expected the till to run');
      return running.page;
    },
    async start() {
      const launch = () =>
        _electron.launch({
          executablePath: electronPath(),
          args: [...machineFlags(options.keyStore), `--user-data-dir=${options.profile}`, '-r', WAIT_FOR_DRIVER, options.appFolder ?? ROOT],
          // Playwright would switch the sandbox off by itself on Linux.
          chromiumSandbox: !IS_ROOT,
          cwd: ROOT,
          env: env(options),
          timeout: START_MS_MAX,
        });
      const app = await launch().catch((error: unknown) => {
        // A virtual display begins anew when its last window closes, and has no room for another one in that moment.
        if (!String(error).includes('Missing X server')) throw error;
        return launch();
      });
      const keep = (part: Buffer | string): void => {
        output += part.toString();
      };
      app.process().stdout?.on('data', keep);
      app.process().stderr?.on('data', keep);
      try {
        running = { app, page: await app.firstWindow({ timeout: START_MS_MAX }) };
        await ready(running.page);
        await heedNoDesktopPointer(app);
      } catch (error) {
        killTree(app.process());
        throw new Error(`the till opened no window (${String(error)}). It said: ${output}`, { cause: error });
      }
    },
    quit: () => ended(quitInOrder),
    kill: () => ended((app) => killTree(app.process())),
    output: () => output,
    commandLine: () => running?.app.process().spawnargs.join(' ') ?? '',
    electron() {
      if (!running) throw new Error('expected the till to run');
      return running.app;
    },
    close: () => ended((app) => killTree(app.process())),
  };
}
