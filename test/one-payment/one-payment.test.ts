import { expect, test } from 'vitest';
import { playOnePayment } from './play.ts';

const SEEDS = 1_500;

test.each([
  ['where nothing fails', false],
  ['where requests are lost, the power fails and clocks are wrong', true],
] as const)('one payment with many hands on it, %s: every action ends as it went, and what others did is said once', { timeout: 120_000 }, (_, isFaulty) => {
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const { broken, history } = playOnePayment(seed, isFaulty);
    expect(broken, [`npm run one-payment -- --seeds 1 --seed ${seed} --history`, ...history].join('\n')).toEqual([]);
  }
});
