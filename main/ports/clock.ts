export type Clock = Readonly<{
  /** The PC's wall clock, UTC epoch ms. */
  nowMs(): number;
  /** Milliseconds since some moment of this run. Never set, never back; whether it counts while the PC sleeps is the system's own affair. */
  monotonicMs(): number;
  /** Calls back once after a delay; returns its undo. */
  after(delayMs: number, callback: () => void): () => void;
}>;

/** For what does not measure lengths. */
export type WallClock = Pick<Clock, 'nowMs' | 'after'>;
