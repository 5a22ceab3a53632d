import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FailureKind } from '../../main/core/failure.ts';
import type { Move } from '../../main/core/queue/action.ts';
import { createDojoClient } from '../../main/dojo/client.ts';
import { decodePayment } from '../../main/dojo/decode.ts';
import type { HttpAnswer, HttpRequest } from '../../main/ports/http.ts';
import { API_VERSIONS } from '../../preload/choices.ts';
import { noGate } from '../dojo/no-gate.ts';
import { idSent, isAsSent } from './as-sent.ts';
import { EXAMPLES } from './dojo-examples.ts';
import { strangeJson, strangeText } from './junk.ts';
import { changesOf, mutated } from './mutations.ts';
import { patience, playing } from './runs.ts';

const KINDS: readonly FailureKind[] = ['not-sent', 'refused', 'unknown-outcome', 'throttled', 'key-refused', 'not-dojo'];
const PAGES_MOST = 200;
const DAY_MS = 86_400_000;
const JSON_HEADERS = { 'content-type': 'application/json', date: 'Mon, 15 Jun 2026 11:00:00 GMT' };
const answered = (body: string, status = 200, headers: Readonly<Record<string, string>> = JSON_HEADERS): HttpAnswer => ({
  kind: 'answered',
  status,
  headers,
  body,
});

/** A client of a Dojo that answers each request with what `answer` gives; every request is kept. */
function clientOf(answer: (request: HttpRequest, nth: number) => HttpAnswer, version = '2026-02-27') {
  const requests: HttpRequest[] = [];
  const client = createDojoClient({
    http: { request: async (request) => answer(request, requests.push(request) - 1) },
    baseUrl: 'https://dojo.invalid',
    apiKey: 'sk_sandbox_fuzz0001',
    version: () => version,
    readVersions: [version],
    gate: noGate,
    nowMs: () => Date.parse('2026-06-15T11:00:00Z'),
    breathe: async () => undefined,
  });
  return { client, requests };
}

const example = fc.constantFrom(...EXAMPLES);
/** Examples on one page, each with an id of its own, some of them changed. */
const page = fc.array(fc.record({ example, changes: fc.option(changesOf(strangeJson), { nil: null }) }), { minLength: 1, maxLength: 6 }).map((items) =>
  items.map(({ example: { intent }, changes }, place) => {
    const right = { ...intent, id: `pi_${place}` };
    return { right, sent: changes === null ? right : mutated(right, changes), isChanged: changes !== null };
  }),
);

describe('a page on which some payments are odd', () => {
  test('gives every other payment as it is, and of the odd ones only what was sent, to the penny', patience, async () => {
    await fc.assert(
      fc.asyncProperty(page, fc.constantFrom(...API_VERSIONS), async (items, version) => {
        const body = JSON.stringify({ data: items.map(({ sent }) => sent), before: null, after: null });
        const sentItems = (JSON.parse(body) as { data: unknown[] }).data;
        const found = await clientOf(() => answered(body), version).client.search({});
        if (!found.ok) throw new Error(`expected the page to be read, got ${found.error.cause}`);
        const { odd } = found.value;
        const payments = [...found.value.payments, ...found.value.untold];
        const shownById = new Map(payments.map((payment) => [payment.id, payment]));
        expect(payments).toHaveLength(shownById.size);
        // A hold whose captures were left out is not taken over as it is: it is read singly.
        for (const { captures } of found.value.untold) expect(captures ?? []).toEqual([]);
        const read = sentItems.map((item) => decodePayment(item, version));
        expect(odd).toBe(read.filter(({ ok }) => !ok).length);
        for (const one of read) if (one.ok) expect(shownById.has(one.value.id)).toBe(true);
        for (const payment of payments) expect(sentItems.some((item) => idSent(item) === payment.id && isAsSent(payment, item))).toBe(true);
        for (const { right, isChanged } of items) {
          const others = sentItems.filter((item) => idSent(item) === right.id);
          const alone = decodePayment(right, version);
          if (!isChanged && others.length === 1 && alone.ok) expect(shownById.get(right.id)).toEqual(alone.value);
        }
      }),
      playing(300),
    );
  });
});

describe('a page that is changed as a whole', () => {
  test('is read or is a failure of the closed union, after no more pages than there may be', patience, async () => {
    await fc.assert(
      fc.asyncProperty(page, changesOf(strangeJson), fc.array(strangeText, { maxLength: 4 }), async (items, changes, cursors) => {
        const { client, requests } = clientOf((_, nth) =>
          answered(JSON.stringify(mutated({ data: items.map(({ right }) => right), before: null, after: cursors[nth] ?? null }, changes)) ?? ''),
        );
        const found = await client.search({});
        if (!found.ok) expect(KINDS).toContain(found.error.kind);
        if (!found.ok) expect(found.error.kind).not.toBe('refused');
        expect(requests.length).toBeLessThanOrEqual(PAGES_MOST);
        // A cursor is asked with as it came, and no page is asked for twice.
        const asked = requests.map(({ body }) => body);
        expect(new Set(asked).size).toBe(asked.length);
      }),
      playing(100),
    );
  });
});

const PAYMENT = { id: 'pi_0', currency: 'GBP' };
const intentSaying = (more: Readonly<Record<string, unknown>>) => ({ id: PAYMENT.id, status: 'Created', ...more });
/** Each move and Dojo's yes to it. */
const MOVES: readonly (readonly [Move, unknown])[] = [
  [
    { kind: 'capture', amount: 1_000 },
    { message: 'accepted', captureId: 'cp_1' },
  ],
  [{ kind: 'reverse' }, { message: 'reversed', reversalId: 'rv_1' }],
  [
    { kind: 'refund', amount: 500 },
    { paymentIntentId: PAYMENT.id, refundId: 'rf_1', refundReason: null, notes: null },
  ],
  [{ kind: 'cancel' }, intentSaying({ status: 'Canceled' })],
  [{ kind: 'setAmount', amount: 700 }, intentSaying({ amount: { value: 700, currencyCode: 'GBP' } })],
  [{ kind: 'setTips', amount: 70 }, intentSaying({ tipsAmount: { value: 70, currencyCode: 'GBP' } })],
  [{ kind: 'sendReceipt', emails: ['guest@example.com'] }, {}],
];

const headers = fc.dictionary(
  fc.constantFrom('content-type', 'date', 'age', 'retry-after', 'location'),
  fc.oneof(
    strangeText,
    fc.constantFrom('application/json', 'text/html', 'Mon, 15 Jun 2026 11:00:00 GMT', 'Thu, 01 Jan 1970 00:00:00 GMT', '0', '99999999999', '-1', '1e9'),
  ),
);

describe('the answer to a move', () => {
  test('that is changed is never called done without its proof, and a yes never a refusal', patience, async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...MOVES), changesOf(strangeJson), async ([move, yes], changes) => {
        const body = JSON.stringify(mutated(yes, changes)) ?? '';
        const { client, requests } = clientOf(() => answered(body));
        const taken = await client.perform(move, PAYMENT, 'key-1');
        expect(requests).toHaveLength(1);
        const said = body === '' ? null : (JSON.parse(body) as Record<string, unknown> | null);
        if (taken.ok) expect(isProofOf(move, said), body).toBe(true);
        else if (taken.error.kind === 'refused') expect(['Failed', 'Declined']).toContain(said?.status);
        else expect(taken.error.kind).toBe('unknown-outcome');
      }),
      playing(600),
    );
  });

  test('with any status, headers and text is a failure of the closed union or a yes, with sane times', patience, async () => {
    const body = fc.oneof(
      strangeText,
      strangeJson.map((json) => JSON.stringify(json) ?? ''),
      fc.constant('<html>Sign in</html>'),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...MOVES), fc.integer({ min: 100, max: 999 }), headers, body, async ([move], status, said, text) => {
        const taken = await clientOf(() => answered(text, status, said)).client.perform(move, PAYMENT, 'key-1');
        if (taken.ok) {
          expect(status).toBeLessThan(300);
          return;
        }
        const { kind, retryAfterMs, title, detail, traceId, cause } = taken.error;
        expect(KINDS).toContain(kind);
        if (kind === 'refused') expect(Math.floor(status / 100)).toBe(4);
        expect(retryAfterMs === null || (retryAfterMs >= 0 && retryAfterMs <= DAY_MS)).toBe(true);
        for (const words of [title, detail, traceId, cause]) expect((words ?? '').length).toBeLessThanOrEqual(1_000);
      }),
      playing(600),
    );
  });

  /** What the specification promises of a yes to this move on this payment. */
  function isProofOf(move: Move, said: Record<string, unknown> | null): boolean {
    const hasText = (value: unknown) => typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
    const sum = (value: unknown) => (value as { value?: unknown } | null | undefined)?.value;
    switch (move.kind) {
      case 'capture':
        return (hasText(said?.captureId) || said?.captureId === null) && said?.status !== 'Failed' && said?.status !== 'Declined';
      case 'reverse':
        return hasText(said?.reversalId) || said?.reversalId === null || hasText(said?.id);
      case 'refund':
        return said?.paymentIntentId == null ? hasText(said?.refundId) || said?.refundId === null : said.paymentIntentId === PAYMENT.id;
      case 'cancel':
        return said?.id === PAYMENT.id && said?.status === 'Canceled';
      case 'setAmount':
        return said?.id === PAYMENT.id && (said?.amount == null || sum(said.amount) === move.amount);
      case 'setTips':
        return said?.id === PAYMENT.id && (said?.tipsAmount == null || sum(said.tipsAmount) === move.amount);
      case 'sendReceipt':
        return typeof said === 'object' && said !== null;
    }
  }
});
