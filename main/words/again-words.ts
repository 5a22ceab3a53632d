import type { TillError } from '../../preload/contract.ts';
import type { Action } from '../core/queue/action.ts';

const named = ({ reference }: Action, why: string): string => `${reference || 'A payment'}: ${why}`;

/** Why an action that Dojo refused was not decided again, for a cashier. */
export const againWords = {
  unknown: 'Tillside does not know one of these actions.',
  notNow: (action: Action) => named(action, 'it cannot be decided again from here.'),
  changed: (action: Action) => named(action, 'the payment changed since. Look at it, then decide.'),
  refused: (action: Action, { message }: TillError) => named(action, message),
} as const;
