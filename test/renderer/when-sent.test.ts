import { describe, expect, it } from 'vitest';
import { promisedInWords, type WhenSent, whenSent, whenSentInWords } from '../../renderer/take/when-sent.ts';

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
    expect(whenSent({ line, queue: queue(paused), stoppedOperations: ['refund'] }, 'capture')).toBe(expected);
  });

  it('waits where Dojo forbids this key what is decided, whatever else it waits for', () => {
    const stopped = { queue: queue(false), stoppedOperations: ['refund' as const] };
    expect(whenSent({ ...stopped, line: 'live' }, 'refund')).toBe('stopped');
    expect(whenSent({ ...stopped, line: 'offline' }, 'refund')).toBe('stopped');
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

  it.each(['now', 'paused', 'offline', 'key-refused', 'offline-paused', 'key-refused-paused', 'stopped'] satisfies WhenSent[])(
    '%s: promises, and never says that it is done',
    (when) => {
      const said = promisedInWords('take £20.00 of Table 12', when);
      expect(said).toMatch(/^Queued: take £20\.00 of Table 12\./);
      expect(said).not.toMatch(/done|captured|success/i);
    },
  );
});
