import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { gatherPayments } from '../../main/sync/write-behind-ledger.ts';
import { anAction, aPayment, NOON_MS } from '../builders.ts';
import { createSimClock } from '../sim/clock.ts';
import { aFile, opened } from './a-ledger.ts';

/** Another program that has the ledger open and writes in it. */
function anotherProgram(file: string) {
  const db = new Database(file);
  onTestFinished(() => void db.close());
  db.exec('BEGIN IMMEDIATE');
  return { leave: () => db.exec('ROLLBACK') };
}

it('a ledger that another program has open says so, not that the disk is full, and keeps nobody waiting', () => {
  const file = aFile();
  const ledger = opened(file);
  const other = anotherProgram(file);
  const startedMs = performance.now();
  for (let tries = 0; tries < 3; tries += 1)
    expect(ledger.writeActions([anAction()], [])).toEqual({
      ok: false,
      error: {
        code: 'busy',
        message: expect.stringMatching(/Another program.*nothing was saved\.$/),
        next: 'Close that program, then try again.',
      },
    });
  // Three times the wait of 50 ms; it was 2 s for each.
  expect(performance.now() - startedMs).toBeLessThan(1_500);
  other.leave();
  expect(ledger.writeActions([anAction()], []).ok).toBe(true);
  expect(ledger.loadActions(0).actions).toHaveLength(1);
});

it('what could not be kept meanwhile is kept as soon as that program lets go', async () => {
  const file = aFile();
  const clock = createSimClock(NOON_MS);
  const real = opened(file);
  const ledger = gatherPayments(real, clock, { error: () => undefined }, () => undefined);
  const payment = aPayment();
  const other = anotherProgram(file);
  ledger.writePayments('acc_1', [payment]);
  await clock.run(300);
  expect(ledger.unkept()).toMatchObject({ code: 'busy' });
  other.leave();
  await clock.run(300);
  expect(ledger.unkept()).toBeNull();
  expect(real.payment('acc_1', payment.id)).toEqual(payment);
});

it('a purge, and a backup, that another program keeps from the ledger change nothing and say why', async () => {
  const file = aFile();
  const ledger = opened(file);
  ledger.writePayments('acc_1', [aPayment()]);
  const other = anotherProgram(file);
  expect(ledger.purge(NOON_MS * 2)).toMatchObject({ ok: false, error: { code: 'busy' } });
  expect(ledger.purgeActivity(NOON_MS * 2)).toMatchObject({ ok: false, error: { code: 'busy' } });
  expect(await ledger.backUp('2026-06-15', true)).toMatchObject({ ok: false, error: { code: 'busy' } });
  other.leave();
  expect(ledger.purge(NOON_MS * 2)).toMatchObject({ ok: true, value: { payments: 1 } });
  expect(await ledger.backUp('2026-06-15', true)).toMatchObject({ ok: true });
});
