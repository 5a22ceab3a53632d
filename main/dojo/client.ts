import type { Failure } from '../core/failure.ts';
import { canReturnCancelled } from '../core/payment/api-version.ts';
import { isNewer } from '../core/payment/newer-reading.ts';
import type { Payment } from '../core/payment/payment.ts';
import type { Move } from '../core/queue/action.ts';
import type { Taken } from '../core/queue/queue-state.ts';
import type { OwnCause } from '../core/refusals.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { Http, HttpRequest } from '../ports/http.ts';
import { decodePage, decodePayment, isPaymentId, type Page } from './decode.ts';
import { failure, malformed, notSendable, type Reply, readAnswer } from './failure.ts';
import { type MovedPayment, pathOf, requestOf } from './request.ts';
import type { RetryGate } from './retry-gate.ts';
import { takenIn } from './success-answer.ts';

const TIMEOUT_MS = 30_000;
const PAGE_LIMIT = 100;
const PAGES_MAX = 200;

export type SearchQuery = Readonly<{
  statuses?: readonly string[] | undefined;
  /** Dojo does not say whether its dates mean created or updated: ask for more than is needed, filter here. */
  startMs?: number | undefined;
  endMs?: number | undefined;
}>;
/** `untold`: holds whose captures the list leaves out. `odd`: payments that could not be read, each counted once; `oddIds`: of those whose id could be. */
export type Found = Readonly<{
  payments: readonly Payment[];
  untold: readonly Payment[];
  odd: number;
  oddIds: ReadonlySet<string>;
  pages: number;
}>;

/** `dojoAtMs`: the `Date` of the very answer that brought the payment; null: it said none, or a cache had kept it. */
export type DatedPayment = Readonly<{ payment: Payment; dojoAtMs: number | null }>;

export type DojoClient = Readonly<{
  /**
   * Every page. Payments are given once each, as the newest page shows them; `onPage` hears of each page as it comes, less what it
   * leaves untold. It is not asked for another page once nobody wants it (`isWanted`).
   */
  search(query: SearchQuery, onPage?: (payments: readonly Payment[]) => void, isWanted?: () => boolean): Promise<Result<Found, Failure>>;
  /**
   * One small search: is the connection there, and the key accepted? It alone decides with which API version is read: the newest that
   * Dojo does not answer with 400. `no-version`: there is none.
   */
  probe(): Promise<Result<null, Failure>>;
  read(paymentId: string): Promise<Result<Payment, Failure>>;
  /** The same, with what Dojo's clock said in that very answer. */
  readDated(paymentId: string): Promise<Result<DatedPayment, Failure>>;
  /** Sends once, and never again by itself. `apiVersion`: the shop's, where nothing else is said. */
  perform(move: Move, payment: MovedPayment, idempotencyKey: string, apiVersion?: string): Promise<Result<Taken, Failure>>;
}>;

/** The same, with how long Dojo asked to be left alone. While it is closed nothing is read, and each reading says so at once. */
export type PatientClient = DojoClient & Readonly<{ gate: RetryGate }>;

export type DojoClientOptions = Readonly<{
  http: Http;
  baseUrl: string;
  apiKey: string;
  /** The shop's API version: moves are sent with it. */
  version: () => string;
  /** What readings may ask with, the newest first: they see more of a payment than the shop's version may show. */
  readVersions: readonly string[];
  gate: RetryGate;
  nowMs: () => number;
  /** Measures how long a request took; where it is absent, the PC's clock does. */
  monotonicMs?: (() => number) | undefined;
  /** What Dojo's clock said in an answer, the PC's clock before the request and after the answer, and how long it took. */
  onDate?: ((dojoMs: number, startedAtWallMs: number, endedAtWallMs: number, tookMs: number) => void) | undefined;
  /** For the log: which call failed, and how. Holds no key. */
  onFailure?: ((call: 'search' | 'read' | Move['kind'], failure: Failure) => void) | undefined;
  /** Lets the window and the queue have their turn, and the request for the next page go out, before a page is taken in. */
  breathe?: (() => Promise<void>) | undefined;
}>;

/** Pages shift while payments arrive: the same one may come twice, and the second is the fresher read. */
function takeFresher(found: Map<string, Payment>, payments: readonly Payment[]): void {
  for (const payment of payments) {
    const earlier = found.get(payment.id);
    if (!earlier || isNewer(payment, earlier)) found.set(payment.id, payment);
  }
}

const aTurnOfTheLoop = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Dojo's API as the till needs it. Never rejects; every failure is one of the closed union in core/retry.ts. */
export function createDojoClient(options: DojoClientOptions): PatientClient {
  const { http, apiKey, version, readVersions, gate, nowMs, monotonicMs = nowMs, onDate, onFailure, breathe = aTurnOfTheLoop } = options;
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  // Anything else cannot be put into a header; Dojo would not know such a key either.
  const keyCanBeSent = /^[\x21-\x7e]{1,1000}$/.test(apiKey);

  type DatedReply = Reply & Readonly<{ dateMs: number | null }>;
  const [newestVersion] = readVersions;
  if (newestVersion === undefined) throw new Error('expected a version to read with');
  let readVersion = newestVersion;

  /** `idempotencyKey`: of a request that may move money; null on a read. `what`: what is asked of which payment; null: a list. */
  type Call = Readonly<{ method: HttpRequest['method']; path: string; json: unknown; idempotencyKey: string | null; what: string | null }>;

  async function call(apiVersion: string, { method, path, json, idempotencyKey, what }: Call): Promise<Result<DatedReply, Failure>> {
    if (!keyCanBeSent) return err(failure('key-refused', 'key-form'));
    // The queue knows by itself when to send: what it decided on is not held back here.
    const toldToWait = idempotencyKey === null ? gate.refusal() : null;
    if (toldToWait) return err(toldToWait);
    const startedAtWallMs = nowMs();
    const startedMs = monotonicMs();
    const answer = await http.request({
      method,
      url: `${baseUrl}${path}`,
      headers: {
        Authorization: `Basic ${apiKey}`,
        version: apiVersion,
        Accept: 'application/json',
        ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(idempotencyKey !== null && method === 'POST' ? { idempotencyKey } : {}),
      },
      body: json === undefined ? null : JSON.stringify(json),
      timeoutMs: TIMEOUT_MS,
      movesMoney: idempotencyKey !== null,
    });
    const endedAtWallMs = nowMs();
    const { result, dateMs } = readAnswer(answer, endedAtWallMs);
    if (dateMs !== null) onDate?.(dateMs, startedAtWallMs, endedAtWallMs, monotonicMs() - startedMs);
    gate.learn(result.ok ? null : result.error, what);
    return result.ok ? ok({ ...result.value, dateMs }) : result;
  }

  async function searchPage(apiVersion: string, query: SearchQuery, limit: number, after: string | null): Promise<Result<Page, Failure>> {
    const { statuses, startMs, endMs } = query;
    const json = {
      statuses: statuses && statuses.length > 0 ? statuses : undefined,
      startDate: startMs === undefined ? undefined : new Date(startMs).toISOString(),
      endDate: endMs === undefined ? undefined : new Date(endMs).toISOString(),
      cursor: { limit, after: after ?? undefined },
    };
    const reply = await call(apiVersion, { method: 'POST', path: '/payment-intents/search', json, idempotencyKey: null, what: null });
    if (!reply.ok) return reply;
    const page = decodePage(reply.value.json, apiVersion);
    return page.ok ? page : err(malformed('malformed', reply.value.status));
  }

  async function searchAll(query: SearchQuery, onPage: ((payments: readonly Payment[]) => void) | undefined, isWanted: () => boolean) {
    const found = new Map<string, Payment>();
    const untold = new Map<string, Payment>();
    const cursors = new Set<string>();
    const apiVersion = readVersion;
    const oddIds = new Set<string>();
    let nameless = 0;
    let next = searchPage(apiVersion, query, PAGE_LIMIT, null);
    for (let pages = 1; ; pages += 1) {
      const page = await next;
      if (!page.ok) return page;
      if (!isWanted()) return err(failure('not-sent', 'not-wanted'));
      const { after } = page.value;
      const isRepeated = after !== null && cursors.has(after);
      const hasNext = after !== null && !isRepeated && pages < PAGES_MAX;
      if (hasNext) {
        cursors.add(after);
        // Dojo works on the next page while this one is taken in.
        next = searchPage(apiVersion, query, PAGE_LIMIT, after);
        await breathe();
      }
      nameless += page.value.odd - page.value.oddIds.length;
      for (const id of page.value.oddIds) oddIds.add(id);
      takeFresher(found, page.value.payments);
      takeFresher(untold, page.value.untold);
      onPage?.(page.value.payments);
      // Some lists end with an empty page that names itself as the next one.
      const isEmpty = page.value.payments.length + page.value.untold.length + page.value.odd === 0;
      if (after === null || (isRepeated && isEmpty))
        return ok({ payments: [...found.values()], untold: [...untold.values()], odd: oddIds.size + nameless, oddIds, pages });
      if (!hasNext) return err(failure('unknown-outcome', isRepeated ? 'repeated-cursor' : 'too-many-pages'));
    }
  }

  async function readOne(paymentId: string): Promise<Result<DatedPayment, Failure>> {
    if (!isPaymentId(paymentId)) return err(notSendable('bad-id'));
    const apiVersion = readVersion;
    const query = canReturnCancelled(apiVersion) ? '?returnCanceled=true' : '';
    const reply = await call(apiVersion, {
      method: 'GET',
      path: `${pathOf(paymentId)}${query}`,
      json: undefined,
      idempotencyKey: null,
      what: `read ${paymentId}`,
    });
    if (!reply.ok) return reply;
    const payment = decodePayment(reply.value.json, apiVersion);
    if (!payment.ok || payment.value.id !== paymentId) return err(malformed('odd', reply.value.status));
    return ok({ payment: payment.value, dojoAtMs: reply.value.dateMs });
  }

  async function probeVersions(): Promise<Result<null, Failure>> {
    let newest: Failure | null = null;
    for (const apiVersion of readVersions) {
      const page = await searchPage(apiVersion, {}, 1, null);
      if (page.ok) {
        readVersion = apiVersion;
        return ok(null);
      }
      if (page.error.kind !== 'refused' || page.error.status !== 400) return page;
      newest ??= page.error;
    }
    return err(newest ? { ...newest, cause: 'no-version' satisfies OwnCause } : notSendable('no-version'));
  }

  async function performMove(move: Move, payment: MovedPayment, idempotencyKey: string, apiVersion: string): Promise<Result<Taken, Failure>> {
    const request = requestOf(move, payment, idempotencyKey, apiVersion);
    if (!request.ok) return request;
    const reply = await call(apiVersion, { ...request.value, idempotencyKey, what: `${move.kind} ${payment.id}` });
    return reply.ok ? takenIn(move, payment.id, reply.value) : reply;
  }

  async function told<T>(name: 'search' | 'read' | Move['kind'], result: Promise<Result<T, Failure>>): Promise<Result<T, Failure>> {
    const settled = await result;
    if (!settled.ok) onFailure?.(name, settled.error);
    return settled;
  }

  return {
    gate,
    search: (query, onPage, isWanted = () => true) => told('search', searchAll(query, onPage, isWanted)),
    probe: () => told('search', probeVersions()),
    async read(paymentId) {
      const dated = await told('read', readOne(paymentId));
      return dated.ok ? ok(dated.value.payment) : dated;
    },
    readDated: (paymentId) => told('read', readOne(paymentId)),
    perform: (move, payment, idempotencyKey, apiVersion = version()) => told(move.kind, performMove(move, payment, idempotencyKey, apiVersion)),
  };
}
