import { type ReactNode, useEffect, useRef } from 'react';
import type { PaymentView, TillError } from '../../preload/contract.ts';
import { useTill, useTillShallow } from '../store.ts';
import type { Decided } from '../take/decision.ts';
import { DecisionNotes } from '../take/decision-notes.tsx';
import { useDecision, useStillWhile } from '../take/use-decision.ts';
import { isNow, promisedInWords, whenSent, whenSentInWords } from '../take/when-sent.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import type { FormKind } from './move-words.ts';

export type FormProps = Readonly<{ payment: PaymentView; onDone: () => void }>;

type FrameProps = Readonly<{
  title: string;
  closedReason: string | null;
  error: TillError | null;
  caution: string | null;
  waits: string | null;
  onBack: () => void;
  children: ReactNode;
  confirm: ReactNode;
  /** Where the form has nothing to fill in, the keyboard begins at the way back. */
  isBackFocused?: boolean;
}>;

/** The form of one move: what it asks, what is in the way, and its buttons at the foot. */
export function FormFrame({ title, closedReason, error, caution, waits, onBack, children, confirm, isBackFocused = false }: FrameProps) {
  const foot = useRef<HTMLDivElement>(null);
  // A small screen's dialog scrolls: what is asked comes in sight down to its buttons.
  useEffect(() => {
    foot.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <section
      className="move-form"
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
        event.stopPropagation();
        onBack();
      }}
    >
      <h3 className="payment-heading">{title}</h3>
      {closedReason === null ? (
        <>
          {children}
          <DecisionNotes caution={caution} waits={waits} error={error} />
        </>
      ) : (
        <Banner tone="amber" title="Not possible now.">
          {closedReason}
        </Banner>
      )}
      <div ref={foot} className="move-form-foot">
        <Button kind="quiet" autoFocus={isBackFocused} onPress={onBack}>
          Back
        </Button>
        {closedReason === null ? confirm : null}
      </div>
    </section>
  );
}

/** What every form needs of its move: whether it is open, its limits, and the way to decide it. */
export function useForm(payment: PaymentView, kind: FormKind, onDone: () => void) {
  const { isPending, error, decide } = useDecision(payment.id);
  const move = payment.moves[kind];
  const when = useTillShallow(({ connection }) => whenSent(connection, kind));
  const zone = useTill(({ settings }) => settings.zone);
  return {
    isPending,
    /** What is asked about. What becomes of it by this very decision is not. */
    seen: useStillWhile(payment, isPending),
    /** What is said once it is decided. */
    promised: (what: string, notKept = false) => promisedInWords(what, when, { zone, notKept }),
    isNow: isNow(when),
    submit: (decided: Decided, promised: string) => void decide(decided, promised, onDone),
    minMinor: move.open ? (move.minMinor ?? 0) : 0,
    maxMinor: move.open ? move.maxMinor : null,
    frame: {
      // While an answer is awaited the move may close because of this very decision.
      closedReason: move.open || isPending ? null : move.reason,
      caution: move.open ? move.caution : null,
      // What is kept for later says once it is queued that it waits.
      waits: move.open && move.notKept ? whenSentInWords(when, { zone, notKept: true }) : null,
      error,
      onBack: onDone,
    },
  };
}
