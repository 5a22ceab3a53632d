import { beforeEach, expect, test, vi } from 'vitest';
import type { HttpRequest } from '../../main/ports/http.ts';
import { createSimClock } from '../sim/clock.ts';

/** Electron's network where it throws: whatever is broken, each request is answered, and the next one finds its way. */
type Broken = 'session' | 'closing' | 'closing-hangs' | 'request' | 'header' | 'end' | null;
const electron = vi.hoisted(() => ({ broken: null as Broken, sessions: 0, ended: 0 }));
const breakAt = vi.hoisted(() => (where: string) => {
  if (electron.broken === where) throw new Error(`broken: ${where}`);
});
vi.mock('electron', () => ({
  app: { on: () => undefined },
  session: {
    fromPartition() {
      breakAt('session');
      electron.sessions += 1;
      const hangs = electron.broken === 'closing-hangs';
      return { closeAllConnections: async () => (hangs ? new Promise<never>(() => undefined) : breakAt('closing')) };
    },
  },
  net: {
    request() {
      breakAt('request');
      const listeners = new Map<string, (value: unknown) => void>();
      return {
        setHeader: () => breakAt('header'),
        on: (event: string, listener: (value: unknown) => void) => void listeners.set(event, listener),
        abort: () => undefined,
        end() {
          breakAt('end');
          electron.ended += 1;
          const heard = new Map<string, () => void>();
          listeners.get('response')?.({ statusCode: 200, headers: {}, on: (event: string, listener: () => void) => void heard.set(event, listener) });
          heard.get('end')?.();
        },
      };
    },
  },
}));
const { createElectronHttp } = await import('../../main/electron/http.ts');

const request = (movesMoney: boolean): HttpRequest => ({
  method: 'POST',
  url: 'https://example.com',
  headers: { a: 'b' },
  body: null,
  timeoutMs: 1_000,
  movesMoney,
});

beforeEach(() => {
  electron.broken = null;
  electron.sessions = 0;
  electron.ended = 0;
});

test.each<[Exclude<Broken, 'closing-hangs' | null>, boolean, string]>([
  ['session', true, 'not-sent'],
  ['session', false, 'not-sent'],
  ['closing', true, 'not-sent'],
  ['request', true, 'not-sent'],
  ['request', false, 'not-sent'],
  ['header', true, 'not-sent'],
  ['header', false, 'not-sent'],
  // Part of it may have left.
  ['end', true, 'broken'],
  ['end', false, 'broken'],
])('where the %s throws a request (moves money: %s) is %s, and no lane is lost', async (where, movesMoney, kind) => {
  const http = createElectronHttp(createSimClock(0));
  electron.broken = where;
  // More often than there are lanes.
  for (let time = 0; time < 40; time += 1) expect(await http.request(request(movesMoney))).toMatchObject({ kind });
  expect(electron.ended).toBe(0);
  electron.broken = null;
  expect(await http.request(request(movesMoney))).toMatchObject({ kind: 'answered', status: 200 });
  expect(electron.ended).toBe(1);
});

test('a lane whose connections could not be closed is never sent through', async () => {
  const http = createElectronHttp(createSimClock(0));
  electron.broken = 'closing';
  await http.request(request(true));
  expect(electron.sessions).toBe(1);
  electron.broken = null;
  await http.request(request(true));
  expect(electron.sessions).toBe(2);
});

test('a move whose lane is never told that its connections are closed is not sent five seconds later, and the lane is left', async () => {
  const clock = createSimClock(0);
  const http = createElectronHttp(clock);
  electron.broken = 'closing-hangs';
  // More than there are lanes: the last wait for a second five seconds.
  const asked = Array.from({ length: 40 }, () => http.request(request(true)));
  await clock.run(10_000);
  expect(await Promise.all(asked)).toEqual(Array(40).fill(expect.objectContaining({ kind: 'not-sent' })));
  expect(electron.ended).toBe(0);
  electron.broken = null;
  expect(await http.request(request(true))).toMatchObject({ kind: 'answered', status: 200 });
  expect(clock.timersLeft()).toBe(0);
});
