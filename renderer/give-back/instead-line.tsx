import { Button } from '../ui/button.tsx';

type InsteadLineProps = Readonly<{ note: string; isPart: boolean; onSwitch: () => void; isDisabled: boolean }>;

/** The way to give back only a part while the whole could be undone, and what that costs the shop. */
export function InsteadLine({ note, isPart, onSwitch, isDisabled }: InsteadLineProps) {
  return (
    <div className="give-back-instead">
      <Button size="small" onPress={onSwitch} isDisabled={isDisabled}>
        {isPart ? 'Give all of it back instead' : 'Give back only a part'}
      </Button>
      <p className="give-back-fee">{note}</p>
    </div>
  );
}
