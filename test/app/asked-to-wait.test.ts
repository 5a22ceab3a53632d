import { describe, expect, test } from 'vitest';
import { MINUTE, START, shop } from './a-till.ts';

/** Noon in London; Dojo asks for 400 s of patience with everything, and the till has heard it. */
async function asked(retryAfter = '400', match = {}) {
  const till = await shop();
  const hold = till.hold({ autoExpireInMs: 7 * 86_400_000 }).id;
  const soon = till.hold({ autoExpireInMs: 64 * MINUTE }).id;
  await till.connect();
  await till.clock.run(5_000);
  till.bank.setSwitches({ refusing: [{ status: 429, retryAfter, match }] });
  await till.ask((running) => running.handlers.refresh(undefined));
  till.bank.setSwitches({ refusing: [] });
  const notice = async () => (await till.look()).connection.notices.find(({ code }) => code === 'asked-to-wait')?.message;
  const connection = async () => (await till.look()).connection;
  const payment = async (id: string) => (await till.look()).payments.find((each) => each.id === id);
  return { ...till, holdId: hold, soonId: soon, notice, connection, payment };
}

describe('Dojo asked to wait for minutes', () => {
  test('which is said with the time until which the queue stands still, until it is over', async () => {
    const till = await asked();
    const { askedToWaitUntilMs: untilMs } = await till.connection();
    expect(untilMs).toBeGreaterThan(START + 390_000);
    expect(untilMs).toBeLessThan(START + 420_000);
    await till.submit(till.capture(till.holdId, 4200));
    expect((await till.look()).actions).toMatchObject([{ state: 'waiting', message: 'Tillside was asked to wait until 13:07. It is sent then.' }]);
    expect(await till.notice()).toBe('Dojo asked to wait until 13:07. What you do is kept here and sent then.');
    // Also in its last seconds: nothing is sent before.
    await till.clock.run((untilMs ?? 0) - till.clock.nowMs() - 3_000);
    expect(await till.connection()).toMatchObject({ askedToWaitUntilMs: untilMs });
    await till.clock.run(15_000);
    expect(await till.connection()).toMatchObject({ askedToWaitUntilMs: null });
    expect(await till.notice()).toBeUndefined();
    expect((await till.look()).actions).toMatchObject([{ state: 'done' }]);
  });

  test('and trying one now is answered with that', async () => {
    const till = await asked();
    await till.submit(till.capture(till.holdId, 4200));
    const [action] = (await till.look()).actions;
    const actionId = action?.id ?? '';
    const looks = till.line.looks();
    expect(await till.ask((running) => running.handlers.retryNow({ actionId }))).toMatchObject({
      ok: false,
      error: {
        code: 'dojo-trouble',
        message: 'Tillside was asked to wait until 13:07. Nothing is asked of Dojo before.',
        next: expect.stringMatching(/by itself/),
      },
    });
    expect(till.line.looks()).toBe(looks);
  });

  test('and what it makes too late has its payment ask for somebody', async () => {
    const till = await asked();
    expect((await till.payment(till.soonId))?.attention).toBeNull();
    await till.submit(till.capture(till.soonId, 4200));
    expect((await till.look()).actions).toMatchObject([{ willBeLate: true }]);
    expect((await till.payment(till.soonId))?.attention).toMatch(/^Tillside was asked to wait until 13:07\. That is too late for this capture/);
    expect((await till.look()).totals.attentionCount).toBe(1);
    // Its deadline passes while it waits.
    await till.clock.run(5 * MINUTE);
    expect((await till.look()).actions).toMatchObject([{ tooLate: true }]);
    expect((await till.payment(till.soonId))?.attention).toMatch(/has passed: the capture is not sent/);
  });

  test('a moment is not told', async () => {
    const till = await asked('10');
    expect(await till.connection()).toMatchObject({ askedToWaitUntilMs: null, askedToWaitWith: [] });
  });
});
