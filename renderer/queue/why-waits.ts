import type { Connection } from '../../preload/contract.ts';

/** Why the queue as a whole stands still, or null where it moves. What was sent before goes out no more: it is looked up. */
export function whyQueueWaits({ line, queue }: Pick<Connection, 'line' | 'queue'>): string | null {
  const { paused, waiting } = queue;
  const isSent = queue.checking + queue.sending > 0;
  const sentIs = (checked: string) => (isSent ? ` What was sent already is ${checked}.` : '');
  switch (line) {
    case 'key-refused':
      if (paused) return `The queue is paused, and Dojo does not accept the API key. Nothing is lost: mend the key, then press Go on.${sentIs('checked then')}`;
      if (waiting === 0) return `Dojo does not accept the API key. Nothing is lost.${sentIs('checked when the key is mended')}`;
      return `Dojo does not accept the API key. Nothing is lost: what is queued is sent when the key is mended.${sentIs('checked then')}`;
    case 'offline':
      if (paused)
        return `The queue is paused, and there is no connection. Nothing is sent until you press Go on.${sentIs('checked when the connection is back')}`;
      if (waiting === 0) return `There is no connection.${sentIs('checked when it is back')}`;
      return `There is no connection. What is queued is sent when it is back, each only while its time lasts.${sentIs('checked then')}`;
    default:
      return paused ? `The queue is paused. Nothing is sent until you press Go on.${sentIs('still checked')}` : null;
  }
}
