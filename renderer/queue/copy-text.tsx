import { announce } from '../toasts.ts';
import { Button } from '../ui/button.tsx';

/** A text a person may have to hand on, selectable and with a button that copies it. */
export function CopyText({ label, text }: { label: string; text: string }) {
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
    <span className="copy-text">
      <code className="copy-text-text">{text}</code>
      <Button kind="plain" size="small" onPress={() => void copy()} aria-label={`Copy the ${label} ${text}`}>
        Copy
      </Button>
    </span>
  );
}
