import { beforeEach, describe, expect, test } from 'vitest';
import { createRetryGate, type RetryGate } from '../../main/dojo/retry-gate.ts';
import { aFailure, MINUTE_MS, NOON_MS } from '../builders.ts';

let wallMs: number;
let monotonicMs: number;
let gate: RetryGate;
let heard: number[];
const pass = (ms: number) => {
  wallMs += ms;
  monotonicMs += ms;
};
beforeEach(() => {
  wallMs = NOON_MS;
  monotonicMs = 0;
  heard = [];
  gate = createRetryGate({ nowMs: () => wallMs, monotonicMs: () => monotonicMs }, { fraction: () => 1 });
  gate.onClosed((leftMs) => void heard.push(leftMs));
});

const throttled = (retryAfterMs: number | null = null) => aFailure({ kind: 'throttled', cause: 'http-429', status: 429, retryAfterMs });

describe('a gate', () => {
  test('is open at first, closes for as long as it was asked, and opens by itself', () => {
    expect([gate.leftMs(), gate.refusal()]).toEqual([0, null]);
    gate.learn(throttled(5 * MINUTE_MS), null);
    expect(gate.leftMs()).toBe(5 * MINUTE_MS);
    pass(5 * MINUTE_MS - 1);
    expect(gate.leftMs()).toBe(1);
    expect(gate.refusal()).toMatchObject({ kind: 'throttled', cause: 'asked-to-wait', status: 429, retryAfterMs: 1 });
    pass(1);
    expect([gate.leftMs(), gate.refusal()]).toEqual([0, null]);
    expect(heard).toEqual([5 * MINUTE_MS]);
  });

  test.each([
    ['ten minutes at most', 24 * 3_600_000, 10 * MINUTE_MS],
    ['a second at least', 0, 1_000],
  ])('waits %s on a server’s word', (_name, askedMs, waitsMs) => {
    gate.learn(throttled(askedMs), null);
    expect(gate.leftMs()).toBe(waitsMs);
  });

  test.each([
    ['Dojo’s trouble', aFailure({ kind: 'unknown-outcome', cause: 'http-503', status: 503, retryAfterMs: 30_000 }), 'throttled'],
    ['a gateway’s page', aFailure({ kind: 'not-dojo', cause: 'html', status: 502, retryAfterMs: 30_000 }), 'not-dojo'],
  ] as const)('closes for %s too, where that says how long', (_name, failure, kind) => {
    gate.learn(failure, null);
    expect(gate.leftMs()).toBe(30_000);
    expect(gate.refusal()).toMatchObject({ kind, cause: 'asked-to-wait', retryAfterMs: 30_000 });
  });

  test.each([
    ['a refusal of one payment', aFailure({ kind: 'refused', cause: 'http-403', status: 403, retryAfterMs: 600_000 })],
    ['a refused key', aFailure({ kind: 'key-refused', cause: 'http-401', status: 401, retryAfterMs: 600_000 })],
    ['Dojo’s trouble that says no time', aFailure({ kind: 'unknown-outcome', cause: 'http-503', status: 503 })],
    ['a page that says no time', aFailure({ kind: 'not-dojo', cause: 'html', status: 502 })],
    ['no connection', aFailure({ kind: 'not-sent', cause: 'ECONNREFUSED' })],
  ])('stays open for %s', (_name, failure) => {
    gate.learn(failure, null);
    expect(gate.leftMs()).toBe(0);
    expect(heard).toEqual([]);
  });

  test('closes for longer and longer where nobody says how long, until there is a good answer', () => {
    const waits = () => {
      gate.learn(throttled(), null);
      const ms = gate.leftMs();
      pass(ms);
      return ms;
    };
    expect([waits(), waits(), waits()]).toEqual([1_000, 2_000, 4_000]);
    gate.learn(null, null);
    expect(waits()).toBe(1_000);
  });

  test('counts refusals that come together as one, and a good answer among them as none', () => {
    for (let time = 0; time < 20; time += 1) {
      gate.learn(throttled(), null);
      gate.learn(null, null);
    }
    expect(gate.leftMs()).toBe(1_000);
    pass(1_000);
    gate.learn(throttled(), null);
    expect(gate.leftMs()).toBe(2_000);
  });

  test('that is closed is closed for longer, never for less', () => {
    gate.learn(throttled(60_000), null);
    gate.learn(throttled(5_000), null);
    gate.learn(throttled(), null);
    gate.learn(null, null);
    expect(gate.leftMs()).toBe(60_000);
    gate.learn(throttled(90_000), null);
    expect(gate.leftMs()).toBe(90_000);
    gate.learn(throttled(90_000), null);
    expect(heard).toEqual([60_000, 90_000]);
  });

  test('is not held closed by a clock that was set back, nor by one that stood still while the PC slept', () => {
    gate.learn(throttled(60_000), null);
    wallMs -= 6 * 3_600_000;
    monotonicMs += 60_000;
    expect(gate.leftMs()).toBe(0);
    gate.learn(throttled(60_000), null);
    wallMs += 59_000;
    expect(gate.leftMs()).toBe(1_000);
    wallMs += 1_000;
    expect(gate.leftMs()).toBe(0);
  });
});

describe('what one payment alone is answered', () => {
  /** One try every half minute, with a list before it where others are well. */
  const tries = (whats: readonly string[], isListWell: boolean) => {
    for (let round = 0; round < 10; round += 1) {
      pass(30_000);
      if (isListWell) gate.learn(null, null);
      for (const what of whats) gate.learn(throttled(20_000), what);
    }
    return heard.length;
  };

  test.each([
    ['closes the gate once, while lists are answered well', ['read pi_1'], true, 1],
    ['closes it each time, where nothing else is answered', ['read pi_1'], false, 10],
    ['closes it once for two of them', ['read pi_1', 'capture pi_2'], true, 1],
    ['closes it each time for three: that is everybody’s affair', ['capture pi_1', 'capture pi_2', 'capture pi_3'], true, 10],
  ])('%s', (_name, whats, isListWell, times) => {
    expect(tries(whats, isListWell)).toBe(times);
  });

  test('is its own though its reading is answered well: that is another request', () => {
    gate.learn(throttled(5_000), 'capture pi_1');
    pass(5_000);
    gate.learn(null, 'read pi_1');
    gate.learn(throttled(5_000), 'capture pi_1');
    expect(gate.leftMs()).toBe(0);
  });

  test('is everybody’s again after it was answered well once, and so is what a list is answered', () => {
    gate.learn(throttled(5_000), 'read pi_1');
    pass(5_000);
    gate.learn(null, 'read pi_1');
    gate.learn(throttled(5_000), 'read pi_1');
    expect(gate.leftMs()).toBe(5_000);
    pass(5_000);
    gate.learn(null, null);
    gate.learn(throttled(7_000), null);
    expect(gate.leftMs()).toBe(7_000);
  });

  test('that was answered well while it is closed had left before, and shows nothing', () => {
    gate.learn(throttled(5_000), 'read pi_1');
    gate.learn(null, 'read pi_2');
    pass(5_000);
    gate.learn(throttled(5_000), 'read pi_1');
    expect(gate.leftMs()).toBe(5_000);
  });
});
