import { never } from '../core/result.ts';
import { problemOf, type Said } from './answer.ts';
import type { Bank } from './bank.ts';
import type { Delivery, FaceAnswer } from './delivery.ts';
import type { Fault } from './faults.ts';
import { refusals, titleOf } from './refusals.ts';
import { isDojoVersion } from './render.ts';
import { routeOf } from './routes.ts';
import { FIRST_PAGE_CURSOR } from './search.ts';

const HUGE_BYTES = 10 * 1024 * 1024;
const SIGN_IN = '<!doctype html><html><head><title>Guest Wi-Fi</title></head><body><h1>Please sign in to use this network</h1></body></html>';

/** What is in between says with this status: a network that wants somebody to sign in, or a proxy. */
export function pageOf(status: number): string {
  const words = `${status} ${titleOf(status)}`;
  return status === 200 ? SIGN_IN : `<!doctype html><html><head><title>${words}</title></head><body><h1>${words}</h1></body></html>`;
}

export type Played = Readonly<{
  fault: Fault | null;
  bank: Bank;
  request: Readonly<{ method: string; path: string; body: string | null }>;
  version: string;
  /** This answer's `Date`; null: it has none. */
  date: string | null;
  happen(): Said;
}>;

/** Lets a request happen, or not, as its fault says, and tells what is to be heard of it. */
export function play({ fault, bank, request, version, date, happen }: Played): Delivery {
  const afterMs = fault?.afterMs ?? 0;
  const answered = (answer: FaceAnswer, more: Partial<Extract<Delivery, { kind: 'answer' }>> = {}): Delivery => ({
    kind: 'answer',
    afterMs,
    answer,
    trickle: null,
    cutShort: false,
    ...more,
  });
  const dated = (status: number, contentType: string | null, body: string, extra: Readonly<Record<string, string>> = {}): FaceAnswer => ({
    status,
    headers: { ...(date === null ? {} : { date }), ...(contentType === null ? {} : { 'content-type': contentType }), ...extra },
    body,
  });
  const asJson = ({ status, json, headers }: Said): FaceAnswer =>
    json === undefined ? dated(status, null, '', headers) : dated(status, 'application/json', JSON.stringify(json), headers);
  const waiting = (retryAfter: string | undefined) => (retryAfter === undefined ? {} : { 'retry-after': retryAfter });
  const troubled = (status: number, retryAfter: string | undefined): FaceAnswer =>
    asJson({ status, json: problemOf(refusals.ordered(status), isDojoVersion(version) ? version : null, bank), headers: waiting(retryAfter) });
  const page = (status: number, retryAfter?: string) => answered(dated(status, 'text/html; charset=utf-8', pageOf(status), waiting(retryAfter)));
  const nothingBut = (status: number, retryAfter?: string) => answered(dated(status, null, '', waiting(retryAfter)));

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
    case 'html-before':
      return page(fault.status ?? 200, fault.retryAfter);
    case 'html-after-commit':
      happen();
      return page(fault.status ?? 200, fault.retryAfter);
    case 'empty-before':
      return nothingBut(fault.status, fault.retryAfter);
    case 'empty-after-commit':
      happen();
      return nothingBut(fault.status, fault.retryAfter);
    case 'late':
      if (fault.hears === 'page') return page(fault.status ?? 504);
      return fault.hears === 'reset' ? { kind: 'reset', afterMs } : { kind: 'silence' };
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
      const said = happen();
      const padding = ' '.repeat(HUGE_BYTES);
      return answered(asJson({ ...said, json: typeof said.json === 'object' && said.json !== null ? { ...said.json, padding } : { padding } }));
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

function askedAfter(body: string | null): string | null {
  const asked: unknown = JSON.parse(body ?? 'null');
  const cursor = typeof asked === 'object' && asked !== null && 'cursor' in asked ? asked.cursor : null;
  return typeof cursor === 'object' && cursor !== null && 'after' in cursor && typeof cursor.after === 'string' ? cursor.after : null;
}
