import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Action } from '../../main/core/queue/action.ts';
import { fillBodySums } from '../../main/ledger/actions.ts';
import { anAction, aPayment, NOON_MS } from '../builders.ts';
import { aFile, opened, rowsOf, tamper } from './a-ledger.ts';

const DAY_MS = 86_400_000;
const KEPT_MS = 90 * DAY_MS;
const ADDRESS = 'pat@example.com';
const cut = (atMs: number): number => atMs - KEPT_MS;

/** A ledger with one waiting action that cannot be read, and one that can. */
function withUnreadable(changes: Partial<Action> = {}, spoil = `UPDATE actions SET body_sum = body_sum + 1 WHERE id = 'bad'`) {
  const file = aFile();
  const ledger = opened(file);
  const bad = anAction({ id: 'bad', paymentId: 'pi_bad', move: { kind: 'sendReceipt', emails: [ADDRESS] }, ...changes });
  const good = anAction({ id: 'good' });
  ledger.writeActions([bad, good], []);
  ledger.writePayments('acc_1', [aPayment({ id: 'pi_bad', createdAtMs: 1, updatedAtMs: 1, paidAtMs: 1 })]);
  ledger.close();
  tamper(file, (db) => db.exec(spoil));
  return { file, good };
}

const holding = (file: string, text: string): string[] => readdirSync(dirname(file)).filter((name) => readFileSync(join(dirname(file), name)).includes(text));

describe('an action that cannot be read', () => {
  it('stays 90 days from the first purge that met it, its payment too, then it and its copy are gone, and the address with them', () => {
    const { file, good } = withUnreadable();
    const ledger = opened(file, { nowMs: 1 });
    const purge = (atMs: number) => expect(ledger.purge(cut(atMs))).toMatchObject({ ok: true });
    expect(ledger.loadActions(0).setAside).toBe(1);
    for (const days of [0, 1, 90]) {
      purge(NOON_MS + days * DAY_MS);
      expect([ledger.loadActions(0).setAside, ledger.payment('acc_1', 'pi_bad')?.id]).toEqual([1, 'pi_bad']);
    }
    purge(NOON_MS + 90 * DAY_MS + 1);
    expect(ledger.loadActions(0)).toEqual({ actions: [good], setAside: 0, setAsideLanes: [] });
    expect(ledger.payment('acc_1', 'pi_bad')).toBeNull();
    expect(holding(file, ADDRESS)).toEqual([]);
    ledger.close();
    expect(rowsOf(file, 'SELECT * FROM set_aside')).toEqual([]);
  });

  it('is not gone sooner where a purge went by a time that was ahead', () => {
    const { file } = withUnreadable();
    const ledger = opened(file);
    for (const days of [400, 0, 90]) ledger.purge(cut(NOON_MS + days * DAY_MS));
    expect(ledger.loadActions(0).setAside).toBe(1);
    ledger.purge(cut(NOON_MS + 91 * DAY_MS));
    expect(ledger.loadActions(0).setAside).toBe(0);
  });

  it('and can be read again, by another Tillside, is an action like any other: only the copy goes', () => {
    const { file, good } = withUnreadable({}, `UPDATE actions SET body_sum = body_sum + 1 WHERE id = 'bad'`);
    opened(file).close();
    tamper(file, (db) => fillBodySums(db));
    const ledger = opened(file);
    for (const days of [0, 91]) ledger.purge(cut(NOON_MS + days * DAY_MS));
    expect(ledger.loadActions(0).actions.map(({ id }) => id)).toEqual(['bad', good.id]);
    ledger.close();
    expect(rowsOf(file, 'SELECT * FROM set_aside')).toEqual([]);
  });

  it.each([
    ['whose sum is another', `UPDATE actions SET body_sum = body_sum + 1 WHERE id = 'bad'`],
    ['with a field more', `UPDATE actions SET body = json_set(body, '$.surprise', 1) WHERE id = 'bad'`],
    ['that is cut off in the address', `UPDATE actions SET body = substr(body, 1, instr(body, 'example.com') + 6) WHERE id = 'bad'`],
    ['in which the sign in the address became another', `UPDATE actions SET body = replace(body, '${ADDRESS}', 'patXexample.com') WHERE id = 'bad'`],
  ])('%s has no address in a backup, and is no more readable there', async (_, spoil) => {
    const { file } = withUnreadable({}, spoil);
    const ledger = opened(file);
    expect(ledger.loadActions(0).setAside).toBe(1);
    expect(await ledger.backUp('2026-06-15', true)).toMatchObject({ ok: true });
    const backup = `${file}.backup-2026-06-15`;
    expect(readFileSync(backup).includes('example')).toBe(false);
    expect(opened(backup).loadActions(0)).toMatchObject({ actions: [{ id: 'good' }], setAside: 1 });
    expect(ledger.loadActions(0).setAside).toBe(1);
  });
});
