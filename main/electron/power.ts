import { app, powerMonitor, powerSaveBlocker } from 'electron';

/** Tells the till what the PC does: it slept and woke, somebody looks at the window or not. */
export function watchPower(till: { woke(): void; setFocused(focused: boolean): void }): void {
  powerMonitor.on('resume', () => till.woke());
  powerMonitor.on('unlock-screen', () => till.woke());
  app.on('browser-window-focus', () => till.setFocused(true));
  app.on('browser-window-blur', () => till.setFocused(false));
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
