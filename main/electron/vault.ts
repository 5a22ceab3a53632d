import { safeStorage } from 'electron';
import { err, ok } from '../core/result.ts';
import type { Log } from '../ports/log.ts';
import type { Vault } from '../ports/vault.ts';
import type { StoredFile } from './store.ts';

/** The API key, encrypted by the operating system's own key store, in a file of its own. Without such a key store nothing is written. */
export function createVault(file: StoredFile, log: Log): Vault {
  function ciphertext(): Buffer | 'none' | 'unreadable' {
    const stored = file.read();
    if (stored.kind === 'none') return 'none';
    if (stored.kind === 'damaged' || typeof stored.value !== 'object' || stored.value === null) return 'unreadable';
    const { apiKey } = stored.value as Record<string, unknown>;
    if (apiKey === undefined) return 'none';
    return typeof apiKey === 'string' && apiKey !== '' ? Buffer.from(apiKey, 'base64') : 'unreadable';
  }

  async function unavailable(): Promise<string | null> {
    if (process.platform === 'linux') {
      // `basic_text` encrypts with a password that is in Chromium's source: whoever has the file has the key.
      const backend = safeStorage.getSelectedStorageBackend();
      if (backend === 'basic_text' || backend === 'unknown') {
        return 'This computer has no secure storage that Tillside can use (GNOME Keyring or KWallet), so a key cannot be kept on it.';
      }
    }
    return (await isEncryptionAvailable()) ? null : 'This computer’s secure storage is not available, so a key cannot be kept on it.';
  }

  return {
    unavailable,
    async store(apiKey) {
      const reason = await unavailable();
      if (reason !== null) return err(reason);
      try {
        const encrypted = await encrypt(apiKey);
        const written = file.write({ apiKey: encrypted.toString('base64') });
        return written.ok ? ok(null) : err(`The key could not be kept. ${written.error.message}`);
      } catch {
        // The error is not looked at: it could quote what it was given.
        return err('The key could not be kept: this computer’s secure storage refused it.');
      }
    },
    async load() {
      const stored = ciphertext();
      if (stored === 'none') return { kind: 'none' };
      // An unreadable key stays where it is until it is replaced or forgotten: after a password is put right it may be readable again.
      if (stored === 'unreadable' || (await unavailable()) !== null) return { kind: 'unreadable' };
      try {
        const apiKey = await decrypt(stored);
        return apiKey === '' ? { kind: 'unreadable' } : { kind: 'key', apiKey };
      } catch {
        log.warn('vault: the stored key could not be decrypted');
        return { kind: 'unreadable' };
      }
    },
    async forget() {
      if (file.read().kind === 'none') return;
      const written = file.write({});
      if (!written.ok) throw new Error(`The stored key could not be removed. ${written.error.message}`);
    },
  };
}

// Electron has the async calls only from a later version on; the sync ones block the till while the operating system asks for a password.
const hasAsyncCalls = (): boolean => typeof safeStorage.isAsyncEncryptionAvailable === 'function';

const isEncryptionAvailable = async (): Promise<boolean> => (hasAsyncCalls() ? safeStorage.isAsyncEncryptionAvailable() : safeStorage.isEncryptionAvailable());

const encrypt = async (text: string): Promise<Buffer> => (hasAsyncCalls() ? safeStorage.encryptStringAsync(text) : safeStorage.encryptString(text));

async function decrypt(encrypted: Buffer): Promise<string> {
  if (!hasAsyncCalls()) return safeStorage.decryptString(encrypted);
  return (await safeStorage.decryptStringAsync(encrypted)).result;
}
