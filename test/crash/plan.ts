import type { Fault, FaultKind } from '../../main/simulator/faults.ts';
import { type SeededRandom, seededRandom } from '../../main/simulator/random.ts';
import type { Switches } from '../../main/simulator/switches.ts';
import { drawSales, drawTakes, type Sale, type Take } from './plan-payments.ts';
import { drawPc, type PcPlan } from './plan-pc.ts';

/** Everything that will happen in a round, drawn from its seed as plain data before anything does. */
export type RoundPlan = Readonly<{
  seed: number;
  /** Requests may be lost on their way to Dojo: each has to be proven absent, which takes the settling time. */
  lossy: boolean;
  takes: readonly Take[];
  sales: readonly Sale[];
  /** How long Dojo thinks about each capture. */
  pace: readonly Fault[];
  faults: readonly Fault[];
  lineCuts: readonly LineCut[];
  switches: Partial<Switches>;
  pc: PcPlan;
  /** One for each life of the till but the last two. */
  kills: readonly Kill[];
}>;

/** The line goes down when Dojo has heard so many requests in all. */
export type LineCut = Readonly<{ afterRequests: number; downMs: number }>;

/** When kill -9 comes: so long after the run was handed in, was accepted, or the till's process began; or when Dojo has heard so many requests of it. */
export type Kill =
  | Readonly<{ at: 'submitting' | 'accepted' | 'starting'; afterMs: number }>
  | Readonly<{
      at: 'asked';
      operation: 'read' | 'capture';
      count: number;
      afterMs: number;
      /** Not before everything the till has sent is with Dojo. */
      allArrived: boolean;
    }>;

type Weighted<T> = Readonly<{ weight: number; draw: (random: SeededRandom) => T }>;
const oneOf = <T>(random: SeededRandom, choices: readonly Weighted<T>[]): T => random.weighted(choices, ({ weight }) => weight).draw(random);
const TROUBLES = [500, 502, 503, 504] as const;

/** Dojo did it and the answer says nothing, or it certainly did not do it: the next reading tells. */
const CAPTURE_FAULTS: readonly Weighted<FaultKind>[] = [
  { weight: 3, draw: (random) => ({ kind: 'status-after-commit', status: random.pick(TROUBLES) }) },
  { weight: 3, draw: () => ({ kind: 'reset-after-commit' }) },
  { weight: 2, draw: () => ({ kind: 'cut-short' }) },
  { weight: 1, draw: () => ({ kind: 'malformed-after-commit' }) },
  { weight: 1, draw: () => ({ kind: 'html-after-commit' }) },
  { weight: 1, draw: () => ({ kind: 'status-after-commit', status: 429 }) },
  { weight: 2, draw: () => ({ kind: 'throttle', retryAfterSeconds: 1 }) },
  { weight: 1, draw: () => ({ kind: 'throttle' }) },
  { weight: 2, draw: (random) => ({ kind: 'delay-after-commit', ms: random.whole(200, 1_500) }) },
  { weight: 1, draw: () => ({ kind: 'trickle' }) },
  { weight: 3, draw: (random) => ({ kind: 'status-before', status: random.pick([400, 404, 409]) }) },
  { weight: 2, draw: (random) => ({ kind: 'outcome', outcome: random.pick(['Declined', 'Failed']) }) },
];

/** What of these was done can be told only when nothing can arrive any more, or when the till has waited for an answer in vain. */
const LOST: readonly Weighted<FaultKind & Pick<Fault, 'beforeMs'>>[] = [
  { weight: 2, draw: () => ({ kind: 'reset-before' }) },
  { weight: 2, draw: (random) => ({ kind: 'status-before', status: random.pick(TROUBLES) }) },
  { weight: 1, draw: () => ({ kind: 'html-before' }) },
  { weight: 1, draw: () => ({ kind: 'malformed-before' }) },
  { weight: 1, draw: () => ({ kind: 'drop-after-commit' }) },
  { weight: 1, draw: () => ({ kind: 'drop-before' }) },
  // It stays under way for long and is done all the same, whoever has given up on it meanwhile.
  { weight: 3, draw: (random) => ({ kind: 'reset-after-commit', beforeMs: random.whole(3_000, 25_000) }) },
];

const READ_FAULTS: readonly Weighted<FaultKind>[] = [
  { weight: 3, draw: (random) => ({ kind: 'status-before', status: random.pick(TROUBLES) }) },
  { weight: 2, draw: () => ({ kind: 'reset-before' }) },
  { weight: 1, draw: () => ({ kind: 'cut-short' }) },
  { weight: 1, draw: () => ({ kind: 'malformed-before' }) },
  { weight: 1, draw: () => ({ kind: 'html-before' }) },
  { weight: 1, draw: () => ({ kind: 'throttle', retryAfterSeconds: 1 }) },
  { weight: 2, draw: (random) => ({ kind: 'delay-before', ms: random.whole(200, 1_500) }) },
  { weight: 1, draw: () => ({ kind: 'status-before', status: 404 }) },
];

export function planOf(seed: number, lossy: boolean): RoundPlan {
  const random = seededRandom(seed);
  const takes = drawTakes(random, seed);
  const faultShare = random.pick([0.03, 0.08, 0.15]);
  const faults: Fault[] = [];
  const pace: Fault[] = [];
  const [quickestMs, slowestMs] = lossy ? ([5, 150] as const) : ([400, 500] as const);
  for (const { paymentId } of takes) {
    const match = { operation: 'capture', paymentId } as const;
    if (random.chance(faultShare)) faults.push({ ...oneOf(random, CAPTURE_FAULTS), match });
    else if (lossy && random.chance(0.04)) faults.push({ ...oneOf(random, LOST), match });
    if (random.chance(faultShare / 2)) faults.push({ ...oneOf(random, READ_FAULTS), skip: random.whole(0, 2), match: { operation: 'read', paymentId } });
    // The payment cannot be read when it matters: after an answer was lost. Then only a person can tell.
    else if (random.chance(0.01))
      faults.push({ kind: 'reset-after-commit', match }, { kind: 'status-before', status: 404, skip: 1, match: { operation: 'read', paymentId } });
    pace.push({ kind: 'delay-before', ms: random.whole(quickestMs, slowestMs), match: { operation: 'capture', paymentId } });
  }
  return {
    seed,
    lossy,
    takes,
    sales: drawSales(random),
    pace,
    faults,
    lineCuts: drawLineCuts(random),
    switches: {
      partCaptureTurnsCaptured: random.chance(0.3),
      partCaptureReleasesRest: random.chance(0.3),
      captureShowsAtOnce: random.chance(0.3),
      stableCursors: random.chance(0.5),
      captureExtras: random.chance(0.3) ? 'released' : 'in-amount',
      captureTipsApart: random.chance(0.5),
      totalAmountCounts: random.pick(['all', 'without-tips', 'amount']),
    },
    pc: drawPc(random),
    kills: drawKills(random, lossy),
  };
}

function drawLineCuts(random: SeededRandom): LineCut[] {
  return Array.from({ length: random.whole(0, 2) }, () => ({ afterRequests: random.whole(40, 400), downMs: random.whole(300, 3_000) }));
}

function drawKills(random: SeededRandom, lossy: boolean): Kill[] {
  const asked = (countMost: number): Kill => ({
    at: 'asked',
    operation: random.chance(0.75) ? 'capture' : 'read',
    count: random.whole(1, countMost),
    afterMs: lossy ? random.whole(0, 60) : 0,
    allArrived: !lossy,
  });
  const first = oneOf<Kill>(random, [
    { weight: 2, draw: () => ({ at: 'submitting', afterMs: random.whole(0, 30) }) },
    { weight: 2, draw: () => ({ at: 'accepted', afterMs: random.whole(0, 10) }) },
    { weight: 3, draw: () => asked(60) },
  ]);
  const later = Array.from({ length: random.whole(2, 4) }, () =>
    oneOf<Kill>(random, [
      { weight: 1, draw: () => ({ at: 'starting', afterMs: random.whole(50, 2_500) }) },
      { weight: 3, draw: () => asked(45) },
    ]),
  );
  return [first, ...later];
}

export const killInWords = (kill: Kill): string =>
  kill.at === 'asked'
    ? `at ${kill.operation} ${kill.count} of its life${kill.allArrived ? ', all arrived' : ''}${kill.afterMs > 0 ? `, ${kill.afterMs} ms later` : ''}`
    : `${kill.afterMs} ms after ${{ submitting: 'the run was handed in', accepted: 'the run was accepted', starting: 'its process began' }[kill.at]}`;
