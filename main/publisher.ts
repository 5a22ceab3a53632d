import type { ActionView, Patch, PaymentView, Snapshot } from '../preload/contract.ts';
import type { Clock } from './ports.ts';

/** Changes that come together go out together. */
const TOGETHER_MS = 40;

export type Publisher = Readonly<{
  /** Something may have changed: a patch follows soon. */
  touch(): void;
  /** The whole of what the page should show now. */
  snapshot(): Snapshot;
  onPatch(listener: (patch: Patch) => void): () => void;
  close(): void;
}>;

/** Turns snapshots into patches: a view that is the same object is unchanged. */
export function createPublisher(clock: Clock, look: () => Omit<Snapshot, 'revision'>): Publisher {
  const listeners = new Set<(patch: Patch) => void>();
  let last: Snapshot | null = null;
  let cancel: (() => void) | null = null;

  function publish(): void {
    cancel = null;
    const next = look();
    const patch = last ? patchBetween(last, next) : {};
    if (!patch) return;
    const revision = (last?.revision ?? 0) + 1;
    last = { ...next, revision };
    for (const listener of listeners) listener({ ...patch, revision });
  }

  return {
    touch() {
      cancel ??= clock.after(TOGETHER_MS, publish);
    },
    snapshot() {
      // What the page gets is also what later patches start from.
      cancel?.();
      publish();
      if (!last) throw new Error('expected a snapshot after publishing');
      return last;
    },
    onPatch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      cancel?.();
      listeners.clear();
    },
  };
}

type Heads = Pick<Snapshot, 'connection' | 'day' | 'totals' | 'settings'>;
const HEADS = ['connection', 'day', 'totals', 'settings'] as const satisfies readonly (keyof Heads)[];

/** What changed, without its revision; null: nothing. */
export function patchBetween(before: Omit<Snapshot, 'revision'>, after: Omit<Snapshot, 'revision'>): Omit<Patch, 'revision'> | null {
  const heads = Object.fromEntries(HEADS.filter((head) => JSON.stringify(before[head]) !== JSON.stringify(after[head])).map((head) => [head, after[head]]));
  const payments = changes<PaymentView>(before.payments, after.payments);
  const actions = changes<ActionView>(before.actions, after.actions);
  const patch: Omit<Patch, 'revision'> = {
    ...heads,
    ...(payments.changed.length > 0 && { payments: payments.changed }),
    ...(payments.removedIds.length > 0 && { removedPaymentIds: payments.removedIds }),
    ...(actions.changed.length > 0 && { actions: actions.changed }),
    ...(actions.removedIds.length > 0 && { removedActionIds: actions.removedIds }),
  };
  return Object.keys(patch).length > 0 ? patch : null;
}

function changes<T extends { id: string }>(before: readonly T[], after: readonly T[]): { changed: T[]; removedIds: string[] } {
  const old = new Map(before.map((view) => [view.id, view]));
  const changed: T[] = [];
  for (const view of after) {
    if (old.get(view.id) !== view) changed.push(view);
    old.delete(view.id);
  }
  return { changed, removedIds: [...old.keys()] };
}
