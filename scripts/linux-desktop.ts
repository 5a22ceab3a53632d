import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** What a command needs around it so that Electron has a window and a key store, on a Linux machine without a desktop. */
export type Desktop = Readonly<{
  /** null: no window can be opened here; `missing` says why. */
  wrap: ((command: readonly string[]) => readonly string[]) | null;
  env: Readonly<Record<string, string>>;
  /** false: there is nothing that could keep a key. */
  keepsKeys: boolean;
  missing: string;
  close(): void;
}>;

const has = (command: string): boolean => (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, command)));
const SCREEN = ['xvfb-run', '-a', '-s', '-screen 0 1366x768x24 -noreset'] as const;
/** A keyring of its own with a password nobody needs: what is in it goes with the folder. */
const KEYRING = [
  'dbus-run-session',
  '--',
  'bash',
  '-c',
  'eval "$(printf x | gnome-keyring-daemon --unlock --components=secrets 2>/dev/null)"; "$@"',
  '_',
] as const;

/** Elsewhere than on Linux, and where there is a desktop, nothing is needed. */
export function findDesktop(): Desktop {
  const nothing = (): void => undefined;
  if (process.platform !== 'linux') return { wrap: (command) => command, env: {}, keepsKeys: true, missing: '', close: nothing };

  const hasDisplay = Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  if (!hasDisplay && !has('xvfb-run')) return { wrap: null, env: {}, keepsKeys: false, missing: 'no display, and no xvfb-run to make one', close: nothing };
  const screen = hasDisplay ? [] : SCREEN;

  if (process.env.DBUS_SESSION_BUS_ADDRESS) return { wrap: (command) => [...screen, ...command], env: {}, keepsKeys: true, missing: '', close: nothing };
  if (!['dbus-run-session', 'gnome-keyring-daemon', 'bash'].every(has))
    return {
      wrap: (command) => [...screen, ...command],
      env: {},
      keepsKeys: false,
      missing: 'no session bus, and no dbus-run-session with gnome-keyring-daemon to make one: the facts about kept keys',
      close: nothing,
    };
  const folder = mkdtempSync(join(tmpdir(), 'tillside-desktop-'));
  const env = { XDG_DATA_HOME: join(folder, 'share'), XDG_RUNTIME_DIR: join(folder, 'run') };
  for (const path of Object.values(env)) mkdirSync(path, { mode: 0o700 });
  return {
    wrap: (command) => [...screen, ...KEYRING, ...command],
    env,
    keepsKeys: true,
    missing: '',
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
