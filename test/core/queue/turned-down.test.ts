import { describe, expect, test } from 'vitest';
import { cameTwice } from '../../../main/core/payment/came-twice.ts';
import { changesElsewhere } from '../../../main/core/payment/changes.ts';
import type { Capture, Payment } from '../../../main/core/payment/payment.ts';
import { baselineOf, looksDoubled } from '../../../main/core/queue/evidence.ts';
import { attentionOf } from '../../../main/views/attention.ts';
import { aCapture, anAction, anOutcome, MINUTE_MS, NOON_MS } from '../../builders.ts';
import { aPlay, biggerHold, hold } from './queue-play.ts';

/** What Dojo shows as declined or failed moved nothing. */
const of = (amountMinor: number, status: Capture['status'], more: Partial<Capture> = {}): Capture =>
  aCapture({ id: 'cp_1', amountMinor, status, createdAtMs: NOON_MS, ...more });
const shows = (payment: Payment, ...captures: readonly Capture[]): Payment => ({ ...payment, captures, updatedAtMs: NOON_MS });
const part = anAction({ id: 'a1', move: { kind: 'capture', amount: 1000 } });
const refused = { kind: 'refused', cause: 'http-409', status: 409 } as const;
const lost = { kind: 'unknown-outcome', cause: 'timeout', status: null } as const;

describe('a capture that Dojo refused', () => {
  test.each(['Declined', 'Failed'] as const)('and lists as %s is refused: nothing moved, and nobody is asked', (status) => {
    for (const { action, answer, payment, amountMinor, apiVersion } of [
      { action: part, answer: refused, payment: biggerHold, amountMinor: 1000, apiVersion: '2026-02-27' },
      {
        action: anAction({ id: 'a1' }),
        answer: { kind: 'refused', cause: 'capture-failed', status: 200 } as const,
        payment: hold,
        amountMinor: 2000,
        apiVersion: '2022-01-03',
      },
    ]) {
      const play = aPlay([action], { apiVersion });
      play.read(action, payment);
      play.fails(action, answer);
      const now = shows(payment, of(amountMinor, status));
      play.read(action, now);
      const ended = play.action('a1');
      expect(ended).toMatchObject({ state: 'refused', outcome: { code: 'refused', settledBy: 'answer', message: expect.stringContaining('Nothing moved.') } });
      // Nor is it said afterwards that it may have been done after all, or elsewhere.
      expect(looksDoubled(ended, now, [])).toBe(false);
      expect(changesElsewhere(baselineOf(payment, NOON_MS), now, [ended])).toEqual([]);
      expect(attentionOf(now, [ended], [], NOON_MS)).not.toMatch(/may be ours|captured twice/);
    }
  });

  test.each(['Created', 'Successful'] as const)('and lists as %s is a person’s: it moved, or may still', (status) => {
    const play = aPlay([part]);
    play.read(part, biggerHold);
    play.fails(part, refused);
    play.read(part, shows(biggerHold, of(1000, status)));
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'conflict' } });
  });

  test('is a person’s where one that counts stands beside a declined one that another action of ours, settled by a person, may be', () => {
    const settled = anAction({
      ...{ id: 'a0', seq: 0, move: part.move, state: 'done', sends: 1, firstSentAtMs: NOON_MS - MINUTE_MS, sentAtMs: NOON_MS - MINUTE_MS },
      outcome: {
        code: 'settled-happened',
        message: '',
        next: null,
        settledBy: 'person',
        captureId: null,
        dojoId: null,
        status: null,
        traceId: null,
        raw: null,
      },
      baseline: baselineOf(biggerHold, NOON_MS - MINUTE_MS),
    });
    const before = shows(biggerHold, of(1000, 'Declined', { id: 'cp_0', createdAtMs: NOON_MS - MINUTE_MS }));
    const play = aPlay([settled, part]);
    play.read(part, before);
    play.fails(part, refused);
    play.read(part, shows(before, ...(before.captures ?? []), of(1000, 'Successful')));
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'conflict' } });
  });

  test('with 429 and lists as declined is a person’s: it is not sent again by itself', () => {
    const play = aPlay([part]);
    play.read(part, biggerHold);
    play.fails(part, { kind: 'throttled', cause: 'http-429', status: 429 });
    play.pass(30 * MINUTE_MS);
    play.read(part, shows(biggerHold, of(1000, 'Declined')));
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'conflict' } });
  });
});

describe('a capture whose answer was lost', () => {
  const lateRead = (...captures: readonly Capture[]) => {
    const play = aPlay([part]);
    play.read(part, biggerHold);
    play.fails(part, lost);
    for (let reads = 0; reads < 20 && play.action('a1').state === 'checking' && play.action('a1').outcome?.code !== 'absent-part'; reads += 1) {
      play.pass(30_000);
      while (play.reads().length > 0) play.read(part, shows(biggerHold, ...captures));
    }
    return play.action('a1');
  };

  test('and that Dojo took before the bank declined it was done: its decline is told', () => {
    expect(lateRead(of(1000, 'Declined'))).toMatchObject({ state: 'done', outcome: { captureId: 'cp_1' } });
  });

  test('beside a declined one of the same moment is a person’s: either may be ours', () => {
    expect(lateRead(of(1000, 'Declined'), of(1000, 'Successful', { id: 'cp_2' }))).toMatchObject({ state: 'needsPerson', outcome: { code: 'conflict' } });
  });

  test('that a person removed is removed where the bank declined what arrived', () => {
    const whole = anAction({ id: 'a1' });
    const play = aPlay([whole], { paused: false });
    play.read(whole, hold);
    play.fails(whole, lost);
    play.event({ type: 'paused', paused: true });
    for (let reads = 0; reads < 20 && play.action('a1').state !== 'waiting'; reads += 1) {
      play.pass(30_000);
      while (play.reads().length > 0) play.read(whole, hold);
    }
    play.event({ type: 'withdraw', actionId: 'a1' });
    play.read(whole, shows(hold, of(2000, 'Declined')));
    expect(play.action('a1')).toMatchObject({ state: 'withdrawn', outcome: { message: 'Removed: Dojo showed that it had not been done. Nothing moved.' } });
  });
});

describe('a second capture beside a done one', () => {
  const done = anAction({
    ...{ move: part.move, state: 'done', sends: 1, firstSentAtMs: NOON_MS, sentAtMs: NOON_MS, baseline: baselineOf(biggerHold, NOON_MS) },
    outcome: { code: 'done', message: '', next: null, settledBy: 'answer', captureId: 'cp_1', dojoId: null, status: null, traceId: null, raw: null },
  });
  const both = (own: Capture['status'], other: Capture['status']) =>
    shows(biggerHold, of(1000, own), of(1000, other, { id: 'cp_2', createdAtMs: NOON_MS + 2 * MINUTE_MS }));

  test('is called captured twice until the bank has declined one of the two, whichever', () => {
    for (const own of ['Created', 'Successful', 'Declined', 'Failed'] as const)
      for (const other of ['Created', 'Successful', 'Declined', 'Failed'] as const) {
        const isTwice = ![own, other].some((status) => status === 'Declined' || status === 'Failed');
        expect(looksDoubled(done, both(own, other), []), `${own} ${other}`).toBe(isTwice);
        expect(cameTwice(both(own, other), [done]).size, `${own} ${other}`).toBe(isTwice ? 1 : 0);
      }
  });

  test('is called so too where ours is told by its amount and time alone', () => {
    const numbered = { ...done, outcome: anOutcome({ captureId: '1' }) };
    expect(looksDoubled(numbered, both('Successful', 'Successful'), [])).toBe(true);
    expect(looksDoubled(numbered, both('Declined', 'Successful'), [])).toBe(false);
  });
});
