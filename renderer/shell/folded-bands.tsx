import { type RefObject, useEffect, useState } from 'react';
import { Button } from '../ui/button.tsx';

/** As many stand whole, whatever they say. */
const WHOLE_MOST = 2;

/** How many of the bands fold: one alone would take as much room folded. */
function foldingIn(bands: HTMLElement): number {
  const mayFold = bands.querySelectorAll('.banner[data-may-fold]').length;
  return bands.querySelectorAll('.banner').length > WHOLE_MOST && mayFold > 1 ? mayFold : 0;
}

/**
 * In a window of little height (shell.css) the bands that can be read later fold into one line that says how many they are. What is about money
 * or stops the till, such as a capture that the bank declined, stays whole.
 */
export function FoldedBands({ bands }: Readonly<{ bands: RefObject<HTMLDivElement | null> }>) {
  const [count, setCount] = useState(0);
  const [isOpen, setIsOpen] = useState(false);
  const isFolded = count > 0 && !isOpen;
  // The frame around the bands is there only after what stands in it.
  useEffect(() => {
    const element = bands.current;
    if (!element) return;
    const look = () => setCount(foldingIn(element));
    look();
    const changed = new MutationObserver(look);
    changed.observe(element, { childList: true });
    return () => changed.disconnect();
  }, [bands]);
  useEffect(() => {
    bands.current?.toggleAttribute('data-folded', isFolded);
    // The next time there are so many they are folded again.
    if (count === 0) setIsOpen(false);
  }, [bands, isFolded, count]);
  if (count === 0) return null;
  return (
    <div className="bands-fold" role="status">
      <strong>{isFolded ? `${count} more to read.` : null}</strong>
      {/* It stays where it is: the keyboard is on it. */}
      <Button size="small" onPress={() => setIsOpen(isFolded)}>
        {isFolded ? 'Show them' : 'Fold them again'}
      </Button>
    </div>
  );
}
