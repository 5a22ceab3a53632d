import { describe, expect, it } from 'vitest';
import { mayBeHeld, type Payment } from '../../main/core/payment/payment.ts';
import { totalsOf } from '../../main/core/payment/totals.ts';
import { paymentView as viewOf } from '../../main/views/views.ts';
import type { PaymentView } from '../../preload/contract.ts';
import { figuresOf } from '../../renderer/today/figures.ts';
import { earlierHolds, neededBefore, ofDay, shownRows } from '../../renderer/today/list.ts';
import {
  attentionBeside,
  changedElsewhereWords,
  givenBackText,
  holdEndSoonWords,
  holdEndWords,
  isAmountLive,
  rowMoves,
  rowText,
} from '../../renderer/today/row-words.ts';
import { scrollShift, steadyOrder } from '../../renderer/today/steady-order.ts';
import { aCapture, aHold, aPayment, NOON_MS } from '../builders.ts';
import { setting } from '../views/setting.ts';
import { closedMove, openMove, paymentView } from './view-builders.ts';

const HOUR = 3_600_000;
const ids = (payments: readonly { id: string }[]) => payments.map((payment) => payment.id);

describe('the day’s list', () => {
  it('has the day’s payments alone, newest first; an unpaid one stands where it was made', () => {
    const early = paymentView({ id: 'early', date: '2026-11-20', paidAtMs: 100 });
    const late = paymentView({ id: 'late', date: '2026-11-20', paidAtMs: 300 });
    const unpaid = paymentView({ id: 'unpaid', date: '2026-11-20', paidAtMs: null, createdAtMs: 200 });
    const other = paymentView({ id: 'other', date: '2026-11-19', paidAtMs: 400 });
    expect(ids(ofDay([early, other, unpaid, late], '2026-11-20'))).toEqual(['late', 'unpaid', 'early']);
  });

  const rows = [
    paymentView({ id: 'hold', state: 'on-hold', reference: 'Table 1' }),
    paymentView({ id: 'with the bank', state: 'taking', takingMinor: 4_200, reference: 'Table 9' }),
    paymentView({ id: 'part', state: 'part-taken', reference: 'Table 2' }),
    paymentView({ id: 'paid', state: 'paid', holdEnds: null, reference: 'Table 3' }),
    paymentView({ id: 'back', state: 'refunded', holdEnds: null, reference: 'Counter 4', attention: 'Look at it.' }),
    paymentView({ id: 'odd', state: 'unknown', status: 'Frozen', holdEnds: null, reference: 'Counter 5' }),
  ];

  it.each([
    ['all', ['hold', 'with the bank', 'part', 'paid', 'back', 'odd']],
    ['on-hold', ['hold', 'part']],
    ['paid', ['paid']],
    ['given-back', ['back']],
    ['attention', ['back']],
    ['not-paid', []],
    ['capturing', ['with the bank']],
  ] as const)('filtered by %s', (filter, expected) => {
    expect(ids(shownRows(rows, '', filter).rows)).toEqual(expected);
  });

  it('has a hold of which a part was captured under On hold until it has ended, as the sums have it', () => {
    const ended = paymentView({ id: 'ended', state: 'part-taken', holdEnds: null });
    expect([ids(shownRows([ended], '', 'on-hold').rows), ids(shownRows([ended], '', 'paid').rows)]).toEqual([[], ['ended']]);
  });

  it('has under On hold what the day’s sums count there, whatever else became of it', () => {
    const capture = (status: string, amountMinor: number) => aCapture({ status, amountMinor });
    const payments = [
      aHold(),
      aHold({ currency: 'JPY' }),
      aHold({ amountMinor: 0 }),
      aHold({ captures: [capture('Successful', 1_000)] }),
      aHold({ captures: [capture('Successful', 1_000)], refundedMinor: 500 }),
      aHold({ captures: [capture('Successful', 1_000)], refundedMinor: 1_000 }),
      aHold({ captures: [capture('Created', 1_000)] }),
      aHold({ captures: [capture('Created', 4_200)] }),
      aHold({ captures: [capture('Declined', 4_200)] }),
      aHold({ status: 'Captured', captures: [capture('Successful', 1_000)] }),
      aHold({ status: 'Captured', captures: [capture('Declined', 4_200)] }),
      aHold({ status: 'Captured', captures: [capture('Successful', 4_200)] }),
      aHold({ status: 'Reversed' }),
      aPayment(),
      aPayment({ status: 'Created' }),
    ].map((payment, nth) => ({ ...payment, id: `pi_${nth}` }));
    for (const nowMs of [NOON_MS, NOON_MS + 30 * 24 * HOUR]) {
      const rest = (payment: Payment) => mayBeHeld(payment, nowMs);
      const summed = payments.filter((payment) => totalsOf([payment], undefined, undefined, rest)[0]?.onHoldCount === 1);
      const views = payments.map((payment) => viewOf(payment, [], { ...setting, nowMs }));
      expect(ids(shownRows(views, '', 'on-hold').rows)).toEqual(ids(summed));
      // None is lost between the filters, and what was given back is counted with that too.
      const filters = ['on-hold', 'capturing', 'paid', 'given-back', 'not-paid'] as const;
      const found = (payment: PaymentView) => filters.filter((filter) => shownRows([payment], '', filter).rows.length > 0);
      for (const view of views) {
        const both = view.refundedMinor > 0 && summed.some(({ id }) => id === view.id);
        expect(found(view), view.id).toEqual(both ? ['on-hold', 'given-back'] : [expect.any(String)]);
      }
    }
  });

  it('counts what each filter would show with the same search', () => {
    expect(shownRows(rows, 'counter', 'on-hold')).toEqual({
      rows: [],
      counts: { all: 2, 'on-hold': 0, attention: 1, paid: 0, 'given-back': 1, 'not-paid': 0, capturing: 0 },
    });
  });

  it('has a hold of which a part is with the bank under what is on hold, as the sums count it, and nowhere else', () => {
    const part = paymentView({ id: 'in part', state: 'taking', totalMinor: 4_200, takenMinor: 1_000, takingMinor: 1_200 });
    const whole = paymentView({ id: 'whole', state: 'taking', totalMinor: 4_200, takenMinor: 1_000, takingMinor: 3_200 });
    const sale = paymentView({ id: 'sale', state: 'taking', captureMode: 'Auto', holdEnds: null, totalMinor: 4_200, takenMinor: 0, takingMinor: 0 });
    expect(ids(shownRows([part, whole, sale], '', 'on-hold').rows)).toEqual(['in part']);
    expect(ids(shownRows([part, whole, sale], '', 'capturing').rows)).toEqual(['whole', 'sale']);
  });

  it('shows what needs attention of earlier days too, and counts it, under that filter alone', () => {
    const earlier = [paymentView({ id: 'of before', state: 'on-hold', reference: 'Counter 6', attention: 'Look at it.' })];
    expect(ids(shownRows(rows, '', 'attention', earlier).rows)).toEqual(['back', 'of before']);
    expect(ids(shownRows(rows, '', 'on-hold', earlier).rows)).toEqual(['hold', 'part']);
    expect(shownRows(rows, '', 'all', earlier).rows).toBe(rows);
    expect(shownRows(rows, 'counter', 'all', earlier).counts).toMatchObject({ all: 2, attention: 2, 'on-hold': 0 });
    expect(
      ids(
        neededBefore(
          [...rows, ...earlier].map((payment) => ({ ...payment, date: '2026-11-19' })),
          '2026-11-20',
        ),
      ),
    ).toEqual(['back', 'of before']);
    expect(neededBefore(rows, rows[0]?.date ?? '')).toEqual([]);
  });

  it('keeps a search of blanks from hiding anything', () => {
    expect(shownRows(rows, '   ', 'all').rows).toBe(rows);
  });
});

describe('holds of earlier days', () => {
  const hold = (id: string, date: string, differs: Parameters<typeof paymentView>[0] = {}) =>
    paymentView({ id, date, state: 'on-hold', leftMinor: 1000, holdEnds: { atMs: 5, action: 'Release' }, ...differs });

  it('are counted, summed by currency, and the first to end is known', () => {
    const holds = [
      hold('a', '2026-11-18'),
      hold('b', '2026-11-19', { holdEnds: { atMs: 2, action: 'Capture' } }),
      hold('c', '2026-11-19', { currency: 'EUR', leftMinor: 50 }),
      hold('today', '2026-11-20'),
      hold('promised', '2026-11-18', { leftMinor: 0 }),
      paymentView({ id: 'paid', date: '2026-11-18', holdEnds: null }),
    ];
    expect(earlierHolds(holds, '2026-11-20')).toEqual({
      count: 3,
      byCurrency: [
        { currency: 'GBP', leftMinor: 2000 },
        { currency: 'EUR', leftMinor: 50 },
      ],
      soonest: { atMs: 2, action: 'Capture' },
    });
  });

  it('are none where there are none', () => {
    expect(earlierHolds([], '2026-11-20')).toEqual({ count: 0, byCurrency: [], soonest: null });
  });
});

describe('a row', () => {
  it.each([
    ['to capture what can be captured, with Release beside it', openMove(), 'release', ['give-back', 'take']],
    ['to capture what is left of a part, with Refund beside it', openMove(), 'refund', ['give-back', 'take']],
    ['to capture alone, where nothing can be given back', openMove(), null, ['take']],
    ['else to give back, by an undo', closedMove(), 'undo', ['give-back']],
    ['or by a refund', closedMove(), 'refund', ['give-back']],
    ['else nothing', closedMove(), null, []],
  ] as const)('offers %s', (_, capture, way, offered) => {
    const { giveBack, ...payment } = paymentView({ capture });
    expect(rowMoves({ ...payment, giveBack: { ...giveBack, way } })).toEqual(offered);
  });

  it('says what was changed at another till, on the list and aloud', () => {
    const changed = paymentView({ changedElsewhere: { atMs: 1, what: '£5.00 was refunded.' } });
    expect(changedElsewhereWords(changed)).toBe('Changed: £5.00 was refunded.');
    expect(rowText(changed, 'Europe/London')).toContain('Changed: £5.00 was refunded.');
    expect(changedElsewhereWords(paymentView())).toBeNull();
  });

  it.each([
    ['a part refund', { state: 'part-refunded', refundedMinor: 500 }, '−£5.00'],
    ['an undone payment', { state: 'undone', captureMode: 'Auto', totalMinor: 4200 }, '−£42.00'],
    ['a released hold, which took nothing', { state: 'undone', captureMode: 'Manual', totalMinor: 4200 }, null],
    ['a paid one', { state: 'paid' }, null],
  ] as const)('shows as given back for %s', (_, differs, text) => {
    expect(givenBackText(paymentView(differs))).toBe(text);
  });

  it.each([
    ['Release', 2 * HOUR, 'Released in 2 h, you lose £42.00'],
    ['Capture', 2 * HOUR, 'Captured in full in 2 h'],
    [null, 2 * HOUR, 'Ends in 2 h'],
    ['Release', -1, 'Released now, you lose £42.00'],
  ] as const)('says what a hold’s end brings: %s', (action, inMs, words) => {
    expect(holdEndWords(paymentView({ leftMinor: 4200, holdEnds: { atMs: HOUR + inMs, action } }), HOUR)).toBe(words);
  });

  it('says the latest where Dojo does not say when the hold began', () => {
    const unsure = paymentView({ leftMinor: 4200, holdEnds: { atMs: 3 * HOUR, action: 'Release', isLatest: true } });
    expect(holdEndWords(unsure, HOUR)).toBe('Released within 2 h, you lose £42.00');
  });

  it('names no sum as lost while a take of it is promised', () => {
    const rest = paymentView({ leftMinor: 4200, holdEnds: { atMs: 3 * HOUR, action: 'Release', isRest: true } });
    expect(holdEndWords(rest, HOUR)).toMatch(/^Released in 2 h, you may lose £42\.00$/);
    const promised = paymentView({ leftMinor: 0, openActionIds: ['a_1'], holdEnds: { atMs: 3 * HOUR, action: 'Release' } });
    expect(holdEndWords(promised, HOUR)).toBe('Released in 2 h: what is not captured by then is lost');
  });

  it('says it on the list for the last 24 hours, and only while there is something to lose', () => {
    const ends = (inMs: number, leftMinor = 4200) => holdEndSoonWords(paymentView({ leftMinor, holdEnds: { atMs: inMs, action: 'Release' } }), 0);
    expect(ends(23 * HOUR)).not.toBeNull();
    expect(ends(25 * HOUR)).toBeNull();
    expect(ends(2 * HOUR, 0)).toBeNull();
  });

  it('dims amounts nobody has paid', () => {
    expect(isAmountLive(paymentView({ state: 'paid' }))).toBe(true);
    expect(isAmountLive(paymentView({ state: 'not-paid' }))).toBe(false);
    expect(isAmountLive(paymentView({ state: 'cancelled' }))).toBe(false);
  });

  it('does not say a bank’s refusal twice', () => {
    expect(attentionBeside(paymentView({ state: 'capture-declined', attention: 'The bank refused.' }))).toBeNull();
    expect(attentionBeside(paymentView({ state: 'on-hold', attention: 'Dojo refused.' }))).toBe('Dojo refused.');
  });

  it('reads as a sentence', () => {
    const payment = paymentView({
      paidAtMs: Date.parse('2026-11-20T14:32:00Z'),
      reference: 'Table 4',
      description: 'Lunch',
      card: { scheme: 'VISA', last4: '1234' },
      state: 'paid',
      captureMode: 'Auto',
      totalMinor: 4200,
    });
    expect(rowText(payment, 'Europe/London')).toBe('14:32, Table 4, Lunch, Visa ending in 1234, Paid, £42.00');
    expect(rowText(payment, 'Europe/London', true)).toBe('Fri 20 Nov, 14:32, Table 4, Lunch, Visa ending in 1234, Paid, £42.00');
  });
});

describe('a list that is held', () => {
  const [a, b, c] = [paymentView({ id: 'a' }), paymentView({ id: 'b' }), paymentView({ id: 'c' })];
  const find = (known: readonly { id: string }[]) => (id: string) => known.find((payment) => payment.id === id) as ReturnType<typeof paymentView> | undefined;

  it('keeps its order and says how many wait', () => {
    expect(steadyOrder(['b', 'a'], [c, b, a], find([a, b, c]))).toEqual({ rows: [b, a], heldBackCount: 1 });
  });

  it('shows what is known of its rows now', () => {
    const changed = { ...a, totalMinor: 1 };
    expect(steadyOrder(['a'], [changed], find([changed])).rows[0]).toBe(changed);
  });

  it('keeps a row that no longer fits, and loses one that is gone', () => {
    expect(steadyOrder(['a', 'b'], [], find([a]))).toEqual({ rows: [a], heldBackCount: 0 });
  });
});

describe('the scroll after rows came or went', () => {
  it.each([
    ['at the top nothing moves', ['a', 'b'], ['new', 'a', 'b'], 0, 0],
    ['one above pushes down by a row', ['a', 'b', 'c'], ['new', 'a', 'b', 'c'], 60, 60],
    ['one gone above pulls up', ['a', 'b', 'c'], ['b', 'c'], 60, -60],
    ['one below does nothing', ['a', 'b', 'c'], ['a', 'b', 'c', 'new'], 60, 0],
    ['the first in sight is gone: the next one counts', ['a', 'b', 'c'], ['new', 'a', 'c'], 60, 0],
    ['all are new', ['a', 'b'], ['x', 'y'], 60, 0],
  ])('%s', (_, before, after, scrollTop, shift) => {
    expect(scrollShift(before, after, scrollTop, 60)).toBe(shift);
  });
});

describe('the figures', () => {
  const row = { onHoldMinor: 0, onHoldCount: 0, takingMinor: 0, takenMinor: 0, takenCount: 0, givenBackMinor: 0, givenBackCount: 0 };
  const totals = {
    isComplete: true,
    byCurrency: [
      { ...row, currency: 'GBP' },
      { ...row, currency: 'EUR', takenMinor: 500, takenCount: 2 },
    ],
    attentionCount: 0,
  };

  it('show the main currency always and another where it has something; they are never added up', () => {
    expect(figuresOf(totals, 'taken')).toEqual({
      count: 2,
      sums: [
        { currency: 'GBP', amountMinor: 0 },
        { currency: 'EUR', amountMinor: 500 },
      ],
    });
    expect(figuresOf(totals, 'onHold').sums).toEqual([{ currency: 'GBP', amountMinor: 0 }]);
  });

  it('have what stays with the shop, below zero where more was given back than came in', () => {
    const byCurrency = [
      { ...row, currency: 'GBP', onHoldMinor: 9_900, takingMinor: 700, takenMinor: 2_349, givenBackMinor: 999 },
      { ...row, currency: 'EUR', takenMinor: 500, givenBackMinor: 800 },
    ];
    expect(figuresOf({ ...totals, byCurrency }, 'net').sums).toEqual([
      { currency: 'GBP', amountMinor: 1_350 },
      { currency: 'EUR', amountMinor: -300 },
    ]);
  });
});
