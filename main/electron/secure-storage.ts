import { safeStorage } from 'electron';

/** Why nothing can be kept by the operating system's own key store, in words; null: it can. */
export async function whyNoSecureStorage(): Promise<string | null> {
  if (process.platform === 'linux') {
    // `basic_text` encrypts with a password that is in Chromium's source: whoever has the file has what is in it.
    const backend = safeStorage.getSelectedStorageBackend();
    if (backend === 'basic_text' || backend === 'unknown')
      return 'This computer has no secure storage that Tillside can use (GNOME Keyring or KWallet), so a key cannot be kept on it.';
  }
  return (await isEncryptionAvailable()) ? null : 'This computer’s secure storage is not available, so a key cannot be kept on it.';
}

// Electron has the async calls only from a later version on; the sync ones block the till while the operating system asks for a password.
const hasAsyncCalls = (): boolean => typeof safeStorage.isAsyncEncryptionAvailable === 'function';

const isEncryptionAvailable = async (): Promise<boolean> => (hasAsyncCalls() ? safeStorage.isAsyncEncryptionAvailable() : safeStorage.isEncryptionAvailable());

export const encrypt = async (text: string): Promise<Buffer> => (hasAsyncCalls() ? safeStorage.encryptStringAsync(text) : safeStorage.encryptString(text));

/** `again`: the key store has a newer key of its own and asks to encrypt it anew. Rejects where it cannot be decrypted. */
export async function decrypt(encrypted: Buffer): Promise<Readonly<{ text: string; again: boolean }>> {
  if (!hasAsyncCalls()) return { text: safeStorage.decryptString(encrypted), again: false };
  const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(encrypted);
  return { text: result, again: shouldReEncrypt };
}
