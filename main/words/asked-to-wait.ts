import { wallTimeUp } from '../core/day/day.ts';
import type { Said } from '../core/queue/outcome.ts';

/** Of everything, as long as it lasts. `isDojo`: else something on the way to it asked. */
export const allWaitInWords = (untilMs: number, zone: string, isDojo: boolean): string =>
  `${isDojo ? 'Dojo' : 'Something between here and Dojo'} asked to wait until ${wallTimeUp(untilMs, zone)}. What you do is kept here and sent then.`;

/** Of one action that waits for it. */
export const waitsInWords = (untilMs: number, zone: string): Said => ({
  message: `Dojo asked to wait until ${wallTimeUp(untilMs, zone)}. It is sent then.`,
  next: 'Nothing has to be done: it goes on by itself.',
});

/** To who would have it tried now. */
export const notBeforeInWords = (untilMs: number, zone: string): Readonly<{ message: string; next: string }> => ({
  message: `Dojo asked to wait until ${wallTimeUp(untilMs, zone)}. Nothing is asked of it before.`,
  next: 'Nothing has to be done: it goes on by itself then.',
});
