import { useEffect, useRef } from 'react';

const STEPS = [
  { id: 'choose', text: 'Choose' },
  { id: 'review', text: 'Review' },
  { id: 'run', text: 'Run' },
  { id: 'report', text: 'Report' },
] as const;
export type StepId = (typeof STEPS)[number]['id'];

/** Where in the end of day the person is. */
export function Steps({ current }: { current: StepId }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(current);
  // The button that led here is gone: the keyboard goes on from the top of the new step, and screen readers hear its name.
  useEffect(() => {
    if (shown.current !== current && document.activeElement === document.body) heading.current?.focus();
    shown.current = current;
  }, [current]);
  return (
    <header className="eod-head">
      <h2 ref={heading} tabIndex={-1} className="eod-title">
        End of day<span className="visually-hidden">: {STEPS.find((step) => step.id === current)?.text}</span>
      </h2>
      <ol className="eod-steps">
        {STEPS.map((step, at) => (
          <li key={step.id} className="eod-step" {...(step.id === current ? { 'aria-current': 'step' as const } : {})}>
            {at + 1} {step.text}
          </li>
        ))}
      </ol>
    </header>
  );
}
