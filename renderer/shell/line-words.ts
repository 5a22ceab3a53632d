import type { Connection } from '../../preload/contract.ts';
import { formatTimeUp, formatWhen, formatWhenShort } from '../format.ts';
import type { Shape, Tone } from '../words.ts';
import { isStoppedByDisk } from './notice-kinds.ts';

export type LineWords = Readonly<{
  text: string;
  /** The end of it: what waits. The queue's button says how many too, where there is no room for it. */
  waits: string;
  tone: Tone;
  shape: Shape;
}>;

const actions = (count: number): string => (count === 1 ? '1 action waits' : `${count} actions wait`);

/** The state of the line to Dojo, said plainly: what is shown and how old it is, and what waits. */
export function lineWords(connection: Connection, zone: string, nowMs: number): LineWords {
  const asOf = connection.asOfMs === null ? null : `as of ${formatWhen(connection.asOfMs, zone, nowMs)}`;
  const waits = connection.queue.waiting > 0 ? ` · ${actions(connection.queue.waiting)}` : '';
  // It stays so for minutes, and what waits may be lost to midnight.
  const still = stillInWords(connection, zone, nowMs);
  if (still !== null) return { text: `${still}${waits}`, waits, tone: 'amber', shape: 'dash' };
  switch (connection.line) {
    case 'connecting':
      if (connection.unheardSinceMs !== null)
        return { text: `No usable answer since ${formatWhen(connection.unheardSinceMs, zone, nowMs)}${waits}`, waits, tone: 'amber', shape: 'dash' };
      return { text: asOf ? `Connecting… · ${asOf}` : 'Connecting…', waits: '', tone: 'grey', shape: 'hollow' };
    case 'live':
      return { text: `Live · ${connection.refreshing ? 'reading from Dojo…' : (asOf ?? 'not read yet')}`, waits: '', tone: 'teal', shape: 'tick' };
    case 'offline':
      return { text: `Offline, ${asOf ?? 'nothing read yet'}${waits}`, waits, tone: 'amber', shape: 'dash' };
    case 'key-refused':
      return { text: `Key refused${asOf ? `, ${asOf}` : ''}${waits}`, waits, tone: 'amber', shape: 'stop' };
  }
}

/** What keeps the queue from moving while Dojo can be reached; null: nothing. A pause stays over a restart. */
function stillInWords(connection: Connection, zone: string, nowMs: number): string | null {
  const { line, queue, asOfMs, askedToWaitUntilMs: untilMs, askedToWaitWith } = connection;
  if (line === 'offline' || line === 'key-refused') return null;
  const asOf = (format: typeof formatWhen) => (asOfMs === null ? 'not read yet' : `as of ${format(asOfMs, zone, nowMs)}`);
  // Of several reasons the one that stays longest.
  if (line === 'live' && isStoppedByDisk(connection)) return `Nothing is sent: the disk, ${asOf(formatWhen)}`;
  if (queue.paused && (line === 'live' || untilMs !== null)) return `Queue paused, ${asOf(formatWhen)}`;
  if (untilMs !== null) return `Asked to wait until ${formatTimeUp(untilMs, zone)}, ${asOf(formatWhenShort)}`;
  if (line !== 'live') return null;
  return askedToWaitWith.length > 0 ? `Dojo asks to wait, ${asOf(formatWhen)}` : null;
}

type Heard = Pick<Connection, 'line' | 'unheardSinceMs' | 'askedToWaitUntilMs'>;

/** Dojo can be reached, and it, or something on the way to it, asked to be left alone for minutes. */
export const isAskedToWait = ({ line, askedToWaitUntilMs }: Heard): boolean => askedToWaitUntilMs !== null && (line === 'live' || line === 'connecting');

/** Dojo answered before in this run, and gives nothing now that can be used. */
export const isUnheard = ({ line, unheardSinceMs }: Heard): boolean => line === 'connecting' && unheardSinceMs !== null;

/** What a screen reader says when the line changes. */
export function lineSaid(heard: Heard): string {
  if (isAskedToWait(heard)) return 'Tillside was asked to wait';
  return isUnheard(heard) ? 'Dojo gives no usable answer' : LINE_SAID[heard.line];
}

const LINE_SAID: Readonly<Record<Connection['line'], string>> = {
  connecting: 'Connecting to Dojo',
  live: 'Connected to Dojo',
  offline: 'No connection to Dojo',
  'key-refused': 'Dojo does not accept the API key',
};

/** How the header looks. */
export function lineLook(heard: Heard): 'asked-to-wait' | 'unheard' | Connection['line'] {
  if (isAskedToWait(heard)) return 'asked-to-wait';
  return isUnheard(heard) ? 'unheard' : heard.line;
}
