import { beforeEach, describe, expect, test, vi } from 'vitest';

const electron = vi.hoisted(() => ({
  started: [] as string[],
  stopped: [] as number[],
  listeners: new Map<string, () => void>(),
  focused: null as object | null,
  idleState: 'active',
}));
vi.mock('electron', () => {
  const on = (event: string, listener: () => void) => void electron.listeners.set(event, listener);
  return {
    app: { on },
    BrowserWindow: { getFocusedWindow: () => electron.focused },
    powerMonitor: { on, getSystemIdleState: () => electron.idleState },
    powerSaveBlocker: { start: (kind: string) => electron.started.push(kind) - 1, stop: (id: number) => void electron.stopped.push(id) },
  };
});
const { createWakefulness, watchPower } = await import('../../main/electron/power.ts');

beforeEach(() => {
  electron.started.length = 0;
  electron.stopped.length = 0;
  electron.listeners.clear();
  electron.focused = {};
  electron.idleState = 'active';
});

describe('the PC', () => {
  test('is kept awake once for as long as it is asked to be, and let sleep once', () => {
    const keepAwake = createWakefulness();
    keepAwake(false);
    expect([electron.started, electron.stopped]).toEqual([[], []]);
    keepAwake(true);
    keepAwake(true);
    // The screen may go dark: only the program is kept from being put to sleep.
    expect([electron.started, electron.stopped]).toEqual([['prevent-app-suspension'], []]);
    keepAwake(false);
    keepAwake(false);
    expect(electron.stopped).toEqual([0]);
    keepAwake(true);
    keepAwake(false);
    expect([electron.started.length, electron.stopped]).toEqual([2, [0, 1]]);
  });

  test('that woke, or whose screen was unlocked, has the till look at once', () => {
    const till = { woke: vi.fn(), setFocused: vi.fn() };
    watchPower(till);
    electron.listeners.get('resume')?.();
    electron.listeners.get('unlock-screen')?.();
    expect(till.woke).toHaveBeenCalledTimes(2);
  });
});

describe('somebody looks', () => {
  /** Each answer to whether somebody looks, in order. */
  function watched() {
    const till = { woke: vi.fn(), setFocused: vi.fn() };
    watchPower(till);
    const answers = () => till.setFocused.mock.calls.flat();
    return { till, answers, hears: (event: string) => electron.listeners.get(event)?.() };
  }

  test('while the window has the focus, and nobody once it has lost it', () => {
    const { till, answers, hears } = watched();
    hears('browser-window-blur');
    hears('browser-window-focus');
    expect(answers()).toEqual([true, false, true]);
    expect(till.woke).not.toHaveBeenCalled();
  });

  test('no sooner than the window had the focus, where it had none when the till was ready', () => {
    electron.focused = null;
    const { answers, hears } = watched();
    expect(answers()).toEqual([false]);
    hears('browser-window-focus');
    expect(answers()).toEqual([false, true]);
  });

  test('not through a locked screen, behind which the window keeps the focus', () => {
    const { answers, hears } = watched();
    hears('lock-screen');
    expect(answers()).toEqual([true, false]);
    hears('browser-window-focus');
    expect(answers()).toEqual([true, false, false]);
    hears('unlock-screen');
    expect(answers()).toEqual([true, false, false, true]);
  });

  test('not where the screen is unlocked over another program', () => {
    const { answers, hears } = watched();
    hears('lock-screen');
    electron.focused = null;
    hears('unlock-screen');
    expect(answers()).toEqual([true, false, false]);
  });

  test('not where the screen was locked when the till was ready', () => {
    electron.idleState = 'locked';
    const { answers, hears } = watched();
    expect(answers()).toEqual([false]);
    hears('unlock-screen');
    expect(answers()).toEqual([false, true]);
  });
});
