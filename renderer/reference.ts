/** Blank also where it holds only what cannot be seen, a zero-width space for one. */
const isBlank = (reference: string): boolean => /^[\s\p{Cf}]*$/u.test(reference);

/** A payment's reference where its name stands: on a row, in a list. */
export const referenceLabel = (reference: string): string => (isBlank(reference) ? 'No reference' : reference);

/** The same within a sentence: “Capture £5.00 of …”. */
export const referenceInWords = (reference: string): string => (isBlank(reference) ? 'a payment without a reference' : reference);
