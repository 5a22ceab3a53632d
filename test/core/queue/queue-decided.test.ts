import { describe, expect, it } from 'vitest';
import type { Payment } from '../../../main/core/payment/payment.ts';
import type { Action } from '../../../main/core/queue/action.ts';
import { baselineOf, SETTLING_MS, takesAllThatIsLeft } from '../../../main/core/queue/evidence.ts';
import { isReleasable, isRetryable, isSettleable } from '../../../main/core/queue/queue-state.ts';
import { aCapture, aHold, anAction, anOutcome, aPayment, HOUR_MS, MINUTE_MS, NOON_MS } from '../../builders.ts';
import { aPlay, lost } from './queue-play.ts';

const PART = { kind: 'capture', amount: 3_000 } as const;
const REFUND = { kind: 'refund', amount: 500 } as const;
const hold = aHold({ id: 'pi_test', amountMinor: 10_000 });
const sale = aPayment({ id: 'pi_test' });
const captured = (...captures: Parameters<typeof aCapture>[0][]): Payment => ({
  ...hold,
  captures: captures.map((changes) => aCapture({ amountMinor: 3_000, ...changes })),
});
const decided = (move: Action['move'], known: Payment, changes: Partial<Action> = {}) =>
  anAction({ id: 'a1', seq: 5, move, decidedOn: baselineOf(known, NOON_MS), ...changes });
/** Read for the first time before a send, an hour after the decision. */
const firstRead = (action: Action, now: Payment, others: readonly Action[] = []) => {
  const play = aPlay([...others, action]);
  play.pass(HOUR_MS);
  play.read(action, now);
  return play;
};

describe('at the first send, what was known at the decision', () => {
  it.each<readonly [string, Action['move'], known: Payment, now: Payment, others: readonly Action[], goes: boolean]>([
    ['is as it was', PART, hold, hold, [], true],
    ['a capture of the same total appeared: a copy of this till, another till, an older disk', PART, hold, captured({ id: 'cp_1' }), [], false],
    ['it has the same total with tips', PART, hold, captured({ id: 'cp_1', amountMinor: 2_500, tipsMinor: 500 }), [], false],
    ['a capture of another total appeared', PART, hold, captured({ id: 'cp_1', amountMinor: 2_999 }), [], true],
    ['the same total was there before', PART, captured({ id: 'cp_1' }), captured({ id: 'cp_1' }), [], true],
    ['the same total appeared and was declined: it took nothing', PART, hold, captured({ id: 'cp_1', status: 'Declined' }), [], true],
    [
      'the same total appeared, done by another action here',
      PART,
      hold,
      captured({ id: 'cp_1' }),
      [anAction({ id: 'a0', seq: 1, state: 'done', move: PART, outcome: anOutcome({ captureId: 'cp_1' }) })],
      true,
    ],
    [
      'done by another action here, whose id no list shows',
      PART,
      hold,
      captured({ id: 'cp_1' }),
      [anAction({ id: 'a0', seq: 1, state: 'done', move: PART, outcome: anOutcome({ captureId: '1' }) })],
      true,
    ],
    [
      'captures were not listed then; one of the total is from before',
      PART,
      { ...hold, captures: null },
      captured({ id: 'cp_1', createdAtMs: NOON_MS - HOUR_MS }),
      [],
      true,
    ],
    [
      'captures were not listed then; one of the total is newer',
      PART,
      { ...hold, captures: null },
      captured({ id: 'cp_1', createdAtMs: NOON_MS + 1 }),
      [],
      false,
    ],
    ['refunded by as much', REFUND, sale, { ...sale, refundedMinor: 500 }, [], false],
    ['refunded by more', REFUND, sale, { ...sale, refundedMinor: 900 }, [], false],
    ['refunded by less', REFUND, sale, { ...sale, refundedMinor: 499 }, [], true],
    [
      'refunded by as much, done by another action here',
      REFUND,
      sale,
      { ...sale, refundedMinor: 500 },
      [anAction({ id: 'a0', seq: 1, state: 'done', move: REFUND, firstSentAtMs: NOON_MS + 1, baseline: baselineOf(sale, NOON_MS) })],
      true,
    ],
    [
      'refunded by as much beside another action here, which found that already there',
      REFUND,
      sale,
      { ...sale, refundedMinor: 1_000 },
      [anAction({ id: 'a0', seq: 1, state: 'done', move: REFUND, firstSentAtMs: NOON_MS + 1, baseline: baselineOf({ ...sale, refundedMinor: 500 }, NOON_MS) })],
      false,
    ],
  ])('%s', (_, move, known, now, others, goes) => {
    const play = firstRead(decided(move, known), now, others);
    expect(play.sends()).toEqual(goes ? ['a1'] : []);
    if (!goes) expect(play.action('a1')).toMatchObject({ state: 'needsPerson', sends: 0, outcome: { code: 'changed-since' } });
  });

  it('is missing, because an older till wrote the action: a person decides', () => {
    const play = firstRead(decided(PART, hold, { decidedOn: null }), hold);
    expect(play.sends()).toEqual([]);
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'no-record' } });
  });

  it('does not matter where the rules have closed the move: it is refused, with their reason', () => {
    const play = firstRead(decided({ kind: 'capture', amount: 10_000 }, hold), captured({ id: 'cp_1', amountMinor: 10_000 }));
    expect(play.action('a1')).toMatchObject({ state: 'refused', outcome: { code: 'nothing-left' } });
    expect(play.sends()).toEqual([]);
  });
});

describe('a ledger that finds itself elsewhere', () => {
  const open = [
    anAction({ id: 'waits', seq: 1, paymentId: 'pi_1' }),
    anAction({ id: 'checks', seq: 2, paymentId: 'pi_2', state: 'checking', sends: 1, sentAtMs: NOON_MS, baseline: baselineOf(hold, NOON_MS) }),
    anAction({ id: 'ended', seq: 3, paymentId: 'pi_3', state: 'done' }),
    anAction({ id: 'others', seq: 4, paymentId: 'pi_4', accountId: 'acc_2' }),
  ];

  it('hands every open action to a person, of every account, and sends nothing', () => {
    const play = aPlay(open, { gate: 'no-key' });
    play.event({ type: 'moved', why: 'moved', accountId: null });
    expect(['waits', 'checks', 'ended', 'others'].map((id) => play.action(id).state)).toEqual(['needsPerson', 'needsPerson', 'done', 'needsPerson']);
    play.event({ type: 'gate', gate: 'open', accountId: 'acc_1' });
    play.pass(HOUR_MS);
    expect([...play.reads(), ...play.sends()]).toEqual([]);
    // A reading could prove nothing: the other copy may send it at any time.
    expect(isRetryable(play.action('checks'))).toBe(false);
  });

  it('lets one go out again when a person releases it, with what is known now and the same key', () => {
    const play = aPlay(open, { gate: 'no-key' });
    play.event({ type: 'moved', why: 'moved', accountId: null });
    play.event({ type: 'gate', gate: 'open', accountId: 'acc_1' });
    const now = { ...captured({ id: 'cp_1' }), id: 'pi_1' };
    const before = play.action('waits');
    play.event({ type: 'release', actionId: 'waits', decidedOn: baselineOf(now, NOON_MS) });
    expect(play.reads()).toEqual(['waits']);
    play.read(before, now);
    expect(play.sent()).toMatchObject([{ actionId: 'waits', idempotencyKey: before.idempotencyKey }]);
  });

  it('releases nothing that is not a person’s', () => {
    const play = aPlay([anAction({ id: 'ended', state: 'done' }), anAction({ id: 'waits', paymentId: 'pi_2' })], { paused: true });
    for (const actionId of ['ended', 'waits', 'none']) play.event({ type: 'release', actionId, decidedOn: baselineOf(hold, NOON_MS) });
    expect(play.effects().filter((effect) => !effect.startsWith('wake'))).toEqual([]);
    expect(isReleasable(play.state(), play.action('waits'))).toBe(false);
    expect(isReleasable(play.state(), anAction({ state: 'needsPerson', move: { kind: 'sendReceipt', emails: [] } }))).toBe(false);
    expect(isReleasable(play.state(), anAction({ state: 'needsPerson', move: { kind: 'sendReceipt', emails: ['a@example.com'] } }))).toBe(true);
  });
});

describe('a part capture of unknown outcome', () => {
  const lostPart = () => lost({ move: PART, decidedOn: baselineOf(hold, NOON_MS) }, hold);

  it('is never sent again by itself: from the end of the settling time a person may settle or release it', () => {
    const { action, play } = lostPart();
    play.pass(SETTLING_MS);
    play.read(action, hold);
    expect(play.action('a1')).toMatchObject({ state: 'checking', outcome: { code: 'absent-part' } });
    expect(isSettleable(play.state(), play.action('a1')) && isReleasable(play.state(), play.action('a1'))).toBe(true);
    for (let more = 0; more < 20; more++) {
      play.pass(25_000);
      if (play.reads().length > 0) play.read(action, hold);
      expect(play.sends()).toEqual([]);
    }
  });

  it('is nobody’s to settle before that', () => {
    const { play } = lostPart();
    expect(isSettleable(play.state(), play.action('a1')) || isReleasable(play.state(), play.action('a1'))).toBe(false);
  });

  it('is a person’s alone after ten minutes', () => {
    const { action, play } = lostPart();
    play.pass(SETTLING_MS);
    play.read(action, hold);
    play.pass(10 * MINUTE_MS - SETTLING_MS - 1);
    play.read(action, hold);
    expect(play.action('a1').state).toBe('checking');
    play.pass(30_000);
    play.read(action, hold);
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'absent-part' } });
  });

  it('that shows before the end of the settling time is not called done yet: another till’s may be the one that shows', () => {
    const { action, play } = lostPart();
    play.pass(5_000);
    play.read(action, captured({ id: 'cp_1' }));
    expect(play.action('a1').state).toBe('checking');
    play.pass(SETTLING_MS);
    play.read(action, captured({ id: 'cp_1' }));
    expect(play.action('a1')).toMatchObject({ state: 'done', outcome: { captureId: 'cp_1', settledBy: 'evidence' } });
  });

  it.each<readonly [string, Payment]>([
    ['two of them show', captured({ id: 'cp_1' }, { id: 'cp_2' })],
    ['one shows that was made two minutes after the settling time began', captured({ id: 'cp_1', createdAtMs: NOON_MS + SETTLING_MS + 30_001 })],
  ])('where %s a person decides', (_, shows) => {
    const { action, play } = lostPart();
    play.pass(SETTLING_MS + MINUTE_MS);
    play.read(action, shows);
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'conflict' } });
  });

  it('that comes late, after a person was asked, is found when a person looks again', () => {
    const { action, play } = lostPart();
    play.pass(SETTLING_MS);
    play.read(action, hold);
    play.pass(10 * MINUTE_MS);
    play.read(action, hold);
    play.event({ type: 'retryNow', actionId: 'a1' });
    play.read(action, hold);
    play.pass(SETTLING_MS);
    play.read(action, captured({ id: 'cp_1', createdAtMs: NOON_MS + SETTLING_MS }));
    expect(play.action('a1')).toMatchObject({ state: 'done', outcome: { captureId: 'cp_1' } });
    expect(play.sends()).toEqual([]);
  });
});

describe('all that is left', () => {
  const charged = aHold({ amountMinor: 10_000, tipsMinor: 500, serviceChargeMinor: 1_250, totalMinor: 11_000 });
  it.each<readonly [string, amount: number, Payment, boolean]>([
    ['the whole', 10_000, hold, true],
    ['a penny less', 9_999, hold, false],
    ['the rest after a part', 7_000, captured({ amountMinor: 3_000 }), true],
    ['the rest, where the part was declined', 7_000, captured({ amountMinor: 3_000, status: 'Declined' }), false],
    ['amount and tips, without the charge', 10_500, charged, true],
    ['Dojo’s own total', 11_000, charged, true],
    ['half of it: a second one would fit', 5_250, charged, false],
    ['by a total so small that a second one would fit', 2_000, { ...hold, totalMinor: 2_000 }, false],
    ['the whole, where no captures are listed', 10_000, { ...hold, captures: null }, true],
    ['a part, where no captures are listed', 3_000, { ...hold, captures: null }, false],
  ])('%s', (_, amount, payment, isAll) => {
    expect(takesAllThatIsLeft({ kind: 'capture', amount }, payment)).toBe(isAll);
  });
});

describe('a capture of all that is left, unknown', () => {
  it('is done as soon as nothing is left: nobody can capture more', () => {
    const { action, play } = lost({ move: { kind: 'capture', amount: 10_000 } }, hold);
    play.pass(1_000);
    play.read(action, captured({ id: 'cp_1', amountMinor: 10_000 }));
    expect(play.action('a1')).toMatchObject({ state: 'done', outcome: { captureId: 'cp_1' } });
  });

  it('of the rest of a hold is sent again once it is absent: Dojo itself would refuse a second one', () => {
    const begun = captured({ id: 'cp_0', amountMinor: 7_000 });
    const { action, play } = lost({ move: PART, decidedOn: baselineOf(begun, NOON_MS) }, begun);
    play.pass(SETTLING_MS);
    play.read(action, begun);
    play.read(action, begun);
    expect(play.sends()).toEqual(['a1']);
  });

  describe('of the rest of a hold, while the bank may still decline an earlier capture', () => {
    const begun = captured({ id: 'cp_0', amountMinor: 7_000, status: 'Created' });
    const withBank = () => {
      const { action, play } = lost({ move: PART, decidedOn: baselineOf(begun, NOON_MS) }, begun);
      play.pass(SETTLING_MS);
      play.read(action, begun);
      expect(play.action('a1')).toMatchObject({ state: 'checking', outcome: { code: 'absent-part' } });
      return { action, play };
    };

    it('is a part: a second one would fit where the bank declines', () => {
      const { action, play } = withBank();
      play.pass(MINUTE_MS);
      play.read(action, captured({ id: 'cp_0', amountMinor: 7_000, status: 'Declined' }));
      expect(play.action('a1').state).toBe('checking');
      play.pass(10 * MINUTE_MS);
      play.read(action, captured({ id: 'cp_0', amountMinor: 7_000, status: 'Declined' }));
      expect(play.sends()).toEqual([]);
      expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'absent-part' } });
    });

    it('is sent again once the bank took that one', () => {
      const { action, play } = withBank();
      play.pass(MINUTE_MS);
      play.read(action, captured({ id: 'cp_0', amountMinor: 7_000 }));
      expect(play.action('a1').state).toBe('waiting');
      play.read(action, captured({ id: 'cp_0', amountMinor: 7_000 }));
      expect(play.sends()).toEqual(['a1']);
    });
  });

  it('that is a part by the reading before it goes out again is not sent', () => {
    const begun = captured({ id: 'cp_0', amountMinor: 7_000 });
    const { action, play } = lost({ move: PART, decidedOn: baselineOf(begun, NOON_MS) }, begun);
    play.pass(SETTLING_MS);
    play.read(action, begun);
    expect(play.action('a1').state).toBe('waiting');
    play.read(action, captured({ id: 'cp_0', amountMinor: 7_000, status: 'Declined' }));
    expect(play.sends()).toEqual([]);
    expect(play.action('a1')).toMatchObject({ state: 'needsPerson', outcome: { code: 'absent-part' } });
  });
});
