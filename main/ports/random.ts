export type Random = Readonly<{
  uuid(): string;
  /** In [0, 1). */
  fraction(): number;
}>;
