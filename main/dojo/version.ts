/** What an API version has. Versions are ISO dates, so their order is that of their text. */
const CAPTURES_SINCE = '2024-02-05';

/** `captures[]` on the intent, and `tipsAmount` on a capture. */
export const listsCaptures = (version: string): boolean => version >= CAPTURES_SINCE;

/** `?returnCanceled=true`; without it a cancelled intent is a 404. */
export const canReturnCancelled = (version: string): boolean => version >= CAPTURES_SINCE;
