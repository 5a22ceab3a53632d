import { type BankOptions, createBank, TRAINING_ACCOUNT } from '../../main/simulator/bank.ts';
import type { Intent } from '../../main/simulator/intent.ts';
import type { NewPayment } from '../../main/simulator/new-payment.ts';

/** A simulated Dojo at noon of a summer Monday in London, and one payment in it. Amounts are pence. */
export const NOON_MS = Date.parse('2026-06-15T11:00:00Z');
export const SECOND_MS = 1000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
export const LONDON = 'Europe/London';
export const ACCOUNT = TRAINING_ACCOUNT;
export const KEY = 'sk_sandbox_test0001';
/** Longer than a capture takes to settle. */
export const SETTLED_MS = 5 * SECOND_MS;

export const aBank = (options: Partial<BankOptions> = {}) => createBank({ seed: 7, zone: LONDON, keys: { [KEY]: ACCOUNT }, ...options });

/** A sale of £20.00, paid an hour before noon. */
export const aSale = (changes: Partial<NewPayment> = {}): NewPayment => ({ amountMinor: 2000, createdAtMs: NOON_MS - HOUR_MS, ...changes });
/** £42.00 on hold since an hour before noon, let go of in the end. */
export const aHold = (changes: Partial<NewPayment> = {}): NewPayment => aSale({ amountMinor: 4200, captureMode: 'Manual', ...changes });
/** £30.00 that nobody has paid. */
export const anUnpaid = (changes: Partial<NewPayment> = {}): NewPayment => aSale({ amountMinor: 3000, paidAtMs: null, ...changes });

export type OneBank = ReturnType<typeof withPayment>;

/** A bank with one payment, and the operations on it at a moment. */
export function withPayment(payment: NewPayment, options: Partial<BankOptions> = {}) {
  const bank = aBank(options);
  const { id } = bank.addPayment(payment, NOON_MS);
  const at = (atMs: number | undefined) => atMs ?? NOON_MS;
  const said = <T>(result: { ok: true; value: T } | { ok: false; error: { status: number } }) => (result.ok ? 'ok' : result.error.status);
  return {
    bank,
    id,
    intent: (): Readonly<Intent> => {
      const intent = bank.intent(id);
      if (!intent) throw new Error('expected the payment');
      return intent;
    },
    money: () => bank.moneyOf(id),
    /** Each answers `ok`, or the status of the refusal. */
    capture: (amountMinor: number, atMs?: number, more: { tipsMinor?: number; idempotencyKey?: string } = {}) =>
      said(bank.capture(ACCOUNT, id, { amountMinor, tipsMinor: 0, ...more }, at(atMs))),
    reverse: (atMs?: number) => said(bank.reverse(ACCOUNT, id, at(atMs))),
    refund: (amountMinor: number, atMs?: number, idempotencyKey = `key-${bank.revision()}`) =>
      said(bank.refund(ACCOUNT, id, { amountMinor, idempotencyKey }, at(atMs))),
    cancel: (atMs?: number) => said(bank.cancel(ACCOUNT, id, at(atMs))),
    setAmount: (value: number, currencyCode = 'GBP') => said(bank.setAmount(ACCOUNT, id, { value, currencyCode }, NOON_MS)),
    setTips: (value: number, currencyCode = 'GBP') => said(bank.setTips(ACCOUNT, id, { value, currencyCode }, NOON_MS)),
    receipt: () => said(bank.sendReceipt(ACCOUNT, id, ['guest@example.com'], NOON_MS)),
  };
}
