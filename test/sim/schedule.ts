import type { NewPayment } from '../../main/simulator/new-payment.ts';
import { type SeededRandom, seededRandom } from '../../main/simulator/random.ts';
import type { Switches } from '../../main/simulator/switches.ts';
import { CRASHES, EVERYDAY_FAULTS, FAULTS, type PlannedCrash, type PlannedFault, type PlannedRival, type Rivalry, type Trouble } from './faults.ts';
import { withFeatures } from './features.ts';
import type { Elsewhere } from './profile.ts';
import { SHOP_ZONE } from './shop-midnight.ts';

/** About how long people and faults are at work in one seed. */
export const MINUTES = 6;
/** Two keys of the shop's account, and one of another. */
export const KEYS = { own: 'sk_sandbox_simulated_own', newer: 'sk_sandbox_simulated_newer', other: 'sk_sandbox_simulated_other' } as const;
export type KeyName = keyof typeof KEYS;
export const ACCOUNT_OF: Readonly<Record<string, string>> = { [KEYS.own]: 'acc_training', [KEYS.newer]: 'acc_training', [KEYS.other]: 'acc_other' };

export type Share = 'whole' | 'half' | 'five-pounds';

/** Something a person or the world does. `pick`, in [0, 1), chooses among what is there when it is done. */
export type Deed =
  /** `paymentId`: on this one, instead of what `pick` chooses. */
  | Readonly<{ do: 'take' | 'refund'; pick: number; share: Share; again: 'no' | 'double-click' | 'meant'; paymentId?: string }>
  | Readonly<{ do: 'end-of-day'; most: number }>
  | Readonly<{ do: 'undo' | 'cancel'; pick: number; paymentId?: string }>
  | Readonly<{ do: 'set-amount' | 'set-tips' | 'receipt' | 'withdraw' | 'retry'; pick: number }>
  /** `wronglyOn`: of this payment it is said at once, and the opposite of what Dojo did. */
  | Readonly<{ do: 'settle'; pick: number; wronglyOn?: string }>
  /** `anywayOn`: what shows on this payment too. */
  | Readonly<{ do: 'release'; pick: number; anywayOn?: string }>
  | Readonly<{ do: 'pause' | 'resume' | 'refresh' | 'line-up' | 'key-revoked' | 'key-mended' | 'rot' }>
  /** `forMs`: back by itself after days; 0: until it is said to be up. */
  | Readonly<{ do: 'line-down'; how: 'no-line' | 'no-name'; forMs: number }>
  | Readonly<{ do: 'connect'; key: KeyName }>
  | Readonly<{ do: 'disk'; mood: DiskMood }>
  | Readonly<{ do: 'pc-clock'; aheadMs: number }>
  | Readonly<{ do: 'power-cut'; forMs: number }>
  /** Whether the monotonic clock counts while the PC sleeps, and whether the system tells the till that it woke. */
  | Readonly<{ do: 'sleep'; forMs: number; monotonic: 'runs' | 'stands'; told: boolean }>
  | Readonly<{ do: 'elsewhere'; pick: number; paymentId?: string; what: 'capture' | 'reverse' | 'refund'; share: Share }>
  /** Somebody else does what this till was asked to do, so long from now. */
  | Readonly<{ do: 'rival'; pick: number; how: Rivalry; inMs: number }>
  /** A customer pays what was still unpaid. */
  | Readonly<{ do: 'pays'; paymentId: string }>
  | Readonly<{ do: 'trouble' } & Trouble>
  /** The program's folder goes to a PC of its own, where the same program is started on it; the first one goes on. */
  | Readonly<{ do: 'copy-profile'; to: number; as: Elsewhere }>
  /** The same, and the first one is not used again: another folder, another user, another machine. */
  | Readonly<{ do: 'move-profile'; to: Elsewhere }>
  | Readonly<{ do: 'take-image' }>
  /** Everything is as it was when the image was taken; `elsewhere`: on another machine. */
  | Readonly<{ do: 'put-image-back'; where: 'in-its-place' | 'elsewhere' }>
  | Readonly<{ do: 'disconnect' | 'close' }>
  /** The page asks a second time for what it asked long ago. */
  | Readonly<{ do: 'repeat'; pick: number }>
  | Readonly<{ do: 'api-version'; version: string }>
  /** The shop's zone is set in the settings. */
  | Readonly<{ do: 'zone'; zone: string }>;
export type Step = Readonly<{ afterMs: number; till: number }> & Deed;

/** `busy`: another program holds what is written to. `throws`: instead of saying that it cannot write, or read, the port breaks. */
export type DiskMood = 'ok' | 'full' | 'broken' | 'busy' | 'throws-on-writes' | 'throws-on-reads';

/** What Dojo's answers say of the time; one of two servers, or of several, is wrong by so much: by seconds, by hours. */
export type DateHeader =
  | Readonly<{ kind: 'right' | 'none' }>
  | Readonly<{ kind: 'two-servers'; apartMs: number }>
  | Readonly<{ kind: 'one-of-several'; of: number; apartMs: number }>;

/** Everything that will happen, drawn from the seed before anything does: what is played can be read, and made smaller. */
export type Schedule = Readonly<{
  seed: number;
  startMs: number;
  /** Where the PC believes it is; the shop's zone is a setting. */
  pcZone: string;
  apiVersion: string;
  /** The shop promises refunds without the line, whatever their amount. */
  offlineRefunds: boolean;
  tills: number;
  focused: boolean;
  switches: Partial<Switches>;
  declinedPercent: number;
  failedPercent: number;
  payments: readonly NewPayment[];
  steps: readonly Step[];
  faults: readonly PlannedFault[];
  crashes: readonly PlannedCrash[];
  rivals: readonly PlannedRival[];
  date: DateHeader;
  /** How long Dojo remembers the idempotency key of a refund. */
  refundKeysKeptMs: number;
  /** PCs that there are none of until a profile is copied to them; their numbers follow those of the tills. */
  copies: number;
  /** What this seed has of the world's wider troubles. */
  features: readonly string[];
}>;

/** One till, no payments, and nothing that goes wrong: what a test starts from. */
export const calm = (startMs: number): Schedule => ({
  seed: 7,
  startMs,
  pcZone: SHOP_ZONE,
  apiVersion: '2026-02-27',
  offlineRefunds: false,
  tills: 1,
  focused: true,
  switches: {},
  declinedPercent: 0,
  failedPercent: 0,
  payments: [],
  steps: [],
  faults: [],
  crashes: [],
  rivals: [],
  date: { kind: 'right' },
  refundKeysKeptMs: DAY_MS,
  copies: 0,
  features: [],
});

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The shop's midnights: in summer, in winter, before and after the nights on which clocks go forward and back. */
const MIDNIGHTS = [
  '2026-06-15T23:00:00Z',
  '2026-12-02T00:00:00Z',
  '2026-03-29T00:00:00Z',
  '2026-03-29T23:00:00Z',
  '2026-10-24T23:00:00Z',
  '2026-10-26T00:00:00Z',
] as const;

/** How likely each deed is, compared with the others. */
const DEEDS: Readonly<Partial<Record<Deed['do'], number>>> = {
  take: 34,
  'end-of-day': 4,
  undo: 9,
  refund: 12,
  cancel: 2,
  'set-amount': 1,
  'set-tips': 1,
  receipt: 1,
  withdraw: 6,
  retry: 3,
  settle: 4,
  pause: 2,
  resume: 4,
  refresh: 2,
  'line-down': 3,
  'line-up': 7,
  'key-revoked': 1,
  'key-mended': 3,
  connect: 2,
  disk: 4,
  'pc-clock': 3,
  'power-cut': 3,
  sleep: 3,
  rot: 1,
  elsewhere: 4,
};
const DEED_NAMES = Object.keys(DEEDS) as readonly Deed['do'][];

/** `minutes`: about how long people and faults are at work. `forced`: features that it has in any case. */
export const draw = (seed: number, minutes: number, forced: readonly string[] = []): Schedule => withFeatures(drawEveryday(seed, minutes), forced);

/** A day like any other, with what goes wrong on any of them. */
function drawEveryday(seed: number, minutes: number): Schedule {
  const random = seededRandom(Math.imul(seed, 0x9e3779b1));
  const startMs = Date.parse(random.pick(MIDNIGHTS)) - (random.chance(0.6) ? random.whole(1, 9) * MINUTE_MS : random.whole(2, 12) * HOUR_MS);
  const many = random.fraction();
  const payments = Array.from({ length: many < 0.0015 ? 800 : many < 0.006 ? 150 : many < 0.1 ? random.whole(10, 40) : random.whole(2, 8) }, (_, index) =>
    drawPayment(random, startMs, index),
  );
  const tills = random.chance(0.25) ? 2 : 1;
  const runs = payments.length >= 10;
  // Each seed has its own mood: some things hardly ever happen in it, others all the time.
  const oftenDone = moodOf(DEED_NAMES, random);
  const steps: Step[] = Array.from({ length: tills }, (_, till) => ({ afterMs: 0, till, do: 'pc-clock' as const, aheadMs: drawAheadMs(random, 0.8) }));
  for (let atMs = 0; atMs < minutes * MINUTE_MS; atMs += steps.at(-1)?.afterMs ?? 0) {
    const name = random.weighted(DEED_NAMES, (deed) => oftenDone(deed) * (deed === 'end-of-day' && runs ? 25 : (DEEDS[deed] ?? 0)));
    steps.push({ afterMs: drawGapMs(random), till: random.whole(0, tills - 1), ...drawDeed(name, random, payments.length) });
  }
  const rough = random.pick([0.05, 0.15, 0.25, 0.4, 0.6] as const);
  const crashy = random.pick([0, 0, 0.03, 0.1] as const);
  return {
    seed,
    startMs,
    pcZone: random.pick(['Europe/London', 'Europe/London', 'Europe/Bucharest', 'America/Los_Angeles', 'Pacific/Kiritimati'] as const),
    apiVersion: random.pick([
      '2026-02-27',
      '2026-02-27',
      '2025-09-10',
      '2024-02-05',
      random.chance(0.3) ? random.pick(['2022-01-03', '2022-04-07'] as const) : '2024-02-05',
    ] as const),
    offlineRefunds: random.chance(0.75),
    tills,
    focused: random.chance(0.15),
    switches: {
      partCaptureTurnsCaptured: random.chance(0.3),
      partCaptureReleasesRest: random.chance(0.3),
      captureShowsAtOnce: random.chance(0.5),
      captureHonoursIdempotencyKey: random.chance(0.2),
      reverseCreatedAllowed: random.chance(0.5),
      releaseEarlierDayAllowed: random.chance(0.5),
      holdShowsPaymentDetails: random.chance(0.7),
      searchDatesMeanUpdated: random.chance(0.3),
      searchOldestFirst: random.chance(0.3),
      stableCursors: random.chance(0.5),
      undocumentedFields: random.chance(0.1),
    },
    declinedPercent: random.pick([0, 4, 15] as const),
    failedPercent: random.pick([0, 3, 15] as const),
    payments,
    steps,
    faults: Array.from({ length: tills }, (_, till) => drawFaults(random, till, rough, steps.length, payments.length)).flat(),
    crashes: Array.from({ length: tills }, (_, till) => drawCrashes(random, till, crashy)).flat(),
    rivals: [],
    date: { kind: 'right' },
    refundKeysKeptMs: DAY_MS,
    copies: 0,
    features: [],
  };
}

export const sizeOf = ({ steps, faults, crashes, rivals, payments }: Schedule): number =>
  steps.length + faults.length + crashes.length + rivals.length + payments.length;

function moodOf<T>(names: readonly T[], random: SeededRandom): (name: T) => number {
  const often = new Map(names.map((name) => [name, random.pick([0.2, 1, 1, 5] as const)]));
  return (name) => often.get(name) ?? 1;
}

function drawPayment(random: SeededRandom, startMs: number, index: number): NewPayment {
  const captureMode = random.chance(0.7) ? 'Manual' : 'Auto';
  const agoMs = random.chance(0.15) ? random.whole(1, 5) * 24 * HOUR_MS : random.whole(1, 300) * MINUTE_MS;
  const paidAtMs = startMs - agoMs;
  const unpaid = random.chance(0.08);
  const ends = captureMode === 'Manual' && random.chance(0.15);
  const amountMinor = random.pick([random.whole(3, 90) * 100, random.whole(20, 90) * 100, 1000, 1500] as const);
  // Taken in part before, in the portion in which people take on: what one more of these is, only a baseline can tell.
  const begun = captureMode === 'Manual' && !unpaid && amountMinor >= 2000 && random.chance(0.3);
  return {
    id: `pay_${String(index + 1).padStart(3, '0')}`,
    reference: `Table ${index + 1}`,
    accountId: random.chance(0.12) ? 'acc_other' : 'acc_training',
    amountMinor,
    past: begun ? [{ kind: 'capture', atMs: startMs - MINUTE_MS / 2, amountMinor: 500 }] : [],
    captureMode,
    createdAtMs: paidAtMs - random.pick([0, 0, 2 * MINUTE_MS, 40 * MINUTE_MS] as const),
    paidAtMs: unpaid ? null : paidAtMs,
    autoExpireInMs: ends ? agoMs + random.whole(1, 25) * MINUTE_MS : null,
    autoExpireAction: random.chance(0.5) ? 'Release' : 'Capture',
    customAmountAllowed: random.chance(0.5),
    tipsAllowed: random.chance(0.2),
  };
}

/** Mostly hasty, sometimes minutes later. */
function drawGapMs(random: SeededRandom): number {
  const kind = random.fraction();
  if (kind < 0.4) return random.whole(0, 600);
  if (kind < 0.92) return random.whole(1, 35) * 1_000;
  return random.whole(1, 4) * MINUTE_MS;
}

/** A clock is right to two seconds, or plainly wrong. */
const drawAheadMs = (random: SeededRandom, right: number): number =>
  random.chance(right) ? random.whole(-1_500, 1_500) : random.pick([-1, 1] as const) * random.whole(30, 40 * 60) * 1_000;

function drawDeed(name: Deed['do'], random: SeededRandom, payments: number): Deed {
  const pick = random.fraction();
  const share = random.pick(['whole', 'half', 'five-pounds', 'five-pounds'] as const);
  switch (name) {
    case 'take':
    case 'refund':
      return { do: name, pick, share, again: random.pick(['no', 'no', 'no', 'double-click', 'meant'] as const) };
    case 'end-of-day':
      return { do: name, most: random.chance(0.3) ? random.whole(1, 5) : payments };
    case 'line-down':
      return { do: name, how: random.pick(['no-line', 'no-line', 'no-name'] as const), forMs: random.chance(0.004) ? random.whole(6, 26) * HOUR_MS : 0 };
    case 'connect':
      return { do: name, key: random.pick(['own', 'own', 'newer', 'other'] as const) };
    case 'disk':
      return { do: name, mood: random.pick(['ok', 'ok', 'full', 'broken'] as const) };
    case 'pc-clock':
      return { do: name, aheadMs: drawAheadMs(random, 0.4) };
    case 'power-cut':
    case 'sleep': {
      const long = random.chance(0.1);
      const count = long ? random.whole(1, 30) : random.whole(1, 400);
      const forMs = count * (long ? HOUR_MS : 1_000);
      return name === 'sleep' ? { do: name, forMs, monotonic: count % 2 === 0 ? 'runs' : 'stands', told: count % 3 !== 0 } : { do: name, forMs };
    }
    case 'elsewhere':
      return { do: name, pick, what: random.pick(['capture', 'capture', 'reverse', 'refund'] as const), share };
    case 'undo':
    case 'cancel':
    case 'set-amount':
    case 'set-tips':
    case 'receipt':
    case 'withdraw':
    case 'retry':
    case 'settle':
      return { do: name, pick };
    case 'pause':
    case 'resume':
    case 'refresh':
    case 'line-up':
    case 'key-revoked':
    case 'key-mended':
    case 'rot':
      return { do: name };
    default:
      throw new Error(`expected a deed of every day, got ${name}`);
  }
}

function drawFaults(random: SeededRandom, till: number, rough: number, steps: number, payments: number): PlannedFault[] {
  const often = moodOf(EVERYDAY_FAULTS, random);
  const of = (on: 'move' | 'look', most: number, chance: number): PlannedFault[] =>
    Array.from({ length: most }, (_, nth) => nth).flatMap((nth) =>
      random.chance(chance)
        ? [
            {
              till,
              on,
              nth,
              fault: random.weighted(EVERYDAY_FAULTS, (fault) => often(fault) * (on === 'move' ? FAULTS[fault].onMoves : FAULTS[fault].onLooks)),
            },
          ]
        : [],
    );
  return [...of('move', steps + payments, rough), ...of('look', 10 * steps + 2 * payments, rough / 3)];
}

function drawCrashes(random: SeededRandom, till: number, crashy: number): PlannedCrash[] {
  return Array.from({ length: 120 }, (_, nth) => nth + 1).flatMap((nth) => (random.chance(crashy) ? [{ till, at: random.pick(CRASHES), nth }] : []));
}
