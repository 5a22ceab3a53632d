import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isFinal } from '../../main/core/queue/action.ts';
import { decodePayment, isPaymentId } from '../../main/dojo/decode.ts';
import type { Http, HttpAnswer, HttpRequest } from '../../main/ports/http.ts';
import type { NewPayment } from '../../main/simulator/new-payment.ts';
import type { PaymentView } from '../../preload/contract.ts';
import { NOON_MS, type Shop, startShop } from '../a-shop.ts';
import { idSent, isAsSent } from './as-sent.ts';
import { strangeJson } from './junk.ts';
import { changesOf, mutated } from './mutations.ts';
import { patience, playing } from './runs.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const NAMELESS = '(no id)';
const VERSION = '2026-02-27';

const PAYMENTS: readonly NewPayment[] = [
  { id: 'pi_hold', amountMinor: 4_200, captureMode: 'Manual', createdAtMs: NOON_MS - HOUR_MS, tipsAllowed: true },
  {
    id: 'pi_begun',
    amountMinor: 3_000,
    captureMode: 'Manual',
    createdAtMs: NOON_MS - HOUR_MS,
    past: [{ kind: 'capture', atMs: NOON_MS - 30 * MINUTE_MS, amountMinor: 500 }],
  },
  { id: 'pi_early', amountMinor: 900, captureMode: 'Manual', createdAtMs: NOON_MS - 40 * HOUR_MS },
  { id: 'pi_sale', amountMinor: 1_250, createdAtMs: NOON_MS - HOUR_MS },
  { id: 'pi_euro', amountMinor: 1_999, currency: 'EUR', createdAtMs: NOON_MS - 2 * HOUR_MS },
  { id: 'pi_given_back', amountMinor: 800, createdAtMs: NOON_MS - 2 * HOUR_MS, past: [{ kind: 'refund', atMs: NOON_MS - HOUR_MS, amountMinor: 300 }] },
  { id: 'pi_unpaid', amountMinor: 2_500, createdAtMs: NOON_MS - HOUR_MS, paidAtMs: null, customAmountAllowed: true },
];
const IDS = PAYMENTS.map(({ id }) => id ?? '');

type Answered = Extract<HttpAnswer, { kind: 'answered' }>;

/** Changes what Dojo says on its way to the till. */
const through =
  (change: (json: unknown, request: HttpRequest) => unknown) =>
  (http: Http): Http => ({
    async request(request) {
      const answer = await http.request(request);
      return answer.kind === 'answered' && answer.status === 200 ? changed(answer, (json) => change(json, request)) : answer;
    },
  });
const changed = (answer: Answered, change: (json: unknown) => unknown): Answered => ({
  ...answer,
  body: JSON.stringify(change(JSON.parse(answer.body))) ?? '',
});

/** The payments in an answer, each by itself: of a page of a search, or of a read. */
function withPayments(json: unknown, each: (item: unknown) => unknown): unknown {
  if (typeof json !== 'object' || json === null) return json;
  if ('data' in json && Array.isArray(json.data)) return { ...json, data: json.data.map(each) };
  return each(json);
}

const moneyOf = ({ amountMinor, tipsMinor, serviceChargeMinor, cashbackMinor, refundedMinor, currency, captures }: PaymentView) => ({
  amountMinor,
  tipsMinor,
  serviceChargeMinor,
  cashbackMinor,
  refundedMinor,
  currency,
  captures,
});

function expectAsDojoHasIt({ bank }: Shop, views: readonly PaymentView[]): void {
  for (const view of views) {
    const intent = bank.intent(view.id);
    const { capturedMinor, refundedMinor } = bank.moneyOf(view.id);
    expect([view.id, view.totalMinor, view.currency, view.status]).toEqual([
      view.id,
      (intent?.amountMinor ?? 0) + (intent?.tipsMinor ?? 0),
      intent?.currency,
      intent?.status,
    ]);
    expect([view.id, view.refundedMinor]).toEqual([view.id, refundedMinor]);
    if (view.state !== 'undone') expect([view.id, view.takenMinor]).toEqual([view.id, capturedMinor]);
  }
}

describe('a day of which some payments come oddly', () => {
  /** Fields that decide when and as what a payment is shown, each with what could stand there. */
  const fields = fc.dictionary(
    fc.constantFrom('createdAt', 'updatedAt', 'expireAt', 'autoExpireIn', 'status', 'captureMode', 'refundedAmount', 'tipsAmount', 'captures', 'reference'),
    fc.oneof(
      strangeJson,
      fc.constantFrom(
        '0001-01-01T00:00:00Z',
        '2000-01-01T00:00:00Z',
        '2099-12-31T23:59:59Z',
        '9999-12-31T23:59:59-23:59',
        '2026-06-15',
        '2026-02-30T00:00:00Z',
        '9999.23:59:59',
      ),
    ),
    { maxKeys: 2 },
  );
  const oddOnes = fc.uniqueArray(fc.record({ id: fc.constantFrom(...IDS), changes: fc.oneof(changesOf(strangeJson), fc.constant([])), fields }), {
    selector: ({ id }) => id,
    minLength: 1,
    maxLength: 4,
  });

  test('shows all the others, counts each odd one once, and shows what is new and what is mended', patience, async () => {
    await fc.assert(
      fc.asyncProperty(oddOnes, async (odd) => {
        const oddById = new Map<unknown, (typeof odd)[number]>(odd.map((one) => [one.id, one]));
        const sent = new Map<string, unknown[]>();
        /** Under which other ids odd ones came. */
        const strayIds = new Set<string>();
        const unread = new Set<unknown>();
        let isMended = false;
        const running = await startShop({
          payments: PAYMENTS,
          line: through((json) =>
            withPayments(json, (item) => {
              const one = isMended ? undefined : oddById.get(idSent(item));
              if (!one) return item;
              const given: unknown = JSON.parse(JSON.stringify(mutated({ ...(item as object), ...one.fields }, one.changes)) ?? 'null');
              const id = idSent(given) === undefined ? NAMELESS : String(idSent(given));
              if (id !== idSent(item)) strayIds.add(id);
              sent.set(id, [...(sent.get(id) ?? []), given]);
              if (!decodePayment(given, VERSION).ok) unread.add(isPaymentId(id) ? id : NAMELESS);
              return given;
            }),
          ),
        });
        await running.clock.run(5_000);
        const { payments, connection } = await running.look();
        expect(running.errors).toEqual([]);
        for (const view of payments) if (sent.has(view.id)) expect((sent.get(view.id) ?? []).some((item) => isAsSent(moneyOf(view), item))).toBe(true);
        const others = IDS.filter((id) => !oddById.has(id) && !strayIds.has(id));
        const views = payments.filter(({ id }) => others.includes(id));
        expect(views.map(({ id }) => id).sort()).toEqual([...others].sort());
        expectAsDojoHasIt(running, views);
        const told = connection.notices.find(({ code }) => code === 'odd-payments')?.message ?? 'none';
        const toldCount = told === 'none' ? 0 : told.startsWith('One payment ') ? 1 : Number(told.split(' ')[0]);
        // How many there are of which not even the id can be read, nobody can tell from two searches that overlap.
        if (unread.has(NAMELESS)) expect(toldCount).toBeGreaterThanOrEqual(unread.size);
        else expect(toldCount).toBe(unread.size);
        expect(toldCount).toBeLessThanOrEqual(odd.length);

        running.bank.addPayment({ id: 'pi_new', amountMinor: 333, createdAtMs: running.clock.nowMs() }, running.clock.nowMs());
        await running.clock.run(20_000);
        expect((await running.look()).payments.map(({ id }) => id)).toContain('pi_new');

        isMended = true;
        await running.clock.run(6 * MINUTE_MS);
        const after = (await running.look()).payments.filter(({ id }) => [...IDS, 'pi_new'].includes(id));
        expect(after.map(({ id }) => id).sort()).toEqual([...IDS, 'pi_new'].sort());
        expectAsDojoHasIt(running, after);
        expect(running.errors).toEqual([]);
        await running.close();
      }),
      playing(40),
    );
  });
});

describe('acting while Dojo’s answers come oddly', () => {
  type Decision = Readonly<Record<string, unknown>>;
  const DECISIONS: readonly Decision[] = [
    { kind: 'capture', paymentId: 'pi_hold', amount: 2_000 },
    { kind: 'capture', paymentId: 'pi_hold', amount: 2_000, tipsAmount: 100 },
    { kind: 'capture', paymentId: 'pi_begun', amount: 500 },
    { kind: 'capture', paymentId: 'pi_early', amount: 900 },
    { kind: 'reverse', paymentId: 'pi_sale' },
    { kind: 'reverse', paymentId: 'pi_early' },
    { kind: 'refund', paymentId: 'pi_euro', amount: 999 },
    { kind: 'refund', paymentId: 'pi_given_back', amount: 500 },
    { kind: 'cancel', paymentId: 'pi_unpaid' },
    { kind: 'setAmount', paymentId: 'pi_unpaid', amount: 2_000 },
    { kind: 'sendReceipt', paymentId: 'pi_sale', emails: ['guest@example.com'] },
  ];
  const decisions = fc.array(fc.record({ wanted: fc.constantFrom(...DECISIONS), waitMs: fc.constantFrom(0, 100, 2_000, 40_000) }), {
    minLength: 1,
    maxLength: 6,
  });
  /** What becomes of the next answers, in order; null: nothing. */
  const strangeness = fc.array(fc.option(changesOf(strangeJson), { freq: 3, nil: null }), { minLength: 2, maxLength: 30 });

  test('moves nothing twice, says of nothing that it was done which was not, and comes to its end', patience, async () => {
    await fc.assert(
      fc.asyncProperty(decisions, strangeness, strangeness, async (decided, ofMoves, ofLooks) => {
        const next = { move: 0, look: 0 };
        const running = await startShop({
          payments: PAYMENTS,
          line: through((json, { movesMoney }) => {
            const changes = movesMoney ? ofMoves[next.move++] : ofLooks[next.look++];
            if (!changes) return json;
            const strange = mutated(json, changes);
            // Of its payments Dojo may say what nobody can read, but no lies: nothing is settled by asking who lies.
            return movesMoney || isNoLie(json, strange) ? strange : json;
          }),
        });
        await running.clock.run(5_000);
        for (const [nth, { wanted, waitMs }] of decided.entries()) {
          const answer = await running.call('submit', { requests: [{ requestId: `request ${nth}`, ...wanted }] });
          if (!answer.ok) expect(['move-closed', 'amount', 'unknown-payment', 'too-late', 'second-refund']).toContain(answer.error.code);
          await running.clock.run(waitMs);
        }
        next.move = next.look = Number.POSITIVE_INFINITY;
        await running.clock.run(15 * MINUTE_MS);
        expect(running.errors).toEqual([]);
        expectEveryActionToBeTrue(running);
        const { payments, connection } = await running.look();
        expect(connection.line).toBe('live');
        expect(payments.map(({ id }) => id).sort()).toEqual([...IDS].sort());
        expectAsDojoHasIt(running, payments);
        await running.close();
      }),
      playing(25),
    );
  });

  /** Every payment in it is read as it was, or is not read at all. */
  function isNoLie(json: unknown, strange: unknown): boolean {
    const right = new Map<string, string>();
    withPayments(json, (item) => void right.set(String(idSent(item)), readAs(item)));
    let isTrue = true;
    withPayments(JSON.parse(JSON.stringify(strange) ?? 'null'), (item) => {
      const read = readAs(item);
      if (read !== 'odd' && read !== right.get(String(idSent(item)))) isTrue = false;
    });
    return isTrue;
  }

  function readAs(item: unknown): string {
    const payment = decodePayment(item, VERSION);
    if (!payment.ok) return 'odd';
    const { id, captureMode, status, currency, amountMinor, tipsMinor, refundedMinor, captures, createdAtMs, paidAtMs, updatedAtMs } = payment.value;
    return JSON.stringify([id, captureMode, status, currency, amountMinor, tipsMinor, refundedMinor, captures, createdAtMs, paidAtMs, updatedAtMs]);
  }

  const DONE_AS = { capture: 'captured-requested', refund: 'refunded', reverse: 'reversed', cancel: 'cancelled' } as const;

  function expectEveryActionToBeTrue({ bank, disks }: Shop): void {
    expect(bank.imbalances()).toEqual([]);
    const actions = [...disks.shop.actions.values()].map(({ action }) => action);
    for (const action of actions) expect([action.move.kind, isFinal(action) || action.state === 'needsPerson']).toEqual([action.move.kind, true]);
    for (const [kind, did] of Object.entries(DONE_AS))
      for (const paymentId of IDS) {
        const ofIt = actions.filter((action) => action.paymentId === paymentId && action.move.kind === kind);
        const before = (PAYMENTS.find(({ id }) => id === paymentId)?.past ?? []).filter((move) => move.kind === kind).length;
        const moved = bank.ledger().filter((movement) => movement.kind === did && movement.intentId === paymentId).length - before;
        const count = (states: readonly string[]) => ofIt.filter(({ state }) => states.includes(state)).length;
        expect([kind, paymentId, moved >= count(['done']), moved <= count(['done', 'needsPerson'])]).toEqual([kind, paymentId, true, true]);
      }
  }
});
