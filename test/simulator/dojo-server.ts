import 'temporal-polyfill/global';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { createArrivals } from '../../main/simulator/arrivals.ts';
import { type BankOptions, createBank, TRAINING_ACCOUNT } from '../../main/simulator/bank.ts';
import { type ShopDayOptions, shopDay } from '../../main/simulator/day.ts';
import type { Delivery, FaceAnswer, Handling } from '../../main/simulator/delivery.ts';
import { createFace } from '../../main/simulator/http.ts';
import { matches, type RequestMatch } from '../../main/simulator/match.ts';
import type { NewPayment } from '../../main/simulator/new-payment.ts';
import { seededRandom } from '../../main/simulator/random.ts';
import type { Switches } from '../../main/simulator/switches.ts';

export const DEFAULT_KEY = 'sk_sandbox_dojo0001';

export type DojoServerOptions = Readonly<{
  /** 0: any free one. */
  port?: number;
  seed?: number;
  zone?: string;
  /** API key → account. Payments are put into `acc_training` unless they say otherwise. */
  keys?: Readonly<Record<string, string>>;
  switches?: Partial<Switches>;
  /** Dojo's clock. */
  nowMs?: () => number;
  /** A shop's day to begin with; left out: an empty shop. */
  day?: Partial<Omit<ShopDayOptions, 'nowMs' | 'zone'>>;
  /** The rest of what a bank can be told: settling, chances of a decline. */
  bank?: Partial<BankOptions>;
  /** Answers a request before the simulated Dojo sees it; null leaves it to Dojo. */
  beside?: (request: IncomingMessage, body: string) => FaceAnswer | null;
}>;

const BODY_BYTES_MOST = 1024 * 1024;

/** The simulated Dojo as a real server on the loopback address: real sockets that really break. */
export async function startDojoServer(options: DojoServerOptions = {}) {
  const { port: wantedPort = 0, seed = 1, zone = 'Europe/London', keys = { [DEFAULT_KEY]: TRAINING_ACCOUNT }, nowMs = Date.now, day, beside } = options;
  const bank = createBank({ seed, zone, keys, ...(options.switches ? { switches: options.switches } : {}), ...options.bank });
  const face = createFace({ bank, nowMs });
  if (day) for (const payment of shopDay({ seed, dayStartMinutes: 0, ...day, nowMs: nowMs(), zone })) bank.addPayment(payment, nowMs());

  const closing = new AbortController();
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      // A client that hangs up, and a server that is being closed, are no trouble.
      if (!closing.signal.aborted && !request.destroyed) console.error('The simulated Dojo broke:', error);
      request.socket.destroy();
    });
  });
  // A client may keep a connection for longer than Node would by itself.
  server.keepAliveTimeout = 60_000;

  const pause = async (ms: number) => {
    if (ms > 0) await wait(ms, undefined, { signal: closing.signal });
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const other = beside?.(request, body);
    if (other) {
      response.writeHead(other.status, other.headers).end(other.body);
      return;
    }
    const handling = face.receive({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: body === '' ? null : body });
    if (handling.later) happenLater(handling.later);
    await withheldFrom(face.journal().at(-1));
    await pause(handling.waitMs);
    await give(handling.proceed(), request, response);
  }

  type Withheld = { match: RequestMatch; skip: number; isLetGo: Promise<void> };
  const withheld = new Set<Withheld>();

  /** Requests that fit wait for their turn until they are let go; so many of them first do not. For what has to happen before an answer comes. */
  function withhold(match: RequestMatch, skip = 0): () => void {
    const { promise: isLetGo, resolve } = Promise.withResolvers<void>();
    const entry: Withheld = { match, skip, isLetGo };
    withheld.add(entry);
    return () => {
      withheld.delete(entry);
      resolve();
    };
  }

  async function withheldFrom(asked: ReturnType<typeof face.journal>[number] | undefined): Promise<void> {
    if (!asked) return;
    const fitting = [...withheld].filter(({ match }) => matches(match, { ...asked, version: asked.headers.version ?? '' }));
    await Promise.all(fitting.map((entry) => (entry.skip-- > 0 ? null : entry.isLetGo)));
  }

  /** Nobody waits for it. The server's end ends it too. */
  function happenLater({ afterMs, happen }: NonNullable<Handling['later']>): void {
    const timer = setTimeout(happen, afterMs);
    closing.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  }

  async function give(delivery: Delivery, request: IncomingMessage, response: ServerResponse): Promise<void> {
    switch (delivery.kind) {
      case 'silence':
        return; // the client's own patience ends it, or the line's end
      case 'reset':
        await pause(delivery.afterMs);
        request.socket.resetAndDestroy();
        return;
      case 'answer': {
        const { answer, afterMs, trickle, cutShort } = delivery;
        await pause(afterMs);
        const bytes = Buffer.from(answer.body);
        response.sendDate = false; // what time it is at Dojo is the face's to say
        // A 204 has neither a body nor its length.
        response.writeHead(answer.status, answer.status === 204 ? answer.headers : { ...answer.headers, 'content-length': bytes.length });
        if (cutShort) {
          response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => request.socket.resetAndDestroy());
          return;
        }
        if (trickle) {
          for (let at = 0; at < bytes.length && !response.destroyed; at += trickle.bytesPerStep) {
            response.write(bytes.subarray(at, at + trickle.bytesPerStep));
            await pause(trickle.everyMs);
          }
          response.end();
          return;
        }
        response.end(bytes);
      }
    }
  }

  const listen = (port: number) =>
    new Promise<number>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        resolve((server.address() as AddressInfo).port);
      });
    });
  const stopListening = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });

  const port = await listen(wantedPort);
  const clock = {
    nowMs,
    after: (delayMs: number, callback: () => void) => {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
  };
  const arrivals = createArrivals({ bank, clock, random: seededRandom(seed ^ 0x5eed) });

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    bank,
    face,
    faults: face.faults,
    withhold,
    /** Every request that came in, in order. */
    journal: face.journal,
    addPayment: (payment: NewPayment) => bank.addPayment(payment, nowMs()),
    arrivals,
    /** The line goes down: connections break, new ones are refused. */
    closeLine: () => (server.listening ? stopListening() : Promise.resolve()),
    /** The line is back, at the same address. */
    openLine: async () => {
      if (!server.listening) await listen(port);
    },
    async close() {
      closing.abort();
      arrivals.stop();
      if (server.listening) await stopListening();
    },
  };
}

export type DojoServer = Awaited<ReturnType<typeof startDojoServer>>;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += part.length;
    if (bytes > BODY_BYTES_MOST) throw new Error('expected a body of a request to Dojo, got far more');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
