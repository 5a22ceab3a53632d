import { app, type ClientRequest, net, type Session, session } from 'electron';
import type { WallClock } from '../ports/clock.ts';
import { BODY_BYTES_MAX, type Http, type HttpAnswer, type HttpRequest } from '../ports/http.ts';
import { failedAnswer } from './net-errors.ts';

/** Requests that move money on the wire at once: as many as the queue ever sends, and one to spare. */
const LANES = 9;

/**
 * Before the app is ready. HTTP/2 and QUIC put several requests on one connection and have repeats of their own; the till asks
 * one server little, and gains nothing from them.
 */
export function setNetworkSwitches(): void {
  if (app.isReady()) throw new Error('expected to be called before the app is ready: the network has its switches already');
  app.commandLine.appendSwitch('disable-http2');
  app.commandLine.appendSwitch('disable-quic');
  // Nothing that Dojo or the page answers is left lying on the disk.
  app.commandLine.appendSwitch('disable-http-cache');
}

/**
 * Chromium's network stack: system proxies, the operating system's certificates.
 *
 * Chromium repeats a request by itself, a POST too, when the connection it went out on had been used before and breaks before
 * an answer: a capture would be made twice. So a request that moves money never goes out on such a connection: it has an
 * in-memory session to itself, whose connections are all closed before it starts.
 */
export function createElectronHttp(clock: WallClock): Http {
  // Each is made when it is needed for the first time: all of them together would keep the start waiting.
  let reads: Session | null = null;
  let lanes = 0;
  const free: Session[] = [];
  const waiting: ((lane: Session) => void)[] = [];

  async function take(): Promise<Session> {
    const lane = free.pop();
    if (lane) return lane;
    if (lanes === LANES) return new Promise((resolve) => waiting.push(resolve));
    lanes += 1;
    return isolatedSession(`dojo-money-${lanes}`);
  }
  function giveBack(lane: Session): void {
    const next = waiting.shift();
    if (next) next(lane);
    else free.push(lane);
  }

  async function requestAlone(request: HttpRequest): Promise<HttpAnswer> {
    const lane = await take();
    try {
      await lane.closeAllConnections();
      return await send(request, lane, clock);
    } finally {
      giveBack(lane);
    }
  }

  return {
    request(request) {
      if (request.movesMoney) return requestAlone(request);
      reads ??= isolatedSession('dojo-reads');
      return send(request, reads, clock);
    },
  };
}

/** No `persist:` prefix: nothing of it is on disk. */
const isolatedSession = (name: string): Session => session.fromPartition(name, { cache: false });

function send(request: HttpRequest, through: Session, clock: WallClock): Promise<HttpAnswer> {
  return new Promise((resolve) => {
    let settled = false;
    let outgoing: ClientRequest | undefined;
    const settle = (answer: HttpAnswer): void => {
      if (settled) return;
      settled = true;
      cancelDeadline();
      resolve(answer);
      // What is still under way is of no use any more: an answer cut off, or one that comes after the deadline.
      outgoing?.abort();
    };
    const cancelDeadline = clock.after(request.timeoutMs, () => settle({ kind: 'broken', cause: 'timeout' }));

    try {
      outgoing = net.request({
        session: through,
        method: request.method,
        url: request.url,
        // The till has no cookies and no stored passwords; an answer is never from a cache; a redirect is an answer.
        credentials: 'omit',
        useSessionCookies: false,
        cache: 'no-store',
        redirect: 'manual',
      });
    } catch (error) {
      settle({ kind: 'not-sent', cause: `not a request: ${error instanceof Error ? error.message : 'unknown'}` });
      return;
    }
    for (const [name, value] of Object.entries(request.headers)) outgoing.setHeader(name, value);

    outgoing.on('redirect', (status, _method, _url, headers) => settle({ kind: 'answered', status, headers: flatHeaders(headers), body: '' }));
    outgoing.on('login', (_authInfo, answer) => answer());
    outgoing.on('error', (error) => settle(failedAnswer(error.message, request.movesMoney)));
    outgoing.on('abort', () => settle({ kind: 'broken', cause: 'aborted' }));
    outgoing.on('response', (response) => {
      const parts: Buffer[] = [];
      let bytes = 0;
      response.on('data', (part) => {
        bytes += part.length;
        if (bytes > BODY_BYTES_MAX) settle({ kind: 'broken', cause: 'too-large' });
        else parts.push(part);
      });
      response.on('end', () =>
        settle({ kind: 'answered', status: response.statusCode, headers: flatHeaders(response.headers), body: Buffer.concat(parts).toString('utf8') }),
      );
      response.on('aborted', () => settle({ kind: 'broken', cause: 'cut-short' }));
      response.on('error', () => settle({ kind: 'broken', cause: 'cut-short' }));
    });
    outgoing.end(request.body ?? undefined);
  });
}

const flatHeaders = (headers: Readonly<Record<string, string | string[]>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]));
