import { err, ok, type Result } from '../core/result.ts';
import type { Log } from '../ports/log.ts';
import type { Vault } from '../ports/vault.ts';
import { decrypt, encrypt, whyNoSecureStorage } from './secure-storage.ts';
import type { StoredFile } from './store.ts';

/** The API key, encrypted by the operating system's own key store, in a file of its own. Without such a key store nothing is written. */
export function createVault(file: StoredFile, log: Log): Vault {
  function ciphertext(): Buffer | 'none' | 'unreadable' | 'away' {
    const stored = file.read();
    if (stored.kind === 'none') return 'none';
    if (stored.kind === 'damaged' && stored.isHeld) return 'away';
    if (stored.kind === 'damaged' || typeof stored.value !== 'object' || stored.value === null) return 'unreadable';
    const { apiKey } = stored.value as Record<string, unknown>;
    if (apiKey === undefined) return 'none';
    return typeof apiKey === 'string' && apiKey !== '' ? Buffer.from(apiKey, 'base64') : 'unreadable';
  }

  async function store(apiKey: string): Promise<Result<null, string>> {
    const reason = await whyNoSecureStorage();
    if (reason !== null) return err(reason);
    try {
      const encrypted = await encrypt(apiKey);
      const written = file.write({ apiKey: encrypted.toString('base64') });
      return written.ok ? ok(null) : err(`The key could not be kept. ${written.error.message}`);
    } catch {
      // The error is not looked at: it could quote what it was given.
      return err('The key could not be kept: this computer’s secure storage refused it.');
    }
  }

  return {
    unavailable: whyNoSecureStorage,
    store,
    async load() {
      const stored = ciphertext();
      // An unreadable key stays where it is until it is replaced or forgotten: after a password is put right it may be readable again.
      if (typeof stored === 'string') return { kind: stored };
      const decrypted = await decrypt(stored);
      if (decrypted.kind !== 'text') {
        if (decrypted.kind === 'unreadable') log.warn('vault: the stored key could not be decrypted');
        return { kind: decrypted.kind };
      }
      const { text: apiKey, again } = decrypted;
      // Where that fails, the one that is there still opens.
      if (again) await store(apiKey);
      return apiKey === '' ? { kind: 'unreadable' } : { kind: 'key', apiKey };
    },
    // Removed, not written over: that a full disk takes too, and a damaged file that was set aside may have the key in it.
    forget: async () => file.remove(),
  };
}
