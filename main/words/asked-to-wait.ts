import { wallTimeUp } from '../core/day/day.ts';
import type { Said } from '../core/queue/outcome.ts';

/** Who asked, Dojo or something on the way to it, is said in one place: of everything. */
export const askedInWords = (untilMs: number, zone: string): string => `Tillside was asked to wait until ${wallTimeUp(untilMs, zone)}.`;

/** Of everything, as long as it lasts. `isDojo`: else something on the way to it asked. */
export const allWaitInWords = (untilMs: number, zone: string, isDojo: boolean): string =>
  `${isDojo ? 'Dojo' : 'Something between here and Dojo'} asked to wait until ${wallTimeUp(untilMs, zone)}. What you do is kept here and sent then.`;

/** Of one action that waits for it. */
export const waitsInWords = (untilMs: number, zone: string): Said => ({
  message: `${askedInWords(untilMs, zone)} It is sent then.`,
  next: 'Nothing has to be done: it goes on by itself.',
});

/** To who would have it tried now. */
export const notBeforeInWords = (untilMs: number, zone: string): Readonly<{ message: string; next: string }> => ({
  message: `${askedInWords(untilMs, zone)} Nothing is asked of Dojo before.`,
  next: 'Nothing has to be done: it goes on by itself then.',
});
