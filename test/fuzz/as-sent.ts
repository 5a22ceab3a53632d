import type { Payment } from '../../main/core/payment/payment.ts';

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
/** A bare integer or the `value` of a money object; nothing is 0. */
const minorSent = (value: unknown): unknown => (value === undefined || value === null ? 0 : isObject(value) ? value.value : value);

/** Whether these are the amounts of this item, to the penny, and every one of them a whole number. Read here without the till's own decoding. */
export function isAsSent(
  payment: Pick<Payment, 'amountMinor' | 'tipsMinor' | 'serviceChargeMinor' | 'cashbackMinor' | 'refundedMinor' | 'currency' | 'captures'>,
  item: unknown,
): boolean {
  if (!isObject(item) || !isObject(item.amount)) return false;
  const pairs: (readonly [number, unknown])[] = [
    [payment.amountMinor, item.amount.value],
    [payment.tipsMinor, minorSent(item.tipsAmount)],
    [payment.serviceChargeMinor, minorSent(item.serviceChargeAmount)],
    [payment.cashbackMinor, minorSent(item.cashbackAmount)],
    [payment.refundedMinor, minorSent(item.refundedAmount)],
  ];
  const sent = new Map((Array.isArray(item.captures) ? item.captures.filter(isObject) : []).map((capture) => [String(capture.id).trim(), capture]));
  for (const capture of payment.captures ?? []) {
    const from = sent.get(capture.id) ?? [...sent.values()].find((one) => minorSent(one.amount) === capture.amountMinor);
    pairs.push([capture.amountMinor, minorSent(from?.amount)], [capture.tipsMinor, minorSent(from?.tipsAmount)]);
  }
  return (
    (payment.captures ?? []).length === sent.size &&
    String(item.amount.currencyCode).toUpperCase() === payment.currency &&
    pairs.every(([shown, said]) => shown === said && Number.isSafeInteger(shown) && shown >= 0 && !Object.is(shown, -0))
  );
}

export const idSent = (item: unknown): unknown => (isObject(item) ? item.id : undefined);
