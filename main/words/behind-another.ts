import { type Action, wasSent } from '../core/queue/action.ts';
import type { Said } from '../core/queue/outcome.ts';

/** Why an action waits as long as another account's on the same payment is open. */
export const behindAnother = (action: Action): Said => ({
  message: `Another account’s action on this payment comes first, so this was not sent${wasSent(action) ? ' again' : ''}.`,
  next: 'Connect with its key, or remove or settle it in the queue.',
});
