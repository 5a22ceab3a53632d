import type { NewPayment } from '../../main/simulator/new-payment.ts';
import type { SeededRandom } from '../../main/simulator/random.ts';
import type { Switches } from '../../main/simulator/switches.ts';
import { COMMON, type Feature, happens, MINUTE_MS, onTill, SECOND_MS, SELDOM_MET, several, withPayment } from './feature.ts';
import type { Deed, Schedule, Share } from './schedule.ts';

/** What Dojo's documents leave open, played the way that is hard for a till. Each is counted when a till meets it (`met.ts`). */

const withSwitches = (schedule: Schedule, switches: Partial<Switches>): Schedule => ({ ...schedule, switches: { ...schedule.switches, ...switches } });

/** Dojo's yes to it may be its answer to the first request, or money that moved once more. */
export const LET_GO = 'what shows is let go once more';
export const CAPTURED_AGAIN = 'another till captures again what the bank declined';

/** Where a till cannot reach Dojo, or stands still, nothing of it would be met. */
const WORKS: readonly Deed[] = [{ do: 'line-up' }, { do: 'resume' }];

const today = (schedule: Schedule, random: SeededRandom, id: string, captureMode: 'Auto' | 'Manual'): NewPayment => ({
  id: `${id}_${schedule.payments.length}`,
  reference: 'Of today',
  amountMinor: random.whole(10, 60) * 100,
  captureMode,
  createdAtMs: schedule.startMs - random.whole(1, 100) * MINUTE_MS,
});

/** A refund that Dojo makes and whose answer is lost: the till asks again with the same key, and is answered so. */
const refundAskedAgain = (switches: (random: SeededRandom) => Partial<Switches>, share: 'whole' | 'five-pounds' | 'either' = 'either'): Feature => ({
  chance: SELDOM_MET,
  add: (schedule, random) => {
    const till = random.whole(0, schedule.tills - 1);
    const sold = withPayment(withSwitches(schedule, switches(random)), today(schedule, random, 'pay_back', 'Auto'));
    const refund = (): Deed => ({
      do: 'refund',
      pick: random.fraction(),
      share: share === 'either' ? random.pick(['whole', 'five-pounds', 'five-pounds'] as const) : share,
      again: 'no',
    });
    const lost: Deed = { do: 'trouble', what: 'lost', scope: 'operation', operation: 'refund', on: 'moves', forMs: random.whole(10, 40) * SECOND_MS, pick: 0 };
    const later = { do: 'refresh', till, afterMs: random.whole(95, 260) * SECOND_MS } as const;
    return happens(sold, random, [...onTill(till, [...WORKS, lost, refund(), ...(random.chance(0.4) ? [refund()] : [])]), later]);
  },
});

export const OPEN_QUESTIONS: Readonly<Record<string, Feature>> = {
  'a search lags behind': {
    chance: COMMON,
    add: (schedule, random) =>
      happens(withSwitches(schedule, { searchLagMs: random.whole(1, 25) * SECOND_MS }), random, [...WORKS, ...several(random, 1, 3), { do: 'refresh' }]),
  },
  'a search leaves captures out': {
    chance: COMMON,
    add: (schedule, random) =>
      happens(withSwitches(schedule, { searchCaptures: random.pick(['null', 'absent'] as const) }), random, [
        ...WORKS,
        ...several(random, 1, 3),
        { do: 'refresh', afterMs: random.whole(1, 30) * SECOND_MS },
      ]),
  },
  'card and time come late': {
    chance: COMMON,
    add: (schedule, random) => {
      const switches = {
        holdShowsPaymentDetails: random.chance(0.2),
        paymentDetailsLateMs: random.pick([5, 20, 60, 180, 600] as const) * SECOND_MS,
        autoSettleMs: random.chance(0.4) ? random.whole(5, 300) * SECOND_MS : 0,
      };
      const unpaid = { ...today(schedule, random, 'pay_soon', random.pick(['Auto', 'Manual'] as const)), paidAtMs: null };
      const made = withPayment(withSwitches(schedule, switches), unpaid);
      return happens(made, random, [...WORKS, { do: 'pays', paymentId: unpaid.id ?? '' }, { do: 'refresh' }, ...several(random, 1, 3)]);
    },
  },
  'the bank answers late': {
    chance: SELDOM_MET,
    add: (schedule, random) => {
      const till = random.whole(0, schedule.tills - 1);
      const hold = today(schedule, random, 'pay_bank', 'Manual');
      const paymentId = hold.id ?? '';
      const takes = (share: Share): Deed => ({ do: 'take', pick: 0, share, again: 'no', paymentId });
      const bankAnswersAfterMs = Array.from({ length: random.whole(1, 3) }, (_, nth) =>
        nth === 0 || random.chance(0.6) ? random.whole(60, 15 * 60) * SECOND_MS : 2_500,
      );
      const held = withPayment({ ...withSwitches(schedule, { bankAnswersAfterMs }), declinedPercent: random.pick([20, 50, 80] as const) }, hold);
      // The rest is asked for while the part is with the bank; mostly Dojo does that one minutes late, too.
      const late: Deed = { do: 'trouble', what: 'late', scope: 'payment', on: 'moves', forMs: random.whole(20, 100) * SECOND_MS, pick: 0, paymentId };
      const seen = { do: 'refresh', afterMs: random.whole(5, 60) * SECOND_MS, till } as const;
      return happens(held, random, [
        ...onTill(till, [...WORKS, takes(random.pick(['half', 'half', 'half', 'five-pounds'] as const))]),
        seen,
        ...onTill(till, [...(random.chance(0.85) ? [late] : []), takes(random.pick(['whole', 'whole', 'whole', 'half'] as const)), ...several(random, 0, 2)]),
        { ...seen, afterMs: random.whole(1, 4) * MINUTE_MS },
      ]);
    },
  },
  [CAPTURED_AGAIN]: {
    chance: SELDOM_MET,
    add: (schedule, random) => {
      const till = random.whole(0, schedule.tills - 1);
      const hold = today(schedule, random, 'pay_again', 'Manual');
      const paymentId = hold.id ?? '';
      const share = random.pick(['whole', 'half', 'half', 'five-pounds', 'five-pounds'] as const);
      const take: Deed = { do: 'take', pick: 0, share, again: random.chance(0.3) ? 'meant' : 'no', paymentId };
      const seen = { do: 'refresh', till, afterMs: random.whole(5, 60) * SECOND_MS } as const;
      const again = { do: 'elsewhere', pick: 0, paymentId, what: 'capture', share, afterMs: random.whole(2, 200) * SECOND_MS } as const;
      return happens(withPayment({ ...schedule, declinedPercent: random.pick([30, 50, 70] as const) }, hold), random, [
        ...onTill(till, [...WORKS, take]),
        ...(random.chance(0.7) ? [seen] : []),
        again,
        ...(random.chance(0.3) ? [again] : []),
        seen,
      ]);
    },
  },
  'a hold of which a part was captured ends as reversed': {
    chance: SELDOM_MET,
    add: (schedule, random) => {
      const till = random.whole(0, schedule.tills - 1);
      const endsInMs = random.whole(4, 12) * MINUTE_MS;
      const createdAtMs = schedule.startMs - random.whole(1, 100) * MINUTE_MS;
      const hold = { ...today(schedule, random, 'pay_ends', 'Manual'), createdAtMs, autoExpireInMs: schedule.startMs - createdAtMs + endsInMs };
      const held = withPayment(withSwitches(schedule, { holdEndTurnsReversed: true }), hold);
      const take: Deed = { do: 'take', pick: 0, share: random.pick(['half', 'five-pounds'] as const), again: 'no', paymentId: hold.id ?? '' };
      const ended = { do: 'refresh', till, afterMs: endsInMs } as const;
      return happens(held, random, [...onTill(till, [...WORKS, take]), ...several(random, 0, 2), ended, ...several(random, 0, 2)]);
    },
  },
  [LET_GO]: {
    chance: SELDOM_MET,
    add: (schedule, random) => {
      const till = random.whole(0, schedule.tills - 1);
      const isRefund = random.chance(0.7);
      const payment = { ...today(schedule, random, 'pay_let_go', isRefund ? 'Auto' : 'Manual'), amountMinor: random.whole(30, 60) * 100 };
      const paymentId = payment.id ?? '';
      const asks = (again: 'no' | 'meant'): Deed => ({ do: isRefund ? 'refund' : 'take', pick: 0, share: 'five-pounds', again, paymentId });
      const meets = (what: 'denied' | 'lost' | 'late'): Deed => ({
        do: 'trouble',
        what,
        scope: 'payment',
        on: 'moves',
        forMs: 40_000,
        pick: 0,
        paymentId,
        times: 1,
      });
      const letGo = { do: 'release', pick: 0, anywayOn: paymentId, till, afterMs: random.whole(95, 300) * SECOND_MS } as const;
      const beside = { do: 'elsewhere', pick: 0, paymentId, what: isRefund ? 'refund' : 'capture', share: 'five-pounds' } as const;
      const later = { do: 'refresh', till, afterMs: random.whole(100, 200) * SECOND_MS } as const;
      // The next one waits while another till does the same, or its answer is lost and the till is off for longer than Dojo keeps its key.
      const next: readonly Deed[] = random.chance(0.5)
        ? [{ do: 'pause' }, asks('meant'), beside, { do: 'resume' }]
        : [meets('lost'), asks('meant'), { do: 'power-cut', forMs: random.whole(11, 25) * MINUTE_MS }];
      const sold = withPayment({ ...schedule, refundKeysKeptMs: random.chance(0.5) ? 11 * MINUTE_MS : schedule.refundKeysKeptMs }, payment);
      return happens(sold, random, [
        ...onTill(till, [...WORKS, meets(isRefund ? 'denied' : 'late'), asks('no')]),
        letGo,
        ...(isRefund ? [] : onTill(till, [meets('lost')])),
        later,
        ...(isRefund ? onTill(till, next) : [later, { do: 'settle', pick: 0, till } as const]),
        later,
      ]);
    },
  },
  'a refund asked again is answered 200': refundAskedAgain(() => ({})),
  'a refund asked again is answered 409 while in progress': refundAskedAgain((random) => ({ refundInProgressMs: random.whole(95, 540) * SECOND_MS })),
  'a refund asked again is answered 409': refundAskedAgain(() => ({ repeatedRefund: 'conflict' })),
  'a refund asked again is refused by its limit': refundAskedAgain(() => ({ refundLimitBeforeKey: true }), 'whole'),
  'two tills ask for the same part, one is answered 429': {
    chance: 0.08,
    add: (schedule, random) => {
      const till = random.whole(0, schedule.tills - 1);
      const held = withPayment(schedule, today(schedule, random, 'pay_both', 'Manual'));
      const retryAfterS = random.pick([2, 3, 5, 20] as const);
      const busy: Deed = {
        do: 'trouble',
        what: 429,
        scope: 'operation',
        operation: 'capture',
        on: 'moves',
        retryAfterS,
        forMs: random.whole(4, 30) * SECOND_MS,
        pick: 0,
      };
      const take: Deed = { do: 'take', pick: random.fraction(), share: random.pick(['half', 'five-pounds'] as const), again: 'no' };
      const rival: Deed = { do: 'rival', pick: 0.999, how: 'same', inMs: random.whole(0, 30) * 100 };
      return happens(held, random, [...onTill(till, [...WORKS, busy, take]), { ...rival, till, afterMs: random.whole(0, 20) * 100 }]);
    },
  },
};
