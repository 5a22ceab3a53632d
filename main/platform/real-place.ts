import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Home, Place } from '../ports/home.ts';
import { machineId } from './machine-id.ts';

/** Where a profile lies. Asked each time: a folder can be moved while the till is not running, and a link can be set anew. */
export const createRealPlace =
  (folder: string): (() => Promise<Place>) =>
  async () => ({ path: await realpath(folder).catch(() => resolve(folder)), machineId: await machineId() });

/** For a till without Electron: nothing can seal a token, so path and machine have to do. */
export const homeWithoutStorage = (place: () => Promise<Place>): Home => ({ place, seal: async () => null, unseal: async () => ({ kind: 'none' }) });
