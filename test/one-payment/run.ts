import 'temporal-polyfill/global';
import { parseArgs } from 'node:util';
import { playOnePayment } from './play.ts';

/** `npm run one-payment -- --seeds N [--seed S] [--history]`: one payment with many hands on it, first without faults, then with all of them. */
const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' }, history: { type: 'boolean', default: false } },
});
const [seeds, first] = [Number(values.seeds), Number(values.seed)];
if (!Number.isSafeInteger(seeds) || !Number.isSafeInteger(first) || seeds < 1 || first < 0) {
  console.error('Usage: npm run one-payment -- --seeds N [--seed S] [--history]   (whole numbers)');
  process.exit(2);
}
let failed = 0;
for (let seed = first; seed < first + seeds; seed += 1)
  for (const isFaulty of [false, true]) {
    const { broken, history } = playOnePayment(seed, isFaulty);
    if (broken.length > 0) failed += 1;
    if (broken.length > 0 || values.history)
      console.log([`seed ${seed}${isFaulty ? ', with faults' : ''}: ${broken.join('; ') || 'well'}`, ...history].join('\n  '));
  }
console.log(`${2 * seeds - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
