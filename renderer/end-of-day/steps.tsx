import { useEffect, useRef } from 'react';
import type { Origin } from './end-of-day-state.ts';

const STEPS = [
  { id: 'choose', text: 'Choose' },
  { id: 'review', text: 'Review' },
  { id: 'run', text: 'Run' },
  { id: 'report', text: 'Report' },
] as const;
export type StepId = (typeof STEPS)[number]['id'];

const TITLES: Readonly<Record<Origin, string>> = { 'end-of-day': 'End of day', holds: 'Capture the chosen holds' };

/** Where in the end of day, or in a smaller run, the person is. */
export function Steps({ current, origin }: { current: StepId; origin: Origin }) {
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
        {TITLES[origin]}
        <span className="visually-hidden">: {STEPS.find((step) => step.id === current)?.text}</span>
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
