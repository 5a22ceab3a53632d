import { CopyButton } from './copy-button.tsx';

/** A text a person may have to hand on, selectable and with a button that copies it. */
export function CopyText({ label, text }: { label: string; text: string }) {
  return (
    <span className="copy-text">
      <code className="copy-text-text">{text}</code>
      <CopyButton what={`The ${label}`} text={text} aria-label={`Copy the ${label} ${text}`} />
    </span>
  );
}
