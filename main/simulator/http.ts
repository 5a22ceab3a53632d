import { never } from '../core/result.ts';
import { answerTo, problemOf, type Said } from './answer.ts';
import type { Bank } from './bank.ts';
import { createFaults, type Fault } from './faults.ts';
import { isDojoVersion } from './render.ts';
import { type Operation, routeOf } from './routes.ts';
import { FIRST_PAGE_CURSOR } from './search.ts';

export type FaceRequest = Readonly<{
  method: string;
  /** With its query. */
  path: string;
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  body: string | null;
}>;
export type FaceAnswer = Readonly<{ status: number; headers: Readonly<Record<string, string>>; body: string }>;

/** What the transport has to do with a request that was handled, or was not. */
export type Delivery =
  | Readonly<{
      kind: 'answer';
      afterMs: number;
      answer: FaceAnswer;
      trickle: Readonly<{ bytesPerStep: number; everyMs: number }> | null;
      /** The connection breaks in the middle of the body. */
      cutShort: boolean;
    }>
  | Readonly<{ kind: 'silence' }>
  | Readonly<{ kind: 'reset'; afterMs: number }>;

/** A request that came in. The transport waits, then lets it happen once with `proceed`. */
export type Handling = Readonly<{ waitMs: number; proceed(): Delivery }>;

export type JournalEntry = {
  seq: number;
  atMs: number;
  method: string;
  path: string;
  operation: Operation | null;
  /** The payment's or the refund's. */
  id: string;
  /** Lower-case names. The key is cut to its last four characters. */
  headers: Readonly<Record<string, string>>;
  body: string | null;
  fault: Fault['kind'] | null;
  /** How often the rules saw it. */
  handled: number;
  /** It changed something. */
  committed: boolean;
  /** null: no answer was given, or none yet. */
  status: number | null;
};

export type FaceOptions = Readonly<{
  bank: Bank;
  nowMs: () => number;
  /** The newest so many requests are kept. */
  journalMost?: number;
  /** Called after each request that was let happen. */
  onHandled?: () => void;
}>;

const HUGE_BYTES = 10 * 1024 * 1024;
const HTML = '<!doctype html><html><head><title>Guest Wi-Fi</title></head><body><h1>Please sign in to use this network</h1></body></html>';
const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** The simulated Dojo's HTTP face, without sockets: requests in, answers out, faults played, everything written down. */
export function createFace({ bank, nowMs, journalMost = Number.POSITIVE_INFINITY, onHandled }: FaceOptions) {
  const faults = createFaults();
  const journal: JournalEntry[] = [];
  let seq = 0;

  function receive(request: FaceRequest): Handling {
    const headers = lowerCased(request.headers);
    const route = routeOf(request.method, request.path);
    const target = { operation: route?.operation ?? null, method: request.method, path: request.path, id: route?.id ?? '' };
    const fault = faults.take(target);
    seq += 1;
    const entry: JournalEntry = {
      seq,
      atMs: nowMs(),
      ...target,
      headers: withKeyCut(headers),
      body: request.body,
      fault: fault?.kind ?? null,
      handled: 0,
      committed: false,
      status: null,
    };
    journal.push(entry);
    if (journal.length > journalMost) journal.shift();
    const happen = (): Said => {
      const atMs = nowMs();
      bank.advance(atMs); // what was due by now is not this request's doing
      const before = bank.revision();
      const { said } = answerTo(bank, { ...request, headers }, atMs);
      entry.handled += 1;
      entry.committed ||= bank.revision() !== before;
      return said;
    };
    const waitMs = (fault?.kind === 'delay-before' ? fault.ms : 0) + (fault?.beforeMs ?? 0);
    let done = false;
    return {
      waitMs,
      proceed() {
        if (done) throw new Error('expected a request to happen once');
        done = true;
        const delivery = deliver(fault, happen, request, headers);
        if (delivery.kind === 'answer') entry.status = delivery.answer.status;
        onHandled?.();
        return delivery;
      },
    };
  }

  function deliver(fault: Fault | null, happen: () => Said, request: FaceRequest, headers: Readonly<Record<string, string>>): Delivery {
    const afterMs = fault?.afterMs ?? 0;
    const answered = (answer: FaceAnswer, more: Partial<Extract<Delivery, { kind: 'answer' }>> = {}): Delivery => ({
      kind: 'answer',
      afterMs,
      answer,
      trickle: null,
      cutShort: false,
      ...more,
    });
    const dated = (status: number, contentType: string | null, body: string, extra: Record<string, string> = {}): FaceAnswer => ({
      status,
      headers: { date: new Date(nowMs()).toUTCString(), ...(contentType === null ? {} : { 'content-type': contentType }), ...extra },
      body,
    });
    const asJson = ({ status, json }: Said, extra: Record<string, string> = {}): FaceAnswer =>
      json === undefined ? dated(status, null, '', extra) : dated(status, 'application/json', JSON.stringify(json), extra);
    const troubled = (status: number, retryAfter: string | undefined): FaceAnswer => {
      const version = headers.version ?? '';
      const refusal = { status, title: TITLES[status] ?? 'Error', detail: 'Ordered for practice.' };
      const json = problemOf(refusal, isDojoVersion(version) ? version : null, bank);
      return asJson({ status, json }, retryAfter === undefined ? {} : { 'retry-after': retryAfter });
    };

    if (!fault) return answered(asJson(happen()));
    switch (fault.kind) {
      case 'delay-before':
        return answered(asJson(happen()));
      case 'delay-after-commit':
        return answered(asJson(happen()), { afterMs: afterMs + fault.ms });
      case 'drop-before':
        return { kind: 'silence' };
      case 'drop-after-commit':
        happen();
        return { kind: 'silence' };
      case 'reset-before':
        return { kind: 'reset', afterMs };
      case 'reset-after-commit':
        happen();
        return { kind: 'reset', afterMs };
      case 'status-before':
        return answered(troubled(fault.status, fault.retryAfter));
      case 'status-after-commit':
        happen();
        return answered(troubled(fault.status, fault.retryAfter));
      case 'throttle':
        return answered(troubled(429, fault.retryAfterSeconds === undefined ? undefined : String(fault.retryAfterSeconds)));
      case 'html-after-commit':
        happen();
        return answered(dated(200, 'text/html; charset=utf-8', HTML));
      case 'html-before':
        return answered(dated(200, 'text/html; charset=utf-8', HTML));
      case 'malformed-before':
        return answered(dated(200, 'application/json', '{"data":[{"id":"pi_sandbox_'));
      case 'malformed-after-commit': {
        const whole = asJson(happen());
        return answered({ ...whole, body: whole.body.slice(0, Math.floor(whole.body.length / 2)) });
      }
      case 'cut-short':
        return answered(asJson(happen()), { cutShort: true });
      case 'trickle':
        return answered(asJson(happen()), { trickle: { bytesPerStep: fault.bytesPerStep ?? 8, everyMs: fault.everyMs ?? 50 } });
      case 'huge': {
        const { status, json } = happen();
        const padded = typeof json === 'object' && json !== null ? { ...json, padding: ' '.repeat(HUGE_BYTES) } : { padding: ' '.repeat(HUGE_BYTES) };
        return answered(asJson({ status, json: padded }));
      }
      case 'double': {
        const first = happen();
        const second = happen();
        return answered(asJson(fault.hears === 'second' ? second : first));
      }
      case 'repeated-cursor': {
        const said = happen();
        const { json } = said;
        if (typeof json !== 'object' || json === null || !('data' in json)) return answered(asJson(said));
        return answered(asJson({ ...said, json: { ...json, after: askedAfter(request.body) ?? FIRST_PAGE_CURSOR } }));
      }
      case 'outcome': {
        const route = routeOf(request.method, request.path);
        const undo = route?.operation === 'capture' ? bank.orderOutcome(fault.outcome, route.id) : null;
        const said = happen();
        undo?.(); // a refused capture has no outcome: it must not wait for the next one
        return answered(asJson(said));
      }
      default:
        return never(fault);
    }
  }

  return {
    receive,
    /** At once, for a caller without a line. A fault that gives no answer is a mistake of such a caller and throws. */
    handle(request: FaceRequest): FaceAnswer {
      const delivery = receive(request).proceed();
      if (delivery.kind !== 'answer') throw new Error(`expected an answer, the ordered fault gives ${delivery.kind}`);
      return delivery.answer;
    },
    faults,
    journal: (): readonly Readonly<JournalEntry>[] => journal,
    bank,
    nowMs,
  };
}

export type Face = ReturnType<typeof createFace>;

const lowerCased = (headers: FaceRequest['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), typeof value === 'string' ? value : value.join(', ')] as const],
    ),
  );

function withKeyCut(headers: Readonly<Record<string, string>>): Record<string, string> {
  const { authorization, ...others } = headers;
  if (authorization === undefined) return others;
  const [word = '', ...rest] = authorization.split(' ');
  return { ...others, authorization: `${rest.length > 0 ? word : ''} …${authorization.slice(-4)}`.trim() };
}

function askedAfter(body: string | null): string | null {
  const asked: unknown = JSON.parse(body ?? 'null');
  const cursor = typeof asked === 'object' && asked !== null && 'cursor' in asked ? asked.cursor : null;
  return typeof cursor === 'object' && cursor !== null && 'after' in cursor && typeof cursor.after === 'string' ? cursor.after : null;
}
