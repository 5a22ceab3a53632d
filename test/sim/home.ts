import type { Home } from '../../main/ports/home.ts';

/** Where a simulated profile lies, and whose secure storage is there. */
export type SimPlace = {
  path: string;
  machineId: string | null;
  /** What only this user's secure storage knows; null: there is none that can be asked. */
  user: string | null;
};

/** Like the real one: what one user's storage sealed is noise to another's. */
export const simHome = (place: SimPlace): Home => ({
  place: async () => ({ path: place.path, machineId: place.machineId }),
  seal: async (token) => (place.user === null ? null : `${place.user}|${token}`),
  unseal: async (sealed) => {
    if (place.user === null) return { kind: 'none' };
    return sealed.startsWith(`${place.user}|`) ? { kind: 'opened', token: sealed.slice(place.user.length + 1), again: false } : { kind: 'unreadable' };
  },
});
