import { CopyButton } from './copy-button.tsx';

type RawAnswerProps = Readonly<{
  raw: string | null | undefined;
  traceId: string | null | undefined;
  /** What it was the answer to, for whoever cannot see where it stands. */
  about: string;
}>;

/** Dojo's answer as it came with its trace id, one press away: nobody needs it to go on, Dojo's support does. */
export function RawAnswer({ raw, traceId, about }: RawAnswerProps) {
  const text = [raw, traceId ? `Trace id: ${traceId}` : null].filter(Boolean).join('\n');
  if (text === '') return null;
  return (
    <details className="raw-answer">
      <summary className="raw-answer-title">
        What came back<span className="visually-hidden">: {about}</span>
      </summary>
      <div className="raw-answer-body">
        <pre className="raw-answer-text">{text}</pre>
        <CopyButton what="It" text={text} aria-label={`Copy what came back: ${about}`} />
      </div>
    </details>
  );
}
