import type { SeededRandom } from '../../main/simulator/random.ts';
import { DAY_MS, type Feature, HOUR_MS, happens, MINUTE_MS, onTill, SECOND_MS, SELDOM_MET, several, withPayment } from './feature.ts';
import type { Deed, Schedule } from './schedule.ts';
import { SHOP_ZONE } from './shop-midnight.ts';

/** What people do to the shop's clocks and to what waits, in an order that an ordinary day seldom has. Counted when it is met. */

const OFFLINE: Deed = { do: 'line-down', how: 'no-line', forMs: 0 };
const WORKS: readonly Deed[] = [{ do: 'line-up' }, { do: 'resume' }];

const OTHER_ZONES = ['America/New_York', 'Atlantic/Azores', 'Europe/Athens', 'Asia/Tokyo', 'Pacific/Kiritimati'] as const;

/** Of today, of either kind, so that something can be reversed. */
const paidToday = (schedule: Schedule, random: SeededRandom): Schedule =>
  withPayment(schedule, {
    id: `pay_today_${schedule.payments.length}`,
    reference: 'Of today',
    amountMinor: random.whole(10, 60) * 100,
    captureMode: random.pick(['Auto', 'Manual'] as const),
    createdAtMs: schedule.startMs - random.whole(1, 50) * MINUTE_MS,
  });

const zonePutRight: Feature = {
  chance: SELDOM_MET,
  add: (schedule, random) => {
    const till = random.whole(0, schedule.tills - 1);
    const toMidnightMs = random.pick([random.whole(1, 12) * MINUTE_MS, random.whole(1, 14) * HOUR_MS] as const);
    const undo = (): Deed => ({ do: 'undo', pick: random.fraction() });
    const wrong: Deed = { do: 'zone', zone: random.pick(OTHER_ZONES) };
    const right: Deed = { do: 'zone', zone: random.chance(0.9) ? SHOP_ZONE : random.pick(OTHER_ZONES) };
    return happens(
      paidToday(schedule, random),
      random,
      [
        ...onTill(till, [...WORKS, wrong, { do: 'refresh' }]),
        { ...OFFLINE, till, afterMs: random.whole(3, 20) * SECOND_MS },
        ...onTill(till, [undo(), ...(random.chance(0.5) ? [undo()] : []), ...several(random, 0, 1)]),
        { ...right, till, afterMs: random.whole(0, 40) * SECOND_MS },
        ...onTill(till, random.chance(0.3) ? [{ do: 'power-cut', forMs: random.whole(1, 60) * SECOND_MS }] : []),
        { do: 'line-up', till, afterMs: toMidnightMs },
        { do: 'refresh', till, afterMs: random.whole(1, 60) * SECOND_MS },
      ],
      // Before the day's other deeds have used up what can be reversed.
      random.chance(0.7) ? schedule.tills : null,
    );
  },
};

const clockSetBack: Feature = {
  chance: SELDOM_MET,
  add: (schedule, random) => {
    const till = random.whole(0, schedule.tills - 1);
    const aheadMs = random.pick([0, random.whole(1, 50) * MINUTE_MS, random.whole(1, 20) * HOUR_MS, random.whole(1, 40) * DAY_MS] as const);
    const backMs = random.pick([random.whole(30, 300) * SECOND_MS, random.whole(5, 90) * MINUTE_MS, random.whole(2, 30) * HOUR_MS, aheadMs + DAY_MS] as const);
    const what = random.pick(['lost', 'late', 'hang', 429] as const);
    // What was sent, or asked to wait, is still under way when the clock is set.
    const trouble: Deed = { do: 'trouble', what, scope: 'all', on: 'moves', forMs: random.whole(5, 60) * SECOND_MS, pick: 0, retryAfterS: 60 };
    const deeds: Deed[] = [
      ...WORKS,
      { do: 'pc-clock', aheadMs },
      ...(random.chance(0.7) ? [trouble] : []),
      ...(random.chance(0.2) ? [OFFLINE] : []),
      ...several(random, 1, 3),
      { do: 'pc-clock', aheadMs: aheadMs - backMs },
      ...(random.chance(0.3) ? [{ do: 'power-cut', forMs: random.whole(1, 60) * SECOND_MS } as const] : []),
      { do: 'line-up' },
      ...several(random, 0, 2),
    ];
    return happens({ ...schedule, date: { kind: 'none' } }, random, onTill(till, deeds));
  },
};

/** Nothing comes between the one and the other. */
const atOnce = (till: number, deeds: readonly Deed[]) => onTill(till, deeds).map((deed) => ({ ...deed, afterMs: 0 }));
const powerCut = (random: SeededRandom): Deed => ({ do: 'power-cut', forMs: random.whole(1, 90) * SECOND_MS });
const remove = (random: SeededRandom): Deed => ({ do: 'withdraw', pick: random.fraction() });

const removedAfterRelease: Feature = {
  chance: SELDOM_MET,
  add: (schedule, random) => {
    const till = random.whole(0, schedule.tills - 1);
    const settles: Deed[] = random.chance(0.4) ? [{ do: 'settle', pick: 0 }] : [];
    // What was released waits for the connection to come back, so that it can still be removed.
    const goesDown: Deed[] = random.chance(0.7) ? [{ do: 'pause' }] : [];
    return happens(paidToday(schedule, random), random, [
      ...onTill(till, [...WORKS, OFFLINE, ...several(random, 2, 4), { do: 'move-profile', to: 'folder' }, { do: 'line-up' }]),
      { do: 'refresh', till, afterMs: random.whole(1, 10) * SECOND_MS },
      ...onTill(till, [...goesDown, { do: 'release', pick: 0 }]),
      ...atOnce(till, [remove(random), ...settles, ...(random.chance(0.3) ? [remove(random)] : []), powerCut(random)]),
      ...onTill(till, [...WORKS]),
      { do: 'refresh', till, afterMs: random.whole(1, 30) * SECOND_MS },
    ]);
  },
};

const removedWhileTheDiskRefuses: Feature = {
  chance: SELDOM_MET,
  add: (schedule, random) => {
    const till = random.whole(0, schedule.tills - 1);
    const mood = random.pick(['full', 'full', 'broken', 'busy', 'throws-on-writes'] as const);
    const fills: Deed = { do: 'disk', mood };
    // Sometimes something else could not be written before, and is still to be.
    const before: Deed[] = random.chance(0.4) ? [{ do: 'line-up' }, { do: 'refresh' }] : [];
    return happens(paidToday(schedule, random), random, [
      ...onTill(till, [{ do: 'disk', mood: 'ok' }, { do: 'resume' }, OFFLINE, ...several(random, 2, 3), fills, ...before]),
      ...atOnce(till, [remove(random), ...(random.chance(0.3) ? [{ do: 'disk', mood: 'ok' } as const, remove(random)] : []), powerCut(random)]),
      { do: 'disk', mood: 'ok', till, afterMs: random.whole(0, 20) * SECOND_MS },
      ...onTill(till, [...WORKS]),
      { do: 'refresh', till, afterMs: random.whole(1, 60) * SECOND_MS },
    ]);
  },
};

const paidMeanwhile: Feature = {
  chance: SELDOM_MET,
  add: (schedule, random) => {
    const till = random.whole(0, schedule.tills - 1);
    const id = `pay_meanwhile_${schedule.payments.length}`;
    const captureMode = random.pick(['Manual', 'Manual', 'Auto'] as const);
    const createdAtMs = schedule.startMs - random.whole(1, 50) * MINUTE_MS;
    const made = withPayment(schedule, { id, reference: 'Link', amountMinor: random.whole(5, 60) * 100, captureMode, createdAtMs, paidAtMs: null });
    const ends: Deed = { do: captureMode === 'Manual' && random.chance(0.7) ? 'undo' : 'cancel', pick: 0, paymentId: id };
    const refused = { do: 'trouble', scope: 'payment', on: 'moves', forMs: random.whole(5, 90) * SECOND_MS, pick: 0, paymentId: id } as const;
    // Or it is on its way when the customer pays, and Dojo does not know the payment for a time.
    const onItsWay: Deed = { ...refused, what: 'hang', forMs: MINUTE_MS };
    const unknown: Deed = { ...refused, what: 404, on: 'looks', forMs: random.whole(2, 5) * MINUTE_MS };
    if (random.chance(0.3))
      return happens(
        made,
        random,
        [
          ...onTill(till, [...WORKS, { do: 'refresh' }, onItsWay]),
          { do: 'cancel', pick: 0, paymentId: id, till, afterMs: random.whole(1, 5) * SECOND_MS },
          { ...unknown, till, afterMs: random.whole(2, 4) * SECOND_MS },
          { do: 'pays', paymentId: id, till, afterMs: random.whole(0, 20) * SECOND_MS },
          { do: 'refresh', till, afterMs: random.whole(100, 200) * SECOND_MS },
        ],
        random.chance(0.6) ? schedule.tills : null,
      );
    const held: Deed = random.weighted<Deed>(
      [OFFLINE, { do: 'pause' }, { ...refused, what: 429, retryAfterS: 20 }, { ...refused, what: 401 }, { ...refused, what: 'lost' }],
      (deed) => (deed === OFFLINE ? 3 : 1),
    );
    return happens(
      made,
      random,
      [
        ...onTill(till, [...WORKS, { do: 'refresh' }]),
        { ...held, till, afterMs: random.whole(5, 20) * SECOND_MS },
        { ...ends, till, afterMs: random.whole(1, 5) * SECOND_MS },
        { do: 'pays', paymentId: id, till, afterMs: random.whole(0, 100) * SECOND_MS },
        ...(random.chance(0.3) ? onTill(till, [powerCut(random)]) : []),
        ...onTill(till, [{ do: 'line-up' }, { do: 'resume' }]).map((deed) => ({ ...deed, afterMs: random.whole(0, 80) * SECOND_MS })),
        ...onTill(till, several(random, 0, 1)),
      ],
      random.chance(0.6) ? schedule.tills : null,
    );
  },
};

const misjudged: Feature = {
  chance: SELDOM_MET,
  add: (schedule, random) => {
    const till = random.whole(0, schedule.tills - 1);
    const made = paidToday(schedule, random);
    const { id: paymentId = '', captureMode } = made.payments.at(-1) ?? {};
    const kind = captureMode === 'Manual' ? 'take' : 'refund';
    const asks = (again: 'no' | 'meant'): Deed => ({ do: kind, pick: 0, share: 'five-pounds', again, paymentId });
    const what = random.pick(kind === 'take' ? (['hang', 'hang', 'late'] as const) : (['lost', 'denied', 'denied'] as const));
    const meets = (what: 'hang' | 'late' | 'lost' | 'denied', times = 1): Deed => ({
      do: 'trouble',
      what,
      scope: 'payment',
      on: 'moves',
      forMs: 10 * MINUTE_MS,
      pick: 0,
      paymentId,
      times,
    });
    const settles = { do: 'settle', pick: 0, wronglyOn: paymentId, till, afterMs: random.whole(95, 500) * SECOND_MS } as const;
    const beside = { do: 'elsewhere', pick: 0, paymentId, what: kind === 'take' ? 'capture' : 'refund', share: 'five-pounds', till } as const;
    return happens(made, random, [
      // A refund whose answer is lost is asked for again before anybody is asked about it.
      ...onTill(till, [...WORKS, { do: 'refresh' }, meets(what, what === 'lost' ? 3 : 1), asks('no')]),
      settles,
      settles,
      ...onTill(till, random.chance(0.6) ? [...(random.chance(0.6) ? [meets('lost')] : []), asks('meant')] : []),
      ...(random.chance(0.4) ? [{ ...beside, afterMs: random.whole(5, 200) * SECOND_MS }] : []),
      { do: 'refresh', till, afterMs: random.whole(5, 200) * SECOND_MS },
    ]);
  },
};

export const ZONE_PUT_RIGHT = 'zone put right while actions wait';
export const CLOCK_SET_BACK = 'clock set back while no answer tells the time';
export const REMOVED_AFTER_RELEASE = 'removed after another was released, then a power cut';
export const REMOVED_DISK_REFUSES = 'removed while the disk refuses, then a power cut';
export const PAID_MEANWHILE = 'paid while its reversal or cancellation waits';

export const MISJUDGED = 'settled by a person as the opposite of what Dojo did';

export const CLOCKS_AND_PEOPLE: Readonly<Record<string, Feature>> = {
  [ZONE_PUT_RIGHT]: zonePutRight,
  [CLOCK_SET_BACK]: clockSetBack,
  [REMOVED_AFTER_RELEASE]: removedAfterRelease,
  [REMOVED_DISK_REFUSES]: removedWhileTheDiskRefuses,
  [PAID_MEANWHILE]: paidMeanwhile,
  [MISJUDGED]: misjudged,
};
