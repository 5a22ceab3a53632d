/** Damaged files that were moved out of the way, and ledgers kept from before they were changed for a newer Tillside. */
export type SetAsideFiles = Readonly<{
  names(): readonly string[];
  /** Throws where the disk will not have it. */
  remove(name: string): void;
}>;
