import type { NewPayment } from '../../main/simulator/new-payment.ts';
import type { Trouble } from './faults.ts';
import { DAY_MS, type Feature, happens, MINUTE_MS, onTill, RARE, SECOND_MS, several } from './feature.ts';
import type { Deed } from './schedule.ts';
import type { OngoingTrouble, World } from './world.ts';

/** What the readings of one payment alone are answered for longer than half an hour, while all others are answered well. */
const LASTING: readonly Trouble['what'][] = [401, 403, 429, 500, 'page', 'hang'];

/**
 * Trouble with one of several holds, `isGone`: that another till captured, so that no list tells of it any more. Something is decided
 * of it and of the others meanwhile, at once and when a person has been asked.
 */
const lasting = (isGone: boolean): Feature => ({
  chance: RARE,
  add: (schedule, random) => {
    const what = random.pick(LASTING);
    const till = random.whole(0, schedule.tills - 1);
    const holds = Array.from({ length: random.whole(3, 6) }, (_, index): NewPayment & { id: string } => ({
      id: `pay_lasting_${schedule.payments.length + index}`,
      reference: 'In trouble, perhaps',
      amountMinor: random.whole(10, 60) * 100,
      captureMode: 'Manual',
      createdAtMs: schedule.startMs - (isGone ? random.whole(1, 4) * DAY_MS : random.whole(1, 200) * MINUTE_MS),
    }));
    const [troubled, ...others] = holds.map(({ id }) => id);
    if (troubled === undefined) return schedule;
    const take = (paymentId: string): Deed => ({ do: 'take', pick: 0, share: 'whole', again: 'no', paymentId });
    const trouble: Deed = {
      do: 'trouble',
      what,
      scope: 'payment',
      on: 'looks',
      forMs: random.whole(35, 100) * MINUTE_MS,
      pick: 0,
      paymentId: troubled,
      ...(what === 429 && random.chance(0.5) ? { retryAfterS: random.pick([20, 60, 180] as const) } : {}),
    };
    const isWanted = !isGone || random.chance(0.5);
    const elsewhere: Deed = { do: 'elsewhere', pick: 0, paymentId: troubled, what: 'capture', share: 'whole' };
    const [first, ...rest] = others;
    return happens(
      { ...schedule, payments: [...schedule.payments, ...holds], faults: schedule.faults.filter((fault) => fault.till !== till) },
      random,
      [
        { do: 'line-up', till },
        { do: 'resume', till },
        { do: 'refresh', till, afterMs: random.whole(100, 150) * SECOND_MS },
        ...onTill(till, [trouble, ...(isGone ? [elsewhere] : []), ...(isWanted ? [take(troubled)] : []), ...(first === undefined ? [] : [take(first)])]),
        { do: 'refresh', till, afterMs: random.whole(4, 34) * MINUTE_MS },
        ...onTill(till, [...rest.map(take), ...several(random, 0, 2)]),
      ],
      schedule.tills,
    );
  },
});

const LONG_MS = 30 * MINUTE_MS;

/** What it is called once a payment's own trouble with readings has lasted longer than the till waits before it asks a person. */
export function nameOfLasting({ bank, clock }: World, { scope, on, target, forMs, untilMs }: OngoingTrouble): keyof typeof LASTING_TROUBLES | null {
  const nowMs = clock.nowMs();
  if (scope !== 'payment' || on !== 'looks' || nowMs < untilMs - forMs + LONG_MS) return null;
  const intent = bank.intent(target ?? '');
  const isListed = intent === null || intent === undefined || intent.status === 'Authorized' || intent.createdAtMs > nowMs - DAY_MS;
  return isListed ? 'one payment in trouble for long' : 'one payment in trouble for long, that left the lists';
}

export const LASTING_TROUBLES = {
  'one payment in trouble for long': lasting(false),
  'one payment in trouble for long, that left the lists': lasting(true),
} as const satisfies Readonly<Record<string, Feature>>;
