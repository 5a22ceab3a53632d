const MINUTE_MS = 60_000;

/** Up to the next whole minute: what is said in hours and minutes to be over then is over then. */
export const minuteUpMs = (atMs: number): number => Math.ceil(atMs / MINUTE_MS) * MINUTE_MS;
