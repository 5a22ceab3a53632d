import { expect, KEY, test } from './fixtures.ts';
import { look } from './pages/look.ts';
import { askedOf, moneyOf, sale, unpaid } from './shop.ts';

const bodyOf = (asked: { body: string | null } | undefined): unknown => JSON.parse(asked?.body ?? 'null');

test.describe('managing a payment from its own view', () => {
  test('a refund in part, with its reason and an idempotency key', async ({ till, dojo }) => {
    const { id } = sale(dojo, { reference: 'Lamp', amountMinor: 2_000 });
    await till.connect(KEY);
    await till.today.open('Lamp');
    await till.payment.button(/^Refund/).click();
    const amount = till.payment.dialog.getByLabel('Amount to give back');
    await amount.press('Control+a');
    await amount.pressSequentially('550', { delay: 60 });
    await till.payment.dialog.getByLabel('Reason (optional)').fill('Scratched');
    await till.payment.button('Refund £5.50').click();
    await look(till.page);
    await till.payment.button('Yes, refund £5.50').click();
    await expect.poll(() => moneyOf(dojo, id).refundedMinor).toBe(550);
    const asked = askedOf(dojo, id);
    expect(asked.map(({ operation }) => operation)).toEqual(['refund']);
    expect(bodyOf(asked[0])).toEqual({ amount: 550, refundReason: 'Scratched' });
    expect(asked[0]?.headers.idempotencykey).toMatch(/.{8,100}/);
    await till.page.keyboard.press('Escape');
    await till.today.shows('Lamp', '£5.50 of £20.00 refunded');
  });

  test('an unpaid payment is cancelled', async ({ till, dojo }) => {
    const { id } = unpaid(dojo, { reference: 'Link', amountMinor: 2_000 });
    await till.connect(KEY);
    await till.today.open('Link');
    await till.payment.button(/^Cancel the payment/).click();
    await till.payment.button('Cancel the payment').click();
    await look(till.page);
    await till.payment.button('Yes, cancel it').click();
    await expect.poll(() => dojo.bank.intent(id)?.status).toBe('Canceled');
    expect(askedOf(dojo, id).map(({ operation, status }) => [operation, status])).toEqual([['cancel', 200]]);
    await till.page.keyboard.press('Escape');
    await till.today.shows('Link', 'Cancelled before payment');
  });

  test('an unpaid payment gets another amount where it was made to allow that', async ({ till, dojo }) => {
    const { id } = unpaid(dojo, { reference: 'Bill', amountMinor: 2_000, customAmountAllowed: true });
    await till.connect(KEY);
    await till.today.open('Bill');
    await till.payment.button(/^Change the amount/).click();
    const amount = till.payment.dialog.getByRole('textbox', { name: 'New amount' });
    await amount.press('Control+a');
    await amount.pressSequentially('2575', { delay: 60 });
    await look(till.page);
    await till.payment.button('Change to £25.75').click();
    await expect.poll(() => dojo.bank.intent(id)?.amountMinor).toBe(2_575);
    expect(askedOf(dojo, id).map(({ body }) => bodyOf({ body }))).toEqual([{ amount: { value: 2_575, currencyCode: 'GBP' } }]);
  });

  test('a receipt goes to the addresses given, and they are not kept', async ({ till, dojo }) => {
    const { id } = sale(dojo, { reference: 'Shoes', amountMinor: 2_000 });
    await till.connect(KEY);
    await till.today.open('Shoes');
    await till.payment.button(/receipt/i).click();
    await till.payment.dialog.getByLabel('E-mail addresses').fill('one@example.com, two@example.com');
    await look(till.page);
    await till.payment.button('Send').click();
    await expect.poll(() => askedOf(dojo, id).map(({ body }) => bodyOf({ body }))).toEqual([{ emails: ['one@example.com', 'two@example.com'] }]);
    await expect.poll(() => till.actionStates()).toEqual(['done']);
    expect(JSON.stringify(await till.snapshot())).not.toContain('example.com');
  });
});
