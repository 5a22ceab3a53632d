import { beforeEach, describe, expect, test, vi } from 'vitest';

const electron = vi.hoisted(() => ({ started: [] as string[], stopped: [] as number[], listeners: new Map<string, () => void>() }));
vi.mock('electron', () => {
  const on = (event: string, listener: () => void) => void electron.listeners.set(event, listener);
  return {
    app: { on },
    powerMonitor: { on },
    powerSaveBlocker: { start: (kind: string) => electron.started.push(kind) - 1, stop: (id: number) => void electron.stopped.push(id) },
  };
});
const { createWakefulness, watchPower } = await import('../../main/electron/power.ts');

beforeEach(() => {
  electron.started.length = 0;
  electron.stopped.length = 0;
  electron.listeners.clear();
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
    expect(till.setFocused).not.toHaveBeenCalled();
  });
});

test('somebody looks while the window has the focus, and nobody once it has lost it', () => {
  const till = { woke: vi.fn(), setFocused: vi.fn() };
  watchPower(till);
  electron.listeners.get('browser-window-blur')?.();
  electron.listeners.get('browser-window-focus')?.();
  expect(till.setFocused.mock.calls).toEqual([[false], [true]]);
  expect(till.woke).not.toHaveBeenCalled();
});
