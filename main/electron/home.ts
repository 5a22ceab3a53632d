import type { Home, Place } from '../ports/home.ts';
import type { Log } from '../ports/log.ts';
import { decrypt, encrypt, whyNoSecureStorage } from './secure-storage.ts';

/** The ledger's home, with tokens that the operating system's own key store seals. */
export function createHome(place: () => Promise<Place>, log: Log): Home {
  return {
    place,
    async seal(token) {
      if ((await whyNoSecureStorage()) !== null) return null;
      try {
        return (await encrypt(token)).toString('base64');
      } catch {
        log.warn('home: secure storage refused to seal a token');
        return null;
      }
    },
    async unseal(sealed) {
      const decrypted = await decrypt(Buffer.from(sealed, 'base64'));
      switch (decrypted.kind) {
        case 'text':
          return { kind: 'opened', token: decrypted.text, again: decrypted.again };
        case 'unreadable':
          log.warn('home: secure storage could not open the token of this ledger');
          return { kind: 'unreadable' };
        case 'away':
          return { kind: 'none' };
      }
    },
  };
}
