import { describe, expect, test } from 'vitest';
import { createLostHolds } from '../../main/app/lost-holds.ts';
import type { RunningTill } from '../../main/app/till.ts';
import { lostAtEndMinor } from '../../main/core/holds/lost-at-end.ts';
import { holdEndsByMs, type Payment } from '../../main/core/payment/payment.ts';
import { ok } from '../../main/core/result.ts';
import { TRAINING_ACCOUNT } from '../../main/simulator/bank.ts';
import type { NewPayment } from '../../main/simulator/new-payment.ts';
import type { Result } from '../../preload/contract.ts';
import { aCapture, aHold } from '../builders.ts';
import { createSimClock } from '../sim/clock.ts';
import { tillOff } from './a-till.ts';

/** Noon in London, in summer. */
const START_MS = Date.parse('2026-06-15T11:00:00Z');
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const BODY = expect.stringMatching(
  /^£42\.00 of Table 7 \(card ending in \d{4}\) is lost: the hold ended Monday 13:00\. Nothing was captured\. Ask for another payment\.$/,
);

/** A till at which nobody looks, with a hold of £42.00 of five days ago that ends in an hour. */
async function atTheTill(differs: Partial<NewPayment> = {}) {
  const till = tillOff(START_MS);
  const { clock, bank, pc } = till;
  const hold = (reference: string, endsInMs = HOUR_MS) =>
    bank.addPayment(
      {
        amountMinor: 4200,
        captureMode: 'Manual',
        paidAtMs: START_MS - 5 * DAY_MS,
        createdAtMs: START_MS - 5 * DAY_MS,
        autoExpireInMs: 5 * DAY_MS + endsInMs,
        autoExpireAction: 'Release',
        reference,
        ...differs,
      },
      clock.nowMs(),
    );
  const { id } = hold('Table 7');
  const ask = async <T>(call: (running: RunningTill) => Promise<Result<T>>): Promise<T> => {
    const answer = await till.ask(call);
    if (!answer.ok) throw new Error('expected the till to agree');
    return answer.value;
  };
  const snapshot = () => ask(({ handlers }) => handlers.getSnapshot(undefined));
  const on = async () => {
    await clock.run(MINUTE_MS);
    pc.life?.till?.setFocused(false);
  };
  await till.switchOn();
  await on();
  return {
    ...till,
    id,
    hold,
    snapshot,
    lost: async () => (await snapshot()).connection.notices.filter(({ code }) => code === 'holds-lost'),
    told: () => pc.notes.filter(({ title }) => /\bended$/.test(title)),
    row: async () => (await snapshot()).payments.find((payment) => payment.id === id),
    attentionCount: async () => (await snapshot()).totals.attentionCount,
    seen: (message: string) => ask(({ handlers }) => handlers.noticeSeen({ code: 'holds-lost', message })),
    submit: (kind: 'reverse') => ask(({ handlers }) => handlers.submit({ requests: [{ kind, requestId: `${kind} ${id}`, paymentId: id }] })),
    async restart() {
      await till.restart();
      await on();
    },
  };
}

describe('a hold that ended by itself with nothing captured', () => {
  test('is told until it is seen, over restarts too, and asks for attention in that day', async () => {
    const { clock, lost, told, row, attentionCount, seen, restart } = await atTheTill();
    expect(await lost()).toEqual([]);
    await clock.run(70 * MINUTE_MS);
    expect(told()).toEqual([{ title: 'A hold ended', body: BODY, show: { view: 'today' } }]);
    const notice = { code: 'holds-lost', title: 'A hold ended.', message: BODY, show: 'today', untilSeen: true };
    expect(await lost()).toEqual([notice]);
    const ended = { state: 'undone', lostAtEndMinor: 4200, attention: 'Nothing was captured. Ask for another payment.' };
    expect(await row()).toMatchObject(ended);
    await restart();
    expect(await lost()).toEqual([notice]);
    expect(await row()).toMatchObject(ended);
    expect(await attentionCount()).toBe(1);
    expect(told()).toHaveLength(1);
    await seen(String((await lost())[0]?.message));
    expect(await lost()).toEqual([]);
    await restart();
    expect(await lost()).toEqual([]);
    expect(await row()).toMatchObject(ended);
    await clock.run(DAY_MS);
    expect(await row()).toBeUndefined();
    expect(await attentionCount()).toBe(0);
  });

  test('stays on the list of the next days until it is seen', async () => {
    const { clock, lost, row, seen, restart } = await atTheTill();
    await clock.run(2 * DAY_MS);
    await restart();
    expect(await row()).toMatchObject({ lostAtEndMinor: 4200, attention: expect.any(String) });
    await seen(String((await lost())[0]?.message));
    await clock.run(DAY_MS);
    expect(await row()).toBeUndefined();
  });

  test('is told of too where the till was off', async () => {
    const { pc, clock, lost, restart } = await atTheTill();
    pc.asleepUntilMs = clock.nowMs() + DAY_MS;
    await clock.run(DAY_MS);
    await restart();
    expect(await lost()).toMatchObject([{ message: BODY }]);
  });

  test('is told of with others that ended, and seen is only what was told', async () => {
    const { clock, hold, lost, seen } = await atTheTill();
    hold('Table 8', 2 * HOUR_MS);
    await clock.run(70 * MINUTE_MS);
    const [first] = await lost();
    await clock.run(HOUR_MS);
    const both = [{ title: '2 holds ended.', message: '£84.00 is lost: Table 7, Table 8. Nothing was captured. Ask for other payments.' }];
    expect(await lost()).toMatchObject(both);
    await seen(String(first?.message));
    expect(await lost()).toMatchObject(both);
  });

  test.each([true, false])('and one of which a part was captured is lost for the rest alone (Dojo calls it reversed: %s)', async (holdEndTurnsReversed) => {
    const { bank, id, clock, lost, told, row, snapshot } = await atTheTill({ paidAtMs: START_MS - 30 * MINUTE_MS, autoExpireInMs: 90 * MINUTE_MS });
    bank.setSwitches({ holdEndTurnsReversed });
    bank.capture(TRAINING_ACCOUNT, id, { amountMinor: 2_000, tipsMinor: 0 }, clock.nowMs());
    await clock.run(70 * MINUTE_MS);
    const next = '£20.00 was captured. If more is due, ask for another payment.';
    expect(await row()).toMatchObject({
      state: 'part-taken',
      takenMinor: 2_000,
      lostAtEndMinor: 2_200,
      holdEnds: null,
      attention: next,
      giveBack: { way: 'refund' },
      moves: { refund: { open: true, maxMinor: 2_000 }, capture: { open: false } },
    });
    expect((await snapshot()).totals.byCurrency).toMatchObject([{ takenMinor: 2_000, onHoldMinor: 0 }]);
    const body = expect.stringMatching(
      /^£22\.00 of Table 7 \(card ending in \d{4}\) is lost: .*\. £20\.00 was captured\. If more is due, ask for another payment\.$/,
    );
    expect(told()).toMatchObject([{ title: 'A hold ended', body }]);
    expect(await lost()).toMatchObject([{ message: body }]);
  });

  describe.each([true, false])(
    'and one of which a part was captured days ago, that Dojo called captured then (and now reversed: %s)',
    (holdEndTurnsReversed) => {
      const REST = expect.stringMatching(/^£22\.00 of Table 7 .* is lost: .* £20\.00 was captured\. If more is due, ask for another payment\.$/);
      async function partCaptured(endsInMs: number) {
        const till = await atTheTill({ autoExpireInMs: 5 * DAY_MS + endsInMs });
        till.bank.setSwitches({ partCaptureTurnsCaptured: true, holdEndTurnsReversed });
        till.bank.capture(TRAINING_ACCOUNT, till.id, { amountMinor: 2_000, tipsMinor: 0 }, till.clock.nowMs());
        await till.clock.run(MINUTE_MS);
        return till;
      }

      test('is lost for the rest', async () => {
        const { clock, told, lost } = await partCaptured(HOUR_MS);
        await clock.run(70 * MINUTE_MS);
        expect(told()).toMatchObject([{ title: 'A hold ended', body: REST }]);
        expect(await lost()).toMatchObject([{ message: REST }]);
      });

      test.each([
        ['for days', HOUR_MS, 0, 3 * DAY_MS],
        ['over midnight, from just after its end', 12 * HOUR_MS - 2 * MINUTE_MS, 12 * HOUR_MS - 30_000, HOUR_MS],
      ])('so also where the till was off %s', async (_when, endsInMs, onForMs, offForMs) => {
        const { pc, clock, restart, lost } = await partCaptured(endsInMs);
        await clock.run(Math.max(0, START_MS + onForMs - clock.nowMs()));
        pc.asleepUntilMs = clock.nowMs() + offForMs;
        await clock.run(offForMs);
        await restart();
        expect(await lost()).toMatchObject([{ message: REST }]);
      });
    },
  );

  test.each([
    [true, 'before'],
    [true, 'after'],
    [false, 'before'],
    [false, 'after'],
  ] as const)('and one that was captured in part, and of that refunded in part, too (now reversed: %s; %s its end)', async (holdEndTurnsReversed, when) => {
    const { bank, id, clock, lost, told, row } = await atTheTill();
    bank.setSwitches({ partCaptureTurnsCaptured: !holdEndTurnsReversed, holdEndTurnsReversed });
    bank.capture(TRAINING_ACCOUNT, id, { amountMinor: 2_000, tipsMinor: 0 }, clock.nowMs());
    await clock.run(when === 'before' ? MINUTE_MS : 70 * MINUTE_MS);
    const refund = { amountMinor: 500, idempotencyKey: 'elsewhere', reason: null, notes: null };
    expect(bank.refund(TRAINING_ACCOUNT, id, refund, clock.nowMs())).toMatchObject({ ok: true });
    await clock.run(when === 'before' ? 70 * MINUTE_MS : 10 * MINUTE_MS);
    expect(await row()).toMatchObject({
      status: holdEndTurnsReversed ? 'Reversed' : 'Captured',
      lostAtEndMinor: 2_200,
      attention: '£20.00 was captured. If more is due, ask for another payment.',
    });
    const body = expect.stringMatching(/^£22\.00 of Table 7 .* is lost: the hold ended Monday 13:00\. £20\.00 was captured\./);
    expect(told()).toMatchObject([{ title: 'A hold ended', body }]);
    expect(await lost()).toMatchObject([{ message: body }]);
  });

  test('that was released here on purpose is no loss', async () => {
    const { clock, submit, lost, told, row } = await atTheTill();
    await submit('reverse');
    await clock.run(70 * MINUTE_MS);
    expect(await row()).toMatchObject({ state: 'undone', lostAtEndMinor: 0, attention: null });
    expect(await lost()).toEqual([]);
    expect(told()).toEqual([]);
  });

  test('nor is one that was released elsewhere', async () => {
    const { bank, id, clock, lost, told, row } = await atTheTill();
    bank.reverse(TRAINING_ACCOUNT, id, clock.nowMs());
    await clock.run(70 * MINUTE_MS);
    expect(await row()).toMatchObject({ state: 'undone', lostAtEndMinor: 0, attention: null });
    expect(await lost()).toEqual([]);
    expect(told()).toEqual([]);
  });

  test('nor one that Dojo captured at its end', async () => {
    const { clock, lost, told } = await atTheTill({ autoExpireAction: 'Capture' });
    await clock.run(70 * MINUTE_MS);
    expect(await lost()).toEqual([]);
    expect(told()).toEqual([]);
  });
});

test('the rest of a hold is told as lost once its end has passed, though nothing that is known of it changes then', async () => {
  const clock = createSimClock(START_MS);
  const hold = aHold({
    status: 'Captured',
    autoExpireAction: 'Release',
    captures: [aCapture({ amountMinor: 1_000, tipsMinor: 0, status: 'Successful' })],
  });
  const endMs = holdEndsByMs(hold);
  const payments = new Map<string, Payment>([[hold.id, { ...hold, updatedAtMs: endMs - 20_000 }]]);
  let nowMs = endMs - 10_000;
  const facts = new Map<string, string>();
  const told: string[] = [];
  const lostHolds = createLostHolds({
    ledger: {
      readFact: (name) => facts.get(name) ?? null,
      writeFact(name, value) {
        facts.set(name, value);
        return ok(null);
      },
    },
    clock,
    zone: () => 'Europe/London',
    accountId: () => 'acc_one',
    payments: () => payments,
    find: (id) => payments.get(id) ?? null,
    lostMinor: (payment) => lostAtEndMinor(payment, [], [], nowMs),
    isSomebodyLooking: () => false,
    notify: ({ title }) => void told.push(title),
    onChange: () => undefined,
  });
  const look = async () => {
    lostHolds.touch();
    await clock.run(MINUTE_MS);
  };
  await look();
  expect(told).toEqual([]);
  nowMs = endMs;
  await look();
  await look();
  expect(told).toEqual(['A hold ended']);
});
