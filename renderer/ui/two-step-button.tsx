import './two-step.css';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { ARMED_AFTER_MS } from '../press/armed-after.ts';
import { Button } from './button.tsx';

type TwoStepButtonProps = Readonly<{
  /** "Undo £42.00" */
  ask: string;
  /** "Yes, undo £42.00" */
  confirm: string;
  /** "No, keep it" */
  keep: string;
  /** What the second press would confirm: where it is another than the first one showed, it is asked anew. */
  asks?: string;
  /** What to mind before the second press: it stands beside it. */
  warning?: string | null;
  /** Of many that look the same, which one: for whoever cannot see where it stands. */
  about?: string;
  size?: 'small' | 'normal' | 'large';
  /** money: what waits is sent after all; danger: money leaves, or something is given up. */
  kind?: 'danger' | 'money';
  isDisabled?: boolean;
  pendingText?: string | undefined;
  onConfirm: () => void;
}>;

/**
 * A decision that cannot be taken back, in two presses. After the first one the focus is on the way back,
 * so Enter alone, pressed or held, never confirms.
 */
export function TwoStepButton({
  ask,
  confirm,
  keep,
  asks = '',
  warning = null,
  about,
  size = 'large',
  kind = 'danger',
  isDisabled = false,
  pendingText,
  onConfirm,
}: TwoStepButtonProps) {
  const [step, setStep] = useState<'ask' | 'arming' | 'armed'>('ask');
  const [wasAsked, setWasAsked] = useState(false);
  const isPending = pendingText !== undefined;
  const [wasPending, setWasPending] = useState(isPending);
  if (wasPending !== isPending) {
    setWasPending(isPending);
    // An answer that leaves it standing has to be read first: one more press would confirm what it says as well.
    if (!isPending) setStep('ask');
  }
  const frame = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question is a reason by itself.
  useLayoutEffect(() => {
    // Before anybody can press what is new. Who stands here stays here; who types elsewhere goes on there.
    if (frame.current === null) return;
    const isHere = frame.current.contains(document.activeElement);
    setWasAsked(isHere);
    setStep('ask');
    // Where it cannot be pressed before an amount is typed again, the keyboard is in that amount.
    if (isHere && isDisabled) frame.current.closest('[role=dialog]')?.querySelector<HTMLElement>('input[aria-invalid=true]')?.focus();
  }, [asks]);
  useEffect(() => {
    if (step !== 'arming') return;
    const timer = setTimeout(() => setStep('armed'), ARMED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [step]);

  if (step === 'ask')
    return (
      <Button
        key="ask"
        className="two-step-ask"
        kind={kind === 'money' ? 'quiet' : kind}
        size={size}
        isDisabled={isDisabled}
        // Whatever it is about may be under way already: begun before this stood here.
        pendingText={pendingText}
        autoFocus={wasAsked}
        {...(about === undefined || isPending ? {} : { 'aria-label': `${ask}: ${about}` })}
        onPress={() => {
          setWasAsked(true);
          setStep('arming');
        }}
      >
        {ask}
      </Button>
    );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc is the way back that its first button is too.
    <div
      ref={frame}
      className="two-step"
      data-asks={!isPending || undefined}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || isPending) return;
        event.stopPropagation();
        setStep('ask');
      }}
    >
      {warning === null ? null : (
        <p className="two-step-warning" role="alert">
          {warning}
        </p>
      )}
      <Button autoFocus size={size === 'small' ? size : 'normal'} onPress={() => setStep('ask')} isDisabled={isPending}>
        {keep}
      </Button>
      <Button
        kind={kind}
        isGuarded
        size={size}
        isDisabled={isDisabled || step === 'arming'}
        pendingText={pendingText}
        onPress={onConfirm}
        {...(about === undefined || isPending ? {} : { 'aria-label': `${confirm}: ${about}` })}
      >
        {confirm}
      </Button>
    </div>
  );
}
