import { startUnattended } from '../crash/unattended.ts';
import { mountSmallDisk, noSmallDisk, type SmallDisk } from '../ledger/tmpfs.ts';
import { test as base, expect, KEY } from './fixtures.ts';
import { look } from './pages/look.ts';
import { askedOf, changesAsked, hold, moneyOf, todayMs } from './shop.ts';

/** Enough for what Chromium keeps in a profile, little enough to fill at once. */
const MEGABYTES = 48;
const REFUSED_ENOUGH = 3;
const why = noSmallDisk();

/** The profile lies on a disk of its own. */
const test = base.extend<{ disk: SmallDisk }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs off its pattern.
  disk: async ({}, use) => {
    const disk = mountSmallDisk(MEGABYTES);
    await use(disk);
    disk.unmount();
  },
  profile: async ({ disk }, use) => use(disk.folder),
});

/** What a till says that cannot start; nobody is there to close its message. */
async function saysAtStart(profile: string, dojoUrl: string, words: RegExp, env: Readonly<Record<string, string>> = {}): Promise<void> {
  const alone = startUnattended({ profile, dojoUrl, env });
  await expect.poll(alone.output, { timeout: 20_000 }).toMatch(words);
  await alone.kill();
}

test.describe('a profile on a small disk', { tag: '@electron' }, () => {
  test.skip(why !== null, why ?? '');

  test('that runs full while the till runs: what is refused says so and is nowhere, and with room all goes on; a till that cannot start on its disk says why, and nothing is missing later', async ({
    till,
    app,
    dojo,
    disk,
    profile,
  }) => {
    test.setTimeout(180_000);
    await test.step('it runs full while the till runs: what is refused says so and is nowhere; when there is room, all goes on', async () => {
      const ids = Array.from(
        { length: 40 },
        (_, index) => hold(dojo, { reference: `Room ${index + 1}`, amountMinor: 1_000 + index, paidAtMs: todayMs(30) }).id,
      );
      const { id: atCounter } = hold(dojo, { reference: 'Table 1', amountMinor: 4_200, paidAtMs: todayMs(1) });
      await till.connect(KEY);
      await till.today.shows('Table 1', 'On hold');
      disk.fill();
      // What SQLite has room for in its own files it still takes: the till is asked until it has refused a few.
      const refused: string[] = [];
      const accepted: string[] = [];
      for (const paymentId of ids) {
        if (refused.length === REFUSED_ENOUGH) break;
        const answer = await till.submit({ kind: 'capture', paymentId, amount: 500 });
        if (answer.ok) accepted.push(paymentId);
        else {
          expect(answer.error).toMatchObject({
            code: 'disk',
            message: expect.stringMatching(/disk of this PC is full.*No money moves/),
          });
          refused.push(paymentId);
        }
      }
      expect(refused.length).toBeGreaterThan(0);
      const known = new Set((await till.snapshot()).actions.map(({ paymentId }) => paymentId));
      expect([...known].sort()).toEqual([...accepted].sort());
      expect(changesAsked(dojo).filter(({ id }) => refused.includes(id))).toEqual([]);

      // At the counter: the same, in words, and the dialog stays for another try.
      await till.today.take('Table 1');
      await look(till.page);
      await till.take.confirm.click();
      await expect(till.take.dialog).toContainText('The disk of this PC is full');
      await expect(till.take.dialog).toContainText('so nothing was saved. No money moves.What to do: Make room on the disk, then decide again.');
      expect(await till.actionsOn(atCounter)).toEqual([]);

      disk.makeRoom();
      await till.take.promise();
      for (const paymentId of refused) expect(await till.submit({ kind: 'capture', paymentId, amount: 500 })).toMatchObject({ ok: true });
      await expect.poll(async () => new Set(await till.actionStates()), { timeout: 40_000 }).toEqual(new Set(['done']));
      for (const paymentId of [...accepted, ...refused]) expect(moneyOf(dojo, paymentId)).toMatchObject({ captures: 1 });
      expect(moneyOf(dojo, atCounter)).toMatchObject({ captures: 1 });
      await expect.poll(async () => (await till.snapshot()).connection.notices).toEqual([]);
      expect(dojo.bank.imbalances()).toEqual([]);
    });
    await test.step('it is full, became read-only, or has no place for temporary files: the till says so and does not start; then it does, and nothing is missing', async () => {
      const { id: paymentId } = hold(dojo, { reference: 'Table 2', amountMinor: 1_000 });
      const temporary = mountSmallDisk(1);
      try {
        temporary.setReadOnly(true);
        const env = { TMPDIR: temporary.folder };
        await till.freshen();
        await till.call('pauseQueue');
        await till.submit({ kind: 'capture', paymentId, amount: 1_000 });
        // Beside a till that runs, one that cannot start says nothing of why.
        const second = startUnattended({ profile, dojoUrl: dojo.url, env });
        await second.ended;
        expect(second.output()).not.toContain('Tillside cannot go on.');
        await app.quit();
        await saysAtStart(profile, dojo.url, /Tillside cannot go on\. .*temporary files .*cannot start/, env);
      } finally {
        temporary.unmount();
      }
      disk.fill();
      await saysAtStart(profile, dojo.url, /Tillside cannot go on\. The disk of this PC is full/);
      disk.makeRoom();
      disk.setReadOnly(true);
      await saysAtStart(profile, dojo.url, /Tillside cannot go on\. Tillside may not write to its folder/);
      disk.setReadOnly(false);
      await app.start();
      expect((await till.snapshot()).connection.notices).toEqual([]);
      expect((await till.actionsOn(paymentId)).map(({ state }) => state)).toEqual(['waiting']);
      expect(new Set(await till.actionStates())).toEqual(new Set(['done', 'waiting']));
      expect(askedOf(dojo, paymentId)).toEqual([]);
    });
  });

  test('that runs full in the middle of a run: the page says so and nothing more is sent; killed, and with room again, the run ends', async ({
    till,
    app,
    dojo,
    disk,
  }) => {
    test.setTimeout(180_000);
    const ids = Array.from({ length: 60 }, (_, index) => hold(dojo, { reference: `Room ${index + 1}`, amountMinor: 1_000 + index }).id);
    await till.connect(KEY);
    await expect.poll(async () => (await till.snapshot()).payments.length).toBe(ids.length);
    await till.call('pauseQueue');
    expect(await till.submit(...ids.map((paymentId) => ({ kind: 'capture', paymentId, amount: 700 }) as const))).toMatchObject({ ok: true });
    disk.fill();
    await till.call('resumeQueue');
    await expect(till.page.getByText('Nothing more is sent until it can be written down.')).toBeVisible();
    await expect.poll(async () => (await till.snapshot()).connection.queue.sending).toBe(0);
    const asked = changesAsked(dojo).length;
    expect(asked).toBeLessThan(ids.length);
    // A state that holds is seen until it is over: there is nothing to press it away with, the header does not call it live, and each row says why.
    const told = till.page.locator('.banner').filter({ hasText: 'Nothing more is sent until it can be written down.' });
    await expect(told.getByRole('button')).toHaveCount(0);
    await expect(till.page.locator('.header-line')).toContainText('Nothing is sent: the disk');
    const queued = (await till.snapshot()).actions.filter(({ state }) => state === 'waiting');
    expect(queued.length).toBeGreaterThan(0);
    for (const { message } of queued) expect(message).toMatch(/written down on this PC/);
    // Several tries of the till to write later, still nothing.
    for (let reads = 0; reads < 5; reads += 1) await till.call('refresh');
    expect(changesAsked(dojo)).toHaveLength(asked);

    await app.kill();
    disk.makeRoom();
    await till.startAgain(KEY);
    await till.call('resumeQueue');
    await expect.poll(async () => (await till.actionStates()).filter((state) => state === 'done').length, { timeout: 130_000 }).toBe(ids.length);
    for (const id of ids) expect(moneyOf(dojo, id), id).toMatchObject({ captures: 1 });
    expect(dojo.bank.imbalances()).toEqual([]);
  });
});
