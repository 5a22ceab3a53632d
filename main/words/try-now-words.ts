import type { Said } from '../core/queue/outcome.ts';

/** Why trying an action now does nothing. */
export const tryNowWords = {
  unreadable: {
    message: 'An earlier action on this payment cannot be read from the disk, so it is not sent.',
    next: 'Look the payment up in Dojo and finish it there.',
  },
  notWritten: { message: 'This PC’s disk cannot be written just now, so nothing is sent.', next: 'A notice says what to do about the disk.' },
} satisfies Readonly<Record<string, Said>>;
