import { beforeEach, expect, test, vi } from 'vitest';
import { recordingLog } from '../app/recording-log.ts';

const electron = vi.hoisted(() => ({
  safeStorage: {
    isEncryptionAvailable: vi.fn(() => true),
    encryptString: vi.fn((text: string) => Buffer.from(`sealed by shop: ${text}`)),
    decryptString: vi.fn((encrypted: Buffer) => encrypted.toString().replace('sealed by shop: ', '')),
    getSelectedStorageBackend: vi.fn(() => 'gnome_libsecret'),
  } as Record<string, ReturnType<typeof vi.fn>>,
}));
vi.mock('electron', () => electron);
const { createHome } = await import('../../main/electron/home.ts');

const place = async () => ({ path: '/home/shop/tillside', machineId: 'machine-1' });

beforeEach(() => {
  vi.unstubAllGlobals();
  vi.stubGlobal('process', Object.create(process, { platform: { value: 'linux' } }));
  electron.safeStorage.getSelectedStorageBackend?.mockReturnValue('gnome_libsecret');
  electron.safeStorage.isEncryptionAvailable?.mockReturnValue(true);
  for (const name of Object.keys(electron.safeStorage)) if (name.includes('Async')) delete electron.safeStorage[name];
});

test('a token comes out of secure storage as it went in, and is not to be seen meanwhile', async () => {
  const home = createHome(place, recordingLog());
  const sealed = await home.seal('a-token');
  expect(sealed).not.toContain('a-token');
  expect(await home.unseal(sealed ?? '')).toEqual({ kind: 'opened', token: 'a-token', again: false });
});

test('the calls that do not keep the till waiting are used where Electron has them', async () => {
  Object.assign(electron.safeStorage, {
    isAsyncEncryptionAvailable: vi.fn(async () => true),
    encryptStringAsync: vi.fn(async (text: string) => Buffer.from(`async: ${text}`)),
    decryptStringAsync: vi.fn(async () => ({ result: 'a-token', shouldReEncrypt: true })),
  });
  const home = createHome(place, recordingLog());
  expect(Buffer.from((await home.seal('a-token')) ?? '', 'base64').toString()).toBe('async: a-token');
  expect(await home.unseal('AAAA')).toEqual({ kind: 'opened', token: 'a-token', again: true });
});

test('a token that this user’s storage cannot open is unreadable; the log says so, and not what it held', async () => {
  electron.safeStorage.decryptString?.mockImplementationOnce(() => {
    throw new Error('wrong key for c2VhbGVk');
  });
  const log = recordingLog();
  expect(await createHome(place, log).unseal('c2VhbGVk')).toEqual({ kind: 'unreadable' });
  expect(JSON.stringify(log)).not.toContain('c2VhbGVk');
});

test('a token that cannot be opened just now says nothing of where the ledger lies', async () => {
  Object.assign(electron.safeStorage, {
    isAsyncEncryptionAvailable: vi.fn(async () => true),
    encryptStringAsync: vi.fn(async (text: string) => Buffer.from(`async: ${text}`)),
    decryptStringAsync: vi.fn(async () => {
      throw new Error('safeStorage.decryptStringAsync is temporarily unavailable. Please try again.');
    }),
  });
  expect(await createHome(place, recordingLog()).unseal('AAAA')).toEqual({ kind: 'none' });
});

test.each([
  ['with a password that everybody knows', () => electron.safeStorage.getSelectedStorageBackend?.mockReturnValue('basic_text')],
  ['that is not there yet', () => electron.safeStorage.isEncryptionAvailable?.mockReturnValue(false)],
])('storage %s is none: nothing is sealed by it, and nothing is called unreadable', async (_what, given) => {
  given();
  const home = createHome(place, recordingLog());
  expect(await home.seal('a-token')).toBeNull();
  expect(await home.unseal('AAAA')).toEqual({ kind: 'none' });
});

test('a storage that refuses to seal leaves the place and the machine to tell', async () => {
  electron.safeStorage.encryptString?.mockImplementationOnce(() => {
    throw new Error('no');
  });
  expect(await createHome(place, recordingLog()).seal('a-token')).toBeNull();
});
