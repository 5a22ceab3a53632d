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
    gate.learn(throttled(5 * MINUTE_MS));
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
    gate.learn(throttled(askedMs));
    expect(gate.leftMs()).toBe(waitsMs);
  });

  test.each([
    ['Dojo’s trouble', aFailure({ kind: 'unknown-outcome', cause: 'http-503', status: 503, retryAfterMs: 30_000 }), 'throttled'],
    ['a gateway’s page', aFailure({ kind: 'not-dojo', cause: 'html', status: 502, retryAfterMs: 30_000 }), 'not-dojo'],
  ] as const)('closes for %s too, where that says how long', (_name, failure, kind) => {
    gate.learn(failure);
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
    gate.learn(failure);
    expect(gate.leftMs()).toBe(0);
    expect(heard).toEqual([]);
  });

  test('closes for longer and longer where nobody says how long, until there is a good answer', () => {
    const waits = () => {
      gate.learn(throttled());
      const ms = gate.leftMs();
      pass(ms);
      return ms;
    };
    expect([waits(), waits(), waits()]).toEqual([1_000, 2_000, 4_000]);
    gate.learn(null);
    expect(waits()).toBe(1_000);
  });

  test('counts refusals that come together as one, and a good answer among them as none', () => {
    for (let time = 0; time < 20; time += 1) {
      gate.learn(throttled());
      gate.learn(null);
    }
    expect(gate.leftMs()).toBe(1_000);
    pass(1_000);
    gate.learn(throttled());
    expect(gate.leftMs()).toBe(2_000);
  });

  test('that is closed is closed for longer, never for less', () => {
    gate.learn(throttled(60_000));
    gate.learn(throttled(5_000));
    gate.learn(throttled());
    gate.learn(null);
    expect(gate.leftMs()).toBe(60_000);
    gate.learn(throttled(90_000));
    expect(gate.leftMs()).toBe(90_000);
    gate.learn(throttled(90_000));
    expect(heard).toEqual([60_000, 90_000]);
  });

  test('is not held closed by a clock that was set back, nor by one that stood still while the PC slept', () => {
    gate.learn(throttled(60_000));
    wallMs -= 6 * 3_600_000;
    monotonicMs += 60_000;
    expect(gate.leftMs()).toBe(0);
    gate.learn(throttled(60_000));
    wallMs += 59_000;
    expect(gate.leftMs()).toBe(1_000);
    wallMs += 1_000;
    expect(gate.leftMs()).toBe(0);
  });
});
