import { describe, expect, it } from 'vitest';
import { choiceRows, choose, everything } from '../../renderer/end-of-day/choice.ts';
import { leftOut, notAccepted, outOfDate, planRun, submissionsOf, takeAtFault, without } from '../../renderer/end-of-day/planned-run.ts';
import { closedMove, openMove, paymentView } from './view-builders.ts';

const hold = (id: string, maxMinor: number) => paymentView({ id, reference: id, capture: openMove({ maxMinor }) });
const numbered = () => {
  let last = 0;
  return () => {
    last += 1;
    return `id-${last}`;
  };
};
const plan = (count: number) =>
  planRun(
    choiceRows(
      Array.from({ length: count }, (_, at) => hold(`p${at}`, 1000)),
      everything,
    ),
    numbered(),
  );
const mapOf = (...payments: ReturnType<typeof paymentView>[]) => new Map(payments.map((payment) => [payment.id, payment]));

describe('a planned run', () => {
  it('takes what is ticked and sound, each with a request id of its own and one run id', () => {
    const choice = [
      { type: 'edit', paymentId: 'B', edit: { amountMinor: 5, ofMinor: 2000 } } as const,
      { type: 'edit', paymentId: 'C', edit: { amountMinor: 0, ofMinor: 3000 } } as const,
    ].reduce(choose, everything);
    const run = planRun(choiceRows([hold('A', 1000), hold('B', 2000), hold('C', 3000)], choice), numbered());
    expect(run.takes.map(({ paymentId, amountMinor, edited }) => [paymentId, amountMinor, edited])).toEqual([
      ['A', 1000, false],
      ['B', 5, true],
    ]);
    const requests = submissionsOf(run, []).flat();
    expect(new Set(requests.map((request) => request.requestId)).size).toBe(2);
    expect(new Set(requests.map((request) => request.runId))).toEqual(new Set([run.runId]));
  });

  it('says of a part what was lost before and may still arrive, and what is captured in all then', () => {
    const payments = [{ ...hold('A', 1000), totalMinor: 1000, lostCapturesMinor: 200 }, hold('B', 1000)];
    const choice = choose(everything, { type: 'edit', paymentId: 'A', edit: { amountMinor: 300, ofMinor: 1000 } });
    expect(planRun(choiceRows(payments, choice), numbered()).takes.map(({ lost }) => lost)).toEqual([
      '£2.00 sent before may still arrive: then £5.00 is captured in all.',
      null,
    ]);
  });

  it('is the same decision however often it is sent', () => {
    const run = plan(3);
    expect(submissionsOf(run, [])).toEqual(submissionsOf(run, []));
  });

  it('says of each payment what was seen of it at the press, and not as it was planned', () => {
    const run = planRun(choiceRows([hold('A', 1000), hold('B', 1000)], everything), numbered());
    const seen = [hold('B', 1000), hold('A', 1000)].map((payment) => ({ ...payment, version: `${payment.id} now` }));
    expect(submissionsOf(run, seen).flat()).toMatchObject([{ seenVersion: 'A now' }, { seenVersion: 'B now' }]);
  });

  it.each([
    [1, [1]],
    [1000, [1000]],
    [1001, [1000, 1]],
    [2500, [1000, 1000, 500]],
  ])('%i takes are submitted in parts of no more than a thousand', (count, sizes) => {
    expect(submissionsOf(plan(count), []).map((part) => part.length)).toEqual(sizes);
  });

  it('notices what the payments no longer allow, and leaves it out when asked', () => {
    const run = planRun(choiceRows([hold('A', 1000), hold('B', 1000), hold('C', 1000), hold('D', 1000)], everything), numbered());
    const stale = outOfDate(run, mapOf(hold('A', 1000), hold('B', 600), paymentView({ id: 'C', capture: closedMove('It is undone.') })));
    expect(stale.map(({ take, why, maxMinor }) => [take.paymentId, why, maxMinor])).toEqual([
      ['B', null, 600],
      ['C', 'It is undone.', null],
      ['D', 'It is no longer in the list.', null],
    ]);
    expect(without(run, new Set(['B', 'C', 'D'])).takes.map((take) => take.paymentId)).toEqual(['A']);
  });

  it('keeps its amounts while the payments change, and notices that another amount is left: neither the whole rest nor the part is what was reviewed', () => {
    const choice = choose(everything, { type: 'edit', paymentId: 'B', edit: { amountMinor: 300, ofMinor: 1000 } });
    const run = planRun(choiceRows([hold('A', 1000), hold('B', 1000), hold('C', 1000)], choice), numbered());
    expect(outOfDate(run, mapOf(hold('A', 9000), hold('B', 700), hold('C', 1000))).map(({ take, why, maxMinor }) => [take.paymentId, why, maxMinor])).toEqual([
      ['A', null, 9000],
      ['B', null, 700],
    ]);
    expect(submissionsOf(run, [])[0]?.[0]).toMatchObject({ kind: 'capture', amount: 1000 });
  });

  it('goes on noticing of what the till does not have yet, also where an answer was lost: of the rest the change may be its own', () => {
    const run = plan(4);
    const [, second] = run.takes;
    const rest = notAccepted(run, 1, [second?.requestId ?? '', 'another']);
    expect(rest.takes.map(({ paymentId }) => paymentId)).toEqual(['p2', 'p3']);
    expect(outOfDate(rest, mapOf(hold('p1', 600), hold('p2', 600), hold('p3', 1000))).map(({ take }) => take.paymentId)).toEqual(['p2']);
  });

  const tipped = (id: string, differs = {}) =>
    paymentView({ id, reference: id, capture: openMove({ maxMinor: 1000, defaultMinor: 1000, maxTipsMinor: 250, defaultTipsMinor: 250, ...differs }) });

  it('asks for goods and held tips apart: goods first, tips last', () => {
    const choice = [
      { type: 'edit', paymentId: 'B', edit: { amountMinor: 600, ofMinor: 1250 } } as const,
      { type: 'edit', paymentId: 'C', edit: { amountMinor: 1100, ofMinor: 1250 } } as const,
    ].reduce(choose, everything);
    const run = planRun(choiceRows([tipped('A'), tipped('B'), tipped('C')], choice), numbered());
    expect(run.takes.map(({ amountMinor }) => amountMinor)).toEqual([1250, 600, 1100]);
    expect(submissionsOf(run, []).flat()).toMatchObject([{ amount: 1000, tipsAmount: 250 }, { amount: 600 }, { amount: 1000, tipsAmount: 100 }]);
    expect(submissionsOf(run, []).flat()[1]).not.toHaveProperty('tipsAmount');
  });

  it('leaves a hold of which main offers nothing until an amount is typed', () => {
    const rest = tipped('A', { defaultMinor: null, defaultTipsMinor: 0 });
    expect(planRun(choiceRows([rest], everything), numbered()).takes).toEqual([]);
    const typed = choose(everything, { type: 'edit', paymentId: 'A', edit: { amountMinor: 500, ofMinor: 1000 } });
    expect(submissionsOf(planRun(choiceRows([rest], typed), numbered()), []).flat()).toMatchObject([{ amount: 500 }]);
  });

  it('says what more than the bill is in it', () => {
    const run = planRun(choiceRows([tipped('A', { includes: '£1.00 service charge is part of it.' }), hold('B', 1000)], everything), numbered());
    expect(run.takes.map(({ includes }) => includes)).toEqual(['£1.00 service charge is part of it.', null]);
  });

  it('notices that its tips changed', () => {
    const run = planRun(choiceRows([tipped('A')], everything), numbered());
    const now = tipped('A', { maxMinor: 1250, defaultMinor: 1250, maxTipsMinor: 0, defaultTipsMinor: 0 });
    expect(outOfDate(run, mapOf(now)).map(({ why }) => why)).toEqual(['Its tips changed.']);
  });

  it('knows which take a refusal is about, in later parts too', () => {
    const run = plan(1500);
    expect(takeAtFault(run, 0, 'requests.2.amount')?.paymentId).toBe(run.takes[2]?.paymentId);
    expect(takeAtFault(run, 1000, 'requests.2')?.paymentId).toBe(run.takes[1002]?.paymentId);
    expect(takeAtFault(run, 1000, 'requests.900')).toBeNull();
    expect(takeAtFault(run, 0, undefined)).toBeNull();
  });

  it('says what could be taken and stays on hold', () => {
    const run = planRun(choiceRows([hold('A', 1000)], everything), numbered());
    const closed = paymentView({ id: 'X', capture: closedMove() });
    expect(leftOut(run, [hold('A', 1000), hold('B', 250), closed])).toEqual([{ currency: 'GBP', amountMinor: 250 }]);
  });
});
