import { announce } from '../toasts.ts';
import { Button, type ButtonKind } from './button.tsx';

type CopyButtonProps = Readonly<{
  /** What is copied, as a sentence begins with it: “The trace id”. */
  what: string;
  text: string;
  kind?: ButtonKind;
  children?: string;
  'aria-label'?: string;
}>;

export function CopyButton({ what, text, kind = 'plain', children = 'Copy', ...rest }: CopyButtonProps) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      announce(`${what} is copied.`);
    } catch {
      // A page may be denied the clipboard; the text itself can be selected.
      announce(`${what} could not be copied. Select it and copy it yourself.`, 'problem');
    }
  };
  return (
    <Button kind={kind} size="small" onPress={() => void copy()} {...rest}>
      {children}
    </Button>
  );
}
