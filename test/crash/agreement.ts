import type { MoneyOf } from '../../main/simulator/money-of.ts';
import type { ActionView, PaymentView, Snapshot } from '../../preload/contract.ts';
import { REPORT_LINES, reportLineOf, runReport, takeMinor as saidMinor, takeOutcome } from '../../renderer/end-of-day/run-report.ts';
import { type Sale, type Take, takeMinor } from './plan-payments.ts';

/** What Dojo's own record says of one payment. */
export type DojosWord = Readonly<{
  moneyOf: (paymentId: string) => MoneyOf;
  /** Dojo captured it, and answered no. */
  refusedThoughDone: (paymentId: string) => boolean;
}>;

type Till = Pick<Snapshot, 'actions' | 'payments' | 'totals'>;
type Round = Readonly<{ takes: readonly Take[]; sales: readonly Sale[] }>;

/** Where the till and Dojo's record disagree after a run has come to its end, as sentences; none is right. */
export function disagreements({ takes, sales }: Round, dojo: DojosWord, till: Till): readonly string[] {
  const byRequest = Map.groupBy(till.actions, ({ requestId }) => requestId);
  const shown = new Map(till.payments.map((payment) => [payment.id, payment]));
  const wanted = new Set(takes.map(({ requestId }) => requestId));
  const holds = [...Map.groupBy(takes, ({ paymentId }) => paymentId).values()];
  return [
    ...till.actions.filter(({ requestId }) => !wanted.has(requestId)).map((action) => `${nameOf(action)}: nobody asked for it`),
    ...takes.flatMap((take) => actionTrouble(take, byRequest.get(take.requestId) ?? [], dojo)),
    ...holds.flatMap((of) =>
      holdTrouble(
        of,
        of.flatMap(({ requestId }) => byRequest.get(requestId) ?? []),
        shown,
        dojo,
      ),
    ),
    ...sales.flatMap(({ paymentId, reference, paidMinor }) => rowTrouble({ paymentId, reference, wholeMinor: paidMinor }, shown, dojo)),
    ...sumTrouble(takes, sales, dojo, till),
  ];
}

/** There is no other till in a round: what is told of one was a request of ours that Dojo did and refused. */
export const isCapturedAlready = ({ state, code }: ActionView): boolean => state === 'refused' && (code === 'already-captured' || code === 'changed-elsewhere');

const nameOf = ({ reference, state, code }: ActionView) => `${reference} (${state}${code === null ? '' : `, ${code}`})`;

/** What the till says was taken with an action, in minor units: Dojo's word where there is one, else a person's. */
function saidTakenMinor(action: ActionView): number {
  const line = reportLineOf(takeOutcome(action));
  return line === 'taken' || line === 'settled-done' ? saidMinor(action) : 0;
}

function actionTrouble(take: Take, [action, ...more]: readonly ActionView[], dojo: DojosWord): string[] {
  if (!action) return [`${take.reference}: its action is lost; Dojo took ${dojo.moneyOf(take.paymentId).capturedMinor}`];
  const line = reportLineOf(takeOutcome(action));
  const isAsDecided = action.paymentId === take.paymentId && saidMinor(action) === takeMinor(take) && action.tipsMinor === take.tipsMinor;
  return [
    ...(more.length > 0 ? [`${take.reference}: it is there ${more.length + 1} times`] : []),
    ...(isAsDecided ? [] : [`${nameOf(action)}: it is not what was decided`]),
    ...(line === 'unsettled' || line === 'taking' ? [`${nameOf(action)}: it has not come to an end`] : []),
    ...(isCapturedAlready(action) && !dojo.refusedThoughDone(take.paymentId) ? [`${nameOf(action)}: Dojo never refused what it had captured`] : []),
  ];
}

/** Everything that was decided on one hold. */
function holdTrouble(takes: readonly Take[], actions: readonly ActionView[], shown: ReadonlyMap<string, PaymentView>, dojo: DojosWord): string[] {
  const [take] = takes;
  if (!take) return [];
  const { paymentId, reference, heldMinor } = take;
  const { capturedMinor, capturingMinor, captures } = dojo.moneyOf(paymentId);
  const name = actions.map(nameOf).join(', ') || reference;
  // Dojo did it and refused it (429 for one): the till says that all of it is captured, and does not call it its own.
  const said = actions.some(isCapturedAlready) ? capturedMinor : actions.reduce((sum, action) => sum + saidTakenMinor(action), 0);
  return [
    ...(capturedMinor === said ? [] : [`${name}: Dojo took ${capturedMinor}, the till says ${said}`]),
    ...(captures > 1 ? [`${name}: taken ${captures} times`] : []),
    ...(capturedMinor + capturingMinor > heldMinor ? [`${name}: more was taken than the ${heldMinor} held`] : []),
    ...(capturingMinor > 0 ? [`${name}: Dojo is not finished with ${capturingMinor}`] : []),
    ...rowTrouble({ paymentId, reference, wholeMinor: heldMinor }, shown, dojo),
  ];
}

type Row = Readonly<{ paymentId: string; reference: string; wholeMinor: number }>;

function rowTrouble({ paymentId, reference, wholeMinor }: Row, shown: ReadonlyMap<string, PaymentView>, dojo: DojosWord): string[] {
  const row = shown.get(paymentId);
  if (!row) return [`${reference}: the till no longer shows the payment`];
  const { capturedMinor } = dojo.moneyOf(paymentId);
  return [
    ...(row.takenMinor === capturedMinor && row.takingMinor === 0
      ? []
      : [`${reference}: Dojo took ${capturedMinor}, its row says ${row.takenMinor} taken and ${row.takingMinor} being taken`]),
    ...(row.totalMinor === wholeMinor ? [] : [`${reference}: the customer was asked for ${wholeMinor}, its row says ${row.totalMinor}`]),
  ];
}

/** The report and the day's totals, to the penny. */
function sumTrouble(takes: readonly Take[], sales: readonly Sale[], { moneyOf }: DojosWord, { actions, totals }: Till): string[] {
  const capturedOf = (ids: Iterable<string>): number => [...new Set(ids)].reduce((sum, paymentId) => sum + moneyOf(paymentId).capturedMinor, 0);
  const chosenMinor = takes.reduce((sum, take) => sum + takeMinor(take), 0);
  const holdsMinor = capturedOf(takes.map(({ paymentId }) => paymentId));
  const salesMinor = capturedOf(sales.map(({ paymentId }) => paymentId));
  const notOursMinor = capturedOf(actions.filter(isCapturedAlready).map(({ paymentId }) => paymentId));
  const [report] = runReport(actions).byCurrency;
  const [day] = totals.byCurrency;
  if (!report || !day) return ['the till has no report or no totals'];
  const inLines = REPORT_LINES.reduce((sum, line) => sum + report.lines[line].amountMinor, 0);
  const inReport = report.lines.taken.amountMinor + report.lines['settled-done'].amountMinor;
  return [
    ...(report.chosen.amountMinor === chosenMinor && inLines === chosenMinor
      ? []
      : [`chosen were ${chosenMinor}, the report says ${report.chosen.amountMinor}, its lines ${inLines}`]),
    ...(inReport + notOursMinor === holdsMinor ? [] : [`Dojo took ${holdsMinor} in all, the report says ${inReport}`]),
    ...(day.takenMinor === holdsMinor + salesMinor ? [] : [`Dojo took ${holdsMinor + salesMinor} in all, the day’s totals say ${day.takenMinor}`]),
  ];
}
