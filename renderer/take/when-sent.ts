import type { Connection, MoveKind } from '../../preload/contract.ts';
import { formatTimeUp } from '../format.ts';

type Reason = 'paused' | 'offline' | 'key-refused' | 'offline-paused' | 'key-refused-paused' | 'stopped' | 'asked-to-wait';
/** With the time until which Dojo asked to be left alone; `late`: what is decided cannot be sent any more then. */
type Until = `until ${string}` | `late until ${string}`;
export type WhenSent = 'now' | Reason | Until;

type Known = Pick<Connection, 'line' | 'queue' | 'stoppedOperations' | 'askedToWaitUntilMs' | 'askedToWaitWith'>;

/** Whether a decision of this kind made now goes out at once, and if not, what it waits for: of several things for the one that stays longest. */
export function whenSent(connection: Known, kind: MoveKind, { zone, deadlineMs = null }: Readonly<{ zone: string; deadlineMs?: number | null }>): WhenSent {
  const { line, queue, stoppedOperations, askedToWaitUntilMs: untilMs, askedToWaitWith } = connection;
  if (stoppedOperations.includes(kind)) return 'stopped';
  if (untilMs !== null && deadlineMs !== null && untilMs >= deadlineMs) return `late until ${formatTimeUp(untilMs, zone)}`;
  if (line === 'key-refused' || line === 'offline') return queue.paused ? `${line}-paused` : line;
  if (queue.paused) return 'paused';
  if (untilMs !== null) return `until ${formatTimeUp(untilMs, zone)}`;
  return askedToWaitWith.includes(kind) ? 'asked-to-wait' : 'now';
}

export const isTooLate = (when: WhenSent): boolean => when.startsWith('late ');

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

function waitOf(when: Reason | Until): Wait {
  if (!isUntil(when)) return WAITS[when];
  const time = when.replace('late ', '').replace('until ', '');
  const why = `Dojo asked to wait until ${time}`;
  return {
    why,
    until: 'then by itself',
    promised: isTooLate(when) ? `${why}: that will be too late.` : `Sent after ${time}: Dojo asked to wait.`,
    first: `Do it after ${time}.`,
  };
}

const isUntil = (when: Reason | Until): when is Until => when.startsWith('until ') || when.startsWith('late until ');

/** Said before the person decides; null where it goes out at once. `deadline`: "14:32", "midnight"; null: no limit. `notKept`: it does not wait, it ends. */
export function whenSentInWords(when: WhenSent, deadline: string | null, notKept = false): string | null {
  if (when === 'now') return null;
  const { why, until, first } = waitOf(when);
  if (notKept) return `${why}, and this is not kept for later. ${first}`;
  if (isTooLate(when)) return `${why}, and this can be sent until ${deadline} only. Decided now, it will not be sent.`;
  const before = deadline === null ? '' : `, if that is before ${deadline}`;
  return `${why}: it is queued now and sent ${until}${isUntil(when) ? '' : before}.`;
}

/** What is announced once the decision is on disk. Never success: only Dojo confirms that. */
export function promisedInWords(what: string, when: WhenSent, notKept = false): string {
  if (when === 'now') return `Queued: ${what}. Being sent to Dojo.`;
  const { promised, first } = waitOf(when);
  return notKept ? `Not sent: ${what}. ${first}` : `Queued: ${what}. ${promised}`;
}
