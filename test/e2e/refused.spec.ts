import type { DojoServer } from '../simulator/dojo-server.ts';
import { expect, KEY, test } from './fixtures.ts';
import type { Wanted } from './pages/till-user.ts';
import { askedOf, changesAsked, hold, moneyOf, sale, todayMs, unpaid } from './shop.ts';

type Case = Readonly<{ reference: string; status: number; ask: Wanted; words: string; next: string }>;

/** One payment for each operation, and Dojo's no to it. */
function refusedByDojo(dojo: DojoServer): Case[] {
  const link = (reference: string) => unpaid(dojo, { reference, amountMinor: 2_000, tipsMinor: 100, customAmountAllowed: true, tipsAllowed: true }).id;
  const paid = (reference: string) => sale(dojo, { reference, amountMinor: 2_000 }).id;
  const held = (reference: string) => hold(dojo, { reference, amountMinor: 2_000 }).id;
  return [
    {
      reference: 'Table 1',
      status: 400,
      ask: { kind: 'capture', paymentId: held('Table 1'), amount: 500 },
      words: 'Dojo refused the capture.',
      next: 'Look at how much of the hold is left',
    },
    {
      reference: 'Table 2',
      status: 409,
      ask: { kind: 'reverse', paymentId: held('Table 2') },
      words: 'Dojo refused the release.',
      next: 'can only be refunded',
    },
    { reference: 'Table 3', status: 409, ask: { kind: 'reverse', paymentId: paid('Table 3') }, words: 'Dojo refused the reversal.', next: 'refund it instead' },
    {
      reference: 'Table 4',
      status: 400,
      ask: { kind: 'refund', paymentId: paid('Table 4'), amount: 500 },
      words: 'Dojo refused the refund.',
      next: 'refund no more than the rest',
    },
    {
      reference: 'Table 5',
      status: 400,
      ask: { kind: 'cancel', paymentId: link('Table 5') },
      words: 'Dojo refused the cancellation.',
      next: 'give the money back instead',
    },
    {
      reference: 'Table 6',
      status: 405,
      ask: { kind: 'setAmount', paymentId: link('Table 6'), amount: 2_500 },
      words: 'Dojo refused the change of amount.',
      next: 'ask for a new payment of the right amount',
    },
    {
      reference: 'Table 7',
      status: 405,
      ask: { kind: 'setTips', paymentId: link('Table 7'), amount: 300 },
      words: 'Dojo refused the change of tips.',
      next: 'ask for a new payment with the tips in it',
    },
    {
      reference: 'Table 8',
      status: 404,
      ask: { kind: 'sendReceipt', paymentId: paid('Table 8'), emails: ['one@example.com'] },
      words: 'has no receipt of it',
      next: 'there is a receipt only once it is captured',
    },
  ];
}

const OPERATIONS = ['capture', 'reverse', 'refund', 'cancel', 'set-amount', 'set-tips', 'send-receipt'] as const;

/** Everything that is at Dojo, as far as money and payments go. */
const atDojo = (dojo: DojoServer) => JSON.stringify([dojo.bank.ledger(), dojo.bank.receipts(), dojo.bank.intents()]);

test('what is refused says why and what to do, by the till’s own rules and by Dojo, for every operation; nothing moves', async ({ till, dojo }) => {
  test.setTimeout(90_000);
  await till.connect(KEY);
  await test.step('what the till’s own rules refuse is not accepted for any operation, says why and what to do, and Dojo is asked for nothing', async () => {
    const paid = sale(dojo, { reference: 'Paid', amountMinor: 2_000 }).id;
    const held = hold(dojo, { reference: 'Held', amountMinor: 2_000 }).id;
    const link = unpaid(dojo, { reference: 'Link', amountMinor: 2_000 }).id;
    const gone = dojo.addPayment({
      reference: 'Gone',
      amountMinor: 2_000,
      createdAtMs: todayMs(9),
      paidAtMs: null,
      past: [{ kind: 'cancel', atMs: todayMs(8) }],
    }).id;
    await till.freshen();
    for (const [ask, code, words] of [
      [{ kind: 'capture', paymentId: held, amount: 2_001 }, 'amount', 'No more than £20.00 is left.'],
      [{ kind: 'capture', paymentId: held, amount: 1_000, tipsAmount: 100 }, 'amount', 'It was created without tips.'],
      [{ kind: 'capture', paymentId: link, amount: 100 }, 'move-closed', 'Nobody has paid yet.'],
      [{ kind: 'reverse', paymentId: link }, 'move-closed', 'Nobody has paid yet: cancel it instead.'],
      [{ kind: 'refund', paymentId: held, amount: 100 }, 'move-closed', 'Nothing was captured, so there is nothing to refund.'],
      [{ kind: 'refund', paymentId: paid, amount: 2_001 }, 'amount', 'No more than £20.00 is left.'],
      [{ kind: 'cancel', paymentId: paid }, 'move-closed', 'It is paid already.'],
      [{ kind: 'cancel', paymentId: gone }, 'move-closed', 'It was cancelled before payment.'],
      [{ kind: 'setAmount', paymentId: paid, amount: 100 }, 'move-closed', 'It is paid already.'],
      [{ kind: 'setTips', paymentId: held, amount: 100 }, 'move-closed', 'It is paid already.'],
      [{ kind: 'sendReceipt', paymentId: held, emails: ['one@example.com'] }, 'move-closed', 'There is a receipt once it is captured.'],
      [{ kind: 'sendReceipt', paymentId: link, emails: ['one@example.com'] }, 'move-closed', 'Nobody has paid yet.'],
    ] as const satisfies readonly (readonly [Wanted, string, string])[]) {
      const answer = await till.submit(ask as Wanted);
      expect(answer, `${ask.kind} ${words}`).toMatchObject({
        ok: false,
        error: { code, message: expect.stringContaining(words), next: expect.stringMatching(/\.$/) },
      });
    }
    expect((await till.snapshot()).actions).toEqual([]);
    expect(changesAsked(dojo)).toEqual([]);
  });
  await test.step('what Dojo refuses is refused for every operation in words of its own with what to do next; nothing moved and nothing is sent again', async () => {
    const cases = refusedByDojo(dojo);
    await till.freshen();
    for (const { status, ask } of cases) dojo.faults.order({ kind: 'status-before', status, match: { operation: [...OPERATIONS], paymentId: ask.paymentId } });
    const before = atDojo(dojo);
    expect(await till.submit(...cases.map(({ ask }) => ask))).toMatchObject({ ok: true });
    await expect.poll(() => till.actionStates(), { timeout: 30_000 }).toEqual(cases.map(() => 'refused'));

    await till.shell.goTo('Queue');
    // The list has only what is in sight and a little more: from its top, the last one ended, down.
    const ended = (await till.snapshot()).actions.toSorted((a, b) => b.changedAtMs - a.changedAtMs).map(({ paymentId }) => paymentId);
    const shown = cases.toSorted((a, b) => ended.indexOf(a.ask.paymentId) - ended.indexOf(b.ask.paymentId));
    for (const { reference, status, words, next } of shown) {
      const entry = till.queue.entry(reference);
      await entry.scrollIntoViewIfNeeded();
      await expect(entry).toContainText('Refused');
      await expect(entry).toContainText(words);
      await expect(entry.locator('.next-step')).toContainText(next);
      await expect(entry.locator('pre')).toContainText(`Status: ${status}`);
    }
    for (const { ask } of cases) expect(askedOf(dojo, ask.paymentId), ask.kind).toHaveLength(1);
    expect(atDojo(dojo)).toBe(before);
    expect(dojo.bank.imbalances()).toEqual([]);
    // A no is no end of the payment: what was open stays open.
    for (const { ask } of cases) expect((await till.paymentNow(ask.paymentId)).moves[ask.kind], ask.kind).toMatchObject({ open: true });
  });
  await test.step('a second refund within ten minutes is not accepted unless it is confirmed as one', async () => {
    const { id: paymentId } = sale(dojo, { reference: 'Wine', amountMinor: 2_000 });
    await till.freshen();
    const refund = { kind: 'refund', paymentId, amount: 500 } as const;
    // Neither in the same breath nor after the first one is done.
    expect(await till.submit(refund, refund)).toMatchObject({ ok: false, error: { code: 'second-refund', field: 'requests.1.again' } });
    expect(await till.submit(refund)).toMatchObject({ ok: true });
    await expect.poll(() => moneyOf(dojo, paymentId).refunds).toBe(1);
    expect(await till.submit(refund)).toMatchObject({
      ok: false,
      error: { code: 'second-refund', message: expect.stringContaining('A refund of £5.00 was decided or sent just now. Nothing was accepted.') },
    });
    expect(askedOf(dojo, paymentId)).toHaveLength(1);
    expect(await till.submit({ ...refund, again: true })).toMatchObject({ ok: true });
    await expect.poll(() => moneyOf(dojo, paymentId)).toMatchObject({ refunds: 2, refundedMinor: 1_000 });
    expect(new Set(askedOf(dojo, paymentId).map(({ headers }) => headers.idempotencykey)).size).toBe(2);
  });
});
