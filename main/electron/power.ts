import { app, powerMonitor } from 'electron';

/** Tells the till what the PC does: it slept and woke, somebody looks at the window or not. */
export function watchPower(till: { woke(): void; setFocused(focused: boolean): void }): void {
  powerMonitor.on('resume', () => till.woke());
  powerMonitor.on('unlock-screen', () => till.woke());
  app.on('browser-window-focus', () => till.setFocused(true));
  app.on('browser-window-blur', () => till.setFocused(false));
}
