import { describe, expect, test } from 'vitest';
import { TWICE_NOTICE } from '../../main/app/twice-watch.ts';
import type { Http, HttpAnswer } from '../../main/ports/http.ts';
import type { Snapshot } from '../../preload/contract.ts';
import { NOON_MS, type Shop, startShop } from '../a-shop.ts';

const MINUTE_MS = 60_000;
const paid = { reference: 'Table 4', createdAtMs: NOON_MS - 60 * MINUTE_MS, amountMinor: 2_000 };

const only = ({ actions: [action], payments: [payment] }: Snapshot) => {
  if (!action || !payment) throw new Error('expected an action and its payment');
  return { action, payment };
};
const noticesOf = ({ connection }: Snapshot) => connection.notices.filter(({ code }) => code === TWICE_NOTICE);

/** What is said of the action once it has had its time and was compared with Dojo. */
async function compared({ call, clock, look }: Shop) {
  await clock.run(3 * MINUTE_MS);
  await call('compare');
  return only(await look()).action;
}

/** As Compare does it: a look at the payment, then the second press. */
async function sendOnceMore({ call, look, clock }: Shop): Promise<void> {
  await call('compare');
  const { action } = only(await look());
  const version = action.sinceDecision?.now?.version;
  const answer = await call('release', { actionIds: [action.id], ...(version === undefined ? {} : { seenVersions: { [action.id]: version } }) });
  if (!answer.ok) throw new Error(answer.error.message);
  await clock.run(2 * MINUTE_MS);
}

/** Dojo carries out the first move and is heard to say no to it. */
function refusedOnce(status: number): (http: Http) => Http {
  let isFirst = true;
  const no: HttpAnswer = { kind: 'answered', status, headers: { 'content-type': 'application/json' }, body: '{"title":"No"}' };
  return (http) => ({
    async request(request) {
      const answer = await http.request(request);
      if (!request.movesMoney || !isFirst) return answer;
      isFirst = false;
      return no;
    },
  });
}

describe.each([400, 401, 403, 409, 429])('a refund that Dojo made and answered %i', (status) => {
  const refused = async () => {
    const shop = await startShop({ payments: [{ id: 'pi_1', ...paid }], line: refusedOnce(status), bank: { switches: { refundKeysKeptMs: 1_000 } } });
    await shop.clock.run(5_000);
    await shop.call('submit', { requests: [{ kind: 'refund', paymentId: 'pi_1', amount: 500, requestId: 'r1' }] });
    await shop.clock.run(3 * MINUTE_MS);
    return shop;
  };

  test('says before it is sent once more what Dojo shows since, and what is refunded in all then', async () => {
    const { bank, look } = await refused();
    expect(bank.moneyOf('pi_1')).toMatchObject({ refunds: 1 });
    expect(only(await look()).action).toMatchObject({
      state: 'needsPerson',
      code: 'conflict',
      message: 'Dojo shows £5.00 refunded since it was sent: it may be this one, or another till’s.',
      can: { release: true },
      ifAgain: 'Dojo shows £5.00 refunded since this till sent it, and may refund it once more: then £10.00 of £20.00 is refunded in all.',
    });
  });

  test('is called refunded perhaps twice after that, and not plainly elsewhere', async () => {
    const shop = await refused();
    await sendOnceMore(shop);
    expect(shop.bank.moneyOf('pi_1')).toMatchObject({ refunds: 2 });
    const now = await shop.look();
    const { action, payment } = only(now);
    expect(action).toMatchObject({ state: 'done', cameTwice: true, message: 'It may have been refunded twice: £10.00 of £20.00 in all.' });
    expect(payment.attention).toContain('It may have been refunded twice');
    expect(payment.changedElsewhere?.what).toBe('£5.00 was refunded elsewhere, or by a request of this till that arrived twice.');
    expect(noticesOf(now)).toHaveLength(1);
    const detail = await shop.call('getPayment', { paymentId: 'pi_1' });
    expect(detail).toMatchObject({ ok: true, value: { timeline: expect.not.arrayContaining([expect.objectContaining({ by: 'elsewhere' })]) } });
  });
});

describe('a refund that Dojo made and answered 409, sent once more and answered yes by its key', () => {
  const known = async () => {
    const shop = await startShop({ payments: [{ id: 'pi_1', ...paid }], line: refusedOnce(409) });
    await shop.clock.run(5_000);
    await shop.call('submit', { requests: [{ kind: 'refund', paymentId: 'pi_1', amount: 500, requestId: 'r1' }] });
    await shop.clock.run(3 * MINUTE_MS);
    await sendOnceMore(shop);
    expect(shop.bank.moneyOf('pi_1')).toMatchObject({ refunds: 1, refundedMinor: 500 });
    return shop;
  };

  test('is one refund: all else can still be given back', async () => {
    const { action, payment } = only(await (await known()).look());
    expect(action).toMatchObject({ state: 'done', cameTwice: false });
    expect(payment).toMatchObject({ refundedMinor: 500, attention: null, moves: { refund: { open: true, maxMinor: 1_500 } } });
  });

  test('explains nothing of what another till refunds while the next one waits here', async () => {
    const { call, clock, bank, look } = await known();
    await call('pauseQueue');
    await call('submit', { requests: [{ kind: 'refund', paymentId: 'pi_1', amount: 400, requestId: 'r2', again: true }] });
    expect(bank.refund('acc_training', 'pi_1', { amountMinor: 400, idempotencyKey: 'other' }, clock.nowMs()).ok).toBe(true);
    await call('resumeQueue');
    await clock.run(5 * MINUTE_MS);
    const { actions, payments } = await look();
    expect(actions.find(({ requestId }) => requestId === 'r2')).toMatchObject({ state: 'needsPerson', code: 'changed-since' });
    expect(bank.moneyOf('pi_1')).toMatchObject({ refunds: 2, refundedMinor: 900 });
    expect(payments[0]?.changedElsewhere?.what).toBe('£4.00 was refunded elsewhere.');
  });

  test('is not called refused where less is left by then than it asks for: what shows may be its own doing', async () => {
    const shop = await startShop({ payments: [{ id: 'pi_1', ...paid }], line: refusedOnce(409) });
    const { call, clock, bank, look } = shop;
    await clock.run(5_000);
    await call('submit', { requests: [{ kind: 'refund', paymentId: 'pi_1', amount: 800, requestId: 'r1' }] });
    await clock.run(3 * MINUTE_MS);
    await call('pauseQueue');
    await sendOnceMore(shop);
    expect(only(await look()).action.state).toBe('waiting');
    expect(bank.refund('acc_training', 'pi_1', { amountMinor: 900, idempotencyKey: 'other' }, clock.nowMs()).ok).toBe(true);
    await call('resumeQueue');
    await clock.run(3 * MINUTE_MS);
    expect(bank.moneyOf('pi_1')).toMatchObject({ refunds: 2, refundedMinor: 1_700 });
    expect(only(await look()).action).toMatchObject({ state: 'needsPerson', code: 'conflict' });
  });

  test('that another till’s stood beside is told of after midnight as well, when no list shows the payment any more', async () => {
    const shop = await startShop({ payments: [{ id: 'pi_1', ...paid }], line: refusedOnce(409) });
    const { clock, bank } = shop;
    await clock.run((11 * 60 + 57) * MINUTE_MS);
    await shop.call('submit', { requests: [{ kind: 'refund', paymentId: 'pi_1', amount: 500, requestId: 'r1' }] });
    await clock.run(30_000);
    expect(bank.refund('acc_training', 'pi_1', { amountMinor: 600, idempotencyKey: 'other' }, clock.nowMs()).ok).toBe(true);
    await clock.run(2 * MINUTE_MS);
    await sendOnceMore(shop);
    await clock.run(10 * MINUTE_MS);
    expect(bank.moneyOf('pi_1')).toMatchObject({ refunds: 2, refundedMinor: 1_100 });
    expect(shop.disks.shop.activity.filter(({ paymentId, amountMinor }) => paymentId === 'pi_1' && amountMinor === 600)).toHaveLength(1);
  });

  test('explains nothing of what another till refunds while nobody asks for more', async () => {
    const { clock, bank, look } = await known();
    bank.refund('acc_training', 'pi_1', { amountMinor: 500, idempotencyKey: 'other' }, clock.nowMs());
    await clock.run(5 * MINUTE_MS);
    const { action, payment } = only(await look());
    // Whose the second one is nobody can tell: it was sent twice here.
    expect(action).toMatchObject({ cameTwice: true, message: 'It may have been refunded twice: £10.00 of £20.00 in all.' });
    expect(payment.attention).toContain('It may have been refunded twice');
  });
});

describe('a part capture whose answer was lost, and that Dojo made more than two minutes later', () => {
  const lost = async () => {
    let isFirst = true;
    const shop = await startShop({
      payments: [{ id: 'pi_1', ...paid, amountMinor: 10_002, captureMode: 'Manual' }],
      line: (http) => ({
        async request(request) {
          if (!request.movesMoney || !isFirst) return http.request(request);
          isFirst = false;
          return { kind: 'broken', cause: 'reset' };
        },
      }),
    });
    await shop.clock.run(5_000);
    await shop.call('submit', { requests: [{ kind: 'capture', paymentId: 'pi_1', amount: 3_000, requestId: 'r1' }] });
    await shop.clock.run(130_000);
    const makes = () => shop.bank.capture('acc_training', 'pi_1', { amountMinor: 3_000, tipsMinor: 0 }, shop.clock.nowMs());
    makes();
    return { ...shop, makes };
  };

  test('is not offered for sending: what shows may be it', async () => {
    const shop = await lost();
    const action = await compared(shop);
    expect(action).toMatchObject({
      state: 'needsPerson',
      code: 'conflict',
      can: { release: false, settle: true },
      message: 'It was sent and its answer was lost. Dojo shows a capture like it by now.',
    });
    expect(await shop.call('release', { actionIds: [action.id] })).toMatchObject({ ok: false, error: { code: 'not-possible' } });
  });

  test('is offered beside two like it, with the sum in all', async () => {
    const shop = await lost();
    shop.makes();
    expect(await compared(shop)).toMatchObject({
      state: 'needsPerson',
      message: 'Dojo shows something that this action alone does not explain.',
      can: { release: true },
      ifAgain: 'Dojo shows £60.00 captured since this till sent it: with one more, £90.00 of £100.02 is captured in all.',
    });
  });
});

describe.each([
  [401, true],
  [409, false],
  [429, true],
])('a part capture that Dojo made and answered %i', (status, canSend) => {
  test.each([
    ['2026-02-27', false],
    ['2022-04-07', false],
    ['2022-04-07', true],
  ])('says what Dojo shows since, with version %s too, whether or not a part turns the payment captured (%s)', async (apiVersion, partCaptureTurnsCaptured) => {
    const payments = [{ id: 'pi_1', ...paid, amountMinor: 10_002, captureMode: 'Manual' as const }];
    const shop = await startShop({ payments, apiVersion, line: refusedOnce(status), bank: { switches: { partCaptureTurnsCaptured } } });
    await shop.clock.run(5_000);
    await shop.call('submit', { requests: [{ kind: 'capture', paymentId: 'pi_1', amount: 3_000, requestId: 'r1' }] });
    const action = await compared(shop);
    expect(action).toMatchObject({
      state: 'needsPerson',
      message: 'Dojo shows £30.00 captured since it was sent: it may be this one, or another till’s.',
      can: { release: canSend, settle: true },
      ifAgain: canSend ? 'Dojo shows £30.00 captured since this till sent it: with one more, £60.00 of £100.02 is captured in all.' : null,
    });
    expect(JSON.stringify(action)).not.toMatch(/[Nn]othing (was done|moved)/);
    // Nor does it go out again by itself.
    await shop.clock.run(60 * MINUTE_MS);
    expect(only(await shop.look()).action.state).toBe('needsPerson');
    expect(shop.bank.moneyOf('pi_1').captures).toBe(1);
  });
});
