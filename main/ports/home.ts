/** Where a ledger lies. Both are compared only, and mean nothing outside the till. */
export type Place = Readonly<{
  /** The profile's real path, with no link in it. */
  path: string;
  /** The operating system's own name for this machine; null: it could not be read. */
  machineId: string | null;
}>;

/** `again`: it has to be sealed anew, for the secure storage changed its own key. `none`: there is no secure storage that can be asked now. */
export type Unsealed = Readonly<{ kind: 'opened'; token: string; again: boolean }> | Readonly<{ kind: 'unreadable' }> | Readonly<{ kind: 'none' }>;

/** What tells a ledger that lies where it was written from a copy of it. */
export type Home = Readonly<{
  place(): Promise<Place>;
  /** A token as only this user's secure storage opens it again; null: there is none that can be asked now. */
  seal(token: string): Promise<string | null>;
  unseal(sealed: string): Promise<Unsealed>;
}>;
