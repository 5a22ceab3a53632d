import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../main/core/failure.ts';
import { aHold, anAction, HOUR_MS, MINUTE_MS } from '../../builders.ts';
import { aPlay } from './queue-play.ts';

const two = () => [
  anAction({ id: 'a1', seq: 1, paymentId: 'pi_1', move: { kind: 'capture', amount: 4200 } }),
  anAction({ id: 'a2', seq: 2, paymentId: 'pi_2', move: { kind: 'capture', amount: 4200 } }),
];
const TROUBLE: readonly (readonly [string, Partial<Failure>])[] = [
  ['500', { kind: 'unknown-outcome', cause: 'http-500', status: 500 }],
  ['half an answer', { kind: 'unknown-outcome', cause: 'malformed', status: 200 }],
  ['a time-out', { kind: 'unknown-outcome', cause: 'timeout' }],
  ['a page', { kind: 'not-dojo', cause: 'html', status: 502 }],
  ['429', { kind: 'throttled', cause: 'http-429', status: 429 }],
  ['no connection', { kind: 'not-sent', cause: 'ECONNREFUSED' }],
];

describe.each(TROUBLE)('a reading of one payment is answered %s', (_name, failure) => {
  /** Whenever the first is read it fails. `isListWell`: a list is answered every 15 s meanwhile. */
  function passes(play: ReturnType<typeof aPlay>, ms: number, isListWell: boolean): number {
    let reads = 0;
    for (const endsAtMs = play.nowMs() + ms; play.nowMs() < endsAtMs; ) {
      if (play.state().busy.has('a1')) {
        reads += 1;
        play.readFails(play.action('a1'), failure);
      }
      if (isListWell) play.event({ type: 'line', up: true });
      if (!play.state().busy.has('a1')) play.pass(Math.min(15_000, endsAtMs - play.nowMs()));
    }
    return reads;
  }
  const alone = () => aPlay(two().slice(0, 1));

  it('and lists are answered well: it waits, ever longer, and is a person’s after half an hour', () => {
    const play = alone();
    expect(passes(play, 29 * MINUTE_MS, true)).toBeLessThan(130);
    expect(play.action('a1').state).toBe('waiting');
    expect(play.state().line.up).toBe(true);
    passes(play, 3 * MINUTE_MS, true);
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'not-shown' } });
  });

  it('and nothing else is answered: nobody is asked, however long it lasts', () => {
    const play = alone();
    passes(play, 24 * HOUR_MS, false);
    expect(play.action('a1').state).toBe('waiting');
  });

  it('half an hour of its own counts, and an outage of all between does not', () => {
    const play = alone();
    passes(play, 15 * MINUTE_MS, true);
    play.event({ type: 'line', up: false });
    passes(play, 2 * HOUR_MS, false);
    passes(play, 4 * MINUTE_MS, true);
    expect(play.action('a1').state).toBe('waiting');
    passes(play, 16 * MINUTE_MS, true);
    expect(play.action('a1').state).toBe('needsPerson');
  });

  it('and well in between: it begins anew', () => {
    const play = aPlay(two().slice(0, 1), { paused: false });
    passes(play, 20 * MINUTE_MS, true);
    while (!play.state().busy.has('a1')) play.pass(1_000);
    play.event({ type: 'paused', paused: true });
    play.read(play.action('a1'), aHold({ id: 'pi_1' }));
    play.event({ type: 'paused', paused: false });
    passes(play, 20 * MINUTE_MS, true);
    expect(play.action('a1').state).toBe('waiting');
  });

  it('and another payment is answered well: that shows it too, and the words are of this payment', () => {
    const play = aPlay(two());
    play.readFails(play.action('a1'), failure);
    for (let wait = 0; wait < 100 && !play.state().busy.has('a2'); wait += 1) play.pass(1_000);
    // The list says that the line is there: it is not felt for.
    play.event({ type: 'line', up: true });
    play.read(play.action('a2'), aHold({ id: 'pi_2' }));
    if (play.action('a2').state === 'waiting') {
      play.pass(10_000);
      if (play.state().busy.get('a2')?.what === 'reading') play.read(play.action('a2'), aHold({ id: 'pi_2' }));
    }
    expect(play.action('a2').state).toBe('sending');
    play.answer(play.action('a2'), 'cp_1');
    for (let wait = 0; wait < 100 && !play.state().busy.has('a1'); wait += 1) play.pass(1_000);
    const { throttledUntilMs, line } = play.state();
    play.readFails(play.action('a1'), failure);
    expect(play.action('a1')).toMatchObject({
      state: 'waiting',
      outcome: { code: 'read-refused', next: 'Other payments go on. If it stays so, look it up in Dojo.' },
    });
    expect([play.state().throttledUntilMs, play.state().line.up]).toEqual([throttledUntilMs, line.up]);
  });
});
