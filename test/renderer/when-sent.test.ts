import { describe, expect, it } from 'vitest';
import { isTooLate, promisedInWords, type WhenSent, whenSent, whenSentInWords } from '../../renderer/take/when-sent.ts';
import { LONDON, NOON_MS } from '../builders.ts';
import { connectionView } from './connection-builder.ts';

const AT = { zone: LONDON };
const queue = (paused: boolean) => ({ paused, waiting: 0, sending: 0, checking: 0, needsPerson: 0 });

describe('when a decision goes out', () => {
  it.each([
    ['live', false, 'now'],
    ['connecting', false, 'now'],
    ['live', true, 'paused'],
    ['offline', false, 'offline'],
    ['offline', true, 'offline-paused'],
    ['key-refused', false, 'key-refused'],
    ['key-refused', true, 'key-refused-paused'],
  ] as const)('line %s, paused %s: %s', (line, paused, expected) => {
    expect(whenSent(connectionView({ line, queue: queue(paused), stoppedOperations: ['refund'] }), 'capture', AT)).toBe(expected);
  });

  it('waits where Dojo forbids this key what is decided, whatever else it waits for', () => {
    const stopped = { queue: queue(false), stoppedOperations: ['refund' as const] };
    expect(whenSent(connectionView({ ...stopped, line: 'live' }), 'refund', AT)).toBe('stopped');
    expect(whenSent(connectionView({ ...stopped, line: 'offline' }), 'refund', AT)).toBe('stopped');
    expect(whenSentInWords('stopped', null)).toBe('Dojo does not allow this key to do that: it is queued now and sent when a key comes that may do it.');
    expect(promisedInWords('refund £5.00', 'stopped')).toBe('Queued: refund £5.00. Waiting: Dojo does not allow this key to do that.');
  });

  it('says what it waits for and until when, before the person decides', () => {
    expect(whenSentInWords('now', 'midnight')).toBeNull();
    expect(whenSentInWords('offline', 'midnight')).toBe(
      'There is no connection: it is queued now and sent when the connection is back, if that is before midnight.',
    );
    expect(whenSentInWords('paused', null)).toBe('The queue is paused: it is queued now and sent when the queue goes on.');
    expect(whenSentInWords('key-refused-paused', null)).toBe(
      'The queue is paused, and Dojo does not accept the API key: it is queued now and sent when the key is mended and the queue goes on.',
    );
  });

  it.each<readonly [WhenSent, string | null, string]>([
    ['now', null, 'Queued: change it. Being sent to Dojo.'],
    ['paused', 'The queue is paused, and this is not kept for later. Press Go on in the queue first.', 'Not sent: change it. Press Go on in the queue first.'],
    ['key-refused', 'Dojo does not accept the API key, and this is not kept for later. Mend the key first.', 'Not sent: change it. Mend the key first.'],
  ])('%s: what is not kept for later is not promised', (when, before, then) => {
    expect([whenSentInWords(when, 'midnight', true), promisedInWords('change it', when, true)]).toEqual([before, then]);
  });

  it.each([
    'now',
    'paused',
    'offline',
    'key-refused',
    'offline-paused',
    'key-refused-paused',
    'stopped',
    'asked-to-wait',
    'until 12:07',
    'late until 00:02',
  ] satisfies WhenSent[])('%s: promises, and never says that it is done', (when) => {
    const said = promisedInWords('take £20.00 of Table 12', when);
    expect(said).toMatch(/^Queued: take £20\.00 of Table 12\./);
    expect(said).not.toMatch(/done|captured|success/i);
  });

  describe('where Dojo asked to wait', () => {
    const untilMs = NOON_MS + 6 * 60_000 + 20_000;
    const asked = connectionView({ askedToWaitUntilMs: untilMs });

    it('says until when, and is not called being sent', () => {
      const when = whenSent(asked, 'capture', AT);
      expect(whenSentInWords(when, 'midnight')).toBe('Dojo asked to wait until 12:07: it is queued now and sent then by itself.');
      expect(promisedInWords('capture £5.00', when)).toBe('Queued: capture £5.00. Sent after 12:07: Dojo asked to wait.');
      expect(whenSent({ ...asked, line: 'connecting' }, 'capture', AT)).toBe(when);
    });

    it('says before the press that a deadline inside the wait is missed, and after it', () => {
      const deadlines = [untilMs - 1, untilMs, untilMs + 1];
      expect(deadlines.map((deadlineMs) => isTooLate(whenSent(asked, 'reverse', { zone: LONDON, deadlineMs })))).toEqual([true, true, false]);
      const late = whenSent(asked, 'reverse', { zone: LONDON, deadlineMs: untilMs });
      expect(whenSentInWords(late, '12:05')).toBe('Dojo asked to wait until 12:07, and this can be sent until 12:05 only. Decided now, it will not be sent.');
      expect(promisedInWords('reverse £5.00', late)).toBe('Queued: reverse £5.00. Dojo asked to wait until 12:07: that will be too late.');
    });

    it('waits for what stays longer: a connection, a key, a pause', () => {
      expect(whenSent({ ...asked, line: 'offline' }, 'capture', AT)).toBe('offline');
      expect(whenSent({ ...asked, queue: queue(true) }, 'capture', AT)).toBe('paused');
    });

    it('of one operation says so of that one', () => {
      const some = connectionView({ askedToWaitWith: ['capture'] });
      expect([whenSent(some, 'capture', AT), whenSent(some, 'refund', AT)]).toEqual(['asked-to-wait', 'now']);
    });
  });
});
