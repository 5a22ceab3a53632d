import { useRef, useState } from 'react';
import type { ActionView, TillError } from '../../preload/contract.ts';
import { till } from '../bridge.ts';
import { errorInWords, refusalTitle } from '../error-words.ts';
import { call } from '../store.ts';
import { announce } from '../toasts.ts';
import { useIsThere } from '../ui/use-is-there.ts';
import { atFault, inParts } from './send-choice.ts';

export type Sending = Readonly<{
  /** How many of how many have been let go; null: nothing is under way. */
  progress: Readonly<{ done: number; total: number }> | null;
  /** By action, why it was not. */
  refused: ReadonlyMap<string, string>;
  /** What is in the way of all of them. */
  error: TillError | null;
  send: (actions: readonly ActionView[]) => Promise<void>;
  /** What was refused was looked at anew. */
  forget: () => void;
}>;

export const notSentTitle = (error: TillError): string => refusalTitle(error, 'Not sent.', 'It may have been sent.');

/** Lets actions go out a few at a time. One that is refused stays behind and says why; the others of its few go without it. */
export function useSending(): Sending {
  const [progress, setProgress] = useState<Sending['progress']>(null);
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map());
  const [error, setError] = useState<TillError | null>(null);
  const isBusy = useRef(false);
  const isThere = useIsThere();

  const send = async (actions: readonly ActionView[]) => {
    const actionIds = actions.map(({ id }) => id);
    if (isBusy.current || actionIds.length === 0) return;
    isBusy.current = true;
    setError(null);
    let done = 0;
    setProgress({ done, total: actionIds.length });
    const trouble = await sendParts(actions, (ended, refusals) => {
      done += ended;
      setProgress({ done, total: actionIds.length });
      setRefused((before) => new Map([...before].filter(([id]) => !actionIds.includes(id) || refusals.has(id)).concat([...refusals])));
    });
    setError(trouble);
    if (trouble && !isThere.current) announce(`${notSentTitle(trouble)} ${errorInWords(trouble)}`, 'problem');
    setProgress(null);
    isBusy.current = false;
  };
  const forget = () => {
    setRefused(new Map());
    setError(null);
  };
  return { progress, refused, error, send, forget };
}

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
