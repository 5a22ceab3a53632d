import { expect, test } from 'vitest';
import type { Http } from '../../main/ports/http.ts';
import { startShop } from '../a-shop.ts';

const [SECOND, HOUR] = [1_000, 3_600_000];
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
        'This PC’s clock and Dojo’s disagree on whether it is too late. It waits until Tillside is sure of the time.',
        'Look at this PC’s date and time. Nothing else has to be done.',
      ],
    ],
  ]);
});
