import { describe, expect, test } from 'vitest';
import type { Payment } from '../../../main/core/payment/payment.ts';
import type { Action } from '../../../main/core/queue/action.ts';
import { baselineOf, CLOCKS_APART_MS } from '../../../main/core/queue/evidence.ts';
import { isDoneByNow, isOverByNow, lostThatShow, showsByNow } from '../../../main/core/queue/trace.ts';
import { aCapture, aHold, anAction, anOutcome, aPayment, HOUR_MS, MINUTE_MS, NOON_MS } from '../../builders.ts';

const hold = aHold({ amountMinor: 10_000 });
const part: Partial<Action> = {
  move: { kind: 'capture', amount: 3_000 },
  state: 'checking',
  sends: 1,
  firstSentAtMs: NOON_MS,
  sentAtMs: NOON_MS,
  baseline: baselineOf(hold, NOON_MS),
  outcome: anOutcome({ code: 'absent-part', settledBy: 'till' }),
};
const showing = (...captures: ReturnType<typeof aCapture>[]): Payment => ({ ...hold, captures });
const like = aCapture({ id: 'cp_1', amountMinor: 3_000, createdAtMs: NOON_MS + MINUTE_MS });

test.each<[string, Partial<Action>, Payment, boolean]>([
  ['nothing', {}, hold, false],
  ['a capture like it', {}, showing(like), true],
  ['one that came long after it', {}, showing({ ...like, createdAtMs: NOON_MS + HOUR_MS }), true],
  ['two like it', {}, showing(like, { ...like, id: 'cp_2' }), true],
  ['one of another amount', {}, showing({ ...like, amountMinor: 500 }), false],
  ['one that was there before it was sent', { baseline: baselineOf(showing(like), NOON_MS) }, showing(like), false],
  ['no captures at all, which tells nothing', {}, { ...hold, captures: null }, false],
  ['one like it, and it is looked at again', { outcome: anOutcome({ code: 'unknown-outcome', settledBy: 'till' }) }, showing(like), false],
  ['one like it, and Dojo has denied that it did anything', { sends: 0 }, showing(like), false],
  ['one like it, and no record was kept of what was there before', { baseline: null }, showing(like), false],
  ['one like it, and it was never sent', { sends: 0, baseline: null, firstSentAtMs: null, sentAtMs: null }, showing(like), false],
  [
    'one like it, which came of what was sent before a person let it go once more',
    {
      ...{ sends: 0, baseline: null, firstSentAtMs: null, sentAtMs: null },
      sentBefore: { sends: 1, firstSentAtMs: NOON_MS, sentAtMs: NOON_MS, apiVersion: null, baseline: baselineOf(hold, NOON_MS) },
    },
    showing(like),
    true,
  ],
])('a part capture without a trace, and Dojo shows %s', (_, changes, payment, shows) => {
  expect(showsByNow(anAction({ ...part, ...changes }), payment, [])).toBe(shows);
});

const asked = (code: string): Action => anAction({ ...part, state: 'needsPerson', outcome: anOutcome({ code, settledBy: 'till' }) });

test.each(['moved', 'new-key', 'never-came', 'unreadable', 'conflict', 'changed-since'])(
  'a capture that is a person’s for another reason (%s) shows where Dojo has just one from when it may have arrived, and may be let go beside any other',
  (code) => {
    expect(showsByNow(asked(code), showing(like), [])).toBe(true);
    expect(showsByNow(asked(code), showing({ ...like, createdAtMs: NOON_MS + 20 * MINUTE_MS }), [])).toBe(true);
    expect(showsByNow(asked(code), showing({ ...like, createdAtMs: NOON_MS + 21 * MINUTE_MS }), [])).toBe(false);
    expect(showsByNow(asked(code), showing({ ...like, createdAtMs: NOON_MS - MINUTE_MS }), [])).toBe(false);
    expect(showsByNow(asked(code), showing({ ...like, createdAtMs: NOON_MS + HOUR_MS }), [])).toBe(false);
    expect(showsByNow(asked(code), showing(like, { ...like, id: 'cp_2' }), [])).toBe(false);
    expect(showsByNow(asked(code), hold, [])).toBe(false);
  },
);

test('of a reversal its status tells the rules', () => {
  expect(showsByNow({ ...asked('moved'), move: { kind: 'reverse' } }, { ...hold, status: 'Reversed' }, [])).toBe(false);
});

test('what another action of this till explains is no trace of it', () => {
  const other = anAction({ ...part, id: 'a2', seq: 9, state: 'done', outcome: anOutcome({ captureId: 'cp_1' }) });
  expect(showsByNow(anAction(part), showing(like), [other])).toBe(false);
});

test('it may have made what Dojo dates to the second between its send and twenty minutes after, by clocks that are thirty seconds apart', () => {
  const shows = (createdAtMs: number) => lostThatShow(showing({ ...like, createdAtMs }), [asked('moved')]).size === 1;
  const [fromMs, untilMs] = [NOON_MS - CLOCKS_APART_MS, NOON_MS + 20 * MINUTE_MS + CLOCKS_APART_MS];
  expect([fromMs - 1, fromMs, untilMs, untilMs + 1].map(shows)).toEqual([false, true, true, false]);
});

test('where Dojo lists no captures, a hold that ended otherwise shows nothing like it', () => {
  const unlisted: Payment = { ...hold, captures: null };
  const all = anAction({ ...part, move: { kind: 'capture', amount: 10_000 }, baseline: baselineOf(unlisted, NOON_MS), state: 'needsPerson' });
  expect(showsByNow({ ...all, outcome: anOutcome({ code: 'conflict', settledBy: 'till' }) }, { ...unlisted, status: 'Reversed' }, [])).toBe(false);
});

describe('of what is lost, what shows counts once', () => {
  const lost = anAction(part);

  test('what another action of this till explains is none of it', () => {
    const other = anAction({ ...part, id: 'a2', seq: 9, state: 'done', outcome: anOutcome({ captureId: 'cp_1' }) });
    expect([...lostThatShow(showing(like), [other, lost])]).toEqual([]);
    expect([...lostThatShow(showing(like, { ...like, id: 'cp_2' }), [other, lost])]).toEqual([lost]);
  });

  test('what is still on its way is not lost', () => {
    expect([...lostThatShow(showing(like), [anAction({ ...part, state: 'sending', outcome: null })])]).toEqual([]);
  });

  test('that as much was given back as a lost capture asked for is no sign of it', () => {
    const taken: Payment = { ...showing({ ...like, id: 'cp_0', amountMinor: 5_000 }), refundedMinor: 3_000 };
    const after = anAction({ ...part, baseline: baselineOf({ ...taken, refundedMinor: 0 }, NOON_MS) });
    expect([...lostThatShow(taken, [after])]).toEqual([]);
  });
});

test.each<[string, Action['move'], Payment, boolean]>([
  ['a capture of a hold that was released', { kind: 'capture', amount: 3_000 }, { ...hold, status: 'Reversed' }, true],
  ['a capture of a hold that was cancelled', { kind: 'capture', amount: 3_000 }, { ...hold, status: 'Canceled' }, true],
  ['a capture of a hold that is one still', { kind: 'capture', amount: 3_000 }, hold, false],
  ['a release of a hold that was released', { kind: 'reverse' }, { ...hold, status: 'Reversed' }, false],
])('%s: is it over by now', (_, move, payment, isOver) => {
  expect(isOverByNow({ move }, payment)).toBe(isOver);
});

test('what waits is not done by now, whatever shows: it is judged before it goes out', () => {
  const reversed = aPayment({ status: 'Reversed' });
  const reversal = anAction({ move: { kind: 'reverse' } });
  expect(isDoneByNow({ ...reversal, state: 'needsPerson' }, reversed, [])).toBe(true);
  expect(isDoneByNow(reversal, reversed, [])).toBe(false);
});
