import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { anAction, aPayment, DAY_MS, HOUR_MS, MINUTE_MS } from '../builders.ts';
import { aFile, anEntry, opened } from '../ledger/a-ledger.ts';
import { START } from './a-till.ts';
import { aShopPc } from './a-till-on-disk.ts';

const paymentOf = (atMs: number) => aPayment({ createdAtMs: atMs, updatedAtMs: atMs, paidAtMs: atMs });
const aged = (days: number) => START - days * DAY_MS;

/** A PC with a ledger in which something is 200 days old, something was done yesterday, and something waits. */
function aUsedPc(startMs = START) {
  const file = aFile();
  const ledger = opened(file);
  const [old, recent] = [paymentOf(aged(200)), paymentOf(aged(1))];
  const actions = {
    old: anAction({ id: 'old', paymentId: old.id, state: 'done', acceptedAtMs: aged(200), changedAtMs: aged(200) }),
    recent: anAction({ id: 'recent', paymentId: recent.id, state: 'done', acceptedAtMs: aged(1), changedAtMs: aged(1) }),
    open: anAction({ id: 'open', paymentId: 'pi_open', state: 'needsPerson', acceptedAtMs: aged(200), changedAtMs: aged(200) }),
  };
  ledger.writePayments('training', [old, recent]);
  ledger.writeActions(Object.values(actions), [anEntry({ atMs: aged(200) })]);
  ledger.close();
  const pc = aShopPc(file, startMs);
  /** What is left of it on the disk, the till being off. */
  function left() {
    const now = opened(file);
    const found = {
      old: now.payment('training', old.id) !== null,
      recent: now.payment('training', recent.id) !== null,
      requests: Object.values(actions).flatMap(({ id, requestId }) => (now.findRequest(requestId) ? [id] : [])),
    };
    now.close();
    return found;
  }
  return { ...pc, file, left };
}
const ALL = { old: true, recent: true, requests: ['old', 'recent', 'open'] };
const PURGED = { old: false, recent: true, requests: ['recent', 'open'] };

describe('old days', () => {
  test('go after the first answer that told Dojo’s time, in a shop that shuts down each night too', async () => {
    const { start, clock, left } = aUsedPc();
    const { connect, till } = await start();
    await connect();
    await clock.run(MINUTE_MS);
    await till.close();
    expect(left()).toEqual(PURGED);
  });

  test.each([400, -400, 60])('and nothing else go where the PC’s clock is %i days ahead, or is set so later', async (days) => {
    const { start, clock, left, setClockAhead, line } = aUsedPc();
    setClockAhead(days * DAY_MS);
    line.down = true;
    const { till } = await start();
    await clock.run(5 * MINUTE_MS);
    await till.close();
    expect(left()).toEqual(ALL);
    line.down = false;
    const again = await start();
    await again.connect();
    await clock.run(12 * MINUTE_MS);
    setClockAhead(2 * days * DAY_MS);
    line.down = true;
    await clock.run(2 * MINUTE_MS);
    line.down = false;
    await clock.run(2 * MINUTE_MS);
    await again.till.close();
    expect(left()).toEqual(PURGED);
  });

  test('are no reason to take a request for a new one that was done before a look at a clock 400 days ahead', async () => {
    const pc = aShopPc(aFile());
    const first = await pc.start();
    await first.connect();
    const { id: paymentId } = await first.aHold();
    const request = { kind: 'capture', paymentId, amount: 100, requestId: 'r1' } as const;
    const asked = async ({ till, ask }: typeof first) => {
      const answer = await ask(till.handlers.submit({ requests: [request] }));
      await pc.clock.run(MINUTE_MS);
      return answer;
    };
    const accepted = await asked(first);
    expect(accepted.ok && accepted.value.actionIds).toHaveLength(1);
    await first.till.close();
    // Once without a connection, once with one, and once the clock is right again.
    for (const [aheadDays, down] of [
      [400, true],
      [400, false],
      [0, false],
    ] as const) {
      pc.setClockAhead(aheadDays * DAY_MS);
      pc.line.down = down;
      const again = await pc.start();
      await pc.clock.run(12 * MINUTE_MS);
      expect(await asked(again)).toEqual(accepted);
      const { payments, actions } = await again.look();
      expect(payments.find(({ id }) => id === paymentId)?.captures).toHaveLength(1);
      // By that clock it ended on an earlier day: where nobody says that the clock is wrong it is on no list.
      expect(actions.map(({ requestId, state }) => [requestId, state])).toEqual(down ? [] : [['r1', 'done']]);
      await again.till.close();
    }
  });

  test('go at the turn of Dojo’s day', async () => {
    // Ten minutes to midnight in London; the PC's clock is then set back.
    const { start, clock, left, file, setClockAhead } = aUsedPc(Date.parse('2026-06-15T22:50:00Z'));
    const { connect, till } = await start();
    await connect();
    setClockAhead(-3 * HOUR_MS);
    await clock.run(12 * MINUTE_MS);
    await till.close();
    expect(left()).toEqual(PURGED);
    expect(readdirSync(dirname(file)).filter((name) => name.startsWith(`${basename(file)}.backup-`))).toEqual([
      'ledger.db.backup-2026-06-15',
      'ledger.db.backup-2026-06-16',
    ]);
  });

  test('stay where no answer tells Dojo’s time, which is said', async () => {
    const { start, clock, left, line, setClockAhead, file } = aUsedPc();
    setClockAhead(400 * DAY_MS);
    line.dated = false;
    const { connect, till, noticeCodes } = await start();
    await connect();
    expect(await noticeCodes()).toContain('no-dojo-time');
    await clock.run(12 * MINUTE_MS);
    await till.close();
    expect(left()).toEqual(ALL);
    expect(readdirSync(dirname(file)).filter((name) => /backup-.*pc-clock$/.test(name))).toHaveLength(1);
  });

  test('are not said to stay, nor is anything of the clock, where all is well', async () => {
    const { start } = aUsedPc();
    const { connect, noticeCodes, look } = await start();
    await connect();
    expect(await noticeCodes()).toEqual([]);
    expect((await look()).connection.clockAheadMs).toBeNull();
  });
});

describe('what could not be removed or backed up', () => {
  test('is said, tried again, and said no longer; nothing is lost by it', async () => {
    const { start, clock, left, file } = aUsedPc();
    // A folder stands where the backup is to be made.
    const inTheWay = `${file}.backing-up`;
    const { connect, till, noticeCodes } = await start();
    mkdirSync(inTheWay);
    await connect();
    await clock.run(MINUTE_MS);
    expect(await noticeCodes()).toEqual(['backup-failed']);
    rmSync(inTheWay, { recursive: true });
    await clock.run(6 * MINUTE_MS);
    expect(await noticeCodes()).toEqual([]);
    await till.close();
    expect(left()).toEqual(PURGED);
    expect(readdirSync(dirname(file))).toContain('ledger.db.backup-2026-06-15');
  });
});

describe('damaged files that were set aside', () => {
  test('go ninety of Dojo’s days after they were first seen, whatever date the PC gave them', async () => {
    const file = aFile();
    const names = ['ledger.db.damaged-2015-01-01T00-00-00-000Z', 'settings.damaged-1.json', 'ledger.db.before-4', 'ledger.db.before-4-2-wal'];
    for (const name of names) writeFileSync(`${dirname(file)}/${name}`, 'damaged');
    writeFileSync(`${dirname(file)}/notes.txt`, 'not ours');
    const seen: number[] = [];
    for (const { afterDays, aheadDays } of [
      { afterDays: 0, aheadDays: 500 },
      { afterDays: 89, aheadDays: 0 },
      { afterDays: 91, aheadDays: -30 },
    ]) {
      const { start, clock, setClockAhead } = aShopPc(file, START + afterDays * DAY_MS);
      setClockAhead(aheadDays * DAY_MS);
      const { connect, till } = await start();
      await connect();
      await clock.run(12 * MINUTE_MS);
      await till.close();
      seen.push(readdirSync(dirname(file)).filter((name) => names.includes(name)).length);
    }
    expect(seen).toEqual([4, 4, 0]);
    expect(readdirSync(dirname(file))).toContain('notes.txt');
  });
});
