/**
 * What the last look at a payment came to, with the key that is connected. `read`: what is shown of it is what Dojo shows now. `unknown`:
 * Dojo answered that it does not know it. `unread`: neither. `readAtMs` is when what is shown of it was read; null: nothing is.
 */
export type LastLook = Readonly<{ kind: 'read' | 'unknown' | 'unread'; readAtMs: number | null }>;

/** Of what nobody compares. */
export const NOT_LOOKED: LastLook = { kind: 'unread', readAtMs: null };

const minuteOf = ({ readAtMs }: LastLook): number | null => readAtMs && Math.floor(readAtMs / 60_000);

/** The same to whoever is told of it, by the minute. */
export const isSameLook = (one: LastLook, other: LastLook): boolean => one.kind === other.kind && minuteOf(one) === minuteOf(other);
