import { useEffect, useRef } from 'react';
import { Button } from './button.tsx';

/** Under a field whose amount a scan did not change: a person who typed that fast gets their digits after all. */
export function AmountPutBack({ amount, onUse }: Readonly<{ amount: string; onUse: () => void }>) {
  const line = useRef<HTMLParagraphElement>(null);
  // On a small screen it would appear out of sight.
  // In braces: newer browsers answer with a promise, which React would take for the effect's undo.
  useEffect(() => {
    line.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <p ref={line} className="amount-put-back" role="status">
      <span>Scanned: the amount is as it was.</span>{' '}
      <Button size="small" isGuarded onPress={onUse}>
        I typed it: {amount}
      </Button>
    </p>
  );
}
