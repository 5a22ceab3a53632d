import { getRandomValues, randomUUID } from 'node:crypto';
import type { Random } from '../ports/random.ts';

export const realRandom: Random = {
  uuid: () => randomUUID(),
  fraction: () => (getRandomValues(new Uint32Array(1))[0] ?? 0) / 0x100000000,
};
