/** Dojo answered 404: it may be of another account, or is not there any more. */
export const unknownToKey = 'Dojo does not know this payment with this key.';
/** Where what is kept of it is shown all the same. */
export const unknownToKeyNow = `${unknownToKey} What is shown here was read before.`;
