import { useEffect, useRef } from 'react';
import { isDialogOpen } from './ui/dialog-open.ts';

/** Keys that work anywhere on the page: function keys, and `/` for the search. */
export type Shortcut = 'F1' | 'F2' | 'F3' | 'F4' | 'F5' | 'F6' | 'F7' | 'F8' | 'F9' | 'F10' | 'F12' | '/';

export const isTypingPlace = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio], [type=button]), textarea, select'));

/** An element behind an open dialog is hidden from assistive technology or inert: its keys rest as well. */
export const isCovered = (element: Element): boolean => element.closest('[inert], [aria-hidden="true"]') !== null;

/**
 * Runs `act` when the key is pressed anywhere, unless `within` lies behind a dialog.
 * A held key counts once, and `/` is left alone where a person is typing.
 */
export function useShortcut(shortcut: Shortcut | undefined, act: () => void, within: { readonly current: Element | null }, isDisabled = false): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    if (!shortcut || isDisabled) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== shortcut || event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
      if (shortcut === '/' && isTypingPlace(event.target)) return;
      if (!within.current || isCovered(within.current)) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [shortcut, isDisabled, within]);
}

/** Esc leaves, where nothing nearer has a use for it: not while typing, and not behind a dialog or an open list. */
export function useEscape(leave: () => void): void {
  const latest = useRef(leave);
  latest.current = leave;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.repeat || event.defaultPrevented || isTypingPlace(event.target)) return;
      if (isDialogOpen() || document.querySelector('[role="listbox"]')) return;
      latest.current();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** A second press that is asked for: Esc is its way back, and no farther. */
const isAskedTwice = (target: EventTarget | null): boolean => target instanceof Element && target.closest('[data-asks]') !== null;

/** Esc goes one step back within a screen, before the page takes it for the way to Today; a dialog is nearer, and so is a second press. */
export function useEscapeBack(leave: () => void, isBusy: boolean): void {
  const latest = useRef(leave);
  latest.current = leave;
  useEffect(() => {
    if (isBusy) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || isDialogOpen() || isAskedTwice(event.target)) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, [isBusy]);
}
