import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_SWITCHES } from '../../main/simulator/switches.ts';
import type { PaymentView } from '../../preload/contract.ts';
import { NOON_MS, startShop } from '../a-shop.ts';

const minor = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 3000 }));
const payment = fc.record({
  captureMode: fc.constantFrom('Auto' as const, 'Manual' as const),
  amountMinor: fc.integer({ min: 1, max: 9000 }),
  tipsMinor: minor,
  serviceChargeMinor: minor,
  cashbackMinor: minor,
  differenceMinor: fc.oneof({ arbitrary: fc.constant(0), weight: 3 }, { arbitrary: fc.integer({ min: -500, max: 500 }), weight: 1 }),
  tipsAllowed: fc.boolean(),
});
/** What Dojo's documents leave open about amounts, each way. */
const world = fc.record({
  captureExtras: fc.constantFrom('in-amount' as const, 'released' as const, 'added' as const),
  captureTipsApart: fc.boolean(),
  tooLargeCapture: fc.constantFrom('by-amount' as const, 400 as const, 409 as const),
  refundCounts: fc.constantFrom('all' as const, 'without-cashback' as const, 'amount-and-tips' as const),
  totalAmountCounts: fc.constantFrom('all' as const, 'without-tips' as const, 'amount' as const),
  holdsTotalAmount: fc.boolean(),
  partCaptureTurnsCaptured: fc.boolean(),
  captureShowsAtOnce: fc.boolean(),
});
/** What a person does: what is offered, or a part of what is allowed. */
const deed = fc.record({ kind: fc.constantFrom('capture' as const, 'refund' as const), isOffered: fc.boolean(), goods: fc.nat(), tips: fc.nat() });

type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never;
type Asked = { kind: 'capture' | 'refund'; amount: number; tipsAmount?: number };

function askedOf(view: PaymentView, { kind, isOffered, goods, tips }: Deed): Asked | null {
  const move = view.moves[kind];
  if (!move.open || move.maxMinor === null) return null;
  if (isOffered && move.defaultMinor !== null)
    return { kind, amount: move.defaultMinor, ...(kind === 'capture' && move.defaultTipsMinor > 0 ? { tipsAmount: move.defaultTipsMinor } : {}) };
  const amount = 1 + (goods % move.maxMinor);
  const tipsAmount = kind === 'capture' ? tips % (1 + Math.min(move.maxTipsMinor, view.leftMinor - amount)) : 0;
  return { kind, amount, ...(tipsAmount > 0 ? { tipsAmount } : {}) };
}

test('whatever a payment is made of and however Dojo counts, nothing passes what is held or captured, and the screen shows what the bank has', async () => {
  await fc.assert(
    fc.asyncProperty(
      payment,
      world,
      fc.constantFrom('2022-04-07', '2026-02-27'),
      fc.array(deed, { minLength: 1, maxLength: 5 }),
      async (of, switches, apiVersion, deeds) => {
        const { differenceMinor, ...parts } = of;
        const shown = parts.amountMinor + parts.tipsMinor + parts.serviceChargeMinor + parts.cashbackMinor;
        const totalMinor = Math.max(1, shown + differenceMinor);
        const shop = await startShop({
          apiVersion,
          payments: [{ id: 'pi_1', createdAtMs: NOON_MS - 3_600_000, ...parts, totalMinor }],
          bank: { switches: { ...DEFAULT_SWITCHES, ...switches } },
        });
        await shop.clock.run(5_000);
        const view = async () => {
          const found = (await shop.look()).payments.find(({ id }) => id === 'pi_1');
          if (!found) throw new Error('expected the payment on the list');
          return found;
        };
        for (const [index, each] of deeds.entries()) {
          const asked = askedOf(await view(), each);
          if (asked === null) continue;
          const again = asked.kind === 'refund' ? { again: true } : {};
          // What main offers or allows is accepted; what Dojo thinks of it is Dojo's.
          const answer = await shop.call('submit', { requests: [{ requestId: `r_${index}`, paymentId: 'pi_1', ...asked, ...again }] });
          expect([asked, answer.ok ? 'ok' : answer.error]).toEqual([asked, 'ok']);
          await shop.clock.run(150_000);
          const now = await view();
          const { capturedMinor, refundedMinor } = shop.bank.moneyOf('pi_1');
          expect(shop.bank.imbalances()).toEqual([]);
          expect(now.refundedMinor).toBe(refundedMinor);
          // Dojo adds or lets go a charge by itself in some of these worlds, and holds what its total says in some: there the list decides.
          const isPlain = switches.captureExtras === 'in-amount' && differenceMinor === 0;
          if (isPlain && now.captureMode === 'Manual' && now.captures.length > 0) expect(now.takenMinor).toBe(capturedMinor);
          expect(now.takenMinor).toBeLessThanOrEqual(Math.max(shown, totalMinor));
        }
        expect((await shop.look()).actions.filter(({ state }) => state === 'needsPerson')).toEqual([]);
        expect(shop.errors).toEqual([]);
        shop.close();
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);
