import { describe, expect, test } from 'vitest';
import type { Standing } from '../../main/simulator/standing.ts';
import { MINUTE, shop } from './a-till.ts';

/** A till that is connected and has read its day; what Dojo refuses from then on is a test's own affair. */
async function connected() {
  const till = await shop();
  const { id } = till.hold();
  expect(await till.connect()).toMatchObject({ ok: true });
  await till.clock.run(5_000);
  return {
    ...till,
    id,
    refusing: (...refusing: Standing[]) => till.bank.setSwitches({ refusing }),
    refresh: () => till.ask(({ handlers }) => handlers.refresh(undefined)),
    noticeCodes: async () => (await till.look()).connection.notices.map(({ code }) => code),
  };
}

describe('a key that may not see the payments', () => {
  test('is not connected, and that is said as what it is', async () => {
    const { connect, bank, look } = await shop();
    bank.setSwitches({ refusing: [{ status: 403, match: { operation: 'search' } }] });
    expect(await connect()).toMatchObject({
      ok: false,
      error: { code: 'key-refused', message: expect.stringMatching(/does not allow this API key to see the payments/), next: expect.stringMatching(/may see/) },
    });
    expect((await look()).connection.mode).toBe('none');
  });

  test('that it may no longer stands on the screen, stops no key, and ends by itself', async () => {
    const { refusing, noticeCodes, look, clock, refresh } = await connected();
    refusing({ status: 403, match: { operation: 'search' } });
    expect(await refresh()).toMatchObject({ ok: false, error: { code: 'key-refused' } });
    await clock.run(MINUTE);
    expect(await noticeCodes()).toContain('list-refused');
    expect((await look()).connection.line).not.toBe('key-refused');
    refusing();
    await clock.run(MINUTE);
    expect(await noticeCodes()).not.toContain('list-refused');
    expect((await look()).connection.line).toBe('live');
  });

  test('one payment of which it may not see is that payment’s own', async () => {
    const { refusing, sale, clock, look, noticeCodes, id } = await connected();
    refusing({ status: 403, match: { operation: 'read', paymentId: id } });
    sale();
    await clock.run(MINUTE);
    const { connection, payments } = await look();
    expect(connection.line).toBe('live');
    expect(payments).toHaveLength(2);
    expect(await noticeCodes()).toEqual([]);
  });
});

describe('the API version that readings ask with', () => {
  const OLD_ONLY: Standing[] = ['2026-02-27', '2025-09-10'].map((version) => ({ status: 400, match: { version } }));

  test('is the newest for a shop that makes its moves with an old one: its captures are listed', async () => {
    const { ask, id, submit, capture, clock, bank } = await connected();
    expect(await ask(({ handlers }) => handlers.saveSettings({ apiVersion: '2022-04-07' }))).toMatchObject({ ok: true });
    await submit(capture(id, 1_500));
    await clock.run(2 * MINUTE);
    expect(bank.moneyOf(id).capturedMinor).toBe(1_500);
    expect(await ask(({ handlers }) => handlers.getPayment({ paymentId: id }))).toMatchObject({
      ok: true,
      value: { payment: { captures: [{ amountMinor: 1_500 }] } },
    });
  });

  test('is an older one where Dojo takes no newer, found at connect', async () => {
    const { connect, bank, hold, clock, look } = await shop();
    hold();
    bank.setSwitches({ refusing: OLD_ONLY });
    expect(await connect()).toMatchObject({ ok: true });
    await clock.run(5_000);
    const { payments, connection } = await look();
    expect([payments.length, connection.line]).toEqual([1, 'live']);
  });

  test('is found anew while the till runs', async () => {
    const { refusing, clock, look, noticeCodes, submit, capture, id, bank } = await connected();
    refusing(...OLD_ONLY.map((standing) => ({ ...standing, match: { ...standing.match, operation: ['search', 'read'] as const } })));
    await clock.run(MINUTE);
    expect((await look()).connection.line).toBe('live');
    expect(await noticeCodes()).toEqual([]);
    await submit(capture(id, 4_200));
    await clock.run(MINUTE);
    expect(bank.moneyOf(id).captures).toBe(1);
  });

  test('is none that lists no captures: what was captured in part would be shown as the whole of it', async () => {
    const { refusing, clock, look, noticeCodes, submit, capture, id, bank, refresh } = await connected();
    bank.setSwitches({ partCaptureTurnsCaptured: true });
    await submit(capture(id, 1_500));
    await clock.run(MINUTE);
    const taken = async () => (await look()).payments.find((payment) => payment.id === id)?.takenMinor;
    expect(await taken()).toBe(1_500);
    refusing(...[...OLD_ONLY, { status: 400, match: { version: '2024-02-05' } }]);
    await clock.run(MINUTE);
    expect(await noticeCodes()).toContain('no-version');
    expect(await taken()).toBe(1_500);
    refusing();
    await clock.run(MINUTE);
    await refresh();
    expect(await noticeCodes()).toEqual([]);
    expect(await taken()).toBe(1_500);
  });

  test('that is none stops the queue and says so; nothing is lost, and it goes on by itself', async () => {
    const { refusing, clock, look, noticeCodes, submit, capture, id, bank, line } = await connected();
    refusing({ status: 400, match: { operation: ['search', 'read'] } });
    await clock.run(MINUTE);
    const said = (await look()).connection.notices.find(({ code }) => code === 'no-version');
    expect(said?.message).toMatch(/none of the API versions .* asked again by itself/);
    expect((await look()).connection.line).toBe('offline');
    expect(await submit(capture(id, 4_200))).toMatchObject({ ok: true });
    const before = line.looks();
    await clock.run(10 * MINUTE);
    // Three versions are tried, twice a minute, and one payment.
    expect(line.looks() - before).toBeLessThanOrEqual(4 * 21);
    expect((await look()).actions).toMatchObject([{ state: 'waiting' }]);
    expect(line.sent()).toEqual([]);
    refusing();
    await clock.run(MINUTE);
    expect(await noticeCodes()).toEqual([]);
    expect((await look()).connection.line).toBe('live');
    expect(bank.moneyOf(id).captures).toBe(1);
  });
});

describe('Dojo asks to be left alone', () => {
  const PATIENCE: Standing = { status: 429, retryAfter: 300 };

  test('by everything: sixty captures on their way, the list and the queue together ask a handful of times', async () => {
    const till = await connected();
    const ids = Array.from({ length: 60 }, () => till.hold().id);
    await till.refresh();
    await till.submit(...ids.slice(0, 50).map((id) => till.capture(id, 4_200)));
    // The bank has not answered yet.
    await till.clock.run(2_000);
    till.refusing(PATIENCE);
    const [looksBefore, sentBefore] = [till.line.looks(), till.line.sent().length];
    await till.clock.run(5 * MINUTE - 2_000);
    expect(till.line.looks() - looksBefore + till.line.sent().length - sentBefore).toBeLessThanOrEqual(16);
    till.refusing();
    await till.clock.run(15 * MINUTE);
    expect((await till.look()).connection.line).toBe('live');
    for (const id of ids.slice(0, 50)) expect(till.bank.moneyOf(id).captures).toBe(1);
  });

  test('a person’s own refresh says why not and for how long, and asks nothing', async () => {
    const { refusing, refresh, line, clock, look } = await connected();
    refusing(PATIENCE);
    expect(await refresh()).toMatchObject({ ok: false, error: { code: 'dojo-trouble', message: 'Dojo asked to wait 5 minutes.' } });
    refusing();
    const waiting = async () => (await look()).connection.notices.find(({ code }) => code === 'asked-to-wait')?.message;
    const said = await waiting();
    expect(said).toMatch(/^Dojo asked to wait until \d\d:\d\d\. What you do is kept here and sent then\.$/);
    await clock.run(90_000);
    expect(await waiting()).toBe(said);
    const before = line.looks();
    expect(await refresh()).toMatchObject({
      ok: false,
      error: { code: 'dojo-trouble', message: 'Dojo asked to wait 4 minutes.', next: expect.stringMatching(/goes on by itself/) },
    });
    expect(line.looks()).toBe(before);
    await clock.run(4 * MINUTE);
    expect(await waiting()).toBeUndefined();
    expect(await refresh()).toMatchObject({ ok: true });
  });

  test('a reading that is told so holds back the queue too', async () => {
    const { refusing, refresh, line, clock, submit, capture, id, bank } = await connected();
    refusing({ ...PATIENCE, match: { operation: 'search' } });
    await refresh();
    await submit(capture(id, 4_200));
    const before = line.looks();
    await clock.run(4 * MINUTE);
    expect(line.looks()).toBe(before);
    refusing();
    await clock.run(2 * MINUTE);
    expect(bank.moneyOf(id).captures).toBe(1);
  });
});

test('readings keep the slower pace from the first one on where nobody looked when the till was connected', async () => {
  const { connect, till, clock, line } = await shop();
  till().setFocused(false);
  expect(await connect()).toMatchObject({ ok: true });
  await clock.run(5 * MINUTE);
  const before = line.looks();
  await clock.run(10 * MINUTE);
  const away = line.looks() - before;
  till().setFocused(true);
  await clock.run(10 * MINUTE);
  expect(line.looks() - before - away).toBeGreaterThan(3 * away);
});
