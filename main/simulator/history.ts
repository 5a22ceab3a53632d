import type { Intent } from './intent.ts';

/** `was` until that moment; null: it was not there. */
type Earlier = Readonly<{ untilMs: number; was: Intent | null }>;

/** How payments looked a while ago, for searches that lag behind. Nothing is kept where nothing lags. */
export function createHistory(lagMs: () => number) {
  const kept = new Map<string, Earlier[]>();

  function keep(id: string, earlier: Earlier): () => void {
    const before = kept.get(id) ?? [];
    // What a search of now would not show any more, no later one will.
    kept.set(id, [...before.filter(({ untilMs }) => untilMs > earlier.untilMs - lagMs()), earlier]);
    return () => void kept.set(id, before);
  }

  return {
    /** Said before the intent changes. Returns its undo. */
    changing: (intent: Intent, atMs: number): (() => void) =>
      lagMs() > 0 ? keep(intent.id, { untilMs: atMs, was: structuredClone(intent) }) : () => undefined,
    /** Said of an intent that was not there before. */
    appears: (intent: Intent): void => {
      if (lagMs() > 0) keep(intent.id, { untilMs: intent.createdAtMs, was: null });
    },
    /** What a search shows of it; null: nothing yet. */
    shown(intent: Intent, nowMs: number): Intent | null {
      const then = nowMs - lagMs();
      const earlier = lagMs() > 0 ? kept.get(intent.id)?.find(({ untilMs }) => untilMs > then) : undefined;
      return earlier ? earlier.was : intent;
    },
  };
}
