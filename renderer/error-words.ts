import type { TillError } from '../preload/contract.ts';

/** A refusal in one breath, where there is room for no more than a line: what happened, and what to do now. */
export const errorInWords = ({ message, next }: TillError): string => (next ? `${message} ${next}` : message);
