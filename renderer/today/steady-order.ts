import type { PaymentView } from '../../preload/contract.ts';

export type Steady = Readonly<{
  rows: readonly PaymentView[];
  /** New rows kept back until the list is let go. */
  heldBackCount: number;
}>;

/**
 * The rows in the order they had, each with what is known of it now: while a finger or a pointer is on the list, nothing moves under it.
 * New rows wait; one that no longer fits keeps its place until the list is let go, unless it is gone altogether.
 */
export function steadyOrder(shownIds: readonly string[], next: readonly PaymentView[], find: (paymentId: string) => PaymentView | undefined): Steady {
  const shown = new Set(shownIds);
  const rows = shownIds.flatMap((id) => find(id) ?? []);
  return { rows, heldBackCount: next.filter((payment) => !shown.has(payment.id)).length };
}

/** How far to scroll so that the first row in sight stays where it is when rows come or go above it. */
export function scrollShift(before: readonly string[], after: readonly string[], scrollTop: number, rowHeight: number): number {
  const first = Math.floor(scrollTop / rowHeight);
  // At the very top the newest rows are wanted in sight.
  if (scrollTop < rowHeight / 2) return 0;
  for (let index = first; index < before.length; index += 1) {
    const place = after.indexOf(before[index] ?? '');
    if (place >= 0) return (place - index) * rowHeight;
  }
  return 0;
}
