import { Button } from './button.tsx';

/** Under a field whose amount a scan did not change: a person who typed that fast gets their digits after all. */
export function AmountPutBack({ amount, onUse }: Readonly<{ amount: string; onUse: () => void }>) {
  return (
    <p className="amount-put-back" role="status">
      <span>Scanned: the amount is as it was.</span>{' '}
      <Button size="small" isGuarded onPress={onUse}>
        I typed it: {amount}
      </Button>
    </p>
  );
}
