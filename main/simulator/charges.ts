import type { NewPayment } from './new-payment.ts';
import type { SeededRandom } from './random.ts';

/** What a customer pays beside the amount, on some of a shop's payments. What was already moved of a payment stays as it was. */
export const withCharges = (payments: readonly NewPayment[], random: SeededRandom): readonly NewPayment[] =>
  payments.map((payment) => (payment.past?.length || random.chance(0.4) ? payment : charged(payment, random)));

function charged(payment: NewPayment, random: SeededRandom): NewPayment {
  const { amountMinor, tipsMinor = 0 } = payment;
  const share = (percent: number) => Math.max(1, Math.round((amountMinor * percent) / 100));
  switch (random.pick(['service-charge', 'service-charge', 'cashback', 'tips', 'discount', 'tax', 'all'] as const)) {
    case 'service-charge':
      return { ...payment, serviceChargeMinor: share(12.5) };
    case 'cashback':
      return { ...payment, cashbackMinor: random.whole(1, 5) * 1_000 };
    case 'tips':
      return { ...payment, tipsMinor: tipsMinor + share(10), tipsAllowed: true };
    case 'discount':
      return { ...payment, totalMinor: amountMinor + tipsMinor - Math.floor(amountMinor / 10) };
    case 'tax':
      return { ...payment, totalMinor: amountMinor + tipsMinor + share(20) };
    case 'all':
      return { ...payment, tipsMinor: tipsMinor + share(10), tipsAllowed: true, serviceChargeMinor: share(12.5), cashbackMinor: 2_000 };
  }
}
