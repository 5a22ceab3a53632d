import { expect, test } from 'vitest';
import { aFile, opened } from '../ledger/a-ledger.ts';
import { aShopPc } from './a-till-on-disk.ts';

async function aTillOnDisk() {
  const file = aFile();
  const pc = aShopPc(file);
  const running = await pc.start();
  await running.connect();
  return { ...pc, ...running, file };
}

test('a till that is closed while the queue reads a payment takes the late answer without a word, and has lost nothing', async () => {
  const { clock, file, till, aHold, line } = await aTillOnDisk();
  const hold = await aHold();
  line.delayMs = 10_000;
  const before = line.asked;
  expect(await till.handlers.submit({ requests: [{ kind: 'capture', paymentId: hold.id, amount: hold.leftMinor, requestId: 'r1' }] })).toMatchObject({
    ok: true,
  });
  await clock.run(1_000);
  expect(line.asked).toBeGreaterThan(before);
  await till.close();
  await clock.run(5 * 60_000);
  expect(opened(file).findRequest('r1')).toMatchObject({ state: 'waiting', paymentId: hold.id });
});

test('what is asked of a till while it is closed is answered, and refused where it would have to be kept', async () => {
  const { clock, file, till, aHold, line } = await aTillOnDisk();
  const hold = await aHold();
  line.delayMs = 10_000;
  const asking = [
    till.handlers.getPayment({ paymentId: hold.id }),
    till.handlers.loadDay({ date: '2026-06-14' }),
    till.handlers.refresh(undefined),
    till.handlers.submit({ requests: [{ kind: 'reverse', paymentId: 'pi_never_listed', requestId: 'r2' }] }),
  ];
  await clock.run(1_000);
  await till.close();
  await clock.run(5 * 60_000);
  const answers = await Promise.all(asking);
  expect(answers[3]).toMatchObject({ ok: false });
  expect(opened(file).findRequest('r2')).toBeNull();
  expect(await till.handlers.submit({ requests: [{ kind: 'capture', paymentId: hold.id, amount: 100, requestId: 'r3' }] })).toMatchObject({ ok: false });
});
