import type { Connection } from '../../preload/contract.ts';

export type WhenSent = 'now' | 'paused' | 'offline' | 'key-refused';

/** Whether a decision made now goes out at once, and if not, what it waits for. */
export function whenSent(connection: Pick<Connection, 'line' | 'queue'>): WhenSent {
  if (connection.line === 'key-refused') return 'key-refused';
  if (connection.line === 'offline') return 'offline';
  return connection.queue.paused ? 'paused' : 'now';
}

/** Said before the person decides; null where it goes out at once. `deadline`: "14:32", "midnight"; null: no limit. */
export function whenSentInWords(when: WhenSent, deadline: string | null): string | null {
  const before = deadline === null ? '' : `, if that is before ${deadline}`;
  switch (when) {
    case 'now':
      return null;
    case 'offline':
      return `There is no connection: it is queued now and sent when the connection is back${before}.`;
    case 'paused':
      return `The queue is paused: it is queued now and sent when the queue goes on${before}.`;
    case 'key-refused':
      return `Dojo does not accept the API key: it is queued now and sent when the key is mended${before}.`;
  }
}

/** What is announced once the decision is on disk. Never success: only Dojo confirms that. */
export function promisedInWords(what: string, when: WhenSent): string {
  switch (when) {
    case 'now':
      return `Queued: ${what}. Being sent to Dojo.`;
    case 'offline':
      return `Queued: ${what}. Sent when the connection is back.`;
    case 'paused':
      return `Queued: ${what}. Waiting: the queue is paused.`;
    case 'key-refused':
      return `Queued: ${what}. Waiting until the key is mended.`;
  }
}
