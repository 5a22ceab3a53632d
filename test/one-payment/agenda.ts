/** Simulated time, and what happens when. Of what is due together the first that was put in comes first. */
export type Agenda = Readonly<{
  /** True time, UTC epoch ms. */
  nowMs(): number;
  /** Returns its undo. */
  after(ms: number, happen: () => void): () => void;
  /** Until nothing is left, or a time. */
  run(untilMs: number): void;
}>;

type Due = Readonly<{ atMs: number; happen: () => void }>;

export function createAgenda(startMs: number): Agenda {
  let nowMs = startMs;
  /** The next one is the last. */
  const due: Due[] = [];
  return {
    nowMs: () => nowMs,
    after(ms, happen) {
      const one: Due = { atMs: nowMs + Math.max(0, ms), happen };
      due.splice(due.findLastIndex(({ atMs }) => atMs > one.atMs) + 1, 0, one);
      return () => {
        const at = due.indexOf(one);
        if (at >= 0) due.splice(at, 1);
      };
    },
    run(untilMs) {
      for (let next = due.pop(); next && next.atMs <= untilMs; next = due.pop()) {
        nowMs = next.atMs;
        next.happen();
      }
    },
  };
}
