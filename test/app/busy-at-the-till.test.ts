import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { aFile, opened } from '../ledger/a-ledger.ts';
import { aShopPc } from './a-till-on-disk.ts';

async function aTillBeside() {
  const file = aFile();
  const { clock, start } = aShopPc(file);
  const running = await start();
  await running.connect();
  const hold = await running.aHold();
  const db = new Database(file);
  onTestFinished(() => void db.close());
  return {
    ...running,
    clock,
    file,
    open: () => db.exec('BEGIN IMMEDIATE'),
    leave: () => db.exec('ROLLBACK'),
    submit: () => running.till.handlers.submit({ requests: [{ kind: 'capture', paymentId: hold.id, amount: hold.leftMinor, requestId: 'r1' }] }),
  };
}

test('a start waits out another program that has the ledger for a moment', async () => {
  const file = aFile();
  const { clock, start } = aShopPc(file);
  await (await start()).till.close();
  const other = new Database(file);
  onTestFinished(() => void other.close());
  other.exec('BEGIN IMMEDIATE');
  clock.after(500, () => other.exec('ROLLBACK'));
  expect(await (await start()).noticeCodes()).toEqual([]);
});

test('a decision waits out another program that has the ledger for a moment, and is accepted once', async () => {
  const { submit, clock, open, leave, file, till, ask } = await aTillBeside();
  open();
  const deciding = [submit(), submit()];
  await clock.run(400);
  leave();
  const answers = [];
  for (const each of deciding) answers.push(await ask(each));
  expect(answers).toEqual([{ ok: true, value: { actionIds: [expect.any(String)] } }, answers[0]]);
  await till.close();
  const ledger = opened(file);
  expect(ledger.loadActions(0).actions.map(({ requestId }) => requestId)).toEqual(['r1']);
});

test('a decision that cannot be written because another program keeps the ledger is refused in those words: nothing is kept or sent of it', async () => {
  const { submit, open, leave, till, ask, file } = await aTillBeside();
  open();
  expect(await ask(submit())).toMatchObject({
    ok: false,
    error: {
      code: 'disk',
      message: expect.stringMatching(/Another program.*No money moves/),
      next: expect.stringContaining('Close the program'),
    },
  });
  leave();
  await till.close();
  expect(opened(file).findRequest('r1')).toBeNull();
});
