import type { ActionView, Patch, PaymentView, Snapshot } from '../preload/contract.ts';
import type { Clock } from './ports.ts';

/** Changes that come together go out together. */
const TOGETHER_MS = 40;
/**
 * At most so many payments go out at once, the newest first; the rest follows without a pause. Thousands in one message would keep
 * the page, and main, from doing anything else for half a second: at start, and whenever the line comes or goes.
 */
const PAYMENTS_MOST = 200;

export type Publisher = Readonly<{
  /** Something may have changed: a patch follows soon. */
  touch(): void;
  /** What the page should show now. Of a long day the newest payments; what is not in it yet follows at once in patches. */
  snapshot(): Snapshot;
  onPatch(listener: (patch: Patch) => void): () => void;
  close(): void;
}>;

/** Turns snapshots into patches: a view that is the same object is unchanged. */
export function createPublisher(clock: Clock, look: () => Omit<Snapshot, 'revision'>): Publisher {
  const listeners = new Set<(patch: Patch) => void>();
  let last: Snapshot | null = null;
  let cancel: (() => void) | null = null;
  /** Before anybody asked there is nobody to fill a list for. */
  let asked = false;

  function publish(): void {
    cancel?.();
    cancel = null;
    const next = look();
    const step = stepBetween(last ?? { ...next, payments: [], actions: [] }, next, PAYMENTS_MOST);
    if (step.isMore && asked) cancel = clock.after(0, publish);
    if (last && !step.patch) return;
    const revision = (last?.revision ?? 0) + 1;
    const patch = last ? step.patch : {};
    last = { ...step.known, revision };
    for (const listener of listeners) listener({ ...patch, revision });
  }

  return {
    touch() {
      cancel ??= clock.after(TOGETHER_MS, publish);
    },
    snapshot() {
      asked = true;
      // What the page gets is also what later patches start from.
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

type Look = Omit<Snapshot, 'revision'>;
const HEADS = ['connection', 'day', 'totals', 'settings'] as const satisfies readonly (keyof Look)[];

export type Step = Readonly<{
  /** What changed, without its revision; null: nothing. */
  patch: Omit<Patch, 'revision'> | null;
  /** What the page knows with it. */
  known: Look;
  /** Not all of it fitted. */
  isMore: boolean;
}>;

/** From what the page knows to what there is, with no more than so many payments. Heads and actions are always all there. */
export function stepBetween(before: Look, after: Look, paymentsMost: number): Step {
  const heads = Object.fromEntries(HEADS.filter((head) => JSON.stringify(before[head]) !== JSON.stringify(after[head])).map((head) => [head, after[head]]));
  const payments = changes<PaymentView>(before.payments, after.payments, paymentsMost);
  const actions = changes<ActionView>(before.actions, after.actions, Number.POSITIVE_INFINITY);
  const patch: Omit<Patch, 'revision'> = {
    ...heads,
    ...(payments.changed.length > 0 && { payments: payments.changed }),
    ...(payments.removedIds.length > 0 && { removedPaymentIds: payments.removedIds }),
    ...(actions.changed.length > 0 && { actions: actions.changed }),
    ...(actions.removedIds.length > 0 && { removedActionIds: actions.removedIds }),
  };
  return { patch: Object.keys(patch).length > 0 ? patch : null, known: { ...after, payments: payments.known }, isMore: payments.isMore };
}

function changes<T extends { id: string }>(before: readonly T[], after: readonly T[], most: number) {
  const old = new Map(before.map((view) => [view.id, view]));
  const changed: T[] = [];
  const known: T[] = [];
  let isMore = false;
  for (const view of after) {
    const earlier = old.get(view.id);
    old.delete(view.id);
    if (earlier !== view && changed.length >= most) {
      isMore = true;
      if (earlier) known.push(earlier);
      continue;
    }
    if (earlier !== view) changed.push(view);
    known.push(view);
  }
  return { changed, known, removedIds: [...old.keys()], isMore };
}
