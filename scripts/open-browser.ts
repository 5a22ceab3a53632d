import { spawn } from 'node:child_process';

const COMMANDS: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Tries to show an address in the person's browser. It has been printed too, so that this may fail in silence. */
export function openBrowser(url: string): void {
  const onLinuxWithoutDesktop = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
  if (onLinuxWithoutDesktop) return;
  const [command = 'xdg-open', ...args] = COMMANDS[process.platform] ?? [];
  const browser = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  browser.on('error', () => console.log('No browser could be opened by itself: open the address above.'));
  browser.unref();
}
