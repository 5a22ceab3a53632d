import type { MoveKind, MoveView, TillError } from '../../preload/contract.ts';
import { useTill } from '../store.ts';
import { deadlineInWords } from '../take/deadline-words.ts';
import { DecisionNotes } from '../take/decision-notes.tsx';
import { isTooLate, whenSent, whenSentInWords } from '../take/when-sent.ts';

type NotesProps = Readonly<{ kind: MoveKind; move: Extract<MoveView, { open: true }>; error: TillError | null; nowMs: number }>;

/** What to mind about it, that it waits for the line, and what was not accepted. */
export function Notes({ kind, move, error, nowMs }: NotesProps) {
  const connection = useTill((snapshot) => snapshot.connection);
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const { deadlineMs } = move;
  const when = whenSent(connection, kind, { zone, deadlineMs });
  const waits = whenSentInWords(when, deadlineMs === null ? null : deadlineInWords(deadlineMs, zone, nowMs), move.notKept);
  return <DecisionNotes caution={move.caution} waits={waits} isTooLate={isTooLate(when)} error={error} />;
}
