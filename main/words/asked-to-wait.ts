import { wallTime } from '../core/day/day.ts';
import type { Said } from '../core/queue/outcome.ts';

const MINUTE_MS = 60_000;

/** Up to the next whole minute: what is said to be over then is over then. */
const timeUp = (untilMs: number, zone: string): string => wallTime(Math.ceil(untilMs / MINUTE_MS) * MINUTE_MS, zone);

/** Of everything, as long as it lasts. `isDojo`: else something on the way to it asked. */
export const allWaitInWords = (untilMs: number, zone: string, isDojo: boolean): string =>
  `${isDojo ? 'Dojo' : 'Something between here and Dojo'} asked to wait until ${timeUp(untilMs, zone)}. What you do is kept here and sent then.`;

/** Of one action that waits for it. */
export const waitsInWords = (untilMs: number, zone: string): Said => ({
  message: `Dojo asked to wait until ${timeUp(untilMs, zone)}. It is sent then.`,
  next: 'Nothing has to be done: it goes on by itself.',
});

/** To who would have it tried now. */
export const notBeforeInWords = (untilMs: number, zone: string): Readonly<{ message: string; next: string }> => ({
  message: `Dojo asked to wait until ${timeUp(untilMs, zone)}. Nothing is asked of it before.`,
  next: 'Nothing has to be done: it goes on by itself then.',
});
