import type { Action } from '../core/queue/action.ts';

/** Why nothing was released, for a cashier. */
export const releaseWords = {
  /** Of many the person has to know which one. */
  nothing: ({ reference }: Action, why: string): string => `${reference === '' ? 'A payment' : reference}: ${why} Nothing was released.`,
  unknown: 'Tillside does not know one of these actions. Nothing was released.',
  changed: 'One of these actions changed meanwhile. Nothing was released.',
  notNow: 'It cannot be released: it does not wait for a person, or belongs to another account.',
  newer: 'Dojo shows something new. Look at it again, then decide.',
  alone: 'The payment changed since this was decided. Look at it and release it alone.',
  stillSettling: 'It was sent less than two minutes ago. Wait until Dojo shows what became of it.',
  tooLate: 'It is too late for this now.',
} as const;
