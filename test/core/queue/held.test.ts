import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../main/core/failure.ts';
import { allAreInTrouble, type Held, isHeldForLong, isOwnTrouble, othersAreWell } from '../../../main/core/queue/held.ts';
import { aFailure, aHold, anAction, HOUR_MS, MINUTE_MS, NOON_MS } from '../../builders.ts';
import { aTurn } from './a-turn.ts';
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

  it('and the connection comes and goes, but nothing is answered well: nobody is asked', () => {
    const play = alone();
    for (let nth = 0; nth < 12; nth += 1) {
      passes(play, 10 * MINUTE_MS, false);
      play.event({ type: 'line', up: false });
      play.event({ type: 'line', up: true, isUnwell: true });
    }
    expect(play.action('a1').state).toBe('waiting');
    expect(play.state().held.get('a1')?.othersWellAt).toBeNull();
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

describe('whose trouble it is', () => {
  const held: Held = { isMove: false, othersWellAt: null, ownMs: 0, countedTo: 0 };
  const ofBoth = new Map([
    ['a1', held],
    ['a2', held],
  ]);
  const wellAt = (turn: ReturnType<typeof aTurn>) => ['a1', 'a2'].map((id) => turn.held.get(id)?.othersWellAt ?? null);
  const WELL_MS = 2 * HOUR_MS;

  it.each<readonly [string, string | null, throttledUntilMs: number, readonly (number | null)[]]>([
    ['a list: each one’s own', null, 0, [WELL_MS, WELL_MS]],
    ['one payment: the other’s own, and of itself nothing is known', 'pi_1', 0, [null, WELL_MS]],
    ['a list that had left before Dojo asked for patience: perhaps everybody’s still', null, NOON_MS + MINUTE_MS, [null, null]],
  ])('shows as something is answered well, %s', (_, paymentId, throttledUntilMs, expected) => {
    const turn = aTurn(two(), { held: ofBoth, throttledUntilMs }, { monotonicMs: WELL_MS });
    othersAreWell(turn, paymentId);
    expect(wellAt(turn)).toEqual(expected);
  });

  it('matters to nobody of an action that has left the memory, and the answer is heard all the same', () => {
    const turn = aTurn(two().slice(1), { held: ofBoth }, { monotonicMs: WELL_MS });
    othersAreWell(turn, 'pi_1');
    expect(turn.held.get('a2')?.othersWellAt).toBe(WELL_MS);
  });

  it('is open again where there is no connection: no payment is told apart by what was answered before', () => {
    const [first] = two();
    const turn = aTurn(two(), { held: new Map([...ofBoth.keys()].map((id) => [id, { ...held, othersWellAt: 1 }])) });
    expect(isOwnTrouble(turn, first, aFailure())).toBe(true);
    allAreInTrouble(turn);
    expect(wellAt(turn)).toEqual([null, null]);
    expect(isOwnTrouble(turn, first, aFailure())).toBe(false);
  });

  it.each<readonly [string, othersWellAt: number | null, countedTo: number, own: readonly [ownMs: number, countedTo: number]]>([
    ['since: it counts', 61_000, 60_000, [MINUTE_MS, 120_000]],
    ['at that moment: it counts', 60_000, 60_000, [MINUTE_MS, 120_000]],
    ['only before: it may be everybody’s, and is counted when somebody is', 59_000, 60_000, [0, 60_000]],
    ['never: it may be everybody’s', null, 60_000, [0, 60_000]],
    ['never, since the PC was started', null, 0, [0, 0]],
  ])('it fails again a minute after it was counted, or more, and others were answered well %s', (_, othersWellAt, countedTo, [ownMs, to]) => {
    const [first] = two() as [ReturnType<typeof anAction>];
    const turn = aTurn(two(), { held: new Map([['a1', { ...held, othersWellAt, countedTo }]]) }, { monotonicMs: 120_000 });
    expect(isHeldForLong(turn, first, aFailure(), 'reading')).toBe(false);
    expect(turn.held.get('a1')).toEqual({ isMove: false, othersWellAt, ownMs, countedTo: to });
  });
});
