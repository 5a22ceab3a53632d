import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Payment } from '../../main/core/payment/payment.ts';
import { baselineOf } from '../../main/core/queue/evidence.ts';
import { changedElsewhere, NO_NEWS } from '../../main/ports/ledger.ts';
import { aCapture, aHold, anAction, aPayment, DAY_MS, HOUR_MS, NOON_MS } from '../builders.ts';
import { aFile, anAccount, anEntry, opened, rowsOf, tamper } from './a-ledger.ts';

const idsOf = (payments: readonly Payment[]) => payments.map((payment) => payment.id);

describe('payments in the ledger', () => {
  it('have what was known of them beside them as long as a change waits to be judged, each of its own account', () => {
    const file = aFile();
    const payment = aHold({ captures: [aCapture()] });
    const before = baselineOf({ ...payment, captures: null, refundedMinor: 5 }, NOON_MS);
    const knownBefore = new Map([[payment.id, before]]);
    const ledger = opened(file);
    ledger.writePayments('acc_1', [payment, aPayment()], { ...NO_NEWS, knownBefore });
    ledger.writePayments('acc_2', [payment]);
    ledger.close();
    const again = opened(file);
    expect([again.knownBefore('acc_1'), again.knownBefore('acc_2')]).toEqual([knownBefore, new Map()]);
    // The payment says what it said: that nothing waits any more is still news.
    again.writePayments('acc_1', [payment]);
    expect(again.knownBefore('acc_1')).toEqual(new Map());
    again.writePayments('acc_1', [payment], { ...NO_NEWS, knownBefore });
    tamper(file, (db) => db.exec(`UPDATE payments SET known_before = '{}'`));
    expect(again.knownBefore('acc_1')).toEqual(new Map());
    expect(again.payment('acc_1', payment.id)).toEqual(payment);
  });

  it('are there again after the ledger was closed and opened, of their own account only', () => {
    const file = aFile();
    const payment = aHold({ captures: [aCapture()], card: null });
    const ledger = opened(file);
    expect(ledger.writePayments('acc_1', [payment])).toEqual({ ok: true, value: null });
    ledger.close();
    const again = opened(file);
    expect(again.payment('acc_1', payment.id)).toEqual(payment);
    expect(again.payment('acc_2', payment.id)).toBeNull();
  });

  it('are found by when they were made, newest first, the end left out', () => {
    const ledger = opened(aFile());
    const [first, second, next] = [0, 1, 2].map((hour) => aPayment({ createdAtMs: NOON_MS + hour * HOUR_MS })) as [Payment, Payment, Payment];
    ledger.writePayments('acc_1', [first, next, second]);
    expect(idsOf(ledger.payments('acc_1', NOON_MS, NOON_MS + 2 * HOUR_MS, true))).toEqual([second.id, first.id]);
    expect(ledger.payments('acc_2', NOON_MS, NOON_MS + 2 * HOUR_MS, true)).toEqual([]);
  });

  it('give the newest before a time, and no more than asked for', () => {
    const ledger = opened(aFile());
    const [first, second, third] = [0, 1, 2].map((hour) => aPayment({ createdAtMs: NOON_MS + hour * HOUR_MS })) as [Payment, Payment, Payment];
    ledger.writePayments('acc_1', [second, first, third]);
    ledger.writePayments('acc_2', [aPayment({ createdAtMs: NOON_MS })]);
    expect(idsOf(ledger.newestPayments('acc_1', NOON_MS + 3 * HOUR_MS, 2))).toEqual([third.id, second.id]);
    expect(idsOf(ledger.newestPayments('acc_1', NOON_MS + 2 * HOUR_MS, 9))).toEqual([second.id, first.id]);
  });

  it('include the holds of the days before where asked, and no other payments of those days', () => {
    const ledger = opened(aFile());
    const today = aPayment({ createdAtMs: NOON_MS });
    const held = aHold({ createdAtMs: NOON_MS - 3 * DAY_MS });
    const paid = aPayment({ createdAtMs: NOON_MS - 3 * DAY_MS });
    ledger.writePayments('acc_1', [held, paid, today]);
    expect(idsOf(ledger.payments('acc_1', NOON_MS, NOON_MS + 1, true))).toEqual([today.id, held.id]);
    expect(idsOf(ledger.payments('acc_1', NOON_MS, NOON_MS + 1, false))).toEqual([today.id]);
    ledger.writePayments('acc_1', [{ ...held, status: 'Captured' }]);
    expect(idsOf(ledger.payments('acc_1', NOON_MS, NOON_MS + 1, true))).toEqual([today.id]);
    // Of which a part is captured: the rest may still be held.
    ledger.writePayments('acc_1', [{ ...held, status: 'Captured', captures: [aCapture()] }]);
    expect(idsOf(ledger.payments('acc_1', NOON_MS, NOON_MS + 1, true))).toEqual([today.id, held.id]);
    expect(idsOf(ledger.payments('acc_1', NOON_MS, NOON_MS + 1, false))).toEqual([today.id]);
  });

  it('of an older till, which did not read service charge, cashback and total, are read as without', () => {
    const file = aFile();
    const ledger = opened(file);
    const payment = aHold({ id: 'old', serviceChargeMinor: 625, cashbackMinor: 1000, totalMinor: 5825 });
    ledger.writePayments('acc_1', [payment]);
    expect(ledger.payment('acc_1', 'old')).toEqual(payment);
    ledger.close();
    tamper(file, (db) => db.exec(`UPDATE payments SET body = json_remove(body, '$.serviceChargeMinor', '$.cashbackMinor', '$.totalMinor')`));
    expect(opened(file).payment('acc_1', 'old')).toEqual({ ...payment, serviceChargeMinor: 0, cashbackMinor: 0, totalMinor: null });
  });

  it('that cannot be read are left out and counted, and the next reading mends them', () => {
    const file = aFile();
    const [odd, sound] = [aPayment({ id: 'odd' }), aPayment({ id: 'sound' })];
    const ledger = opened(file);
    ledger.writePayments('acc_1', [odd, sound]);
    ledger.close();
    tamper(file, (db) => db.exec(`UPDATE payments SET body = json_remove(body, '$.currency') WHERE id = 'odd'`));
    const again = opened(file);
    expect(idsOf(again.payments('acc_1', 0, NOON_MS + DAY_MS, true))).toEqual(['sound']);
    expect(again.skippedPayments()).toBe(1);
    again.writePayments('acc_1', [odd]);
    expect(again.payment('acc_1', 'odd')).toEqual(odd);
  });

  it('are written with what there is to tell of them, or not at all', () => {
    const ledger = opened(aFile());
    const told = anEntry({ what: changedElsewhere('refund'), paymentId: 'pi_1', amountMinor: 500 });
    expect(ledger.writePayments('acc_1', [aPayment({ id: 'pi_1' })], { ...NO_NEWS, activity: [told] })).toMatchObject({ ok: true });
    expect(ledger.activityOn('pi_1')).toEqual([told]);
    const unwritable = { ...told, note: null as unknown as string };
    expect(() => ledger.writePayments('acc_1', [aPayment({ id: 'pi_2' })], { ...NO_NEWS, activity: [unwritable] })).toThrow();
    expect(ledger.payment('acc_1', 'pi_2')).toBeNull();
  });

  it('give what was changed elsewhere since a time, of their own account, oldest first', () => {
    const ledger = opened(aFile());
    const at = (hours: number, changes = {}) => anEntry({ what: changedElsewhere('capture'), atMs: NOON_MS + hours * HOUR_MS, ...changes });
    const [old, second, first] = [at(-1), at(2), at(0)];
    ledger.writePayments('acc_1', [], { ...NO_NEWS, activity: [old, second, first, at(1, { accountId: 'acc_2' }), at(1, { what: 'done' })] });
    expect(ledger.changedElsewhereSince('acc_1', NOON_MS)).toEqual([first, second]);
  });

  it('carry nothing that the till does not keep', () => {
    const file = aFile();
    const ledger = opened(file);
    const carrying = { ...aPayment(), clientSessionSecret: 'hush', customer: { emailAddress: 'pat@example.com' } };
    ledger.writePayments('acc_1', [carrying]);
    ledger.close();
    expect(JSON.stringify(rowsOf(file, 'SELECT * FROM payments'))).not.toMatch(/hush|pat@example.com/);
  });

  it('of a busy day are written and read, and an unchanged day costs no write', () => {
    const file = aFile();
    const ledger = opened(file);
    const day = Array.from({ length: 5_000 }, (_, index) => aPayment({ createdAtMs: NOON_MS + index }));
    ledger.writePayments('acc_1', day);
    expect(ledger.payments('acc_1', NOON_MS, NOON_MS + DAY_MS, true)).toHaveLength(5_000);
    const wal = statSync(`${file}-wal`, { bigint: true }).mtimeNs;
    ledger.writePayments('acc_1', day);
    expect(statSync(`${file}-wal`, { bigint: true }).mtimeNs).toBe(wal);
  });
});

const aPaymentOf = (atMs: number, changes: Partial<Payment> = {}) => aPayment({ createdAtMs: atMs, updatedAtMs: atMs, paidAtMs: atMs, ...changes });

describe('purging', () => {
  const old = NOON_MS - 100 * DAY_MS;
  const before = NOON_MS - 90 * DAY_MS;

  it.each<[string, Partial<Payment>]>([
    ['was paid', { paidAtMs: NOON_MS - DAY_MS }],
    ['was changed at Dojo', { updatedAtMs: NOON_MS - DAY_MS }],
    ['was captured in part', { captureMode: 'Manual', captures: [aCapture({ createdAtMs: NOON_MS - DAY_MS })] }],
  ])('keeps a payment that was made long ago and %s yesterday', (_, changes) => {
    const ledger = opened(aFile());
    const kept = aPaymentOf(old, changes);
    ledger.writePayments('acc_1', [kept, aPaymentOf(old)]);
    expect(ledger.purge(before)).toEqual({ ok: true, value: { payments: 1, actions: 0, isMore: false } });
    expect(ledger.payment('acc_1', kept.id)).toEqual(kept);
  });

  it('keeps a payment as long as there is an action on it that is not old', () => {
    const ledger = opened(aFile());
    const payment = aPaymentOf(old);
    ledger.writePayments('acc_1', [payment]);
    ledger.writeActions([anAction({ paymentId: payment.id, state: 'done', changedAtMs: NOON_MS - DAY_MS })], []);
    expect(ledger.purge(before)).toMatchObject({ value: { payments: 0, actions: 0 } });
    expect(ledger.purge(NOON_MS)).toMatchObject({ value: { payments: 1, actions: 1 } });
  });

  it('keeps an ended action as long as its payment is young: a PC clock months behind may have dated its end', () => {
    const ledger = opened(aFile());
    const [young, aged] = [aPaymentOf(NOON_MS - DAY_MS), aPaymentOf(old)];
    ledger.writePayments('acc_1', [young, aged]);
    // The same payment at another account holds nothing back here.
    ledger.writePayments('acc_2', [{ ...aged, updatedAtMs: NOON_MS }]);
    ledger.writeActions(
      [anAction({ id: 'kept', paymentId: young.id, state: 'withdrawn', changedAtMs: old }), anAction({ paymentId: aged.id, state: 'done', changedAtMs: old })],
      [],
    );
    expect(ledger.purge(before)).toEqual({ ok: true, value: { payments: 1, actions: 1, isMore: false } });
    expect(ledger.loadActions(0).actions.map(({ id }) => id)).toEqual(['kept']);
    expect(ledger.purge(NOON_MS)).toMatchObject({ value: { actions: 1 } });
  });

  it.each([
    ['waits', 'waiting', old],
    ['ended yesterday', 'refused', NOON_MS - DAY_MS],
  ] as const)('keeps the ended actions of a payment as long as one on it %s: what it does is judged by what they did', (_, state, changedAtMs) => {
    const ledger = opened(aFile());
    const [lively, aged] = [aPaymentOf(old), aPaymentOf(old)];
    ledger.writePayments('acc_1', [lively, aged]);
    ledger.writeActions(
      [
        anAction({ id: 'done', paymentId: lively.id, state: 'done', changedAtMs: old }),
        anAction({ id: 'other', paymentId: lively.id, state, changedAtMs }),
        anAction({ paymentId: aged.id, state: 'done', changedAtMs: old }),
        // The same payment at another account holds nothing back here.
        anAction({ id: 'elsewhere', accountId: 'acc_2', paymentId: aged.id, state, changedAtMs }),
      ],
      [],
    );
    expect(ledger.purge(before)).toEqual({ ok: true, value: { payments: 1, actions: 1, isMore: false } });
    expect(ledger.loadActions(0).actions.map(({ id }) => id)).toEqual(['done', 'other', 'elsewhere']);
    ledger.writeActions([anAction({ id: 'other', paymentId: lively.id, state: 'done', changedAtMs: old })], []);
    expect(ledger.purge(before)).toEqual({ ok: true, value: { payments: 1, actions: 2, isMore: false } });
  });

  it('takes a year’s worth a part at a time, until nothing old is left', () => {
    const ledger = opened(aFile());
    const payments = Array.from({ length: 1_200 }, () => aPaymentOf(old));
    ledger.writePayments('acc_1', [...payments, aPaymentOf(NOON_MS)]);
    ledger.writeActions(
      payments.slice(0, 700).map(({ id }) => anAction({ paymentId: id, state: 'done', changedAtMs: old })),
      [],
    );
    const parts: number[] = [];
    for (let isMore = true; isMore; ) {
      const purged = ledger.purge(before);
      if (!purged.ok) throw new Error(purged.error.message);
      parts.push(purged.value.payments);
      isMore = purged.value.isMore;
      expect(parts.length).toBeLessThan(10);
    }
    expect(Math.max(...parts)).toBeLessThanOrEqual(500);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(1_200);
    expect(ledger.payments('acc_1', 0, NOON_MS + 1, true)).toHaveLength(1);
    expect(ledger.loadActions(0).actions).toEqual([]);
  });

  it('forgets when an old day was read, and no other fact', () => {
    const ledger = opened(aFile());
    const facts = [
      ['asOf:acc_1:2026-01-05', String(old)],
      ['asOf:acc_1:2026-06-14', String(NOON_MS - DAY_MS)],
      ['asOf:acc_1', String(old)],
      ['paused', '0'],
    ] as const;
    for (const [name, value] of facts) ledger.writeFact(name, value);
    ledger.purge(before);
    expect(facts.map(([name]) => ledger.readFact(name))).toEqual([null, String(NOON_MS - DAY_MS), String(old), '0']);
  });

  it('removes old payments and ended actions, never open actions nor their payments', () => {
    const ledger = opened(aFile());
    const payments = ['free', 'waiting', 'needsPerson', 'recent'].map((id) => aPaymentOf(id === 'recent' ? NOON_MS : old, { id }));
    const actions = [
      anAction({ id: 'open', paymentId: 'waiting', state: 'waiting', changedAtMs: old }),
      anAction({ id: 'unsettled', paymentId: 'needsPerson', state: 'needsPerson', changedAtMs: old }),
      anAction({ id: 'ended', paymentId: 'free', state: 'done', changedAtMs: old }),
      anAction({ id: 'just ended', paymentId: 'waiting', state: 'refused', changedAtMs: NOON_MS }),
      // The same payment id at another account holds nothing back here.
      anAction({ id: 'elsewhere', accountId: 'acc_2', paymentId: 'free', state: 'waiting', changedAtMs: old }),
    ];
    ledger.writePayments('acc_1', payments);
    ledger.writeActions(actions, []);
    expect(ledger.purge(NOON_MS - 90 * DAY_MS)).toEqual({ ok: true, value: { payments: 1, actions: 1, isMore: false } });
    expect(ledger.loadActions(0).actions.map((action) => action.id)).toEqual(['open', 'unsettled', 'just ended', 'elsewhere']);
    expect(idsOf(ledger.payments('acc_1', 0, NOON_MS + 1, false)).sort()).toEqual(['needsPerson', 'recent', 'waiting']);
    expect(ledger.purge(NOON_MS - 90 * DAY_MS)).toEqual({ ok: true, value: { payments: 0, actions: 0, isMore: false } });
  });

  it('leaves an action that cannot be read', () => {
    const file = aFile();
    const ledger = opened(file);
    ledger.writeActions([anAction({ id: 'bad', state: 'done', changedAtMs: 1 })], []);
    ledger.close();
    tamper(file, (db) => db.exec(`UPDATE actions SET body = 'garbage'`));
    const again = opened(file);
    again.loadActions(0);
    expect(again.purge(NOON_MS)).toEqual({ ok: true, value: { payments: 0, actions: 0, isMore: false } });
    expect(again.loadActions(0).setAside).toBe(1);
  });
});

describe('accounts and facts', () => {
  it('survive; an account can get a new key and keeps the old one’s fingerprint', () => {
    const file = aFile();
    const ledger = opened(file);
    const account = anAccount();
    ledger.writeAccount(account, 'print-1');
    ledger.writeAccount({ ...account, keyLast4: '9999' }, 'print-2');
    ledger.writeFact('paused', 'yes');
    ledger.writeFact('paused', 'no');
    ledger.close();
    const again = opened(file);
    expect(again.accounts()).toEqual([{ ...account, keyLast4: '9999' }]);
    expect(again.accountByKey('print-1')).toEqual(again.accountByKey('print-2'));
    expect(again.accountByKey('print-3')).toBeNull();
    expect(again.readFact('paused')).toBe('no');
    expect(again.readFact('never written')).toBeNull();
  });
});
