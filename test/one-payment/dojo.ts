import type { Payment } from '../../main/core/payment/payment.ts';
import { amountOf, type Move, type MoveKind } from '../../main/core/queue/action.ts';
import { decodePayment } from '../../main/dojo/decode.ts';
import { createBank } from '../../main/simulator/bank.ts';
import type { SeededRandom } from '../../main/simulator/random.ts';
import { renderIntent } from '../../main/simulator/render.ts';
import { API_VERSION, HOUR_MS, LONDON } from '../builders.ts';

export const ACCOUNT = 'acc_training';
export const PAYMENT = 'pay_001';
const AMOUNT_MINOR = 10_000;

/** What Dojo did. `actionId`: for which action of the till; null: for somebody else. */
export type Did = Readonly<{ kind: MoveKind; amountMinor: number; atMs: number; actionId: string | null; captureId: string | null }>;

/** The simulated Dojo with one payment of £100.00, a sale or a hold, and what it has done so far. */
export function createDojo(random: SeededRandom, isFaulty: boolean, nowMs: () => number) {
  const isHold = random.chance(0.5);
  const said = () => (isFaulty ? random.weighted(['named', 'null'] as const, (way) => (way === 'named' ? 5 : 1)) : 'named');
  const bank = createBank({
    seed: random.whole(1, 2 ** 31),
    zone: LONDON,
    declinedPercent: random.chance(0.3) ? 30 : 0,
    settleDelayMs: random.pick([0, 2_500, 20_000]),
    switches: {
      updatedAt: random.weighted(['moves', 'not-by-refunds', 'not-by-captures', 'never', 'servers-apart'] as const, (way) => (way === 'moves' ? 4 : 1)),
      partCaptureTurnsCaptured: random.chance(0.3),
      captureShowsAtOnce: random.chance(0.3),
      captureIds: said(),
    },
  });
  const answerIds = said();
  bank.addPayment({ id: PAYMENT, amountMinor: AMOUNT_MINOR, captureMode: isHold ? 'Manual' : 'Auto', createdAtMs: nowMs() - HOUR_MS }, nowMs());
  const did: Did[] = [];
  const keys = new Set<string>();

  return {
    isHold,
    did: did as readonly Did[],
    /** As a reading of the newest version shows it now. */
    show(): Payment {
      const read = bank.read(ACCOUNT, PAYMENT, true, nowMs());
      const payment = read.ok ? decodePayment(renderIntent(read.value, API_VERSION, bank.switches(), nowMs()), API_VERSION) : read;
      if (!payment.ok) throw new Error('expected the payment');
      return payment.value;
    },
    /** Does it, or says no. What is said of its id depends on the version that it is asked in. */
    do(move: Move, key: string, actionId: string | null, version: string): Readonly<{ ok: true; captureId: string | null } | { ok: false; status: number }> {
      const amountMinor = amountOf(move) ?? 0;
      const result =
        move.kind === 'capture'
          ? bank.capture(ACCOUNT, PAYMENT, { amountMinor, tipsMinor: 0 }, nowMs())
          : move.kind === 'refund'
            ? bank.refund(ACCOUNT, PAYMENT, { amountMinor, idempotencyKey: key }, nowMs())
            : bank.reverse(ACCOUNT, PAYMENT, nowMs());
      if (!result.ok) return { ok: false, status: result.error.status };
      const capture = 'number' in result.value ? result.value : null;
      // Of a refund that is asked for once more Dojo knows the key.
      if (move.kind !== 'refund' || !keys.has(key)) did.push({ kind: move.kind, amountMinor, atMs: nowMs(), actionId, captureId: capture?.id ?? null });
      keys.add(key);
      if (!capture || answerIds === 'null') return { ok: true, captureId: null };
      return { ok: true, captureId: version === '2022-01-03' ? String(capture.number) : capture.id };
    },
  };
}

export type Dojo = ReturnType<typeof createDojo>;
