import { describe, expect, test } from 'vitest';
import type { RunningTill } from '../../main/app/till.ts';
import { TRAINING_ACCOUNT } from '../../main/simulator/bank.ts';
import type { NewPayment } from '../../main/simulator/new-payment.ts';
import type { Result, Settings } from '../../preload/contract.ts';
import { tillOff } from './a-till.ts';

/** Noon in London, in summer. */
const START_MS = Date.parse('2026-06-15T11:00:00Z');
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A till that starts in a shop with these holds of £42.00, each held five days ago and ending in so many hours. */
async function atTheTill(...endingInH: readonly number[]) {
  const till = tillOff(START_MS);
  const { clock, bank, pc, troubles } = till;
  const hold = (endsInH: number, differs: Partial<NewPayment> = {}) => {
    const paidAtMs = clock.nowMs() - 5 * DAY_MS;
    const autoExpireInMs = 5 * DAY_MS + endsInH * HOUR_MS;
    const spec = {
      amountMinor: 4200,
      captureMode: 'Manual',
      paidAtMs,
      createdAtMs: paidAtMs,
      autoExpireInMs,
      autoExpireAction: 'Release',
      ...differs,
    } as const;
    return bank.addPayment(spec, clock.nowMs());
  };
  const holds = endingInH.map((endsInH) => hold(endsInH));
  await till.switchOn();
  await clock.run(MINUTE_MS);
  const ask = async <T>(call: (running: RunningTill) => Promise<Result<T>>): Promise<T> => {
    const answer = await till.ask(call);
    if (!answer.ok) throw new Error('expected the till to agree');
    return answer.value;
  };
  return {
    clock,
    bank,
    pc,
    troubles,
    hold,
    holds,
    told: () => pc.notes.map(({ title }) => title),
    save: (patch: Partial<Settings>) => ask(({ handlers }) => handlers.saveSettings(patch)),
    notices: async () => (await ask(({ handlers }) => handlers.getSnapshot(undefined))).connection.notices,
    take: (paymentId: string) =>
      ask(({ handlers }) => handlers.submit({ requests: [{ kind: 'capture', requestId: `capture ${paymentId}`, paymentId, amount: 4200 }] })),
    async restart() {
      await till.restart();
      await clock.run(MINUTE_MS);
    },
  };
}

describe('holds about to end', () => {
  test('are told of at 48 h and 24 h, once each, and lead to the list of holds', async () => {
    const { clock, pc, told } = await atTheTill(50);
    await clock.run(HOUR_MS);
    expect(told()).toEqual([]);
    await clock.run(HOUR_MS);
    expect(told()).toEqual(['A hold ends within 48 h']);
    expect(pc.notes[0]).toMatchObject({ show: { view: 'holds' }, body: expect.stringContaining('£42.00 is lost unless captured') });
    await clock.run(23 * HOUR_MS);
    expect(told()).toHaveLength(1);
    await clock.run(HOUR_MS);
    expect(told()).toEqual(['A hold ends within 48 h', 'A hold ends within 24 h']);
    await clock.run(23 * HOUR_MS);
    expect(told()).toHaveLength(2);
  });

  test('are told of once over a restart', async () => {
    const { told, restart, clock } = await atTheTill(20);
    expect(told()).toEqual(['A hold ends within 24 h']);
    await restart();
    await clock.run(HOUR_MS);
    expect(told()).toHaveLength(1);
  });

  test('are told of once while the disk cannot be written', async () => {
    const { told, clock, pc, hold } = await atTheTill();
    pc.disk.mood = 'full';
    hold(20);
    await clock.run(30 * MINUTE_MS);
    expect(told()).toEqual(['A hold ends within 24 h']);
  });

  test('make one notification together', async () => {
    const { pc } = await atTheTill(20, 10, 40);
    expect(pc.notes).toMatchObject([{ title: '3 holds end within 48 h', body: expect.stringContaining('£126.00') }]);
  });

  test('whose take is on its way are not told of', async () => {
    const { told, take, clock, holds, troubles } = await atTheTill(48.1);
    const id = holds[0]?.id ?? '';
    troubles.push({ on: 'moves', what: 'hang', scope: 'payment', target: id, pick: 0, forMs: DAY_MS, untilMs: START_MS + DAY_MS });
    await clock.run(4 * MINUTE_MS);
    await take(id);
    await clock.run(4 * MINUTE_MS);
    expect(told()).toEqual([]);
  });

  test('whose take waits and waits are told of: the hold may end first', async () => {
    const { told, take, clock, holds, pc } = await atTheTill(49);
    pc.lineDown = 'no-line';
    await take(holds[0]?.id ?? '');
    await clock.run(40 * HOUR_MS);
    expect(told()).toEqual(['A hold ends within 48 h', 'A hold ends within 24 h']);
  });

  test('whose take nobody could settle are told of: it needs a person, and the hold ends all the same', async () => {
    const { told, take, clock, holds, troubles } = await atTheTill(25);
    const id = holds[0]?.id ?? '';
    troubles.push({ on: 'looks', what: 'page', scope: 'payment', target: id, pick: 0, forMs: DAY_MS * 9, untilMs: START_MS + 9 * DAY_MS });
    await take(id);
    await clock.run(2 * HOUR_MS);
    expect(told()).toEqual(['A hold ends within 48 h', 'A hold ends within 24 h']);
  });

  test('whose take is still being checked are told of', async () => {
    const { told, take, clock, holds, troubles, pc } = await atTheTill(25);
    const id = holds[0]?.id ?? '';
    troubles.push({ on: 'moves', what: 'hang', scope: 'payment', target: id, pick: 0, forMs: DAY_MS * 9, untilMs: START_MS + 9 * DAY_MS });
    await take(id);
    await clock.run(5_000);
    pc.lineDown = 'no-line';
    await clock.run(2 * HOUR_MS);
    expect(told()).toEqual(['A hold ends within 48 h', 'A hold ends within 24 h']);
  });

  test('that were taken elsewhere while the till was off are not told of when it starts', async () => {
    const { told, clock, pc, bank, holds, restart } = await atTheTill(60, 61);
    pc.asleepUntilMs = clock.nowMs() + 20 * HOUR_MS;
    await clock.run(20 * HOUR_MS - MINUTE_MS);
    bank.capture(TRAINING_ACCOUNT, holds[0]?.id ?? '', { amountMinor: 4200, tipsMinor: 0 }, clock.nowMs());
    await restart();
    await clock.run(HOUR_MS);
    expect(told()).toEqual(['A hold ends within 48 h']);
  });

  test('are told of from the disk when the line is down at start', async () => {
    const { told, pc, clock, restart } = await atTheTill(49.5);
    expect(told()).toEqual([]);
    pc.lineDown = 'no-line';
    await restart();
    await clock.run(3 * HOUR_MS);
    expect(told()).toEqual(['A hold ends within 48 h']);
  });

  test('are told of from the disk also where Dojo is silent from the start, and nothing says that the line is down', async () => {
    const { told, pc, clock, restart } = await atTheTill(49.5);
    pc.lineDown = 'lost-before';
    await restart();
    await clock.run(3 * HOUR_MS);
    expect(told()).toEqual(['A hold ends within 48 h']);
  });

  test('are not told of, nor on the page, once warnings are off', async () => {
    const { told, save, clock, notices } = await atTheTill(25);
    expect(told()).toEqual(['A hold ends within 48 h']);
    await save({ holdWarnings: false });
    await clock.run(2 * HOUR_MS);
    expect(told()).toHaveLength(1);
    expect(await notices()).toEqual([]);
  });

  test('are on the page as long as it is so', async () => {
    const { notices, take, clock, holds } = await atTheTill(20, 22, 30);
    expect(await notices()).toEqual([{ code: 'holds-ending', message: '2 holds end within 24 h: £84.00 is lost unless captured.' }]);
    for (const { id } of holds.slice(0, 2)) await take(id);
    await clock.run(5 * MINUTE_MS);
    expect(await notices()).toEqual([]);
  });
});

describe('closing time', () => {
  test('tells once of the day’s holds, by the shop’s clock', async () => {
    const { told, save, clock, hold } = await atTheTill();
    hold(120, { paidAtMs: START_MS - HOUR_MS, createdAtMs: START_MS - HOUR_MS });
    await save({ closingMinutes: 17 * 60 + 30 });
    await clock.runTo(Date.parse('2026-06-15T16:29:00Z'));
    expect(told()).toEqual([]);
    await clock.runTo(Date.parse('2026-06-15T16:31:00Z'));
    expect(told()).toEqual(['Closing time: a hold is still to capture']);
    await clock.run(10 * HOUR_MS);
    expect(told()).toHaveLength(1);
  });
});

test('closing time tells of a hold of today also where a link of before made it and Dojo does not say when', async () => {
  const { told, save, clock, hold, bank } = await atTheTill();
  bank.setSwitches({ holdShowsPaymentDetails: false });
  const { id } = hold(120, { paidAtMs: null, createdAtMs: START_MS - 3 * DAY_MS });
  await save({ closingMinutes: 12 * 60 + 30 });
  await clock.run(5 * MINUTE_MS);
  bank.pay(id, clock.nowMs());
  await clock.run(30 * MINUTE_MS);
  expect(told()).toEqual(['Closing time: a hold is still to capture']);
});

describe('holds in training', () => {
  test('are told of as training', async () => {
    const { pc, clock } = await atTheTill();
    const { life } = pc;
    if (!life?.till) throw new Error('expected a running till');
    pc.key = null;
    await life.till.handlers.disconnect({ confirmed: true });
    await life.till.handlers.startTraining({ seed: 7 });
    await clock.run(MINUTE_MS);
    expect(pc.notes.map(({ title }) => title)).toEqual([expect.stringMatching(/^Training: \d+ holds end within 48 h$/)]);
  });

  test('stay told while a capture of them is queued and cannot be sent, and are safe once Dojo has taken it', async () => {
    const { pc, holds, take, notices, clock } = await atTheTill(20);
    const [first] = holds;
    if (!first) throw new Error('expected a hold');
    const ending = async () => (await notices()).find(({ code }) => code === 'holds-ending')?.message ?? null;
    expect(await ending()).toBe('1 hold ends within 24 h: £42.00 is lost unless captured.');
    pc.lineDown = 'no-line';
    await clock.run(MINUTE_MS);
    await take(first.id);
    await clock.run(1_000);
    expect(await ending()).toBe('1 hold ends within 24 h: £42.00 is lost unless captured. £42.00 of that was decided here, and is not captured yet.');
    pc.lineDown = null;
    await clock.run(2 * MINUTE_MS);
    expect(await ending()).toBeNull();
  });
});
