import { describe, expect, test } from 'vitest';
import type { Action } from '../../main/core/queue/action.ts';
import { decodeAction, encodeAction } from '../../main/ledger/rows.ts';
import type { ActionRequest } from '../../preload/contract.ts';
import { anOutcome } from '../builders.ts';
import { MINUTE, START, shop } from './a-till.ts';

/** A till that was handed its own open actions: they were decided offline, and something happened to its record since. */
async function handedOver(decide: (till: Awaited<ReturnType<typeof shop>>) => ActionRequest[], changes: Partial<Action> = {}, lookingForMs = 2 * MINUTE) {
  const till = await shop();
  const requests = decide(till);
  await till.connect();
  await till.clock.run(5_000);
  till.line.setDown(true);
  await till.clock.run(MINUTE);
  const accepted = await till.submit(...requests);
  if (!accepted.ok) throw new Error(accepted.error.message);
  await till.clock.run(MINUTE);
  for (const [id, kept] of till.pc.disk.actions) {
    const read = decodeAction(kept.row);
    if (!read.ok) throw new Error(read.error);
    const action: Action = { ...read.value, state: 'needsPerson', outcome: anOutcome({ code: 'moved', settledBy: 'till' }), ...changes };
    till.pc.disk.actions.set(id, { row: encodeAction(action), action, rotten: false, atMs: 0 });
  }
  till.line.setDown(false);
  await till.restart();
  await till.clock.run(lookingForMs);
  return {
    ...till,
    ids: accepted.value.actionIds,
    release: (...actionIds: string[]) => till.ask(({ handlers }) => handlers.release({ actionIds })),
    async actions() {
      const all = (await till.look()).actions;
      return accepted.value.actionIds.map((id) => all.find((action) => action.id === id));
    },
  };
}

test('nothing that was handed to a person is sent by itself, and the list says what was known and what Dojo shows', async () => {
  const till = await handedOver(({ hold, capture }) => [capture(hold({ id: 'pi_1' }).id, 3000), capture(hold({ id: 'pi_2' }).id, 4200)]);
  await till.clock.run(20 * MINUTE);
  expect(till.line.sent()).toEqual([]);
  const known = { status: 'Authorized', heldMinor: 4200, capturedMinor: 0, captureCount: 0, refundedMinor: 0 };
  expect(await till.actions()).toMatchObject(
    ['pi_1', 'pi_2'].map((paymentId) => ({
      paymentId,
      state: 'needsPerson',
      can: { release: true, retry: false },
      sinceDecision: { decided: known, now: known, unchanged: true },
    })),
  );
});

test('the unchanged ones are released together, each is sent once, with the key it was born with', async () => {
  const till = await handedOver(({ hold, capture }) => [capture(hold().id, 3000), capture(hold().id, 4200)]);
  const keys = [...till.pc.disk.actions.values()].map(({ action }) => action.idempotencyKey);
  expect(await till.release(...till.ids)).toEqual({ ok: true, value: null });
  await till.clock.run(MINUTE);
  expect((await till.actions()).map((action) => action?.state)).toEqual(['done', 'done']);
  expect(till.line.sent()).toHaveLength(2);
  expect([...till.pc.disk.actions.values()].map(({ action }) => action.idempotencyKey)).toEqual(keys);
  expect(till.bank.imbalances()).toEqual([]);
});

test('a release writes down what the payment was when it was made', async () => {
  const till = await handedOver(({ hold, capture }) => [capture(hold().id, 3000)]);
  const [id = ''] = till.ids;
  const before = till.pc.disk.actions.get(id)?.action.decidedOn;
  await till.release(id);
  const after = till.pc.disk.actions.get(id)?.action.decidedOn;
  expect(after?.readAtMs).toBeGreaterThan(before?.readAtMs ?? 0);
  expect(after).toMatchObject({ status: 'Authorized', captureIds: [] });
});

test('one whose payment changed since cannot go with others, but alone, after a look at it', async () => {
  const till = await handedOver(({ hold, capture }) => [capture(hold({ id: 'pi_1' }).id, 1000), capture(hold({ id: 'pi_2' }).id, 1000)]);
  till.bank.capture('acc_one', 'pi_2', { amountMinor: 1000, tipsMinor: 0 }, till.clock.nowMs());
  await till.ask(({ handlers }) => handlers.refresh(undefined));
  expect(await till.actions()).toMatchObject([
    { sinceDecision: { unchanged: true } },
    { sinceDecision: { unchanged: false, decided: { captureCount: 0 }, now: { captureCount: 1, capturedMinor: 1000 } } },
  ]);
  expect(await till.release(...till.ids)).toMatchObject({ ok: false, error: { code: 'not-possible', field: 'actionIds.1' } });
  expect((await till.actions()).map((action) => action?.state)).toEqual(['needsPerson', 'needsPerson']);
  expect(till.line.sent()).toEqual([]);
  expect(await till.release(till.ids[1] ?? '')).toMatchObject({ ok: true });
  await till.clock.run(MINUTE);
  expect(till.bank.moneyOf('pi_2').captures).toBe(2);
  expect(till.bank.moneyOf('pi_1').captures).toBe(0);
});

test('one that Dojo shows otherwise than the screen is refused, until the person has looked again', async () => {
  const till = await handedOver(({ hold, capture }) => [capture(hold({ id: 'pi_1' }).id, 1000)]);
  till.bank.capture('acc_one', 'pi_1', { amountMinor: 1000, tipsMinor: 0 }, till.clock.nowMs());
  expect(await till.release(...till.ids)).toMatchObject({ ok: false, error: { code: 'not-possible', message: expect.stringContaining('something new') } });
  expect(till.line.sent()).toEqual([]);
  expect(await till.actions()).toMatchObject([{ state: 'needsPerson', sinceDecision: { unchanged: false } }]);
});

test('one whose person had seen less than the till knows by now is refused: the screen may be a moment behind', async () => {
  const till = await handedOver(({ hold, capture }) => [capture(hold({ id: 'pi_1' }).id, 1000), capture(hold({ id: 'pi_2' }).id, 1000)]);
  const seenVersions = Object.fromEntries(
    (await till.actions()).flatMap((action) => (action?.sinceDecision?.now ? [[action.id, action.sinceDecision.now.version]] : [])),
  );
  const [first = '', second = ''] = till.ids;
  till.bank.capture('acc_one', 'pi_1', { amountMinor: 1000, tipsMinor: 0 }, till.clock.nowMs());
  await till.ask(({ handlers }) => handlers.refresh(undefined));
  const release = (...actionIds: string[]) => till.ask(({ handlers }) => handlers.release({ actionIds, seenVersions }));
  expect(await release(first)).toMatchObject({ ok: false, error: { code: 'not-possible', message: expect.stringContaining('something new') } });
  expect(till.line.sent()).toEqual([]);
  // Nothing changed of the other but when it was read.
  expect(await release(second)).toMatchObject({ ok: true });
});

test('where a payment cannot be read nothing is released', async () => {
  const till = await handedOver(({ hold, capture }) => [capture(hold().id, 1000), capture(hold().id, 1000)]);
  till.line.setDown(true);
  expect(await till.release(...till.ids)).toMatchObject({ ok: false, error: { code: 'no-line', message: expect.stringContaining('Nothing was sent.') } });
  till.line.setDown(false);
  await till.clock.run(10 * MINUTE);
  expect((await till.actions()).map((action) => action?.state)).toEqual(['needsPerson', 'needsPerson']);
  expect(till.line.sent()).toEqual([]);
});

test('where the move is closed now nothing is released, and the reason is said', async () => {
  const till = await handedOver(({ hold, capture }) => [capture(hold({ id: 'pi_1' }).id, 1000)]);
  till.bank.reverse('acc_one', 'pi_1', till.clock.nowMs());
  await till.ask(({ handlers }) => handlers.refresh(undefined));
  expect(await till.release(...till.ids)).toMatchObject({ ok: false, error: { code: 'move-closed', field: 'actionIds.0' } });
  expect(till.line.sent()).toEqual([]);
});

test('a same-day reversal whose day is over is not released', async () => {
  const till = await handedOver(({ sale, reverse }) => [reverse(sale({ id: 'pi_1' }).id)]);
  await till.clock.run(12 * 60 * MINUTE);
  expect(await till.release(...till.ids)).toMatchObject({ ok: false, error: { code: 'too-late' } });
  expect(till.line.sent()).toEqual([]);
});

test('one that was sent a moment ago is not released while Dojo may still be working on it', async () => {
  const till = await handedOver(({ hold, capture }) => [capture(hold({ id: 'pi_1' }).id, 1000)], { sends: 1, sentAtMs: START + 2 * MINUTE }, MINUTE);
  expect(await till.release(...till.ids)).toMatchObject({ ok: false, error: { code: 'not-possible', message: expect.stringContaining('Wait') } });
  expect(till.line.sent()).toEqual([]);
});

test('what does not need a person, is not known, or is of another account is not released', async () => {
  const till = await handedOver(({ hold, capture }) => [capture(hold().id, 1000)]);
  expect(await till.release('a_stranger', ...till.ids)).toMatchObject({ ok: false, error: { code: 'unknown-action', field: 'actionIds.0' } });
  await till.release(...till.ids);
  await till.clock.run(MINUTE);
  expect(await till.release(...till.ids)).toMatchObject({ ok: false, error: { code: 'not-possible' } });
  expect(till.line.sent()).toHaveLength(1);
});

test('two of the same payment are judged as promised one after the other: together no more than is held', async () => {
  const till = await handedOver(({ hold, capture }) => {
    const { id } = hold({ id: 'pi_1' });
    return [capture(id, 3000), capture(id, 1200)];
  });
  expect(await till.release(...till.ids)).toMatchObject({ ok: true });
  await till.clock.run(2 * MINUTE);
  expect(till.bank.moneyOf('pi_1').captures).toBe(2);
  expect(till.bank.imbalances()).toEqual([]);
});

describe('a part capture without a trace', () => {
  /** Its request never came. The queue looks again half a minute later at most. */
  async function withoutTrace(lookingForMs: number) {
    const till = await shop([{ till: 0, on: 'move', nth: 0, fault: 'lost-before' }]);
    const { id } = till.hold();
    await till.connect();
    await till.clock.run(5_000);
    await till.submit(till.capture(id, 3000));
    await till.clock.run(lookingForMs);
    const [action] = (await till.look()).actions;
    if (!action) throw new Error('expected an action');
    return {
      ...till,
      paymentId: id,
      action: async () => (await till.look()).actions[0],
      release: () => till.ask(({ handlers }) => handlers.release({ actionIds: [action.id] })),
      async shows() {
        const answer = await till.ask(({ handlers }) => handlers.getPayment({ paymentId: id }));
        if (!answer.ok) throw new Error(answer.error.message);
      },
    };
  }

  test.each([
    ['that is still looked for', 3 * MINUTE, 'checking'],
    ['that a person has to look for', 11 * MINUTE, 'needsPerson'],
  ] as const)('%s is offered for sending, and no more from when Dojo shows one like it', async (_, lookingForMs, state) => {
    const till = await withoutTrace(lookingForMs);
    expect(await till.action()).toMatchObject({ state, code: 'absent-part', can: { release: true, settle: true } });
    till.bank.capture('acc_one', till.paymentId, { amountMinor: 3000, tipsMinor: 0 }, till.clock.nowMs());
    await till.shows();
    expect(await till.action()).toMatchObject({
      ...{ state, code: 'absent-part', can: { release: false, settle: true } },
      message: 'It was sent and its answer was lost. Dojo shows a capture like it by now.',
      next: 'Look it up in Dojo, then settle it in the queue.',
    });
  });

  test('is a person’s ten minutes after its answer was given up, however often the till was started meanwhile', async () => {
    const till = await withoutTrace(3 * MINUTE);
    for (let runs = 0; runs < 8; runs += 1) {
      await till.restart();
      await till.clock.run(MINUTE);
    }
    expect(await till.action()).toMatchObject({ state: 'needsPerson', code: 'absent-part', can: { release: true, settle: true } });
    expect(till.line.sent()).toHaveLength(1);
  });

  test('is not sent once more where Dojo shows one like it just then', async () => {
    const till = await withoutTrace(11 * MINUTE);
    till.bank.capture('acc_one', till.paymentId, { amountMinor: 3000, tipsMinor: 0 }, till.clock.nowMs());
    await till.shows();
    expect(await till.release()).toMatchObject({
      ok: false,
      error: { code: 'not-possible', message: expect.stringContaining('Dojo shows a capture like it by now.') },
    });
    await till.clock.run(2 * MINUTE);
    expect(till.line.sent()).toHaveLength(1);
  });

  test('is sent once more where Dojo shows another amount', async () => {
    const till = await withoutTrace(11 * MINUTE);
    till.bank.capture('acc_one', till.paymentId, { amountMinor: 500, tipsMinor: 0 }, till.clock.nowMs());
    await till.shows();
    expect(await till.action()).toMatchObject({ can: { release: true }, message: expect.stringContaining('no trace') });
    expect(await till.release()).toMatchObject({ ok: true });
    await till.clock.run(MINUTE);
    expect(till.line.sent()).toHaveLength(2);
  });
});
