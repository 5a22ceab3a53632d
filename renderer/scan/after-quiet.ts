import { onKeys } from './key-watch.ts';

/** A scanner that sends a key before its code sends the code right after it. A person's key stands alone. */
const QUIET_MS = 250;

/** Runs `act` unless another key follows at once; returns what calls it off. */
export function afterQuiet(act: () => void): () => void {
  const cancel = () => {
    clearTimeout(timer);
    undo();
  };
  const timer = setTimeout(() => {
    undo();
    act();
  }, QUIET_MS);
  const undo = onKeys('key', cancel);
  return cancel;
}
