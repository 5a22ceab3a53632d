import type { Patch, Snapshot } from '../preload/contract.ts';

type WithId = Readonly<{ id: string }>;

/**
 * The list with the changed items put in place, the removed ones left out and the new ones at the end.
 * Untouched items keep their identity, and an untouched list is returned as it was, so that rows do not render for nothing.
 */
function merge<T extends WithId>(list: T[], changed: readonly T[] | undefined, removedIds: readonly string[] | undefined): T[] {
  if (!changed?.length && !removedIds?.length) return list;
  const byId = new Map((changed ?? []).map((item) => [item.id, item]));
  const removed = new Set(removedIds);
  const kept = list.flatMap((item) => {
    const next = byId.get(item.id) ?? item;
    byId.delete(item.id);
    return removed.has(item.id) ? [] : [next];
  });
  const added = [...byId.values()].filter((item) => !removed.has(item.id));
  return [...kept, ...added];
}

/** The snapshot after a patch. The caller has checked that the patch is the next one. */
export function applyPatch(snapshot: Snapshot, patch: Patch): Snapshot {
  return {
    revision: patch.revision,
    connection: patch.connection ?? snapshot.connection,
    day: patch.day ?? snapshot.day,
    totals: patch.totals ?? snapshot.totals,
    settings: patch.settings ?? snapshot.settings,
    payments: merge(snapshot.payments, patch.payments, patch.removedPaymentIds),
    actions: merge(snapshot.actions, patch.actions, patch.removedActionIds),
  };
}

/** What to do with a patch that arrives: older ones are in the snapshot already, after a gap nothing can be built on. */
export function placeOf(patchRevision: number, revision: number): 'old' | 'next' | 'gap' {
  if (patchRevision <= revision) return 'old';
  return patchRevision === revision + 1 ? 'next' : 'gap';
}
