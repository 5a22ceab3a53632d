import type { Connection, MoveKind } from '../../preload/contract.ts';

export type WhenSent = 'now' | 'paused' | 'offline' | 'key-refused' | 'offline-paused' | 'key-refused-paused' | 'stopped';

/** Whether a decision of this kind made now goes out at once, and if not, what it waits for: of several things for the one that stays longest. */
export function whenSent({ line, queue, stoppedOperations }: Pick<Connection, 'line' | 'queue' | 'stoppedOperations'>, kind: MoveKind): WhenSent {
  if (stoppedOperations.includes(kind)) return 'stopped';
  if (line === 'key-refused' || line === 'offline') return queue.paused ? `${line}-paused` : line;
  return queue.paused ? 'paused' : 'now';
}

type Wait = Readonly<{ why: string; until: string; promised: string; first: string }>;

const WAITS: Readonly<Record<Exclude<WhenSent, 'now'>, Wait>> = {
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
};

/** Said before the person decides; null where it goes out at once. `deadline`: "14:32", "midnight"; null: no limit. `notKept`: it does not wait, it ends. */
export function whenSentInWords(when: WhenSent, deadline: string | null, notKept = false): string | null {
  if (when === 'now') return null;
  const { why, until, first } = WAITS[when];
  if (notKept) return `${why}, and this is not kept for later. ${first}`;
  const before = deadline === null ? '' : `, if that is before ${deadline}`;
  return `${why}: it is queued now and sent ${until}${before}.`;
}

/** What is announced once the decision is on disk. Never success: only Dojo confirms that. */
export function promisedInWords(what: string, when: WhenSent, notKept = false): string {
  if (when === 'now') return `Queued: ${what}. Being sent to Dojo.`;
  const { promised, first } = WAITS[when];
  return notKept ? `Not sent: ${what}. ${first}` : `Queued: ${what}. ${promised}`;
}
