import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Channel, channels, ERROR_CODES, type Result } from '../../preload/contract.ts';
import { KEY, NOON_MS, type Shop, startShop } from '../a-shop.ts';
import { junk, strangeText } from './junk.ts';
import { changesOf, mutated } from './mutations.ts';
import { patience, playing } from './runs.ts';
import { shaped } from './shaped.ts';

const CHANNELS = Object.keys(channels) as Channel[];
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const IDS = { hold: 'pi_hold', holdTwo: 'pi_hold2', sale: 'pi_sale', unpaid: 'pi_unpaid', early: 'pi_early' } as const;

const shop = () =>
  startShop({
    payments: [
      { id: IDS.hold, amountMinor: 4_200, captureMode: 'Manual', createdAtMs: NOON_MS - HOUR_MS, tipsAllowed: true },
      { id: IDS.holdTwo, amountMinor: 1_000, captureMode: 'Manual', createdAtMs: NOON_MS - 2 * HOUR_MS },
      { id: IDS.sale, amountMinor: 1_250, createdAtMs: NOON_MS - HOUR_MS },
      { id: IDS.unpaid, amountMinor: 3_000, createdAtMs: NOON_MS - HOUR_MS, paidAtMs: null, customAmountAllowed: true, tipsAllowed: true },
      { id: IDS.early, amountMinor: 900, captureMode: 'Manual', createdAtMs: NOON_MS - 40 * HOUR_MS },
    ],
  });

/** What a field of that name may well hold. `action 0` is replaced by the id of the first action there is. */
const known = {
  paymentId: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...Object.values(IDS)) },
    { weight: 1, arbitrary: fc.constantFrom('pi_nobody', 'a/../b', '\ud800') },
  ),
  actionId: fc.oneof(fc.constantFrom('action 0', 'action 1', 'action 2'), fc.constantFrom('nothing', '__proto__', '\udfff')),
  requestId: fc.oneof(fc.uuid(), fc.constantFrom('once', 'twice', '\ud800', '\ud801', '__proto__')),
  runId: fc.constantFrom('run 1', '\udc00'),
  amount: fc.oneof(fc.constantFrom(1, 100, 1_000, 1_250, 4_200, 4_201, 9_999_999_999), fc.integer({ min: 1, max: 5_000 })),
  tipsAmount: fc.constantFrom(0, 1, 100, 9_999_999_999),
  reason: strangeText.filter((text) => text.length <= 1_024),
  notes: strangeText.filter((text) => text.length <= 4_096),
  emails: fc.constantFrom(['guest@example.com'], ['a@b.co', 'c@d.co']),
  date: fc.constantFrom('2026-06-15', '2026-06-13', '0000-01-01', '0001-01-01', '9999-12-31', '2026-02-31', '1970-01-01', '2026-03-29'),
  apiKey: fc.constantFrom(KEY, 'sk_sandbox_other', 'sk_prod_unknown', 'x', ''),
  zone: fc.constantFrom('Europe/London', 'Pacific/Kiritimati', 'Etc/Unknown', 'UTC', '+01:00', '__proto__'),
} satisfies Record<string, fc.Arbitrary<unknown>>;

const shapedInputs = new Map(CHANNELS.map((channel) => [channel, shaped(channels[channel].input, known)]));
type Call = Readonly<{ channel: Channel; input: unknown }>;
/** Decisions come often; what ends the session, seldom. */
const OFTEN: Partial<Record<Channel, number>> = { submit: 24, withdraw: 4, retryNow: 4, settle: 4, getPayment: 4, refresh: 4, loadDay: 4, saveSettings: 3 };
const rightCall: fc.Arbitrary<Call> = fc
  .oneof(...CHANNELS.map((channel) => ({ weight: OFTEN[channel] ?? 1, arbitrary: fc.constant(channel) })))
  .chain((channel) => (shapedInputs.get(channel) ?? fc.constant(undefined)).map((input) => ({ channel, input })));
/** What the rules may well allow: most calls drawn from the schema alone they close. */
const decision: fc.Arbitrary<Call> = fc
  .tuple(
    known.requestId,
    fc.constantFrom(
      { kind: 'capture', paymentId: IDS.hold, amount: 2_000 },
      { kind: 'capture', paymentId: IDS.hold, amount: 2_200, tipsAmount: 100 },
      { kind: 'capture', paymentId: IDS.holdTwo, amount: 500 },
      { kind: 'capture', paymentId: IDS.early, amount: 900 },
      { kind: 'reverse', paymentId: IDS.holdTwo },
      { kind: 'reverse', paymentId: IDS.sale },
      { kind: 'refund', paymentId: IDS.sale, amount: 1_000, notes: '\ud800' },
      { kind: 'cancel', paymentId: IDS.unpaid },
      { kind: 'setAmount', paymentId: IDS.unpaid, amount: 1 },
      { kind: 'setTips', paymentId: IDS.unpaid, amount: 0 },
      { kind: 'sendReceipt', paymentId: IDS.sale, emails: ['guest@example.com'] },
    ),
  )
  .map(([requestId, wanted]) => ({ channel: 'submit', input: { requests: [{ requestId, ...wanted }] } }));
const nearCall: fc.Arbitrary<Call> = fc.tuple(rightCall, changesOf(junk)).map(([{ channel, input }, changes]) => ({ channel, input: mutated(input, changes) }));
const junkCall: fc.Arbitrary<Call> = fc.record({ channel: fc.constantFrom(...CHANNELS), input: junk });

/** Everything that a refusal must leave as it was. */
async function standing({ look, disks, bank, settingsFile, storedKey, clock }: Shop) {
  const { revision: _, ...shown } = await look();
  const kept = Object.values(disks).map(({ actions, payments, activity, facts }) => [[...actions.values()], [...payments], [...activity], [...facts]]);
  return structuredClone({ shown, kept, dojo: [bank.ledger(), bank.intents()], settings: settingsFile(), key: storedKey(), nowMs: clock.nowMs() });
}

/** A right answer to its channel, or a refusal of the closed set that says nothing of what it was given. */
function expectTyped({ channel }: Call, answer: Result<unknown>): void {
  expect(channels[channel].output.safeParse(answer).success).toBe(true);
  if (answer.ok) return;
  expect(ERROR_CODES).toContain(answer.error.code);
  expect(answer.error.code).not.toBe('internal');
  expect(answer.error.message.length).toBeLessThan(1_000);
}

describe('a call that does not fit its channel', () => {
  test('is refused as bad input, and nothing anywhere is another than before', patience, async () => {
    const running = await shop();
    await running.clock.run(MINUTE_MS);
    await fc.assert(
      fc.asyncProperty(fc.oneof(nearCall, junkCall), async (call) => {
        fc.pre(!channels[call.channel].input.safeParse(call.input).success);
        const before = await standing(running);
        const answer = await running.call(call.channel, call.input);
        expect(answer).toMatchObject({ ok: false, error: { code: 'bad-input' } });
        expectTyped(call, answer);
        expect(await standing(running)).toEqual(before);
        expect({}).not.toHaveProperty('polluted');
      }),
      playing(400),
    );
    expect(running.errors).toEqual([]);
    await running.close();
  });
});

describe('any calls in any order', () => {
  /** `action 1` → the id of the second action there is. In training, Dojo's ids are drawn: `pi_hold` is a hold of that shop. */
  const withIds = (input: unknown, { disks }: Shop, trained: ReadonlyMap<string, string>): unknown => {
    const actionIds = [...disks.shop.actions.keys(), ...disks.training.actions.keys()];
    const put = (value: unknown): unknown => {
      if (typeof value === 'string') return trained.get(value) ?? actionIds[/^action \d$/.test(value) ? Number(value.slice(-1)) : -1] ?? value;
      if (Array.isArray(value)) return value.map(put);
      return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
        ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, put(part)]))
        : value;
    };
    return trained.size === 0 && actionIds.length === 0 ? input : put(input);
  };

  const step = fc.record({
    call: fc.oneof({ weight: 4, arbitrary: decision }, { weight: 5, arbitrary: rightCall }, { weight: 1, arbitrary: nearCall }),
    waitMs: fc.constantFrom(0, 0, 50, 150, 3_000, 90_000),
    cableOut: fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.boolean() }),
  });
  type Step = Readonly<{ call: Call; waitMs: number; cableOut: boolean | null }>;

  async function play(running: Shop, steps: readonly Step[], trained: ReadonlyMap<string, string> = new Map(), endsWithinMs = 10 * MINUTE_MS): Promise<void> {
    const acceptedCount = () => running.disks.shop.actions.size + running.disks.training.actions.size;
    for (const { call, waitMs, cableOut } of steps) {
      if (cableOut !== null) running.wire.setCable(cableOut);
      const before = acceptedCount();
      const answer = await running.call(call.channel, withIds(call.input, running, trained));
      expectTyped(call, answer);
      if (!answer.ok && call.channel === 'submit') expect(acceptedCount()).toBe(before);
      await running.clock.run(waitMs);
    }
    running.wire.setCable(false);
    await running.clock.run(endsWithinMs);
    expect(running.errors).toEqual([]);
  }

  test('are answered each, move no more than was accepted, and leave a till that shows what Dojo did', patience, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const running = await shop();
        await running.clock.run(5_000);
        await play(running, steps);
        expectOnlyWhatWasAccepted(running);
        await expectShownAsDojoHasIt(running);
        await running.close();
      }),
      playing(60),
    );
  });

  test('in training are answered each, and never reach the shop’s own Dojo', patience, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), async (steps) => {
        const running = await shop();
        const asked = running.bank.ledger().length;
        await running.call('disconnect', { confirmed: true });
        await running.call('startTraining', { seed: 3 });
        await running.clock.run(5_000);
        const { payments } = await running.look();
        const idOf = (state: string, nth: number) => payments.filter((view) => view.state === state)[nth]?.id ?? '';
        const trained = new Map([
          [IDS.hold, idOf('on-hold', 0)],
          [IDS.holdTwo, idOf('on-hold', 1)],
          [IDS.early, idOf('on-hold', 2)],
          [IDS.sale, idOf('paid', 0)],
          [IDS.unpaid, idOf('not-paid', 0)],
        ]);
        // The shop's own key opens the shop again: what training must not reach is what happens before that.
        await play(
          running,
          steps.filter(({ call }) => call.channel !== 'connect'),
          trained,
          MINUTE_MS,
        );
        expect(running.bank.ledger()).toHaveLength(asked);
        await running.close();
      }),
      playing(8),
    );
  });

  /** Nobody but the till asks this Dojo for anything: each of its movements belongs to one accepted action. */
  function expectOnlyWhatWasAccepted({ bank, disks }: Shop): void {
    expect(bank.imbalances()).toEqual([]);
    const accepted = [...disks.shop.actions.values()].map(({ action }) => action);
    expect(new Set(accepted.map(({ requestId }) => requestId)).size).toBe(accepted.length);
    for (const [done, kind] of [
      ['captured-requested', 'capture'],
      ['refunded', 'refund'],
      ['reversed', 'reverse'],
    ] as const)
      for (const { id } of bank.intents()) {
        const moved = bank.ledger().filter((movement) => movement.kind === done && movement.intentId === id);
        const wanted = accepted.filter((action) => action.paymentId === id && action.move.kind === kind);
        expect(moved.length, `${kind} of ${id}`).toBeLessThanOrEqual(wanted.length);
        const wantedMinor = wanted.map(({ move }) =>
          move.kind === 'capture' ? move.amount + (move.tipsAmount ?? 0) : move.kind === 'refund' ? move.amount : null,
        );
        for (const { amountMinor } of moved) if (kind !== 'reverse') expect(wantedMinor).toContain(amountMinor);
      }
  }

  async function expectShownAsDojoHasIt({ look, bank }: Shop): Promise<void> {
    const { payments, connection, settings } = await look();
    if (connection.mode !== 'test' || connection.line !== 'live') return;
    for (const view of payments) {
      // Before 2024-02-05 nothing shows what was taken of a hold in part.
      if (view.captureMode === 'Manual' && settings.apiVersion < '2024-02-05') continue;
      const { capturedMinor, refundedMinor } = bank.moneyOf(view.id);
      if (view.state !== 'undone') expect([view.id, view.takenMinor]).toEqual([view.id, capturedMinor]);
      expect([view.id, view.refundedMinor]).toEqual([view.id, refundedMinor]);
    }
  }
});
