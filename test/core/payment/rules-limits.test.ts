import { describe, expect, it } from 'vitest';
import type { Payment } from '../../../main/core/payment/payment.ts';
import { type Case, leftOf, leftToRefundMinor, leftToTakeMinor, openCapturesMinor, reservedMinor } from '../../../main/core/payment/rule-context.ts';
import { movesOf, refusalOf, ruleFor } from '../../../main/core/payment/rules.ts';
import type { Action, Move } from '../../../main/core/queue/action.ts';
import { baselineOf, capturedHereMinor } from '../../../main/core/queue/evidence.ts';
import { aCapture, aCase, aHold, anAction, anOutcome, anUnpaid, aPayment, DAY_MS, HOUR_MS, MINUTE_MS, NOON_MS } from '../../builders.ts';

const yesterday = { createdAtMs: NOON_MS - DAY_MS, paidAtMs: NOON_MS - DAY_MS };

describe('the undo of a sale', () => {
  const undo = { kind: 'reverse' } as const;
  const sale = (paidAtMs: number) => aPayment({ createdAtMs: paidAtMs, paidAtMs });
  it.each([
    // [zone, paid at, the shop's midnight after it]
    ['Europe/London', '2026-06-15T10:00Z', '2026-06-15T23:00Z'],
    ['Europe/London', '2026-03-29T00:30Z', '2026-03-29T23:00Z'],
    ['Europe/London', '2026-10-25T00:30Z', '2026-10-26T00:00Z'],
    ['America/New_York', '2026-06-15T03:59Z', '2026-06-15T04:00Z'],
    ['Asia/Kolkata', '2026-06-15T18:29:59Z', '2026-06-15T18:30Z'],
    ['Pacific/Apia', '2026-06-14T11:00Z', '2026-06-15T11:00Z'],
    ['Australia/Lord_Howe', '2026-10-03T13:30Z', '2026-10-04T13:00Z'],
  ])('in %s, paid %s, is open until the last millisecond before %s', (zone, paid, midnight) => {
    const payment = sale(Date.parse(paid));
    const midnightMs = Date.parse(midnight);
    const before = aCase({ payment, zone, nowMs: midnightMs - 1 });
    expect(ruleFor('reverse', before)).toMatchObject({ open: true, deadlineAtMs: midnightMs });
    expect(refusalOf(undo, before)).toBeNull();
    expect(ruleFor('reverse', { ...before, nowMs: midnightMs })).toMatchObject({ open: false, code: 'day-over' });
    expect(refusalOf(undo, { ...before, nowMs: midnightMs })).toMatchObject({ code: 'day-over' });
  });
});

describe('the undo of a sale of which Dojo does not say when it was paid', () => {
  const MIDNIGHT_MS = Date.parse('2026-06-15T23:00Z');
  const sale = (createdAtMs: number, updatedAtMs: number) => aPayment({ createdAtMs, updatedAtMs, paidAtMs: null });
  const ofToday = sale(NOON_MS - 3 * HOUR_MS, NOON_MS - HOUR_MS);
  const overMidnight = sale(NOON_MS - DAY_MS, NOON_MS - HOUR_MS);

  it('is open, offline too, where it can only have been paid today', () => {
    for (const online of [true, false])
      expect(ruleFor('reverse', aCase({ payment: ofToday, online }))).toMatchObject({ open: true, deadlineAtMs: MIDNIGHT_MS, caution: null });
  });

  it('is for Dojo to decide where it was made earlier and may have been paid today: never queued', () => {
    const rule = ruleFor('reverse', aCase({ payment: overMidnight }));
    expect(rule).toMatchObject({ open: true, deadlineAtMs: MIDNIGHT_MS });
    expect(rule.open && rule.caution).toContain('Dojo decides');
    expect(ruleFor('reverse', aCase({ payment: overMidnight, online: false }))).toMatchObject({ open: false, code: 'offline' });
    expect(ruleFor('reverse', aCase({ payment: overMidnight, nowMs: MIDNIGHT_MS }))).toMatchObject({ open: false, code: 'day-over' });
  });

  it('is open, offline too, where the readings saw it unpaid today, whatever changed since', () => {
    const seen = { ...overMidnight, unpaidUntilMs: NOON_MS - 2 * HOUR_MS, firstPaidMs: NOON_MS - HOUR_MS };
    for (const online of [true, false])
      expect(ruleFor('reverse', aCase({ payment: seen, online }))).toMatchObject({ open: true, deadlineAtMs: MIDNIGHT_MS, caution: null });
  });

  it('is closed where the readings saw it paid on an earlier day, though it changed today', () => {
    const seen = { ...overMidnight, firstPaidMs: NOON_MS - DAY_MS };
    expect(ruleFor('reverse', aCase({ payment: seen }))).toMatchObject({ open: false, code: 'day-over' });
  });

  it('is closed where it has been as it is since an earlier day', () => {
    const payment = sale(NOON_MS - 2 * DAY_MS, NOON_MS - DAY_MS);
    expect(ruleFor('reverse', aCase({ payment }))).toMatchObject({ open: false, code: 'day-over' });
  });
});

describe('the release of a hold', () => {
  it('is the same-day undo until midnight, without a caution', () => {
    expect(ruleFor('reverse', aCase())).toMatchObject({ open: true, caution: null, deadlineAtMs: Date.parse('2026-06-15T23:00Z') });
  });
  it('ends with the hold where that is before midnight', () => {
    const payment = aHold({ autoExpireInMs: 2 * HOUR_MS });
    expect(ruleFor('reverse', aCase({ payment }))).toMatchObject({ deadlineAtMs: NOON_MS + HOUR_MS });
  });
  it('of which Dojo does not say when it was authorised is open until the latest that it may end', () => {
    const rule = ruleFor(
      'reverse',
      aCase({ payment: aHold({ createdAtMs: NOON_MS - DAY_MS, updatedAtMs: NOON_MS - HOUR_MS, paidAtMs: null }), online: false }),
    );
    expect(rule).toMatchObject({ open: true, deadlineAtMs: NOON_MS - HOUR_MS + 7 * DAY_MS });
    expect(rule.open && rule.caution).toContain('earlier day');
  });
  it('is open without a connection too, and kept, also where the readings saw it unpaid until today', () => {
    const seen = { createdAtMs: NOON_MS - DAY_MS, unpaidUntilMs: NOON_MS - 2 * HOUR_MS, firstPaidMs: NOON_MS - HOUR_MS, paidAtMs: null };
    const rule = ruleFor('reverse', aCase({ payment: aHold(seen), online: false }));
    expect(rule).toMatchObject({ open: true, deadlineAtMs: NOON_MS - HOUR_MS + 7 * DAY_MS });
    expect(rule).not.toHaveProperty('notKept');
  });
  it('of which Dojo does not say when it was authorised is not open longer for what changed after it was first seen held', () => {
    const seen = {
      createdAtMs: NOON_MS - 9 * DAY_MS,
      unpaidUntilMs: NOON_MS - 7 * DAY_MS,
      firstPaidMs: NOON_MS - 6 * DAY_MS,
      updatedAtMs: NOON_MS,
      paidAtMs: null,
    };
    for (const kind of ['reverse', 'capture'] as const)
      expect(ruleFor(kind, aCase({ payment: aHold(seen) }))).toMatchObject({ open: true, deadlineAtMs: NOON_MS + DAY_MS });
    for (const kind of ['reverse', 'capture'] as const)
      expect(ruleFor(kind, aCase({ payment: aHold(seen), nowMs: NOON_MS + DAY_MS }))).toMatchObject({ open: false, code: 'hold-ended' });
  });

  it('of an earlier day says that Dojo decides, and ends with the hold', () => {
    const rule = ruleFor('reverse', aCase({ payment: aHold(yesterday) }));
    expect(rule).toMatchObject({ open: true, deadlineAtMs: NOON_MS + 6 * DAY_MS });
    expect(rule.open && rule.caution).toContain('earlier day');
  });
});

describe('tips with a take', () => {
  const rule = (changes: Partial<Case>) => ruleFor('capture', aCase(changes));
  it('are possible where the payment was made for them', () => {
    expect(rule({ payment: aHold({ tipsAllowed: true }) })).toMatchObject({ tipsAllowed: true, tipsReason: null });
  });
  it('are not where it was not, whatever the version', () => {
    for (const apiVersion of ['2022-04-07', '2026-02-27'])
      expect(rule({ apiVersion })).toMatchObject({ tipsAllowed: false, tipsReason: expect.stringContaining('without tips') });
  });
  it('are not where the version takes none, and the reason names it and the settings', () => {
    for (const apiVersion of ['2022-01-03', '2022-04-07']) {
      const closed = rule({ payment: aHold({ tipsAllowed: true, captures: null }), apiVersion });
      expect(closed).toMatchObject({ open: true, tipsAllowed: false, tipsReason: expect.stringMatching(new RegExp(`${apiVersion}.*settings`)) });
    }
  });
});

describe('a refund of a moment ago', () => {
  const recent = (...actions: Action[]) => {
    const rule = ruleFor('refund', aCase({ payment: aPayment(), actions }));
    return rule.open ? rule.recent : rule.code;
  };
  const at = (atMs: number, changes: Partial<Action> = {}) => anAction({ move: { kind: 'refund', amount: 500 }, acceptedAtMs: atMs, ...changes });
  it('is told for ten minutes', () => {
    expect(recent(at(NOON_MS - 10 * MINUTE_MS + 1))).toEqual({ amountMinor: 500, atMs: NOON_MS - 10 * MINUTE_MS + 1 });
    expect(recent(at(NOON_MS - 10 * MINUTE_MS))).toBeNull();
  });
  it('is the newest of several', () => {
    expect(recent(at(NOON_MS - 2), { ...at(NOON_MS - 1), move: { kind: 'refund', amount: 700 } })).toEqual({ amountMinor: 700, atMs: NOON_MS - 1 });
  });
  it('is told whatever became of it, unless it gave nothing back', () => {
    for (const state of ['waiting', 'sending', 'checking', 'done', 'needsPerson'] as const) expect(recent(at(NOON_MS, { state }))).not.toBeNull();
    for (const state of ['withdrawn', 'refused', 'expired'] as const) expect(recent(at(NOON_MS, { state }))).toBeNull();
  });
  it('counts from when it went out, though a clock that was ahead had dated the decision', () => {
    const sent = at(NOON_MS + 2 * HOUR_MS, { firstSentAtMs: NOON_MS - 10 * MINUTE_MS, changedAtMs: NOON_MS - 10 * MINUTE_MS });
    for (const state of ['checking', 'needsPerson', 'done'] as const) expect(recent({ ...sent, state })).toBeNull();
    expect(recent({ ...sent, state: 'waiting', firstSentAtMs: null })).toMatchObject({ atMs: NOON_MS + 2 * HOUR_MS });
  });
  it('was not sent later than it was done: a clock that was ahead had dated the send', () => {
    const sent = at(NOON_MS - DAY_MS, { state: 'done', firstSentAtMs: NOON_MS + 2 * HOUR_MS });
    expect(recent({ ...sent, changedAtMs: NOON_MS - 1 })).toMatchObject({ atMs: NOON_MS - 1 });
    expect(recent({ ...sent, changedAtMs: NOON_MS - 10 * MINUTE_MS })).toBeNull();
  });
  it('is no older than its decision, though its send was dated by a clock that may have been hours behind', () => {
    const behindMs = NOON_MS - 13 * HOUR_MS;
    const dated = { state: 'done', firstSentAtMs: behindMs, changedAtMs: behindMs } as const;
    expect(recent(at(NOON_MS - MINUTE_MS, { ...dated, baseline: baselineOf(aPayment(), behindMs, false) }))).toMatchObject({ atMs: NOON_MS - MINUTE_MS });
    expect(recent(at(NOON_MS - MINUTE_MS, { ...dated, baseline: baselineOf(aPayment(), behindMs) }))).toBeNull();
  });
  it('was a refund, and nothing else', () => {
    expect(recent(anAction({ move: { kind: 'sendReceipt', emails: ['a@example.com'] }, state: 'done' }))).toBeNull();
  });
  it('does not keep a refund from being sent: it was asked when it was decided', () => {
    expect(refusalOf({ kind: 'refund', amount: 500 }, aCase({ payment: aPayment(), actions: [at(NOON_MS)] }))).toBeNull();
  });
});

describe('an amount', () => {
  const take = (amount: number, tipsAmount?: number) => ({ kind: 'capture', amount, tipsAmount }) as const;
  const tipped = { payment: aHold({ amountMinor: 4000, tipsMinor: 200, tipsAllowed: true }) };
  it.each([
    ['the whole', take(4200), {}, null],
    ['a penny', take(1), {}, null],
    ['a penny too much', take(4201), {}, 'amount-too-large'],
    ['nothing', take(0), {}, 'amount-too-small'],
    ['less than nothing', take(-1), {}, 'amount-too-small'],
    ['not a number', take(Number.NaN), {}, 'amount-too-small'],
    ['half a penny', take(0.5), {}, 'amount-too-small'],
    ['more with tips that take it below', take(4300, -100), tipped, 'amount-too-small'],
    ['with tips, where they are allowed', take(4000, 200), tipped, null],
    ['with tips above the whole', take(4000, 201), tipped, 'amount-too-large'],
    ['with tips, where they are not', take(2000, 100), {}, 'tips-not-allowed'],
    ['with tips, before captures carried them', take(4000, 200), { ...tipped, apiVersion: '2022-04-07' }, 'tips-in-amount'],
    ['with tips above the whole, before captures carried them', take(4000, 201), { ...tipped, apiVersion: '2022-04-07' }, 'amount-too-large'],
    [
      'with tips, where only tips are left',
      take(100, 100),
      { payment: aHold({ amountMinor: 4000, tipsMinor: 200, captures: [aCapture({ amountMinor: 4000 })] }) },
      'tips-in-amount',
    ],
    ['with tips, where there are none, before captures carried them', take(2000, 100), { apiVersion: '2022-04-07' }, 'tips-not-allowed'],
    [
      'with tips, where the held ones are captured',
      take(100, 100),
      { payment: aHold({ amountMinor: 4000, tipsMinor: 200, captures: [aCapture({ amountMinor: 1000, tipsMinor: 200 })] }) },
      'tips-not-allowed',
    ],
    ['with no tips, before captures carried them', take(4000, 0), { ...tipped, apiVersion: '2022-04-07' }, null],
    ['to take in the last millisecond', take(4200), { nowMs: NOON_MS - HOUR_MS + 7 * DAY_MS - 1 }, null],
    ['to take when the hold ends', take(4200), { nowMs: NOON_MS - HOUR_MS + 7 * DAY_MS }, 'hold-ended'],
    ['to refund, all', { kind: 'refund', amount: 2000 } as const, { payment: aPayment() }, null],
    ['to refund, too much', { kind: 'refund', amount: 2001 } as const, { payment: aPayment() }, 'amount-too-large'],
    [
      'to refund offline, above the cap',
      { kind: 'refund', amount: 801 } as const,
      { payment: aPayment(), online: false, offlineRefundMaxMinor: 800 },
      'amount-too-large',
    ],
    ['of tips may be nothing', { kind: 'setTips', amount: 0 } as const, { payment: anUnpaid({ tipsAllowed: true }) }, null],
    ['to change may not be nothing', { kind: 'setAmount', amount: 0 } as const, { payment: anUnpaid({ customAmountAllowed: true }) }, 'amount-too-small'],
  ])('%s', (_, move, changes, code) => expect(refusalOf(move, aCase(changes))?.code ?? null).toBe(code));
});

it('the undo of a minute ago does not depend on the day start of the shop, only on midnight', () => {
  const paidAtMs = Date.parse('2026-06-14T23:30:00Z'); // 00:30 in London
  const payment = aPayment({ createdAtMs: paidAtMs, paidAtMs });
  expect(ruleFor('reverse', aCase({ payment, nowMs: paidAtMs + MINUTE_MS }))).toMatchObject({ open: true, deadlineAtMs: Date.parse('2026-06-15T23:00Z') });
});

describe('an amount that may not be', () => {
  const hold = aHold({ tipsMinor: 200, tipsAllowed: false });
  const sale = aPayment();
  it.each<readonly [string, Move, Partial<Case>, ReturnType<typeof refusalOf>]>([
    [
      'half a penny',
      { kind: 'refund', amount: 0.5 },
      { payment: sale },
      { code: 'amount-too-small', message: 'The amount must be whole pence.', field: 'amount' },
    ],
    [
      'tips of half a penny',
      { kind: 'capture', amount: 100, tipsAmount: 0.5 },
      {},
      { code: 'amount-too-small', message: 'The amount must be whole pence.', field: 'amount' },
    ],
    [
      'tips below nothing',
      { kind: 'capture', amount: 100, tipsAmount: -1 },
      {},
      { code: 'amount-too-small', message: 'The amount must be whole pence.', field: 'amount' },
    ],
    ['nothing', { kind: 'refund', amount: 0 }, { payment: sale }, { code: 'amount-too-small', message: 'The amount must be more than zero.', field: 'amount' }],
    [
      'more than was paid',
      { kind: 'refund', amount: 2001 },
      { payment: sale },
      { code: 'amount-too-large', message: 'No more than £20.00 is left.', field: 'amount' },
    ],
    [
      'more than the shop refunds without the line',
      { kind: 'refund', amount: 501 },
      { payment: sale, online: false, offlineRefundMaxMinor: 500 },
      {
        code: 'amount-too-large',
        message: 'Dojo cannot be reached: no more than £5.00 of it can be refunded until the connection is back.',
        field: 'amount',
      },
    ],
    [
      'more than is left, though the shop refunds more without the line',
      { kind: 'refund', amount: 2001 },
      { payment: sale, online: false, offlineRefundMaxMinor: 2000 },
      { code: 'amount-too-large', message: 'No more than £20.00 is left.', field: 'amount' },
    ],
    [
      'more than is held',
      { kind: 'capture', amount: 4401 },
      { payment: hold },
      { code: 'amount-too-large', message: 'No more than £44.00 is left.', field: 'amount' },
    ],
    [
      'more tips than are held',
      { kind: 'capture', amount: 100, tipsAmount: 201 },
      { payment: hold },
      { code: 'amount-too-large', message: 'No more than £2.00 of tips is left.', field: 'tipsAmount' },
    ],
    [
      'tips in the amount, though not the whole',
      { kind: 'capture', amount: 4201 },
      { payment: hold },
      { code: 'amount-too-large', message: 'No more than £42.00 without the tips is left.', field: 'amount' },
    ],
    ['the whole in one amount', { kind: 'capture', amount: 4400 }, { payment: hold }, null],
    ['all that was paid', { kind: 'refund', amount: 2000 }, { payment: sale }, null],
    ['an amount of what nobody has paid, however much', { kind: 'setAmount', amount: 999_999 }, { payment: anUnpaid({ customAmountAllowed: true }) }, null],
    ['no tips of what nobody has paid', { kind: 'setTips', amount: 0 }, { payment: anUnpaid({ tipsAllowed: true }) }, null],
    [
      'tips where the version takes none',
      { kind: 'capture', amount: 100, tipsAmount: 1 },
      { payment: aHold({ tipsAllowed: true }), apiVersion: '2022-04-07' },
      {
        code: 'tips-in-amount',
        message: 'Dojo’s API version 2022-04-07 takes no tips with a capture. A newer version can be chosen in the settings.',
        field: 'tipsAmount',
      },
    ],
    [
      'tips where there are none',
      { kind: 'capture', amount: 100, tipsAmount: 1 },
      {},
      { code: 'tips-not-allowed', message: 'It was created without tips.', field: 'tipsAmount' },
    ],
  ])('%s', (_, move, changes, refusal) => expect(refusalOf(move, aCase(changes))).toEqual(refusal));

  it.each<readonly [string, ReturnType<typeof aHold>, string]>([
    ['held', hold, 'No other tips than the £2.00 held.'],
    ['held and captured', { ...hold, captures: [aCapture({ amountMinor: 100, tipsMinor: 200 })] }, 'The held tips are captured.'],
    ['none', aHold(), 'It was created without tips.'],
  ])('why no other tips can be captured, where they are %s', (_, payment, reason) => {
    expect(ruleFor('capture', aCase({ payment }))).toMatchObject({ open: true, tipsAllowed: false, tipsReason: reason });
  });
});

describe('why a move is closed names what it is about', () => {
  const waiting = (move: Move) => anAction({ move, seq: 1 });
  const reversal = waiting({ kind: 'reverse' });
  const unpaidManual = anUnpaid({ captureMode: 'Manual' });
  const whole = (status: string, on = 'Authorized') => aHold({ status: on, captures: [aCapture({ amountMinor: 4200, status })] });
  const parts = (first: string, second: string) => aHold({ captures: [aCapture({ status: first }), aCapture({ amountMinor: 2200, status: second })] });
  const done = anAction({ state: 'done', move: { kind: 'capture', amount: 4200 }, outcome: anOutcome({ captureId: 'cp_late' }) });
  const BEING = 'It is being captured: wait for the bank’s answer.';
  const NOT_SHOWN = 'Dojo does not show yet what became of its capture. If it stays so, look it up in Dojo.';
  const captures: readonly (readonly [string, Payment, readonly Action[], string, string, string])[] = [
    ['the bank has not answered', whole('Created'), [], 'All of it is being captured: £42.00.', BEING, BEING],
    ['nor where Dojo calls it captured already', whole('Created', 'Captured'), [], 'All of it is being captured: £42.00.', BEING, BEING],
    ['Dojo does not show it yet', aHold(), [done], 'All of it is sent for capture: £42.00.', NOT_SHOWN, NOT_SHOWN],
    ['the version shows none', aHold({ captures: null }), [done], 'All of it is sent for capture: £42.00.', NOT_SHOWN, NOT_SHOWN],
    ['a word of Dojo’s that came later', whole('Pending'), [], 'All of it is sent for capture: £42.00.', NOT_SHOWN, NOT_SHOWN],
    ['neither part', parts('Created', 'Created'), [], 'All of it is being captured: £42.00.', BEING, BEING],
  ];
  it('of a part that the bank has answered, and the rest that it has not', () => {
    const c = aCase({ payment: parts('Successful', 'Created') });
    expect(ruleFor('capture', c)).toMatchObject({ code: 'nothing-left', reason: '£20.00 of it is captured, £22.00 is being captured.' });
    expect(ruleFor('reverse', c)).toMatchObject({ code: 'part-taken', reason: expect.stringMatching(/^Part of the hold was captured/) });
    expect(ruleFor('refund', c)).toMatchObject({ open: true, maxMinor: 2000 });
  });
  it('is open again where the bank declined it', () => {
    expect(movesOf(aCase({ payment: whole('Declined') }))).toMatchObject({ capture: { open: true }, reverse: { open: true } });
  });
  it.each<readonly [string, Parameters<typeof ruleFor>[0], Partial<Case>, string]>([
    [
      'all that is left is queued',
      'capture',
      { actions: [waiting({ kind: 'capture', amount: 4200 })] },
      'All that is left is asked for already, not finished yet.',
    ],
    ['all of it is captured', 'capture', { payment: aHold({ captures: [aCapture({ amountMinor: 4200 })] }) }, 'All of it is captured: £42.00.'],
    ...captures.map(([what, payment, actions, capture]) => [what, 'capture', { payment, actions }, capture] as const),
    ...captures.map(([what, payment, actions, , release]) => [what, 'reverse', { payment, actions }, release] as const),
    ...captures.map(([what, payment, actions, , , refund]) => [what, 'refund', { payment, actions }, refund] as const),
    ['a release of a hold waits', 'reverse', { actions: [reversal] }, 'Its release is waiting already.'],
    ['a reversal of a sale waits', 'reverse', { payment: aPayment(), actions: [reversal] }, 'Its reversal is waiting already.'],
    ['a reversal of what nobody has paid waits', 'reverse', { payment: unpaidManual, actions: [reversal] }, 'Its reversal is waiting already.'],
    [
      'refunds without the line are off',
      'refund',
      { payment: aPayment(), online: false },
      'Dojo cannot be reached, and refunds without a connection are switched off in the settings.',
    ],
    [
      'what the shop refunds without the line waits already',
      'refund',
      { payment: aPayment(), online: false, offlineRefundMaxMinor: 500, actions: [waiting({ kind: 'refund', amount: 500 })] },
      'Dojo cannot be reached, and the settings allow £5.00 of a payment without a connection: that much waits already.',
    ],
    [
      'the version changes no tips',
      'setTips',
      { payment: anUnpaid({ tipsAllowed: true }), apiVersion: '2022-01-03' },
      'Dojo’s API version 2022-01-03 has no change of tips. A newer version can be chosen in the settings.',
    ],
  ])('%s', (_, kind, changes, reason) => expect(ruleFor(kind, aCase(changes))).toMatchObject({ open: false, reason }));

  it('a request to pay does not end as a hold does', () => {
    const old = anUnpaid({ captureMode: 'Manual', createdAtMs: NOON_MS - 8 * DAY_MS });
    expect(ruleFor('reverse', aCase({ payment: old }))).toMatchObject({ open: false, code: 'not-paid' });
    expect(ruleFor('cancel', aCase({ payment: old }))).toMatchObject({ open: true });
  });
});

describe('what a capture and a refund are offered with', () => {
  it('a hold that was never captured has no caution, nor has a refund of one that was captured whole', () => {
    expect(ruleFor('capture', aCase())).toMatchObject({ caution: null, includes: null });
    expect(ruleFor('refund', aCase({ payment: aHold({ status: 'Captured', captures: [aCapture({ amountMinor: 4200 })] }) }))).toMatchObject({ caution: null });
    expect(ruleFor('refund', aCase({ payment: aPayment() }))).toMatchObject({ caution: null, tipsAllowed: false });
  });

  it('a hold whose version shows no captures and whose status says captured is for Dojo to decide', () => {
    const payment = aHold({ status: 'Captured', captures: null });
    const part = anAction({ move: { kind: 'capture', amount: 1000 }, state: 'done' });
    const rule = ruleFor('capture', aCase({ payment, actions: [part], apiVersion: '2022-04-07' }));
    expect(rule).toMatchObject({ open: true, caution: 'With this API version Dojo does not show how much of the hold was captured; Dojo decides.' });
    const held = ruleFor('capture', aCase({ payment: aHold({ captures: null }), apiVersion: '2022-04-07' }));
    expect(held).toMatchObject({ open: true, caution: null });
  });

  it('two cautions stand beside each other', () => {
    const payment = aHold({ status: 'Captured', captures: [aCapture(), aCapture()] });
    expect(ruleFor('refund', aCase({ payment, online: false, offlineRefundMaxMinor: 500 }))).toMatchObject({
      caution:
        'It was captured in parts. Dojo does not say whether it refunds such a payment; Dojo decides. Dojo cannot be reached: no more than £5.00 of it can be refunded until the connection is back.',
    });
  });

  it('a sale with cashback says what is in it, and that it is left out', () => {
    const payment = aPayment({ cashbackMinor: 500, serviceChargeMinor: 250 });
    expect(ruleFor('refund', aCase({ payment }))).toMatchObject({
      defaultMinor: 2250,
      maxMinor: 2750,
      includes: '£2.50 service charge and £5.00 cashback are part of the £27.50 paid. Offered without the £5.00 cashback: the customer has it in cash.',
    });
  });

  it('where the account takes refunds of bill and tips only, that is offered and said once', () => {
    const payment = aPayment({ cashbackMinor: 500, serviceChargeMinor: 250 });
    const amountForms = { capture: null, refund: 'bill-and-tips' } as const;
    expect(ruleFor('refund', aCase({ payment, amountForms }))).toMatchObject({
      defaultMinor: 2000,
      includes:
        '£2.50 service charge and £5.00 cashback are part of the £27.50 paid. Offered without the £2.50 service charge and the £5.00 cashback: Dojo refused an amount with them.',
    });
  });

  it('where the account takes captures of bill and tips only, what is left of the bill is offered', () => {
    const payment = aHold({ amountMinor: 10_000, tipsMinor: 500, serviceChargeMinor: 1250, captures: [aCapture({ amountMinor: 6000, tipsMinor: 100 })] });
    const amountForms = { capture: 'bill-and-tips', refund: null } as const;
    expect(ruleFor('capture', aCase({ payment, amountForms }))).toMatchObject({
      ...{ defaultMinor: 4000, defaultTipsMinor: 400, maxMinor: 5250, maxTipsMinor: 400 },
      includes: '£12.50 service charge is part of the £117.50 held. Offered without the £12.50 service charge: Dojo refused an amount with it.',
    });
    const whole = { ...payment, captures: [aCapture({ amountMinor: 10_000, tipsMinor: 500 })] };
    expect(ruleFor('capture', aCase({ payment: whole, amountForms }))).toMatchObject({ defaultMinor: null, maxMinor: 1250 });
  });

  describe('of a hold of £100.00 with £10.00 tips and £12.50 charge, where the account takes captures of bill and tips only', () => {
    const held = { amountMinor: 10_000, tipsMinor: 1000, serviceChargeMinor: 1250 };
    const amountForms = { capture: 'bill-and-tips', refund: null } as const;
    it.each([
      ['nothing', [], {}, [10_000, 1000]],
      ['bill and tips in one amount', [[11_000, 0]], {}, [null, 0]],
      ['the bill and half of the tips in one amount', [[10_500, 0]], {}, [500, 0]],
      ['bill and tips, each for itself', [[10_000, 1000]], {}, [null, 0]],
      ['half of the bill, and more tips than were held', [[5000, 2000]], {}, [4000, 0]],
      ['the whole', [[12_250, 0]], {}, [null, 0]],
      ['nothing, and Dojo’s total is less', [], { totalMinor: 10_400 }, [10_000, 400]],
      ['nothing, and Dojo’s total leaves a part of the charge out', [], { totalMinor: 11_500 }, [10_000, 1000]],
    ] as const)('and %s was captured, no more than is left of bill and tips is offered', (_, captured, changes, offered) => {
      const captures = captured.map(([amountMinor, tipsMinor]) => aCapture({ amountMinor, tipsMinor }));
      const payment = aHold({ ...held, ...changes, captures });
      const { goodsMinor, tipsMinor } = leftOf(aCase({ payment, amountForms })).offered;
      expect(goodsMinor + tipsMinor).toBe((offered[0] ?? 0) + offered[1]);
      const rule = ruleFor('capture', aCase({ payment, amountForms }));
      if (rule.open) expect([rule.defaultMinor, rule.defaultTipsMinor]).toEqual(offered);
      const old = ruleFor('capture', aCase({ payment, amountForms, apiVersion: '2022-04-07' }));
      if (old.open) expect([old.defaultMinor, old.defaultTipsMinor]).toEqual([(offered[0] ?? 0) + offered[1] || null, 0]);
    });
  });
});

describe('what is counted of a hold', () => {
  const capture = (amount: number, tipsAmount: number, changes: Partial<Action> = {}) =>
    anAction({ move: { kind: 'capture', amount, tipsAmount }, ...changes });

  it('done here: captures with their tips, and nothing else that was done', () => {
    const done = [
      capture(1000, 150, { state: 'done' }),
      capture(500, 0, { state: 'checking' }),
      anAction({ move: { kind: 'refund', amount: 70 }, state: 'done' }),
    ];
    expect(capturedHereMinor(done)).toBe(1150);
  });

  it('promised: with the tips', () => {
    expect(reservedMinor(aCase({ payment: aHold({ tipsMinor: 500 }), actions: [capture(1000, 150)] }))).toBe(1150);
  });

  it('left: less what is promised, as far as rows count it, and never below nothing', () => {
    const payment = aHold({ amountMinor: 4200, totalMinor: 3000 });
    expect(leftOf(aCase({ payment }))).toMatchObject({ leftMinor: 4200, countedMinor: 3000 });
    expect(leftOf(aCase({ payment, actions: [capture(1000, 0)] }))).toMatchObject({ leftMinor: 3200, countedMinor: 2000 });
    expect(leftOf(aCase({ payment, actions: [capture(3500, 0)] }))).toMatchObject({ leftMinor: 700, countedMinor: 0 });
    expect(leftOf(aCase({ payment: aHold({ status: 'Captured', captures: null }) }))).toEqual({
      leftMinor: 0,
      countedMinor: 0,
      tipsMinor: 0,
      offered: { goodsMinor: 0, tipsMinor: 0 },
    });
  });

  it('offered: goods first, tips last, also after a part with tips in it', () => {
    const payment = aHold({ amountMinor: 4000, tipsMinor: 600, captures: [aCapture({ amountMinor: 1000, tipsMinor: 200 })] });
    expect(leftOf(aCase({ payment })).offered).toEqual({ goodsMinor: 3000, tipsMinor: 400 });
  });

  it('of a refund: less what waits already', () => {
    const actions = [anAction({ move: { kind: 'refund', amount: 500 } })];
    expect(ruleFor('refund', aCase({ payment: aPayment({ cashbackMinor: 300 }), actions }))).toMatchObject({ defaultMinor: 1500, maxMinor: 1800 });
  });
});

describe('what was sent, and a person has to decide on', () => {
  const hold = aHold({ amountMinor: 5000 });
  const sent = { state: 'needsPerson', sends: 1, firstSentAtMs: NOON_MS, sentAtMs: NOON_MS, outcome: anOutcome({ code: 'conflict' }) } as const;
  const lost = (changes: Partial<Action> = {}) =>
    anAction({ ...sent, move: { kind: 'capture', amount: 2000 }, baseline: baselineOf(hold, NOON_MS), ...changes });
  const left = (captures: Payment['captures'], ...actions: readonly Action[]) => leftToTakeMinor(aCase({ payment: { ...hold, captures }, actions }));
  const like = aCapture({ id: 'cp_1', createdAtMs: NOON_MS + MINUTE_MS });
  const absent = { state: 'checking', outcome: anOutcome({ code: 'absent-part' }) } as const;

  it.each<[string, Payment['captures'], Partial<Action>, number]>([
    ['nothing of it', [], {}, 3000],
    ['it', [like], {}, 3000],
    ['it, with the bank', [{ ...like, status: 'Created' }], {}, 3000],
    ['it, after it had no trace', [{ ...like, createdAtMs: NOON_MS + HOUR_MS }], absent, 3000],
    ['two like it', [like, { ...like, id: 'cp_2' }], {}, 1000],
    ['that the bank turned it down', [{ ...like, status: 'Declined' }], {}, 3000],
    ['one of another amount', [{ ...like, amountMinor: 500 }], {}, 2500],
    ['one that came too late to be it', [{ ...like, createdAtMs: NOON_MS + HOUR_MS }], {}, 1000],
    ['one that was there before it was sent', [like], { baseline: baselineOf({ ...hold, captures: [like] }, NOON_MS) }, 1000],
    ['one like it, while it is still checked', [like], { state: 'checking' }, 1000],
    ['one like it, and it was never sent', [like], { sends: 0, baseline: null, firstSentAtMs: null, sentAtMs: null }, 1000],
  ])('is taken off once: Dojo shows %s', (_, captures, changes, leftMinor) => {
    expect(left(captures, lost(changes))).toBe(leftMinor);
  });

  it('is taken off each for itself: one that shows is one of two', () => {
    expect(left([like], lost(), lost())).toBe(1000);
    expect(left([like, { ...like, id: 'cp_2' }], lost(), lost())).toBe(1000);
  });

  it('is asked for no more where it shows', () => {
    const asked = (captures: Payment['captures']) => openCapturesMinor(aCase({ payment: { ...hold, captures }, actions: [lost()] }));
    expect([asked([]), asked([like])]).toEqual([2000, 0]);
  });

  it.each<[string, number, Partial<Action>, number]>([
    ['nothing of it', 0, {}, 3000],
    ['it', 2000, {}, 3000],
    ['less', 1900, {}, 1100],
    ['it beside another', 2500, {}, 2500],
    ['as much before it was sent', 2000, { baseline: baselineOf(aPayment({ refundedMinor: 2000 }), NOON_MS) }, 1000],
    ['as much, and it is to be sent', 2000, { state: 'waiting' }, 1000],
    ['as much, and it was never sent', 2000, { sends: 0, baseline: null, firstSentAtMs: null, sentAtMs: null }, 1000],
  ])('is taken off once of what can be refunded: Dojo shows %s', (_, refundedMinor, changes, maxMinor) => {
    const payment = aPayment({ amountMinor: 5000, refundedMinor });
    const refund = anAction({ ...sent, move: { kind: 'refund', amount: 2000 }, baseline: baselineOf(aPayment(), NOON_MS), ...changes });
    expect(ruleFor('refund', aCase({ payment, actions: [refund] }))).toMatchObject({ defaultMinor: maxMinor, maxMinor });
  });

  it.each([
    [1500, 0],
    [3000, 0],
    [4000, 1000],
  ])('is taken off each for itself: %s pence of two refunds of £20.00 show', (refundedMinor, maxMinor) => {
    const payment = aPayment({ amountMinor: 5000, refundedMinor });
    const refund = () => anAction({ ...sent, move: { kind: 'refund', amount: 2000 }, baseline: baselineOf(aPayment(), NOON_MS) });
    expect(leftToRefundMinor(aCase({ payment, actions: [refund(), refund()] }))).toBe(maxMinor);
  });
});

describe('at the very moment', () => {
  const MIDNIGHT_MS = Date.parse('2026-06-15T23:00Z');
  it('of midnight a hold is released by the newer rule, which is said', () => {
    const rule = ruleFor('reverse', aCase({ nowMs: MIDNIGHT_MS }));
    expect(rule).toMatchObject({ open: true, deadlineAtMs: NOON_MS - HOUR_MS + 7 * DAY_MS, caution: expect.stringContaining('Dojo decides') });
  });

  it('of its end a hold of which a part was captured is over', () => {
    const payment = aHold({ status: 'Captured', captures: [aCapture()] });
    const endMs = NOON_MS - HOUR_MS + 7 * DAY_MS;
    expect(ruleFor('capture', aCase({ payment, nowMs: endMs - 1 }))).toMatchObject({ open: true });
    expect(ruleFor('capture', aCase({ payment, nowMs: endMs }))).toMatchObject({ open: false, code: 'hold-ended' });
  });
});

it('a refund of a hold whose captures are not listed is not said to be of parts', () => {
  const part = anAction({ move: { kind: 'capture', amount: 1000 }, state: 'done' });
  const rule = ruleFor('refund', aCase({ payment: aHold({ status: 'Captured', captures: null }), actions: [part], apiVersion: '2022-04-07' }));
  expect(rule).toMatchObject({ open: true, caution: 'With this API version Dojo does not show how much of the hold was captured; Dojo decides.' });
});

it('a reversal that is done without a word counts as accepted', () => {
  const reversed = anAction({ move: { kind: 'reverse' }, state: 'done', outcome: null });
  expect(ruleFor('refund', aCase({ payment: aPayment(), actions: [reversed] }))).toMatchObject({ open: false, code: 'undone' });
});

it('what nobody has paid can be cancelled and changed until it lapses', () => {
  const c = aCase({ payment: anUnpaid({ tipsAllowed: true, customAmountAllowed: true, expireAtMs: NOON_MS + HOUR_MS }) });
  const until = { open: true, deadlineAtMs: NOON_MS + HOUR_MS };
  expect(ruleFor('cancel', c)).toMatchObject({ ...until, minMinor: null });
  expect(ruleFor('setAmount', c)).toMatchObject({ ...until, minMinor: 1 });
  expect(ruleFor('setTips', c)).toMatchObject({ ...until, minMinor: 0 });
});

it.each<readonly [Parameters<typeof ruleFor>[0], Move]>([
  ['reverse', { kind: 'cancel' }],
  ['reverse', { kind: 'setAmount', amount: 100 }],
  ['reverse', { kind: 'setTips', amount: 100 }],
  ['setTips', { kind: 'cancel' }],
  ['setAmount', { kind: 'cancel' }],
  ['cancel', { kind: 'setTips', amount: 100 }],
])('%s waits for what was decided before it on a payment that nobody has paid: %j', (kind, move) => {
  const payment = anUnpaid({ captureMode: 'Manual', tipsAllowed: true, customAmountAllowed: true });
  expect(ruleFor(kind, aCase({ payment, actions: [anAction({ move })] }))).toMatchObject({
    open: false,
    code: 'promised',
    reason: 'Another action on this payment is waiting.',
  });
});

it.each<readonly [string, Parameters<typeof ruleFor>[0], Partial<Case>, string]>([
  [
    'a reversal of what nobody has paid',
    'reverse',
    { payment: anUnpaid({ captureMode: 'Manual' }) },
    'Nobody has paid yet. Cancel it: that is the sure way. Dojo’s newer rule does not allow a reversal; Dojo decides.',
  ],
  [
    'the rest after a part was captured',
    'capture',
    { payment: aHold({ captures: [aCapture()] }) },
    'Dojo does not say whether the rest stays on hold after a part was captured; Dojo decides.',
  ],
])('is said before the decision of %s', (_, kind, changes, caution) => {
  expect(ruleFor(kind, aCase(changes))).toMatchObject({ open: true, caution });
});

it('a move without an amount offers none', () => {
  expect(ruleFor('reverse', aCase())).toMatchObject({ defaultMinor: null, maxTipsMinor: 0, defaultTipsMinor: 0, includes: null, maxMinor: null });
});

describe('where the PC’s clock alone says that it is too late', () => {
  const LATER_MS = NOON_MS + 8 * DAY_MS;
  const byPc = (payment: Payment, nowMs = LATER_MS) => aCase({ payment, nowMs, isByPc: true });
  const CAUTION = 'By this PC’s clock the hold has ended. It is sent only if Dojo’s time says otherwise.';

  it.each(['capture', 'reverse'] as const)('a hold is not given up: %s', (kind) => {
    const hold = aHold();
    expect(ruleFor(kind, byPc(hold))).toMatchObject({ open: true, caution: CAUTION, deadlineAtMs: NOON_MS - HOUR_MS + 7 * DAY_MS });
    expect(refusalOf(kind === 'capture' ? { kind, amount: 4200 } : { kind }, byPc(hold))).toBeNull();
    expect(ruleFor(kind, aCase({ payment: hold, nowMs: LATER_MS }))).toMatchObject({ open: false, code: 'hold-ended' });
    expect(ruleFor(kind, { ...byPc(hold, NOON_MS), online: false })).toMatchObject({ open: true, caution: null });
  });

  it('the rest of a hold that Dojo calls captured is not given up either', () => {
    const rest = aHold({ status: 'Captured', captures: [aCapture({ amountMinor: 1000 })] });
    expect(ruleFor('capture', byPc(rest))).toMatchObject({ open: true, maxMinor: 3200, caution: CAUTION });
  });

  it.each([
    ['a sale of today', aPayment(), 'reversal', null],
    ['a hold of today', aHold(), 'release', null],
    ['what nobody has paid', anUnpaid({ captureMode: 'Manual' }), 'reversal', 'Nobody has paid yet.'],
  ])('while Dojo answers and does not say what time it is, before the reversal of %s it is said that it will not be sent', (_, payment, noun, before) => {
    const rule = ruleFor('reverse', byPc(payment, NOON_MS));
    const caution = rule.open ? rule.caution : null;
    expect(caution).toMatch(new RegExp(`(^|\\. )Dojo does not say what time it is\\. While that is so a ${noun} is not sent: do it in Dojo\\.$`));
    expect(caution?.startsWith(before ?? 'Dojo does not say')).toBe(true);
    for (const known of [{ isByPc: false }, { online: false }]) {
      const other = ruleFor('reverse', { ...byPc(payment, NOON_MS), ...known });
      expect(other.open && other.caution?.includes('what time it is')).toBeFalsy();
    }
    expect(ruleFor('capture', byPc(aHold(), NOON_MS))).toMatchObject({ open: true, caution: null });
  });

  it('the release of a hold of an earlier day asks for no midnight: nothing more is said of it', () => {
    expect(ruleFor('reverse', byPc(aHold(), NOON_MS + 2 * DAY_MS))).toMatchObject({
      caution: 'This hold is from an earlier day. Dojo’s newer rule allows releasing it; Dojo decides.',
    });
  });

  it('a request to pay has not lapsed', () => {
    const unpaid = anUnpaid({ customAmountAllowed: true });
    const nowMs = NOON_MS + 400 * DAY_MS;
    expect(ruleFor('cancel', byPc(unpaid, nowMs))).toMatchObject({ open: true });
    expect(refusalOf({ kind: 'cancel' }, byPc(unpaid, nowMs))).toBeNull();
    expect(refusalOf({ kind: 'cancel' }, aCase({ payment: unpaid, nowMs }))).toMatchObject({ code: 'lapsed' });
  });

  it('a reversal stays closed, and it is said by whose clock', () => {
    const sale = aPayment();
    const ofLater = byPc(sale, NOON_MS + DAY_MS);
    expect(ruleFor('reverse', { ...ofLater, online: false })).toMatchObject({
      open: false,
      code: 'day-over',
      reason: expect.stringMatching(/^By this PC’s clock .* or connect: Dojo’s time decides\.$/),
    });
    expect(ruleFor('reverse', ofLater)).toMatchObject({
      code: 'day-over',
      reason: 'By this PC’s clock the day it was paid is over, and Dojo does not say what time it is. If the clock is wrong, reverse it in Dojo.',
    });
    expect(ruleFor('reverse', aCase({ payment: sale, nowMs: NOON_MS + DAY_MS }))).toMatchObject({
      code: 'day-over',
      reason: 'A reversal was possible until midnight of the day it was paid. Refund it instead.',
    });
  });
});
