import type { Connection } from '../../preload/contract.ts';
import { formatWhen } from '../format.ts';
import type { Shape, Tone } from '../words.ts';

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
  switch (connection.line) {
    case 'connecting':
      if (connection.unheardSinceMs !== null)
        return { text: `No usable answer since ${formatWhen(connection.unheardSinceMs, zone, nowMs)}${waits}`, waits, tone: 'amber', shape: 'dash' };
      return { text: asOf ? `Connecting… · ${asOf}` : 'Connecting…', waits: '', tone: 'grey', shape: 'hollow' };
    case 'live':
      // It stays so over a restart, and what waits may be lost to midnight.
      if (connection.queue.paused) return { text: `Queue paused, ${asOf ?? 'not read yet'}${waits}`, waits, tone: 'amber', shape: 'dash' };
      return { text: `Live · ${connection.refreshing ? 'reading from Dojo…' : (asOf ?? 'not read yet')}`, waits: '', tone: 'teal', shape: 'tick' };
    case 'offline':
      return { text: `Offline, ${asOf ?? 'nothing read yet'}${waits}`, waits, tone: 'amber', shape: 'dash' };
    case 'key-refused':
      return { text: `Key refused${asOf ? `, ${asOf}` : ''}${waits}`, waits, tone: 'amber', shape: 'stop' };
  }
}

type Heard = Pick<Connection, 'line' | 'unheardSinceMs'>;

/** Dojo answered before in this run, and gives nothing now that can be used. */
export const isUnheard = ({ line, unheardSinceMs }: Heard): boolean => line === 'connecting' && unheardSinceMs !== null;

/** What a screen reader says when the line changes. */
export const lineSaid = (heard: Heard): string => (isUnheard(heard) ? 'Dojo gives no usable answer' : LINE_SAID[heard.line]);

const LINE_SAID: Readonly<Record<Connection['line'], string>> = {
  connecting: 'Connecting to Dojo',
  live: 'Connected to Dojo',
  offline: 'No connection to Dojo',
  'key-refused': 'Dojo does not accept the API key',
};
