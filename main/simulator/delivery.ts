export type FaceAnswer = Readonly<{ status: number; headers: Readonly<Record<string, string>>; body: string }>;

/** What the transport has to do with a request that was handled, or was not. */
export type Delivery =
  | Readonly<{
      kind: 'answer';
      afterMs: number;
      answer: FaceAnswer;
      trickle: Readonly<{ bytesPerStep: number; everyMs: number }> | null;
      /** The connection breaks in the middle of the body. */
      cutShort: boolean;
    }>
  | Readonly<{ kind: 'silence' }>
  | Readonly<{ kind: 'reset'; afterMs: number }>;

/**
 * A request that came in. The transport waits, then lets it happen once with `proceed`. Where `later` is there,
 * `proceed` only gives what is heard: it happens with `later.happen`, so long after it came in, whoever still listens.
 */
export type Handling = Readonly<{ waitMs: number; proceed(): Delivery; later: Readonly<{ afterMs: number; happen(): void }> | null }>;
