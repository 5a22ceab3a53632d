import type { NewPayment } from '../../main/simulator/new-payment.ts';
import { type SeededRandom, seededRandom } from '../../main/simulator/random.ts';
import { CLOCKS_AND_PEOPLE } from './clocks-and-people.ts';
import { type FaultName, nameOfTrouble, RIVALRIES, type Trouble } from './faults.ts';
import { COMMON, DAY_MS, type Feature, HOUR_MS, happens, MINUTE_MS, onTill, RARE, SECOND_MS, SELDOM_MET, several, withPayment } from './feature.ts';
import { LASTING_TROUBLES } from './lasting-troubles.ts';
import { ODD_ANSWERS } from './odd-answers.ts';
import { ODD_SHOPS } from './odd-shops.ts';
import { OPEN_QUESTIONS } from './open-questions.ts';
import type { Deed, Schedule } from './schedule.ts';

/** One of the first requests that move money, or of all that look, meets it. */
const meets = (fault: FaultName, on: 'move' | 'look'): Feature => ({
  chance: SELDOM_MET,
  add: (schedule, random) => {
    const till = random.whole(0, schedule.tills - 1);
    const nths = Array.from({ length: random.pick([1, 1, 2, 4] as const) }, () => random.whole(0, on === 'move' ? 5 : 30));
    const others = schedule.faults.filter((other) => other.till !== till || other.on !== on || !nths.includes(other.nth));
    return { ...happens(schedule, random, several(random, 1, 2)), faults: [...others, ...[...new Set(nths)].map((nth) => ({ till, on, nth, fault }))] };
  },
});

const trouble = (of: Pick<Trouble, 'what' | 'scope' | 'on'>, chance = SELDOM_MET): Feature => ({
  chance,
  add: (schedule, random) => {
    const forMs = random.chance(0.7) ? random.whole(10, 240) * SECOND_MS : random.whole(4, 40) * MINUTE_MS;
    const asked = of.what === 429 ? { retryAfterS: random.pick([60, 90, 180, 300, 600, 1_200] as const) } : {};
    // One payment's trouble shows best on a quiet day, with nothing else that goes wrong on the way and everything taken at its end.
    if (of.scope === 'payment' && random.chance(0.6)) {
      const till = random.whole(0, schedule.tills - 1);
      const quiet = { do: 'refresh', till, afterMs: random.whole(100, 150) * SECOND_MS } as const;
      const ends: Deed[] = [{ do: 'end-of-day', most: 100 }, ...several(random, 0, 2)];
      const holds = Array.from({ length: random.whole(5, 9) }, (_, index) => ({
        ...holdOfToday(schedule, random),
        id: `pay_run_${schedule.payments.length + index}`,
      }));
      const calm = { ...schedule, payments: [...schedule.payments, ...holds], faults: schedule.faults.filter((fault) => fault.till !== till) };
      const troubled: Deed = { do: 'trouble', ...of, forMs, pick: 0, paymentId: `pay_run_${schedule.payments.length + random.whole(0, holds.length - 1)}` };
      // Before the day's other deeds have taken them.
      return happens(calm, random, [{ do: 'line-up', till }, quiet, ...onTill(till, [troubled, ...ends])], calm.tills);
    }
    // It begins before or after people have decided.
    const first = several(random, 0, 2);
    return happens(schedule, random, [...first, { do: 'trouble', ...of, ...asked, forMs, pick: random.fraction() }, ...several(random, 2, 4)]);
  },
});
const holdOfToday = ({ startMs }: Schedule, random: SeededRandom): NewPayment => ({
  reference: 'Of today',
  amountMinor: random.whole(10, 60) * 100,
  captureMode: 'Manual',
  createdAtMs: startMs - random.whole(1, 200) * MINUTE_MS,
});
const troubles = (...of: Pick<Trouble, 'what' | 'scope' | 'on'>[]): Record<string, Feature> =>
  Object.fromEntries(of.map((one) => [nameOfTrouble({ ...one, ...(one.what === 429 ? { retryAfterS: 60 } : {}) }), trouble(one)]));

const rivalAfterMs = (random: SeededRandom): number =>
  random.weighted(
    [
      () => 0,
      () => random.whole(0, 300),
      () => random.whole(1, 30) * SECOND_MS,
      () => random.whole(30, 120) * SECOND_MS,
      () => random.whole(3, 60) * MINUTE_MS,
    ],
    (of) => (of() > 5 * MINUTE_MS ? 0.7 : 1),
  )();

const DAYS_OFF = [0.1, 0.5, 1, 2, 8, 30, 91, 200, 400] as const;
const daysOff = (random: SeededRandom): number =>
  Math.round(random.pick([-1, 1] as const) * random.pick(DAYS_OFF) * DAY_MS + random.whole(-40, 40) * MINUTE_MS);

/** How long the queue has something to do after a profile went its own way. */
const livesOn = (till: number, random: SeededRandom): (Deed & { till: number; afterMs: number })[] =>
  onTill(till, [
    { do: 'line-up' },
    { do: 'connect', key: 'own' },
    { do: 'resume' },
    ...several(random, 0, 2),
    ...(random.chance(0.3) ? [{ do: 'settle', pick: 0 } as const] : []),
    ...(random.chance(0.5) ? [{ do: 'release', pick: 0 } as const] : []),
  ]).map((deed) => ({ ...deed, afterMs: random.whole(1, 20) * SECOND_MS }));

export const FEATURES: Readonly<Record<string, Feature>> = {
  'clock days off at start': {
    chance: COMMON,
    standing: true,
    add: (schedule, random) => ({
      ...schedule,
      steps: schedule.steps.map((step, index) =>
        index < schedule.tills && step.do === 'pc-clock' && (index === 0 || random.chance(0.5)) ? { ...step, aheadMs: daysOff(random) } : step,
      ),
    }),
  },
  'clock jumps by days': {
    chance: COMMON,
    add: (schedule, random) => {
      const till = random.whole(0, schedule.tills - 1);
      const restarts: Deed[] = random.chance(0.5) ? [{ do: 'power-cut', forMs: random.whole(1, 60) * SECOND_MS }] : [];
      const jumps = onTill(till, [...several(random, 0, 2), { do: 'pc-clock', aheadMs: daysOff(random) }, ...restarts]);
      const jumped = happens(schedule, random, jumps);
      return random.chance(0.5) ? happens(jumped, random, [{ do: 'pc-clock', aheadMs: random.whole(-1_500, 1_500) }]) : jumped;
    },
  },
  'offline at start': {
    chance: COMMON,
    standing: true,
    add: (schedule, random) => ({
      ...schedule,
      steps: schedule.steps.toSpliced(schedule.tills, 0, { do: 'line-down', how: 'no-line', forMs: 0, till: 0, afterMs: random.whole(0, 15) * SECOND_MS }),
    }),
  },
  'shut for a season': {
    chance: RARE,
    add: (schedule, random) => happens(schedule, random, [...several(random, 0, 1), { do: 'power-cut', forMs: random.whole(85, 220) * DAY_MS }]),
  },
  'nobody tells that the PC woke': {
    chance: RARE,
    add: (schedule, random) =>
      happens(schedule, random, [
        ...several(random, 1, 2),
        {
          do: 'sleep',
          forMs: random.whole(1, 300) * 10 * SECOND_MS,
          monotonic: random.pick(['runs', 'stands'] as const),
          told: false,
          afterMs: random.whole(0, 400),
        },
      ]),
  },
  'profile copied': {
    chance: COMMON,
    add: (schedule, random) => {
      const to = schedule.tills + schedule.copies;
      const before: Deed[] = random.chance(0.7) ? [{ do: 'line-down', how: 'no-line', forMs: 0 }, ...several(random, 1, 3)] : several(random, 0, 2);
      return happens({ ...schedule, copies: schedule.copies + 1 }, random, [
        ...before,
        { do: 'copy-profile', to, as: random.pick(['folder', 'user', 'machine'] as const) },
        ...(random.chance(0.5) ? [{ do: 'line-up' } as const] : []),
        ...livesOn(to, random),
      ]);
    },
  },
  'profile copied, both sent at once': {
    chance: RARE,
    standing: true,
    add: (schedule, random) => {
      const to = schedule.tills + schedule.copies;
      const till = random.whole(0, schedule.tills - 1);
      const offline = { do: 'line-down', how: 'no-line', forMs: 0 } as const;
      const part = (): Deed => ({ do: 'take', pick: random.fraction(), share: 'five-pounds', again: 'no' });
      const both = (deed: Deed) => [till, to].map((each) => ({ ...deed, till: each, afterMs: 0 }));
      return happens({ ...schedule, copies: schedule.copies + 1 }, random, [
        ...onTill(till, [offline, part(), part(), part(), { do: 'copy-profile', to, as: 'folder' }]),
        { ...offline, till: to, afterMs: 0 },
        ...both({ do: 'line-up' }),
        ...both({ do: 'refresh' }),
      ]);
    },
  },
  'profile moved': {
    chance: COMMON,
    add: (schedule, random) => {
      const till = random.whole(0, schedule.tills - 1);
      const before: Deed[] = random.chance(0.7) ? [{ do: 'line-down', how: 'no-line', forMs: 0 }, ...several(random, 1, 3)] : several(random, 0, 2);
      return happens(schedule, random, [
        ...onTill(till, before),
        { do: 'move-profile', to: random.pick(['folder', 'user', 'machine'] as const), till },
        ...livesOn(till, random),
      ]);
    },
  },
  'image put back in its place': { chance: COMMON, add: (schedule, random) => withImage(schedule, random, 'in-its-place') },
  'image put back elsewhere': { chance: RARE, add: (schedule, random) => withImage(schedule, random, 'elsewhere') },
  ...Object.fromEntries(
    RIVALRIES.map((how): [string, Feature] => [
      `rival, ${how}`,
      {
        chance: COMMON,
        add: (schedule, random) => {
          const till = random.whole(0, schedule.tills - 1);
          const rivals = Array.from({ length: random.whole(1, 3) }, () => ({ till, nth: random.whole(0, 6), how, afterMs: rivalAfterMs(random) }));
          const deed: Deed = { do: 'rival', pick: random.fraction(), how, inMs: rivalAfterMs(random) };
          const offline: Deed[] = random.chance(0.5) ? [{ do: 'line-down', how: 'no-line', forMs: 0 }] : [];
          const played = happens(schedule, random, onTill(till, [...offline, ...several(random, 1, 3), deed, { do: 'line-up' }]));
          return { ...played, rivals: [...schedule.rivals, ...rivals] };
        },
      },
    ]),
  ),
  'refund key forgotten': {
    chance: RARE,
    standing: true,
    add: (schedule, random) => ({
      ...happens(schedule, random, [{ do: 'refund', pick: random.fraction(), share: 'five-pounds', again: 'no' }]),
      refundKeysKeptMs: random.pick([1, 3, 8, 11, 30, 120] as const) * MINUTE_MS,
    }),
  },
  'no Date': { chance: COMMON, standing: true, add: (schedule) => ({ ...schedule, date: { kind: 'none' } }) },
  'two servers, seconds apart': {
    chance: COMMON,
    standing: true,
    add: (schedule, random) => ({ ...schedule, date: { kind: 'two-servers', apartMs: random.pick([-1, 1] as const) * random.whole(1, 10) * SECOND_MS } }),
  },
  'link paid late': {
    chance: COMMON,
    add: (schedule, random) => {
      const id = `pay_link_${schedule.payments.length}`;
      const createdAtMs = schedule.startMs - random.whole(1, 29) * DAY_MS - random.whole(0, 23) * HOUR_MS;
      const captureMode = random.pick(['Auto', 'Manual'] as const);
      const made = withPayment(schedule, { id, reference: 'Link', amountMinor: random.whole(5, 60) * 100, captureMode, createdAtMs, paidAtMs: null });
      return happens(made, random, [{ do: 'pays', paymentId: id }, ...several(random, 1, 3)]);
    },
  },
  'hold authorised days after it was created': {
    chance: COMMON,
    standing: true,
    add: (schedule, random) => {
      const paidAtMs = schedule.startMs - random.whole(1, 600) * MINUTE_MS;
      return withPayment(schedule, {
        id: `pay_late_hold_${schedule.payments.length}`,
        reference: 'Late hold',
        amountMinor: random.whole(10, 60) * 100,
        captureMode: 'Manual',
        createdAtMs: paidAtMs - random.whole(1, 28) * DAY_MS,
        paidAtMs,
      });
    },
  },
  'service charge': {
    chance: COMMON,
    standing: true,
    add: (schedule, random) => charged(schedule, random, 'charge', { serviceChargeMinor: random.whole(1, 15) * 25 }),
  },
  cashback: {
    chance: COMMON,
    standing: true,
    add: (schedule, random) => charged(schedule, random, 'cashback', { cashbackMinor: random.whole(1, 4) * 500 }),
  },
  'a total that differs from its parts': {
    chance: COMMON,
    standing: true,
    add: (schedule, random) => {
      const totalMinor = random.whole(8, 70) * 100;
      const switches = {
        ...schedule.switches,
        totalAmountCounts: random.pick(['all', 'without-tips', 'amount'] as const),
        holdsTotalAmount: random.chance(0.5),
      };
      return charged({ ...schedule, switches }, random, 'total', {
        totalMinor,
        // The odd penny is of no tip, charge or cashback: leaving one of them out never explains the difference.
        amountMinor: totalMinor + random.pick([-1, 1] as const) * (random.whole(1, 5) * 100 + 1),
      });
    },
  },
  'tips on a hold': {
    chance: COMMON,
    standing: true,
    add: (schedule, random) =>
      withPayment(
        { ...schedule, switches: { ...schedule.switches, captureTipsApart: random.chance(0.5) } },
        {
          id: `pay_tipped_${schedule.payments.length}`,
          reference: 'Tipped',
          amountMinor: random.whole(10, 60) * 100,
          tipsMinor: random.whole(1, 12) * 50,
          tipsAllowed: true,
          captureMode: 'Manual',
          createdAtMs: schedule.startMs - random.whole(1, 200) * MINUTE_MS,
        },
      ),
  },
  '900 captures on one payment': {
    chance: RARE,
    standing: true,
    add: (schedule, random) =>
      withPayment(
        { ...schedule, switches: { ...schedule.switches, partCaptureReleasesRest: false } },
        {
          id: `pay_many_${schedule.payments.length}`,
          reference: 'In a thousand parts',
          amountMinor: 100_00,
          captureMode: 'Manual',
          createdAtMs: schedule.startMs - 2 * HOUR_MS,
          past: Array.from({ length: 900 }, (_, index) => ({
            kind: 'capture',
            atMs: schedule.startMs - HOUR_MS + index * SECOND_MS,
            amountMinor: random.whole(1, 5),
          })),
        },
      ),
  },
  'ledger throws on writes': throwing('throws-on-writes'),
  'ledger throws on reads': throwing('throws-on-reads'),
  disconnect: {
    chance: COMMON,
    add: (schedule, random) =>
      happens(schedule, random, [...several(random, 1, 3), { do: 'disconnect', afterMs: random.whole(0, 900) }, { do: 'connect', key: 'own' }]),
  },
  'closed in order': {
    chance: COMMON,
    add: (schedule, random) => happens(schedule, random, [...several(random, 1, 3), { do: 'close', afterMs: random.whole(0, 900) }]),
  },
  'key rotated': {
    chance: COMMON,
    add: (schedule, random) => {
      // The payments that could tell whose the new key is are refused: the owner is asked.
      const refused = {
        do: 'trouble',
        what: 403,
        scope: 'operation',
        operation: 'read',
        on: 'looks',
        forMs: random.whole(20, 120) * SECOND_MS,
        pick: 0,
      } as const;
      const till = random.whole(0, schedule.tills - 1);
      const before: Deed[] = [{ do: 'line-up' }, ...several(random, 1, 3), ...(random.chance(0.6) ? [refused] : []), { do: 'key-revoked' }];
      return happens(schedule, random, onTill(till, [...before, ...several(random, 1, 2), { do: 'connect', key: 'newer' }, ...several(random, 0, 2)]));
    },
  },
  'key rotated while a move hangs': {
    chance: RARE,
    add: (schedule, random) => {
      const till = random.whole(0, schedule.tills - 1);
      const hangs = { do: 'trouble', what: 'hang', scope: 'all', on: 'moves', forMs: MINUTE_MS, pick: 0 } as const;
      const refused = { do: 'trouble', what: 403, scope: 'operation', operation: 'read', on: 'looks', forMs: MINUTE_MS, pick: 0 } as const;
      const soon = (deed: Deed) => ({ ...deed, till, afterMs: random.whole(1, 4) * SECOND_MS });
      const deeds: Deed[] = [{ do: 'line-up' }, hangs, ...several(random, 1, 2), refused, { do: 'key-revoked' }, { do: 'connect', key: 'newer' }];
      return happens(schedule, random, deeds.map(soon));
    },
  },
  'asked again long after': { chance: COMMON, add: (schedule, random) => happens(schedule, random, [{ do: 'repeat', pick: random.fraction() }]) },
  'API version changed': {
    chance: RARE,
    add: (schedule, random) =>
      happens(schedule, random, [
        ...several(random, 1, 2),
        {
          do: 'api-version',
          version: random.pick(['2026-02-27', '2024-02-05', '2022-04-07', '2022-01-03'] as const),
          afterMs: random.whole(1, 20) * SECOND_MS,
        },
        ...several(random, 1, 2),
      ]),
  },
  'very-late': meets('very-late', 'move'),
  'throws-before': meets('throws-before', 'move'),
  'throws-after': meets('throws-after', 'move'),
  'throws on a look': meets('throws-before', 'look'),
  '400-after': meets('400-after', 'move'),
  '401-after': meets('401-after', 'move'),
  '403-before': meets('403-before', 'move'),
  '403-after': meets('403-after', 'move'),
  '404-before': meets('404-before', 'move'),
  '409-after': meets('409-after', 'move'),
  '409-before': meets('409-before', 'move'),
  'page-before': meets('page-before', 'move'),
  'page-after': meets('page-after', 'move'),
  'empty-after': meets('empty-after', 'move'),
  ...troubles(
    ...([400, 401, 403] as const).flatMap((what) =>
      (['payment', 'operation', 'all'] as const).flatMap((scope) => (['moves', 'looks'] as const).map((on) => ({ what, scope, on }))),
    ),
    { what: 429, scope: 'all', on: 'both' },
    { what: 500, scope: 'all', on: 'both' },
    { what: 'hang', scope: 'payment', on: 'moves' },
    { what: 'hang', scope: 'payment', on: 'looks' },
    { what: 'hang', scope: 'operation', on: 'moves' },
    { what: 'hang', scope: 'all', on: 'both' },
  ),
  ...OPEN_QUESTIONS,
  ...ODD_SHOPS,
  ...ODD_ANSWERS,
  ...CLOCKS_AND_PEOPLE,
  ...LASTING_TROUBLES,
};

/** A hold and a sale, of which the customer pays something beside the amount. */
function charged(schedule: Schedule, random: SeededRandom, name: string, of: Partial<NewPayment>): Schedule {
  const payment = (captureMode: 'Auto' | 'Manual'): NewPayment => ({
    id: `pay_${name}_${captureMode}`,
    reference: `With ${name}`,
    amountMinor: random.whole(10, 60) * 100,
    ...(random.chance(0.3) ? { tipsMinor: random.whole(1, 12) * 50, tipsAllowed: true } : {}),
    captureMode,
    createdAtMs: schedule.startMs - random.whole(1, 200) * MINUTE_MS,
    ...of,
  });
  const switches = {
    ...schedule.switches,
    captureExtras: random.pick(['in-amount', 'released', 'added'] as const),
    tooLargeCapture: random.pick(['by-amount', 400, 409] as const),
    refundCounts: random.pick(['all', 'without-cashback', 'amount-and-tips'] as const),
  };
  return withPayment(withPayment({ ...schedule, switches }, payment('Manual')), payment('Auto'));
}

function withImage(schedule: Schedule, random: SeededRandom, where: 'in-its-place' | 'elsewhere'): Schedule {
  const till = random.whole(0, schedule.tills - 1);
  const offline: Deed[] = random.chance(0.7) ? [{ do: 'line-down', how: 'no-line', forMs: 0 }] : [];
  const since: Deed[] = [{ do: 'line-up' }, ...several(random, 0, 2)];
  const isLong = random.chance(0.3);
  // Mostly over a night, in which the shop is closed.
  const closed: Deed[] = isLong && random.chance(0.8) ? [{ do: 'close' }] : [];
  return happens(schedule, random, [
    ...onTill(till, [...offline, ...several(random, 0, 3), { do: 'take-image' }, ...since, ...closed]),
    { do: 'put-image-back', where, till, afterMs: isLong ? random.whole(4, 30) * HOUR_MS : random.whole(2, 200) * SECOND_MS },
    ...livesOn(till, random),
  ]);
}

function throwing(mood: 'throws-on-writes' | 'throws-on-reads'): Feature {
  return {
    chance: RARE,
    add: (schedule, random) => {
      const till = random.whole(0, schedule.tills - 1);
      return happens(schedule, random, [
        ...onTill(till, several(random, 1, 2)),
        { do: 'disk', mood, till, afterMs: random.whole(0, 2_000) },
        ...onTill(till, several(random, 0, 2)),
        { do: 'disk', mood: 'ok', till, afterMs: random.whole(1, 60) * SECOND_MS },
      ]);
    },
  };
}

/** A number of its own for each name. */
const numberOf = (name: string): number => [...name].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 0x01000193), 0x811c9dc5);

/** Whether a seed has it depends on nothing else. */
const chanceOf = (seed: number, name: string): SeededRandom => {
  const random = seededRandom(Math.imul(seed, 0x9e3779b1) ^ numberOf(name));
  random.fraction();
  return random;
};

/** `forced`: in every seed. */
export const withFeatures = (everyday: Schedule, forced: readonly string[] = []): Schedule =>
  Object.entries(FEATURES).reduce((schedule, [name, { chance, add }]) => {
    const random = chanceOf(everyday.seed, name);
    const isDrawn = random.chance(chance);
    if (!isDrawn && !forced.includes(name)) return schedule;
    const { features, ...added } = add(schedule, random);
    return { ...added, features: [...features, name] };
  }, everyday);
