import { useEffect } from 'react';
import { create } from 'zustand';
import type { ActionView, TillError } from '../../preload/contract.ts';
import { till } from '../bridge.ts';
import { errorInWords, refusalTitle } from '../error-words.ts';
import { call } from '../store.ts';
import { announce } from '../toasts.ts';
import { atFault, inParts } from './send-choice.ts';

export type Sending = Readonly<{
  /** How many of how many have been let go; null: nothing is under way. */
  progress: Readonly<{ done: number; total: number }> | null;
  /** By action, why it was not. */
  refused: ReadonlyMap<string, string>;
  /** What is in the way of all of them. */
  error: TillError | null;
  /** What the person left out: it is not among what is being sent. */
  unticked: ReadonlySet<string>;
}>;

const NOTHING: Sending = { progress: null, refused: new Map(), error: null, unticked: new Set() };

export const notSentTitle = (error: TillError): string => refusalTitle(error, 'Not sent.', 'It may have been sent.');

/** Who leaves the list has not called back what is being sent: whoever opens it meanwhile sees that, and sends nothing beside it. */
export const useSending = create<Sending>(() => NOTHING);

/** What goes wrong after the person has left has to be said where they are now. */
let isListShown = false;

/** The list is opened, or left: what was said on it goes with it, unless it is still under way. */
export function showList(isShown: boolean): void {
  isListShown = isShown;
  if (!isShown && useSending.getState().progress === null) useSending.setState(NOTHING);
}

export function useListShown(): void {
  useEffect(() => {
    showList(true);
    return () => showList(false);
  }, []);
}

/** Which are left out, from which were. */
export const untick = (next: (before: ReadonlySet<string>) => ReadonlySet<string>): void =>
  useSending.setState(({ unticked }) => ({ unticked: next(unticked) }));

/** What was refused was looked at anew. */
export const forgetRefused = (): void => useSending.setState({ refused: NOTHING.refused, error: null });

/** Lets actions go out a few at a time. One that is refused stays behind and says why; the others of its few go without it. */
export async function send(actions: readonly ActionView[]): Promise<void> {
  if (useSending.getState().progress !== null || actions.length === 0) return;
  const actionIds = new Set(actions.map(({ id }) => id));
  let done = 0;
  useSending.setState({ progress: { done, total: actions.length }, error: null });
  const error = await sendParts(actions, (ended, refusals) => {
    done += ended;
    useSending.setState(({ refused }) => ({
      progress: { done, total: actions.length },
      refused: new Map([...refused].filter(([id]) => !actionIds.has(id) || refusals.has(id)).concat([...refusals])),
    }));
  });
  if (!isListShown) {
    const refusedCount = [...useSending.getState().refused.keys()].filter((id) => actionIds.has(id)).length;
    const told = [refusedInWords(refusedCount), error && `${notSentTitle(error)} ${errorInWords(error)}`].filter(Boolean);
    if (told.length > 0) announce(told.join(' '), 'problem');
  }
  useSending.setState(isListShown ? { progress: null, error } : NOTHING);
}

/** To who has left the list, where each would have said why. */
const refusedInWords = (count: number): string | null =>
  count === 0 ? null : count === 1 ? '1 was not sent: look in the queue.' : `${count} were not sent: look in the queue.`;

/** What is shown of their payments at the press: the till may know more by then. */
export const seenVersionsOf = (actions: readonly ActionView[]): Readonly<Record<string, string>> =>
  Object.fromEntries(actions.flatMap(({ id, sinceDecision }) => (sinceDecision?.now ? [[id, sinceDecision.now.version]] : [])));

/** Calls back after each part. Returns what is in the way of the rest, or null. */
async function sendParts(actions: readonly ActionView[], onPart: (ended: number, refusals: ReadonlyMap<string, string>) => void): Promise<TillError | null> {
  const seen = seenVersionsOf(actions);
  for (const part of inParts(actions)) {
    const refusals = new Map<string, string>();
    let left: readonly string[] = part;
    while (left.length > 0) {
      const seenVersions = Object.fromEntries(left.flatMap((id) => (seen[id] ? [[id, seen[id]]] : [])));
      const result = await call(till.release({ actionIds: [...left], seenVersions }), { quiet: true });
      if (result.ok) break;
      const fault = atFault(left, result.error.field);
      if (fault === null) {
        onPart(0, refusals);
        return result.error;
      }
      refusals.set(fault, errorInWords(result.error));
      left = left.filter((id) => id !== fault);
    }
    onPart(part.length, refusals);
  }
  return null;
}
