import type { PaymentView } from '../../preload/contract.ts';
import { offeredMinor } from '../take/offered.ts';

/** Another amount than the whole; null: the field was left empty. `ofMinor`: what was left of the hold then. */
export type Edit = Readonly<{ amountMinor: number | null; ofMinor: number }>;

/**
 * Which holds are ticked and with what amount. All are ticked by default, so what is kept is what the person
 * changed: `only` names the ticked ones, `all-but` the others.
 */
export type Choice = Readonly<{
  ticks: Readonly<{ kind: 'all-but' | 'only'; ids: ReadonlySet<string> }>;
  edits: ReadonlyMap<string, Edit>;
}>;

export type ChoiceEvent =
  | Readonly<{ type: 'tick-all' }>
  | Readonly<{ type: 'tick-none' }>
  | Readonly<{ type: 'tick-only'; paymentIds: readonly string[]; edits?: ReadonlyMap<string, Edit> }>
  | Readonly<{ type: 'set-ticked'; paymentIds: ReadonlySet<string>; among: readonly string[] }>
  | Readonly<{ type: 'toggle'; paymentId: string }>
  | Readonly<{ type: 'edit'; paymentId: string; edit: Edit }>
  | Readonly<{ type: 'whole'; paymentId: string }>;

export const everything: Choice = { ticks: { kind: 'all-but', ids: new Set() }, edits: new Map() };

export const isTicked = (choice: Choice, paymentId: string): boolean => choice.ticks.ids.has(paymentId) === (choice.ticks.kind === 'only');

/** The choice after an event. */
export function choose(choice: Choice, event: ChoiceEvent): Choice {
  switch (event.type) {
    case 'tick-all':
      return { ...choice, ticks: { kind: 'all-but', ids: new Set() } };
    case 'tick-none':
      return { ...choice, ticks: { kind: 'only', ids: new Set() } };
    case 'tick-only':
      return { ticks: { kind: 'only', ids: new Set(event.paymentIds) }, edits: new Map(event.edits) };
    case 'set-ticked':
      // Kept as exceptions from the whole, so that a hold that comes in later is ticked as the others are.
      return choice.ticks.kind === 'only'
        ? { ...choice, ticks: { kind: 'only', ids: new Set(event.paymentIds) } }
        : { ...choice, ticks: { kind: 'all-but', ids: exceptions(choice.ticks.ids, event.paymentIds, event.among) } };
    case 'toggle': {
      const ids = new Set(choice.ticks.ids);
      if (!ids.delete(event.paymentId)) ids.add(event.paymentId);
      return { ...choice, ticks: { kind: choice.ticks.kind, ids } };
    }
    case 'edit':
      return { ...choice, edits: new Map(choice.edits).set(event.paymentId, event.edit) };
    case 'whole': {
      const edits = new Map(choice.edits);
      edits.delete(event.paymentId);
      return { ...choice, edits };
    }
  }
}

/** Which of them are not ticked. One that is not on the list just now, because it cannot be ticked for a while, stays an exception: it may come back. */
export function exceptions(before: ReadonlySet<string>, ticked: ReadonlySet<string>, among: readonly string[]): ReadonlySet<string> {
  const listed = new Set(among);
  return new Set([...[...before].filter((id) => !listed.has(id)), ...among.filter((id) => !ticked.has(id))]);
}

/** `changed`: what is left is another than when the amount was edited, perhaps by that very amount. */
export type RowProblem = 'changed' | 'empty' | 'zero' | 'above';

export type ChoiceRow = Readonly<{
  payment: PaymentView;
  ticked: boolean;
  edited: boolean;
  /** What would be taken; null where the field is empty, or was filled in of another rest. */
  amountMinor: number | null;
  /** What main offers; null: nothing by itself. */
  wholeMinor: number | null;
  maxMinor: number;
  problem: RowProblem | null;
}>;

const problemOf = (amountMinor: number | null, minMinor: number, maxMinor: number): RowProblem | null => {
  if (amountMinor === null) return 'empty';
  if (amountMinor < minMinor) return 'zero';
  return amountMinor > maxMinor ? 'above' : null;
};

/** One payment as the choice has it; null where nothing can be captured of it now. Its amounts are goods and tips together. */
export function choiceRow(payment: PaymentView, choice: Choice): ChoiceRow | null {
  const move = payment.moves.capture;
  if (!move.open || move.maxMinor === null) return null;
  const edit = choice.edits.get(payment.id);
  const wholeMinor = offeredMinor(move);
  const hasChanged = edit !== undefined && edit.ofMinor !== payment.leftMinor;
  const amountMinor = edit === undefined ? wholeMinor : hasChanged ? null : edit.amountMinor;
  return {
    payment,
    // Where main offers nothing by itself, a person types an amount first.
    ticked: isTicked(choice, payment.id) && (wholeMinor !== null || edit !== undefined),
    edited: edit !== undefined && amountMinor !== wholeMinor,
    amountMinor,
    wholeMinor,
    maxMinor: payment.leftMinor,
    problem: hasChanged ? 'changed' : problemOf(amountMinor, move.minMinor ?? 0, payment.leftMinor),
  };
}

/** Every payment that can be taken now, soonest end of its hold first, as the choice has it. */
export const choiceRows = (payments: Iterable<PaymentView>, choice: Choice): ChoiceRow[] =>
  [...payments].flatMap((payment) => choiceRow(payment, choice) ?? []).sort(bySoonestEnd);

const endOf = (payment: PaymentView) => payment.holdEnds?.atMs ?? Number.MAX_SAFE_INTEGER;
const bySoonestEnd = (a: ChoiceRow, b: ChoiceRow) => endOf(a.payment) - endOf(b.payment) || a.payment.createdAtMs - b.payment.createdAtMs;

export type Sum = Readonly<{ currency: string; count: number; amountMinor: number }>;

/** Sums per currency, in the order the currencies first appear: different ones are never added up. */
export function sumUp(entries: Iterable<Readonly<{ currency: string; amountMinor: number }>>): readonly Sum[] {
  const sums = new Map<string, Sum>();
  for (const { currency, amountMinor } of entries) {
    const sum = sums.get(currency) ?? { currency, count: 0, amountMinor: 0 };
    sums.set(currency, { currency, count: sum.count + 1, amountMinor: sum.amountMinor + amountMinor });
  }
  return [...sums.values()];
}

/** What the ticked rows come to. A row with a problem counts for nothing until it is mended. */
export const tickedSums = (rows: readonly ChoiceRow[]): readonly Sum[] =>
  sumUp(
    rows.flatMap((row) =>
      row.ticked && row.problem === null && row.amountMinor !== null ? [{ currency: row.payment.currency, amountMinor: row.amountMinor }] : [],
    ),
  );
