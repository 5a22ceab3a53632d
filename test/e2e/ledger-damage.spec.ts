import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { seededRandom } from '../../main/simulator/random.ts';
import { damageFile } from '../ledger/damage-file.ts';
import { expect, KEY, test } from './fixtures.ts';
import { changesAsked, hold, moneyOf } from './shop.ts';

/** How the page begins to tell that something may be missing, and that something could not be read. */
const LOSS = /The file with the queue and history is damaged|The newest part of the queue and history is gone from its file/;
const SET_ASIDE = /of the queue and history could not be read/;

/** The bulk of the seeds is in test/ledger/random-damage.test.ts: here the whole till goes through it. */
test.describe('the ledger’s files, damaged at a random place', { tag: '@electron' }, () => {
  test('one after the other: started again, nothing is gone unless the page says so, and nothing is sent by itself after a loss', async ({
    till,
    app,
    dojo,
    profile,
  }) => {
    test.setTimeout(180_000);
    const folder = join(profile, 'ledger');
    const holds = (name: string, count: number) =>
      Array.from({ length: count }, (_, nth) => hold(dojo, { reference: `${name} ${nth + 1}`, amountMinor: 1_000 + nth }).id);
    const known = async () => {
      const { actions, connection } = await till.snapshot();
      return { states: new Map(actions.map(({ paymentId, state }) => [paymentId, state])), notices: connection.notices.map(({ message }) => message) };
    };
    const ended = holds('Room', 5);
    await till.connect(KEY);
    await till.submit(...ended.map((paymentId) => ({ kind: 'capture', paymentId, amount: 1_000 }) as const));
    await expect.poll(async () => new Set(await till.actionStates())).toEqual(new Set(['done']));
    // The day's backup is made when the till starts: this one knows what has ended.
    await app.quit();
    for (const name of await readdir(folder)) if (name.includes('backup')) await rm(join(folder, name));
    await till.startAgain(KEY);
    for (const [seed, target] of [
      [1, 'shop.sqlite'],
      [3, 'shop.sqlite-wal'],
    ] as const)
      await test.step(`${target}, seed ${seed}`, async () => {
        const [spare = '', ...waiting] = holds(target, 7);
        await till.freshen();
        await till.call('pauseQueue');
        for (const paymentId of waiting) await till.submit({ kind: 'capture', paymentId, amount: 500 });
        const before = await known();
        expect(waiting.map((id) => before.states.get(id))).toEqual(waiting.map(() => 'waiting'));
        const askedBefore = changesAsked(dojo).length;
        await (target === 'shop.sqlite' ? app.quit() : app.kill());

        const damage = damageFile(join(folder, target), seededRandom(seed));
        await till.startAgain(KEY);
        const { states, notices } = await known();
        const whole = [...before.states].every(([id, state]) => states.get(id) === state);
        const tells = (words: RegExp) => notices.some((message) => words.test(message) && !before.notices.includes(message));
        expect(whole || tells(LOSS) || tells(SET_ASIDE), `${damage}; ${JSON.stringify([...states])}; ${JSON.stringify(notices)}`).toBe(true);
        for (const words of [LOSS, SET_ASIDE]) if (tells(words)) await expect(till.page.getByText(words)).toBeVisible();
        if (tells(LOSS)) expect([...states.values()].filter((state) => state === 'waiting')).toEqual([]);

        // The till works: what is decided anew is done, and what was lost is not sent behind anybody's back.
        await till.call('resumeQueue');
        expect(await till.submit({ kind: 'capture', paymentId: spare, amount: 700 })).toMatchObject({ ok: true });
        await expect.poll(() => moneyOf(dojo, spare)).toMatchObject({ captures: 1, capturedMinor: 700 });
        await expect.poll(async () => (await till.actionStates()).filter((state) => !['done', 'needsPerson'].includes(state))).toEqual([]);
        for (const [id, state] of before.states) if (state === 'done') expect(moneyOf(dojo, id).captures).toBe(1);
        if (tells(LOSS)) expect(changesAsked(dojo)).toHaveLength(askedBefore + 1);
      });
  });
});
