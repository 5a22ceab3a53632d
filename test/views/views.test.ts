import { describe, expect, test } from 'vitest';
import type { LastLook } from '../../main/core/payment/last-look.ts';
import { type Capture, holdEndsByMs, type Payment } from '../../main/core/payment/payment.ts';
import type { Action } from '../../main/core/queue/action.ts';
import { baselineOf } from '../../main/core/queue/evidence.ts';
import { emptyQueue } from '../../main/core/queue/queue-state.ts';
import { actionView, createViewCache, paymentView } from '../../main/views/views.ts';
import type { PaymentView } from '../../preload/contract.ts';
import { aCapture, aHold, anAction, anOutcome, aPayment, HOUR_MS, MINUTE_MS, NOON_MS } from '../builders.ts';
import { setting } from './setting.ts';

const hold = aHold();
const sent = { paymentId: hold.id, sends: 1, firstSentAtMs: NOON_MS, sentAtMs: NOON_MS, baseline: baselineOf(hold, NOON_MS) };
const attention = (captures: readonly ReturnType<typeof aCapture>[], ...actions: ReturnType<typeof anAction>[]) =>
  paymentView({ ...hold, captures }, actions, setting).attention;

describe('what this till captures of a hold and has not finished', () => {
  const part = { ...sent, move: { kind: 'capture' as const, amount: 3000, tipsAmount: 50 } };
  const unfinished = (payment: Payment, ...actions: readonly Action[]) => paymentView(payment, actions, setting).unfinishedCapturesMinor;

  test.each(['waiting', 'sending', 'checking', 'needsPerson'] as const)('counts while it is %s, tips included', (state) => {
    expect(unfinished(hold, anAction({ ...part, state }))).toBe(3050);
  });
  test('counts once Dojo took it, until the payment shows it', () => {
    const done = anAction({ ...part, state: 'done', outcome: anOutcome({ captureId: 'cp_1' }) });
    expect(unfinished(hold, done)).toBe(3050);
    const shown = aCapture({ id: 'cp_1', amountMinor: 3000, tipsMinor: 50, status: 'Created' });
    expect(unfinished({ ...hold, captures: [shown] }, done)).toBe(0);
    expect(unfinished({ ...hold, captures: [{ ...shown, status: 'Successful' }] }, done)).toBe(0);
  });
  test('counts no more where a person is to decide on it and Dojo shows it: what is left is told whole', () => {
    const shown = aCapture({ amountMinor: 3000, tipsMinor: 50, createdAtMs: NOON_MS + MINUTE_MS });
    const asked = anAction({ ...part, state: 'needsPerson', outcome: anOutcome({ code: 'conflict' }) });
    const view = (captures: Payment['captures']) => paymentView({ ...hold, captures }, [asked], setting);
    expect(view([])).toMatchObject({ takenMinor: 0, unfinishedCapturesMinor: 3050, leftMinor: 1150 });
    expect(view([shown])).toMatchObject({ takenMinor: 3050, unfinishedCapturesMinor: 0, lostCapturesMinor: 0, leftMinor: 1150, onHoldMinor: 1150 });
  });
  test('counts nothing that ended undone, and no other move', () => {
    expect(unfinished(hold, anAction({ ...part, state: 'refused', outcome: anOutcome({ code: 'refused' }) }))).toBe(0);
    expect(unfinished(hold, anAction({ ...sent, move: { kind: 'reverse' }, state: 'checking' }))).toBe(0);
  });
});

describe('a payment asks for attention', () => {
  const done = anAction({ ...sent, move: { kind: 'capture', amount: 2000 }, state: 'done', outcome: anOutcome({ captureId: 'cp_1' }) });
  const refused = anAction({
    ...sent,
    move: { kind: 'capture', amount: 2000 },
    state: 'refused',
    outcome: anOutcome({ code: 'refused', message: 'Dojo refused the take. Nothing moved.', settledBy: 'answer' }),
  });

  test('where a take stands beside ours that nobody here asked for', () => {
    expect(attention([aCapture({ id: 'cp_1' })], done)).toBeNull();
    expect(attention([aCapture({ id: 'cp_1' }), aCapture({ id: 'cp_2' })], done)).toMatch(/captured twice/);
  });

  test('not before ours shows: the one that does may be it, and what is captured in all is not known', () => {
    expect(attention([aCapture({ id: 'cp_2' })], done)).toBeNull();
    expect(attention([aCapture({ id: 'cp_2' }), aCapture({ id: 'cp_3' })], done)).toMatch(/captured twice/);
  });

  test.each([
    ['Created', 'It may be captured twice: £40.00 of £42.00 is being captured in all. Wait for the bank’s answer. If it is too much then, refund £20.00.'],
    ['Successful', 'It may have been captured twice: £40.00 of £42.00 in all. Compare with Dojo. If it is too much, refund £20.00.'],
  ])('of what is too much once the bank has answered: %s', (status, says) => {
    expect(attention([aCapture({ id: 'cp_1', status }), aCapture({ id: 'cp_2', status })], done)).toBe(says);
  });

  test('where it does so beside one that a person settled, too', () => {
    const [early, own] = [aCapture({ id: 'cp_0', createdAtMs: NOON_MS - MINUTE_MS }), aCapture({ id: 'cp_1' })];
    const settled = anAction({ ...sent, seq: 1, move: done.move, state: 'done', outcome: anOutcome({ code: 'settled-happened', settledBy: 'person' }) });
    const after = { ...done, seq: 2, baseline: baselineOf({ ...hold, captures: [early] }, NOON_MS) };
    expect(attention([early, own], settled, after)).toBeNull();
    expect(attention([early, own, aCapture({ id: 'cp_2' })], settled, after)).toMatch(/captured twice/);
  });

  test('where it does so beside one whose id no list shows (version 2022-01-03), and not for the own one', () => {
    const numbered = { ...done, outcome: anOutcome({ captureId: '1' }) };
    expect(attention([aCapture({ id: 'cp_x' })], numbered)).toBeNull();
    expect(attention([aCapture({ id: 'cp_x' }), aCapture({ id: 'cp_y' })], numbered)).toMatch(/captured twice/);
    expect(attention([aCapture({ id: 'cp_x' }), aCapture({ id: 'cp_y' })], numbered, { ...numbered, seq: 2 })).toBeNull();
  });

  test('where Dojo gave back as much again as a refund that had to be sent twice', () => {
    const sale = aPayment({ updatedAtMs: NOON_MS });
    const refund = anAction({ ...sent, move: { kind: 'refund', amount: 500 }, state: 'done', sends: 2, baseline: baselineOf(sale, NOON_MS) });
    const told = (refundedMinor: number, action = refund) => paymentView({ ...sale, refundedMinor }, [action], setting).attention;
    expect(told(1000)).toMatch(/refunded twice/);
    expect(told(500)).toBeNull();
    expect(told(1000, { ...refund, sends: 1 })).toBeNull();
  });

  test('where Dojo refused ours but shows one just like it, and does not say that nothing moved', () => {
    expect(attention([], refused)).toBe('Dojo refused the take. Nothing moved.');
    const told = attention([aCapture({ id: 'cp_1' })], refused);
    expect(told).toMatch(/may be ours/);
    expect(told).not.toMatch(/Nothing moved/);
  });
});

test('a capture that was sent just now can be sent once more from a whole millisecond on, also by a clock that counts parts of it', () => {
  const move = { kind: 'capture', amount: 2000 } as const;
  const asked = anAction({ ...sent, move, state: 'needsPerson', sentAtMs: NOON_MS - 80_000, outcome: anOutcome({ code: 'unreadable' }) });
  const queue = { ...emptyQueue, actions: new Map([[asked.id, asked]]), settlingSince: new Map([[asked.id, 1_000.25]]) };
  const settlesAtMs = (monotonicMs: number) => actionView(asked, hold, queue, { ...setting, monotonicMs }).settlesAtMs;
  expect([settlesAtMs(61_000.5), settlesAtMs(200_000)]).toEqual([NOON_MS + 30_000, NOON_MS + 10_000]);
});

describe('a payment of which Dojo took a capture', () => {
  const done = anAction({ ...sent, move: { kind: 'capture', amount: 4200 }, state: 'done', outcome: anOutcome({ captureId: 'cp_1' }) });
  const stateWith = (captures: Payment['captures'], ...actions: Action[]) => paymentView({ ...hold, captures }, actions, setting).state;

  test('is being captured from then on, also before a reading shows it, and captured only on the bank’s word', () => {
    expect(stateWith([], done)).toBe('taking');
    expect(stateWith([aCapture({ id: 'cp_1', amountMinor: 4200, status: 'Created' })], done)).toBe('taking');
    expect(stateWith([aCapture({ id: 'cp_1', amountMinor: 4200 })], done)).toBe('paid');
    expect(stateWith([aCapture({ id: 'cp_1', amountMinor: 4200, status: 'Declined' })], done)).toBe('capture-declined');
    // Of several the newest tells, in whatever order they are listed.
    const [declined, failed] = [aCapture({ status: 'Declined' }), aCapture({ status: 'Failed', createdAtMs: NOON_MS + 1 })];
    expect([stateWith([declined, failed]), stateWith([failed, declined])]).toEqual(['capture-failed', 'capture-failed']);
  });

  test('is as Dojo shows it where only a person says that it was done, or no captures are listed', () => {
    expect(stateWith([], { ...done, outcome: anOutcome({ code: 'settled-happened', settledBy: 'person' }) })).toBe('on-hold');
    expect(stateWith(null, done)).toBe('on-hold');
  });
});

describe('of two refunds in a batch', () => {
  test('the first, plainly refused, does not say that Dojo shows exactly what was asked of it once the second is done', () => {
    const sale = aPayment();
    const refund = { ...sent, paymentId: sale.id, move: { kind: 'refund', amount: 500 } as const, baseline: baselineOf(sale, NOON_MS) };
    const no = anOutcome({ code: 'refused', settledBy: 'answer', status: 409, message: 'Dojo refused the refund. Nothing moved.' });
    const first = anAction({ ...refund, seq: 1, state: 'refused', changedAtMs: NOON_MS + 500, outcome: no });
    const second = anAction({ ...refund, seq: 2, state: 'done', sentAtMs: NOON_MS + 1_000, outcome: anOutcome() });
    const shown = { ...sale, refundedMinor: 500, updatedAtMs: NOON_MS + 1_000 };
    const queue = { ...emptyQueue, accountId: 'acc_1', actions: new Map([first, second].map((action) => [action.id, action])) };
    expect(actionView(first, shown, queue, setting).message).toBe('Dojo refused the refund. Nothing moved.');
    expect(actionView(first, shown, queue, setting).code).toBe('refused');
    expect(paymentView(shown, [first, second], setting).attention).toBe('Dojo refused the refund. Nothing moved.');
  });
});

describe('of what was decided together', () => {
  const no = (message: string) => anOutcome({ code: 'refused', settledBy: 'answer', status: 400, message });
  const queued = { ...sent, acceptedAtMs: NOON_MS - HOUR_MS };
  const ended = (seq: number, changes: Partial<Action>): Action => anAction({ ...queued, seq, changedAtMs: NOON_MS + seq, ...changes });
  const refused = ended(1, { state: 'refused', move: { kind: 'capture', amount: 3000 }, outcome: no('Dojo refused 30.') });
  const done = (seq: number, amount: number, id: string) =>
    ended(seq, { state: 'done', move: { kind: 'capture', amount }, outcome: anOutcome({ captureId: id }) });
  const receipt = (seq: number, changes: Partial<Action> = {}) => ended(seq, { state: 'done', move: { kind: 'sendReceipt', emails: [] }, ...changes });

  test('what came to nothing asks for attention, whatever the later ones came to', () => {
    expect(attention([aCapture({ id: 'cp_1', amountMinor: 1000 })], refused, done(2, 1000, 'cp_1'))).toBe('Dojo refused 30.');
    const second = ended(2, { state: 'refused', move: { kind: 'capture', amount: 1000 }, outcome: no('Dojo refused 10.') });
    expect(attention([], refused, second)).toBe('Dojo refused 10.');
    expect(attention([], { ...refused, outcome: anOutcome({ settledBy: 'person' }) }, receipt(2))).toBeNull();
  });

  test('it does not where another of them did all that was wanted', () => {
    expect(attention([aCapture({ id: 'cp_1', amountMinor: 4200 })], refused, done(2, 4200, 'cp_1'))).toBeNull();
  });

  test('nor once somebody has decided on the money since: a receipt is no such decision', () => {
    const later = { acceptedAtMs: NOON_MS + HOUR_MS };
    expect(attention([], refused, receipt(2, later))).toBe('Dojo refused 30.');
    expect(attention([aCapture({ id: 'cp_1', amountMinor: 1000 })], refused, { ...done(2, 1000, 'cp_1'), ...later })).toBeNull();
    const unsent = receipt(1, { state: 'refused', outcome: no('Dojo refused the receipt.') });
    expect(attention([], unsent)).toBe('Dojo refused the receipt.');
    expect(attention([], unsent, receipt(2, later))).toBeNull();
  });
});

describe('a payment changed elsewhere', () => {
  const taken = { atMs: NOON_MS - MINUTE_MS, what: 'A capture of £42.00 was made elsewhere.' };
  const whole = { ...hold, captures: [aCapture({ amountMinor: 4200 })] };
  const part = { ...hold, captures: [aCapture()] };
  const closed = anAction({
    paymentId: hold.id,
    state: 'refused',
    acceptedAtMs: NOON_MS - 2 * MINUTE_MS,
    move: { kind: 'capture', amount: 4200 },
    outcome: anOutcome({ code: 'nothing-left', message: 'The payment changed in the meantime.', next: 'Look at it.', settledBy: 'till' }),
  });
  const payment = (shown: Payment, action: Action, ...noticed: (typeof taken)[]) => paymentView(shown, [action], setting, false, noticed);
  const action = (shown: Payment, of: Action, ...noticed: (typeof taken)[]) =>
    actionView(of, shown, { ...emptyQueue, accountId: 'acc_1', actions: new Map([[of.id, of]]) }, setting, noticed);

  test('shows the last change of today, and none of the days before', () => {
    const [yesterday, later] = [
      { ...taken, atMs: NOON_MS - 13 * HOUR_MS },
      { atMs: NOON_MS, what: 'It was reversed elsewhere.' },
    ];
    expect(payment(whole, closed, yesterday, taken, later).changedElsewhere).toEqual(later);
    expect(payment(whole, closed, yesterday).changedElsewhere).toBeNull();
    expect(payment(whole, closed).changedElsewhere).toBeNull();
  });

  test('ends an action that came second as refused for that reason, which is no trouble where what was wanted is done', () => {
    const words = 'Another till was first. A capture of £42.00 was made elsewhere. Nothing was done by this one.';
    const all = `${words} All of it is captured.`;
    expect(action(whole, closed, taken)).toMatchObject({ state: 'refused', code: 'changed-elsewhere', message: all, next: null });
    expect(payment(whole, closed, taken).attention).toBeNull();
    expect(action(part, closed, taken)).toMatchObject({ code: 'changed-elsewhere', message: words, next: expect.stringContaining('decide again') });
    expect(payment(part, closed, taken).attention).toBe(words);
    // Dojo's total is less than its parts: perhaps more is left.
    expect(action({ ...whole, amountMinor: 5000, totalMinor: 4200 }, closed, taken)).toMatchObject({ message: words, next: null });
  });

  test('leaves a refusal for another reason what it is', () => {
    expect(action(whole, closed)).toMatchObject({ code: 'nothing-left', message: 'The payment changed in the meantime.' });
    expect(payment(part, closed).attention).toBe('The payment changed in the meantime.');
  });

  test('does not call another till first where the take may be our own, refused all the same', () => {
    const refused = anAction({ ...sent, state: 'refused', outcome: anOutcome({ code: 'refused', settledBy: 'answer', status: 409 }) });
    const noticed = { atMs: NOON_MS, what: 'A capture of £20.00 was made elsewhere, or by a request of this till that Dojo refused.' };
    expect(action(part, refused, noticed)).toMatchObject({ code: 'changed-elsewhere', message: expect.stringContaining('may be ours') });
    expect(payment(part, refused, noticed).attention).toContain('may be ours');
  });

  describe('as all of it was captured elsewhere in the moment in which this till asked for it', () => {
    const refused = { state: 'refused', outcome: anOutcome({ code: 'already-captured', settledBy: 'answer', status: 409 }) } as const;
    const ours = (amount: number, capturedMinor = 0) =>
      anAction({ ...sent, ...refused, move: { kind: 'capture', amount }, baseline: { ...baselineOf(hold, NOON_MS), capturedMinor } });
    const shown = (amountMinor: number, changes: Partial<Capture> = {}) => [aCapture({ id: 'cp_9', amountMinor, createdAtMs: NOON_MS + 1_000, ...changes })];

    test('says so, and that nothing is left to do', () => {
      const now = { ...hold, captures: shown(4200) };
      const message = 'All of it is captured, elsewhere or by this one after all. Nothing is left to do for it.';
      expect(action(now, ours(4200))).toMatchObject({ state: 'refused', message, next: null, madeUpFor: true, compareFirst: false });
      expect(payment(now, ours(4200)).attention).toBeNull();
      const taking = { ...hold, captures: shown(4200, { status: 'Created' }) };
      expect(action(taking, ours(4200)).message).toContain('All of it is being captured, elsewhere');
    });

    test('asks to compare where a part was asked for: as much again may have been too much', () => {
      const now = { ...hold, captures: [aCapture({ amountMinor: 2100 }), ...shown(2100)] };
      const half = { ...ours(2100), baseline: baselineOf(hold, NOON_MS) };
      expect(action(now, half)).toMatchObject({ message: expect.stringContaining('Compare with Dojo'), compareFirst: true });
      expect(payment(now, half).attention).toContain('Compare with Dojo');
      // The rest, where half was captured before.
      const rest = { ...half, baseline: baselineOf({ ...hold, captures: now.captures.slice(0, 1) }, NOON_MS) };
      expect(action(now, rest).message).toMatch(/^All of it is captured/);
    });
  });

  test.each([
    ['settled-not', 'person', 'A person settled it: it was not done. “not in the portal”'],
    ['gave-up', 'evidence', 'It was not done.'],
  ] as const)('keeps who ended it (%s) where Dojo shows it all the same since', (code, settledBy, message) => {
    const ended = anAction({ ...sent, state: 'refused', outcome: anOutcome({ code, settledBy, message }), changedAtMs: NOON_MS });
    const now = { ...hold, captures: [aCapture({ amountMinor: 2000, createdAtMs: NOON_MS + MINUTE_MS })] };
    const view = action(now, ended);
    expect(view).toMatchObject({ state: 'refused', code });
    expect(view?.message).toContain('Dojo did not confirm our capture');
    expect(view?.message?.startsWith(message)).toBe(settledBy === 'person');
  });

  test('says what the hold’s own end took, of an action that was too late', () => {
    const ended = aHold({
      autoExpireAction: 'Capture',
      autoExpireInMs: HOUR_MS,
      status: 'Captured',
      updatedAtMs: NOON_MS,
      captures: [aCapture({ amountMinor: 4200 })],
    });
    const said = { code: 'too-late', message: 'The capture was not sent in time. Nothing moved.' };
    const late = (move: Action['move']) => anAction({ paymentId: ended.id, state: 'expired', move, outcome: anOutcome({ ...said, settledBy: 'till' }) });
    const took = 'At the hold’s end Dojo captured £42.00.';
    for (const move of [{ kind: 'capture', amount: 1000 } as const, { kind: 'reverse' } as const]) {
      expect(action(ended, late(move))).toMatchObject({ state: 'expired', code: 'too-late', message: expect.stringContaining(took) });
      expect(payment(ended, late(move)).attention).toContain(took);
      expect(payment(ended, late(move)).attention).not.toContain('Nothing moved');
    }
    // What was wanted is done: nothing is left to decide.
    expect(payment(ended, late({ kind: 'capture', amount: 4200 })).attention).toBeNull();
    const released = { ...ended, autoExpireAction: 'Release', status: 'Reversed', captures: [] } as const;
    expect(payment(released, late({ kind: 'reverse' })).attention).toBeNull();
    expect(payment(released, late({ kind: 'capture', amount: 4200 })).attention).toBe(said.message);
  });

  test('does not call another till first where it is just what ours would have done, nor says that nothing moved', () => {
    const sale = aPayment();
    const ours = { paymentId: sale.id, sends: 1, firstSentAtMs: NOON_MS, sentAtMs: NOON_MS, baseline: baselineOf(sale, NOON_MS), state: 'refused' } as const;
    const no = anOutcome({ code: 'refused', message: 'Dojo refused it. Nothing moved.', settledBy: 'answer', status: 409 });
    const noticed = { atMs: NOON_MS, what: '£5.00 was refunded elsewhere, or by a request of this till that Dojo did not confirm.' };
    const refund = anAction({ ...ours, move: { kind: 'refund', amount: 500 }, outcome: no });
    const refunded = { ...sale, refundedMinor: 500 };
    expect(action(refunded, refund, noticed)).toMatchObject({ message: expect.stringContaining('own request'), next: expect.stringContaining('Compare') });
    expect(payment(refunded, refund, noticed).attention).toContain('own request');
    const undo = anAction({ ...ours, move: { kind: 'reverse' }, outcome: no });
    const undone = { ...sale, status: 'Reversed' };
    expect(action(undone, undo)).toMatchObject({ message: expect.stringContaining('own request'), next: null });
    expect(payment(undone, undo).attention).toBeNull();
    const removed = anAction({
      ...refund,
      state: 'withdrawn',
      outcome: anOutcome({ code: 'withdrawn', message: 'Removed. Nothing moved.', settledBy: 'person' }),
    });
    const late = { ...refunded, updatedAtMs: NOON_MS + 9 * MINUTE_MS };
    expect(action(late, removed)).toMatchObject({ state: 'withdrawn', message: expect.stringContaining('own request') });
    expect(payment(late, removed).attention).toContain('own request');
    expect(action(sale, removed).message).toBe('Removed. Nothing moved.');
    expect(payment(sale, removed).attention).toBeNull();
    expect(action({ ...sale, refundedMinor: 600 }, refund).message).toContain('own request');
    expect(action({ ...sale, refundedMinor: 499 }, refund).message).toContain('Nothing moved');
  });
});

describe('an action says what to do next', () => {
  function viewOf(changes: Partial<Action>, payment = hold) {
    const action = anAction({ ...sent, ...changes });
    return actionView(action, payment, { ...emptyQueue, accountId: 'acc_1', actions: new Map([[action.id, action]]) }, setting);
  }
  const heard = anOutcome({ code: 'refused', message: 'Dojo refused.', next: 'Look at it.', traceId: 't-1', raw: 'Status: 409' });

  test('after a refusal, with Dojo’s answer and its trace id', () => {
    expect(viewOf({ state: 'refused', outcome: heard })).toMatchObject({ message: 'Dojo refused.', next: 'Look at it.', traceId: 't-1', raw: 'Status: 409' });
  });

  test('where the bank turned down a take that Dojo had taken, and nothing where it did not', () => {
    const done = { state: 'done', outcome: anOutcome({ captureId: 'cp_1' }) } as const;
    const shown = (status: string) => viewOf(done, { ...hold, captures: [aCapture({ id: 'cp_1', status })] });
    expect(shown('Declined').next).toMatch(/another card/);
    expect(shown('Failed').next).toMatch(/once more/);
    expect(shown('Successful')).toMatchObject({ next: null, raw: null });
  });

  test('but not what another account’s waiting action heard when its key was here', () => {
    const waits = { state: 'waiting', accountId: 'acc_2', outcome: heard } as const;
    expect(viewOf(waits)).toMatchObject({ message: null, next: null, traceId: null, raw: null });
  });

  test.each([
    ['Declined', 'The bank declined the capture of £45.00. Nothing was captured with it.'],
    ['Failed', 'Capturing £45.00 did not go through. Nothing was captured with it.'],
  ])('on the payment, with all that was asked for, where the bank says %s', (status, says) => {
    const part = anAction({ ...sent, state: 'done', move: { kind: 'capture', amount: 4000, tipsAmount: 500 }, outcome: anOutcome({ captureId: 'cp_1' }) });
    expect(attention([aCapture({ id: 'cp_1', amountMinor: 4000, tipsMinor: 500, status })], part)).toBe(says);
  });

  test.each([
    [['Declined', 'Declined'], 'The bank declined 2 captures: £20.00, £15.00. Nothing was captured with them.'],
    [['Declined', 'Failed'], '2 captures did not go through: £20.00, £15.00. Nothing was captured with them.'],
  ])('on the payment, with all that the bank says no to, the newest last: %s', (statuses, says) => {
    const captures = [2000, 1500].map((amountMinor, nth) =>
      aCapture({ id: `cp_${nth}`, amountMinor, status: statuses[nth] ?? '', createdAtMs: NOON_MS + nth }),
    );
    expect(attention(captures.toReversed())).toBe(says);
  });

  test('on the payment no more once all that was captured is refunded', () => {
    const captures = [aCapture({ id: 'cp_1' }), aCapture({ id: 'cp_2', amountMinor: 2200, status: 'Declined' })];
    const says = (changes: Partial<Payment>) => paymentView({ ...hold, captures, ...changes }, [], setting).attention;
    const told = expect.stringContaining('The bank declined the capture of £22.00.');
    for (const refundedMinor of [0, 1999]) expect(says({ refundedMinor }), String(refundedMinor)).toEqual(told);
    expect(says({ refundedMinor: 1999, status: 'Refunded' })).toEqual(told);
    expect([says({ refundedMinor: 2000 }), says({ refundedMinor: 2000, status: 'Refunded' }), says({ status: 'Refunded' })]).toEqual([null, null, null]);
  });

  test('on the payment, where a person has to decide', () => {
    const stuck = anAction({ ...sent, state: 'needsPerson', outcome: anOutcome({ message: 'It cannot be told.', next: 'Look it up in Dojo.' }) });
    expect(attention([], stuck)).toBe('It cannot be told. Look it up in Dojo.');
  });
});

describe('an action says on which payment it is', () => {
  const action = anAction({ paymentId: hold.id });
  const queue = { ...emptyQueue, accountId: action.accountId, actions: new Map([[action.id, action]]) };
  const card = { scheme: 'VISA', last4: '2437', funding: null, entry: null };

  test('by card and time of the payment; of one that nobody has paid by when it was made; of one not known by nothing', () => {
    expect(actionView(action, { ...hold, card, paidAtMs: NOON_MS }, queue, setting)).toMatchObject({
      card: { scheme: 'VISA', last4: '2437' },
      paymentAtMs: NOON_MS,
    });
    expect(actionView(action, { ...hold, card: null, paidAtMs: null }, queue, setting)).toMatchObject({ card: null, paymentAtMs: hold.createdAtMs });
    expect(actionView(action, null, queue, setting)).toMatchObject({ card: null, paymentAtMs: null });
  });

  test('anew as soon as the payment is known, or its card', () => {
    const cache = createViewCache();
    const last4 = (payment: Payment | null) => cache.actions([action], queue, () => payment, setting)[0]?.card?.last4;
    expect([last4(null), last4({ ...hold, card: null }), last4({ ...hold, card })]).toEqual([undefined, undefined, '2437']);
  });

  test('of another account too, whose payment decides nothing here', () => {
    const cache = createViewCache();
    const asked: string[] = [];
    const theirs = { ...queue, accountId: 'another' };
    const look = () =>
      cache.actions(
        [action],
        theirs,
        () => null,
        setting,
        (accountId, paymentId) => {
          asked.push(`${accountId} ${paymentId}`);
          return { ...hold, card };
        },
      );
    expect(look()).toMatchObject([{ card: { last4: '2437' }, sinceDecision: null, otherAccount: true }]);
    expect(look()).toMatchObject([{ card: { last4: '2437' } }]);
    expect(asked).toEqual([`${action.accountId} ${hold.id}`]);
  });
});

describe('many views at once', () => {
  const sales = [aPayment(), aPayment(), aPayment()];
  const refunds = (views: readonly PaymentView[]) => views.map(({ moves }) => moves.refund.open);

  test('of a capture whose id no list shows is made anew when another action turns out to have made the one that Dojo shows', () => {
    const cache = createViewCache();
    const numbered = anAction({ ...sent, id: 'a1', seq: 1, state: 'done', outcome: anOutcome({ captureId: '1' }) });
    const other = { ...numbered, id: 'a2', seq: 2, outcome: anOutcome({ captureId: 'cp_1' }) };
    const shown = { ...hold, captures: [aCapture({ id: 'cp_1', status: 'Declined' })] };
    const statuses = (...actions: Action[]) =>
      cache
        .actions(actions, { ...emptyQueue, actions: new Map(actions.map((action) => [action.id, action])) }, () => shown, setting)
        .map(({ captureStatus }) => captureStatus);
    expect(statuses(numbered, { ...other, state: 'checking', outcome: null })).toEqual(['Declined', null]);
    expect(statuses(numbered, other)).toEqual([null, 'Declined']);
  });

  test.each(['refused', 'withdrawn', 'expired'] as const)(
    'of one that ended without a yes (%s) say what came since as soon as no other on its payment can have made it',
    (state) => {
      const cache = createViewCache();
      const ended = anAction({
        ...sent,
        id: 'a1',
        seq: 1,
        move: { kind: 'capture', amount: 3000 },
        state,
        outcome: anOutcome({ code: state, settledBy: 'till' }),
      });
      const other = anAction({ ...sent, id: 'a2', seq: 2, move: { kind: 'capture', amount: 1000 }, state: 'checking', outcome: null });
      const now = { ...hold, captures: [aCapture({ id: 'cp_9', amountMinor: 3000, createdAtMs: NOON_MS + MINUTE_MS })] };
      const message = (...actions: Action[]) =>
        cache.actions([ended], { ...emptyQueue, actions: new Map(actions.map((action) => [action.id, action])) }, () => now, setting)[0]?.message;
      expect(message(ended, other)).toBe(ended.outcome?.message);
      const otherEnded = { ...other, state: 'refused' as const, outcome: anOutcome({ code: 'refused', settledBy: 'answer', status: 409 }) };
      expect(message(ended, otherEnded)).toMatch(/^Dojo did not confirm our capture, but shows one of exactly this amount since\./);
    },
  );

  test('of one that the bank turned down say that it was made up for as soon as somebody decides anew, and then not what to do', () => {
    const cache = createViewCache();
    const part = anAction({ ...sent, id: 'a1', seq: 1, state: 'done', outcome: anOutcome({ captureId: 'cp_1' }) });
    const now = { ...hold, captures: [aCapture({ id: 'cp_1', status: 'Declined' })] };
    const again = anAction({ id: 'a2', seq: 2, paymentId: hold.id, decidedOn: baselineOf(now, NOON_MS) });
    const view = (...actions: Action[]) =>
      cache.actions([part], { ...emptyQueue, actions: new Map(actions.map((action) => [action.id, action])) }, () => now, setting)[0];
    expect(view(part)).toMatchObject({ madeUpFor: false, next: expect.stringMatching(/another card/) });
    expect(view(part)).toBe(view(part));
    expect(view(part, again)).toMatchObject({ madeUpFor: true, next: null });
    expect(view(part, { ...again, state: 'withdrawn' })).toMatchObject({ madeUpFor: false });
  });

  test('of one that ended undone say that it was made up for where another till did what was wanted', () => {
    const removed = anAction({ id: 'a1', seq: 1, state: 'withdrawn', outcome: anOutcome({ code: 'withdrawn', settledBy: 'person' }) });
    const queue = { ...emptyQueue, actions: new Map([[removed.id, removed]]) };
    expect(actionView(removed, hold, queue, setting)).toMatchObject({ madeUpFor: false });
    const whole = { ...hold, captures: [aCapture({ amountMinor: hold.amountMinor })] };
    expect(actionView(removed, whole, queue, setting)).toMatchObject({ madeUpFor: true });
    expect(actionView(removed, null, queue, setting)).toMatchObject({ madeUpFor: false });
  });

  test('of one that ended so long ago that only the disk has it says what the bank said, too', () => {
    const old = anAction({ ...sent, state: 'done', outcome: anOutcome({ captureId: '1' }) });
    const shown = { ...hold, captures: [aCapture({ id: 'cp_1', status: 'Declined' })] };
    expect(createViewCache().actions([old], emptyQueue, () => shown, setting)).toMatchObject([{ captureStatus: 'Declined' }]);
  });

  test('are made a part at a time: what was never made is left out, what is out of date stays as it was until its turn', () => {
    const cache = createViewCache();
    const some = (online: boolean) => cache.somePayments(sales, emptyQueue, { ...setting, online }, 2);
    expect(some(true)).toMatchObject({ views: [{ id: sales[0]?.id }, { id: sales[1]?.id }], isMore: true });
    expect(refunds(some(true).views)).toEqual([true, true, true]);
    const first = some(false);
    expect(refunds(first.views)).toEqual([false, false, true]);
    expect(first.isMore).toBe(true);
    const second = some(false);
    expect(refunds(second.views)).toEqual([false, false, false]);
    expect(second.isMore).toBe(false);
    expect(second.views.slice(0, 2)).toEqual(first.views.slice(0, 2));
  });

  test('are all made where a person asked for them', () => {
    const cache = createViewCache();
    expect(refunds(cache.payments(sales, emptyQueue, { ...setting, online: true }))).toEqual([true, true, true]);
    expect(refunds(cache.payments(sales, emptyQueue, { ...setting, online: false }))).toEqual([false, false, false]);
  });

  test('of another day are made anew, none of them left out meanwhile', () => {
    const cache = createViewCache();
    const before = cache.payments(sales, emptyQueue, setting);
    cache.clear();
    const { views, isMore } = cache.somePayments(sales, emptyQueue, setting, 2);
    expect(views.map((view, index) => view === before[index])).toEqual([false, false, true]);
    expect(isMore).toBe(true);
  });
});

describe('a view is made anew', () => {
  const sale = aPayment();
  /** What the page would be shown of the sale at each moment. */
  function shownAt(changes: Partial<typeof setting>, ...actions: readonly Action[]) {
    const cache = createViewCache();
    const queue = { ...emptyQueue, actions: new Map(actions.map((action) => [action.id, { ...action, paymentId: sale.id }])) };
    return (atMs: number, more: Partial<typeof setting> = {}) => {
      const [view] = cache.payments([sale], queue, { ...setting, ...changes, ...more, nowMs: atMs });
      if (!view) throw new Error('expected a view');
      return view;
    };
  }
  const recentOf = ({ moves: { refund } }: PaymentView) => refund.open && refund.recent;

  test('when the ten minutes after a refund are over, and not before', () => {
    const at = shownAt({}, anAction({ move: { kind: 'refund', amount: 500 }, acceptedAtMs: NOON_MS }));
    const first = at(NOON_MS);
    expect(recentOf(first)).toEqual({ amountMinor: 500, atMs: NOON_MS });
    expect(at(NOON_MS + 10 * MINUTE_MS - 1)).toBe(first);
    expect(recentOf(at(NOON_MS + 10 * MINUTE_MS))).toBeNull();
  });

  test('when the clock is put back: what had closed by it is open again', () => {
    const at = shownAt({});
    const midnightMs = Date.parse('2026-06-15T23:00:00Z');
    expect(at(midnightMs).moves.reverse.open).toBe(false);
    expect(at(NOON_MS).moves.reverse.open).toBe(true);
  });

  test('at midnight: the way to give money back is another then', () => {
    const at = shownAt({});
    const midnightMs = Date.parse('2026-06-15T23:00:00Z');
    expect(at(NOON_MS).giveBack).toMatchObject({ way: 'undo', instead: { way: 'refund' } });
    expect(at(midnightMs - 1)).toBe(at(NOON_MS));
    expect(at(midnightMs).giveBack).toMatchObject({ way: 'refund', instead: null, closed: [{ way: 'release' }, { way: 'undo' }] });
  });

  test('when the shop switches refunds without the line on', () => {
    const at = shownAt({ online: false });
    expect(at(NOON_MS).moves.refund).toMatchObject({ open: false, code: 'offline' });
    expect(at(NOON_MS, { offlineRefundMaxMinor: 800 }).moves.refund).toMatchObject({ open: true, maxMinor: 800 });
  });
});

describe('the amounts of a payment', () => {
  const shown = (payment: Payment, ...actions: Action[]) => paymentView(payment, actions, setting);
  test('count whole, and stand there one by one', () => {
    const sale = shown(aPayment({ amountMinor: 5000, tipsMinor: 500, serviceChargeMinor: 625 }));
    expect(sale).toMatchObject({ totalMinor: 6125, amountMinor: 5000, tipsMinor: 500, serviceChargeMinor: 625, cashbackMinor: 0, partsMinor: null });
    expect(sale).toMatchObject({ takenMinor: 6125, state: 'paid', moves: { refund: { open: true, maxMinor: 6125, defaultMinor: 6125 } } });
  });

  test('of a hold with a charge are not captured with the bill alone', () => {
    const payment = aHold({ amountMinor: 10_000, serviceChargeMinor: 1250 });
    expect(shown(payment)).toMatchObject({ totalMinor: 11_250, leftMinor: 11_250, onHoldMinor: 11_250, state: 'on-hold' });
    expect(shown({ ...payment, captures: [aCapture({ amountMinor: 10_000 })] })).toMatchObject({ state: 'part-taken', takenMinor: 10_000, leftMinor: 1250 });
  });

  test('say both where Dojo’s total is another, and neither is wrong', () => {
    const payment = aHold({ amountMinor: 10_000, totalMinor: 9000 });
    expect(shown(payment)).toMatchObject({ totalMinor: 9000, partsMinor: 10_000, onHoldMinor: 9000, leftMinor: 10_000 });
    expect(shown({ ...payment, captures: [aCapture({ amountMinor: 9000 })] })).toMatchObject({ state: 'paid', onHoldMinor: 0, leftMinor: 1000 });
  });

  test('are bounded by what this till captured, where Dojo lists no captures and calls a part Captured', () => {
    const part = anAction({ move: { kind: 'capture', amount: 400 }, state: 'done', sends: 1, outcome: anOutcome({ captureId: '1' }) });
    const old = { ...setting, apiVersion: '2022-04-07' };
    const payment = aHold({ amountMinor: 1000, captures: null, status: 'Captured' });
    expect(paymentView(payment, [part], old)).toMatchObject({
      state: 'part-taken',
      takenMinor: 400,
      leftMinor: 600,
      moves: { refund: { open: true, maxMinor: 400 } },
    });
    expect(paymentView(payment, [], old)).toMatchObject({ state: 'paid', takenMinor: 1000, leftMinor: 0 });
  });

  test.each<readonly [string, Partial<Payment>, readonly Partial<Action>[], number]>([
    ['of another currency', { currency: 'XBT' }, [], 4200],
    [
      'of another currency, a part of it captured',
      { currency: 'JPY', captures: [aCapture({ amountMinor: 2000 }), aCapture({ status: 'Declined' })] },
      [],
      2200,
    ],
    ['whose end is over, while Dojo still holds it', { paidAtMs: NOON_MS - 8 * 24 * HOUR_MS, createdAtMs: NOON_MS - 8 * 24 * HOUR_MS }, [], 4200],
    ['of which money was given back', { captures: [aCapture({ amountMinor: 2000 })], refundedMinor: 500 }, [], 2200],
    ['whose release has an unknown outcome', {}, [{ move: { kind: 'reverse' }, state: 'checking' }], 4200],
    ['whose release needs a person', {}, [{ move: { kind: 'reverse' }, state: 'needsPerson' }], 4200],
    ['whose release was refused', {}, [{ move: { kind: 'reverse' }, state: 'refused' }], 4200],
    ['whose release is queued', {}, [{ move: { kind: 'reverse' }, state: 'waiting' }], 0],
    ['whose release Dojo took', {}, [{ move: { kind: 'reverse' }, state: 'done', outcome: anOutcome() }], 0],
    ['all of which is queued', {}, [{ move: { kind: 'capture', amount: 4200 }, state: 'waiting' }], 0],
    ['all of which is captured', { currency: 'XBT', captures: [aCapture({ amountMinor: 4200 })] }, [], 0],
    ['that was released', { status: 'Reversed', currency: 'XBT' }, [], 0],
  ])('of a hold %s are what Dojo still holds of it, less what was captured or is promised', (_, differs, actions, onHoldMinor) => {
    const payment = aHold(differs);
    const view = shown(payment, ...actions.map((action) => anAction({ paymentId: payment.id, ...action })));
    expect(view.onHoldMinor).toBe(onHoldMinor);
    if (!view.moves.capture.open) expect(view.leftMinor).toBe(0);
  });

  test('of a hold that nobody can read an action of are what Dojo still holds', () => {
    expect(paymentView(hold, [], setting, true)).toMatchObject({ onHoldMinor: 4200, leftMinor: 0, moves: { capture: { open: false } } });
  });

  test('of the rest of one that nobody can read an action of are what may still be held, until its end', () => {
    const rest = { ...hold, status: 'Captured', captures: [aCapture({ amountMinor: 1000 })] };
    const onHoldAt = (nowMs: number) => paymentView(rest, [], { ...setting, nowMs }, true).onHoldMinor;
    expect([onHoldAt(holdEndsByMs(rest) - 1), onHoldAt(holdEndsByMs(rest))]).toEqual([3200, 0]);
  });

  test('in another currency are shown, with the reason why no money can be moved', () => {
    const { totalMinor, currency, moves, giveBack } = shown(aPayment({ currency: 'JPY' }));
    expect([totalMinor, currency]).toEqual([2000, 'JPY']);
    for (const kind of ['capture', 'reverse', 'refund', 'setAmount', 'setTips'] as const) expect(moves[kind]).toMatchObject({ open: false, code: 'currency' });
    expect(giveBack).toMatchObject({ way: null, why: 'It is in JPY: Tillside moves pounds and euros only. Look it up in Dojo.' });
  });
});

describe('a hold of which Dojo does not say when it began', () => {
  const made = { createdAtMs: NOON_MS - 8 * HOUR_MS, updatedAtMs: NOON_MS - 2 * HOUR_MS, paidAtMs: null, autoExpireInMs: 6 * HOUR_MS };
  const at = (nowMs: number, changes: Partial<Payment> = {}) => paymentView(aHold({ ...made, ...changes }), [], { ...setting, nowMs });

  test('is captured until the latest that it may end, and shows the earliest until that is over', () => {
    expect(at(NOON_MS - 3 * HOUR_MS)).toMatchObject({
      holdEnds: { atMs: NOON_MS - 2 * HOUR_MS },
      moves: { capture: { open: true, deadlineMs: NOON_MS + 4 * HOUR_MS } },
    });
    expect(at(NOON_MS - 3 * HOUR_MS).holdEnds).not.toHaveProperty('isLatest');
    const between = at(NOON_MS);
    expect(between).toMatchObject({ holdEnds: { atMs: NOON_MS + 4 * HOUR_MS, isLatest: true }, moves: { capture: { open: true }, reverse: { open: true } } });
    expect(at(NOON_MS + 4 * HOUR_MS).moves).toMatchObject({ capture: { open: false, code: 'hold-ended' }, reverse: { open: false, code: 'hold-ended' } });
  });

  test('ends when it ends once Dojo says when it began', () => {
    const said = at(NOON_MS, { paidAtMs: NOON_MS - 7 * HOUR_MS });
    expect(said.moves.capture).toMatchObject({ open: false, code: 'hold-ended' });
    expect(said.holdEnds).toEqual({ atMs: NOON_MS - HOUR_MS, action: 'Release' });
  });

  test('is shown anew when the earliest is over', () => {
    const cache = createViewCache();
    const hold = aHold(made);
    const shown = (nowMs: number) => cache.payments([hold], emptyQueue, { ...setting, nowMs })[0]?.holdEnds;
    expect(shown(NOON_MS - 2 * HOUR_MS - 1)).toMatchObject({ atMs: NOON_MS - 2 * HOUR_MS });
    expect(shown(NOON_MS - 2 * HOUR_MS)).toMatchObject({ isLatest: true });
  });
});

test('900 captures on one payment stay correct, and one more that nobody here asked for is noticed among them', () => {
  const actions = Array.from({ length: 900 }, (_, index) =>
    anAction({ ...sent, seq: index, move: { kind: 'capture', amount: 100 }, state: 'done', outcome: anOutcome({ captureId: `cp_${index}` }) }),
  );
  const captures = actions.map((_, index) => aCapture({ id: `cp_${index}`, amountMinor: 100 }));
  const payment = aHold({ amountMinor: 100_000, captures });
  expect(paymentView(payment, actions, setting)).toMatchObject({ takenMinor: 90_000, leftMinor: 10_000, attention: null });
  const more = { ...payment, captures: [...captures, aCapture({ amountMinor: 100 })] };
  expect(paymentView(more, actions, setting)).toMatchObject({ takenMinor: 90_100, leftMinor: 9_900, attention: expect.stringContaining('captured twice') });
});

test('900 captures that were numbered by an older version, and are listed now, each count once', () => {
  const numbered = Array.from({ length: 900 }, (_, index) =>
    anAction({ ...sent, seq: index, move: { kind: 'capture', amount: 100 }, state: 'done', outcome: anOutcome({ captureId: String(index + 1) }) }),
  );
  const captures = numbered.map((_, index) => aCapture({ id: `cp_${index}`, amountMinor: 100 }));
  const view = paymentView(aHold({ amountMinor: 100_000, captures }), numbered, setting);
  expect(view).toMatchObject({ takenMinor: 90_000, leftMinor: 10_000, attention: null });
});

test('a capture beside one that was numbered by an older version is noticed', () => {
  const numbered = anAction({ ...sent, move: { kind: 'capture', amount: 100 }, state: 'done', outcome: anOutcome({ captureId: '1' }) });
  const own = aCapture({ id: 'cp_a', amountMinor: 100 });
  expect(paymentView({ ...hold, captures: [own] }, [numbered], setting).attention).toBeNull();
  expect(paymentView({ ...hold, captures: [own, aCapture({ id: 'cp_b', amountMinor: 100 })] }, [numbered], setting).attention).toMatch(/captured twice/);
});

test('a payment that Dojo does not know with this key needs somebody, as long as money can be moved on it and nothing else does', () => {
  const unknown = (payment: Payment, ...actions: Action[]) => paymentView(payment, actions, setting, false, [], true).attention;
  expect(unknown(hold)).toBe('Dojo does not know this payment with this key. What is shown here was read before.');
  expect(unknown({ ...hold, status: 'Created' })).toBeNull();
  expect(unknown(hold, anAction({ ...sent, state: 'needsPerson', outcome: anOutcome({ message: 'Look.', next: null }) }))).toBe('Look.');
});

test('views are made anew when the last look at the payment came to something else', () => {
  let look: LastLook = { kind: 'read', readAtMs: NOON_MS };
  const cache = createViewCache(undefined, { isUnknown: () => look.kind === 'unknown', of: () => look });
  const action = anAction({ paymentId: hold.id, state: 'needsPerson', decidedOn: baselineOf(hold, 1) });
  const queue = { ...emptyQueue, accountId: 'acc_1', actions: new Map([[action.id, action]]) };
  const shown = () => [cache.payments([hold], queue, setting)[0]?.attention ?? null, cache.actions([action], queue, () => hold, setting)[0]] as const;
  const [, read] = shown();
  expect(shown()[1]).toBe(read);
  expect(read).toMatchObject({ look, sinceDecision: { unchanged: true } });
  look = { kind: 'unread', readAtMs: NOON_MS };
  const [, unread] = shown();
  expect(unread).toMatchObject({ look, sinceDecision: { unchanged: false, now: { readAtMs: NOON_MS } } });
  // A time is told by its minute.
  look = { kind: 'unread', readAtMs: NOON_MS + 59_999 };
  expect(shown()[1]).toBe(unread);
  look = { kind: 'unread', readAtMs: NOON_MS + 60_000 };
  expect(shown()[1]).toMatchObject({ look });
  look = { kind: 'unknown', readAtMs: null };
  expect(shown()[1]).toMatchObject({ look, sinceDecision: { now: null } });
});

test('evidence says when it was read before the send, and what was read since; none is shown of what Dojo does not know', () => {
  const action = anAction({ ...sent, paymentId: hold.id, state: 'needsPerson', baseline: baselineOf(hold, NOON_MS) });
  const queue = { ...emptyQueue, accountId: 'acc_1', actions: new Map([[action.id, action]]) };
  const evidence = (look: LastLook) => actionView(action, hold, queue, setting, undefined, undefined, undefined, look).evidence;
  const before = { before: expect.stringMatching(/^Authorized/), beforeAtMs: NOON_MS };
  expect(evidence({ kind: 'unread', readAtMs: NOON_MS })).toEqual({ ...before, now: before.before });
  expect(evidence({ kind: 'unknown', readAtMs: null })).toEqual({ ...before, now: null });
});

test('what was lost may still arrive as long as only this PC’s clock says that it cannot', () => {
  const part = { kind: 'capture', amount: 1000 } as const;
  const lost = anAction({ ...sent, move: part, state: 'refused', outcome: anOutcome({ code: 'settled-not', settledBy: 'person' }) });
  const lostMinor = (nowMs: number, isByPc: boolean) => paymentView(hold, [lost], { ...setting, nowMs, isByPc }).lostCapturesMinor;
  expect([lostMinor(NOON_MS, false), lostMinor(NOON_MS + HOUR_MS, false), lostMinor(NOON_MS + HOUR_MS, true)]).toEqual([1000, 0, 1000]);
});

test('what Dojo forbade the key is to be decided again in its own trading day only', () => {
  const refused = anAction({ ...sent, state: 'refused', changedAtMs: NOON_MS, outcome: anOutcome({ code: 'refused', settledBy: 'answer', status: 403 }) });
  const isToDecide = (nowMs: number) => actionView(refused, hold, emptyQueue, { ...setting, nowMs }).decidableAgain;
  expect([isToDecide(NOON_MS), isToDecide(NOON_MS + 10 * HOUR_MS), isToDecide(NOON_MS + 12 * HOUR_MS)]).toEqual([true, true, false]);
});

test('a release that was refused for a part captured elsewhere asks for attention also once Dojo calls the hold reversed', () => {
  const move = { kind: 'reverse' } as const;
  const refused = anAction({ move, paymentId: hold.id, state: 'refused', outcome: anOutcome({ code: 'part-taken', message: 'Part was captured.' }) });
  const shown = (captures: Payment['captures']) => paymentView({ ...hold, status: 'Reversed', captures }, [refused], setting).attention;
  expect([shown([aCapture({ amountMinor: 1000, tipsMinor: 0 })]), shown([])]).toEqual(['Part was captured.', null]);
});

test('a capture of which nobody can tell whether it was made is not called not done as the hold is let go', () => {
  const conflict = anOutcome({ code: 'conflict', message: 'Dojo shows something that this action alone does not explain.' });
  const move = { kind: 'capture', amount: 1000 } as const;
  const unsure = anAction({ ...sent, move, state: 'needsPerson', baseline: baselineOf(hold, NOON_MS), outcome: conflict });
  const queue = { ...emptyQueue, accountId: unsure.accountId, actions: new Map([[unsure.id, unsure]]) };
  const captures = ['cp_1', 'cp_2'].map((id) => aCapture({ id, amountMinor: 1000, tipsMinor: 0, createdAtMs: NOON_MS }));
  expect(actionView(unsure, { ...hold, status: 'Reversed', captures }, queue, setting)).toMatchObject({
    can: { release: false, settle: true },
    message: 'Dojo shows something that this action alone does not explain. Dojo shows the hold released: no capture can be made any more.',
    next: 'Look it up in Dojo, then settle it in the queue.',
  });
});

test('a lost part of a hold that was let go since is offered to nobody, and cannot arrive', () => {
  const part = { kind: 'capture', amount: 1000 } as const;
  const lost = anAction({ ...sent, move: part, state: 'needsPerson', outcome: anOutcome({ code: 'absent-part' }) });
  const queue = { ...emptyQueue, accountId: lost.accountId, actions: new Map([[lost.id, lost]]) };
  const shown = (status: string) => actionView(lost, { ...hold, status }, queue, setting);
  expect(shown('Authorized')).toMatchObject({ can: { release: true, settle: true }, ifAgain: expect.any(String), mayArrive: expect.any(String) });
  expect(shown('Reversed')).toMatchObject({
    ...{ can: { release: false, settle: true }, ifAgain: null, mayArrive: null },
    message: 'Dojo shows the hold released, and not this capture: none can be made any more.',
  });
  const unsent = { ...lost, sends: 0, firstSentAtMs: null, sentAtMs: null, baseline: null, outcome: anOutcome({ code: 'moved' }) };
  expect(actionView(unsent, { ...hold, status: 'Reversed' }, queue, setting).message).toContain('Nothing was sent.');
});
