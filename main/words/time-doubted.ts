import type { Said } from '../core/queue/outcome.ts';

const WAITS = 'It waits until Tillside is sure of the time.';

/** Why an action with a deadline waits while what is known of the time is hours apart. */
export const timeDoubted: Said = {
  message: `It is not certain what time it is at Dojo, so it may be too late. ${WAITS}`,
  next: 'Nothing has to be done.',
};
/** The same where this PC's clock tells another time than the till goes by: which of them is wrong nobody knows. */
export const timeDoubtedAndPcOff: Said = {
  message: `It is not certain what time it is: this PC’s clock or one of Dojo’s is wrong. ${WAITS}`,
  next: 'Look at this PC’s date and time. Nothing else has to be done.',
};
