import type { Locator } from '@playwright/test';
import { expect, KEY, test } from './fixtures.ts';
import { Keyboard } from './pages/keyboard.ts';
import { look, lookBeforeKey } from './pages/look.ts';
import type { TillUser } from './pages/till-user.ts';
import { changesAsked } from './shop.ts';

/** Scans lead to the search of today: the next step begins without one. */
async function searchIsEmpty(till: TillUser): Promise<void> {
  await till.shell.goTo('Today');
  await till.today.search.fill('');
}

test.describe('a barcode scanner in the settings', { tag: '@electron' }, () => {
  test.setTimeout(180_000);

  test('presses nothing and chooses nothing from a closed list, where a person switches, removes and chooses', async ({ till, dojo }) => {
    await till.connect(KEY);
    const keyboard = new Keyboard(till.page);
    await test.step('no switch and no button, by the blank or the Enter that comes first', async () => {
      const { settings, connection } = await till.snapshot();
      const [reason] = settings.refundReasons;
      const places = [
        till.settings.holdWarnings,
        till.settings.offlineRefunds,
        till.page.getByRole('button', { name: `Remove ${reason}` }),
        till.page.getByRole('button', { name: `Move ${reason} down` }),
        till.page.getByRole('button', { name: 'Disconnect', exact: true }),
      ];
      for (const place of places)
        for (const [first, gapMs] of [
          [' ', 10],
          ['Enter', 35],
          [' ', 100],
        ] as const) {
          await till.shell.goTo('Settings');
          await place.focus();
          await keyboard.rest();
          await keyboard.strike([first, ...'2030', 'Enter'], gapMs);
          await look(till.page);
          await look(till.page);
          const now = await till.snapshot();
          expect(now.settings, `${first} at ${gapMs} ms`).toEqual(settings);
          expect(now.connection, `${first} at ${gapMs} ms`).toMatchObject({ mode: connection.mode, keyLast4: connection.keyLast4 });
          await expect(till.page.getByRole('alertdialog')).toHaveCount(0);
        }
      await searchIsEmpty(till);
    });
    await test.step('no list, by whatever the code ends', async () => {
      const before = (await till.snapshot()).settings;
      const lists = [/The trading day starts at/, /The shop closes at/, /Dojo’s API version/];
      for (const name of lists)
        for (const [code, ending, gapMs] of [
          ['2030', ['Enter'], 10],
          ['0600123', ['Tab'], 35],
          ['2030', [], 100],
          ['1', [], 100],
        ] as const) {
          await till.shell.goTo('Settings');
          await till.page.getByRole('button', { name }).focus();
          await keyboard.rest();
          await keyboard.strike([...code, ...ending], gapMs);
          await look(till.page);
          expect((await till.snapshot()).settings, `${name} ${code}`).toEqual(before);
        }
      await searchIsEmpty(till);
    });
    await test.step('a person, by the keyboard', async () => {
      await till.shell.goTo('Settings');
      const [reason] = await till.settings.reasons();
      const press = async (place: Locator, key: string): Promise<void> => {
        await place.focus();
        await keyboard.rest();
        await look(till.page);
        await keyboard.strike([key], 140);
      };
      // A busy machine may hold a key back for so long that it counts as a scanner's. Whoever sees that nothing happened presses again.
      const pressUntil = (place: Locator, key: string, isDone: () => Promise<boolean>): Promise<void> =>
        expect(async () => {
          if (!(await isDone())) await press(place, key);
          await expect.poll(isDone, { timeout: 3_000 }).toBe(true);
        }).toPass();
      await pressUntil(till.settings.holdWarnings, ' ', async () => !(await till.snapshot()).settings.holdWarnings);
      const remove = till.page.getByRole('button', { name: `Remove ${reason}` });
      await pressUntil(remove, 'Enter', async () => !(await till.settings.reasons()).includes(`${reason}`));
      await till.settings.dayStart.focus();
      await keyboard.rest();
      await keyboard.strike(['Enter'], 140);
      await expect(till.page.getByRole('listbox')).toBeVisible();
      // A list forgets letters after a second, and a busy machine may be that slow between two of them. Whoever sees another time chosen waits and types again.
      await expect(async () => {
        await keyboard.strike([...'05'], 140);
        await expect(till.page.getByRole('option', { name: '05:00' })).toBeFocused({ timeout: 2_000 });
      }).toPass();
      await lookBeforeKey(till.page);
      await keyboard.strike(['Enter'], 140);
      await expect.poll(async () => (await till.snapshot()).settings.dayStartMinutes).toBe(300);
    });
    expect(changesAsked(dojo)).toEqual([]);
  });
});
