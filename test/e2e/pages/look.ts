import type { Page } from '@playwright/test';

/** A dialog that has just opened under a finger ignores its money buttons: a person looks first, and so do the tests. */
const LOOK_MS = 450;
/** The second press at one place is for what has come there since only when no double click can be meant. */
const SECOND_LOOK_MS = 1_050;
/** A key moves money only after twice the rhythm of the keys before it, and a busy machine makes any rhythm up to a second and a half. */
const LONG_LOOK_MS = 3_000;

export const look = (page: Page): Promise<void> => pagePasses(page, LOOK_MS);

/** The pointer comes anew: what it presses then was chosen, whatever it had pressed at that place. */
export const comeAnew = (page: Page): Promise<void> => page.mouse.move(1, 1);

/** Before one more press at the same place, where something else lies there by now. */
export const lookBeforeSecondPress = (page: Page): Promise<void> => pagePasses(page, SECOND_LOOK_MS);

/** Before a key that moves money, where the keys before it came as fast as the machine let them. */
export const lookBeforeKey = (page: Page): Promise<void> => pagePasses(page, LONG_LOOK_MS);

/** By the page's own clock, which stands still where the machine does. One timer: to ask in every frame would have all of them drawn. */
const pagePasses = (page: Page, lengthMs: number): Promise<void> => page.evaluate((ms) => new Promise<void>((passed) => setTimeout(passed, ms)), lengthMs);
