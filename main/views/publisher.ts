import type { ActionView, Patch, PaymentView, Snapshot } from '../../preload/contract.ts';
import type { WallClock } from '../ports/clock.ts';

/** Changes that come together go out together. */
const TOGETHER_MS = 40;
/**
 * At most so many payments go out at once, the newest first; the rest follows without a pause. Thousands in one message would keep
 * the page, and main, from doing anything else for half a second: at start, and whenever the line comes or goes.
 */
const PAYMENTS_MOST = 200;
/** A page that just got its snapshot paints it before it is given more. */
const FIRST_PAINT_MS = 150;

type Shown = Omit<Snapshot, 'revision'>;

export type Publisher = Readonly<{
  /** Something may have changed: a patch follows soon, where somebody listens. */
  touch(): void;
  /** What the page should show now. Of a long day the newest payments; what is not in it yet follows at once in patches. */
  snapshot(): Snapshot;
  onPatch(listener: (patch: Patch) => void): () => void;
  close(): void;
}>;

/** What there is to be shown. `isMore`: another look brings more. */
export type Look = Readonly<{ now: Shown; isMore: boolean }>;

/** Turns snapshots into patches: a view that is the same object is unchanged. */
export function createPublisher(clock: WallClock, look: (isFirst: boolean) => Look): Publisher {
  const listeners = new Set<(patch: Patch) => void>();
  let last: Snapshot | null = null;
  let cancel: (() => void) | null = null;
  /** Before anybody asked there is nobody to fill a list for. */
  let asked = false;
  let closed = false;

  /** `isFirst`: nobody has seen anything yet. */
  function publish(isFirst = !asked, moreAfterMs = 0): void {
    cancel?.();
    cancel = null;
    const { now: next, isMore } = look(isFirst);
    const step = stepBetween(last ?? { ...next, payments: [], actions: [] }, next, PAYMENTS_MOST);
    if ((step.isMore || isMore) && asked) cancel = clock.after(moreAfterMs, () => publish());
    if (last && !step.patch) return;
    const revision = (last?.revision ?? 0) + 1;
    const patch = last ? step.patch : {};
    last = { ...step.known, revision };
    for (const listener of listeners) listener({ ...patch, revision });
  }

  return {
    touch() {
      // Whoever comes to listen later asks for the snapshot first.
      if (!closed && listeners.size > 0) cancel ??= clock.after(TOGETHER_MS, () => publish());
    },
    snapshot() {
      const isFirst = !asked;
      asked = true;
      // What the page gets is also what later patches start from.
      publish(isFirst, FIRST_PAINT_MS);
      if (!last) throw new Error('expected a snapshot after publishing');
      return last;
    },
    onPatch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      closed = true;
      cancel?.();
      listeners.clear();
    },
  };
}

const HEADS = ['connection', 'day', 'totals', 'settings'] as const satisfies readonly (keyof Shown)[];

export type Step = Readonly<{
  /** What changed, without its revision; null: nothing. */
  patch: Omit<Patch, 'revision'> | null;
  /** What the page knows with it. */
  known: Shown;
  /** Not all of it fitted. */
  isMore: boolean;
}>;

/** From what the page knows to what there is, with no more than so many payments. Heads and actions are always all there. */
export function stepBetween(before: Shown, after: Shown, paymentsMost: number): Step {
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
  // Mostly a few in a long list: what both begin and end with is left alone.
  const shorter = Math.min(before.length, after.length);
  let first = 0;
  while (first < shorter && before[first] === after[first]) first += 1;
  let last = 0;
  while (last < shorter - first && before[before.length - 1 - last] === after[after.length - 1 - last]) last += 1;
  const old = new Map(before.slice(first, before.length - last).map((view) => [view.id, view]));
  const changed: T[] = [];
  const known: T[] = after.slice(0, first);
  let isMore = false;
  for (const view of after.slice(first, after.length - last)) {
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
  return { changed, known: [...known, ...after.slice(after.length - last)], removedIds: [...old.keys()], isMore };
}
