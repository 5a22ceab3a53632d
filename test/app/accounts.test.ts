import { describe, expect, test } from 'vitest';
import { MINUTE, START, shop } from './a-till.ts';

const NEW_KEY = 'sk_sandbox_oneNEW02';
const OTHER_KEY = 'sk_sandbox_two00003';

/** The key was rotated, and the only payment that this till knows of the account was cancelled meanwhile: Dojo answers 404, to any key. */
async function stranded() {
  const till = await shop();
  const { id } = till.sale({ id: 'pi_only', paidAtMs: null });
  await till.connect();
  await till.clock.run(5_000);
  till.line.setDown(true);
  await till.clock.run(MINUTE);
  // It would end as refused where it were read before: the payment is not there any more.
  await till.ask(({ handlers }) => handlers.pauseQueue(undefined));
  const accepted = await till.submit({ kind: 'cancel', paymentId: id, requestId: 'r_1' });
  if (!accepted.ok) throw new Error(accepted.error.message);
  till.bank.cancel('acc_one', id, till.clock.nowMs());
  till.bank.setSwitches({ refusing: [{ status: 404, match: { paymentId: id, operation: 'read' } }] });
  till.bank.revokeKey('sk_sandbox_one00001');
  till.line.setDown(false);
  await till.clock.run(5 * MINUTE);
  const { accounts } = till.pc.disk;
  return { ...till, actionId: accepted.value.actionIds[0] ?? '', accountId: [...accounts.keys()][0] ?? '', accounts };
}

test('the page is told which account it is: the same under another key of it, another under another’s', async () => {
  const till = await shop();
  // Any key of the account can read it, which tells whose they are.
  till.sale();
  const connected = async (key?: string) => {
    const answer = await till.connect(key, null);
    if (!answer.ok) throw new Error(answer.error.message);
    await till.clock.run(5_000);
    return answer.value.accountId;
  };
  expect((await till.look()).connection.accountId).toBeNull();
  const first = await connected();
  expect(first).not.toBeNull();
  expect((await till.look()).connection.accountId).toBe(first);
  expect(await connected(NEW_KEY)).toBe(first);
  expect(await connected(OTHER_KEY)).not.toBe(first);
  expect(await till.ask(({ handlers }) => handlers.disconnect(undefined))).toMatchObject({ ok: true });
  expect((await till.look()).connection.accountId).toBeNull();
});

describe('a rotated key whose account Dojo does not tell', () => {
  test('is asked about, and until the answer nothing changes', async () => {
    const till = await stranded();
    const refused = await till.connect(NEW_KEY);
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'same-account', field: 'sameAccount', accounts: [{ id: till.accountId, keyLast4: '0001', openActions: 1 }] },
    });
    expect(till.accounts.size).toBe(1);
    expect((await till.look()).actions).toMatchObject([{ state: 'waiting' }]);
    expect(till.pc.key).toBe('sk_sandbox_one00001');
    expect(till.line.sent()).toEqual([]);
  });

  test('yes: its open actions wait for their person under the new key, on the list for release', async () => {
    const till = await stranded();
    expect(await till.connect(NEW_KEY, till.accountId)).toMatchObject({ ok: true, value: { keyLast4: 'EW02', otherAccountsWaiting: 0 } });
    await till.ask(({ handlers }) => handlers.resumeQueue(undefined));
    await till.clock.run(30 * MINUTE);
    expect(till.accounts.size).toBe(1);
    // Here Dojo shows it cancelled already: there is nothing left to send, but it can be settled.
    expect((await till.look()).actions).toMatchObject([
      {
        ...{ state: 'needsPerson', code: 'new-key', otherAccount: false, can: { release: false, settle: true } },
        message: expect.stringMatching(/^The key is new, .* Dojo shows it cancelled by now: nothing is left to send\.$/),
      },
    ]);
    expect(till.line.sent()).toEqual([]);
    expect(await till.ask(({ handlers }) => handlers.release({ actionIds: [till.actionId] }))).toMatchObject({ ok: false });
    expect(await till.ask(({ handlers }) => handlers.settle({ actionId: till.actionId, verdict: 'happened', note: '' }))).toMatchObject({ ok: true });
    expect((await till.look()).actions).toMatchObject([{ state: 'done' }]);
  });

  test('yes, with a key that cannot be kept: nothing is handed over, and the till is as it was', async () => {
    const till = await stranded();
    till.pc.keyStoreRefuses = true;
    expect(await till.connect(NEW_KEY, till.accountId)).toMatchObject({ ok: false, error: { code: 'no-secure-storage' } });
    expect((await till.look()).actions).toMatchObject([{ state: 'waiting' }]);
    expect(till.pc.key).toBe('sk_sandbox_one00001');
    till.pc.keyStoreRefuses = false;
    expect(await till.connect(NEW_KEY, till.accountId)).toMatchObject({ ok: true });
    expect((await till.look()).actions).toMatchObject([{ state: 'needsPerson', code: 'new-key' }]);
  });

  test('yes is remembered: the same key is not asked about again', async () => {
    const till = await stranded();
    await till.connect(NEW_KEY, till.accountId);
    await till.restart();
    await till.clock.run(MINUTE);
    expect((await till.look()).connection).toMatchObject({ mode: 'test', keyLast4: 'EW02', notices: [] });
    expect(await till.connect(NEW_KEY)).toMatchObject({ ok: true });
  });

  test('no: it is an account of its own, and what was queued waits for the first one', async () => {
    const till = await stranded();
    expect(await till.connect(OTHER_KEY, null)).toMatchObject({ ok: true, value: { otherAccountsWaiting: 1 } });
    await till.ask(({ handlers }) => handlers.resumeQueue(undefined));
    await till.clock.run(10 * MINUTE);
    expect(till.accounts.size).toBe(2);
    expect((await till.look()).actions).toMatchObject([{ state: 'waiting', otherAccount: true }]);
    expect(till.line.sent()).toEqual([]);
  });

  test('an answer that names no such account is asked for again', async () => {
    const till = await stranded();
    expect(await till.connect(NEW_KEY, 'acc_nobody')).toMatchObject({ ok: false, error: { code: 'same-account' } });
    expect(till.accounts.size).toBe(1);
  });

  test('a yes that cannot be written changes nothing', async () => {
    const till = await stranded();
    till.pc.disk.mood = 'full';
    expect(await till.connect(NEW_KEY, till.accountId)).toMatchObject({ ok: false, error: { code: 'disk' } });
    till.pc.disk.mood = 'ok';
    expect((await till.look()).actions).toMatchObject([{ state: 'waiting' }]);
    expect(await till.connect(NEW_KEY)).toMatchObject({ ok: false, error: { code: 'same-account' } });
  });
});

test('a new key whose account a ledger that breaks does not take leaves the one before in its place', async () => {
  const till = await shop();
  const { id } = till.hold();
  await till.connect();
  await till.clock.run(5_000);
  const kept = till.pc.key;
  till.pc.disk.mood = 'throws-on-writes';
  await expect(till.connect(NEW_KEY)).rejects.toThrow('expected an answer');
  till.pc.disk.mood = 'ok';
  expect(till.pc.key).toBe(kept);
  expect(await till.submit(till.capture(id, 4_200))).toMatchObject({ ok: true });
  await till.clock.run(5_000);
  expect(till.line.sent()).toHaveLength(1);
});

describe('a new key is known for its account', () => {
  test('by any of several payments, though the first ones are refused', async () => {
    const till = await shop();
    const { id } = till.hold({ id: 'pi_hold' });
    await till.connect();
    await till.clock.run(5_000);
    till.line.setDown(true);
    await till.clock.run(MINUTE);
    await till.submit(till.capture(id, 4_200));
    // What Dojo no longer shows at all stands for what it refuses.
    for (const [at, kept] of [...till.pc.disk.payments])
      till.pc.disk.payments.set(`${at}-gone`, { ...kept, payment: { ...kept.payment, id: 'pi_gone', status: 'Captured', createdAtMs: START + 1 } });
    till.bank.revokeKey('sk_sandbox_one00001');
    till.line.setDown(false);
    expect(await till.connect(NEW_KEY)).toMatchObject({ ok: true });
    await till.clock.run(MINUTE);
    expect(till.bank.moneyOf(id).captures).toBe(1);
    expect(till.pc.disk.accounts.size).toBe(1);
  });

  /** One that Dojo would show, and five before it that it cannot. */
  async function oneOfSix(status: number) {
    const till = await shop();
    const ids = Array.from({ length: 6 }, (_, at) => till.hold({ id: `pi_${at}` }).id);
    await till.connect();
    await till.clock.run(5_000);
    till.line.setDown(true);
    await till.clock.run(MINUTE);
    await till.submit(till.capture('pi_0', 4_200));
    const show = (...shown: string[]) =>
      till.bank.setSwitches({
        refusing: ids.filter((id) => !shown.includes(id)).map((paymentId) => ({ status, match: { paymentId, operation: 'read' } })),
      });
    till.bank.revokeKey('sk_sandbox_one00001');
    till.line.setDown(false);
    return { ...till, show };
  }

  test.each([401, 402, 403, 404, 409, 500, 502, 503, 504])('by the one payment that Dojo can show, though it answers %i to all others', async (status) => {
    const till = await oneOfSix(status);
    till.show('pi_5');
    expect(await till.connect(NEW_KEY)).toMatchObject({ ok: true });
    expect(till.pc.disk.accounts.size).toBe(1);
    till.show('pi_0', 'pi_5');
    await till.clock.run(MINUTE);
    expect(till.bank.moneyOf('pi_0').captures).toBe(1);
  });

  test.each([401, 500, 503])('by the owner where Dojo answers %i to all of them', async (status) => {
    const till = await oneOfSix(status);
    till.show();
    expect(await till.connect(NEW_KEY)).toMatchObject({ ok: false, error: { code: 'same-account' } });
    expect(till.pc.disk.accounts.size).toBe(1);
    expect(till.line.sent()).toEqual([]);
  });

  describe.each(['429', 'a page'] as const)('by the owner where %s alone is what', (what) => {
    /** Looks at these are answered so; the others are not there any more. */
    async function trouble(...troubled: string[]) {
      const till = await oneOfSix(404);
      till.show(...troubled);
      const refusing = (paymentId: string, status: number) => ({ status, match: { paymentId, operation: 'read' as const } });
      const gone = ['pi_0', 'pi_1', 'pi_2', 'pi_3', 'pi_4', 'pi_5'].filter((id) => !troubled.includes(id));
      till.bank.setSwitches({ refusing: [...gone.map((id) => refusing(id, 404)), ...(what === '429' ? troubled.map((id) => refusing(id, 429)) : [])] });
      if (what === 'a page') troubled.forEach(till.line.page);
      return till;
    }

    test.each([[['pi_0']], [['pi_5']], [['pi_0', 'pi_3']]])('%s are answered, and the others are not there: they decide', async (troubled) => {
      const till = await trouble(...troubled);
      expect(await till.connect(NEW_KEY)).toMatchObject({ ok: false, error: { code: 'same-account' } });
      // A first 429 asks to wait with everything of this key.
      await till.clock.run(MINUTE);
      expect(await till.connect(NEW_KEY, [...till.pc.disk.accounts.keys()][0])).toMatchObject({ ok: true });
      expect(till.pc.disk.accounts.size).toBe(1);
      expect(till.line.sent()).toEqual([]);
    });

    test('three or more of them are answered: that is about all, and nobody is asked', async () => {
      const till = await trouble('pi_0', 'pi_2', 'pi_4');
      expect(await till.connect(NEW_KEY)).toMatchObject({ ok: false, error: { code: what === '429' ? 'dojo-trouble' : 'not-dojo' } });
      expect(till.pc.disk.accounts.size).toBe(1);
    });
  });

  test('by the one that Dojo shows, at once, though looking at the others hangs', async () => {
    const till = await oneOfSix(500);
    till.show('pi_5');
    for (const at of [0, 1, 2, 3, 4]) till.line.hang(`pi_${at}`);
    let answer: unknown = null;
    void till.connect(NEW_KEY).then((result) => {
      answer = result;
    });
    await till.clock.run(3_000);
    expect(answer).toMatchObject({ ok: true });
  });

  test('by the owner, after the half minute that one of them takes, where looking at all of them hangs', async () => {
    const till = await oneOfSix(500);
    for (const at of [0, 1, 2, 3, 4, 5]) till.line.hang(`pi_${at}`);
    let answer: unknown = null;
    void till.connect(NEW_KEY).then((result) => {
      answer = result;
    });
    await till.clock.run(33_000);
    expect(answer).toMatchObject({ ok: false, error: { code: 'same-account' } });
  });

  test('by what Dojo shows, whatever the owner says', async () => {
    const till = await shop();
    till.hold({ id: 'pi_hold' });
    await till.connect();
    await till.clock.run(5_000);
    expect(await till.connect(NEW_KEY, null)).toMatchObject({ ok: true });
    expect(till.pc.disk.accounts.size).toBe(1);
  });

  test('without a question where the first account has nothing at all', async () => {
    const till = await shop();
    await till.connect();
    await till.clock.run(5_000);
    expect(await till.connect(OTHER_KEY)).toMatchObject({ ok: true });
    expect(till.pc.disk.accounts.size).toBe(2);
  });
});

test('another account’s key is told by no refusal: the owner is asked after a handful of readings', async () => {
  const till = await shop();
  for (let made = 0; made < 40; made += 1) till.sale({ id: `pi_${made}` });
  await till.connect();
  await till.clock.run(5_000);
  const before = till.pc.met.look;
  expect(await till.connect(OTHER_KEY)).toMatchObject({ ok: false, error: { code: 'same-account' } });
  // The probe, and six witnesses.
  expect(till.pc.met.look - before).toBeLessThanOrEqual(7);
});

describe('the only witness', () => {
  async function oneHold() {
    const till = await shop();
    till.hold({ id: 'pi_hold' });
    await till.connect();
    await till.clock.run(5_000);
    return till;
  }

  test('that brings a page, as the list then does, tells nothing: the owner is not asked', async () => {
    const till = await oneHold();
    const before = till.line.looks();
    till.line.page('pi_hold');
    const connecting = till.connect(NEW_KEY);
    await till.clock.runTo(till.clock.monotonicMs() + MINUTE, () => till.line.looks() === before + 2);
    till.line.portal();
    expect(await connecting).toMatchObject({ ok: false, error: { code: 'not-dojo' } });
    expect(till.pc.disk.accounts.size).toBe(1);
  });

  test('that brings a page while the list is answered leaves it to the owner', async () => {
    const till = await oneHold();
    till.line.page('pi_hold');
    expect(await till.connect(NEW_KEY)).toMatchObject({ ok: false, error: { code: 'same-account' } });
    expect(await till.connect(NEW_KEY, [...till.pc.disk.accounts.keys()][0])).toMatchObject({ ok: true });
    expect(till.pc.disk.accounts.size).toBe(1);
  });

  test('that brings 429 has all of it wait first; over and over, with the list well, it leaves it to the owner', async () => {
    const till = await oneHold();
    till.bank.setSwitches({ refusing: [{ status: 429, match: { paymentId: 'pi_hold', operation: 'read' } }] });
    expect(await till.connect(NEW_KEY)).toMatchObject({ ok: false, error: { code: 'dojo-trouble' } });
    await till.clock.run(MINUTE);
    expect(await till.connect(NEW_KEY)).toMatchObject({ ok: false, error: { code: 'same-account' } });
  });
});

test('how long Dojo asked one key to wait holds up no other account', async () => {
  const till = await shop();
  till.hold({ id: 'pi_one' });
  till.hold({ id: 'pi_two', accountId: 'acc_two' });
  await till.connect();
  await till.clock.run(5_000);
  till.bank.setSwitches({ refusing: [{ status: 429, retryAfter: '300', match: {} }] });
  await till.clock.run(2 * MINUTE);
  till.bank.setSwitches({ refusing: [] });
  expect(await till.connect(OTHER_KEY, null)).toMatchObject({ ok: true });
  await till.submit(till.capture('pi_two', 4200));
  await till.clock.run(10_000);
  expect((await till.look()).actions).toMatchObject([{ paymentId: 'pi_two', state: 'done' }]);
});

test('a key that Dojo asks to wait while it is being connected says so of its queue at once', async () => {
  const till = await shop();
  till.hold({ id: 'pi_slow' });
  till.hold({ id: 'pi_soon', autoExpireInMs: 64 * MINUTE });
  await till.connect();
  await till.clock.run(5_000);
  till.bank.setSwitches({ refusing: [{ status: 429, retryAfter: '300', match: { paymentId: 'pi_slow', operation: 'read' } }] });
  expect(await till.connect(NEW_KEY)).toMatchObject({ ok: true });
  expect(await till.submit(till.capture('pi_soon', 4200))).toMatchObject({ ok: true });
  expect((await till.look()).actions).toMatchObject([
    { state: 'waiting', willBeLate: true, message: expect.stringContaining('Tillside was asked to wait until 13:06.') },
  ]);
});

test.each([
  ['the one before', 'sk_sandbox_one00001'],
  ['none', null],
] as const)('a new key whose account the disk does not take is not kept: %s is, as before', async (_, kept) => {
  const till = await shop();
  till.hold();
  if (kept !== null) expect(await till.connect(kept)).toMatchObject({ ok: true });
  await till.clock.run(5_000);
  till.pc.disk.mood = 'full';
  expect(await till.connect(NEW_KEY)).toMatchObject({ ok: false, error: { code: 'disk' } });
  expect(till.pc.key).toBe(kept);
  expect((await till.look()).connection.keyLast4).toBe(kept === null ? null : '0001');
  till.pc.disk.mood = 'ok';
  expect(await till.connect(NEW_KEY)).toMatchObject({ ok: true });
  expect(till.pc.key).toBe(NEW_KEY);
});

test.each(['sk_sandbox_one00001', null])('where the disk does not take that back either (before: %s), it is said', async (kept) => {
  const till = await shop();
  till.hold();
  if (kept !== null) expect(await till.connect(kept)).toMatchObject({ ok: true });
  await till.clock.run(5_000);
  till.pc.disk.mood = kept === null ? 'broken' : 'full';
  Object.defineProperty(till.pc, 'keyStoreRefuses', { get: () => till.pc.key === NEW_KEY });
  expect(await till.connect(NEW_KEY)).toMatchObject({
    ok: false,
    error: { code: 'disk', message: expect.stringMatching(/ The new key is kept on this PC all the same\.$/), next: expect.stringContaining('connect') },
  });
  expect(till.pc.key).toBe(NEW_KEY);
  expect((await till.look()).connection.keyLast4).toBe(kept === null ? null : '0001');
});

test('a Dojo that does not answer is no reason to ask the owner', async () => {
  const till = await shop();
  till.hold({ id: 'pi_hold' });
  await till.connect();
  await till.clock.run(5_000);
  till.line.setDown(true);
  expect(await till.connect(NEW_KEY)).toMatchObject({ ok: false, error: { code: 'no-line' } });
});

test('an action behind another account’s on the same payment says what it waits for, and goes out once that has ended', async () => {
  const till = await shop();
  const { id } = till.hold({ id: 'pi_hold' });
  await till.connect();
  await till.clock.run(5_000);
  till.line.setDown(true);
  await till.clock.run(MINUTE);
  await till.submit(till.capture(id, 1_000));
  till.bank.setSwitches({ refusing: [{ status: 404, match: { paymentId: id, operation: 'read' } }] });
  till.line.setDown(false);
  // The owner’s mistake: it is the same account.
  expect(await till.connect(NEW_KEY, null)).toMatchObject({ ok: true, value: { otherAccountsWaiting: 1 } });
  till.bank.setSwitches({ refusing: [] });
  await till.clock.run(MINUTE);
  expect(await till.submit(till.capture(id, 500))).toMatchObject({ ok: true });
  await till.clock.run(10 * MINUTE);
  const rows = async () =>
    (await till.look()).actions.map(({ amountMinor, otherAccount, state, message, next }) => ({ amountMinor, otherAccount, state, message, next }));
  const behind = {
    message: 'Another account’s action on this payment comes first, so this was not sent.',
    next: 'Connect with its key, or remove or settle it in the queue.',
  };
  expect(await rows()).toEqual([
    { amountMinor: 1_000, otherAccount: true, state: 'waiting', message: null, next: null },
    { amountMinor: 500, otherAccount: false, state: 'waiting', ...behind },
  ]);
  expect(till.line.sent()).toEqual([]);
  const [first] = (await till.look()).actions;
  expect(await till.ask(({ handlers }) => handlers.withdraw({ actionId: first?.id ?? '' }))).toMatchObject({ ok: true });
  await till.clock.run(MINUTE);
  expect((await till.look()).actions.at(-1)).toMatchObject({ amountMinor: 500, state: 'done' });
  expect(till.bank.moneyOf(id).captures).toBe(1);
});

describe('an account', () => {
  test('is dated by Dojo’s time, whatever the PC’s clock says', async () => {
    const till = await shop();
    till.pc.aheadMs = 400 * 24 * 60 * MINUTE;
    await till.connect();
    const [account] = [...till.pc.disk.accounts.values()];
    expect(account?.createdAtMs).toBeGreaterThan(START - MINUTE);
    expect(account?.createdAtMs).toBeLessThan(START + 10 * MINUTE);
  });

  test('that the owner named for a new key has that in its record at Dojo’s time', async () => {
    const till = await stranded();
    till.pc.aheadMs = -3 * 24 * 60 * MINUTE;
    await till.connect(NEW_KEY, till.accountId);
    const told = till.pc.disk.activity.filter(({ what }) => what === 'same-account');
    expect(told).toHaveLength(1);
    expect(told[0]?.atMs).toBeGreaterThan(START - MINUTE);
  });
});

describe('a key handed over on the owner’s word while a capture is on its way', () => {
  async function whileItHangs() {
    const till = await shop([{ till: 0, on: 'move', nth: 0, fault: 'lost-after' }]);
    const { id } = till.hold({ id: 'pi_hold' });
    till.hold({ id: 'pi_other' });
    await till.connect();
    await till.clock.run(5_000);
    const accepted = await till.submit(till.capture(id, 4_200));
    if (!accepted.ok) throw new Error(accepted.error.message);
    const [actionId = ''] = accepted.value.actionIds;
    await till.clock.run(2_000);
    expect(till.till().sendingCount()).toBe(1);
    till.bank.setSwitches({ refusing: [{ status: 403, match: { operation: 'read' } }] });
    const [sameAccount = ''] = till.pc.disk.accounts.keys();
    let connected: unknown = null;
    void till
      .till()
      .handlers.connect({ apiKey: NEW_KEY, sameAccount })
      .then((result) => {
        connected = result;
      });
    await till.clock.run(3_000);
    till.bank.setSwitches({ refusing: [] });
    return { ...till, id, actionId, connected: () => connected };
  }

  test.each(['settle', 'release'] as const)('leaves nothing to %s before Dojo has answered, and then connecting ends', async (what) => {
    const { ask, look, actionId, connected, clock, till, bank, id } = await whileItHangs();
    expect((await look()).actions).toMatchObject([
      { state: 'needsPerson', code: 'new-key', next: expect.stringMatching(/Wait for Dojo/), can: { settle: false, release: false } },
    ]);
    const decided = await ask(({ handlers }) =>
      what === 'settle' ? handlers.settle({ actionId, verdict: 'did-not-happen', note: '' }) : handlers.release({ actionIds: [actionId] }),
    );
    expect(decided).toMatchObject({
      ok: false,
      ...(what === 'settle' && { error: { code: 'not-possible', message: expect.stringMatching(/Wait for Dojo/) } }),
    });
    await clock.run(MINUTE);
    expect(connected()).toMatchObject({ ok: true });
    expect(till().sendingCount()).toBe(0);
    // Dojo shows it by then.
    expect((await look()).actions).toMatchObject([{ state: 'needsPerson', code: 'new-key', can: { settle: true, release: false } }]);
    expect(bank.moneyOf(id).captures).toBe(1);
    let quiet = false;
    void till()
      .quiet()
      .then(() => {
        quiet = true;
      });
    await clock.run(MINUTE);
    expect(quiet).toBe(true);
  });
});
