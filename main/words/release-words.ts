import type { Action } from '../core/queue/action.ts';

/** Why nothing was let go out, for a cashier. A release is what lets a hold go: here it is called sending. */
export const releaseWords = {
  /** Of many the person has to know which one. */
  nothing: ({ reference }: Action, why: string): string => `${reference === '' ? 'A payment' : reference}: ${why} Nothing was sent.`,
  unknown: 'Tillside does not know one of these actions. Nothing was sent.',
  changed: 'One of these actions changed meanwhile. Nothing was sent.',
  notNow: 'It cannot be sent from here: it does not wait for you, or belongs to another account.',
  alone: 'The payment changed since this was decided. Look at it and send it alone.',
  stillSettling: 'It was sent less than two minutes ago. Wait until Dojo shows what became of it.',
  tooLate: 'It is too late for this now.',
} as const;
