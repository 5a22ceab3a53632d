import { describe, expect, test } from 'vitest';
import { DECLINED_NOTICE } from '../../main/app/aftermath.ts';
import type { RunningTill } from '../../main/app/till.ts';
import type { Http } from '../../main/ports/http.ts';
import { TRAINING_ACCOUNT as ACCOUNT } from '../../main/simulator/bank.ts';
import type { ActionRequest, Result } from '../../preload/contract.ts';
import { NOON_MS, startShop } from '../a-shop.ts';
import type { PlannedFault } from '../sim/faults.ts';
import { START, shop, tillOff } from './a-till.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A till with holds of £42.00, which nobody looks at. */
async function unattended(
  count = 1,
  more: { createdAtMs?: number; paidAtMs?: number; autoExpireInMs?: number; autoExpireAction?: 'Capture' } = {},
  faults: readonly PlannedFault[] = [],
) {
  const till = tillOff(START, faults);
  const { clock, bank, pc } = till;
  const createdAtMs = more.createdAtMs ?? START - HOUR_MS;
  const holds = Array.from({ length: count }, (_, nth) =>
    bank.addPayment(
      { amountMinor: 4200, captureMode: 'Manual', reference: `Table ${nth + 1}`, ...more, createdAtMs, paidAtMs: more.paidAtMs ?? createdAtMs },
      START,
    ),
  );
  await till.switchOn();
  await clock.run(MINUTE_MS);
  pc.life?.till?.setFocused(false);
  const ask = async <T>(call: (running: RunningTill) => Promise<Result<T>>): Promise<T> => {
    const answer = await till.ask(call);
    if (!answer.ok) throw new Error(`expected the till to agree: ${answer.error.message}`);
    return answer.value;
  };
  let made = 0;
  const notices = async () => (await ask(({ handlers }) => handlers.getSnapshot(undefined))).connection.notices;
  return {
    clock,
    bank,
    pc,
    ids: holds.map(({ id }) => id),
    notes: () => pc.notes,
    notices,
    views: async () => (await ask(({ handlers }) => handlers.getSnapshot(undefined))).actions,
    states: async () => (await ask(({ handlers }) => handlers.getSnapshot(undefined))).actions.map(({ state }) => state),
    capture: (paymentIds: readonly string[], runId?: string, amount = 4200) =>
      ask(({ handlers }) =>
        handlers.submit({
          requests: paymentIds.map(
            (paymentId): ActionRequest => ({ kind: 'capture', requestId: `r${++made}`, paymentId, amount, ...(runId ? { runId } : {}) }),
          ),
        }),
      ),
    together: (paymentId: string, amounts: readonly number[]) =>
      ask(({ handlers }) =>
        handlers.submit({ requests: amounts.map((amount): ActionRequest => ({ kind: 'capture', requestId: `r${++made}`, paymentId, amount })) }),
      ),
    attention: async () => (await ask(({ handlers }) => handlers.getSnapshot(undefined))).payments[0]?.attention,
    setVersion: (apiVersion: string) => ask(({ handlers }) => handlers.saveSettings({ apiVersion } as Parameters<RunningTill['handlers']['saveSettings']>[0])),
    /** Beside those of holds that end soon. */
    declines: async () => (await notices()).filter(({ code }) => code === DECLINED_NOTICE),
    async seen() {
      const notice = (await notices()).find(({ untilSeen }) => untilSeen);
      if (!notice) throw new Error('expected a notice');
      return ask(({ handlers }) => handlers.noticeSeen({ code: notice.code, message: notice.message }));
    },
    look: (focused: boolean) => pc.life?.till?.setFocused(focused),
    async restart() {
      await till.restart();
      await clock.run(MINUTE_MS);
      pc.life?.till?.setFocused(false);
    },
  };
}

describe('a capture that the bank declines', () => {
  test('while nobody looks is notified by the system, once, and shown until it is seen, over restarts', async () => {
    const { bank, ids, capture, clock, notes, notices, restart, seen } = await unattended();
    bank.orderOutcome('Declined', ids[0]);
    await capture(ids);
    await clock.run(5 * MINUTE_MS);
    const body = expect.stringMatching(
      /^The bank declined the capture of £42\.00 of Table 1 \(card ending in \d{4}\), .*\. Nothing was captured\. Capture it again, or ask for another card\.$/,
    );
    expect(notes()).toEqual([{ title: 'A capture was declined', body, show: { view: 'today' } }]);
    expect(await notices()).toEqual([{ code: 'captures-declined', title: 'A capture was declined.', message: body, show: 'today', untilSeen: true }]);
    await restart();
    expect(await notices()).toMatchObject([{ code: 'captures-declined' }]);
    expect(notes()).toHaveLength(1);
    await seen();
    expect(await notices()).toEqual([]);
    await restart();
    await clock.run(HOUR_MS);
    expect(await notices()).toEqual([]);
    expect(notes()).toHaveLength(1);
  });

  test('is told also where the ledger throws meanwhile', async () => {
    const { bank, ids, capture, clock, notes, notices, states, pc } = await unattended();
    bank.orderOutcome('Declined', ids[0]);
    await capture(ids);
    await clock.run(1_500);
    expect(await states()).toEqual(['done']);
    pc.disk.mood = 'throws-on-writes';
    await clock.run(5 * MINUTE_MS);
    expect(notes()).toMatchObject([{ title: 'A capture was declined' }]);
    expect(await notices()).toContainEqual(expect.objectContaining({ code: 'captures-declined' }));
  });

  test('while somebody looks is shown, and not notified', async () => {
    const { bank, ids, capture, clock, notes, notices, look } = await unattended();
    look(true);
    bank.orderOutcome('Failed', ids[0]);
    await capture(ids);
    await clock.run(5 * MINUTE_MS);
    expect(await notices()).toMatchObject([
      { code: 'captures-declined', title: 'A capture failed.', message: expect.stringContaining('Nothing was captured.') },
    ]);
    look(false);
    await clock.run(HOUR_MS);
    expect(notes()).toEqual([]);
  });

  test('with others of its run is told together with them, and leads to the report', async () => {
    const { bank, ids, capture, clock, notes, notices } = await unattended(4);
    for (const id of ids.slice(0, 3)) bank.orderOutcome('Declined', id);
    await capture(ids, 'run-1');
    await clock.run(10 * MINUTE_MS);
    const named = new Set(notes().flatMap(({ body }) => body.match(/Table \d/g) ?? []));
    expect(named).toEqual(new Set(['Table 1', 'Table 2', 'Table 3']));
    expect(notes().map(({ show }) => show.view)).toEqual(notes().map(() => 'end-of-day'));
    expect(await notices()).toMatchObject([{ title: '3 captures were declined.', message: expect.not.stringContaining('Table 4'), show: 'end-of-day' }]);
  });

  test('stays told beside another part that was decided together with it, and on the payment, until it is seen', async () => {
    const { bank, ids, together, clock, notices, restart, seen, attention } = await unattended();
    bank.orderOutcome('Declined', ids[0]);
    await together(ids[0] ?? '', [2000, 1200]);
    await clock.run(5 * MINUTE_MS);
    expect(bank.moneyOf(ids[0] ?? '')).toMatchObject({ capturedMinor: 1200 });
    const told = [{ code: 'captures-declined', message: expect.stringContaining('£20.00') }];
    expect(await notices()).toMatchObject(told);
    expect(await attention()).toBe('The bank declined the capture of £20.00. Nothing was captured with it.');
    await restart();
    expect(await notices()).toMatchObject(told);
    await seen();
    expect(await notices()).toEqual([]);
  });

  test.each([0, 700])('beside another part, and %i captured before, calls that captured only once the bank has said so', async (beforeMinor) => {
    const { bank, ids, capture, together, clock, declines } = await unattended();
    if (beforeMinor > 0) await capture(ids, undefined, beforeMinor);
    await clock.run(5 * MINUTE_MS);
    bank.setSwitches({ bankAnswersAfterMs: beforeMinor > 0 ? [5_000, 10 * MINUTE_MS] : [10 * MINUTE_MS, 5_000] });
    bank.orderOutcome('Successful', ids[0]);
    bank.orderOutcome('Declined', ids[0]);
    await together(ids[0] ?? '', [2000, 1000]);
    await clock.run(2 * MINUTE_MS);
    const says = (what: string) => [
      { message: expect.stringContaining(`. Nothing was captured with it; Dojo shows ${what}. Capture it again, or ask for another card.`) },
    ];
    expect(await declines()).toMatchObject(says(beforeMinor > 0 ? '£7.00 captured and £20.00 being captured' : '£20.00 being captured'));
    await clock.run(15 * MINUTE_MS);
    expect(await declines()).toMatchObject(says(beforeMinor > 0 ? '£27.00 captured' : '£20.00 captured'));
  });

  test('stays told beside a later part that was decided, and taken, before the bank answered', async () => {
    const { bank, ids, capture, clock, notices, restart, seen } = await unattended();
    bank.setSwitches({ bankAnswersAfterMs: [3 * MINUTE_MS, 2_000] });
    bank.orderOutcome('Declined', ids[0]);
    await capture(ids, undefined, 2000);
    await clock.run(MINUTE_MS);
    await capture(ids, undefined, 1200);
    await clock.run(MINUTE_MS);
    expect(bank.intent(ids[0] ?? '')?.captures.map(({ status }) => status)).toEqual(['Created', 'Successful']);
    expect(await notices()).toEqual([]);
    await clock.run(10 * MINUTE_MS);
    const told = [{ code: 'captures-declined', message: expect.stringContaining('£20.00') }];
    expect(await notices()).toMatchObject(told);
    await restart();
    expect(await notices()).toMatchObject(told);
    await seen();
    await clock.run(MINUTE_MS);
    expect(await notices()).toEqual([]);
  });

  test('is no news any more once somebody has decided again', async () => {
    const { bank, ids, capture, clock, notices } = await unattended();
    bank.orderOutcome('Declined', ids[0]);
    await capture(ids);
    await clock.run(5 * MINUTE_MS);
    expect(await notices()).toHaveLength(1);
    await capture(ids);
    await clock.run(5 * MINUTE_MS);
    expect(await notices()).toEqual([]);
    expect(bank.moneyOf(ids[0] ?? '')).toMatchObject({ capturedMinor: 4200 });
  });

  test('is not missed where the PC was off meanwhile and a new day has begun, also of a hold of days ago', async () => {
    const { bank, ids, capture, clock, notes, notices, pc, restart } = await unattended(1, { createdAtMs: START - 3 * DAY_MS });
    bank.orderOutcome('Declined', ids[0]);
    // The line goes as soon as Dojo has taken the request: nothing is read any more.
    await capture(ids);
    await clock.runTo(START + HOUR_MS, () => bank.intent(ids[0] ?? '')?.captures.length === 1);
    pc.lineDown = 'no-line';
    await clock.run(DAY_MS);
    pc.lineDown = null;
    await restart();
    await clock.run(5 * MINUTE_MS);
    // Whoever started the till is taken to look at it: the notice says it.
    expect(notes()).toEqual([]);
    expect(await notices()).toMatchObject([{ code: 'captures-declined' }]);
  });

  test.each(['2022-01-03', '2022-04-07', '2026-02-27'])('is told on version %s, and so is what it took', async (apiVersion) => {
    const { bank, ids, capture, clock, notes, notices, views, setVersion } = await unattended(2);
    await setVersion(apiVersion);
    bank.orderOutcome('Declined', ids[0]);
    await capture(ids, 'run-1');
    await clock.run(10 * MINUTE_MS);
    expect(notes()).toMatchObject([{ title: 'A capture was declined', body: expect.stringContaining('Table 1') }]);
    expect(await notices()).toMatchObject([{ code: 'captures-declined' }]);
    expect((await views()).map(({ state, captureStatus }) => [state, captureStatus])).toEqual([
      ['done', 'Declined'],
      ['done', 'Successful'],
    ]);
  });

  test.each([60 * HOUR_MS, 4 * DAY_MS, 10 * DAY_MS, 30 * DAY_MS])(
    'is told where the till was closed right after Dojo took the request, and started %i ms later',
    async (offMs) => {
      const { bank, ids, capture, clock, notes, notices, pc, restart } = await unattended();
      bank.orderOutcome('Declined', ids[0]);
      await capture(ids);
      await clock.runTo(START + HOUR_MS, () => [...pc.disk.actions.values()].some(({ action }) => action.state === 'done'));
      await pc.life?.till?.close();
      await clock.run(offMs);
      await restart();
      await clock.run(5 * MINUTE_MS);
      expect(await notices()).toMatchObject([{ code: 'captures-declined', message: expect.stringContaining('Table 1') }]);
      await restart();
      await clock.run(HOUR_MS);
      expect(await notices()).toHaveLength(1);
      expect(notes()).toEqual([]);
    },
  );
});

describe('captures of which the bank says nothing over midnight', () => {
  test('are read a few at once, all of them, until it has answered', async () => {
    const LATE_MS = NOON_MS + 11.75 * HOUR_MS;
    const COUNT = 150;
    const asked = new Map<string, number>();
    let underWay = 0;
    let most = 0;
    const shop = await startShop({
      startMs: LATE_MS,
      bank: { settleDelayMs: 3 * HOUR_MS, switches: { captureShowsAtOnce: true } },
      payments: Array.from({ length: COUNT }, (_, nth) => ({
        id: `pi_${nth}`,
        amountMinor: 2000,
        createdAtMs: LATE_MS - HOUR_MS,
        captureMode: 'Manual' as const,
      })),
      line: (http) => ({
        async request(request) {
          if (request.method !== 'GET') return http.request(request);
          underWay += 1;
          most = Math.max(most, underWay);
          asked.set(request.url, (asked.get(request.url) ?? 0) + 1);
          const answer = await http.request(request);
          underWay -= 1;
          return answer;
        },
      }),
    });
    await shop.clock.run(MINUTE_MS);
    const { payments } = await shop.look();
    await shop.call('submit', {
      requests: payments.map(({ id }) => ({ kind: 'capture', requestId: `r ${id}`, runId: 'run', paymentId: id, amount: 2000 })),
    });
    await shop.clock.run(20 * MINUTE_MS);
    most = 0;
    asked.clear();
    await shop.clock.run(20 * MINUTE_MS);
    expect(most).toBeLessThanOrEqual(4 + 2);
    const times = [...asked].filter(([url]) => url.includes('/pi_')).map(([, count]) => count);
    expect([times.length, Math.min(...times) >= 9, Math.max(...times) <= 11]).toEqual([COUNT, true, true]);
    await shop.clock.run(3 * HOUR_MS);
    expect(shop.bank.moneyOf('pi_149').capturedMinor).toBe(2000);
  });
});

describe('a decline that nobody has seen', () => {
  const told = [{ code: 'captures-declined', message: expect.stringContaining('Table 1') }];

  test('is still shown after a season off, told once, and leaves when it is seen', async () => {
    const { bank, ids, capture, clock, notes, notices, pc, restart, seen } = await unattended();
    bank.orderOutcome('Declined', ids[0]);
    await capture(ids);
    await clock.run(5 * MINUTE_MS);
    expect(await notices()).toMatchObject(told);
    await pc.life?.till?.close();
    await clock.run(10 * DAY_MS);
    await restart();
    await clock.run(10 * MINUTE_MS);
    expect(await notices()).toMatchObject(told);
    await clock.run(2 * DAY_MS);
    await restart();
    await clock.run(10 * MINUTE_MS);
    expect(await notices()).toMatchObject(told);
    expect(notes()).toHaveLength(1);
    await seen();
    expect(await notices()).toEqual([]);
    await restart();
    await clock.run(DAY_MS);
    expect(await notices()).toEqual([]);
    expect(notes()).toHaveLength(1);
  });

  test('is still shown after ten days on each of which the till ran', async () => {
    const { bank, ids, capture, clock, notices, pc, restart } = await unattended();
    bank.orderOutcome('Declined', ids[0]);
    await capture(ids);
    await clock.run(5 * MINUTE_MS);
    for (let day = 0; day < 10; day += 1) {
      await pc.life?.till?.close();
      await clock.run(DAY_MS);
      await restart();
      await clock.run(MINUTE_MS);
    }
    expect(await notices()).toContainEqual(expect.objectContaining(told[0]));
  });

  test('is not shown of a capture that the bank took while the shop was shut', async () => {
    const { bank, ids, capture, clock, notes, notices, pc, restart } = await unattended();
    await capture(ids);
    await clock.runTo(START + HOUR_MS, () => [...pc.disk.actions.values()].some(({ action }) => action.state === 'done'));
    await pc.life?.till?.close();
    await clock.run(10 * DAY_MS);
    await restart();
    await clock.run(HOUR_MS);
    expect(bank.moneyOf(ids[0] ?? '')).toMatchObject({ capturedMinor: 4200 });
    expect(await notices()).toEqual([]);
    expect(notes()).toEqual([]);
  });
});

describe('a decline of a hold that has ended since', () => {
  /** Its hold ends three hours from the start. */
  const over = { autoExpireInMs: 4 * HOUR_MS };

  test('is still told, and no longer says to capture it again', async () => {
    const { bank, ids, capture, clock, declines, seen } = await unattended(2, over);
    for (const id of ids) bank.orderOutcome('Declined', id);
    await capture(ids.slice(0, 1));
    await clock.run(5 * MINUTE_MS);
    const again = 'Nothing was captured. Capture it again, or ask for another card.';
    expect(await declines()).toMatchObject([{ message: expect.stringContaining(again) }]);
    await clock.run(4 * HOUR_MS);
    const gone = 'Nothing was captured. It can no longer be captured: ask for another card.';
    expect(await declines()).toMatchObject([{ message: expect.stringContaining(gone) }]);
    await seen();
    expect(await declines()).toEqual([]);
  });

  test('is told no more where the hold’s own end has captured all of it', async () => {
    const { bank, ids, capture, clock, declines, views } = await unattended(1, { ...over, autoExpireAction: 'Capture' });
    bank.orderOutcome('Declined', ids[0]);
    await capture(ids);
    await clock.run(5 * MINUTE_MS);
    expect(await declines()).toHaveLength(1);
    await clock.run(4 * HOUR_MS);
    expect(bank.moneyOf(ids[0] ?? '')).toMatchObject({ capturedMinor: 4200 });
    expect(await declines()).toEqual([]);
    expect(await views()).toMatchObject([{ captureStatus: 'Declined', next: null }]);
  });

  test('is told no more where another till has captured all of it', async () => {
    const { bank, ids, capture, clock, declines } = await unattended();
    bank.orderOutcome('Declined', ids[0]);
    await capture(ids);
    await clock.run(5 * MINUTE_MS);
    expect(await declines()).toHaveLength(1);
    bank.capture(ACCOUNT, ids[0] ?? '', { amountMinor: 4200, tipsMinor: 0 }, clock.nowMs());
    await clock.run(10 * MINUTE_MS);
    expect(bank.moneyOf(ids[0] ?? '')).toMatchObject({ capturedMinor: 4200 });
    expect(await declines()).toEqual([]);
  });

  test('is told no more where another till has captured as much once more, once the bank has taken that', async () => {
    const { bank, ids, capture, clock, notes, declines, views, attention } = await unattended();
    const elsewhere = () => bank.capture(ACCOUNT, ids[0] ?? '', { amountMinor: 2000, tipsMinor: 0 }, clock.nowMs());
    bank.orderOutcome('Declined', ids[0]);
    await capture(ids, undefined, 2000);
    await clock.run(5 * MINUTE_MS);
    expect(await declines()).toHaveLength(1);
    bank.setSwitches({ bankAnswersAfterMs: [20 * MINUTE_MS] });
    bank.orderOutcome('Declined', ids[0]);
    elsewhere();
    await clock.run(10 * MINUTE_MS);
    expect(await declines()).toEqual([]);
    await clock.run(20 * MINUTE_MS);
    expect(await declines()).toHaveLength(1);
    expect(await attention()).toBe('The bank declined the capture of £20.00. Nothing was captured with it.');
    elsewhere();
    await clock.run(10 * MINUTE_MS);
    expect(await declines()).toEqual([]);
    await clock.run(20 * MINUTE_MS);
    expect(bank.moneyOf(ids[0] ?? '')).toMatchObject({ capturedMinor: 2000 });
    expect([await declines(), await attention()]).toEqual([[], null]);
    expect(await views()).toMatchObject([{ captureStatus: 'Declined', madeUpFor: true, next: null }]);
    expect(notes()).toHaveLength(1);
  });

  test('is not told where another till had captured as much once more before this one heard of it', async () => {
    const { bank, ids, capture, clock, notes, declines, attention, pc } = await unattended();
    bank.orderOutcome('Declined', ids[0]);
    await capture(ids, undefined, 2000);
    await clock.runTo(START + HOUR_MS, () => bank.intent(ids[0] ?? '')?.captures.length === 1);
    pc.lineDown = 'no-line';
    await clock.run(5 * MINUTE_MS);
    bank.capture(ACCOUNT, ids[0] ?? '', { amountMinor: 2000, tipsMinor: 0 }, clock.nowMs());
    await clock.run(5 * MINUTE_MS);
    pc.lineDown = null;
    await clock.run(10 * MINUTE_MS);
    expect(bank.moneyOf(ids[0] ?? '')).toMatchObject({ capturedMinor: 2000 });
    expect([await declines(), await attention(), notes()]).toEqual([[], null, []]);
  });

  test('with another of its payment stays told where one of them was decided anew', async () => {
    const { bank, ids, capture, together, clock, declines, attention } = await unattended();
    for (const _ of [1, 2]) bank.orderOutcome('Declined', ids[0]);
    await together(ids[0] ?? '', [2000, 1500]);
    await clock.run(5 * MINUTE_MS);
    expect(await declines()).toMatchObject([{ title: '2 captures were declined.' }]);
    expect(await attention()).toBe('The bank declined 2 captures: £20.00, £15.00. Nothing was captured with them.');
    await capture(ids, undefined, 1500);
    await clock.run(5 * MINUTE_MS);
    expect(await declines()).toMatchObject([{ message: expect.stringContaining('£20.00') }]);
    expect(await attention()).toBe('The bank declined the capture of £20.00. Nothing was captured with it.');
  });

  test('with another one that can still be captured says which of them', async () => {
    const { bank, ids, capture, clock, declines } = await unattended(2, over);
    for (const id of ids) bank.orderOutcome('Declined', id);
    await capture(ids, 'run_1');
    await clock.run(5 * MINUTE_MS);
    expect(await declines()).toMatchObject([{ message: 'Table 1, Table 2. Nothing was captured with them. Capture them again, or ask for other cards.' }]);
    bank.reverse(ACCOUNT, ids[0] ?? '', clock.nowMs());
    await clock.run(10 * MINUTE_MS);
    const some = 'Table 1, Table 2. Nothing was captured with them. Capture again those that still can be, or ask for other cards.';
    expect(await declines()).toMatchObject([{ message: some }]);
    await clock.run(4 * HOUR_MS);
    const none = 'Table 1, Table 2. Nothing was captured with them. They can no longer be captured: ask for other cards.';
    expect(await declines()).toMatchObject([{ message: none }]);
  });
});

describe('a decline of an account that is not connected for longer than actions are kept in memory', () => {
  /** A capture that the bank takes ten minutes for; then its account's key gives way to another account's, and the shop is shut for ten days. */
  async function awayFor10Days(outcome: 'Declined' | 'Successful', connectedMs: number) {
    const till = await shop();
    const { id } = till.hold({ reference: 'Table 1', paidAtMs: START - HOUR_MS });
    till.bank.setSwitches({ captureShowsAtOnce: true, bankAnswersAfterMs: [10 * MINUTE_MS] });
    till.bank.orderOutcome(outcome, id);
    await till.connect();
    await till.clock.run(5_000);
    await till.submit(till.capture(id, 4200));
    await till.clock.run(connectedMs);
    const declined = async () => (await till.look()).connection.notices.filter(({ code }) => code === 'captures-declined');
    const before = await declined();
    expect(await till.connect('sk_sandbox_two00003', null)).toMatchObject({ ok: true });
    await till.till().close();
    await till.clock.run(10 * DAY_MS);
    await till.restart();
    await till.clock.run(5 * MINUTE_MS);
    expect(await declined()).toEqual([]);
    expect(await till.connect('sk_sandbox_one00001')).toMatchObject({ ok: true });
    await till.clock.run(5 * MINUTE_MS);
    return { ...till, before, declined };
  }
  const told = [{ message: expect.stringContaining('Table 1') }];

  test('that nobody had heard of is told when it is connected again, and leaves when it is seen', async () => {
    const { before, declined, ask, restart, clock } = await awayFor10Days('Declined', 2_000);
    expect(before).toEqual([]);
    const [notice] = await declined();
    expect([notice]).toMatchObject(told);
    await ask(({ handlers }) => handlers.noticeSeen({ code: notice?.code ?? '', message: notice?.message ?? '' }));
    expect(await declined()).toEqual([]);
    await restart();
    await clock.run(5 * MINUTE_MS);
    expect(await declined()).toEqual([]);
  });

  test('that was told and not seen is still shown then', async () => {
    const { before, declined } = await awayFor10Days('Declined', HOUR_MS);
    expect(before).toMatchObject(told);
    expect(await declined()).toMatchObject(told);
  });

  test('is not told of a capture that the bank took', async () => {
    expect(await (await awayFor10Days('Successful', 2_000)).declined()).toEqual([]);
  });
});

describe('a PC whose clock is ahead at the start', () => {
  /** A reversal decided offline with 49 minutes left; then the till is started anew by a clock that is an hour ahead, and nobody looks. */
  async function reversalBeforeMidnight() {
    // 23:10 in London
    const till = tillOff(Date.parse('2026-06-15T22:10:00Z'));
    const { clock, bank, pc, ask } = till;
    const { id } = bank.addPayment({ amountMinor: 1250, reference: 'Order 1', createdAtMs: clock.nowMs() - HOUR_MS }, clock.nowMs());
    await till.switchOn();
    await clock.run(MINUTE_MS);
    pc.lineDown = 'no-line';
    await clock.run(MINUTE_MS);
    expect((await ask(({ handlers }) => handlers.submit({ requests: [{ kind: 'reverse', requestId: 'r1', paymentId: id }] }))).ok).toBe(true);
    pc.aheadMs = HOUR_MS;
    await till.restart();
    pc.life?.till?.setFocused(false);
    await clock.run(15 * MINUTE_MS);
    const states = async () => {
      const seen = await ask(({ handlers }) => handlers.getSnapshot(undefined));
      return seen.ok ? seen.value.actions.map(({ state }) => state) : [];
    };
    return { ...till, id, states };
  }

  test('tells nobody that a reversal was not sent in time: Dojo may say that it is', async () => {
    const { pc, clock, states, bank, id } = await reversalBeforeMidnight();
    expect(pc.notes).toEqual([]);
    pc.lineDown = null;
    await clock.run(5 * MINUTE_MS);
    expect(await states()).toEqual(['done']);
    expect(bank.intent(id)?.status).toBe('Reversed');
    expect(pc.notes).toEqual([]);
  });

  test('tells it, once, where Dojo says so', async () => {
    const { pc, clock, states, restart } = await reversalBeforeMidnight();
    await clock.run(HOUR_MS);
    expect(pc.notes).toEqual([]);
    pc.lineDown = null;
    await clock.run(5 * MINUTE_MS);
    expect(await states()).toEqual(['expired']);
    const told = [
      {
        title: 'Reversal too late',
        body: expect.stringMatching(/^The reversal of Order 1 \(card ending in \d{4}\) was not sent in time\. Look at the queue\.$/),
      },
    ];
    expect(pc.notes).toMatchObject(told);
    await restart();
    pc.life?.till?.setFocused(false);
    await clock.run(HOUR_MS);
    expect(pc.notes).toHaveLength(1);
  });

  test.each([0, 3 * HOUR_MS])('(by %i ms) and offline for a minute shows a decline that came overnight', async (aheadMs) => {
    const { bank, ids, capture, clock, notices, pc, restart } = await unattended(1, { createdAtMs: START - 20 * DAY_MS, paidAtMs: START - DAY_MS });
    bank.setSwitches({ captureShowsAtOnce: true, bankAnswersAfterMs: [10 * HOUR_MS] });
    await clock.run(9 * HOUR_MS);
    bank.orderOutcome('Declined', ids[0]);
    await capture(ids);
    await clock.run(2_000);
    await pc.life?.till?.close();
    await clock.run(15 * HOUR_MS);
    pc.lineDown = 'no-line';
    pc.aheadMs = aheadMs;
    await restart();
    pc.lineDown = null;
    await clock.run(30 * MINUTE_MS);
    expect(await notices()).toContainEqual(expect.objectContaining({ code: 'captures-declined' }));
  });
});

describe('an action that needs a person', () => {
  test('while nobody looks is notified by the system, once, also over a restart', async () => {
    const { ids, clock, notes, bank, capture, restart, states } = await unattended(1, {}, [{ till: 0, on: 'move', nth: 0, fault: 'lost-before' }]);
    await capture(ids, undefined, 1000);
    // Ours never arrived; others captured the same twice, right then: which of it was ours, if any, only a person can tell.
    await clock.run(5_000);
    for (const _ of [1, 2]) bank.capture(ACCOUNT, ids[0] ?? '', { amountMinor: 1000, tipsMinor: 0 }, clock.nowMs());
    await clock.run(10 * MINUTE_MS);
    expect(await states()).toEqual(['needsPerson']);
    const told = { title: 'An action needs you', body: expect.stringContaining('The capture of £10.00, Table 1'), show: { view: 'queue' } };
    expect(notes()).toEqual([told]);
    await restart();
    await clock.run(HOUR_MS);
    expect(notes()).toHaveLength(1);
  });
});

describe('an action whose deadline passes', () => {
  test('while nobody looks and the connection is down is said at once, and notified once', async () => {
    const { ids, clock, notes, capture, pc, views, restart } = await unattended(1, { createdAtMs: START - 7 * DAY_MS + 10 * MINUTE_MS });
    pc.lineDown = 'no-line';
    await clock.run(MINUTE_MS);
    await capture(ids);
    await clock.runTo(START + 9 * MINUTE_MS, () => false);
    expect(await views()).toMatchObject([{ state: 'waiting', tooLate: false }]);
    await clock.runTo(START + 10 * MINUTE_MS + 4_000, () => false);
    expect(await views()).toMatchObject([{ tooLate: true, message: expect.stringContaining('has passed: the capture is not sent. Nothing moved.') }]);
    const late = () => notes().filter(({ title }) => title === 'Capture too late');
    expect(late()).toMatchObject([
      { body: expect.stringMatching(/^The capture of Table 1 \(card ending in \d{4}\) was not sent in time\. Look at the queue\.$/), show: { view: 'queue' } },
    ]);
    await restart();
    await clock.run(HOUR_MS);
    expect(late()).toHaveLength(1);
  });
});

describe('the PC', () => {
  const holds = (count: number) =>
    Array.from({ length: count }, () => ({ amountMinor: 4200, captureMode: 'Manual', createdAtMs: NOON_MS - HOUR_MS, paidAtMs: NOON_MS - HOUR_MS }) as const);
  async function withRun(runId: string | undefined, line?: (http: Http) => Http) {
    const asked: boolean[] = [];
    const shop = await startShop({ payments: holds(5), keepAwake: (isOn) => void asked.push(isOn), ...(line ? { line } : {}) });
    await shop.clock.run(MINUTE_MS);
    const { payments } = await shop.look();
    const requests = payments.map(({ id }) => ({ kind: 'capture', requestId: `r ${id}`, paymentId: id, amount: 4200, ...(runId ? { runId } : {}) }));
    return { ...shop, asked, begin: () => shop.call('submit', { requests }) };
  }

  test('stays awake during an end-of-day run until the bank has answered, and no longer', async () => {
    const { asked, begin, clock, close } = await withRun('run-1');
    expect(asked).toEqual([]);
    await begin();
    await clock.run(10 * MINUTE_MS);
    expect(asked).toEqual([true, false]);
    await close();
    expect(asked).toEqual([true, false]);
  });

  test('may sleep while the run is paused, and not when it goes on', async () => {
    const { asked, begin, clock, call } = await withRun('run-1');
    await call('pauseQueue');
    await begin();
    await clock.run(HOUR_MS);
    expect(asked).toEqual([]);
    await call('resumeQueue');
    await clock.run(4_000);
    expect(asked[0]).toBe(true);
    await clock.run(10 * MINUTE_MS);
    expect(asked).toEqual([true, false]);
  });

  test('may sleep where Dojo forbids the run, whose rest waits for a person, and not when they let it go', async () => {
    let isForbidden = true;
    const { asked, begin, clock, call, look } = await withRun('run-1', (http) => ({
      async request(request) {
        if (!isForbidden || !request.url.endsWith('/captures')) return http.request(request);
        return { kind: 'answered', status: 403, headers: { 'content-type': 'application/problem+json' }, body: '{"title":"Forbidden","status":403}' };
      },
    }));
    await begin();
    await clock.run(5 * MINUTE_MS);
    const { connection, actions } = await look();
    expect([connection.stoppedOperations, new Set(actions.map(({ state }) => state))]).toEqual([['capture'], new Set(['refused', 'waiting'])]);
    expect(asked).toEqual([]);
    isForbidden = false;
    await call('allowOperation', { kind: 'capture' });
    await clock.run(4_000);
    expect(asked).toEqual([true]);
    await clock.run(10 * MINUTE_MS);
    expect(asked).toEqual([true, false]);
  });

  test('is let sleep when the till closes in the middle of a run', async () => {
    const { asked, begin, clock, close } = await withRun('run-1');
    await begin();
    await clock.run(3_500);
    await close();
    expect(asked).toEqual([true, false]);
  });

  test('may sleep while single actions are sent', async () => {
    const { asked, begin, clock } = await withRun(undefined);
    await begin();
    await clock.run(10 * MINUTE_MS);
    expect(asked).toEqual([]);
  });
});
