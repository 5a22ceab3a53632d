import { UNKNOWN_TO_KEY } from '../core/payment/rules.ts';

export const unknownToKey = UNKNOWN_TO_KEY;
/** Where what is kept of it is shown all the same. */
export const unknownToKeyNow = `${unknownToKey} What is shown here was read before.`;
