import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Door, refusal } from '../../main/app/dispatcher.ts';
import { answerWithPage, type PageFiles, pageHeaders } from '../../main/platform/page-files.ts';
import type { Log } from '../../main/ports/log.ts';
import { channels, type Patch } from '../../preload/contract.ts';
import { createPatchStream } from './patch-stream.ts';
import { type BrowserSession, createSession, isFromOwnPage } from './session.ts';

/** A thousand decisions, each with the longest reason and notes. */
const INPUT_BYTES_MAX = 8 * 1024 * 1024;
const HEADERS = pageHeaders("'self'");
const BRIDGE_PATH = '/host-bridge.js';
const BRIDGE = `const channels = ${JSON.stringify(Object.keys(channels))};\n${readFileSync(join(import.meta.dirname, 'host-bridge.js'), 'utf8')}`;

type Behind = Readonly<{
  door: Door;
  files: PageFiles;
  onPatch(listener: (patch: Patch) => void): () => void;
  setFocused(focused: boolean): void;
  log: Log;
}>;

/** Serves the page and the door on a loopback port, to one browser. */
export async function serve(behind: Behind, port: number): Promise<{ url: string; close(): Promise<void> }> {
  const patches = createPatchStream(behind.setFocused);
  const stopPatches = behind.onPatch(patches.send);
  const server = createServer();
  await listen(server, port);
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const session = createSession((server.address() as AddressInfo).port);

  server.on('request', (request, response) => {
    answer(request, response).catch((error: unknown) => {
      behind.log.error(`host: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      if (!response.headersSent) words(response, 500, 'Something went wrong inside the till.');
      else response.destroy();
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.headers.host !== host) return words(response, 403, 'This address is not the till’s.');
    const url = new URL(request.url ?? '/', `http://${host}`);
    const token = url.searchParams.get('token');
    if (request.method === 'GET' && url.pathname === '/' && token !== null) return enter(request, response, token);
    if (!session.isKnown(request)) return words(response, 401, 'Open the till with the address that was printed when it started. Each is good once.');
    if (!isFromOwnPage(request, host)) return words(response, 403, 'Only the till’s own page can do this.');
    if (url.pathname === '/till/patches' && request.method === 'GET') return patches.open(response, HEADERS, header(request, 'last-event-id'));
    if (url.pathname.startsWith('/till/')) return callDoor(request, response, url.pathname.slice('/till/'.length));
    if (url.pathname === BRIDGE_PATH && request.method === 'GET') return void reply(response, 200, 'text/javascript; charset=utf-8', BRIDGE);
    return page(request, response, url.pathname);
  }

  function enter(request: IncomingMessage, response: ServerResponse, token: string): void {
    const cookie = session.redeem(token);
    if (cookie === null && !session.isKnown(request)) return words(response, 403, 'This address was used already. Start the till again for a new one.');
    response.writeHead(303, { ...HEADERS, location: '/', ...(cookie !== null && { 'set-cookie': cookie }) }).end();
  }

  async function callDoor(request: IncomingMessage, response: ServerResponse, channel: string): Promise<void> {
    if (request.method !== 'POST') return words(response, 405, 'Only POST is answered here.', { allow: 'POST' });
    const input = await jsonBody(request);
    if (input === 'too-large') return json(response, 413, refusal('bad-input', 'This is too much at once.'));
    if (input === 'not-json') return json(response, 400, refusal('bad-input', 'The till did not understand this.'));
    json(response, 200, await behind.door.call(channel, input.value));
  }

  function page(request: IncomingMessage, response: ServerResponse, path: string): void {
    const { status, headers, body } = answerWithPage(behind.files, request.method ?? '', path, "'self'");
    const isDocument = status === 200 && headers['content-type']?.startsWith('text/html');
    response.writeHead(status, headers).end(isDocument ? body.toString().replace('<script', `<script src="${BRIDGE_PATH}"></script><script`) : body);
  }

  return {
    url: printedUrl(host, session),
    async close() {
      stopPatches();
      patches.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

const printedUrl = (host: string, session: BrowserSession): string => `http://${host}/?token=${session.token}`;

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', () => resolve()));

const header = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
};

function reply(response: ServerResponse, status: number, type: string, body: string, more: Record<string, string> = {}): void {
  response.writeHead(status, { ...HEADERS, ...more, 'content-type': type }).end(body);
}
const words = (response: ServerResponse, status: number, body: string, more: Record<string, string> = {}): void =>
  reply(response, status, 'text/plain; charset=utf-8', body, more);
const json = (response: ServerResponse, status: number, value: unknown): void =>
  reply(response, status, 'application/json; charset=utf-8', JSON.stringify(value));

/** No body is no input. A content type of JSON is asked for even then: a form on another site cannot send one. */
async function jsonBody(request: IncomingMessage): Promise<{ value: unknown } | 'not-json' | 'too-large'> {
  if (header(request, 'content-type') !== 'application/json') return 'not-json';
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > INPUT_BYTES_MAX) return 'too-large';
    parts.push(part);
  }
  if (bytes === 0) return { value: undefined };
  try {
    return { value: JSON.parse(Buffer.concat(parts).toString('utf8')) };
  } catch {
    return 'not-json';
  }
}
