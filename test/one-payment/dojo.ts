import type { Payment } from '../../main/core/payment/payment.ts';
import { amountOf, type Move, type MoveKind } from '../../main/core/queue/action.ts';
import { decodePage, decodePayment } from '../../main/dojo/decode.ts';
import { createBank } from '../../main/simulator/bank.ts';
import type { SeededRandom } from '../../main/simulator/random.ts';
import { renderIntent } from '../../main/simulator/render.ts';
import type { Switches } from '../../main/simulator/switches.ts';
import { API_VERSION, DAY_MS, HOUR_MS, LONDON, MINUTE_MS } from '../builders.ts';

export const ACCOUNT = 'acc_training';
export const PAYMENT = 'pay_001';
const [AMOUNT_MINOR, TIPS_MINOR] = [10_000, 1_000];

/** What Dojo did. `actionId`: for which action of the till; null: for somebody else. */
export type Did = Readonly<{ kind: MoveKind; amountMinor: number | null; atMs: number; actionId: string | null; captureId: string | null }>;

/** The simulated Dojo with one payment of £100.00, a sale or a hold, and what it has done so far. */
export function createDojo(random: SeededRandom, isFaulty: boolean, nowMs: () => number) {
  const isHold = random.chance(0.5);
  const said = () => (isFaulty ? random.weighted(['named', 'null'] as const, (way) => (way === 'named' ? 5 : 1)) : 'named');
  const bank = createBank({
    seed: random.whole(1, 2 ** 31),
    zone: LONDON,
    declinedPercent: random.chance(0.3) ? 30 : 0,
    keysKeptMs: isFaulty && random.chance(0.1) ? MINUTE_MS : DAY_MS,
    settleDelayMs: random.pick([0, 2_500, 20_000]),
    switches: {
      updatedAt: random.weighted(['moves', 'not-by-refunds', 'not-by-captures', 'never', 'servers-apart'] as const, (way) => (way === 'moves' ? 4 : 1)),
      partCaptureTurnsCaptured: random.chance(0.3),
      captureShowsAtOnce: random.chance(0.3),
      captureIds: said(),
      holdShowsPaymentDetails: random.chance(0.8),
      searchLagMs: isFaulty && random.chance(0.2) ? random.pick([2_000, 10_000, 30_000]) : 0,
      searchCaptures: isFaulty ? random.weighted(['listed', 'null'] as const, (way) => (way === 'listed' ? 6 : 1)) : 'listed',
    },
  });
  const answerIds = said();
  // Some holds end while people are at it.
  const endsAtMs = isHold && random.chance(0.15) ? nowMs() + random.whole(60, 1_200) * 1_000 : Number.POSITIVE_INFINITY;
  bank.addPayment(
    {
      id: PAYMENT,
      amountMinor: AMOUNT_MINOR,
      tipsMinor: random.chance(0.2) ? TIPS_MINOR : 0,
      captureMode: isHold ? 'Manual' : 'Auto',
      createdAtMs: nowMs() - HOUR_MS,
      autoExpireInMs: Number.isFinite(endsAtMs) ? endsAtMs - nowMs() + HOUR_MS : null,
      autoExpireAction: random.pick(['Capture', 'Release']),
    },
    nowMs(),
  );
  const did: Did[] = [];

  return {
    isHold,
    endsAtMs,
    did: did as readonly Did[],
    /** As a reading of the newest version shows it now. */
    show(): Payment {
      const read = bank.read(ACCOUNT, PAYMENT, true, nowMs());
      const payment = read.ok ? decodePayment(renderIntent(read.value, API_VERSION, bank.switches(), nowMs()), API_VERSION) : read;
      if (!payment.ok) throw new Error('expected the payment');
      return payment.value;
    },
    /** As a list shows it now: it may lag behind, or leave out what was captured. null: it says too little. */
    list(): Payment | null {
      const page = bank.search(ACCOUNT, {}, nowMs());
      const data = page.ok
        ? page.value.intents.map((intent) => ({ ...renderIntent(intent, API_VERSION, bank.switches(), nowMs()), ...leftOut(bank.switches()) }))
        : [];
      const decoded = decodePage({ data, before: null, after: null }, API_VERSION);
      return decoded.ok ? (decoded.value.payments[0] ?? null) : null;
    },
    /** Does it, or says no. What is said of its id depends on the version that it is asked in. */
    do(move: Move, key: string, actionId: string | null, version: string): Readonly<{ ok: true; captureId: string | null } | { ok: false; status: number }> {
      const amountMinor = amountOf(move);
      const before = bank.intent(PAYMENT)?.refundedMinor;
      const result =
        move.kind === 'capture'
          ? bank.capture(ACCOUNT, PAYMENT, { amountMinor: amountMinor ?? 0, tipsMinor: 0 }, nowMs())
          : move.kind === 'refund'
            ? bank.refund(ACCOUNT, PAYMENT, { amountMinor: amountMinor ?? 0, idempotencyKey: key }, nowMs())
            : bank.reverse(ACCOUNT, PAYMENT, nowMs());
      if (!result.ok) return { ok: false, status: result.error.status };
      const capture = 'number' in result.value ? result.value : null;
      // Of a refund that is asked for once more Dojo knows the key, unless it has forgotten it.
      if (move.kind !== 'refund' || bank.intent(PAYMENT)?.refundedMinor !== before)
        did.push({ kind: move.kind, amountMinor, atMs: nowMs(), actionId, captureId: capture?.id ?? null });
      if (!capture || answerIds === 'null') return { ok: true, captureId: null };
      return { ok: true, captureId: version === '2022-01-03' ? String(capture.number) : capture.id };
    },
  };
}

const leftOut = ({ searchCaptures }: Readonly<Switches>) => (searchCaptures === 'listed' ? {} : { captures: null });

export type Dojo = ReturnType<typeof createDojo>;
