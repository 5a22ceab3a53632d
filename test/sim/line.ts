import type { Http, HttpAnswer, HttpRequest } from '../../main/ports.ts';
import { answerTo } from '../../main/training/answer.ts';
import type { Bank } from '../../main/training/bank.ts';
import type { SeededRandom } from '../../main/training/random.ts';
import type { SimClock } from './clock.ts';

/** What can go wrong with one request, and how often of a thousand. Everything but `none` leaves the till in some doubt. */
export const FAULTS = {
  'not-sent': 30,
  'lost-before': 30, // never reaches Dojo; the till hears nothing
  'lost-after': 40, // done, but the answer is lost
  'reset-after': 25,
  late: 20, // the till's time-out passes first, then Dojo does it, inside the settling time
  'http-500-before': 15,
  'http-503-after': 15,
  'http-429': 15,
  html: 15,
  truncated: 15, // done, but the answer's JSON is cut short
  slow: 40,
} as const;
export type Fault = keyof typeof FAULTS | 'double';

/** A request that money could follow, as Dojo's side saw it. */
export type Sent = Readonly<{ idempotencyKey: string; path: string; sentAtTrueMs: number }>;
/** Something Dojo really did for a request. `id`: of the capture, refund or reversal. */
export type Committed = Readonly<{ idempotencyKey: string; path: string; id: string; atTrueMs: number }>;

export type SimLine = Readonly<{
  /** The network as one life of a till sees it: after its death nothing comes back. */
  httpFor(alive: () => boolean): Http;
  setDown(down: boolean): void;
  setFaults(on: boolean, doubles: boolean): void;
  sent: readonly Sent[];
  committed: readonly Committed[];
  doubledKeys: ReadonlySet<string>;
  injected: ReadonlyMap<Fault, number>;
  /** Money requests on the wire at once, the most per payment so far. */
  mostAtOnce(): number;
}>;

const HTML: HttpAnswer = { kind: 'answered', status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Sign in to the network</html>' };

export function createSimLine(clock: SimClock, bank: Bank, random: SeededRandom): SimLine {
  let down = false;
  let faultsOn = true;
  let doublesOn = false;
  let mostAtOnce = 0;
  const sent: Sent[] = [];
  const committed: Committed[] = [];
  const doubledKeys = new Set<string>();
  const injected = new Map<Fault, number>();

  function draw(request: HttpRequest): Fault | null {
    if (!faultsOn) return null;
    if (doublesOn && request.movesMoney && random.chance(0.02)) return 'double';
    let rest = random.whole(0, 999);
    for (const [fault, rate] of Object.entries(FAULTS) as [Fault, number][]) {
      rest -= rate;
      if (rest < 0) return fault;
    }
    return null;
  }

  /** Dojo handles it. The journal remembers what really happened. */
  function handle(request: HttpRequest): HttpAnswer {
    const path = new URL(request.url).pathname + new URL(request.url).search;
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]));
    const { said } = answerTo(bank, { method: request.method, path, headers, body: request.body }, clock.trueMs());
    const key = headers.idempotencykey;
    if (request.movesMoney && key && said.status < 300) {
      const json = said.json as Record<string, unknown> | undefined;
      const id = String(json?.captureId ?? json?.refundId ?? json?.reversalId ?? json?.id ?? 'done');
      if (!committed.some((earlier) => earlier.idempotencyKey === key && earlier.id === id))
        committed.push({ idempotencyKey: key, path, id, atTrueMs: clock.trueMs() });
    }
    const date = new Date(clock.trueMs()).toUTCString();
    return {
      kind: 'answered',
      status: said.status,
      headers: { 'content-type': 'application/json', date },
      body: said.json === undefined ? '' : JSON.stringify(said.json),
    };
  }

  const httpFor = (alive: () => boolean): Http => {
    const onWire = new Map<string, number>();
    return {
      request: (request) =>
        new Promise<HttpAnswer>((resolve) => {
          const path = new URL(request.url).pathname;
          const end = (answer: HttpAnswer) => {
            if (request.movesMoney) onWire.set(path, (onWire.get(path) ?? 1) - 1);
            if (alive()) resolve(answer);
          };
          const after = (delayMs: number, then: () => void) => void clock.after(delayMs, then);
          if (!alive()) return;
          if (request.movesMoney) {
            onWire.set(path, (onWire.get(path) ?? 0) + 1);
            mostAtOnce = Math.max(mostAtOnce, onWire.get(path) ?? 0);
          }
          const fault = down ? 'not-sent' : draw(request);
          if (fault && !down) injected.set(fault, (injected.get(fault) ?? 0) + 1);
          if (fault === 'not-sent') return after(5, () => end({ kind: 'not-sent', cause: 'ECONNREFUSED' }));
          const key = Object.entries(request.headers).find(([name]) => name.toLowerCase() === 'idempotencykey')?.[1];
          if (request.movesMoney && key) sent.push({ idempotencyKey: key, path, sentAtTrueMs: clock.trueMs() });
          const upMs = random.whole(20, 250);
          const backMs = random.whole(20, 250);
          const timeout: HttpAnswer = { kind: 'broken', cause: 'timeout' };
          switch (fault) {
            case null:
              return after(upMs, () => {
                const answer = handle(request);
                after(backMs, () => end(answer));
              });
            case 'slow':
              return after(upMs + random.whole(1_000, 20_000), () => {
                const answer = handle(request);
                after(backMs, () => end(answer));
              });
            case 'lost-before':
              return after(request.timeoutMs, () => end(timeout));
            case 'lost-after':
              after(upMs, () => void handle(request));
              return after(request.timeoutMs, () => end(timeout));
            case 'reset-after':
              return after(upMs, () => {
                handle(request);
                after(backMs, () => end({ kind: 'broken', cause: 'reset' }));
              });
            case 'late':
              after(request.timeoutMs + random.whole(1, 50_000), () => void handle(request));
              return after(request.timeoutMs, () => end(timeout));
            case 'http-500-before':
              return after(upMs, () => end({ kind: 'answered', status: 500, headers: { 'content-type': 'application/json' }, body: '{"title":"Error"}' }));
            case 'http-503-after':
              return after(upMs, () => {
                handle(request);
                after(backMs, () => end({ kind: 'answered', status: 503, headers: { 'content-type': 'text/html' }, body: '<html>Unavailable</html>' }));
              });
            case 'http-429':
              return after(upMs, () =>
                end({
                  kind: 'answered',
                  status: 429,
                  headers: { 'content-type': 'application/json', 'retry-after': String(random.whole(1, 20)) },
                  body: '{"title":"Too many requests"}',
                }),
              );
            case 'html':
              return after(upMs, () => end(HTML));
            case 'truncated':
              return after(upMs, () => {
                const answer = handle(request);
                after(backMs, () => end(answer.kind === 'answered' ? { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) } : answer));
              });
            case 'double':
              if (key) doubledKeys.add(key);
              return after(upMs, () => {
                const answer = handle(request);
                handle(request);
                after(backMs, () => end(answer));
              });
          }
        }),
    };
  };

  return {
    httpFor,
    setDown(now) {
      down = now;
    },
    setFaults(on, doubles) {
      faultsOn = on;
      doublesOn = doubles;
    },
    sent,
    committed,
    doubledKeys,
    injected,
    mostAtOnce: () => mostAtOnce,
  };
}
