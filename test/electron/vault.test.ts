import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { StoredFile } from '../../main/electron/store.ts';
import { recordingLog } from '../app/recording-log.ts';

const electron = vi.hoisted(() => {
  const shift = (text: string, by: number): string => [...text].map((letter) => String.fromCharCode(letter.charCodeAt(0) + by)).join('');
  const sync = {
    isEncryptionAvailable: vi.fn(() => true),
    encryptString: vi.fn((text: string) => Buffer.from(shift(text, 1))),
    decryptString: vi.fn((encrypted: Buffer) => shift(encrypted.toString(), -1)),
    getSelectedStorageBackend: vi.fn(() => 'gnome_libsecret'),
  };
  const async = {
    isAsyncEncryptionAvailable: vi.fn(async () => true),
    encryptStringAsync: vi.fn(async (text: string) => Buffer.from(shift(text, 2))),
    decryptStringAsync: vi.fn(async (encrypted: Buffer) => ({ result: shift(encrypted.toString(), -2), shouldReEncrypt: false })),
  };
  return { sync, async, safeStorage: {} as Partial<typeof sync & typeof async> };
});
vi.mock('electron', () => ({ safeStorage: electron.safeStorage, ipcMain: {}, app: {} }));
vi.mock('electron-store', () => ({ default: class {} }));
const { createVault } = await import('../../main/electron/vault.ts');

const KEY = 'sk_sandbox_made_up';

/** A file in memory, and what is in it as text. */
function memoryFile(start?: unknown): StoredFile & { text(): string; replace(value: unknown): void } {
  let value = start;
  return {
    path: 'vault.json',
    read: () => (value === undefined ? { kind: 'none' } : value === 'damaged' ? { kind: 'damaged' } : { kind: 'value', value }),
    write: (next) => {
      value = next;
      return { ok: true, value: null };
    },
    remove: () => {
      value = undefined;
      return { ok: true, value: null };
    },
    text: () => JSON.stringify(value ?? null),
    replace: (next) => {
      value = next;
    },
  };
}

beforeEach(() => {
  vi.unstubAllGlobals();
  vi.stubGlobal('process', Object.create(process, { platform: { value: 'linux' } }));
  for (const name of Object.keys(electron.safeStorage)) delete (electron.safeStorage as Record<string, unknown>)[name];
  Object.assign(electron.safeStorage, electron.sync);
  for (const call of Object.values(electron.async)) call.mockReset();
  electron.sync.getSelectedStorageBackend.mockReturnValue('gnome_libsecret');
  electron.sync.isEncryptionAvailable.mockReturnValue(true);
});

describe.each(['sync', 'async'] as const)('the vault over Electron’s %s calls', (calls) => {
  beforeEach(() => {
    if (calls === 'async') Object.assign(electron.safeStorage, electron.async);
  });

  test('keeps a key encrypted, gives it back, and forgets it', async () => {
    const file = memoryFile();
    const vault = createVault(file, recordingLog());
    expect(await vault.load()).toEqual({ kind: 'none' });
    expect(await vault.store(KEY)).toEqual({ ok: true, value: null });
    expect(file.text()).not.toContain('sandbox');
    expect(Buffer.from(JSON.parse(file.text()).apiKey, 'base64').toString()).not.toContain('sandbox');
    expect(await vault.load()).toEqual({ kind: 'key', apiKey: KEY });
    expect(await vault.forget()).toEqual({ ok: true, value: null });
    expect(file.text()).toBe('null');
    expect(await vault.load()).toEqual({ kind: 'none' });
  });
});

describe('the vault', () => {
  test.each(['basic_text', 'unknown'])('without secure storage (%s) keeps nothing and says why', async (backend) => {
    electron.sync.getSelectedStorageBackend.mockReturnValue(backend);
    const file = memoryFile();
    const vault = createVault(file, recordingLog());
    expect(await vault.unavailable()).toContain('no secure storage');
    expect(await vault.store(KEY)).toMatchObject({ ok: false });
    expect(file.text()).toBe('null');
  });

  test('a key store with a newer key of its own gets the key encrypted anew', async () => {
    Object.assign(electron.safeStorage, electron.async);
    const file = memoryFile();
    const vault = createVault(file, recordingLog());
    await vault.store(KEY);
    electron.async.encryptStringAsync.mockClear();
    const encryptions = () => electron.async.encryptStringAsync.mock.calls.filter(([text]) => text === KEY).length;
    expect(await vault.load()).toEqual({ kind: 'key', apiKey: KEY });
    expect(encryptions()).toBe(0);
    electron.async.decryptStringAsync.mockResolvedValueOnce({ result: KEY, shouldReEncrypt: true });
    expect(await vault.load()).toEqual({ kind: 'key', apiKey: KEY });
    expect(encryptions()).toBe(1);
    expect(await vault.load()).toEqual({ kind: 'key', apiKey: KEY });
  });

  test('elsewhere than on Linux the backend has no say', async () => {
    vi.stubGlobal('process', Object.create(process, { platform: { value: 'win32' } }));
    electron.sync.getSelectedStorageBackend.mockReturnValue('unknown');
    expect(await createVault(memoryFile(), recordingLog()).unavailable()).toBeNull();
  });

  test('a locked key store is no key store', async () => {
    electron.sync.isEncryptionAvailable.mockReturnValue(false);
    expect(await createVault(memoryFile(), recordingLog()).unavailable()).toContain('not available');
  });

  test('a key that cannot be decrypted is unreadable, stays, and is readable again when the key store is', async () => {
    const file = memoryFile();
    const log = recordingLog();
    const vault = createVault(file, log);
    await vault.store(KEY);
    const kept = file.text();
    electron.sync.decryptString.mockImplementationOnce(() => {
      throw new Error('wrong password');
    });
    expect(await vault.load()).toEqual({ kind: 'unreadable' });
    electron.sync.isEncryptionAvailable.mockReturnValueOnce(false);
    expect(await vault.load()).toEqual({ kind: 'away' });
    expect(file.text()).toBe(kept);
    expect(await vault.load()).toEqual({ kind: 'key', apiKey: KEY });
  });

  test('a key store that says to try again later is away, and the key is there when it is', async () => {
    Object.assign(electron.safeStorage, electron.async);
    const file = memoryFile();
    const vault = createVault(file, recordingLog());
    await vault.store(KEY);
    const kept = file.text();
    // Electron calls it available all the same.
    electron.async.decryptStringAsync.mockRejectedValueOnce(new Error('safeStorage.decryptStringAsync is temporarily unavailable. Please try again.'));
    expect(await vault.load()).toEqual({ kind: 'away' });
    expect(file.text()).toBe(kept);
    expect(await vault.load()).toEqual({ kind: 'key', apiKey: KEY });
    electron.async.decryptStringAsync.mockRejectedValueOnce(new Error('Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.'));
    expect(await vault.load()).toEqual({ kind: 'unreadable' });
  });

  test('a locked keyring on Linux, for which Chromium’s own known password stands in, is no key store: nothing is kept by that', async () => {
    Object.assign(electron.safeStorage, electron.async);
    const file = memoryFile();
    const vault = createVault(file, recordingLog());
    await vault.store(KEY);
    const kept = file.text();
    electron.async.encryptStringAsync.mockImplementation(async (text) => Buffer.from(`v10${text}`));
    expect(await vault.unavailable()).toContain('not available');
    expect(await vault.store('sk_sandbox_another')).toMatchObject({ ok: false });
    expect(file.text()).toBe(kept);
    expect(await vault.load()).toEqual({ kind: 'away' });
    vi.stubGlobal('process', Object.create(process, { platform: { value: 'win32' } }));
    // There it marks the key store's own.
    expect(await vault.store('sk_sandbox_another')).toEqual({ ok: true, value: null });
  });

  test('a keyring that is locked between the question and the key does not keep it by the known password either', async () => {
    Object.assign(electron.safeStorage, electron.async);
    const file = memoryFile();
    electron.async.encryptStringAsync.mockImplementation(async (text) => Buffer.from(`${text === KEY ? 'v10' : 'v11'}${text}`));
    expect(await createVault(file, recordingLog()).store(KEY)).toMatchObject({ ok: false });
    expect(file.text()).toBe('null');
  });

  test.each(['isAsyncEncryptionAvailable', 'decryptStringAsync'] as const)(
    'a key store that waits for a person (%s) is away after a while, and is asked again',
    async (call) => {
      vi.useFakeTimers();
      try {
        Object.assign(electron.safeStorage, electron.async);
        const vault = createVault(memoryFile(), recordingLog());
        await vault.store(KEY);
        electron.async[call].mockReturnValueOnce(new Promise<never>(() => undefined));
        const asked = vault.load();
        await vi.advanceTimersByTimeAsync(60_000);
        expect(await Promise.race([asked, 'no answer'])).toEqual({ kind: 'away' });
        expect(await vault.load()).toEqual({ kind: 'key', apiKey: KEY });
      } finally {
        vi.useRealTimers();
      }
    },
  );

  test('a key whose file another program holds just now is away, not unreadable: it is read again later', async () => {
    const file = memoryFile();
    const vault = createVault({ ...file, read: vi.fn(file.read).mockReturnValueOnce({ kind: 'damaged', isHeld: true }) }, recordingLog());
    await vault.store(KEY);
    expect(await vault.load()).toEqual({ kind: 'away' });
    expect(await vault.load()).toEqual({ kind: 'key', apiKey: KEY });
  });

  test.each(['damaged', 'text', 1, { apiKey: 1 }, { apiKey: '' }])('a file that holds %j is unreadable, until a key replaces it', async (value) => {
    const file = memoryFile(value);
    const vault = createVault(file, recordingLog());
    expect(await vault.load()).toEqual({ kind: 'unreadable' });
    expect(await vault.store(KEY)).toMatchObject({ ok: true });
    expect(await vault.load()).toEqual({ kind: 'key', apiKey: KEY });
  });

  test('an encryption that fails is said without the key', async () => {
    electron.sync.encryptString.mockImplementationOnce((text: string) => {
      throw new Error(`cannot encrypt ${text}`);
    });
    const stored = await createVault(memoryFile(), recordingLog()).store(KEY);
    expect(stored).toMatchObject({ ok: false });
    expect(JSON.stringify(stored)).not.toContain(KEY);
  });

  test('a disk that does not let the key go is said', async () => {
    const failure = { ok: false, error: { code: 'read-only', message: 'The disk does not let the till write.' } } as const;
    const file: StoredFile = { ...memoryFile({ apiKey: 'abc' }), write: () => failure, remove: () => failure };
    expect(await createVault(file, recordingLog()).forget()).toEqual(failure);
  });

  test('a disk that does not take it is said', async () => {
    const file: StoredFile = { ...memoryFile(), write: () => ({ ok: false, error: { code: 'full', message: 'The disk is full.' } }) };
    expect(await createVault(file, recordingLog()).store(KEY)).toEqual({ ok: false, error: 'The key could not be kept. The disk is full.' });
  });
});
