import { safeStorage } from 'electron';

const NOT_AVAILABLE = 'This computer’s secure storage is not available, so a key cannot be kept on it.';
/** Longer than a key store takes that answers by itself. One that asks a person for its password may wait for them for ever. */
const ANSWER_MS_MAX = 15_000;

/** Why nothing can be kept by the operating system's own key store, in words; null: it can. */
export async function whyNoSecureStorage(): Promise<string | null> {
  if (process.platform === 'linux') {
    // `basic_text` encrypts with a password that is in Chromium's source: whoever has the file has what is in it.
    const backend = safeStorage.getSelectedStorageBackend();
    if (backend === 'basic_text' || backend === 'unknown')
      return 'This computer has no secure storage that Tillside can use (GNOME Keyring or KWallet), so a key cannot be kept on it.';
  }
  try {
    return (await isEncryptionAvailable()) ? null : NOT_AVAILABLE;
  } catch {
    return NOT_AVAILABLE;
  }
}

// Electron has the async calls only from a later version on; the sync ones block the till while the operating system asks for a password.
const hasAsyncCalls = (): boolean => typeof safeStorage.isAsyncEncryptionAvailable === 'function';

/** The async call says yes once the key store was asked, whatever that answered: what it encrypts tells. */
async function isEncryptionAvailable(): Promise<boolean> {
  if (!hasAsyncCalls()) return safeStorage.isEncryptionAvailable();
  if (!(await inTime(safeStorage.isAsyncEncryptionAvailable()))) return false;
  await encrypt('is it there?');
  return true;
}

/** Rejects where the key store does not encrypt it. */
export async function encrypt(text: string): Promise<Buffer> {
  const encrypted = hasAsyncCalls() ? await inTime(safeStorage.encryptStringAsync(text)) : safeStorage.encryptString(text);
  if (isByKnownPassword(encrypted)) throw new Error('expected the key store to encrypt: it is locked or gone');
  return encrypted;
}

/** Where a keyring on Linux is locked, Chromium takes the same password as `basic_text`, and marks what it encrypts with it. */
const isByKnownPassword = (encrypted: Buffer): boolean => process.platform === 'linux' && encrypted.subarray(0, 3).toString() === 'v10';

/**
 * `again`: the key store has a newer key of its own and asks to encrypt it anew. `unreadable`: it was not encrypted by this user's key
 * store. `away`: there is no key store that can tell just now.
 */
export type Decrypted = Readonly<{ kind: 'text'; text: string; again: boolean }> | Readonly<{ kind: 'unreadable' | 'away' }>;

export async function decrypt(encrypted: Buffer): Promise<Decrypted> {
  if ((await whyNoSecureStorage()) !== null) return { kind: 'away' };
  try {
    if (!hasAsyncCalls()) return { kind: 'text', text: safeStorage.decryptString(encrypted), again: false };
    const { result, shouldReEncrypt } = await inTime(safeStorage.decryptStringAsync(encrypted));
    return { kind: 'text', text: result, again: shouldReEncrypt };
  } catch (error) {
    return { kind: isOfNow(error) ? 'away' : 'unreadable' };
  }
}

const NO_ANSWER = new Error('the key store did not answer in time');

/** Electron tells what may pass from what will not by its words alone. */
const isOfNow = (error: unknown): boolean => error === NO_ANSWER || (error instanceof Error && error.message.includes('temporarily unavailable'));

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(NO_ANSWER), ANSWER_MS_MAX);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
