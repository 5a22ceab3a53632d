import type { Connection } from '../../preload/contract.ts';

/** Why the queue as a whole stands still, or null where it moves. */
export function whyQueueWaits({ line, queue }: Pick<Connection, 'line' | 'queue'>): string | null {
  if (line === 'key-refused') return 'Dojo does not accept the API key. Nothing is lost: all of it is sent when the key is mended.';
  if (queue.paused) return 'The queue is paused. Nothing is sent until you press Go on; what was sent already is still checked.';
  if (line === 'offline') return 'There is no connection. All of it is sent when the connection is back, each only while its time lasts.';
  return null;
}
