import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Show } from '../../preload/contract.ts';
import { recordingLog } from '../app/recording-log.ts';

type Listener = (...args: unknown[]) => void;
type Shown = { title: string; body: string; isShown: boolean; listeners: Map<string, Listener> };
const electron = vi.hoisted(() => ({ isSupported: true, made: [] as Shown[] }));
vi.mock('electron', () => ({
  app: { setAppUserModelId: () => undefined },
  Notification: class {
    static isSupported = () => electron.isSupported;
    readonly #shown: Shown;
    constructor({ title, body }: { title: string; body: string }) {
      this.#shown = { title, body, isShown: false, listeners: new Map() };
      electron.made.push(this.#shown);
    }
    on(event: string, listener: Listener) {
      this.#shown.listeners.set(event, listener);
    }
    show() {
      this.#shown.isShown = true;
    }
  },
}));
const { createNotifier } = await import('../../main/electron/notifications.ts');

const NOTE = { title: 'A hold ends within 24 h', body: 'Room 12: £42.00 is lost unless taken.', show: { view: 'holds' } } as const;
const tell = (onPress: (show: Show) => void, log = recordingLog()) => createNotifier(onPress, log).notify(NOTE);

beforeEach(() => {
  electron.made.length = 0;
  electron.isSupported = true;
});

describe('a notification', () => {
  test('is shown with its words, and says nothing until it is pressed', () => {
    const onPress = vi.fn();
    tell(onPress);
    expect(electron.made).toMatchObject([{ title: NOTE.title, body: NOTE.body, isShown: true }]);
    expect(onPress).not.toHaveBeenCalled();
  });

  test('that is pressed leads to what it is about', () => {
    const onPress = vi.fn();
    tell(onPress);
    electron.made[0]?.listeners.get('click')?.();
    expect(onPress.mock.calls).toEqual([[{ view: 'holds' }]]);
  });

  test('that is closed leads nowhere', () => {
    const onPress = vi.fn();
    tell(onPress);
    electron.made[0]?.listeners.get('close')?.();
    expect(onPress).not.toHaveBeenCalled();
  });

  test('that the system cannot show is in the log, without its words', () => {
    const log = recordingLog();
    tell(() => undefined, log);
    electron.made[0]?.listeners.get('failed')?.({}, 'no daemon');
    expect(JSON.stringify(log)).toContain('no daemon');
    expect(JSON.stringify(log)).not.toContain('Room 12');
  });

  test('is not made where the system has none', () => {
    electron.isSupported = false;
    tell(() => undefined);
    expect(electron.made).toEqual([]);
  });
});
