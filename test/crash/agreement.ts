import type { MoneyOf } from '../../main/simulator/money-of.ts';
import type { ActionView, PaymentView, Snapshot } from '../../preload/contract.ts';
import { REPORT_LINES, reportLineOf, runReport, takeMinor, takeOutcome } from '../../renderer/end-of-day/run-report.ts';
import type { Take } from './plan.ts';

/** What Dojo's own record says of one payment. */
export type DojosWord = (paymentId: string) => MoneyOf;

/** Where the till and Dojo's record disagree after a run has come to its end, as sentences; none is right. */
export function disagreements(takes: readonly Take[], dojo: DojosWord, till: Pick<Snapshot, 'actions' | 'payments' | 'totals'>): readonly string[] {
  const byRequest = Map.groupBy(till.actions, ({ requestId }) => requestId);
  const payments = new Map(till.payments.map((payment) => [payment.id, payment]));
  const wanted = new Set(takes.map(({ requestId }) => requestId));
  return [
    ...till.actions.filter(({ requestId }) => !wanted.has(requestId)).map((action) => `${nameOf(action)}: nobody asked for it`),
    ...takes.flatMap((take) => {
      const [action, ...more] = byRequest.get(take.requestId) ?? [];
      const money = dojo(take.paymentId);
      if (!action) return [`${take.reference}: its action is lost; Dojo took ${money.capturedMinor}`];
      if (more.length > 0) return [`${take.reference}: it is there ${more.length + 1} times`];
      return [...actionTrouble(take, action), ...moneyTrouble(take, action, money), ...shownTrouble(take, payments.get(take.paymentId), money)];
    }),
    ...sumTrouble(takes, dojo, till),
  ];
}

/** There is no other till in a round: what is told of one was a request of ours that Dojo did and refused. */
export const isCapturedAlready = ({ state, code }: ActionView): boolean => state === 'refused' && (code === 'already-captured' || code === 'changed-elsewhere');

const nameOf = ({ reference, state, code }: ActionView) => `${reference} (${state}${code === null ? '' : `, ${code}`})`;

/** What the till says was taken with an action, in minor units: Dojo's word where there is one, else a person's. */
function saidTakenMinor(action: ActionView): number {
  const line = reportLineOf(takeOutcome(action));
  return line === 'taken' || line === 'settled-done' ? takeMinor(action) : 0;
}

function actionTrouble(take: Take, action: ActionView): string[] {
  const line = reportLineOf(takeOutcome(action));
  return [
    ...(action.paymentId === take.paymentId && takeMinor(action) === take.amountMinor ? [] : [`${nameOf(action)}: it is not what was decided`]),
    ...(line === 'unsettled' || line === 'taking' ? [`${nameOf(action)}: it has not come to an end`] : []),
  ];
}

function moneyTrouble(take: Take, action: ActionView, money: MoneyOf): string[] {
  // Dojo did it and refused it (429 for one): the till says that all of it is captured, and does not call it its own.
  const said = isCapturedAlready(action) ? money.capturedMinor : saidTakenMinor(action);
  return [
    ...(money.capturedMinor === said ? [] : [`${nameOf(action)}: Dojo took ${money.capturedMinor}, the till says ${said}`]),
    ...(money.captures > 1 ? [`${nameOf(action)}: taken ${money.captures} times`] : []),
    ...(money.capturedMinor + money.capturingMinor > take.heldMinor ? [`${nameOf(action)}: more was taken than the ${take.heldMinor} held`] : []),
    ...(money.capturingMinor > 0 ? [`${nameOf(action)}: Dojo is not finished with ${money.capturingMinor}`] : []),
  ];
}

function shownTrouble({ reference }: Take, shown: PaymentView | undefined, { capturedMinor }: MoneyOf): string[] {
  if (!shown) return [`${reference}: the till no longer shows the payment`];
  return shown.takenMinor === capturedMinor && shown.takingMinor === 0
    ? []
    : [`${reference}: Dojo took ${capturedMinor}, its row says ${shown.takenMinor} taken and ${shown.takingMinor} being taken`];
}

/** The report and the day's totals, to the penny. */
function sumTrouble(takes: readonly Take[], dojo: DojosWord, { actions, totals }: Pick<Snapshot, 'actions' | 'totals'>): string[] {
  const chosenMinor = takes.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const dojoMinor = takes.reduce((sum, { paymentId }) => sum + dojo(paymentId).capturedMinor, 0);
  const already = new Set(actions.filter(isCapturedAlready).map(({ paymentId }) => paymentId));
  const notOursMinor = takes.reduce((sum, { paymentId }) => sum + (already.has(paymentId) ? dojo(paymentId).capturedMinor : 0), 0);
  const [report] = runReport(actions).byCurrency;
  const [day] = totals.byCurrency;
  if (!report || !day) return ['the till has no report or no totals'];
  const inLines = REPORT_LINES.reduce((sum, line) => sum + report.lines[line].amountMinor, 0);
  const inReport = report.lines.taken.amountMinor + report.lines['settled-done'].amountMinor;
  return [
    ...(report.chosen.amountMinor === chosenMinor && inLines === chosenMinor
      ? []
      : [`chosen were ${chosenMinor}, the report says ${report.chosen.amountMinor}, its lines ${inLines}`]),
    ...(inReport + notOursMinor === dojoMinor ? [] : [`Dojo took ${dojoMinor} in all, the report says ${inReport}`]),
    ...(day.takenMinor === dojoMinor ? [] : [`Dojo took ${dojoMinor} in all, the day’s totals say ${day.takenMinor}`]),
  ];
}
