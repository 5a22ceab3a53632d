import type { NewPayment } from '../../main/simulator/new-payment.ts';
import type { SeededRandom } from '../../main/simulator/random.ts';

/** What a customer was asked for, in minor units. */
export type Parts = Required<Pick<NewPayment, 'amountMinor' | 'tipsMinor' | 'serviceChargeMinor' | 'cashbackMinor'>>;

/** One hold, and what is captured of it: goods first, tips last, as the page asks for it. */
export type Take = Readonly<{
  requestId: string;
  paymentId: string;
  reference: string;
  parts: Parts;
  heldMinor: number;
  amountMinor: number;
  tipsMinor: number;
}>;

/** Paid and captured by itself: nothing is done to it, and it counts in the day's totals. */
export type Sale = Readonly<{ paymentId: string; reference: string; parts: Parts; paidMinor: number }>;

const TAKES = 200;
const SALES = 40;

export const sumOf = ({ amountMinor, tipsMinor, serviceChargeMinor, cashbackMinor }: Parts): number =>
  amountMinor + tipsMinor + serviceChargeMinor + cashbackMinor;

export const takeMinor = ({ amountMinor, tipsMinor }: Pick<Take, 'amountMinor' | 'tipsMinor'>): number => amountMinor + tipsMinor;

function drawParts(random: SeededRandom, cashbackShare: number): Parts {
  const amountMinor = random.whole(1, 30_000);
  const share = (chance: number, percents: readonly number[]) =>
    random.chance(chance) ? Math.max(1, Math.round((amountMinor * random.pick(percents)) / 100)) : 0;
  return {
    amountMinor,
    tipsMinor: share(0.35, [5, 10, 12.5]),
    serviceChargeMinor: share(0.35, [10, 12.5]),
    cashbackMinor: random.chance(cashbackShare) ? random.whole(1, 10) * 500 : 0,
  };
}

export const drawTakes = (random: SeededRandom, seed: number): Take[] => Array.from({ length: TAKES }, (_, index) => drawTake(random, seed, index));

function drawTake(random: SeededRandom, seed: number, index: number): Take {
  const parts = drawParts(random, 0);
  const heldMinor = sumOf(parts);
  const wantedMinor = random.chance(0.2) ? random.whole(1, heldMinor) : heldMinor;
  const amountMinor = Math.min(wantedMinor, heldMinor - parts.tipsMinor);
  return {
    requestId: `round-${seed}-${index}-${random.token(8)}`,
    paymentId: `pi_sandbox_${random.token(22)}`,
    reference: `Room ${index + 1}`,
    parts,
    heldMinor,
    amountMinor,
    tipsMinor: wantedMinor - amountMinor,
  };
}

export const drawSales = (random: SeededRandom): Sale[] =>
  Array.from({ length: SALES }, (_, index) => {
    const parts = drawParts(random, 0.1);
    return { paymentId: `pi_sandbox_${random.token(22)}`, reference: `Counter ${index + 1}`, parts, paidMinor: sumOf(parts) };
  });
