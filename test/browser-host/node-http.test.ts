import net, { type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BODY_BYTES_MAX, type HttpRequest } from '../../main/ports/http.ts';
import { type Answer, empty, json, type Loopback, raw, reset, silence, startLoopback } from '../dojo/loopback.ts';
import { createNodeHttp } from './node-http.ts';

let server: Loopback;
let http: ReturnType<typeof createNodeHttp>;
beforeEach(async () => {
  server = await startLoopback();
  http = createNodeHttp();
});
afterEach(async () => {
  http.close();
  await server.close();
});

const send = (different: Partial<HttpRequest> = {}) =>
  http.request({ method: 'POST', url: `${server.url}/x`, headers: {}, body: '{"amount":1}', timeoutMs: 5000, movesMoney: true, ...different });

describe('an answer', () => {
  it('comes with its status, lower-case headers and body', async () => {
    server.willAnswer(json(409, { a: 'ü' }, { 'Retry-After': '5', 'X-Two': 'b' }));
    const answer = await send();
    expect(answer).toMatchObject({ kind: 'answered', status: 409, headers: { 'retry-after': '5', 'x-two': 'b' }, body: '{"a":"ü"}' });
  });

  it.each([301, 302, 303, 307, 308])('of %i is an answer and is not followed', async (status) => {
    server.willAnswer(empty(status, { Location: `${server.url}/y` }));
    expect(await send()).toMatchObject({ kind: 'answered', status, headers: { location: `${server.url}/y` } });
    expect(await send({ movesMoney: false, method: 'GET', body: null })).toMatchObject({ status: 500 });
    expect(server.received.map(({ path }) => path)).toEqual(['/x', '/x']);
  });

  it('of exactly the largest size is taken', async () => {
    server.willAnswer((response) => void response.writeHead(200).end('x'.repeat(BODY_BYTES_MAX)));
    const answer = await send();
    expect(answer.kind === 'answered' && answer.body.length).toBe(BODY_BYTES_MAX);
  });
});

describe('after the request may have left', () => {
  it.each<[string, Answer, string]>([
    ['silence', silence, 'timeout'],
    ['half a header', raw('HTTP/1.1 200 OK\r\nContent-', 'stay'), 'timeout'],
    ['a body that stops', raw('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc', 'stay'), 'timeout'],
    ['a reset', reset, 'reset'],
    ['a closed connection', raw(''), 'reset'],
    ['a body cut short', raw('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc'), 'reset'],
    ['a reset in the body', raw('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc', 'reset'), 'reset'],
    ['chunks without an end', raw('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n'), 'reset'],
    ['a change of protocol', raw('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n', 'stay'), 'reset'],
    ['a body above the limit', (response) => void response.writeHead(200).end('x'.repeat(BODY_BYTES_MAX + 1)), 'too-large'],
  ])('%s is broken', async (_name, answer, cause) => {
    server.willAnswer(answer);
    expect(await send({ timeoutMs: cause === 'timeout' ? 100 : 5000 })).toEqual({ kind: 'broken', cause });
    expect(server.received).toHaveLength(1);
  });

  it('another protocol’s answer is broken with its code', async () => {
    server.willAnswer(raw('SSH-2.0-OpenSSH_9.9\r\n'));
    expect(await send()).toEqual({ kind: 'broken', cause: 'HPE_INVALID_CONSTANT' });
  });

  it('a trickling body does not outlast the deadline', async () => {
    let trickle: NodeJS.Timeout | undefined;
    server.willAnswer((response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      trickle = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(trickle));
    });
    expect(await send({ timeoutMs: 150 })).toEqual({ kind: 'broken', cause: 'timeout' });
  });
});

describe('before the request can have left', () => {
  it.each([
    ['a name nobody has', 'https://till.invalid/x'],
    ['no address', 'not a url'],
    ['a protocol of another kind', 'file:///x'],
  ])('%s is not sent', async (_name, url) => {
    expect((await send({ url })).kind).toBe('not-sent');
  });

  it('a header of two lines is not sent', async () => {
    expect(await send({ headers: { version: 'a\r\nb' } })).toEqual({ kind: 'not-sent', cause: 'ERR_INVALID_CHAR' });
    expect(server.received).toHaveLength(0);
  });

  it('a closed port is not sent', async () => {
    const gone = await startLoopback();
    await gone.close();
    expect(await send({ url: gone.url })).toEqual({ kind: 'not-sent', cause: 'ECONNREFUSED' });
  });

  it('a server that speaks no TLS is not sent', async () => {
    const answer = await send({ url: server.url.replace('http:', 'https:') });
    expect(answer.kind).toBe('not-sent');
    expect(server.received).toHaveLength(0);
  });

  it('a TLS greeting nobody answers is not sent', async () => {
    const heard: Buffer[] = [];
    const mute = net.createServer((socket) => {
      socket.on('data', (bytes) => void heard.push(bytes));
      socket.on('error', () => socket.destroy());
    });
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const answer = await send({ url: `https://127.0.0.1:${(mute.address() as AddressInfo).port}/x`, timeoutMs: 150 });
    expect(answer).toEqual({ kind: 'not-sent', cause: 'timeout' });
    expect(Buffer.concat(heard).toString('latin1')).not.toContain('amount');
    await new Promise((resolve) => mute.close(resolve));
  });
});

describe('connections', () => {
  const read = { method: 'GET', body: null, movesMoney: false } as const;

  it('of requests that move money are used once', async () => {
    server.willAnswer(json(200, {}), json(200, {}), json(200, {}));
    await send(read);
    await send();
    await send();
    expect(server.received.map(({ connection }) => connection)).toEqual([1, 2, 3]);
  });

  it('of reads are kept, and one that the server closed is replaced', async () => {
    server.willAnswer(json(200, { n: 1 }), json(200, { n: 2 }), reset, json(200, { n: 3 }));
    for (const n of [1, 2, 3]) expect(await send(read)).toMatchObject({ kind: 'answered', body: `{"n":${n}}` });
    expect(server.received.map(({ connection }) => connection)).toEqual([1, 1, 1, 2]);
  });

  it('a read that fails on a fresh connection is not repeated', async () => {
    server.willAnswer(reset, json(200, {}));
    expect(await send(read)).toEqual({ kind: 'broken', cause: 'reset' });
    expect(server.received).toHaveLength(1);
  });

  it('a reused connection that breaks in the answer is not repeated', async () => {
    server.willAnswer(json(200, {}), raw('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc', 'reset'));
    await send(read);
    expect(await send(read)).toEqual({ kind: 'broken', cause: 'reset' });
    expect(server.received).toHaveLength(2);
  });
});
