import { describe, expect, it } from 'vitest';
import { needingYou } from '../../renderer/queue/groups.ts';
import { atFault, inParts, isForSending, isSettling, isUnchanged, seenFacts, whyAlone } from '../../renderer/queue/send-choice.ts';
import { actionView } from './view-builders.ts';

const hold = { status: 'Authorized', heldMinor: 4200, capturedMinor: null, captureCount: 0, refundedMinor: 0, readAtMs: null, version: 'as seen' };
const can = { withdraw: false, retry: false, settle: true, release: true };
const stuck = (differs: Parameters<typeof actionView>[0] = {}) =>
  actionView({ state: 'needsPerson', can, look: { kind: 'read', readAtMs: 1 }, sinceDecision: { decided: hold, now: hold, unchanged: true }, ...differs });

describe('the list of what needs a person', () => {
  it('is what needs one, and what is too late, in the order of the decisions, as the header counts it', () => {
    const cannot = { ...can, release: false };
    const others = [actionView({ id: 'waits' }), stuck({ id: 'checked', state: 'checking' }), stuck({ id: 'not-ours', otherAccount: true })];
    const late = actionView({ id: 'late', acceptedAtMs: 3, tooLate: true });
    const needing = [late, stuck({ id: 'later', acceptedAtMs: 2, can: cannot }), ...others, stuck({ id: 'first', acceptedAtMs: 1 })];
    expect(needingYou(needing).map(({ id }) => id)).toEqual(['first', 'later', 'late']);
    expect(needing.filter(isForSending).map(({ id }) => id)).toEqual(['not-ours', 'first']);
  });

  it('offers one that was sent only when Dojo has had its time', () => {
    expect([isSettling(stuck({ settlesAtMs: 5 }), 4), isSettling(stuck({ settlesAtMs: 5 }), 5), isSettling(stuck(), 0)]).toEqual([true, false, false]);
  });

  it.each([
    ['nothing, where it is unchanged', stuck(), true, null],
    [
      'that it changed',
      stuck({ sinceDecision: { decided: hold, now: { ...hold, refundedMinor: 5 }, unchanged: false } }),
      false,
      'Changed since it was decided.',
    ],
    [
      'that nothing was kept',
      stuck({ sinceDecision: { decided: null, now: hold, unchanged: false } }),
      false,
      'What was known when it was decided was not kept.',
    ],
    [
      'that Dojo does not know its payment',
      stuck({ look: { kind: 'unknown', readAtMs: null }, sinceDecision: { decided: hold, now: null, unchanged: false } }),
      false,
      'Dojo does not know this payment with this key.',
    ],
    [
      'that its payment was not read since',
      stuck({ look: { kind: 'unread', readAtMs: 1 }, sinceDecision: { decided: hold, now: { ...hold, readAtMs: 1 }, unchanged: false } }),
      false,
      'Dojo did not show it since.',
    ],
    [
      'that Dojo was not read',
      stuck({ look: { kind: 'unread', readAtMs: null }, sinceDecision: { decided: hold, now: null, unchanged: false } }),
      false,
      'Dojo was not read yet.',
    ],
  ])('says why one goes alone: %s', (_name, action, unchanged, why) => {
    expect(isUnchanged(action)).toBe(unchanged);
    expect(whyAlone(action)).toBe(why);
  });

  it('shows a payment in today’s words, and what is new on it', () => {
    const now = { ...hold, status: 'Captured', capturedMinor: 2000, captureCount: 1, refundedMinor: 500 };
    expect(seenFacts(hold, null, 'GBP')).toEqual([{ text: '£42.00 on hold', isNew: false }]);
    expect(seenFacts(now, hold, 'GBP')).toEqual([
      { text: '£20.00 of £42.00 in 1 capture', isNew: true },
      { text: '£5.00 refunded', isNew: true },
    ]);
    expect(seenFacts(now, now, 'GBP').some(({ isNew }) => isNew)).toBe(false);
    expect(seenFacts({ ...hold, status: 'Frozen' }, null, 'GBP')[0]?.text).toBe('£42.00 “Frozen”');
  });

  it('says of a part captured hold what is left on hold, not all that was held', () => {
    const [before, now] = [
      { ...hold, heldMinor: 10_000, capturedMinor: 0 },
      { ...hold, heldMinor: 10_000, capturedMinor: 6000, captureCount: 2 },
    ];
    expect(seenFacts(now, before, 'GBP')).toEqual([
      { text: '£40.00 on hold', isNew: true },
      { text: '£60.00 in 2 captures', isNew: true },
    ]);
    expect(seenFacts(now, now, 'GBP').some(({ isNew }) => isNew)).toBe(false);
    // Of a whole capture nothing is left, and never less than that.
    expect(seenFacts({ ...now, capturedMinor: 11_000 }, before, 'GBP')[0]?.text).toBe('£0.00 on hold');
    expect(seenFacts({ ...now, status: 'Captured', capturedMinor: 10_000 }, before, 'GBP').map(({ text }) => text)).toEqual(['£100.00 in 2 captures']);
    // Where no version said how much, nothing is taken off.
    expect(seenFacts({ ...now, capturedMinor: null }, before, 'GBP').map(({ text }) => text)).toEqual(['£100.00 on hold', '2 captures']);
  });

  it('goes out ten at a time, and tells which one a refusal is about', () => {
    const ids = Array.from({ length: 23 }, (_, nth) => `a${nth}`);
    expect(inParts(ids.map((id) => ({ id, paymentId: id }))).map((part) => part.length)).toEqual([10, 10, 3]);
    expect(inParts([])).toEqual([]);
    expect(atFault(ids, 'actionIds.2')).toBe('a2');
    expect([atFault(ids, undefined), atFault(ids, 'actionIds.99'), atFault(ids, 'other.1')]).toEqual([null, null, null]);
  });

  it('goes out together with all that is on its payment, wherever that stands', () => {
    const on = (paymentId: string, ...ids: string[]) => ids.map((id) => ({ id, paymentId }));
    const nine = ['1', '2', '3', '4', '5', '6', '7', '8', '9'].flatMap((id) => on(`pi_${id}`, id));
    expect(inParts([...on('pi_a', 'a1'), ...nine, ...on('pi_b', 'b1', 'b2'), ...on('pi_a', 'a2')])).toEqual([
      ['a1', 'a2', '1', '2', '3', '4', '5', '6', '7', '8'],
      ['9', 'b1', 'b2'],
    ]);
    expect(inParts(Array.from({ length: 12 }, (_, nth) => on('pi_a', `${nth}`)).flat()).map((part) => part.length)).toEqual([12]);
  });
});
