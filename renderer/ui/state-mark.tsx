import type { ReactNode } from 'react';
import type { Certainty, Shape, Tone } from '../words.ts';

/** Each state's own shape on a 16 × 16 grid, told apart without colour and without the word. */
const DRAWINGS: Readonly<Record<Shape, ReactNode>> = {
  hollow: <circle cx="8" cy="8" r="5.6" className="line" strokeDasharray="2.2 2.2" />,
  hold: (
    <>
      <circle cx="8" cy="8" r="6" className="line" />
      <circle cx="8" cy="8" r="2.4" className="fill" />
    </>
  ),
  half: (
    <>
      <circle cx="8" cy="8" r="6" className="line" />
      <path d="M8 2a6 6 0 0 1 0 12z" className="fill" />
    </>
  ),
  arc: <path d="M8 2a6 6 0 1 1-6 6M8 5v6m-2.4-2.4L8 11l2.4-2.4" className="line" />,
  tick: (
    <>
      <circle cx="8" cy="8" r="7" className="fill" />
      <path d="M4.8 8.3l2.2 2.2 4.3-4.7" className="cut" />
    </>
  ),
  return: <path d="M5.6 2.6L2.6 5.6l3 3M3 5.6h6.2a3.9 3.9 0 0 1 0 7.8H5.4" className="line" />,
  back: (
    <>
      <rect x="1" y="1" width="14" height="14" rx="3" className="fill" />
      <path d="M12 8H4.4m3-3l-3 3 3 3" className="cut" />
    </>
  ),
  'back-part': (
    <>
      <rect x="1.9" y="1.9" width="12.2" height="12.2" rx="2.6" className="line" />
      <path d="M11.6 8H4.8m2.6-2.6L4.8 8l2.6 2.6" className="line" />
    </>
  ),
  cross: <path d="M3.4 3.4l9.2 9.2m0-9.2l-9.2 9.2" className="line" />,
  bang: (
    <>
      <path d="M8 1l7.2 13.2H.8z" className="fill" />
      <path d="M8 5.8v4M8 12v.2" className="cut" />
    </>
  ),
  stop: (
    <>
      <path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" className="fill" />
      <path d="M4.6 8h6.8" className="cut" />
    </>
  ),
  question: (
    <>
      <rect x="1.9" y="1.9" width="12.2" height="12.2" rx="1" className="line" />
      <path d="M6.2 6.2c.1-1.2.9-1.8 1.9-1.8s1.9.7 1.9 1.7c0 1.5-1.9 1.5-1.9 3.1M8.1 11.4v.2" className="line" />
    </>
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="6" className="line" />
      <path d="M8 4.6V8l2.4 1.6" className="line" />
    </>
  ),
  up: <path d="M8 14V2.6M3.4 7.2L8 2.6l4.6 4.6" className="line" />,
  magnifier: <path d="M11.4 6.7a4.7 4.7 0 1 1-9.4 0 4.7 4.7 0 0 1 9.4 0zM10.2 10.2L14.2 14.2" className="line" />,
  late: <path d="M3.6 1.8h8.8M3.6 14.2h8.8M4.8 1.8c0 3.4 3.2 4 3.2 6.2s-3.2 2.8-3.2 6.2m6.4-12.4c0 3.4-3.2 4-3.2 6.2s3.2 2.8 3.2 6.2" className="line" />,
  dash: <path d="M2.4 8h11.2" className="line" />,
  'let-go': <path d="M7 2H2.6v12H7M6.4 8h8m-3-3l3 3-3 3" className="line" />,
  'take-in': <path d="M2 9.4V14h12V9.4M8 1.8v8m-3-3l3 3 3-3" className="line" />,
  person: (
    <>
      <circle cx="8" cy="4.6" r="3.2" className="fill" />
      <path d="M1.8 15c.4-3.8 2.8-5.8 6.2-5.8s5.8 2 6.2 5.8z" className="fill" />
    </>
  ),
};

type StateMarkProps = Readonly<{
  tone: Tone;
  shape: Shape;
  /** Promised and unknown are framed by a dashed and a dotted line, whatever the colour. */
  certainty?: Certainty;
  children: ReactNode;
}>;

/** A state: its shape, its colour and its word together. */
export function StateMark({ tone, shape, certainty = 'confirmed', children }: StateMarkProps) {
  return (
    <span className="state-mark" data-tone={tone} data-certainty={certainty}>
      <svg className="state-shape" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        {DRAWINGS[shape]}
      </svg>
      <span className="state-text">{children}</span>
    </span>
  );
}
