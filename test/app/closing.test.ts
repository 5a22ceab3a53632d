import { expect, onTestFinished, test } from 'vitest';
import { createSettings } from '../../main/app/settings.ts';
import { startTill } from '../../main/app/till.ts';
import { ok } from '../../main/core/result.ts';
import { openLedger } from '../../main/ledger/open.ts';
import type { Http } from '../../main/ports/http.ts';
import { seededRandom } from '../../main/simulator/random.ts';
import { createTrainingShop } from '../../main/simulator/shop.ts';
import { aFile, opened } from '../ledger/a-ledger.ts';
import { createSimClock } from '../sim/clock.ts';
import { START } from './a-till.ts';

/** A till over a real file and a simulated shop, whose answers a test may keep back. */
async function aTillOnDisk() {
  const simulated = createSimClock(START);
  // A PC tells whole milliseconds.
  const clock = { ...simulated, nowMs: () => Math.floor(simulated.nowMs()) };
  const file = aFile();
  const dojo = createTrainingShop({ seed: 7, clock, zone: 'Europe/London', dayStartMinutes: 0, onChange: () => undefined });
  onTestFinished(() => dojo.close());
  let delayMs = 0;
  let asked = 0;
  const http: Http = {
    async request(request) {
      asked += 1;
      const answer = await dojo.http.request(request);
      if (delayMs > 0) await new Promise<void>((resolve) => void clock.after(delayMs, resolve));
      return answer;
    },
  };
  const random = seededRandom(11);
  const starting = startTill({
    clock,
    random: { uuid: () => `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-8${random.hex(3)}-${random.hex(12)}`, fraction: random.fraction },
    http,
    vault: {
      unavailable: async () => null,
      store: async () => ok(null),
      load: async () => ({ kind: 'none' }),
      forget: async () => undefined,
    },
    notifier: { notify: () => undefined },
    log: { info: () => undefined, warn: () => undefined, error: (message) => expect.fail(message) },
    openLedger: () => openLedger({ file, nowMs: clock.nowMs() }),
    settings: createSettings({ file: { read: () => ({ kind: 'none' }), write: () => ok(null) } }),
    dojoUrl: 'https://dojo.invalid',
    notices: [],
  });
  await clock.run(1_000);
  const started = await starting;
  if (!started.ok) throw new Error(started.error.message);
  const till = started.value;
  const connecting = till.handlers.connect({ apiKey: dojo.apiKey });
  await clock.run(20_000);
  expect(await connecting).toMatchObject({ ok: true });
  return {
    clock,
    file,
    till,
    asked: () => asked,
    keepAnswersBack(forMs: number) {
      delayMs = forMs;
    },
    async aHold() {
      const snapshot = await till.handlers.getSnapshot(undefined);
      if (!snapshot.ok) throw new Error(snapshot.error.message);
      const hold = snapshot.value.payments.find((payment) => payment.state === 'on-hold' && payment.moves.capture.open);
      if (!hold) throw new Error('expected a hold');
      return hold;
    },
  };
}

test('a till that is closed while the queue reads a payment takes the late answer without a word, and has lost nothing', async () => {
  const { clock, file, till, aHold, keepAnswersBack, asked } = await aTillOnDisk();
  const hold = await aHold();
  keepAnswersBack(10_000);
  const before = asked();
  expect(await till.handlers.submit({ requests: [{ kind: 'capture', paymentId: hold.id, amount: hold.leftMinor, requestId: 'r1' }] })).toMatchObject({
    ok: true,
  });
  await clock.run(1_000);
  expect(asked()).toBeGreaterThan(before);
  await till.close();
  await clock.run(5 * 60_000);
  expect(opened(file).findRequest('r1')).toMatchObject({ state: 'waiting', paymentId: hold.id });
});

test('what is asked of a till while it is closed is answered, and refused where it would have to be kept', async () => {
  const { clock, file, till, aHold, keepAnswersBack } = await aTillOnDisk();
  const hold = await aHold();
  keepAnswersBack(10_000);
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
