/**
 * The contract's limits and choices that the page offers by itself. They stand apart from its schemas: the page imports only types
 * of those, so that it does not load them, nor zod, before its first row.
 */

/** Up to which minute a wait is said to last, here as in main's sentences. */
export { minuteUpMs } from '../main/core/day/minute-up.ts';
/** How many digits of a currency's amounts stand after the point, null: not known; and whether Dojo takes it. */
export { isTakenByDojo, minorDigits } from '../main/core/money.ts';

/** Dojo's limits of the words with a refund, in characters (manage-payments guide). */
export const REFUND_REASON_LENGTH_MAX = 1024;
export const REFUND_NOTES_LENGTH_MAX = 4096;
export const RECEIPT_EMAILS_MAX = 10;
/** The shop's own list of reasons: short enough to choose from. */
export const SHOP_REASONS_MAX = 20;
export const SHOP_REASON_LENGTH_MAX = 120;

export const APPEARANCES = ['system', 'light', 'dark'] as const;
export const DENSITIES = ['touch', 'compact'] as const;
export const API_VERSIONS = ['2022-01-03', '2022-04-07', '2024-02-05', '2025-09-10', '2026-02-27'] as const;
/** Faults to practise on: each is played once, on the next request that moves money. */
export const TRAINING_FAULTS = ['refuse', 'decline', 'lose-answer', 'slow', 'busy'] as const;
