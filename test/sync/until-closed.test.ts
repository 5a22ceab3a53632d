import { describe, expect, test } from 'vitest';
import type { Ledger } from '../../main/ports/ledger.ts';
import { untilClosed } from '../../main/sync/until-closed.ts';
import { anAction, aPayment } from '../builders.ts';

/** Answers every call with its name, and counts what it is asked. */
function aLedger() {
  const asked: string[] = [];
  const onDisk = new Proxy({} as Ledger, {
    get:
      (_, name: string) =>
      (...args: unknown[]) => {
        asked.push(name);
        return { name, args };
      },
  });
  return { asked, onDisk, ledger: untilClosed(onDisk) };
}
const account = { id: 'acc_1', kind: 'test', keyLast4: '1234', createdAtMs: 0 } as const;
const handing = { atMs: 0, accountId: null, code: 'moved', said: { message: '', next: null }, facts: {}, newTillId: null, key: null, activity: [] } as const;
const CLOSED = { ok: false, error: { code: 'broken', message: 'Tillside is being closed, so nothing was saved.' } };

const calls: readonly (readonly [keyof Ledger, (ledger: Ledger) => unknown, afterwards: unknown])[] = [
  ['loadActions', (ledger) => ledger.loadActions(0), { actions: [], setAside: 0, setAsideLanes: [] }],
  ['findRequest', (ledger) => ledger.findRequest('r'), null],
  ['actionsOn', (ledger) => ledger.actionsOn('acc_1', 'pi_1'), []],
  ['nextSeq', (ledger) => ledger.nextSeq(), Number.MAX_SAFE_INTEGER],
  ['writeActions', (ledger) => ledger.writeActions([anAction()], []), CLOSED],
  ['writePayments', (ledger) => ledger.writePayments('acc_1', [aPayment()]), CLOSED],
  ['payment', (ledger) => ledger.payment('acc_1', 'pi_1'), null],
  ['payments', (ledger) => ledger.payments('acc_1', 0, 1, true), []],
  ['newestPayments', (ledger) => ledger.newestPayments('acc_1', 0, 1), []],
  ['findPayments', (ledger) => ledger.findPayments('acc_1', [], 1), []],
  ['activityOn', (ledger) => ledger.activityOn('pi_1'), []],
  ['changedElsewhereSince', (ledger) => ledger.changedElsewhereSince('acc_1', 0), []],
  ['knownBefore', (ledger) => ledger.knownBefore('acc_1'), new Map()],
  ['accounts', (ledger) => ledger.accounts(), []],
  ['writeAccount', (ledger) => ledger.writeAccount(account, 'print'), CLOSED],
  ['accountByKey', (ledger) => ledger.accountByKey('print'), null],
  ['readFact', (ledger) => ledger.readFact('paused'), null],
  ['writeFact', (ledger) => ledger.writeFact('paused', '1'), CLOSED],
  ['tillId', (ledger) => ledger.tillId(), ''],
  ['handOver', (ledger) => ledger.handOver(handing), CLOSED],
  ['purge', (ledger) => ledger.purge(0), CLOSED],
  ['purgeActivity', (ledger) => ledger.purgeActivity(0), CLOSED],
  ['backUp', (ledger) => ledger.backUp('2026-06-15', true), Promise.resolve({ ok: true, value: null })],
];

describe('the ledger', () => {
  test.each(calls)('%s reaches the disk while it is open, and not afterwards', async (name, call, afterwards) => {
    const { asked, ledger } = aLedger();
    expect(await call(ledger)).toMatchObject({ name });
    expect(asked).toEqual([name]);
    ledger.close();
    expect(await call(ledger)).toEqual(await afterwards);
    expect(asked).toEqual([name, 'close']);
  });

  test('hands on what it was asked as it came', () => {
    const { ledger } = aLedger();
    expect(ledger.payments('acc_1', 1, 2, true)).toEqual({ name: 'payments', args: ['acc_1', 1, 2, true] });
  });

  test('is closed once', () => {
    const { asked, ledger } = aLedger();
    ledger.close();
    ledger.close();
    expect(asked).toEqual(['close']);
  });

  test('has each of its calls in this table', () => {
    expect(Object.keys(aLedger().ledger).sort()).toEqual([...calls.map(([name]) => name), 'close'].sort());
  });
});
