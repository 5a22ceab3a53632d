import { beforeEach, describe, expect, test, vi } from 'vitest';
import { channels, PATCH_EVENT, type Till } from '../../preload/contract.ts';

const electron = vi.hoisted(() => ({
  contextBridge: { exposeInMainWorld: vi.fn() },
  ipcRenderer: { invoke: vi.fn(), on: vi.fn(), removeListener: vi.fn(), send: vi.fn() },
}));
vi.mock('electron', () => electron);
await import('../../preload/preload.ts');

const exposures = [...electron.contextBridge.exposeInMainWorld.mock.calls];
const till = exposures[0]?.[1] as Till;

beforeEach(() => void vi.clearAllMocks());

describe('what the page gets', () => {
  test('is one object with the contract’s functions and no other', () => {
    expect(exposures).toEqual([['till', till]]);
    expect(Object.keys(till).sort()).toEqual([...Object.keys(channels), 'onPatch', 'onShow'].sort());
    expect(Object.values(till).every((member) => typeof member === 'function')).toBe(true);
  });

  test.each(Object.keys(channels) as (keyof typeof channels)[])('%s goes over its own channel, its input as it is', async (name) => {
    const value = { some: 'answer' };
    electron.ipcRenderer.invoke.mockResolvedValueOnce({ ok: true, value });
    const takesInput = !channels[name].input.safeParse(undefined).success;
    const input = { some: 'input' };
    const answer = await (till[name] as (input?: unknown) => Promise<unknown>)(takesInput ? input : undefined);
    expect(electron.ipcRenderer.invoke.mock.calls).toEqual([takesInput ? [`till:${name}`, input] : [`till:${name}`]]);
    expect(answer).toEqual(name === 'getSnapshot' || name === 'getSettings' ? value : { ok: true, value });
  });

  test.each(['getSnapshot', 'getSettings'] as const)('%s throws the refusal’s message', async (name) => {
    electron.ipcRenderer.invoke.mockResolvedValueOnce({ ok: false, error: { code: 'internal', message: 'Something went wrong.' } });
    await expect(till[name]()).rejects.toThrow('Something went wrong.');
  });

  test('passes patches on without Electron’s event, until it is undone', () => {
    const listener = vi.fn();
    const undo = till.onPatch(listener);
    const [event, receive] = electron.ipcRenderer.on.mock.calls[0] ?? [];
    expect(event).toBe(`till:${PATCH_EVENT}`);
    receive({ sender: 'ipc' }, { revision: 2 });
    expect(listener.mock.calls).toEqual([[{ revision: 2 }]]);
    undo();
    expect(electron.ipcRenderer.removeListener.mock.calls).toEqual([[`till:${PATCH_EVENT}`, receive]]);
  });
});
