import 'temporal-polyfill/global';
import { join, resolve } from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';
import { diskInWords } from './app/disk-failure.ts';
import { createDoor, type Door } from './app/dispatcher.ts';
import { createSettings } from './app/settings.ts';
import type { TillOptions } from './app/till.ts';
import { createClosing } from './electron/closing.ts';
import { guardApp, keepPageOffTheNetwork } from './electron/guard.ts';
import { createHome } from './electron/home.ts';
import { createElectronHttp, setNetworkSwitches } from './electron/http.ts';
import { openIpc, sendPatches, sendShow } from './electron/ipc.ts';
import { createLog } from './electron/log.ts';
import { setMenu, setNoMenu } from './electron/menu.ts';
import { createNotifier } from './electron/notifications.ts';
import { createWakefulness, watchPower } from './electron/power.ts';
import { declarePageScheme, servePage } from './electron/protocol.ts';
import { settingsFileIn } from './electron/settings-file.ts';
import { readStored } from './electron/stored.ts';
import { leaveOnBrokenInvariant, leaveWith, whyNotWritable } from './electron/trouble.ts';
import { createVault } from './electron/vault.ts';
import { openWindow, rememberBounds, setAppearance } from './electron/window.ts';
import { chooseDojoUrl } from './platform/dojo-url.ts';
import { keepForOwner } from './platform/owner-only.ts';
import { listPageFiles } from './platform/page-files.ts';
import { realClock } from './platform/real-clock.ts';
import { createRealPlace } from './platform/real-place.ts';
import { realRandom } from './platform/real-random.ts';
import { setAsideFilesIn } from './platform/set-aside-files.ts';
import type { Log } from './ports/log.ts';

/** The composition root: ports → window → till → doors. What has to be said before Electron is ready is said first. */
const folder = profileFolder();
// Before anything is made: also the lock, and what Chromium keeps.
keepForOwner(folder);
setNetworkSwitches();
declarePageScheme();
setNoMenu();

/** The till does not wait longer for its page: the queue goes on without one. */
const PAGE_MS_MAX = 1_000;
/** From what is given to the page until Chromium, partly in this process, has passed it on. */
const PASSED_ON_MS = 8;

let window: BrowserWindow | null = null;

// Two tills on one profile would both send its queue: the second one shows the first.
if (app.requestSingleInstanceLock()) {
  const log = createLog(join(folder, 'logs'), !app.isPackaged);
  leaveOnBrokenInvariant(log);
  guardApp(log);
  app.on('second-instance', showWindow);
  run(log).catch((error: unknown) => {
    log.error(`start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return leaveWith('It could not start. The log says why. What was accepted before is kept on this computer.', log);
  });
} else {
  // No lock: another till has it, or the folder that it would lie in cannot be written, which must not pass in silence.
  const trouble = whyNotWritable(folder);
  if (trouble === null) app.quit();
  else void app.whenReady().then(() => leaveWith(trouble, null));
}

async function run(log: Log): Promise<void> {
  const listing = listPageFiles(join(import.meta.dirname, '../renderer'));
  await app.whenReady();

  // Window. First: while its process and its page start, this one opens the till. What the page asks of the till meanwhile is
  // answered when the till is there. What it needs of Electron, its preload script and its files, has its turn between two parts.
  let cannotGoOn = false;
  app.on('window-all-closed', () => {
    if (!cannotGoOn) app.quit();
  });
  const ownWindow = (): BrowserWindow | null => window;
  const door = Promise.withResolvers<Door>();
  openIpc({ call: async (channel, input) => (await door.promise).call(channel, input) }, ownWindow, log);
  keepPageOffTheNetwork();
  const given = servePage(await listing, log);
  window = openWindow(readStored(join(folder, 'window.json')), log);
  window.on('closed', () => {
    window = null;
  });
  setMenu();

  // Ports, while the page's process starts
  await passedOn(given.document);
  const { startTill } = await import('./app/till.ts');
  await turn();
  const { openLedger } = await import('./ledger/open.ts');
  await turn();
  const { storedFile } = await import('./electron/store.ts');
  await turn();
  if (window) rememberBounds(window, storedFile(folder, 'window', realClock), log);
  const keyFile = storedFile(folder, 'vault', realClock);
  const settings = createSettings({
    file: settingsFileIn(storedFile(folder, 'settings', realClock), keyFile.read().kind !== 'none'),
    hostZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  setAppearance(settings.get().appearance, window);
  settings.onChange(({ appearance }) => setAppearance(appearance, window));
  const dojo = chooseDojoUrl(process.env.TILLSIDE_DOJO_URL, app.isPackaged);

  // Till, while the page's script is compiled
  await passedOn(given.script);
  const ledgerOf: TillOptions['openLedger'] = (which, { fresh }) =>
    openLedger({ file: join(folder, 'ledger', `${which}.sqlite`), nowMs: realClock.nowMs(), fresh });
  let openedEarly: ReturnType<TillOptions['openLedger']> | null = ledgerOf('shop', { fresh: false });
  await turn();
  const started = await startTill({
    clock: realClock,
    random: realRandom,
    http: createElectronHttp(realClock),
    vault: createVault(keyFile, log),
    notifier: createNotifier((show) => {
      showWindow();
      sendShow(show, window);
    }, log),
    home: createHome(createRealPlace(folder), log),
    keepAwake: createWakefulness(),
    log,
    openLedger(which, options) {
      const early = which === 'shop' ? openedEarly : null;
      // Where it could not be opened it is tried once more.
      if (early) openedEarly = null;
      return early ?? ledgerOf(which, options);
    },
    settings,
    setAside: setAsideFilesIn([folder, join(folder, 'ledger')]),
    dojoUrl: dojo.url,
    notices: dojo.ignored === null ? [] : [{ code: 'dojo-url-ignored', message: dojo.ignored }],
  });
  log.info(`Tillside ${app.getVersion()} on Electron ${process.versions.electron}, ${process.platform}`);
  if (!started.ok) {
    cannotGoOn = true;
    window?.destroy();
    return leaveWith(diskInWords(started.error), log);
  }
  const till = started.value;

  // Doors
  sendPatches(till.onPatch, ownWindow);
  watchPower(till);
  const closing = createClosing(till, { askToLeave, askToWait, leave: () => app.quit() }, log);
  const leaveWhenItCan = (event: Electron.Event): void => {
    if (!closing.wanted()) event.preventDefault();
  };
  window?.on('close', leaveWhenItCan);
  app.on('before-quit', leaveWhenItCan);
  door.resolve(createDoor(till.handlers, log, { checkOutputs: !app.isPackaged && process.env.TILLSIDE_UNCHECKED !== '1' }));
}

const later = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));
const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** When the page has it, or is late. */
async function passedOn(given: Promise<void>): Promise<void> {
  await Promise.race([given, later(PAGE_MS_MAX)]);
  await later(PASSED_ON_MS);
}

/** `--user-data-dir` as given; a development build keeps away from the installed till's key and queue. */
function profileFolder(): string {
  const given = app.commandLine.getSwitchValue('user-data-dir');
  if (given !== '') app.setPath('userData', resolve(given));
  else if (!app.isPackaged) app.setPath('userData', join(app.getPath('appData'), 'Tillside Development'));
  return app.getPath('userData');
}

function showWindow(): void {
  if (window === null) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

async function askToLeave(queuedCount: number, signal: AbortSignal): Promise<boolean> {
  const message = queuedCount === 1 ? 'One action is queued and not sent yet.' : `${queuedCount} actions are queued and not sent yet.`;
  const detail =
    'Nothing of it is lost here: it is sent when Tillside is open again and connected. A hold may end before that, and a reversal be too late. Without an answer Tillside closes in a minute.';
  const options = { type: 'question' as const, message, detail, buttons: ['Stay open', 'Close'], defaultId: 0, cancelId: 0, signal };
  return (await asked(options)) === 1;
}

async function askToWait(sendingCount: number, signal: AbortSignal): Promise<boolean> {
  const message = sendingCount === 1 ? 'One action is being sent to Dojo.' : `${sendingCount} actions are being sent to Dojo.`;
  const detail = 'If you close now, Tillside finds out what became of it when it is opened again. What waits in the queue stays there either way.';
  const options = { type: 'question' as const, message, detail, buttons: ['Wait for Dojo’s answer', 'Close now'], defaultId: 0, cancelId: 0, signal };
  return (await asked(options)) === 1;
}

/** Which of its buttons was pressed. */
async function asked(options: Electron.MessageBoxOptions): Promise<number> {
  const { response } = await (window === null ? dialog.showMessageBox(options) : dialog.showMessageBox(window, options));
  return response;
}
