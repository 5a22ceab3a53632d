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
  for (const [seed, target] of [
    [1, 'shop.sqlite'],
    [3, 'shop.sqlite-wal'],
  ] as const)
    test(`${target}, seed ${seed}: started again, nothing is gone unless the page says so, and nothing is sent by itself after a loss`, async ({
      till,
      app,
      dojo,
      profile,
    }) => {
      const random = seededRandom(seed);
      const folder = join(profile, 'ledger');
      const ids = Array.from({ length: 12 }, (_, index) => hold(dojo, { reference: `Room ${index + 1}`, amountMinor: 1_000 + index }).id);
      const [ended, waiting, spare = ''] = [ids.slice(0, 5), ids.slice(5, 11), ids[11]];
      await till.connect(KEY);
      await till.today.shows('Room 12', 'On hold');
      await till.submit(...ended.map((paymentId) => ({ kind: 'capture', paymentId, amount: 1_000 }) as const));
      await expect.poll(async () => new Set(await till.actionStates())).toEqual(new Set(['done']));
      // The day's backup is made when the till starts: this one knows what has ended.
      await app.quit();
      for (const name of await readdir(folder)) if (name.includes('backup')) await rm(join(folder, name));
      await till.startAgain(KEY);
      await till.call('pauseQueue');
      for (const paymentId of waiting) await till.submit({ kind: 'capture', paymentId, amount: 500 });
      const askedBefore = changesAsked(dojo).length;
      await (target === 'shop.sqlite' ? app.quit() : app.kill());

      const damage = damageFile(join(folder, target), random);
      await till.startAgain(KEY);
      const { actions, connection } = await till.snapshot();
      const states = new Map(actions.map(({ paymentId, state }) => [paymentId, state]));
      const whole = ended.every((id) => states.get(id) === 'done') && waiting.every((id) => states.get(id) === 'waiting');
      const tells = (words: RegExp) => connection.notices.some(({ message }) => words.test(message));
      expect(whole || tells(LOSS) || tells(SET_ASIDE), `${damage}; ${JSON.stringify([...states])}; ${JSON.stringify(connection.notices)}`).toBe(true);
      for (const words of [LOSS, SET_ASIDE]) if (tells(words)) await expect(till.page.getByText(words)).toBeVisible();
      if (tells(LOSS)) expect([...states.values()].filter((state) => state === 'waiting')).toEqual([]);

      // The till works: what is decided anew is done, and what was lost is not sent behind anybody's back.
      await till.call('resumeQueue');
      expect(await till.submit({ kind: 'capture', paymentId: spare, amount: 700 })).toMatchObject({ ok: true });
      await expect.poll(() => moneyOf(dojo, spare)).toMatchObject({ captures: 1, capturedMinor: 700 });
      for (const id of ended) expect(moneyOf(dojo, id).captures).toBe(1);
      if (tells(LOSS)) expect(changesAsked(dojo)).toHaveLength(askedBefore + 1);
    });
});
