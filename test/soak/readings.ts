/** What is measured at one moment. Bytes, counts; each is a number so that any two moments can be compared. */
export type Readings = Readonly<Record<string, number>>;
export type Moment = Readonly<{ atMinute: number; readings: Readings }>;

/** How much of its value after the warm-up something may have at the end; `perPayment`: of its value for each payment shown. */
export type Bound = Readonly<{ most: number; perPayment?: boolean }>;

export type Verdict = Readonly<{ name: string; from: number; to: number; highest: number; ratio: number; most: number | null; isKept: boolean }>;

const MIB = 1_048_576;
/** Averages of up to so many moments are compared: one alone may have met a moment when much was under way. */
const AVERAGED_MOST = 3;

/** The moments after the warm-up against the last ones. What has no bound is told and not judged. */
export function judge(moments: readonly Moment[], warmUpMinutes: number, bounds: Readonly<Record<string, Bound>>): readonly Verdict[] {
  const warm = moments.filter(({ atMinute }) => atMinute >= warmUpMinutes);
  if (warm.length < 2) throw new Error(`expected at least two readings after the warm-up, got ${warm.length}`);
  const averaged = Math.min(AVERAGED_MOST, Math.floor(warm.length / 2));
  const [first, last] = [warm.slice(0, averaged), warm.slice(-averaged)];
  const names = [...new Set(moments.flatMap(({ readings }) => Object.keys(readings)))];
  return names.map((name) => {
    const bound = bounds[name];
    const value = ({ readings }: Moment) => (readings[name] ?? 0) / (bound?.perPayment ? Math.max(1, readings.payments ?? 1) : 1);
    const [from, to] = [average(first.map(value)), average(last.map(value))];
    const ratio = from === 0 ? (to === 0 ? 1 : Number.POSITIVE_INFINITY) : to / from;
    const plain = (some: readonly Moment[]) => average(some.map(({ readings }) => readings[name] ?? 0));
    return {
      name,
      from: plain(first),
      to: plain(last),
      highest: Math.max(...moments.map(({ readings }) => readings[name] ?? 0)),
      ratio,
      most: bound?.most ?? null,
      isKept: bound === undefined || ratio <= bound.most,
    };
  });
}

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / (values.length || 1);

/** A table for the terminal. Bytes, which are named so, in MiB. */
export function tableOf(verdicts: readonly Verdict[], bounds: Readonly<Record<string, Bound>>): string {
  const shown = (name: string, value: number) => (name.endsWith('bytes') ? `${(value / MIB).toFixed(1)} MiB` : String(Math.round(value)));
  const rows = verdicts.map(({ name, from, to, highest, ratio, most, isKept }) => [
    name,
    shown(name, from),
    shown(name, to),
    shown(name, highest),
    `${ratio.toFixed(2)}${bounds[name]?.perPayment ? ' a payment' : ''}`,
    most === null ? '' : isKept ? `≤ ${most}` : `> ${most}: GROWS`,
  ]);
  const all = [['', 'after warm-up', 'at the end', 'highest', 'ratio', 'verdict'], ...rows];
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')).join('\n');
}
