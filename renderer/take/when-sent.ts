import type { Connection, MoveKind } from '../../preload/contract.ts';
import { formatTimeUp } from '../format.ts';

type Reason = 'paused' | 'offline' | 'key-refused' | 'offline-paused' | 'key-refused-paused' | 'stopped' | 'asked-to-wait';
/** Everything waits so long, because that was asked of the till; `late`: what is decided cannot be sent any more then. */
type Until = Readonly<{ kind: 'until' | 'late'; untilMs: number }>;
export type WhenSent = Readonly<{ kind: 'now' | Reason }> | Until;

type Known = Pick<Connection, 'line' | 'queue' | 'stoppedOperations' | 'askedToWaitUntilMs' | 'askedToWaitWith'>;

/** Whether a decision of this kind made now goes out at once, and if not, what it waits for: of several things for the one that stays longest. */
export function whenSent(connection: Known, move: MoveKind, deadlineMs: number | null = null): WhenSent {
  const { line, queue, stoppedOperations, askedToWaitUntilMs: untilMs, askedToWaitWith } = connection;
  if (stoppedOperations.includes(move)) return { kind: 'stopped' };
  if (untilMs !== null && deadlineMs !== null && untilMs >= deadlineMs) return { kind: 'late', untilMs };
  if (line === 'key-refused' || line === 'offline') return { kind: queue.paused ? `${line}-paused` : line };
  if (queue.paused) return { kind: 'paused' };
  if (untilMs !== null) return { kind: 'until', untilMs };
  return { kind: askedToWaitWith.includes(move) ? 'asked-to-wait' : 'now' };
}

export const isNow = ({ kind }: WhenSent): boolean => kind === 'now';
export const isTooLate = ({ kind }: WhenSent): boolean => kind === 'late';

type Wait = Readonly<{ why: string; until: string; promised: string; first: string }>;

const WAITS: Readonly<Record<Reason, Wait>> = {
  offline: {
    why: 'There is no connection',
    until: 'when the connection is back',
    promised: 'Sent when the connection is back.',
    first: 'Do it when the connection is back.',
  },
  paused: {
    why: 'The queue is paused',
    until: 'when the queue goes on',
    promised: 'Waiting: the queue is paused.',
    first: 'Press Go on in the queue first.',
  },
  'key-refused': {
    why: 'Dojo does not accept the API key',
    until: 'when the key is mended',
    promised: 'Waiting until the key is mended.',
    first: 'Mend the key first.',
  },
  'offline-paused': {
    why: 'The queue is paused, and there is no connection',
    until: 'when the connection is back and the queue goes on',
    promised: 'Waiting: the queue is paused, and there is no connection.',
    first: 'Do it when the connection is back and the queue goes on.',
  },
  'key-refused-paused': {
    why: 'The queue is paused, and Dojo does not accept the API key',
    until: 'when the key is mended and the queue goes on',
    promised: 'Waiting: the queue is paused, and the key has to be mended.',
    first: 'Mend the key and press Go on in the queue first.',
  },
  stopped: {
    why: 'Dojo does not allow this key to do that',
    until: 'when a key comes that may do it',
    promised: 'Waiting: Dojo does not allow this key to do that.',
    first: 'Connect with a key that may do it first.',
  },
  'asked-to-wait': {
    why: 'Dojo asks to wait with such requests',
    until: 'when Dojo allows them again',
    promised: 'Waiting: Dojo asks to wait with such requests.',
    first: 'Do it when Dojo allows them again.',
  },
};

/** null: it waits for nothing. */
function waitOf(when: WhenSent, zone: string): Wait | null {
  if (when.kind === 'now') return null;
  if (when.kind !== 'until' && when.kind !== 'late') return WAITS[when.kind];
  const time = formatTimeUp(when.untilMs, zone);
  const why = `Tillside was asked to wait until ${time}`;
  return {
    why,
    until: 'then by itself',
    promised: isTooLate(when) ? `${why}: that will be too late.` : `Sent after ${time}: Tillside was asked to wait.`,
    first: `Do it after ${time}.`,
  };
}

type Said = Readonly<{
  zone: string;
  /** "14:32", "midnight"; null: no limit. */
  deadline?: string | null;
  /** It does not wait, it ends. */
  notKept?: boolean | undefined;
}>;

/** Said before the person decides; null where it goes out at once. */
export function whenSentInWords(when: WhenSent, { zone, deadline = null, notKept = false }: Said): string | null {
  const wait = waitOf(when, zone);
  if (wait === null) return null;
  const { why, until, first } = wait;
  if (notKept) return `${why}, and this is not kept for later. ${first}`;
  if (isTooLate(when)) return `${why}, and this can be sent until ${deadline} only. Decided now, it will not be sent.`;
  // A wait that ends after the deadline is too late, and one that ends before needs no word of it.
  const before = deadline === null || when.kind === 'until' ? '' : `, if that is before ${deadline}`;
  return `${why}: it is queued now and sent ${until}${before}.`;
}

/** What is announced once the decision is on disk. Never success: only Dojo confirms that. */
export function promisedInWords(what: string, when: WhenSent, { zone, notKept = false }: Omit<Said, 'deadline'>): string {
  const wait = waitOf(when, zone);
  if (wait === null) return `Queued: ${what}. Being sent to Dojo.`;
  const { promised, first } = wait;
  return notKept ? `Not sent: ${what}. ${first}` : `Queued: ${what}. ${promised}`;
}
