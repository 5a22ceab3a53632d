import type { Connection } from '../../preload/contract.ts';
import { formatTimeUp } from '../format.ts';
import { isStoppedByDisk } from '../shell/notice-kinds.ts';
import { MANY } from '../words.ts';

/** Why the queue as a whole stands still, or null where it moves. What was sent before goes out no more: it is looked up. */
export function whyQueueWaits(
  connection: Pick<Connection, 'line' | 'queue' | 'askedToWaitUntilMs' | 'askedToWaitWith' | 'notices'>,
  zone: string,
): string | null {
  const { line, queue } = connection;
  const { paused, waiting } = queue;
  const isSent = queue.checking + queue.sending > 0;
  const sentIs = (checked: string) => (isSent ? ` What was sent already is ${checked}.` : '');
  if (isStoppedByDisk(connection) && waiting > 0)
    return paused
      ? 'The queue is paused, and nothing can be written down on this PC. Nothing is sent until it can be and you press Go on.'
      : 'Nothing can be written down on this PC, so nothing is sent. What is queued goes on by itself when it can be.';
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
      return whyDojoWaits(connection, zone, sentIs);
  }
}

function whyDojoWaits(
  { queue: { paused, waiting }, askedToWaitUntilMs: untilMs, askedToWaitWith: kinds }: Parameters<typeof whyQueueWaits>[0],
  zone: string,
  sentIs: (checked: string) => string,
): string | null {
  if (untilMs !== null) {
    const asked = `Tillside was asked to wait until ${formatTimeUp(untilMs, zone)}`;
    if (paused) return `The queue is paused, and ${asked}. Nothing is sent until you press Go on.${sentIs('checked after that time')}`;
    return `${asked}. ${waiting === 0 ? 'Nothing is asked of Dojo before.' : 'Nothing is sent before; what is queued goes on by itself then.'}${sentIs('checked then')}`;
  }
  if (paused) return `The queue is paused. Nothing is sent until you press Go on.${sentIs('still checked')}`;
  if (kinds.length === 0) return null;
  return `Dojo asks to wait with ${kinds.map((kind) => MANY[kind]).join(' and ')}. One is tried again every half minute; the rest follows by itself.`;
}
