import { app, type ClientRequest, net, type Session, session } from 'electron';
import type { WallClock } from '../ports/clock.ts';
import { BODY_BYTES_MAX, type Http, type HttpAnswer, type HttpRequest } from '../ports/http.ts';
import { createLanes, createShared } from './connections.ts';
import { failedAnswer } from './net-errors.ts';

/** Requests that move money on the wire at once: the queue's eight, the 24 whose answer it no longer waits for, and one to spare. */
const LANES_MOST = 8 + 24 + 1;
/** What Chromium opens to one host within a session; what comes after that waits behind the others, even behind those that hang. */
const CONNECTIONS_EACH = 6;
/** The readings of the queue (8 and 24 that hang), of the list and of a person, and some to spare. */
const READ_SESSIONS_MOST = 9;
/** Closing takes a moment. Whether a move is too late was judged before it: it must not go out long after that. */
const CLOSING_MOST_MS = 5_000;

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

/** What Chromium calls the process that all its network goes through. */
const NETWORK_PROCESS = 'network.mojom.NetworkService';

/** What requests go out through, as long as one network process lives. Each is made when it is first needed: all together would keep the start waiting. */
const sessionsOf = (generation: number) => ({
  generation,
  lanes: createLanes(LANES_MOST, (number) => isolatedSession(`dojo-money-${generation}-${number}`)),
  reads: createShared(READ_SESSIONS_MOST, CONNECTIONS_EACH, (number) => isolatedSession(`dojo-reads-${generation}-${number}`)),
});

/**
 * Chromium's network stack: system proxies, the operating system's certificates.
 *
 * Chromium repeats a request by itself, a POST too, when the connection it went out on had been used before and breaks before
 * an answer: a capture would be made twice. So a request that moves money never goes out on such a connection: it has an
 * in-memory session to itself, whose connections are all closed before it starts.
 */
export function createElectronHttp(clock: WallClock): Http {
  let sessions = sessionsOf(1);
  // Chromium starts a new network process when one has died. A session that was used with the old one fails for ever after (Electron's
  // own fault: electron/electron#49572), so all of them give way to new ones. For as long as the program runs.
  app.on('child-process-gone', (_event, { serviceName }) => {
    if (serviceName === NETWORK_PROCESS) sessions = sessionsOf(sessions.generation + 1);
  });

  async function requestAlone(request: HttpRequest): Promise<HttpAnswer> {
    for (;;) {
      const from = sessions;
      const lane = await from.lanes.take();
      try {
        await closeConnections(lane, clock);
      } catch (error) {
        // A connection of before may still be open in it.
        from.lanes.discard(lane);
        throw error;
      }
      const isAlive = from === sessions;
      const answer = isAlive ? await send(request, lane, clock) : null;
      from.lanes.giveBack(lane);
      if (answer) return answer;
    }
  }

  async function requestShared(request: HttpRequest): Promise<HttpAnswer> {
    const { reads } = sessions;
    const session = await reads.take();
    const answer = await send(request, session, clock);
    reads.giveBack(session);
    return answer;
  }

  return {
    async request(request) {
      try {
        return await (request.movesMoney ? requestAlone(request) : requestShared(request));
      } catch (error) {
        // Sending itself never throws: it had not begun.
        return notSent(error);
      }
    },
  };
}

const notSent = (error: unknown): HttpAnswer => ({ kind: 'not-sent', cause: `not a request: ${error instanceof Error ? error.message : 'unknown'}` });

/** No `persist:` prefix: nothing of it is on disk. */
const isolatedSession = (name: string): Session => session.fromPartition(name, { cache: false });

/** Chromium never answers where its network process has just died. */
async function closeConnections(lane: Session, clock: WallClock): Promise<void> {
  let cancel = (): void => undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    cancel = clock.after(CLOSING_MOST_MS, () => reject(new Error('the connections of before could not be closed in time')));
  });
  try {
    await Promise.race([lane.closeAllConnections(), deadline]);
  } finally {
    cancel();
  }
}

/** Never rejects, so that what it goes through is always given back. */
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
      for (const [name, value] of Object.entries(request.headers)) outgoing.setHeader(name, value);
    } catch (error) {
      settle(notSent(error));
      return;
    }

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
    try {
      outgoing.end(request.body ?? undefined);
    } catch {
      settle({ kind: 'broken', cause: 'ended-badly' });
    }
  });
}

const flatHeaders = (headers: Readonly<Record<string, string | string[]>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]));
