import { describe, expect, test } from 'vitest';
import { MINUTE, START, shop } from '../app/a-till.ts';

describe('an earlier day', () => {
  test.each(['2026-02-31', '2026-13-01', '0000-00-00'])('that is not in the calendar (%s) is bad input', async (date) => {
    const { connect, ask } = await shop();
    await connect();
    expect(await ask((till) => till.handlers.loadDay({ date }))).toMatchObject({ ok: false, error: { code: 'bad-input', field: 'date' } });
  });

  const YESTERDAY = '2026-06-14';
  const yesterdayMs = START - 24 * 60 * MINUTE;

  test('is read from Dojo, and without the line comes from this PC, as of when it was last read', async () => {
    const { sale, connect, ask, clock, line } = await shop();
    sale({ createdAtMs: yesterdayMs, paidAtMs: yesterdayMs });
    await connect();
    const load = () => ask((till) => till.handlers.loadDay({ date: YESTERDAY }));
    const read = await load();
    expect(read).toMatchObject({ ok: true, value: { fresh: true, error: null, payments: [{ totalMinor: 1250 }] } });
    const readAtMs = read.ok && read.value.readAtMs;
    expect(readAtMs).toBeGreaterThan(START);
    line.setDown(true);
    await clock.run(MINUTE);
    expect(await load()).toMatchObject({ ok: true, value: { fresh: false, readAtMs, error: null, payments: [{ totalMinor: 1250 }] } });
  });

  test('that Dojo would not give says why, and shows what this PC knows', async () => {
    const { sale, connect, ask, bank, clock } = await shop();
    sale({ createdAtMs: yesterdayMs, paidAtMs: yesterdayMs });
    await connect();
    await ask((till) => till.handlers.loadDay({ date: YESTERDAY }));
    await clock.run(20_000);
    bank.revokeKey('sk_sandbox_one00001');
    expect(await ask((till) => till.handlers.loadDay({ date: YESTERDAY }))).toMatchObject({
      ok: true,
      value: { fresh: false, error: { code: 'key-refused' }, payments: [{ totalMinor: 1250 }] },
    });
  });

  test('is as of its last reading while it lasted, and one from before there was a till is as of never', async () => {
    const { sale, connect, ask, clock, line } = await shop();
    sale();
    await connect();
    await clock.runTo(Date.parse('2026-06-15T22:59:30Z'));
    line.setDown(true);
    await clock.runTo(Date.parse('2026-06-16T08:00:00Z'));
    line.setDown(false);
    await clock.run(5 * MINUTE);
    line.setDown(true);
    await clock.run(MINUTE);
    const ofToday = await ask((till) => till.handlers.loadDay({ date: '2026-06-15' }));
    expect(ofToday).toMatchObject({ ok: true, value: { fresh: false, payments: [{ totalMinor: 1250 }] } });
    const readAtMs = ofToday.ok ? ofToday.value.readAtMs : null;
    expect(readAtMs).toBeGreaterThan(Date.parse('2026-06-15T22:58:00Z'));
    expect(readAtMs).toBeLessThan(Date.parse('2026-06-15T23:00:00Z'));
    expect(await ask((till) => till.handlers.loadDay({ date: YESTERDAY }))).toMatchObject({ ok: true, value: { fresh: false, readAtMs: null, payments: [] } });
  });
});

describe('a search', () => {
  test('goes over all kept days, newest first, and asks Dojo nothing', async () => {
    const { sale, connect, ask, pc, line, clock } = await shop();
    const [old, today] = [
      sale({ reference: 'Room 9', createdAtMs: START - 3 * 24 * 60 * MINUTE, paidAtMs: START - 3 * 24 * 60 * MINUTE }),
      sale({ reference: 'Room 10' }),
    ];
    sale({ reference: 'Bar' });
    await connect();
    await clock.run(5_000);
    await ask((till) => till.handlers.loadDay({ date: '2026-06-12' }));
    line.setDown(true);
    const looks = pc.met.look;
    const found = await ask((till) => till.handlers.search({ text: 'ROOM 12.50' }));
    expect(found).toMatchObject({ ok: true, value: { isCut: false, payments: [{ id: today.id }, { id: old.id, date: '2026-06-12' }] } });
    expect(await ask((till) => till.handlers.search({ text: '' }))).toMatchObject({ ok: true, value: { isCut: false, payments: [] } });
    expect(pc.met.look).toBe(looks);
  });

  test('that finds too many says that it is cut', async () => {
    const { sale, connect, ask, clock, pc } = await shop();
    sale();
    await connect();
    await clock.run(5_000);
    const [kept] = [...pc.disk.payments.values()];
    if (!kept) throw new Error('expected a kept payment');
    const copies = (count: number) => {
      for (let index = 1; index < count; index += 1) pc.disk.payments.set(`copy ${index}`, { ...kept, payment: { ...kept.payment, id: `pi_${index}` } });
    };
    const found = async () => {
      const result = await ask((till) => till.handlers.search({ text: '12.50' }));
      return result.ok && [result.value.payments.length, result.value.isCut];
    };
    copies(200);
    expect(await found()).toEqual([200, false]);
    copies(201);
    expect(await found()).toEqual([200, true]);
  });

  test('without a connection is refused', async () => {
    const { ask } = await shop();
    expect(await ask((till) => till.handlers.search({ text: 'room' }))).toMatchObject({ ok: false, error: { code: 'not-connected' } });
  });
});
