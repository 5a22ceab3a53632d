import type { Intent } from './intent.ts';

/** `was` until that moment; null: it was not there. */
type Earlier = Readonly<{ untilMs: number; was: Intent | null }>;

/** How payments looked a while ago, for searches that lag behind. Nothing is kept where nothing lags. */
export function createHistory(lagMs: () => number) {
  const kept = new Map<string, Earlier[]>();

  function keep(id: string, earlier: Earlier): void {
    const before = kept.get(id) ?? [];
    // What a search of now would not show any more, no later one will.
    kept.set(id, [...before.filter(({ untilMs }) => untilMs > earlier.untilMs - lagMs()), earlier]);
  }

  return {
    /** Said before the intent may change: where the change is refused, it was the same before and after. */
    changing(intent: Intent, atMs: number): void {
      if (lagMs() > 0) keep(intent.id, { untilMs: atMs, was: structuredClone(intent) });
    },
    /** Said of an intent that was not there before. */
    appears(intent: Intent): void {
      if (lagMs() > 0) keep(intent.id, { untilMs: intent.createdAtMs, was: null });
    },
    /** What a search shows of them: as they were, and only those that were there. */
    shown(intents: readonly Intent[], nowMs: number): readonly Intent[] {
      if (lagMs() === 0) return intents;
      const thenMs = nowMs - lagMs();
      return intents.flatMap((intent) => {
        const earlier = kept.get(intent.id)?.find(({ untilMs }) => untilMs > thenMs);
        return (earlier ? earlier.was : intent) ?? [];
      });
    },
  };
}
