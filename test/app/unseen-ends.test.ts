import { describe, expect, test } from 'vitest';
import { UNDONE_NOTICE } from '../../main/app/unseen-ends.ts';
import type { ActionRequest } from '../../preload/contract.ts';
import { MINUTE, START, shop } from './a-till.ts';

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** 23:30 in London. */
const LATE = START + 10.5 * HOUR;
/** On the next morning. */
const MORNING = START + 20 * HOUR;

/** A connected till, late in the evening of the first day. */
async function evening() {
  const till = await shop();
  const { clock, ask, look } = till;
  const goTo = (atMs: number) => clock.run(atMs - clock.nowMs());
  await goTo(LATE);
  const told = async () => (await look()).connection.notices.filter(({ code }) => code === UNDONE_NOTICE);
  return {
    ...till,
    goTo,
    told,
    listed: async () => (await look()).actions.map(({ requestId, state, untilSeen }) => [requestId, state, untilSeen]),
    async seen() {
      const [notice] = await told();
      if (!notice) throw new Error('expected a notice');
      return ask(({ handlers }) => handlers.noticeSeen({ code: notice.code, message: notice.message }));
    },
    sold: () => till.sale({ reference: 'Order 7', createdAtMs: LATE - HOUR, paidAtMs: LATE - HOUR }).id,
  };
}

async function soldThenOffline() {
  const till = await evening();
  const id = till.sold();
  await till.connect();
  await till.clock.run(MINUTE);
  till.line.setDown(true);
  await till.clock.run(MINUTE);
  return { till, id };
}

describe('a reversal that was too late', () => {
  async function tooLate() {
    const { till, id } = await soldThenOffline();
    expect(await till.submit(till.reverse(id))).toMatchObject({ ok: true });
    await till.goTo(START + 11 * HOUR + MINUTE);
    till.line.setDown(false);
    await till.clock.run(10 * MINUTE);
    // Its day is over: no row of today says it.
    expect(await till.listed()).toEqual([['request-1', 'expired', true]]);
    return { ...till, id };
  }

  test('does not vanish with its day, nor with a restart, before somebody has seen it', async () => {
    const { goTo, told, listed, restart, seen, clock, till } = await tooLate();
    await goTo(MORNING);
    const notice = {
      title: 'A reversal was too late.',
      message: expect.stringMatching(
        /^The reversal, Order 7 \(card ending in \d{4}\), was too late: it ended Tuesday 00:\d\d\. Look at why, then decide what to do instead\.$/,
      ),
      show: 'queue',
      untilSeen: true,
    };
    expect(await told()).toMatchObject([notice]);
    expect(await listed()).toEqual([['request-1', 'expired', true]]);
    // Also where the till was off for longer than actions are kept in memory.
    await till().close();
    await clock.run(10 * DAY);
    await restart();
    await clock.run(MINUTE);
    expect(await told()).toMatchObject([notice]);
    expect(await listed()).toEqual([['request-1', 'expired', true]]);
    await seen();
    expect(await told()).toEqual([]);
    expect(await listed()).toEqual([]);
    await restart();
    await clock.run(2 * HOUR);
    expect(await told()).toEqual([]);
  });

  test('is not told to who gave the money back in another way since', async () => {
    const { id, goTo, told, submit } = await tooLate();
    const refund: ActionRequest = { kind: 'refund', requestId: 'again', paymentId: id, amount: 1250 };
    expect(await told()).toHaveLength(1);
    expect(await submit(refund)).toMatchObject({ ok: true });
    await goTo(MORNING);
    expect(await told()).toEqual([]);
  });
});

describe('on a payment of an earlier day', () => {
  test('a reversal that was queued before the till was closed is told to be too late as soon as it is, once', async () => {
    const { till, id } = await soldThenOffline();
    await till.submit(till.reverse(id));
    await till.till().close();
    await till.goTo(MORNING);
    till.line.setDown(false);
    await till.restart();
    await till.clock.run(MINUTE);
    expect(await till.listed()).toEqual([['request-1', 'expired', true]]);
    expect(await till.told()).toMatchObject([{ title: 'A reversal was too late.', show: 'queue', untilSeen: true }]);
    await till.seen();
    await till.goTo(MORNING + 3 * HOUR);
    expect([await till.told(), await till.listed()]).toEqual([[], [['request-1', 'expired', false]]]);
  });

  test('a refund that is refused is told at once, and no more by who decides on it since', async () => {
    const till = await evening();
    const { id } = till.sale({ reference: 'Order 2', createdAtMs: START - 3 * DAY, paidAtMs: START - 3 * DAY });
    await till.connect();
    await till.clock.run(MINUTE);
    await till.ask(({ handlers }) => handlers.getPayment({ paymentId: id }));
    till.bank.setSwitches({ refusing: [{ status: 403, match: { operation: 'refund' } }] });
    const refund = (requestId: string): ActionRequest => ({ kind: 'refund', requestId, paymentId: id, amount: 500 });
    expect(await till.submit(refund('first'))).toMatchObject({ ok: true });
    await till.clock.run(MINUTE);
    expect(await till.told()).toMatchObject([{ title: 'A refund was not done.', message: expect.stringContaining('Order 2') }]);
    till.bank.setSwitches({ refusing: [] });
    expect(await till.submit(refund('second'))).toMatchObject({ ok: true });
    await till.clock.run(MINUTE);
    expect(await till.told()).toEqual([]);
  });

  test('a capture that is refused is told at once; in a run of today its report says it', async () => {
    const till = await evening();
    const old = { createdAtMs: START - 30 * HOUR, paidAtMs: START - 30 * HOUR, autoExpireInMs: 20 * DAY };
    const alone = till.hold({ reference: 'Table 1', ...old });
    const ofRun = till.hold({ reference: 'Table 2', ...old });
    await till.connect();
    await till.clock.run(MINUTE);
    till.bank.setSwitches({ refusing: [{ status: 400, match: { operation: 'capture' } }] });
    await till.submit(till.capture(alone.id, 4200), { ...till.capture(ofRun.id, 4200), runId: 'run-1' });
    await till.clock.run(MINUTE);
    expect(await till.told()).toMatchObject([{ title: 'A capture was not done.', message: expect.stringContaining('Table 1') }]);
    await till.goTo(MORNING);
    expect(await till.told()).toMatchObject([{ title: '2 actions were not done.' }]);
  });
});

describe('a refusal', () => {
  async function refused() {
    const till = await evening();
    const { id } = till.hold({ reference: 'Table 4', createdAtMs: LATE - HOUR, paidAtMs: LATE - HOUR, autoExpireInMs: 20 * DAY });
    await till.connect();
    await till.clock.run(MINUTE);
    till.bank.setSwitches({ refusing: [{ status: 400, match: { operation: 'reverse' } }] });
    await till.submit(till.reverse(id));
    await till.clock.run(MINUTE);
    expect([await till.told(), await till.listed()]).toEqual([[], [['request-1', 'refused', false]]]);
    return { ...till, id };
  }

  test('heard before the till was closed is told the next day', async () => {
    const { clock, goTo, told, listed, till, restart } = await refused();
    await till().close();
    await goTo(MORNING);
    await restart();
    await clock.run(MINUTE);
    expect(await told()).toMatchObject([{ title: 'A release was not done.', message: expect.stringContaining('Table 4'), show: 'queue', untilSeen: true }]);
    expect(await listed()).toEqual([['request-1', 'refused', true]]);
  });

  test('is not told where another till did what was wanted', async () => {
    const { id, bank, clock, told } = await refused();
    bank.setSwitches({ refusing: [] });
    expect(bank.reverse('acc_one', id, clock.nowMs())).toMatchObject({ ok: true });
    await clock.run(70 * MINUTE);
    expect(await told()).toEqual([]);
  });

  test('of another account is told when that is connected again', async () => {
    const { connect, clock, told, till, restart } = await refused();
    expect(await connect('sk_sandbox_two00003', null)).toMatchObject({ ok: true });
    await till().close();
    await clock.run(10 * DAY);
    await restart();
    await clock.run(5 * MINUTE);
    expect(await told()).toEqual([]);
    expect(await connect('sk_sandbox_one00001')).toMatchObject({ ok: true });
    await clock.run(MINUTE);
    expect(await told()).toMatchObject([{ title: 'A release was not done.' }]);
  });
});

describe('a run', () => {
  test('has its report until the end of the next day, whole, and for longer where a notice leads to it', async () => {
    const { hold, connect, clock, submit, capture, bank, goTo, look, till, restart } = await evening();
    const ids = ['Table 1', 'Table 2', 'Table 3'].map((reference) => hold({ reference }).id);
    bank.orderOutcome('Declined', ids[1]);
    await connect();
    await clock.run(MINUTE);
    await submit(...ids.map((id) => ({ ...capture(id, 4200), runId: 'run-1' })));
    await clock.run(5 * MINUTE);
    const whole = [
      ['run-1', 'Successful'],
      ['run-1', 'Declined'],
      ['run-1', 'Successful'],
    ];
    const run = async () => (await look()).actions.map(({ runId, captureStatus }) => [runId, captureStatus]);
    expect(await run()).toEqual(whole);
    await till().close();
    await goTo(START + 1.4 * DAY);
    await restart();
    await clock.run(MINUTE);
    expect(await run()).toEqual(whole);
    await till().close();
    await goTo(START + 4 * DAY);
    await restart();
    await clock.run(MINUTE);
    const { connection, actions } = await look();
    expect(connection.notices.find(({ code }) => code === 'captures-declined')).toMatchObject({ show: 'end-of-day', runId: 'run-1' });
    expect(actions).toHaveLength(3);
  });
});
