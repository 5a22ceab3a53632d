import { beforeEach, describe, expect, test, vi } from 'vitest';
import { channels, type Patch, type Result } from '../../preload/contract.ts';
import { recordingLog } from '../app/recording-log.ts';

type Handler = (event: unknown, ...args: unknown[]) => Promise<Result<unknown>>;
const electron = vi.hoisted(() => ({ handlers: new Map<string, Handler>() }));
vi.mock('electron', () => ({ ipcMain: { handle: (name: string, handler: Handler) => void electron.handlers.set(name, handler) }, protocol: {} }));
const { openIpc, sendPatches, sendShow } = await import('../../main/electron/ipc.ts');

const PAGE = 'app://tillside/';

/** The till's window as far as IPC looks at it, on `url`. */
function windowOn(url: string) {
  const mainFrame = { url, parent: null };
  const webContents = { mainFrame, send: vi.fn(), isDestroyed: () => false, isCrashed: () => false, getURL: () => url };
  return { webContents, isDestroyed: () => false };
}
type OwnWindow = ReturnType<typeof windowOn>;
const call = vi.fn(async () => ({ ok: true, value: null }) as const);
let own: OwnWindow | null;
const handle = (event: unknown, ...args: unknown[]) => electron.handlers.get('till:refresh')?.(event, ...args);
const eventFrom = (window: OwnWindow, senderFrame: unknown = window.webContents.mainFrame) => ({ sender: window.webContents, senderFrame });

beforeEach(() => {
  vi.clearAllMocks();
  electron.handlers.clear();
  own = windowOn(PAGE);
  openIpc({ call }, () => own as never, recordingLog());
});

describe('calls over IPC', () => {
  test('there is one handler for each channel of the contract and no other', () => {
    expect([...electron.handlers.keys()].sort()).toEqual(
      Object.keys(channels)
        .map((name) => `till:${name}`)
        .sort(),
    );
  });

  test('from the main frame of the till’s own page go to the door, with their input', async () => {
    expect(await handle(eventFrom(own as OwnWindow), { some: 'input' })).toEqual({ ok: true, value: null });
    expect(call.mock.calls).toEqual([['refresh', { some: 'input' }]]);
  });

  test.each<readonly [string, () => unknown]>([
    ['another window on the same page', () => eventFrom(windowOn(PAGE))],
    ['a frame within the page', () => eventFrom(own as OwnWindow, { url: PAGE, parent: (own as OwnWindow).webContents.mainFrame })],
    ['a frame that is not there any more', () => eventFrom(own as OwnWindow, null)],
    ['another frame that says it is a main frame', () => eventFrom(own as OwnWindow, { url: PAGE, parent: null })],
    ...[
      'https://tillside/',
      'app://other/',
      'app://tillside.example/',
      'app://user@tillside/',
      'about:blank',
      'file:///index.html',
      'data:text/html,x',
      '',
    ].map(
      (url) =>
        [
          `the till’s own window on ${url || 'no address'}`,
          () => {
            own = windowOn(url);
            return eventFrom(own);
          },
        ] as const,
    ),
    [
      'anybody while there is no window',
      () => {
        const event = eventFrom(own as OwnWindow);
        own = null;
        return event;
      },
    ],
  ])('from %s are refused, and reach nothing', async (_who, event) => {
    expect(await handle(event())).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(call).not.toHaveBeenCalled();
  });

  test('with more than one input are refused', async () => {
    expect(await handle(eventFrom(own as OwnWindow), 1, 2)).toMatchObject({ ok: false, error: { code: 'bad-input' } });
    expect(call).not.toHaveBeenCalled();
  });
});

describe('patches', () => {
  let publish: (patch: Patch) => void;
  beforeEach(() => {
    sendPatches(
      (listener) => {
        publish = listener;
        return () => undefined;
      },
      () => own as never,
    );
  });

  test('go to the till’s own page', () => {
    publish({ revision: 2 });
    expect((own as OwnWindow).webContents.send.mock.calls).toEqual([['till:patch', { revision: 2 }]]);
  });

  test.each(['about:blank', 'https://example.com/', ''])('do not go to %j', (url) => {
    own = windowOn(url);
    publish({ revision: 2 });
    expect(own.webContents.send).not.toHaveBeenCalled();
  });

  test('are let go where there is no window', () => {
    own = null;
    expect(() => publish({ revision: 2 })).not.toThrow();
  });
});

describe('a pressed notification', () => {
  test('is told to the till’s own page', () => {
    sendShow({ view: 'holds' }, own as never);
    expect((own as OwnWindow).webContents.send.mock.calls).toEqual([['till:show', { view: 'holds' }]]);
  });

  test('is not told to another page, and is let go where there is no window', () => {
    own = windowOn('https://example.com/');
    sendShow({ view: 'holds' }, own as never);
    sendShow({ view: 'holds' }, null);
    expect(own.webContents.send).not.toHaveBeenCalled();
  });
});
