import type { ActionView } from '../../preload/contract.ts';
import { type Sum, sumUp } from './choice.ts';

/** What became of one take of a run, as far as it is known now. */
export const TAKE_OUTCOMES = [
  'waiting',
  'behind',
  'sending',
  'checking',
  'needs-person',
  'taking',
  'taken',
  'not-shown',
  'settled-done',
  'declined',
  'failed',
  'refused',
  'too-late',
  'withdrawn',
] as const;
export type TakeOutcome = (typeof TAKE_OUTCOMES)[number];

type Outcomes = Pick<ActionView, 'state' | 'captureStatus' | 'outcomeShown' | 'code' | 'waitsForPerson'>;

/**
 * `taken` only where Dojo says the capture succeeded: a request that Dojo took is still `taking`. `behind`: not sent before somebody has
 * done something about what comes first on its payment.
 */
export function takeOutcome({ state, captureStatus, outcomeShown, code, waitsForPerson }: Outcomes): TakeOutcome {
  switch (state) {
    case 'waiting':
      return waitsForPerson === null ? 'waiting' : 'behind';
    case 'sending':
    case 'checking':
    case 'refused':
    case 'withdrawn':
      return state;
    case 'expired':
      return 'too-late';
    case 'needsPerson':
      return 'needs-person';
    case 'done':
      return doneOutcome(captureStatus, outcomeShown, code);
  }
}

function doneOutcome(captureStatus: string | null, outcomeShown: boolean, code: string | null): TakeOutcome {
  switch (captureStatus) {
    case 'Successful':
      return 'taken';
    case 'Declined':
      return 'declined';
    case 'Failed':
      return 'failed';
    case 'Created':
      return 'taking';
    case null:
      // No bank's word will come for what a person settled; it is neither hidden among the taken nor open for ever.
      if (code === 'settled-happened') return 'settled-done';
      return outcomeShown ? 'taking' : 'not-shown';
    default:
      // A status that Dojo added later: whether it ends nobody knows here, so it is not waited for.
      return 'not-shown';
  }
}

/** The report's lines: every take is on exactly one of them. */
export const REPORT_LINES = ['taken', 'taking', 'not-shown', 'settled-done', 'declined', 'refused', 'too-late', 'withdrawn', 'unsettled'] as const;
export type ReportLine = (typeof REPORT_LINES)[number];

export function reportLineOf(outcome: TakeOutcome): ReportLine {
  switch (outcome) {
    case 'waiting':
    case 'behind':
    case 'sending':
    case 'checking':
    case 'needs-person':
      return 'unsettled';
    case 'declined':
    case 'failed':
      return 'declined';
    case 'taken':
    case 'taking':
    case 'not-shown':
    case 'settled-done':
    case 'refused':
    case 'too-late':
    case 'withdrawn':
      return outcome;
  }
}

const URGENCY: Readonly<Record<ReportLine, number>> = {
  unsettled: 0,
  declined: 1,
  refused: 1,
  'too-late': 2,
  withdrawn: 3,
  'not-shown': 4,
  'settled-done': 5,
  taking: 6,
  taken: 7,
};

/** A report lists what went wrong before what went well; otherwise the order stays. */
export const mostUrgentFirst = <T extends Outcomes>(takes: readonly T[]): T[] =>
  takes.toSorted((a, b) => URGENCY[reportLineOf(takeOutcome(a))] - URGENCY[reportLineOf(takeOutcome(b))]);

export type CurrencyReport = Readonly<{
  currency: string;
  chosen: Sum;
  lines: Readonly<Record<ReportLine, Sum>>;
}>;

export type RunReport = Readonly<{
  byCurrency: readonly CurrencyReport[];
  /** Takes, by what became of them. */
  counts: Readonly<Record<TakeOutcome, number>>;
  total: number;
  /** How many have an outcome that will not change by itself: the bank's word too. */
  ended: number;
}>;

type Take = Outcomes & Pick<ActionView, 'currency' | 'amountMinor' | 'tipsMinor'>;

/** What a take is about: its amount and its tips. */
export const takeMinor = ({ amountMinor, tipsMinor }: Pick<ActionView, 'amountMinor' | 'tipsMinor'>): number => (amountMinor ?? 0) + tipsMinor;

/** A run's takes added up: for each currency, chosen is the sum of the lines, to the penny. */
export function runReport(takes: readonly Take[]): RunReport {
  const counts = Object.fromEntries(TAKE_OUTCOMES.map((outcome) => [outcome, 0])) as Record<TakeOutcome, number>;
  const entries = takes.map((take) => {
    const outcome = takeOutcome(take);
    counts[outcome] += 1;
    return { currency: take.currency, amountMinor: takeMinor(take), line: reportLineOf(outcome) };
  });
  const byCurrency = sumUp(entries).map((chosen): CurrencyReport => {
    const own = entries.filter((entry) => entry.currency === chosen.currency);
    const lineSum = (line: ReportLine): Sum => sumUp(own.filter((entry) => entry.line === line))[0] ?? { currency: chosen.currency, count: 0, amountMinor: 0 };
    const lines = Object.fromEntries(REPORT_LINES.map((line) => [line, lineSum(line)])) as Record<ReportLine, Sum>;
    return { currency: chosen.currency, chosen, lines };
  });
  const moving = counts.waiting + counts.sending + counts.checking + counts.taking;
  return { byCurrency, counts, total: takes.length, ended: takes.length - moving - counts['needs-person'] - counts.behind };
}

/** What has been asked of Dojo and answered with money, per currency: "41 of 60 · £1,204.50 taken". */
export const takenSums = (report: RunReport): readonly Sum[] => report.byCurrency.map(({ lines }) => lines.taken);
