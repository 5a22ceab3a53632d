import { describe, expect, it } from 'vitest';
import type { GiveBackView, GiveBackWay } from '../../preload/contract.ts';
import { formatMoney } from '../../renderer/format.ts';
import { secondRefundInWords } from '../../renderer/give-back/second-refund.ts';
import { changeInWords, standingKey, standingOf } from '../../renderer/give-back/standing.ts';
import { closedMove, openMove, paymentView } from './view-builders.ts';

const MIDNIGHT_MS = Date.parse('2026-11-21T00:00:00Z');
const BEFORE_MS = MIDNIGHT_MS - 1_000;
const money = (minor: number) => formatMoney(minor, 'GBP');
const giveBack = (way: GiveBackWay | null, rest: Partial<GiveBackView> = {}): GiveBackView => ({
  way,
  why: 'Because.',
  customerSees: null,
  instead: null,
  closed: [],
  ...rest,
});
const REVERSAL = openMove({ minMinor: null, maxMinor: null, deadlineMs: MIDNIGHT_MS });

/** A sale of £20.00 of today, which can be undone or refunded in part. */
const sale = paymentView({
  captureMode: 'Auto',
  totalMinor: 2000,
  reverse: REVERSAL,
  refund: openMove({ maxMinor: 2000 }),
  giveBack: giveBack('undo', { instead: { way: 'refund', note: 'A fee.', customerSees: 'Soon.' } }),
});
/** The same on the next day. */
const tomorrow = paymentView({
  captureMode: 'Auto',
  totalMinor: 2000,
  reverse: closedMove('The day is over.'),
  refund: openMove({ maxMinor: 2000 }),
  giveBack: giveBack('refund', { closed: [{ way: 'undo', reason: 'The day is over.' }] }),
});
const gone = paymentView({ reverse: closedMove(), giveBack: giveBack(null) });
const refundable = (maxMinor: number) => paymentView({ reverse: closedMove(), refund: openMove({ maxMinor }), giveBack: giveBack('refund') });

describe('what stands in the dialog', () => {
  it('is main’s pick with its amount and deadline, and what is open beside it', () => {
    expect(standingOf(sale, BEFORE_MS)).toEqual({
      pick: { way: 'undo', amountMinor: 2000, deadlineMs: MIDNIGHT_MS },
      instead: { way: 'refund', amountMinor: 2000, deadlineMs: null },
      isOver: false,
    });
  });

  it('of a refund is what is left, not the payment', () => {
    expect(standingOf(refundable(1500), BEFORE_MS).pick).toEqual({ way: 'refund', amountMinor: 1500, deadlineMs: null });
  });

  it('loses the pick at its deadline, before main has said anything, and does not put another in its place', () => {
    expect(standingOf(sale, BEFORE_MS)).toMatchObject({ isOver: false });
    expect(standingOf(sale, MIDNIGHT_MS)).toMatchObject({ pick: null, isOver: true });
  });

  it('has no pick whose move is closed', () => {
    expect(standingOf(paymentView({ reverse: closedMove(), giveBack: giveBack('release') }), BEFORE_MS).pick).toBeNull();
  });

  it('asks the same while only the deadline moves', () => {
    const later = { ...sale, moves: { ...sale.moves, reverse: openMove({ minMinor: null, maxMinor: null, deadlineMs: MIDNIGHT_MS + 1 }) } };
    expect(standingOf(later, BEFORE_MS).pick?.deadlineMs).toBe(MIDNIGHT_MS + 1);
    expect(standingKey(standingOf(later, BEFORE_MS))).toBe(standingKey(standingOf(sale, BEFORE_MS)));
  });
});

describe('a change while the dialog is open', () => {
  const change = (before: typeof sale, now: typeof sale, nowMs = BEFORE_MS) => changeInWords(standingOf(before, BEFORE_MS), standingOf(now, nowMs), now, money);

  it.each([
    ['midnight turns an undo into a refund', sale, tomorrow, '“Reverse today’s payment” is no longer offered. The day is over. Now it is: refund.'],
    ['nothing is possible any more', sale, gone, '“Reverse today’s payment” is no longer offered.'],
    ['something is possible again', gone, sale, 'Now it is: reverse today’s payment.'],
    ['another till refunded a part', refundable(2000), refundable(1500), 'The amount changed from £20.00 to £15.00.'],
    [
      'the line drops, and no part can be refunded',
      sale,
      { ...sale, giveBack: giveBack('undo', { closed: [{ way: 'refund', reason: 'Offline.' }] }) },
      'A refund of only a part is no longer possible.',
    ],
    ['the connection is back', { ...sale, giveBack: giveBack('undo') }, sale, 'A refund of only a part is possible now as well.'],
  ])('is said: %s', (_, before, now, words) => {
    expect(change(before, now)).toBe(words);
  });

  it('is said at the deadline itself', () => {
    expect(change(sale, sale, MIDNIGHT_MS)).toBe('“Reverse today’s payment” is no longer offered.');
  });

  it('is none where the person is asked the same', () => {
    expect(change(sale, { ...sale, updatedAtMs: 99_999, giveBack: { ...sale.giveBack, why: 'Said otherwise.' } })).toBeNull();
  });
});

describe('a second refund', () => {
  const recent = { amountMinor: 500, atMs: BEFORE_MS - 3 * 60_000 };
  const refused = { code: 'second-refund', message: 'It was refunded a moment ago.' } as const;

  it('is known from the view, with how much and when', () => {
    expect(secondRefundInWords(recent, null, 'GBP', BEFORE_MS)).toBe('A refund of £5.00 was decided or sent 3 minutes ago.');
    expect(secondRefundInWords(recent, refused, 'GBP', BEFORE_MS)).toContain('3 minutes ago');
  });

  it('or from main’s refusal, where the view did not say it yet', () => {
    expect(secondRefundInWords(null, refused, 'GBP', BEFORE_MS)).toBe('It was refunded a moment ago.');
  });

  it('is none without either, and no other refusal asks for it', () => {
    expect(secondRefundInWords(null, null, 'GBP', BEFORE_MS)).toBeNull();
    expect(secondRefundInWords(null, { code: 'amount', message: 'Too much.' }, 'GBP', BEFORE_MS)).toBeNull();
  });
});
