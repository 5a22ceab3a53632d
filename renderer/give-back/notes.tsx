import type { MoveKind, MoveView, TillError } from '../../preload/contract.ts';
import { useTill } from '../store.ts';
import { deadlineInWords } from '../take/deadline-words.ts';
import { DecisionNotes } from '../take/decision-notes.tsx';
import { isTooLate, whenSent, whenSentInWords } from '../take/when-sent.ts';

type NotesProps = Readonly<{ kind: MoveKind; move: Extract<MoveView, { open: true }>; error: TillError | null; nowMs: number; lost: string | null }>;

/** What to mind about it, that it waits for the line, and what was not accepted. */
export function Notes({ kind, move, error, nowMs, lost }: NotesProps) {
  const connection = useTill((snapshot) => snapshot.connection);
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const { deadlineMs } = move;
  const when = whenSent(connection, kind, deadlineMs);
  const waits = whenSentInWords(when, {
    zone,
    deadline: deadlineMs === null ? null : deadlineInWords(deadlineMs, zone, nowMs),
    notKept: move.notKept,
  });
  return (
    <DecisionNotes caution={[lost, move.caution].filter((said) => said !== null).join(' ') || null} waits={waits} isTooLate={isTooLate(when)} error={error} />
  );
}
