import type { TillError } from '../preload/contract.ts';

/** A refusal in one breath, where there is room for no more than a line: what happened, and what to do now. */
export const errorInWords = ({ message, next }: TillError): string => (next ? `${message} ${next}` : message);

/** Over a refusal. Where the till broke off, or gave no answer, nobody knows whether it was done all the same. */
export const refusalTitle = ({ code }: TillError, refused: string, perhaps: string): string => (code === 'internal' ? perhaps : refused);

/** Over the refusal of a decision. */
export const notAcceptedTitle = (error: TillError): string => refusalTitle(error, 'Not accepted.', 'It may have been accepted.');
