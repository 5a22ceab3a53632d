/**
 * Features of the world that `draw` leaves out, and promises that are not asked for, because the till cannot stand them yet: each with
 * its reason. Empty is right.
 */
export const NOT_YET: Readonly<Record<string, string>> = {
  'a total that differs from its parts': 'what the card was charged is Dojo’s transaction, which the till does not read',
};
