import { expect, test } from 'vitest';
import type { Payment } from '../../../main/core/payment/payment.ts';
import type { Action } from '../../../main/core/queue/action.ts';
import { baselineOf } from '../../../main/core/queue/evidence.ts';
import { showsByNow } from '../../../main/core/queue/trace.ts';
import { aCapture, aHold, anAction, anOutcome, HOUR_MS, MINUTE_MS, NOON_MS } from '../../builders.ts';

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
