import { describe, expect, it } from 'vitest';
import type { LastLook } from '../../main/core/payment/last-look.ts';
import type { Capture } from '../../main/core/payment/payment.ts';
import { baselineOf } from '../../main/core/queue/evidence.ts';
import { twoSides } from '../../main/words/two-sides.ts';
import { aCapture, aHold, anAction, anOutcome, aPayment, LONDON, MINUTE_MS, NOON_MS } from '../builders.ts';

const sent = { state: 'needsPerson', sends: 1, firstSentAtMs: NOON_MS, sentAtMs: NOON_MS } as const;

describe('the two sides of what needs a person', () => {
  it('of a refund are the sum that Dojo shows, and what this till sent', () => {
    const sale = aPayment();
    const refund = anAction({ ...sent, move: { kind: 'refund', amount: 500 }, baseline: baselineOf(sale, NOON_MS) });
    expect(twoSides(refund, { ...sale, refundedMinor: 1000 }, [], LONDON)).toEqual({
      dojo: 'Dojo shows £10.00 refunded, £0.00 before.',
      till: 'This till sent a refund of £5.00 at 12:00.',
    });
    expect(twoSides({ ...refund, sends: 2 }, sale, [], LONDON)).toEqual({
      dojo: 'Dojo shows £0.00 refunded.',
      till: 'This till sent a refund of £5.00 2 times at 12:00.',
    });
    expect(twoSides({ ...refund, sends: 3, sentAtMs: NOON_MS + 6 * MINUTE_MS }, sale, [], LONDON).till).toBe(
      'This till sent a refund of £5.00 3 times, first at 12:00 and last at 12:06.',
    );
  });

  it('say where Dojo does not know the payment with this key', () => {
    const hold = aHold();
    const capture = anAction({ ...sent, baseline: baselineOf(hold, NOON_MS) });
    const dojo = (look: LastLook) => twoSides(capture, hold, [], LONDON, look).dojo;
    expect(dojo({ kind: 'read', readAtMs: NOON_MS })).toBe('Dojo shows no capture.');
    expect(dojo({ kind: 'unknown', readAtMs: null })).toBe('Dojo does not know this payment with this key.');
    expect(twoSides(capture, null, [], LONDON, { kind: 'unread', readAtMs: null }).dojo).toBe('Dojo was not read yet.');
  });

  it('of a capture are the captures that were not there before', () => {
    const old = aCapture({ id: 'cp_old', amountMinor: 700 });
    const hold = aHold({ captures: [old] });
    const capture = anAction({ ...sent, baseline: baselineOf(hold, NOON_MS) });
    const fresh = [1, 2].map((minute) => aCapture({ createdAtMs: NOON_MS + minute * MINUTE_MS }));
    expect(twoSides(capture, { ...hold, captures: [old, ...fresh] }, [], LONDON).dojo).toBe(
      'Dojo shows a capture of £20.00 at 12:01 and a capture of £20.00 at 12:02.',
    );
    const declined = fresh.map((each, nth) => ({ ...each, status: nth === 0 ? ('Declined' as const) : each.status }));
    expect(twoSides(capture, { ...hold, captures: [old, ...declined] }, [], LONDON).dojo).toBe(
      'Dojo shows a capture of £20.00 at 12:01 (it took nothing) and a capture of £20.00 at 12:02.',
    );
    expect(twoSides(capture, hold, [], LONDON).dojo).toBe('Dojo shows no new capture.');
    expect(twoSides(capture, { ...hold, captures: null }, [], LONDON).dojo).toContain('lists no captures');
  });

  describe('tell this till’s own other moves apart', () => {
    const done = { ...sent, state: 'done' } as const;

    it('of two equal parts, of which one was captured', () => {
      const hold = aHold();
      const known = baselineOf(hold, NOON_MS);
      const ours = aCapture({ id: 'cp_ours', createdAtMs: NOON_MS + MINUTE_MS });
      const theirs = aCapture({ id: 'cp_theirs', createdAtMs: NOON_MS + 2 * MINUTE_MS });
      const other = anAction({ ...done, decidedOn: known, baseline: known, outcome: anOutcome({ captureId: 'cp_ours' }) });
      const capture = anAction({ state: 'needsPerson', decidedOn: known });
      const dojo = (captures: readonly Capture[], action = capture) => twoSides(action, { ...hold, captures }, [other], LONDON).dojo;
      expect(dojo([ours])).toBe('Dojo shows no new capture but this till’s own: £20.00 at 12:01.');
      expect(dojo([ours, theirs])).toBe('Dojo shows a capture of £20.00 at 12:02, besides this till’s own: £20.00 at 12:01.');
      expect(dojo([ours], { ...capture, decidedOn: null })).toBe('Dojo shows no capture but this till’s own: £20.00 at 12:01.');
      expect(dojo([{ ...ours, status: 'Declined' }])).toBe('Dojo shows no new capture but this till’s own: £20.00 at 12:01 (it took nothing).');
      // What a person had called done, and was given up when this was decided, may not have made it.
      const given = { ...other, changedAtMs: NOON_MS - 25 * 60 * MINUTE_MS, outcome: anOutcome({ settledBy: 'person' as const }) };
      expect(twoSides(capture, { ...hold, captures: [ours] }, [given], LONDON).dojo).toBe('Dojo shows a capture of £20.00 at 12:01.');
      // Known to be there before, it is no news of anybody's.
      expect(dojo([ours], { ...capture, decidedOn: { ...known, captureIds: ['cp_ours'] } })).toBe('Dojo shows no new capture.');
    });

    it('of a refund, as far as they are in what Dojo shows', () => {
      const sale = aPayment();
      const known = baselineOf(sale, NOON_MS);
      const other = anAction({ ...done, move: { kind: 'refund', amount: 500 }, decidedOn: known, baseline: known, outcome: anOutcome() });
      const refund = anAction({ state: 'needsPerson', move: { kind: 'refund', amount: 500 }, decidedOn: known });
      const dojo = (refundedMinor: number) => twoSides(refund, { ...sale, refundedMinor }, [other], LONDON).dojo;
      expect(dojo(500)).toBe('Dojo shows £5.00 refunded, £0.00 before: £5.00 of it by this till’s other refunds.');
      expect(dojo(1200)).toBe('Dojo shows £12.00 refunded, £0.00 before: £5.00 of it by this till’s other refunds.');
      expect(dojo(300)).toBe('Dojo shows £3.00 refunded, £0.00 before: £3.00 of it by this till’s other refunds.');
      expect(dojo(0)).toBe('Dojo shows £0.00 refunded.');
    });
  });

  it('of a capture that Dojo says it did not do are that, never that it was not sent', () => {
    const hold = aHold();
    const denied = anAction({ ...sent, sends: 0, baseline: baselineOf(hold, NOON_MS) });
    expect(twoSides(denied, hold, [], LONDON).till).toBe('This till sent a capture of £20.00 at 12:00, and Dojo answered that it did nothing.');
  });

  it('of a release that was never sent say so', () => {
    const hold = aHold();
    const release = anAction({ state: 'needsPerson', move: { kind: 'reverse' }, decidedOn: baselineOf(hold, NOON_MS) });
    expect(twoSides(release, hold, [], LONDON)).toEqual({ dojo: 'Dojo shows the payment on hold.', till: 'This till has no record of sending its release.' });
    expect(twoSides(release, null, [], LONDON).dojo).toBe('Dojo was not read yet.');
  });
});
