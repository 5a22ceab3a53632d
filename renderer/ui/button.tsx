import { type ReactNode, use, useEffect, useRef } from 'react';
import { Button as AriaButton, type PressEvent } from 'react-aria-components';
import { type Shortcut, useShortcut } from '../keys.ts';
import { ARMED_AFTER_MS } from '../press/armed-after.ts';
import { pressBegunAtMs } from '../press/press-watch.ts';
import { afterQuiet } from '../scan/after-quiet.ts';
import { wasDeliberate } from '../scan/key-watch.ts';
import { announce } from '../toasts.ts';
import { DialogOpenedAt, isSettled } from './dialog-opened-at.ts';

export type ButtonKind = 'primary' | 'money' | 'quiet' | 'danger' | 'plain';

type ButtonProps = Readonly<{
  /** money: confirms that money moves; primary: the one main action; quiet: outlined; plain: no outline; danger: gives something up. */
  kind?: ButtonKind;
  /** A key presses it only after a pause, and alone: it decides about money. So is every money button. */
  isGuarded?: boolean;
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
export function Button({
  kind = 'quiet',
  isGuarded = kind === 'money',
  size = 'normal',
  shortcut,
  isDisabled = false,
  pendingText,
  onPress,
  children,
  className,
  ...rest
}: ButtonProps) {
  const ref = useRef<HTMLButtonElement>(null);
  const openedAt = use(DialogOpenedAt);
  const isPending = pendingText !== undefined;
  const cannotNow = useRef(isDisabled);
  cannotNow.current = isDisabled || isPending;
  // What is asked for is what stood there as the press began: a finger lifts, and a key acts, a while after that.
  const begun = useRef(onPress);
  const pressedAtMs = useRef(Number.NEGATIVE_INFINITY);
  const callOff = useRef<(() => void) | null>(null);
  useEffect(() => () => callOff.current?.(), []);

  const press = (pointerType: PressEvent['pointerType'], act: () => void) => {
    const isByKey = pointerType === 'keyboard';
    const atMs = isByKey || pointerType === 'virtual' ? performance.now() : pressBegunAtMs();
    // A dialog that has just opened under a finger or a held key must not be confirmed by the same press.
    if (isGuarded && !isSettled(openedAt, atMs)) return;
    if (!isGuarded) {
      onPress();
      return;
    }
    if (!isByKey) {
      // The second half of a double click asks for nothing more.
      const isSecond = atMs - pressedAtMs.current < ARMED_AFTER_MS;
      pressedAtMs.current = atMs;
      if (!isSecond) act();
      return;
    }
    if (!wasDeliberate()) {
      announce('Pressed too soon: nothing was done. Look, then press again.');
      return;
    }
    callOff.current?.();
    callOff.current = afterQuiet(() => (cannotNow.current ? undefined : act()));
  };
  useShortcut(shortcut, () => press('keyboard', onPress), ref, isDisabled || isPending);
  return (
    <AriaButton
      ref={ref}
      {...rest}
      className={['button', className].filter(Boolean).join(' ')}
      data-kind={kind}
      data-size={size}
      isDisabled={isDisabled || isPending}
      onPressStart={() => {
        begun.current = onPress;
      }}
      onPress={(event: PressEvent) => press(event.pointerType, begun.current)}
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
