import { app, BrowserWindow, powerMonitor, powerSaveBlocker } from 'electron';

/** Only whether the screen is locked is asked; how long nobody touched the PC is not. */
const IDLE_SECONDS = 60;

/** Tells the till what the PC does: it slept and woke, somebody looks at the window or not. */
export function watchPower(till: { woke(): void; setFocused(focused: boolean): void }): void {
  // The window keeps the focus behind a locked screen, which nobody can look through.
  let isLocked = powerMonitor.getSystemIdleState(IDLE_SECONDS) === 'locked';
  const lookedAt = (): void => till.setFocused(!isLocked && BrowserWindow.getFocusedWindow() !== null);
  const setLocked = (locked: boolean): void => {
    isLocked = locked;
    lookedAt();
  };
  powerMonitor.on('resume', () => till.woke());
  powerMonitor.on('lock-screen', () => setLocked(true));
  powerMonitor.on('unlock-screen', () => {
    setLocked(false);
    till.woke();
  });
  app.on('browser-window-focus', () => till.setFocused(!isLocked));
  app.on('browser-window-blur', () => till.setFocused(false));
  // A window that was never in front, or was left while the till started, tells of no change.
  lookedAt();
}

/** Keeps the PC from falling asleep while it is asked to; the screen may go dark. */
export function createWakefulness(): (isOn: boolean) => void {
  let blocker: number | null = null;
  return (isOn) => {
    if (isOn) blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    else if (blocker !== null) {
      powerSaveBlocker.stop(blocker);
      blocker = null;
    }
  };
}
