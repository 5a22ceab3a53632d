import { z } from 'zod';
import { err, ok, type Result } from '../core/result.ts';
import type { Bank } from './bank.ts';
import type { Refusal } from './intent.ts';
import { refusals } from './refusals.ts';
import {
  changesTips,
  type DojoVersion,
  isDojoVersion,
  listsCaptures,
  renderCaptureAnswer,
  renderIntent,
  renderRefund,
  renderReversalAnswer,
} from './render.ts';
import { type Route, routeOf } from './routes.ts';
import { type Standing, standingFor } from './standing.ts';

export type Asked = Readonly<{ method: string; path: string; headers: Readonly<Record<string, string>>; body: string | null }>;
/** `headers`: those that are part of what Dojo says. `did`: the id of what was done, which no client hears where the answer leaves it out. */
export type Said = Readonly<{ status: number; json: unknown; headers?: Readonly<Record<string, string>>; did?: string }>;

const int64 = z.int();
const money = z.strictObject({ value: int64, currencyCode: z.string().min(1).max(10) });
const dateTime = z.iso.datetime({ offset: true });
const intentStatus = z.enum(['Created', 'Authorized', 'Captured', 'Reversed', 'Refunded', 'Canceled']);

/** The request schemas of the specification: a field they do not have is refused. */
const requests = {
  search: z.strictObject({
    statuses: z.array(intentStatus).nullish(),
    startDate: dateTime.nullish(),
    endDate: dateTime.nullish(),
    cursor: z.strictObject({ limit: int64.min(1).max(100).optional(), before: z.string().nullish(), after: z.string().nullish() }).nullish(),
  }),
  capture: z.strictObject({ amount: int64, tipsAmount: int64.nullish() }),
  captureBefore2024: z.strictObject({ amount: int64 }),
  refund: z.strictObject({
    amount: int64,
    refundReason: z.string().max(1024).nullish(),
    notes: z.string().max(4096).nullish(),
    previousTransactionId: z.string().max(100).nullish(),
  }),
  refundBefore2024: z.strictObject({ amount: int64, refundReason: z.string().max(1024).nullish(), notes: z.string().max(4096).nullish() }),
  amount: z.strictObject({ amount: money, itemLines: z.array(z.unknown()).nullish(), taxLines: z.array(z.unknown()).nullish() }),
  amountBefore2024: z.strictObject({ amount: money }),
  tips: z.strictObject({ tipsAmount: money }),
  receipt: z.strictObject({ emails: z.array(z.email()).min(1) }),
} as const;

/** The request's JSON as its schema has it, or the 400 with every field at fault. */
function bodyOf<S extends z.ZodType>(asked: Asked, schema: S): Result<z.output<S>, Refusal> {
  if (!/^application\/json\b/i.test(asked.headers['content-type'] ?? ''))
    return err({ status: 415, title: 'Unsupported Media Type', detail: 'The body must be application/json.' });
  let json: unknown;
  try {
    json = JSON.parse(asked.body ?? '');
  } catch {
    return err(refusals.badRequest('The body is not JSON.'));
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const errors = Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join('.') || '$', [issue.message]]));
  return err({ ...refusals.invalid('$', 'The request is not valid.'), errors });
}

const timeOf = (text: string | null | undefined): number | null => (text ? Date.parse(text) : null);

const IDEMPOTENCY_KEY_MOST = 100;

/** What the simulated Dojo says to a request. Faults, headers and the journal are not its matter. */
export function answerTo(bank: Bank, asked: Asked, nowMs: number): { said: Said; version: DojoVersion | null } {
  const version = asked.headers.version ?? '';
  const known = isDojoVersion(version) ? version : null;
  const apiKey = /^Basic (\S+)$/.exec(asked.headers.authorization ?? '')?.[1];
  const accountId = apiKey === undefined ? null : bank.authenticate(apiKey);
  const refuse = (refusal: Refusal) => ({ said: { status: refusal.status, json: problemOf(refusal, known, bank) }, version: known });
  const route = routeOf(asked.method, asked.path);
  const target = { operation: route?.operation ?? null, method: asked.method, path: asked.path, id: route?.id ?? '', version };
  const standing = standingFor(bank.switches().refusing, target, nowMs);
  if (standing && !standing.afterCommit) return { said: refusedFor(standing, known, bank), version: known };
  if (accountId === null) return refuse(refusals.unauthorized);
  if (known === null) return refuse(refusals.invalid('version', version === '' ? 'The version header is required.' : `The version ${version} is not known.`));
  if (!route) return refuse(refusals.unknownOperation);
  const said = perform(bank, accountId, route, asked, known, nowMs);
  if (standing) return { said: refusedFor(standing, known, bank), version: known };
  return said.ok ? { said: said.value, version: known } : refuse(said.error);
}

function refusedFor({ status, retryAfter }: Standing, version: DojoVersion | null, bank: Bank): Said {
  const json = problemOf(refusals.ordered(status), version, bank);
  return { status, json, ...(retryAfter === undefined ? {} : { headers: { 'retry-after': String(retryAfter) } }) };
}

function perform(bank: Bank, accountId: string, route: Route, asked: Asked, version: DojoVersion, nowMs: number): Result<Said, Refusal> {
  const { id } = route;
  const says = <T>(result: Result<T, Refusal>, render: (value: T) => unknown, status = 200): Result<Said, Refusal> =>
    result.ok ? ok({ status, json: render(result.value) }) : result;
  const does = <T>(result: Result<T, Refusal>, render: (value: T) => unknown, idOf: (value: T) => string): Result<Said, Refusal> =>
    result.ok ? ok({ status: 200, json: render(result.value), did: idOf(result.value) }) : result;
  const shown = (intent: Parameters<typeof renderIntent>[0]) => renderIntent(intent, version, bank.switches(), nowMs);
  const recent = listsCaptures(version);
  const listed = (intent: Parameters<typeof renderIntent>[0]) => {
    const { captures, ...others } = shown(intent);
    const { searchCaptures } = bank.switches();
    return !recent || searchCaptures === 'absent' ? others : { ...others, captures: searchCaptures === 'null' ? null : captures };
  };
  const key = asked.headers.idempotencykey ?? null;

  switch (route.operation) {
    case 'search': {
      const body = bodyOf(asked, requests.search);
      if (!body.ok) return body;
      const { statuses, startDate, endDate, cursor } = body.value;
      const query = { statuses, startAtMs: timeOf(startDate), endAtMs: timeOf(endDate), limit: cursor?.limit, before: cursor?.before, after: cursor?.after };
      return says(bank.search(accountId, query, nowMs), (page) => ({ data: page.intents.map(listed), before: page.before, after: page.after }));
    }
    case 'read':
      return says(bank.read(accountId, id, recent && route.query.get('returnCanceled') === 'true', nowMs), shown);
    case 'capture': {
      const body: Result<{ amount: number; tipsAmount?: number | null | undefined }, Refusal> = bodyOf(
        asked,
        recent ? requests.capture : requests.captureBefore2024,
      );
      if (!body.ok) return body;
      const { amount, tipsAmount } = body.value;
      const reference = bank.intent(id)?.reference ?? '';
      return does(
        bank.capture(accountId, id, { amountMinor: amount, tipsMinor: tipsAmount ?? 0, tipsSayable: recent, idempotencyKey: key }, nowMs),
        (capture) => renderCaptureAnswer(capture, reference, version, bank.switches()),
        (capture) => (version === '2022-01-03' ? String(capture.number) : capture.id),
      );
    }
    case 'reverse': {
      const reference = bank.intent(id)?.reference ?? '';
      return does(
        bank.reverse(accountId, id, nowMs),
        ({ reversalId }) => renderReversalAnswer(reversalId, reference, version, bank.switches()),
        ({ reversalId }) => reversalId,
      );
    }
    case 'refund': {
      if (!key) return err(refusals.invalid('idempotencyKey', 'The idempotencyKey header is required.'));
      if (key.length > IDEMPOTENCY_KEY_MOST) return err(refusals.invalid('idempotencyKey', `At most ${IDEMPOTENCY_KEY_MOST} characters.`));
      const body: Result<z.output<typeof requests.refund>, Refusal> = bodyOf(asked, recent ? requests.refund : requests.refundBefore2024);
      if (!body.ok) return body;
      const { amount, ...words } = body.value;
      return does(
        bank.refund(accountId, id, { amountMinor: amount, idempotencyKey: key, ...words }, nowMs),
        (refund) => renderRefund(refund, version === '2022-01-03' ? 'named' : bank.switches().answerIds),
        ({ refundId }) => refundId,
      );
    }
    case 'read-refund':
      return says(bank.readRefund(accountId, id), (refund) => renderRefund(refund));
    case 'cancel':
      return says(bank.cancel(accountId, id, nowMs), shown);
    case 'set-amount': {
      const body = bodyOf(asked, recent ? requests.amount : requests.amountBefore2024);
      return body.ok ? says(bank.setAmount(accountId, id, body.value.amount, nowMs), shown) : body;
    }
    case 'set-tips': {
      if (!changesTips(version)) return err(refusals.unknownOperation);
      const body = bodyOf(asked, requests.tips);
      return body.ok ? says(bank.setTips(accountId, id, body.value.tipsAmount, nowMs), shown) : body;
    }
    case 'send-receipt': {
      const body = bodyOf(asked, requests.receipt);
      return body.ok ? says(bank.sendReceipt(accountId, id, body.value.emails, nowMs), () => undefined, 204) : body;
    }
  }
}

/** RFC 7807. From 2024-02-05 on the extras stand inside `extensions`, before at the top: Dojo's prose and schemas show both. */
export function problemOf(refusal: Refusal, version: DojoVersion | null, bank: Pick<Bank, 'random'>): Record<string, unknown> {
  const extras = { traceId: `00-${bank.random.hex(32)}-${bank.random.hex(16)}-00`, ...(refusal.errors ? { errors: refusal.errors } : {}) };
  return {
    type: `https://httpstatuses.io/${refusal.status}`,
    title: refusal.title,
    status: refusal.status,
    detail: refusal.detail,
    ...(version !== null && listsCaptures(version) ? { extensions: extras } : extras),
  };
}
