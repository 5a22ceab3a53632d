import type { Said } from '../core/queue/outcome.ts';

/** Why an action with a deadline waits while clocks are hours apart. */
export const timeDoubted: Said = {
  message: 'This PC’s clock and Dojo’s disagree on whether it is too late. It waits until Tillside is sure of the time.',
  next: 'Look at this PC’s date and time. Nothing else has to be done.',
};
