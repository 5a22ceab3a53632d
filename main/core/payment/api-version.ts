/**
 * What an API version of Dojo's has, from its specifications (2022-04-07 and later) and, for 2022-01-03, from the guides of that time.
 * Versions are ISO dates, so their order is that of their text.
 */
const CAPTURES_SINCE = '2024-02-05';
const TIPS_AMOUNT_SINCE = '2022-04-07';

/** `captures[]` on the intent. */
export const listsCaptures = (version: string): boolean => version >= CAPTURES_SINCE;

/** `tipsAmount` on a capture. */
export const takesTips = (version: string): boolean => version >= CAPTURES_SINCE;

/** `?returnCanceled=true`; without it a cancelled intent is a 404. */
export const canReturnCancelled = (version: string): boolean => version >= CAPTURES_SINCE;

/** `POST …/tips-amount`: the guides of 2022-01-03 name every other operation the till has, but not this one. */
export const changesTips = (version: string): boolean => version >= TIPS_AMOUNT_SINCE;
