import { Button } from '../ui/button.tsx';

type InsteadLineProps = Readonly<{ note: string; whole: string; isPart: boolean; onSwitch: () => void; isDisabled: boolean }>;

/** The way to give back only a part while the whole could be undone, and what that costs the shop. */
export function InsteadLine({ note, whole, isPart, onSwitch, isDisabled }: InsteadLineProps) {
  return (
    <div className="give-back-instead">
      <Button size="small" onPress={onSwitch} isDisabled={isDisabled}>
        {isPart ? `${whole} all of it instead` : 'Refund only a part'}
      </Button>
      <p className="give-back-fee">{note}</p>
    </div>
  );
}
