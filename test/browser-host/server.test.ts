import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { listPageFiles } from '../../main/platform/page-files.ts';
import { channels, type Patch } from '../../preload/contract.ts';
import { recordingLog } from '../app/recording-log.ts';
import { serve } from './server.ts';

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string };

let folder: string;
let calls: [unknown, unknown][];
let host: Awaited<ReturnType<typeof serve>>;
let address: string;
let publish: (patch: Patch) => void;
const setFocused = vi.fn();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tillside-host-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><head><script type="module" src="./a.js"></script></head>');
  calls = [];
  host = await serve(
    {
      door: {
        call: async (channel, input) => {
          calls.push([channel, input]);
          return { ok: true, value: 'done' };
        },
      },
      files: await listPageFiles(folder),
      onPatch: (listener) => {
        publish = listener;
        return () => undefined;
      },
      setFocused,
      log: recordingLog(),
    },
    0,
  );
  address = new URL(host.url).host;
});
afterEach(async () => {
  await host.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A request as anybody on this computer could make it. */
function ask(
  path: string,
  { method = 'GET', headers = {}, body = '' }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  const { hostname, port } = new URL(host.url);
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, path, method, headers: { connection: 'close', ...headers } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    outgoing.on('error', reject).end(body);
  });
}

/** Opens the printed address and returns the session's cookie. */
async function enter(): Promise<string> {
  const { headers } = await ask(new URL(host.url).pathname + new URL(host.url).search);
  return String(headers['set-cookie']).split(';')[0] ?? '';
}

const callOf = (cookie: string, more: Record<string, string> = {}) => ({
  method: 'POST',
  headers: { cookie, origin: `http://${address}`, 'content-type': 'application/json', ...more },
  body: '{"paymentId":"pi_1"}',
});

describe('the printed address', () => {
  test('is on loopback, and lets one browser in, once', async () => {
    expect(host.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
    const first = await ask(`/${new URL(host.url).search}`);
    expect(first).toMatchObject({ status: 303, headers: { location: '/' } });
    expect(String(first.headers['set-cookie'])).toMatch(/^tillside-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/);
    const second = await ask(`/${new URL(host.url).search}`);
    expect(second.status).toBe(403);
    expect(second.headers['set-cookie']).toBeUndefined();
  });

  test('brings the browser that is in already back to the page', async () => {
    const cookie = await enter();
    const again = await ask(`/${new URL(host.url).search}`, { headers: { cookie } });
    expect(again).toMatchObject({ status: 303, headers: { location: '/' } });
    expect(again.headers['set-cookie']).toBeUndefined();
  });

  test.each(['/?token=', '/?token=wrong', `/?token=${'A'.repeat(43)}`])('does not open with %s, and stays good', async (path) => {
    expect((await ask(path)).status).toBe(403);
    expect(await enter()).not.toBe('');
  });
});

describe('without the session', () => {
  test.each(['/', '/index.html', '/host-bridge.js', '/till/patches', '/till/getSnapshot', '/no/such'])('%s is refused', async (path) => {
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      for (const cookie of ['', 'tillside=1', `tillside-${address.split(':')[1]}=${'A'.repeat(43)}`]) {
        const answer = await ask(path, { ...callOf(cookie), method });
        expect(answer.status).toBe(401);
        expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
      }
    }
    expect(calls).toEqual([]);
  });
});

describe('with the session', () => {
  test('the page comes with the bridge before its own scripts, under the same policy as in Electron', async () => {
    const cookie = await enter();
    const page = await ask('/', { headers: { cookie } });
    expect(page.body).toMatch(/<head><script src="\/host-bridge\.js"><\/script><script type="module"/);
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'/);
    expect(page.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin' });
  });

  test('a call reaches the door once, with its input', async () => {
    const cookie = await enter();
    expect(await ask('/till/getPayment', callOf(cookie))).toMatchObject({ status: 200, body: '{"ok":true,"value":"done"}' });
    expect(await ask('/till/refresh', { ...callOf(cookie), body: '' })).toMatchObject({ status: 200 });
    expect(calls).toEqual([
      ['getPayment', { paymentId: 'pi_1' }],
      ['refresh', undefined],
    ]);
  });

  test.each([
    ['another host name (DNS rebinding)', { host: 'rebound.example' }],
    ['localhost, which other programs answer for', { host: 'localhost' }],
    ['another origin', { origin: 'https://example.com' }],
    ['another port of this computer', { origin: 'http://127.0.0.1:1' }],
    ['the null origin', { origin: 'null' }],
    ['a page elsewhere, as the browser says', { 'sec-fetch-site': 'cross-site' }],
    ['another port, as the browser says', { 'sec-fetch-site': 'same-site' }],
    ['no page at all', { 'sec-fetch-site': 'none' }],
  ])('a call from %s is refused', async (_from, headers) => {
    const cookie = await enter();
    expect((await ask('/till/getPayment', callOf(cookie, headers))).status).toBe(403);
    expect(calls).toEqual([]);
  });

  test('a call without an origin, by another method, as a form, with too much or with nonsense is refused', async () => {
    const cookie = await enter();
    const good = callOf(cookie);
    const { origin: _origin, ...withoutOrigin } = good.headers;
    expect((await ask('/till/getPayment', { ...good, headers: withoutOrigin })).status).toBe(403);
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) expect((await ask('/till/getPayment', { ...good, method })).status).toBe(405);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])
      expect((await ask('/till/getPayment', callOf(cookie, { 'content-type': type }))).status).toBe(400);
    expect((await ask('/till/getPayment', { ...good, body: '{"a":' })).status).toBe(400);
    expect((await ask('/till/getPayment', { ...good, body: `"${'x'.repeat(9 * 1024 * 1024)}"` })).status).toBe(413);
    expect(calls).toEqual([]);
  });

  test('a page elsewhere cannot listen', async () => {
    const cookie = await enter();
    expect((await ask('/till/patches', { headers: { cookie, 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
    expect((await ask('/till/patches', { headers: { cookie, origin: 'https://example.com' } })).status).toBe(403);
  });

  test('patches come as they are published, and those missed come again', async () => {
    const cookie = await enter();
    publish({ revision: 2 });
    publish({ revision: 3 });
    const { hostname, port } = new URL(host.url);
    const received = await new Promise<string>((resolve, reject) => {
      const outgoing = request({ hostname, port, path: '/till/patches', headers: { cookie, 'last-event-id': '2' } }, (response) => {
        expect(response.headers['content-type']).toMatch(/^text\/event-stream/);
        expect(setFocused).toHaveBeenLastCalledWith(true);
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
          if (text.includes('id: 3') && !text.includes('id: 4')) publish({ revision: 4 });
          if (text.includes('"revision":4')) {
            resolve(text);
            outgoing.destroy();
          }
        });
        response.on('error', () => undefined);
      });
      outgoing.on('error', reject).end();
    });
    expect(received.match(/id: \d+/g)).toEqual(['id: 3', 'id: 4']);
  });

  test('the bridge has the contract’s functions, no others, and no second typing of their names', async () => {
    const cookie = await enter();
    const { body } = await ask('/host-bridge.js', { headers: { cookie } });
    const window: { till?: object } = {};
    runInNewContext(body, { window });
    expect(Object.keys(window.till ?? {}).sort()).toEqual([...Object.keys(channels), 'onPatch', 'onShow'].sort());
    expect(Object.isFrozen(window.till)).toBe(true);
  });
});
