import type { Result } from '../core/result.ts';
import type { DiskFailure } from './ledger.ts';

/** The API key in the operating system's secure storage. */
export type Vault = Readonly<{
  /** Why a key cannot be kept here, in words; null: it can. */
  unavailable(): Promise<string | null>;
  store(apiKey: string): Promise<Result<null, string>>;
  /**
   * `none`: never stored. `unreadable`: stored by another user or before a password was reset. `away`: there is no secure storage to ask
   * just now; at log-in it may be there a moment later.
   */
  load(): Promise<Readonly<{ kind: 'key'; apiKey: string }> | Readonly<{ kind: 'none' | 'unreadable' | 'away' }>>;
  /** Nothing of it is left on the disk; an error: it is still there. */
  forget(): Promise<Result<null, DiskFailure>>;
}>;
