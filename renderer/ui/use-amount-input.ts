import { type RefObject, useEffect, useRef, useState } from 'react';
import { isScanning } from '../scan/key-watch.ts';
import { useScanUndo } from '../scan/use-scan-undo.ts';
import {
  type AmountOf,
  type Composition,
  composeInto,
  type Entry,
  type EntryStep,
  entryOn,
  eraseInto,
  isComma,
  isTyped,
  ofAfter,
  readAmount,
  type Typed,
  typeUpon,
} from './amount-typing.ts';

/** Over a selection an amount begins anew, also where only a part of it is selected: nobody selects digits to have them moved to the left. */
const isOverSelection = (input: HTMLInputElement): boolean => input.selectionStart !== input.selectionEnd;

/**
 * Reads an amount off what is put into the field, by keys, by an input method, by paste or drop. While an input method is at work the
 * field shows its text (`composed`), else the method would lose its place; the amount follows all the same.
 */
export function useAmountInput(
  input: RefObject<HTMLInputElement | null>,
  valueMinor: number | null,
  of: AmountOf,
  currency: string,
  onTyped: (typed: Typed, ofMinor: number) => void,
): Readonly<{ composed: string | null; isComposing: () => boolean }> {
  const [composed, setComposed] = useState<string | null>(null);
  const composition = useRef<(Composition & Readonly<{ ofMinor: number; keptOfMinor: number }>) | null>(null);
  /** What the person has typed of the amount; null: what is there was put there otherwise. */
  const entry = useRef<Entry | null>(null);
  useScanUndo<Entry | null>({
    look: () => entry.current,
    restore: (before) => {
      entry.current = before;
    },
  });
  const latest = useRef({ valueMinor, of, onTyped, currency });
  latest.current = { valueMinor, of, onTyped, currency };
  useEffect(() => {
    const element = input.current;
    if (!element) return;
    const take = ({ typed, entry: next }: EntryStep, ofMinor: number) => {
      entry.current = next;
      latest.current.onTyped(typed, ofMinor);
    };
    // React's own beforeinput event does not say what kind of change it is; the native one does.
    const onBeforeInput = (event: InputEvent) => {
      const now = latest.current;
      if (event.inputType === 'insertCompositionText') return;
      const isOver = isOverSelection(element);
      const on = entryOn(entry.current, now.valueMinor, isOver);
      const ofMinor = ofAfter(now.of, now.valueMinor, isOver);
      switch (event.inputType) {
        case 'insertText': {
          event.preventDefault();
          // Characters that a scanner sends past the keys.
          if (isScanning(event.timeStamp)) return;
          const text = event.data ?? '';
          // A whole text at once is read as one.
          if ([...text].length > 1 && !/^\p{Nd}*$/u.test(text)) {
            return take({ typed: readAmount(text, now.currency), entry: null }, now.of.nowMinor);
          }
          // Over a selection no comma begins an amount.
          if (isTyped(text) || (isComma(text) && !isOver)) take(typeUpon(on, now.valueMinor, text, now.currency), ofMinor);
          return;
        }
        case 'deleteContentBackward':
        case 'deleteContentForward':
        case 'deleteWordBackward':
        case 'deleteByCut':
          event.preventDefault();
          take(
            isOver || event.inputType !== 'deleteContentBackward'
              ? { typed: { valueMinor: null, problem: null }, entry: null }
              : eraseInto(on, now.valueMinor, now.currency),
            ofMinor,
          );
          return;
        case 'insertFromPaste':
        case 'insertFromDrop': {
          event.preventDefault();
          const read = readAmount(event.data ?? event.dataTransfer?.getData('text/plain') ?? '', now.currency);
          if (read.problem) take({ typed: { valueMinor: now.valueMinor, problem: read.problem }, entry: null }, now.of.thenMinor);
          else take({ typed: read, entry: null }, now.of.nowMinor);
          return;
        }
      }
    };
    const onCompositionStart = () => {
      const { valueMinor: keptMinor, of: keptOf } = latest.current;
      const isOver = isOverSelection(element);
      const keptEntry = entry.current;
      composition.current = {
        entry: entryOn(keptEntry, keptMinor, isOver),
        fromMinor: isOver ? null : keptMinor,
        keptMinor,
        keptEntry,
        ofMinor: ofAfter(keptOf, keptMinor, isOver),
        keptOfMinor: keptOf.thenMinor,
      };
      setComposed(element.value);
    };
    const compose = (text: string) => {
      const now = latest.current;
      const begun = composition.current;
      if (!begun || isScanning(performance.now())) return;
      take(composeInto(begun, text, now.currency), text === '' ? begun.keptOfMinor : begun.ofMinor);
    };
    const onCompositionUpdate = (event: CompositionEvent) => compose(event.data);
    const onInput = () => {
      if (composition.current) setComposed(element.value);
    };
    const onCompositionEnd = (event: CompositionEvent) => {
      compose(event.data);
      composition.current = null;
      setComposed(null);
    };
    // Whoever comes back to an amount finds one that was there before.
    const onFocus = () => {
      entry.current = null;
    };
    element.addEventListener('focus', onFocus);
    element.addEventListener('beforeinput', onBeforeInput);
    element.addEventListener('compositionstart', onCompositionStart);
    element.addEventListener('compositionupdate', onCompositionUpdate);
    element.addEventListener('input', onInput);
    element.addEventListener('compositionend', onCompositionEnd);
    return () => {
      element.removeEventListener('focus', onFocus);
      element.removeEventListener('beforeinput', onBeforeInput);
      element.removeEventListener('compositionstart', onCompositionStart);
      element.removeEventListener('compositionupdate', onCompositionUpdate);
      element.removeEventListener('input', onInput);
      element.removeEventListener('compositionend', onCompositionEnd);
    };
  }, [input]);
  return { composed, isComposing: () => composition.current !== null };
}
