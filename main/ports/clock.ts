export type Clock = Readonly<{
  /** The PC's wall clock, UTC epoch ms. */
  nowMs(): number;
  /** Milliseconds since some moment of this run. Never set, never back; whether it counts while the PC sleeps is the system's own affair. */
  monotonicMs(): number;
  /** Milliseconds since the PC was switched on, its sleep counted, never set. Coarse: to the second. Absent: this PC does not tell. */
  sinceBootMs?(): number;
  /** Calls back once after a delay; returns its undo. */
  after(delayMs: number, callback: () => void): () => void;
}>;

/** For what does not measure lengths. */
export type WallClock = Pick<Clock, 'nowMs' | 'after'>;
