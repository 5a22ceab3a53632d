import { describe, expect, test } from 'vitest';
import type { RunningTill } from '../../main/app/till.ts';
import type { ActionRequest, Result } from '../../preload/contract.ts';
import { ACCOUNT_OF, KEYS } from '../sim/schedule.ts';
import { MINUTE, START, tillOff } from './a-till.ts';

const ACCOUNT = ACCOUNT_OF[KEYS.own] ?? '';

/** A till with holds, which nobody looks at. */
async function unattended(count: number) {
  const till = tillOff(START);
  const { clock, bank, pc } = till;
  const createdAtMs = START - 60 * MINUTE;
  const holds = Array.from({ length: count }, (_, nth) =>
    bank.addPayment({ amountMinor: 4_200, captureMode: 'Manual', reference: `Table ${nth + 1}`, createdAtMs, paidAtMs: createdAtMs }, START),
  );
  await till.switchOn();
  await clock.run(MINUTE);
  pc.life?.till?.setFocused(false);
  const ask = async <T>(call: (running: RunningTill) => Promise<Result<T>>): Promise<T> => {
    const answer = await till.ask(call);
    if (!answer.ok) throw new Error(`expected the till to agree: ${answer.error.message}`);
    return answer.value;
  };
  return {
    ...till,
    ids: holds.map(({ id }) => id),
    notes: () => pc.notes,
    look: (looking: boolean) => pc.life?.till?.setFocused(looking),
    pause: () => ask(({ handlers }) => handlers.pauseQueue(undefined)),
    resume: () => till.ask(({ handlers }) => handlers.resumeQueue(undefined)),
    capture: (paymentIds: readonly string[]) =>
      ask(({ handlers }) =>
        handlers.submit({
          requests: paymentIds.map((paymentId): ActionRequest => ({ kind: 'capture', requestId: `r-${paymentId}`, paymentId, amount: 4_200, runId: 'run-1' })),
        }),
      ),
  };
}

describe('what stands still until somebody does something, while nobody looks', () => {
  test('a refused key is told once', async () => {
    const { bank, clock, ids, capture, pause, resume, notes } = await unattended(3);
    await pause();
    await capture(ids);
    bank.revokeKey(KEYS.own);
    await resume();
    await clock.run(5 * MINUTE);
    const body = 'Table 1, Table 2, Table 3: none of it is sent. Dojo does not accept the API key. Mend it, and they are sent by themselves.';
    expect(notes()).toEqual([{ title: '3 actions stand still', body, show: { view: 'queue' } }]);
    bank.mendKey(KEYS.own);
    await clock.run(60 * MINUTE);
    expect(notes()).toHaveLength(1);
  });

  test('an operation that the key may not do: what was refused of it, and what waits', async () => {
    const { bank, clock, ids, capture, notes } = await unattended(9);
    bank.setSwitches({ refusing: [{ status: 403, match: { operation: 'capture' } }] });
    await capture(ids);
    await clock.run(5 * MINUTE);
    expect(notes().map(({ title }) => title)).toEqual(expect.arrayContaining([expect.stringMatching(/stand still$/), expect.stringMatching(/were not done$/)]));
    expect(notes()).toHaveLength(2);
    expect(
      notes()
        .map(({ body }) => body)
        .join(),
    ).toContain('Dojo does not allow this key to do that.');
  });

  test('a full disk', async () => {
    const { clock, ids, capture, pause, resume, notes, pc } = await unattended(2);
    await pause();
    await capture(ids);
    await resume();
    pc.disk.mood = 'full';
    await clock.run(5 * MINUTE);
    expect(notes()).toEqual([expect.objectContaining({ title: expect.stringMatching(/stands? still$/) })]);
    expect(notes()[0]?.body).toContain('disk');
  });

  test('one that Dojo refuses is told as not done', async () => {
    const { bank, clock, ids, capture, notes } = await unattended(1);
    bank.setSwitches({ refusing: [{ status: 409, match: { operation: 'capture' } }] });
    await capture(ids);
    await clock.run(5 * MINUTE);
    expect(notes()).toMatchObject([{ title: 'A capture was not done', show: { view: 'queue' } }]);
  });

  test('nor one of which another till did just that', async () => {
    const { bank, clock, ids, capture, pause, resume, notes } = await unattended(1);
    await pause();
    await capture(ids);
    bank.capture(ACCOUNT, ids[0] ?? '', { amountMinor: 4_200, tipsMinor: 0 }, clock.nowMs());
    await resume();
    await clock.run(10 * MINUTE);
    expect(notes()).toEqual([]);
  });

  test('not what somebody sees, paused by themselves, nor what is over by itself', async () => {
    const { bank, clock, ids, capture, pause, notes, look, pc } = await unattended(3);
    pc.lineDown = 'no-line';
    await capture(ids.slice(0, 1));
    await clock.run(5 * MINUTE);
    await pause();
    pc.lineDown = null;
    await capture(ids.slice(1, 2));
    await clock.run(5 * MINUTE);
    expect(notes()).toEqual([]);
    look(true);
    bank.revokeKey(KEYS.own);
    await clock.run(5 * MINUTE);
    look(false);
    await clock.run(60 * MINUTE);
    expect(notes()).toEqual([]);
  });
});
