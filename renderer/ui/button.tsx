import { type ReactNode, use, useRef } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { type Shortcut, useShortcut } from '../keys.ts';
import { DialogOpenedAt, isSettled } from './dialog-opened-at.ts';

export type ButtonKind = 'primary' | 'money' | 'quiet' | 'danger' | 'plain';

type ButtonProps = Readonly<{
  /** money: confirms that money moves; primary: the one main action; quiet: outlined; plain: no outline; danger: gives something up. */
  kind?: ButtonKind;
  /** A key that presses it from anywhere; printed on it. */
  shortcut?: Shortcut;
  size?: 'normal' | 'small' | 'large';
  isDisabled?: boolean;
  /** Words shown while an answer is awaited; the button cannot be pressed meanwhile. */
  pendingText?: string | undefined;
  onPress: () => void;
  children: ReactNode;
  'aria-label'?: string;
  'aria-pressed'?: boolean;
  'aria-current'?: 'page';
  autoFocus?: boolean;
  className?: string;
}>;

/** A button with its word always visible and its key printed on it. */
export function Button({ kind = 'quiet', size = 'normal', shortcut, isDisabled = false, pendingText, onPress, children, className, ...rest }: ButtonProps) {
  const ref = useRef<HTMLButtonElement>(null);
  const openedAt = use(DialogOpenedAt);
  const isPending = pendingText !== undefined;
  const press = () => {
    // A dialog that has just opened under a finger or a held key must not be confirmed by the same press.
    if (kind === 'money' && !isSettled(openedAt, performance.now())) return;
    onPress();
  };
  useShortcut(shortcut, press, ref, isDisabled || isPending);
  return (
    <AriaButton
      ref={ref}
      {...rest}
      className={['button', className].filter(Boolean).join(' ')}
      data-kind={kind}
      data-size={size}
      isDisabled={isDisabled || isPending}
      onPress={press}
      {...(shortcut ? { 'aria-keyshortcuts': shortcut } : {})}
    >
      <span className="button-text">{pendingText ?? children}</span>
      {shortcut ? (
        <span className="button-key" aria-hidden="true">
          {shortcut}
        </span>
      ) : null}
    </AriaButton>
  );
}
