import { describe, expect, it } from 'vitest';
import { isTooLate, promisedInWords, type WhenSent, whenSent, whenSentInWords } from '../../renderer/take/when-sent.ts';
import { LONDON, NOON_MS } from '../builders.ts';
import { connectionView } from './connection-builder.ts';

const AT = { zone: LONDON };
type Kind = Exclude<WhenSent['kind'], 'until' | 'late'>;
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
    expect(whenSent(connectionView({ line, queue: queue(paused), stoppedOperations: ['refund'] }), 'capture')).toEqual({ kind: expected });
  });

  it('waits where Dojo forbids this key what is decided, whatever else it waits for', () => {
    const stopped = { queue: queue(false), stoppedOperations: ['refund' as const] };
    expect(whenSent(connectionView({ ...stopped, line: 'live' }), 'refund')).toEqual({ kind: 'stopped' });
    expect(whenSent(connectionView({ ...stopped, line: 'offline' }), 'refund')).toEqual({ kind: 'stopped' });
    expect(whenSentInWords({ kind: 'stopped' }, AT)).toBe(
      'Dojo does not allow this key to do that: it is queued now and sent when a key comes that may do it.',
    );
    expect(promisedInWords('refund £5.00', { kind: 'stopped' }, AT)).toBe('Queued: refund £5.00. Waiting: Dojo does not allow this key to do that.');
  });

  it('says what it waits for and until when, before the person decides', () => {
    expect(whenSentInWords({ kind: 'now' }, { ...AT, deadline: 'midnight' })).toBeNull();
    expect(whenSentInWords({ kind: 'offline' }, { ...AT, deadline: 'midnight' })).toBe(
      'There is no connection: it is queued now and sent when the connection is back, if that is before midnight.',
    );
    expect(whenSentInWords({ kind: 'paused' }, AT)).toBe('The queue is paused: it is queued now and sent when the queue goes on.');
    expect(whenSentInWords({ kind: 'key-refused-paused' }, AT)).toBe(
      'The queue is paused, and Dojo does not accept the API key: it is queued now and sent when the key is mended and the queue goes on.',
    );
  });

  it.each<readonly [Kind, string | null, string]>([
    ['now', null, 'Queued: change it. Being sent to Dojo.'],
    ['paused', 'The queue is paused, and this is not kept for later. Press Go on in the queue first.', 'Not sent: change it. Press Go on in the queue first.'],
    ['key-refused', 'Dojo does not accept the API key, and this is not kept for later. Mend the key first.', 'Not sent: change it. Mend the key first.'],
  ])('%s: what is not kept for later is not promised', (kind, before, then) => {
    const notKept = { ...AT, notKept: true };
    expect([whenSentInWords({ kind }, { ...notKept, deadline: 'midnight' }), promisedInWords('change it', { kind }, notKept)]).toEqual([before, then]);
  });

  it.each<WhenSent>([
    { kind: 'now' },
    { kind: 'paused' },
    { kind: 'offline' },
    { kind: 'key-refused' },
    { kind: 'offline-paused' },
    { kind: 'key-refused-paused' },
    { kind: 'stopped' },
    { kind: 'asked-to-wait' },
    { kind: 'until', untilMs: NOON_MS },
    { kind: 'late', untilMs: NOON_MS },
  ])('$kind: promises, and never says that it is done', (when) => {
    const said = promisedInWords('take £20.00 of Table 12', when, AT);
    expect(said).toMatch(/^Queued: take £20\.00 of Table 12\./);
    expect(said).not.toMatch(/done|captured|success/i);
  });

  describe('where the till was asked to wait', () => {
    const untilMs = NOON_MS + 6 * 60_000 + 20_000;
    const asked = connectionView({ askedToWaitUntilMs: untilMs });

    it('says until when, and is not called being sent', () => {
      const when = whenSent(asked, 'capture');
      expect(whenSentInWords(when, { ...AT, deadline: 'midnight' })).toBe('Tillside was asked to wait until 12:07: it is queued now and sent then by itself.');
      expect(promisedInWords('capture £5.00', when, AT)).toBe('Queued: capture £5.00. Sent after 12:07: Tillside was asked to wait.');
      expect(whenSent({ ...asked, line: 'connecting' }, 'capture')).toEqual(when);
    });

    it('says before the press that a deadline inside the wait is missed, and after it', () => {
      const deadlines = [untilMs - 1, untilMs, untilMs + 1];
      expect(deadlines.map((deadlineMs) => isTooLate(whenSent(asked, 'reverse', deadlineMs)))).toEqual([true, true, false]);
      const late = whenSent(asked, 'reverse', untilMs);
      expect(whenSentInWords(late, { ...AT, deadline: '12:05' })).toBe(
        'Tillside was asked to wait until 12:07, and this can be sent until 12:05 only. Decided now, it will not be sent.',
      );
      expect(promisedInWords('reverse £5.00', late, AT)).toBe('Queued: reverse £5.00. Tillside was asked to wait until 12:07: that will be too late.');
    });

    it('waits for what stays longer: a connection, a key, a pause', () => {
      expect(whenSent({ ...asked, line: 'offline' }, 'capture')).toEqual({ kind: 'offline' });
      expect(whenSent({ ...asked, queue: queue(true) }, 'capture')).toEqual({ kind: 'paused' });
    });

    it('of one operation says so of that one', () => {
      const some = connectionView({ askedToWaitWith: ['capture'] });
      expect([whenSent(some, 'capture'), whenSent(some, 'refund')]).toEqual([{ kind: 'asked-to-wait' }, { kind: 'now' }]);
    });
  });
});
