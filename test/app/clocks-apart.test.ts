import { describe, expect, test } from 'vitest';
import type { Http } from '../../main/ports/http.ts';
import { NOON_MS, startShop } from '../a-shop.ts';

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];
/** Half past midnight in London by the PC's clock; Dojo's is two hours behind it, on the day before. */
const PC_MS = Date.parse('2026-06-15T23:30:00Z');

const twoHoursBehind = (http: Http): Http => ({
  async request(request) {
    const answer = await http.request(request);
    if (answer.kind !== 'answered' || !answer.headers.date) return answer;
    return { ...answer, headers: { ...answer.headers, date: new Date(Date.parse(answer.headers.date) - 2 * HOUR).toUTCString() } };
  },
});

test('a reversal that waits because the PC’s clock and Dojo’s are hours apart says so, and not that there is no connection', async () => {
  let down = true;
  const { call, clock, look } = await startShop({
    startMs: PC_MS,
    payments: [{ id: 'pi_1', reference: 'T', createdAtMs: PC_MS - 4 * HOUR, amountMinor: 4200, captureMode: 'Auto', paidAtMs: PC_MS - 4 * HOUR }],
    line: (http) => ({ request: async (request) => (down ? { kind: 'not-sent', cause: 'ECONNREFUSED' } : twoHoursBehind(http).request(request)) }),
  });
  down = false;
  await clock.run(20 * SECOND);
  expect(await call('submit', { requests: [{ kind: 'reverse', paymentId: 'pi_1', requestId: 'r1' }] })).toMatchObject({ ok: true });
  await clock.run(3 * SECOND);
  const { actions, connection } = await look();
  expect([connection.line, actions.map(({ state, message, next }) => [state, message, next])]).toEqual([
    'live',
    [
      [
        'waiting',
        'It is not certain what time it is: this PC’s clock or one of Dojo’s is wrong. It waits until Tillside is sure of the time.',
        'Look at this PC’s date and time. Nothing else has to be done.',
      ],
    ],
  ]);
});

test('where Dojo answers and does not say what time it is, that is said before a reversal is decided', async () => {
  const { call, clock, look } = await startShop({
    bank: { switches: { dateLeftOut: true } },
    payments: ['pi_1', 'pi_2'].map((id) => ({
      id,
      reference: 'T',
      createdAtMs: NOON_MS - HOUR,
      amountMinor: 4200,
      captureMode: 'Auto',
      paidAtMs: NOON_MS - HOUR,
    })),
  });
  await clock.run(20 * SECOND);
  const reverse = async () => (await look()).payments.find(({ id }) => id === 'pi_2')?.moves.reverse;
  expect((await look()).connection.line).toBe('live');
  expect(await reverse()).toMatchObject({
    open: true,
    caution: expect.stringMatching(/^Dojo does not say what time it is\. While that is so a reversal is not sent/),
  });
  expect(await call('submit', { requests: [{ kind: 'reverse', paymentId: 'pi_1', requestId: 'r1' }] })).toMatchObject({ ok: true });
  await clock.run(3 * SECOND);
  expect((await look()).actions[0]).toMatchObject({ state: 'needsPerson', message: expect.stringMatching(/^Dojo does not say what time it is/) });
});

describe.each([
  ['one of them 3 s ahead', [0, 3 * SECOND]],
  ['one of them 3 s behind', [0, -3 * SECOND]],
])('two servers of Dojo’s that answer in turn, %s', (_how, dateOffsetsMs) => {
  const paid = { reference: 'T', createdAtMs: NOON_MS - HOUR, amountMinor: 10_000 };
  const capture = (amount: number) => ({ kind: 'capture', paymentId: 'pi_hold', amount, requestId: 'r1' });
  const reversal = { kind: 'reverse', paymentId: 'pi_sale', requestId: 'r1' };
  const refund = { kind: 'refund', paymentId: 'pi_sale', amount: 3_000, requestId: 'r1' };

  test.each([
    ['a whole capture that Dojo made', capture(10_000), true, 'done', 2],
    ['a whole capture that never arrived', capture(10_000), false, 'done', 3],
    ['a capture of a part that Dojo made', capture(3_000), true, 'done', 2],
    ['a capture of a part that never arrived', capture(3_000), false, 'needsPerson', 11],
    ['a reversal that Dojo made', reversal, true, 'done', 2],
    ['a reversal that never arrived', reversal, false, 'done', 3],
    ['a refund that Dojo made', refund, true, 'done', 3],
    ['a refund that never arrived', refund, false, 'done', 3],
  ])('%s, its answer being lost, is checked to its end', async (_what, request, isMade, endsAs, minutesMost) => {
    let isFirst = true;
    const { call, clock, look, bank } = await startShop({
      payments: [
        { ...paid, id: 'pi_hold', captureMode: 'Manual' },
        { ...paid, id: 'pi_sale', paidAtMs: NOON_MS - HOUR },
      ],
      bank: { switches: { dateOffsetsMs } },
      line: (http) => ({
        async request(asked) {
          if (!asked.movesMoney || !isFirst) return http.request(asked);
          isFirst = false;
          if (isMade) await http.request(asked);
          return { kind: 'broken', cause: 'reset' };
        },
      }),
    });
    await clock.run(20 * SECOND);
    expect(await call('submit', { requests: [request] })).toMatchObject({ ok: true });
    await clock.run(700);
    const state = async () => (await look()).actions[0]?.state;
    expect(await state()).toBe('checking');
    await clock.run(minutesMost * MINUTE);
    expect(await state()).toBe(endsAs);
    const { captures, refunds, reversals } = bank.moneyOf(request.paymentId);
    expect(captures + refunds + reversals).toBe(isMade || endsAs === 'done' ? 1 : 0);
    expect((await look()).connection.clockAheadMs).toBeNull();
  });
});
