import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HttpAnswer, HttpRequest } from '../../main/ports/http.ts';
import { findElectron } from '../../scripts/find-electron.ts';
import { runInElectron } from './run-in-electron.ts';

/** Needs an Electron binary: where there is none these facts are not shown, and the run says that they were skipped. */
const withElectron = describe.skipIf(findElectron() === null);
const SECONDS_30 = 30_000;

type Reaction = (request: IncomingMessage, response: ServerResponse) => void;
const ok: Reaction = (_request, response) => response.end('{}');
/** The request has arrived whole and would be carried out; its answer never comes. */
const commitAndBreak: Reaction = (request) => request.resume().on('end', () => request.socket.destroy());

let server: Server;
let origin: string;
let received: { method: string; path: string; headers: IncomingMessage['headers']; socket: Socket }[];
let reactions: Record<string, Reaction>;

beforeEach(async () => {
  received = [];
  reactions = {};
  server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const path = request.url ?? '';
    received.push({ method: request.method ?? '', path, headers: request.headers, socket: request.socket });
    (reactions[path] ?? ok)(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const request = (path: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'POST',
  url: path.startsWith('http') ? path : origin + path,
  headers: { 'content-type': 'application/json', authorization: 'Basic sk_sandbox_made_up' },
  body: '{"amount":100}',
  timeoutMs: 5_000,
  movesMoney: true,
  ...more,
});

const send = async (...rounds: HttpRequest[][]): Promise<HttpAnswer[]> =>
  ((await runInElectron(join(import.meta.dirname, 'http-harness.ts'), rounds)) as HttpAnswer[][]).flat();

async function closedPort(): Promise<number> {
  const short = createServer();
  await new Promise<void>((resolve) => short.listen(0, '127.0.0.1', resolve));
  const { port } = short.address() as AddressInfo;
  await new Promise((resolve) => short.close(resolve));
  return port;
}

const count = (path: string): number => received.filter((one) => one.path === path).length;

withElectron('a request that moves money', () => {
  test('the trap is real: Chromium sends a POST twice when a used connection breaks before the answer', { timeout: SECONDS_30 }, async () => {
    reactions['/capture'] = commitAndBreak;
    await send([request('/read', { movesMoney: false })], [request('/capture', { movesMoney: false })]);
    expect(count('/capture')).toBe(2);
  });

  test('is received once when its connection breaks, also after others that went well', { timeout: SECONDS_30 }, async () => {
    reactions['/capture'] = commitAndBreak;
    reactions['/reversal'] = commitAndBreak;
    const answers = await send(
      [request('/read', { movesMoney: false }), request('/read', { movesMoney: false })],
      [request('/well'), request('/well'), request('/well')],
      [request('/capture')],
      [request('/well')],
      [request('/reversal', { body: null })],
      [request('/cancel-well', { method: 'DELETE', body: null })],
      [request('/capture')],
    );
    expect(count('/capture')).toBe(2);
    expect(count('/reversal')).toBe(1);
    expect(answers.map(({ kind }) => kind)).toEqual([...Array(5).fill('answered'), 'broken', 'answered', 'broken', 'answered', 'broken']);
  });

  test('never shares a connection, one after the other or together', { timeout: SECONDS_30 }, async () => {
    const rounds = [
      Array.from({ length: 12 }, () => request('/well')),
      [request('/well')],
      [request('/well')],
      Array.from({ length: 8 }, () => request('/well')),
    ];
    const answers = await send([request('/read', { movesMoney: false })], ...rounds);
    expect(answers.every(({ kind }) => kind === 'answered')).toBe(true);
    expect(new Set(received.map(({ socket }) => socket)).size).toBe(received.length);
  });
});

withElectron('what hangs', () => {
  const unanswered = (count: number, movesMoney: boolean) => Array.from({ length: count }, () => request('/silent', { movesMoney, timeoutMs: 25_000 }));
  function whileHanging(hanging: HttpRequest[], ...rounds: HttpRequest[][]): Promise<{ answer: HttpAnswer; tookMs: number }[][]> {
    const arrived: ServerResponse[] = [];
    let asking: ServerResponse | null = null;
    const tell = () => arrived.length === hanging.length && asking?.end();
    reactions['/silent'] = (_request, response) => {
      arrived.push(response);
      tell();
    };
    reactions['/have-all'] = (_request, response) => {
      asking = response;
      tell();
    };
    return runInElectron(join(import.meta.dirname, 'http-hanging-harness.ts'), { hanging, haveAllUrl: `${origin}/have-all`, rounds }) as ReturnType<
      typeof whileHanging
    >;
  }
  const read = () => request('/read', { method: 'GET', body: null, movesMoney: false });
  const AT_ONCE_MS = 3_000;

  test('holds up nobody: with 24 moves and 10 reads unanswered a move and a read are answered at once', { timeout: SECONDS_30 }, async () => {
    const rounds = [[request('/well'), read()], Array.from({ length: 8 }, () => request('/well')), Array.from({ length: 12 }, read)];
    const answers = (await whileHanging([...unanswered(24, true), ...unanswered(10, false)], ...rounds)).flat();
    expect(answers.map(({ answer }) => answer.kind)).toEqual(Array(22).fill('answered'));
    expect(Math.max(...answers.map(({ tookMs }) => tookMs))).toBeLessThan(AT_ONCE_MS);
    expect(count('/silent')).toBe(34);
    const moves = received.filter(({ path }) => path === '/well');
    expect(new Set(moves.map(({ socket }) => socket)).size).toBe(9);
    expect(received.filter(({ path, socket }) => path !== '/well' && moves.some((move) => move.socket === socket))).toEqual([]);
  });

  test('of the readings alone, as many as ever wait, leaves room for the others', { timeout: SECONDS_30 }, async () => {
    const answers = (await whileHanging(unanswered(32, false), Array.from({ length: 6 }, read))).flat();
    expect(answers.map(({ answer }) => answer.kind)).toEqual(Array(6).fill('answered'));
    expect(Math.max(...answers.map(({ tookMs }) => tookMs))).toBeLessThan(AT_ONCE_MS);
  });
});

withElectron('after Chromium’s network process has died', () => {
  test('moves and reads are answered again, each sent once, and what was under way is not called unsent where it moves money', {
    timeout: SECONDS_30,
  }, async () => {
    const waiting: ServerResponse[] = [];
    let asking: ServerResponse | null = null;
    const tell = () => waiting.length === 2 && asking?.end();
    reactions['/silent'] = (_request, response) => {
      waiting.push(response);
      tell();
    };
    reactions['/have-all'] = (_request, response) => {
      asking = response;
      tell();
    };
    const move = (path: string) => request(path, { timeoutMs: 20_000 });
    const read = (path: string) => request(path, { method: 'GET', body: null, movesMoney: false, timeoutMs: 20_000 });
    const answers = (await runInElectron(join(import.meta.dirname, 'http-network-gone-harness.ts'), {
      before: [move('/well'), read('/read')],
      underWay: [move('/silent'), read('/silent')],
      haveAllUrl: `${origin}/have-all`,
      after: [
        [move('/capture'), read('/read'), move('/refund'), read('/read')],
        [move('/capture-2'), read('/read')],
      ],
    })) as HttpAnswer[][];
    expect(answers.map((round) => round.map((answer) => (answer.kind === 'answered' ? answer.status : answer.kind)))).toEqual([
      [200, 200],
      ['broken', 'not-sent'],
      [200, 200, 200, 200],
      [200, 200],
    ]);
    expect(['/capture', '/refund', '/capture-2'].map(count)).toEqual([1, 1, 1]);
  });

  test('a move that was about to go out just then is not sent seconds later; the next one is answered', { timeout: SECONDS_30 }, async () => {
    const move = (path: string) => request(path, { timeoutMs: 60_000 });
    const answers = (await runInElectron(join(import.meta.dirname, 'http-network-dying-harness.ts'), {
      before: move('/well'),
      atDeath: move('/capture'),
      after: move('/capture-2'),
    })) as HttpAnswer[];
    expect(answers.map(({ kind }) => kind)).toEqual(['answered', 'not-sent', 'answered']);
    expect(['/capture', '/capture-2'].map(count)).toEqual([0, 1]);
  });
});

withElectron('any request', () => {
  test('carries what it was given and no cookies; a wrong key, a redirect and an odd body are answers', { timeout: SECONDS_30 }, async () => {
    reactions['/cookie'] = (_request, response) => response.setHeader('set-cookie', 'a=b; Path=/').end('hello £');
    reactions['/401'] = (_request, response) =>
      response.writeHead(401, { 'www-authenticate': 'Basic realm="dojo"', 'x-two': ['a', 'b'] }).end('{"title":"no"}');
    reactions['/302'] = (_request, response) => response.writeHead(302, { location: '/elsewhere' }).end();
    reactions['/307'] = (_request, response) => response.writeHead(307, { location: '/elsewhere' }).end();
    const answers = await send(
      ...[true, false].flatMap((movesMoney) => ['/cookie', '/after-cookie', '/401', '/302', '/307'].map((path) => [request(path, { movesMoney })])),
    );
    for (const half of [answers.slice(0, 5), answers.slice(5)]) {
      expect(half[0]).toMatchObject({ kind: 'answered', status: 200, body: 'hello £' });
      expect(half[2]).toMatchObject({ kind: 'answered', status: 401, headers: { 'x-two': 'a, b' }, body: '{"title":"no"}' });
      expect(half[3]).toMatchObject({ kind: 'answered', status: 302, headers: { location: '/elsewhere' } });
      expect(half[4]).toMatchObject({ kind: 'answered', status: 307 });
    }
    expect(count('/elsewhere')).toBe(0);
    expect(received.every(({ headers }) => headers.cookie === undefined && headers.authorization === 'Basic sk_sandbox_made_up')).toBe(true);
  });

  test('says whether it was sent', { timeout: SECONDS_30 }, async () => {
    reactions['/silent'] = () => undefined;
    reactions['/short'] = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"half":');
      setImmediate(() => response.destroy());
    };
    reactions['/huge'] = (_request, response) => {
      const part = Buffer.alloc(1024 * 1024);
      for (let count = 0; count < 12; count += 1) response.write(part);
      response.end();
    };
    reactions['/not-http'] = (incoming) => incoming.socket.end('hello\r\n\r\n');
    const answers = await send(
      [request('http://127.0.0.1:9/unsafe'), request(`http://127.0.0.1:${await closedPort()}/refused`), request('http://name.invalid/'), request('not a url')],
      [request('/silent', { timeoutMs: 300 }), request('/short'), request('/huge'), request('/not-http')],
    );
    expect(answers.map((answer) => (answer.kind === 'answered' ? answer.status : `${answer.kind}: ${answer.cause}`))).toEqual([
      'not-sent: ERR_UNSAFE_PORT',
      'not-sent: ERR_CONNECTION_REFUSED',
      'not-sent: ERR_NAME_NOT_RESOLVED',
      expect.stringMatching(/^not-sent: not a request/),
      'broken: timeout',
      expect.stringMatching(/^broken: /),
      'broken: too-large',
      'broken: ERR_INVALID_HTTP_RESPONSE',
    ]);
  });
});
