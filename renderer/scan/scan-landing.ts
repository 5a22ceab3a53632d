import { type RefObject, useEffect, useRef } from 'react';
import { create } from 'zustand';
import { announce } from '../toasts.ts';
import { isDialogOpen } from '../ui/dialog-open.ts';
import { useView } from '../view.ts';

type Search = Readonly<{ set: (text: string) => void; focus: () => void }>;

/** The search of the list in sight. */
let inSight: Search | null = null;
let wantsFocus = false;

/** A scan made in a dialog: the search has it once the dialog is closed. */
const useWaiting = create<{ text: string | null }>(() => ({ text: null }));

const SHOWN_LENGTH_MAX = 24;
const shown = (text: string): string => (text.length > SHOWN_LENGTH_MAX ? `${text.slice(0, SHOWN_LENGTH_MAX)}…` : text);

/** What a dialog says of a scan that waits behind it, or null. */
export const useWaitingScan = (): string | null =>
  useWaiting(({ text }) => (text === null ? null : `Scanned ${shown(text)}: nothing changed here. It is searched for when you close this.`));

/** Takes a scan to the search: at once, or after the decision that is under way. */
export function landScan(text: string): void {
  if (text === '') return;
  if (isDialogOpen()) {
    useWaiting.setState({ text });
    return;
  }
  useWaiting.setState({ text: null });
  putInSearch(text);
  announce(`Scanned ${shown(text)}. It is in the search.`);
}

function putInSearch(text: string): void {
  const { screen, isAllDays } = useView.getState();
  if (inSight && screen !== 'today') inSight.set(text);
  else useView.setState({ screen: 'today', search: text, filter: 'all', ...(isAllDays && inSight ? {} : { date: null, isAllDays: false }) });
  if (inSight) inSight.focus();
  else wantsFocus = true;
}

/** What was taken for a scan was typed by a person. */
export const forgetScan = (): void => useWaiting.setState({ text: null });

/** To be called when a dialog has closed. */
export function landWaiting(): void {
  const { text } = useWaiting.getState();
  // The dialog gives the focus back to what opened it in the next frame; the search takes it after that.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (text === null || useWaiting.getState().text !== text || isDialogOpen()) return;
      useWaiting.setState({ text: null });
      putInSearch(text);
    }),
  );
}

/** Makes a field the search that scans land in, as long as it is there. */
export function useSearchInSight(input: RefObject<HTMLInputElement | null>, set: (text: string) => void): void {
  const latest = useRef(set);
  latest.current = set;
  useEffect(() => {
    const focus = () => {
      input.current?.focus();
      input.current?.select();
    };
    const search: Search = { set: (text) => latest.current(text), focus };
    inSight = search;
    if (wantsFocus) focus();
    wantsFocus = false;
    return () => {
      if (inSight === search) inSight = null;
    };
  }, [input]);
}
