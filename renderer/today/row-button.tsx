import type { ReactNode } from 'react';

type RowButtonProps = Readonly<{
  kind: 'primary' | 'quiet';
  onPress: () => void;
  'aria-label': string;
  children: ReactNode;
}>;

/**
 * A button of a row. The browser's own: a list draws a dozen at once, and react-aria's takes longer than the rest of its row.
 * Tab passes it by: the list has keys of its own to reach it.
 */
export function RowButton({ kind, onPress, children, ...rest }: RowButtonProps) {
  return (
    <button type="button" className="button" data-kind={kind} tabIndex={-1} onClick={onPress} {...rest}>
      <span className="button-text">{children}</span>
    </button>
  );
}
