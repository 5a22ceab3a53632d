import { TRAINING_ACCOUNT } from '../../main/simulator/bank.ts';
import { expect, KEY, test } from './fixtures.ts';
import { askedOf, hold, moneyOf, sale, todayMs, unpaid } from './shop.ts';

test.describe('everything known of a payment', () => {
  test('is one screen, copied for Dojo’s support without the API key, and read again from Dojo when asked to', async ({ till, dojo }) => {
    test.setTimeout(120_000);
    await till.connect(KEY);
    await test.step('it says what happened and who did it, what was taken and given back here and elsewhere, what is closed and why', async () => {
      const { id: paymentId } = hold(dojo, {
        reference: 'Room 7',
        amountMinor: 10_000,
        description: 'Two nights',
        card: { scheme: 'VISA', last4: '4321' },
        paidAtMs: todayMs(20),
        past: [{ kind: 'capture', atMs: todayMs(15), amountMinor: 1_000, outcome: 'Declined' }],
      });
      await till.freshen();
      await till.submit({ kind: 'capture', paymentId, amount: 6_000 });
      await expect.poll(async () => (await till.paymentNow(paymentId)).takenMinor).toBe(6_000);
      await till.submit({ kind: 'refund', paymentId, amount: 500, reason: 'Cold food', notes: 'The soup' });
      await expect.poll(async () => (await till.paymentNow(paymentId)).refundedMinor).toBe(500);

      dojo.bank.refund(TRAINING_ACCOUNT, paymentId, { amountMinor: 300, idempotencyKey: 'other-till' }, Date.now());

      await till.today.open('Room 7');
      await expect(till.payment.dialog).toContainText('Two nights');
      await expect(till.payment.dialog).toContainText('Visa ···· 4321');
      const lines = till.payment.timeline.getByRole('listitem');
      await expect(lines.filter({ hasText: 'Held on the card' })).toContainText('£100.00');
      await expect(lines.filter({ hasText: 'Declined by the bank, nothing captured' })).toContainText('£10.00');
      await expect(lines.filter({ hasText: 'Captured this till' })).toContainText('£60.00');
      await expect(lines.filter({ hasText: 'The refund was decided here.' })).toContainText('£5.00');
      const refunds = till.payment.dialog.getByRole('region', { name: 'Refunds' });
      await expect(refunds).toContainText('Cold food');
      await expect(refunds).toContainText('The soup');
      await expect(refunds).toContainText(/Dojo’s refund id: rfnd_/);
      await expect(refunds).toContainText(/Done on this till\s*£5\.00/);
      await expect(refunds).toContainText(/Refunded, says Dojo\s*£8\.00/);
      await expect(refunds).toContainText('The sums differ.');
      await expect(till.payment.changedElsewhere).toContainText('£3.00 was refunded elsewhere.');
      await expect(till.payment.closed).toContainText('Money was given back: nothing more can be captured.');
      await expect(till.payment.closed).toContainText('Money was already given back: it can no longer be reversed as a whole.');
      expect(askedOf(dojo, paymentId).map(({ operation }) => operation)).toEqual(['capture', 'refund']);
      await till.payment.leave();
      await expect(till.payment.dialog).toHaveCount(0);
    });
    await test.step('it has Dojo’s ids, keys and trace ids for support, copied one by one or all at once, and no API key', async () => {
      const { id: paymentId } = sale(dojo, { reference: 'Lamp', amountMinor: 2_000 });
      const states = async () => (await till.actionsOn(paymentId)).map(({ state }) => state);
      await till.freshen();
      dojo.faults.order({ kind: 'status-before', status: 400, match: { operation: 'refund', paymentId } });
      await till.submit({ kind: 'refund', paymentId, amount: 700 });
      await expect.poll(states).toEqual(['refused']);
      await till.submit({ kind: 'refund', paymentId, amount: 500, again: true });
      await expect.poll(() => moneyOf(dojo, paymentId).refundedMinor).toBe(500);
      await expect.poll(states).toEqual(['refused', 'done']);
      // A real clipboard is shared by every window of the desktop: what would be put there is kept instead.
      await till.page.evaluate(() => {
        const copied: string[] = [];
        Object.assign(window, { copied });
        Object.defineProperty(navigator.clipboard, 'writeText', { value: (text: string) => Promise.resolve(void copied.push(text)) });
      });
      const copied = () => till.page.evaluate(() => (window as unknown as { copied: string[] }).copied);

      await till.today.open('Lamp');
      const support = till.payment.dialog.getByRole('region', { name: 'For Dojo’s support' });
      await support.getByRole('button', { name: `Copy the Payment ${paymentId}` }).click();
      await expect.poll(copied).toEqual([paymentId]);
      await support.getByRole('button', { name: 'Copy all for support' }).click();
      await expect(till.page.getByText('Everything for support is copied.')).toBeAttached();
      const text = (await copied()).at(-1) ?? '';
      const keys = askedOf(dojo, paymentId).map(({ headers }) => headers.idempotencykey);
      expect(new Set(keys).size).toBe(2);
      for (const part of [
        'Reference: Lamp',
        `Payment: ${paymentId}`,
        ...keys.map((key) => `Idempotency key of the refund of £${key === keys[0] ? '7' : '5'}.00: ${key}`),
      ])
        expect(text).toContain(part);
      expect(text).toMatch(/Refund of £5\.00: rfnd_\w+/);
      expect(text).toMatch(/Trace of the refund of £7\.00: 00-[0-9a-f]{32}-/);
      expect(text).not.toContain(KEY);
      await till.payment.leave();
      await expect(till.payment.dialog).toHaveCount(0);
    });
    await test.step('it is read again from Dojo when asked to, and says so; without the line it stays as it was, and says that', async () => {
      const { id } = unpaid(dojo, { reference: 'Link', amountMinor: 2_000 });
      await till.freshen();
      await till.today.open('Link');
      await expect(till.payment.dialog).toContainText(/Read from Dojo at/);
      await expect(till.payment.giveBackButton).toHaveCount(0);
      dojo.bank.pay(id, Date.now());
      await till.payment.readAgain();
      await expect(till.payment.giveBackButton).toBeVisible();
      await expect(till.payment.timeline).toContainText('Paid');
      await dojo.closeLine();
      await till.payment.readAgain();
      await expect(till.payment.dialog).toContainText(/Shown as of|From this PC, as of/);
      await expect(till.payment.timeline).toContainText('Paid');
      expect(askedOf(dojo, id)).toEqual([]);
    });
  });
});
