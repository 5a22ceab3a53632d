import { create } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { ActionView, Patch, PaymentView, Result, Snapshot, TillError } from '../preload/contract.ts';
import { till } from './bridge.ts';
import { errorInWords } from './error-words.ts';
import { applyPatch, placeOf } from './patch.ts';
import { aboutOf, announce } from './toasts.ts';

type Mirror = { phase: 'loading' } | { phase: 'ready'; snapshot: Snapshot } | { phase: 'broken' };

/** The page's copy of what main knows. Main pushes, the page mirrors; nothing is ever changed here by itself. */
const useMirror = create<Mirror>(() => ({ phase: 'loading' }));

export const usePhase = (): Mirror['phase'] => useMirror((mirror) => mirror.phase);

/** For event handlers; components use `useTill`. Throws before the first snapshot. */
export function currentSnapshot(): Snapshot {
  const mirror = useMirror.getState();
  if (mirror.phase !== 'ready') throw new Error('The till is asked for its state before its first snapshot.');
  return mirror.snapshot;
}

const selectFrom =
  <T>(selector: (snapshot: Snapshot) => T) =>
  (mirror: Mirror): T => {
    if (mirror.phase !== 'ready') throw new Error('A screen is shown before the first snapshot.');
    return selector(mirror.snapshot);
  };

/** A part of the snapshot. The selector must return something that keeps its identity while nothing changed. */
export const useTill = <T>(selector: (snapshot: Snapshot) => T): T => useMirror(selectFrom(selector));

/** As `useTill`, for selectors that build a new array or object each time: compared item by item. */
export const useTillShallow = <T>(selector: (snapshot: Snapshot) => T): T => useMirror(useShallow(selectFrom(selector)));

// ---- one by its id

const indexes = new WeakMap<readonly { id: string }[], ReadonlyMap<string, { id: string }>>();

/** The item of a list with this id. The index is built once per list: a changed list is a new one. */
export function byId<T extends { id: string }>(list: readonly T[], id: string): T | undefined {
  const known = indexes.get(list);
  const index = known ?? new Map(list.map((item) => [item.id, item]));
  if (!known) indexes.set(list, index);
  return index.get(id) as T | undefined;
}

export const usePayment = (paymentId: string): PaymentView | undefined => useTill((snapshot) => byId(snapshot.payments, paymentId));
export const useAction = (actionId: string): ActionView | undefined => useTill((snapshot) => byId(snapshot.actions, actionId));

/** Several actions by id, in the order asked; those the page does not know are left out. */
export const useActions = (actionIds: readonly string[]): ActionView[] =>
  useTillShallow((snapshot) => actionIds.flatMap((id) => byId(snapshot.actions, id) ?? []));

// ---- keeping up

let loading = false;
/** The newest revision heard of; a snapshot older than this is read again. */
let heardRevision = 0;

/** Reads a whole snapshot again. One read at a time: patches that come meanwhile are in it, or it is read once more. */
export async function resync(): Promise<void> {
  if (loading) return;
  loading = true;
  try {
    let snapshot: Snapshot;
    do {
      snapshot = await till.getSnapshot();
      useMirror.setState({ phase: 'ready', snapshot }, true);
    } while (snapshot.revision < heardRevision);
  } catch {
    // Only a broken till throws here; what was shown stays true as of then, and without anything to show the page says so.
    if (useMirror.getState().phase === 'ready') announce('The till does not answer. What you see may be old.', 'problem');
    else useMirror.setState({ phase: 'broken' }, true);
  } finally {
    loading = false;
  }
}

function receive(patch: Patch): void {
  heardRevision = patch.revision;
  const mirror = useMirror.getState();
  if (mirror.phase !== 'ready' || loading) return;
  switch (placeOf(patch.revision, mirror.snapshot.revision)) {
    case 'old':
      return;
    case 'next':
      useMirror.setState({ phase: 'ready', snapshot: applyPatch(mirror.snapshot, patch) }, true);
      return;
    case 'gap':
      void resync();
  }
}

/** Starts mirroring; returns its undo. */
export function start(): () => void {
  heardRevision = 0;
  const stop = till.onPatch(receive);
  void resync();
  return stop;
}

// ---- asking main

/**
 * Waits for an answer; a refusal is said aloud and shown. The result is returned as well, for callers that show it in place.
 * `isLook`: nothing but a look at Dojo was asked for, so that a refusal is worth no word any more once Dojo answers, and that there is
 * nothing to look at is only news. Of all else it stays until somebody has read why nothing was done.
 */
export async function call<T>(answer: Promise<Result<T>>, options?: { quiet?: boolean; done?: string; isLook?: boolean }): Promise<Result<T>> {
  try {
    const result = await answer;
    if (!result.ok && !options?.quiet) sayRefused(result.error, options?.isLook ?? false);
    if (result.ok && options?.done) announce(options.done);
    return result;
  } catch {
    const error: TillError = {
      code: 'internal',
      message: 'The till did not answer. Nothing is known to have happened.',
      next: 'Look at the payment and the queue before you try again.',
    };
    if (!options?.quiet) announce(errorInWords(error), 'problem');
    return { ok: false, error };
  }
}

function sayRefused(error: TillError, isLook: boolean): void {
  announce(errorInWords(error), isLook && error.code === 'not-possible' ? 'news' : 'problem', { about: isLook ? aboutOf(error.code) : null });
}
