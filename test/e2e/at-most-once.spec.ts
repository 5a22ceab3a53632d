import { expect, KEY, test } from './fixtures.ts';
import { look } from './pages/look.ts';
import { askedOf, changesAsked, hold, moneyOf } from './shop.ts';

test('what is asked for is done at most once: whole or not at all, pressed twice, asked twice, over a restart, doubled on its way', async ({ till, dojo }) => {
  test.setTimeout(120_000);
  await till.connect(KEY);
  await test.step('of three requests with a bad one, none is accepted', async () => {
    const [one, two, three] = ['One', 'Two', 'Three'].map((reference) => hold(dojo, { reference, amountMinor: 1_000 }).id);
    await till.freshen();
    for (const [bad, code] of [
      [{ kind: 'capture', paymentId: two, amount: 1_001 }, 'amount'],
      [{ kind: 'refund', paymentId: two, amount: 1 }, 'move-closed'],
      [{ kind: 'capture', paymentId: 'pi_sandbox_nobody', amount: 1 }, 'unknown-payment'],
    ] as const) {
      const answer = await till.call('submit', {
        requests: [
          { requestId: `${code}-1`, kind: 'capture', paymentId: one, amount: 1_000 },
          { requestId: `${code}-2`, ...bad },
          { requestId: `${code}-3`, kind: 'capture', paymentId: three, amount: 1_000 },
        ],
      });
      expect(answer).toMatchObject({ ok: false, error: { code, field: expect.stringMatching(/^requests\.1\./) } });
    }
    expect((await till.snapshot()).actions).toEqual([]);
    expect(changesAsked(dojo)).toEqual([]);
  });
  await test.step('a batch cannot take more than is held, however it is cut', async () => {
    const { id: paymentId } = hold(dojo, { reference: 'Table 1', amountMinor: 1_000 });
    await till.freshen();
    const part = { kind: 'capture', paymentId, amount: 400 } as const;
    expect(await till.submit(part, part, part)).toMatchObject({ ok: false, error: { code: 'amount', field: 'requests.2.amount' } });
    expect(await till.submit(part, part)).toMatchObject({ ok: true });
    await expect.poll(() => moneyOf(dojo, paymentId)).toMatchObject({ captures: 2, capturedMinor: 800 });
    expect(dojo.bank.imbalances()).toEqual([]);
  });
  await test.step('a double click on the money button is one action and one capture', async () => {
    const { id } = hold(dojo, { reference: 'Table 2', amountMinor: 4_200 });
    // Dojo is slow: the second click finds the first one still under way.
    dojo.faults.order({ kind: 'delay-before', ms: 800, match: { operation: 'capture', paymentId: id } });
    await till.freshen();
    await till.today.take('Table 2');
    await look(till.page);
    await till.take.confirm.dblclick();
    await till.today.shows('Table 2', 'Captured');
    expect(await till.actionsOn(id)).toHaveLength(1);
    expect(askedOf(dojo, id)).toHaveLength(1);
    expect(moneyOf(dojo, id)).toMatchObject({ captures: 1, capturedMinor: 4_200 });
  });
  await test.step('the same requestId for something else is refused', async () => {
    const { id: paymentId } = hold(dojo, { reference: 'Table 3', amountMinor: 4_200 });
    await till.freshen();
    await till.submit({ requestId: 'table-3', kind: 'capture', paymentId, amount: 1_000 });
    expect(await till.submit({ requestId: 'table-3', kind: 'capture', paymentId, amount: 1_001 })).toMatchObject({
      ok: false,
      error: { code: 'request-id-reused', field: 'requests.0.requestId' },
    });
    await expect.poll(() => moneyOf(dojo, paymentId).capturedMinor).toBe(1_000);
    expect(askedOf(dojo, paymentId)).toHaveLength(1);
  });
  await test.step('a request that a proxy doubled is said, not hidden', async () => {
    const { id: paymentId } = hold(dojo, { reference: 'Table 4', amountMinor: 4_200 });
    dojo.faults.order({ kind: 'double', match: { operation: 'capture', paymentId } });
    await till.freshen();
    await till.submit({ kind: 'capture', paymentId, amount: 1_000 });
    await till.today.shows('Table 4', 'It may have been captured twice: £20.00 of £42.00 in all.');
    expect(askedOf(dojo, paymentId)).toHaveLength(1);
  });
  await test.step('the same requestId is one action, at once, later and over a restart', async () => {
    const { id: paymentId } = hold(dojo, { reference: 'Table 5', amountMinor: 4_200 });
    await till.freshen();
    const requests = [{ requestId: 'table-5', kind: 'capture', paymentId, amount: 1_000 }];
    const answers = await Promise.all([1, 2, 3].map(() => till.call('submit', { requests })));
    await expect.poll(async () => (await till.actionsOn(paymentId)).map(({ state }) => state)).toEqual(['done']);
    answers.push(await till.call('submit', { requests }));
    await expect.poll(() => moneyOf(dojo, paymentId)).toMatchObject({ captures: 1, capturedMinor: 1_000 });
    expect(askedOf(dojo, paymentId)).toHaveLength(1);
    await till.restart(KEY);
    await till.shell.isLive();
    answers.push(await till.call('submit', { requests }));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ ok: true });
    await till.shell.refresh();
    await till.shell.isLive();
    expect(askedOf(dojo, paymentId)).toHaveLength(1);
  });
});
