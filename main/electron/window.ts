import { join } from 'node:path';
import { app, BrowserWindow, dialog, nativeTheme, screen } from 'electron';
import type { Settings } from '../../preload/contract.ts';
import type { Log } from '../ports/log.ts';
import { isPageUrl, PAGE_URL } from './protocol.ts';
import type { StoredFile } from './store.ts';
import type { Stored } from './stored.ts';
import { isBounds, WINDOW_MIN, windowBounds } from './window-bounds.ts';

const BACKGROUND = { light: '#ffffff', dark: '#15181c' } as const;

const background = (): string => (nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light);

export function setAppearance(appearance: Settings['appearance'], window: BrowserWindow | null): void {
  nativeTheme.themeSource = appearance;
  window?.setBackgroundColor(background());
}

/** Opens the till's one window. It shows itself when the page has something to show. */
export function openWindow(remembered: Stored, log: Log): BrowserWindow {
  const place = remembered.kind === 'value' && isBounds(remembered.value) ? remembered.value : null;
  const window = new BrowserWindow({
    title: 'Tillside',
    minWidth: WINDOW_MIN.width,
    minHeight: WINDOW_MIN.height,
    ...windowBounds(place, workAreas()),
    // No white flash in a dark shop: shown when the first paint is ready, on the page's own background until then.
    show: false,
    backgroundColor: background(),
    autoHideMenuBar: true,
    webPreferences: {
      // One script with named functions stands between the page and Electron.
      preload: join(import.meta.dirname, '../preload/preload.cjs'),
      // The page and its preload run in Chromium's sandbox: a hole in the page is not one in the PC.
      sandbox: true,
      // The page cannot touch the preload script's objects, nor swap their prototypes.
      contextIsolation: true,
      // The page has no Node, nor have its workers and frames.
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      // The same-origin policy holds, and nothing loads over plain HTTP.
      webSecurity: true,
      allowRunningInsecureContent: false,
      // No page within the page.
      webviewTag: false,
      // A dropped file is not a place to go to.
      navigateOnDragDrop: false,
      // An installed till has no console into the page that shows the shop's money.
      devTools: !app.isPackaged,
      // References and notes are not sent to, nor looked up in, a dictionary that would be downloaded.
      spellcheck: false,
      // Timers keep their pace while another window covers the till: deadlines count down in sight.
      backgroundThrottling: false,
    },
  });
  window.once('ready-to-show', () => {
    if (place?.maximised === true) window.maximize();
    window.show();
  });
  reviveAfterCrash(window, log);
  // An empty page is the one place that a page can go to without being asked; it is brought back.
  window.webContents.on('did-navigate', (_event, address) => {
    if (!isPageUrl(address)) load(window, log);
  });
  load(window, log);
  return window;
}

function load(window: BrowserWindow, log: Log): void {
  window.loadURL(PAGE_URL).catch((error: unknown) => log.error(`window: the page did not load: ${String(error)}`));
}

/** Remembers where the window stood when it was closed. */
export function rememberBounds(window: BrowserWindow, file: StoredFile, log: Log): void {
  window.on('close', () => {
    const kept = file.write({ ...window.getNormalBounds(), maximised: window.isMaximized() });
    if (!kept.ok) log.warn(`window: its place was not remembered: ${kept.error.message}`);
  });
}

/** What each screen leaves beside its task bar, the main one's first. */
function workAreas(): Electron.Rectangle[] {
  const main = screen.getPrimaryDisplay();
  return [main, ...screen.getAllDisplays().filter(({ id }) => id !== main.id)].map(({ workArea }) => workArea);
}

/** The page holds nothing that main does not: after a crash it is loaded again, once by itself, then when the person says so. */
function reviveAfterCrash(window: BrowserWindow, log: Log): void {
  let crashes = 0;
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    crashes += 1;
    log.error(`window: the page's process is gone: ${reason}, ${exitCode}`);
    if (crashes === 1) {
      window.webContents.reload();
      return;
    }
    const choice = dialog.showMessageBox(window, {
      type: 'error',
      message: 'The till’s window has stopped working.',
      detail: 'Nothing is lost: what was accepted is on this computer and goes on being sent.',
      buttons: ['Open it again', 'Close Tillside'],
      defaultId: 0,
      cancelId: 0,
    });
    choice
      .then(({ response }) => (response === 0 ? window.webContents.reload() : window.close()))
      .catch((error: unknown) => log.error(`window: the message did not show: ${String(error)}`));
  });
}
