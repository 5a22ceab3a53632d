import { type RefObject, useEffect, useRef, useState } from 'react';
import { isScanning } from '../scan/key-watch.ts';
import { composeAmount, eraseDigit, readAmount, type Typed, typeDigits } from './amount-typing.ts';

/** What an input method began upon: `fromMinor` is what its digits go behind, `keptMinor` what stays where it is given up. */
type Composition = Readonly<{ fromMinor: number | null; keptMinor: number | null }>;

/** Over a selection an amount begins anew, also where only a part of it is selected: nobody selects digits to have them moved to the left. */
const isOverSelection = (input: HTMLInputElement): boolean => input.selectionStart !== input.selectionEnd;

/**
 * Reads an amount off what is put into the field, by keys, by an input method, by paste or drop. While an input method is at work the
 * field shows its text (`composed`), else the method would lose its place; the amount follows all the same.
 */
export function useAmountInput(
  input: RefObject<HTMLInputElement | null>,
  valueMinor: number | null,
  currency: string,
  take: (typed: Typed) => void,
): Readonly<{ composed: string | null; isComposing: () => boolean }> {
  const [composed, setComposed] = useState<string | null>(null);
  const composition = useRef<Composition | null>(null);
  const latest = useRef({ valueMinor, take, currency });
  latest.current = { valueMinor, take, currency };
  useEffect(() => {
    const element = input.current;
    if (!element) return;
    // React's own beforeinput event does not say what kind of change it is; the native one does.
    const onBeforeInput = (event: InputEvent) => {
      const now = latest.current;
      if (event.inputType === 'insertCompositionText') return;
      const isOver = isOverSelection(element);
      const from = isOver ? null : now.valueMinor;
      switch (event.inputType) {
        case 'insertText': {
          event.preventDefault();
          // Characters that a scanner sends past the keys.
          if (isScanning(event.timeStamp)) return;
          const typed = event.data ?? '';
          // The point of someone who types 12.50 changes nothing: the digits land where they belong anyway. A whole text at once is read as one.
          if (!/^\p{Nd}*$/u.test(typed)) {
            if ([...typed].length > 1) now.take(readAmount(typed, now.currency));
            return;
          }
          now.take(typeDigits(from, typed));
          return;
        }
        case 'deleteContentBackward':
        case 'deleteContentForward':
        case 'deleteWordBackward':
        case 'deleteByCut':
          event.preventDefault();
          now.take(isOver || event.inputType !== 'deleteContentBackward' ? { valueMinor: null, problem: null } : eraseDigit(now.valueMinor));
          return;
        case 'insertFromPaste':
        case 'insertFromDrop': {
          event.preventDefault();
          const read = readAmount(event.data ?? event.dataTransfer?.getData('text/plain') ?? '', now.currency);
          now.take(read.problem ? { valueMinor: now.valueMinor, problem: read.problem } : read);
          return;
        }
      }
    };
    const onCompositionStart = () => {
      const { valueMinor: keptMinor } = latest.current;
      composition.current = { fromMinor: isOverSelection(element) ? null : keptMinor, keptMinor };
      setComposed(element.value);
    };
    const compose = (text: string) => {
      const now = latest.current;
      const begun = composition.current;
      if (begun && !isScanning(performance.now())) now.take(composeAmount(begun.fromMinor, text, begun.keptMinor, now.currency));
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
    element.addEventListener('beforeinput', onBeforeInput);
    element.addEventListener('compositionstart', onCompositionStart);
    element.addEventListener('compositionupdate', onCompositionUpdate);
    element.addEventListener('input', onInput);
    element.addEventListener('compositionend', onCompositionEnd);
    return () => {
      element.removeEventListener('beforeinput', onBeforeInput);
      element.removeEventListener('compositionstart', onCompositionStart);
      element.removeEventListener('compositionupdate', onCompositionUpdate);
      element.removeEventListener('input', onInput);
      element.removeEventListener('compositionend', onCompositionEnd);
    };
  }, [input]);
  return { composed, isComposing: () => composition.current !== null };
}
