import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ACTION_STATES, type ActionState, type Move } from '../../main/core/queue/action.ts';
import { fillBodySums } from '../../main/ledger/actions.ts';
import { anAction, anOutcome, HOUR_MS, NOON_MS } from '../builders.ts';
import { aFile, anEntry, opened, openedWithNotices, rowsOf, tamper } from './a-ledger.ts';

const OPEN: readonly ActionState[] = ['waiting', 'sending', 'checking', 'needsPerson'];

describe('actions in the ledger', () => {
  it('are there again after the ledger was closed and opened', () => {
    const file = aFile();
    const action = anAction({ deadlineAtMs: NOON_MS + HOUR_MS, outcome: anOutcome(), runId: 'run_1' });
    const ledger = opened(file);
    expect(ledger.writeActions([action], [anEntry()])).toEqual({ ok: true, value: null });
    ledger.close();
    const again = opened(file);
    expect(again.loadActions(NOON_MS).actions).toEqual([action]);
    expect(again.activityOn('pi_test')).toEqual([anEntry()]);
  });

  it('of long ago are there as long as one on the same payment is open', () => {
    const ledger = opened(aFile());
    const old = { changedAtMs: NOON_MS - 1 };
    const [done, waiting, other] = [
      anAction({ seq: 1, paymentId: 'pi_1', state: 'done', ...old }),
      anAction({ seq: 2, paymentId: 'pi_1', ...old }),
      anAction({ seq: 3, paymentId: 'pi_1', accountId: 'acc_2', state: 'done', ...old }),
    ];
    ledger.writeActions([done, waiting, other], []);
    expect(ledger.loadActions(NOON_MS).actions).toEqual([done, waiting]);
  });

  it('are replaced by id', () => {
    const ledger = opened(aFile());
    const action = anAction();
    ledger.writeActions([action], []);
    const changed = { ...action, state: 'withdrawn' as const, changedAtMs: NOON_MS + 1 };
    ledger.writeActions([changed], []);
    expect(ledger.loadActions(0).actions).toEqual([changed]);
  });

  it('are written all or none: a request made before, in the middle, keeps out the rest and the activity', () => {
    const ledger = opened(aFile());
    const before = anAction();
    ledger.writeActions([before], []);
    const first = anAction();
    const result = ledger.writeActions([first, anAction({ requestId: before.requestId }), anAction()], [anEntry()]);
    expect(result).toMatchObject({ ok: false, error: { code: 'broken', message: expect.stringContaining('on record already') } });
    expect(ledger.loadActions(0).actions).toEqual([before]);
    expect(ledger.findRequest(first.requestId)).toBeNull();
    expect(ledger.activityOn('pi_test')).toEqual([]);
  });

  it('are refused loudly, none written, where one could not be read back', () => {
    const ledger = opened(aFile());
    expect(() => ledger.writeActions([anAction(), anAction({ move: { kind: 'capture', amount: 20.5 } })], [])).toThrow('to fit its schema');
    expect(ledger.loadActions(0).actions).toEqual([]);
  });

  it.each(ACTION_STATES)('in %s are loaded while open or ended since', (state) => {
    const ledger = opened(aFile());
    ledger.writeActions([anAction({ state, changedAtMs: NOON_MS })], []);
    expect(ledger.loadActions(NOON_MS).actions).toHaveLength(1);
    expect(ledger.loadActions(NOON_MS + 1).actions).toHaveLength(OPEN.includes(state) ? 1 : 0);
  });

  it('of all accounts are loaded in the order of acceptance', () => {
    const ledger = opened(aFile());
    const actions = [3, 1, 2].map((seq) => anAction({ seq, accountId: `acc_${seq}` }));
    ledger.writeActions(actions, []);
    expect(ledger.loadActions(0).actions.map((action) => action.seq)).toEqual([1, 2, 3]);
  });

  it('are found by request, ended or not, and by payment of one account', () => {
    const ledger = opened(aFile());
    const ended = anAction({ state: 'done', changedAtMs: 1 });
    const other = anAction({ accountId: 'acc_2' });
    ledger.writeActions([ended, other], []);
    expect(ledger.findRequest(ended.requestId)).toEqual(ended);
    expect(ledger.findRequest('never made')).toBeNull();
    expect(ledger.actionsOn('acc_1', 'pi_test')).toEqual([ended]);
    expect(ledger.actionsOn('acc_1', 'pi_else')).toEqual([]);
  });

  it('get numbers that never come twice, whatever was written or not, also after reopening', () => {
    const file = aFile();
    const ledger = opened(file);
    expect([ledger.nextSeq(), ledger.nextSeq()]).toEqual([1, 2]);
    ledger.writeActions([anAction({ seq: 40 })], []);
    expect(ledger.nextSeq()).toBe(41);
    ledger.close();
    expect(opened(file).nextSeq()).toBe(41);
  });

  it.each<[Move]>([
    [{ kind: 'capture', amount: 2000, tipsAmount: 150 }],
    [{ kind: 'reverse' }],
    [{ kind: 'refund', amount: 500, reason: 'Wrong item', notes: '“naïve” 😀' }],
    [{ kind: 'cancel' }],
    [{ kind: 'setAmount', amount: 9_999_999_999 }],
    [{ kind: 'setTips', amount: 0 }],
    [{ kind: 'sendReceipt', emails: ['a@example.com'] }],
  ])('keep their move: %j', (move) => {
    const ledger = opened(aFile());
    const action = anAction({ move });
    ledger.writeActions([action], []);
    expect(ledger.loadActions(0).actions).toEqual([action]);
  });

  it('keep a receipt’s addresses until it has ended, then nowhere in the file', () => {
    const file = aFile();
    const ledger = opened(file);
    const receipt = anAction({ move: { kind: 'sendReceipt', emails: ['pat@example.com'] } });
    ledger.writeActions([receipt], []);
    ledger.writeActions([{ ...receipt, state: 'checking' }], []);
    expect(ledger.findRequest(receipt.requestId)?.move).toEqual(receipt.move);
    ledger.writeActions([{ ...receipt, state: 'done' }], []);
    expect(ledger.findRequest(receipt.requestId)?.move).toEqual({ kind: 'sendReceipt', emails: [] });
    ledger.close();
    expect(JSON.stringify(rowsOf(file, 'SELECT * FROM actions'))).not.toContain('pat@example.com');
  });

  it('keep a receipt’s addresses no longer than it can still be sent', () => {
    const file = aFile();
    const ledger = opened(file);
    const receipt = anAction({ move: { kind: 'sendReceipt', emails: ['pat@example.com'] }, state: 'needsPerson' });
    ledger.writeActions([{ ...receipt, sends: 1 }], []);
    expect(ledger.findRequest(receipt.requestId)?.move).toEqual(receipt.move);
    ledger.writeActions([{ ...receipt, sends: 2 }], []);
    expect(ledger.findRequest(receipt.requestId)?.move).toEqual({ kind: 'sendReceipt', emails: [] });
  });

  it('leave a receipt’s addresses in no file once it has ended: not beside the ledger, and in no backup', async () => {
    const file = aFile();
    const ledger = opened(file);
    const receipt = anAction({ move: { kind: 'sendReceipt', emails: ['pat@example.com'] } });
    ledger.writeActions([receipt], []);
    await ledger.backUp('2026-06-15', true);
    ledger.writeActions([{ ...receipt, state: 'done' }], []);
    const holding = readdirSync(dirname(file)).filter((name) => readFileSync(join(dirname(file), name)).includes('pat@example.com'));
    expect(holding).toEqual([]);
  });

  it('of an older till, that kept no next step, no answer, no id of Dojo’s and no version, are read as having none', () => {
    const file = aFile();
    const ledger = opened(file);
    const action = anAction({ state: 'done', apiVersion: '2024-02-05', outcome: anOutcome({ next: 'Wait.', dojoId: 'rf_1', raw: 'Status: 409' }) });
    ledger.writeActions([action], []);
    ledger.close();
    tamper(file, (db) => {
      db.exec(`UPDATE actions SET body = json_remove(body, '$.apiVersion', '$.outcome.next', '$.outcome.dojoId', '$.outcome.raw')`);
      fillBodySums(db);
    });
    expect(opened(file).loadActions(0)).toMatchObject({ actions: [{ ...action, apiVersion: null, outcome: anOutcome() }], setAside: 0 });
  });

  it('carry nothing that an action does not have', () => {
    const file = aFile();
    const ledger = opened(file);
    const carrying = { ...anAction(), apiKey: 'sk_sandbox_made_up', customer: { name: 'Pat' } };
    ledger.writeActions([carrying], []);
    ledger.close();
    expect(JSON.stringify(rowsOf(file, 'SELECT * FROM actions'))).not.toMatch(/sk_sandbox|Pat/);
  });
});

describe('an action row that cannot be read', () => {
  const spoilt = (change: string) => {
    const file = aFile();
    const ledger = opened(file);
    const [bad, good] = [anAction({ id: 'bad', paymentId: 'pi_bad' }), anAction({ id: 'good' })];
    ledger.writeActions([bad, good], []);
    ledger.close();
    tamper(file, (db) => {
      db.exec(change);
      fillBodySums(db);
    });
    return { file, bad, good };
  };

  it.each([
    ['is not JSON', `UPDATE actions SET body = 'garbage' WHERE id = 'bad'`],
    ['lacks a field', `UPDATE actions SET body = json_remove(body, '$.idempotencyKey') WHERE id = 'bad'`],
    ['has one more field', `UPDATE actions SET body = json_set(body, '$.surprise', 1) WHERE id = 'bad'`],
    ['has an amount that is not whole', `UPDATE actions SET body = json_set(body, '$.move.amount', 20.5) WHERE id = 'bad'`],
    ['is in a state nobody knows', `UPDATE actions SET state = 'thinking', body = json_set(body, '$.state', 'thinking') WHERE id = 'bad'`],
    ['says another state than its column', `UPDATE actions SET body = json_set(body, '$.state', 'sending') WHERE id = 'bad'`],
    ['is empty', `UPDATE actions SET body = '' WHERE id = 'bad'`],
  ])('because it %s is kept aside and counted, and the others load', (_, change) => {
    const { file, bad, good } = spoilt(change);
    const { ledger, notices } = openedWithNotices(file);
    expect(notices).toEqual([
      { code: 'ledger-set-aside', message: expect.stringContaining('One action of the queue and history could not be read and will not be sent') },
    ]);
    expect(ledger.loadActions(0)).toEqual({ actions: [good], setAside: 1, setAsideLanes: [{ accountId: 'acc_1', paymentId: 'pi_bad' }] });
    expect(ledger.loadActions(0).setAside).toBe(1);
    // The same decision cannot be made again beside it.
    expect(ledger.findRequest(bad.requestId)).toBeNull();
    expect(ledger.writeActions([anAction({ requestId: bad.requestId })], []).ok).toBe(false);
    ledger.close();
    expect(rowsOf(file, 'SELECT id, table_name, at FROM set_aside')).toEqual([{ id: 'bad', table_name: 'actions', at: NOON_MS }]);
    expect(rowsOf(file, `SELECT count(*) AS rows FROM actions WHERE id = 'bad'`)).toEqual([{ rows: 1 }]);
    expect(rowsOf(file, `SELECT a.body IS s.body AS same FROM actions a JOIN set_aside s ON s.id = a.id`)).toEqual([{ same: 1 }]);
  });

  it('is told apart from an empty queue', () => {
    expect(opened(aFile()).loadActions(0)).toEqual({ actions: [], setAside: 0, setAsideLanes: [] });
  });

  it('says where it is wrong but not with what', () => {
    const { file } = spoilt(`UPDATE actions SET body = json_set(body, '$.reference', json('["secret"]')) WHERE id = 'bad'`);
    opened(file).close();
    const [{ reason }] = rowsOf(file, 'SELECT reason FROM set_aside') as [{ reason: string }];
    expect(reason).toContain('reference');
    expect(reason).not.toContain('secret');
  });
});

describe('the activity', () => {
  it('keeps its order and is never changed or removed', () => {
    const file = aFile();
    const ledger = opened(file);
    const entries = [anEntry({ what: 'accepted' }), anEntry({ what: 'done' }), anEntry({ what: 'else', paymentId: 'pi_else', accountId: null })];
    ledger.writeActions([], entries);
    expect(ledger.activityOn('pi_test').map((entry) => entry.what)).toEqual(['accepted', 'done']);
    ledger.close();
    expect(() => tamper(file, (db) => db.exec(`UPDATE activity SET note = ''`))).toThrow('append-only');
    expect(() => tamper(file, (db) => db.exec('DELETE FROM activity'))).toThrow('append-only');
  });
});
