import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { BODY_BYTES_MAX, type Http, type HttpAnswer, type HttpRequest } from '../../main/ports/http.ts';

/** More than the till ever asks at once: what hangs holds up nobody. */
const SOCKETS_MOST = 64;

/**
 * The Http port on plain Node. A request that moves money has a connection of its own, so that no half-dead connection can
 * make Node or a proxy send it twice; a read may reuse one, and is asked again once where the server had just closed it.
 */
export function createNodeHttp(): Http & Readonly<{ close(): void }> {
  const agents = {
    'http:': new http.Agent({ keepAlive: true, maxSockets: SOCKETS_MOST }),
    'https:': new https.Agent({ keepAlive: true, maxSockets: SOCKETS_MOST }),
  };
  const kept = (url: URL) => (url.protocol === 'http:' ? agents['http:'] : agents['https:']);
  return {
    async request(request) {
      const deadlineAtMs = performance.now() + request.timeoutMs;
      try {
        const url = new URL(request.url);
        if (request.movesMoney) return (await send(request, url, false, request.timeoutMs)).answer;
        const first = await send(request, url, kept(url), request.timeoutMs);
        if (!first.stale) return first.answer;
        return (await send(request, url, false, Math.max(1, deadlineAtMs - performance.now()))).answer;
      } catch (error) {
        // Node throws before it opens a connection where the address or a header cannot be one.
        return { kind: 'not-sent', cause: codeOf(error) };
      }
    },
    close() {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

/** `stale`: a reused connection was closed before a byte of the answer came. */
type Sent = Readonly<{ answer: HttpAnswer; stale: boolean }>;

function send(request: HttpRequest, url: URL, agent: http.Agent | false, timeoutMs: number): Promise<Sent> {
  const { promise, resolve } = Promise.withResolvers<Sent>();
  const secure = url.protocol === 'https:';
  const headers = request.body === null ? request.headers : { ...request.headers, 'Content-Length': String(Buffer.byteLength(request.body)) };
  const outgoing = (secure ? https : http).request(url, { method: request.method, headers, agent });

  /** From here on bytes may have left: Node writes nothing of a request before its connection (and its TLS) stands. */
  let connected = false;
  let answering = false;
  let settled = false;
  const settle = (answer: HttpAnswer, stale = false) => {
    if (settled) return;
    settled = true;
    clearTimeout(timer);
    resolve({ answer, stale });
    if (answer.kind !== 'answered') outgoing.destroy();
  };
  const fail = (cause: string) => settle({ kind: connected ? 'broken' : 'not-sent', cause }, cause === 'reset' && outgoing.reusedSocket && !answering);
  const timer = setTimeout(() => fail('timeout'), timeoutMs);

  outgoing.on('socket', (socket: Socket) => {
    if (outgoing.reusedSocket) connected = true;
    else
      socket.once(secure ? 'secureConnect' : 'connect', () => {
        connected = true;
      });
  });
  outgoing.on('error', (error) => fail(connected ? causeOf(error) : codeOf(error)));
  outgoing.on('close', () => fail('reset'));
  outgoing.on('response', (response) => {
    answering = true;
    const chunks: Buffer[] = [];
    let bytes = 0;
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > BODY_BYTES_MAX) fail('too-large');
      else chunks.push(chunk);
    });
    response.on('error', (error) => fail(causeOf(error)));
    response.on('close', () => fail('reset'));
    response.on('end', () => {
      // Cut short: fewer bytes than it promised.
      if (!response.complete) return fail('reset');
      settle({ kind: 'answered', status: response.statusCode ?? 0, headers: headersOf(response), body: Buffer.concat(chunks).toString('utf8') });
    });
  });
  outgoing.end(request.body ?? undefined);
  return promise;
}

/** Node gives names in lower case already. */
function headersOf(response: http.IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'invalid');

function causeOf(error: unknown): string {
  const code = codeOf(error);
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'reset';
  return code === 'ETIMEDOUT' ? 'timeout' : code;
}
