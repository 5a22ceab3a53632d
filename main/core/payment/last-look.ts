/**
 * What the last look at a payment came to, with the key that is connected. `read`: Dojo showed it. `unknown`: Dojo answered that it does not
 * know it. `unread`: neither, so that what is shown of it is as old as `readAtMs` says; null: nobody can say how old.
 */
export type LastLook = Readonly<{ kind: 'read' }> | Readonly<{ kind: 'unknown' }> | Readonly<{ kind: 'unread'; readAtMs: number | null }>;

export const READ_NOW: LastLook = { kind: 'read' };

export const isSameLook = (one: LastLook, other: LastLook): boolean =>
  one.kind === other.kind && (one.kind !== 'unread' || other.kind !== 'unread' || one.readAtMs === other.readAtMs);
