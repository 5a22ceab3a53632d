import { announce } from '../toasts.ts';
import { Button } from './button.tsx';

type CopyButtonProps = Readonly<{
  /** What is copied, as in “Copy the trace id”. */
  label: string;
  text: string;
  'aria-label'?: string;
}>;

export function CopyButton({ label, text, ...rest }: CopyButtonProps) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      announce(`The ${label} is copied.`);
    } catch {
      // A page may be denied the clipboard; the text itself can be selected.
      announce(`The ${label} could not be copied. Select it and copy it yourself.`, 'problem');
    }
  };
  return (
    <Button kind="plain" size="small" onPress={() => void copy()} {...rest}>
      Copy
    </Button>
  );
}
