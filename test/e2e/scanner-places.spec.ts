import { TRAINING_ACCOUNT } from '../../main/simulator/bank.ts';
import { expect, KEY, test } from './fixtures.ts';
import { Keyboard } from './pages/keyboard.ts';
import { look, lookBeforeKey } from './pages/look.ts';
import { WAYS, wayInWords } from './pages/scanner.ts';
import type { TillUser } from './pages/till-user.ts';
import { changesAsked, hold, moneyOf, sale, todayMs, unpaid } from './shop.ts';

/** Every way in every place takes long: by itself each place has three of them, one at each pace, and any four places in a row have all. */
const isWhole = process.env.TILLSIDE_E2E_SCANS === 'all';
const PLACES_FOR_ALL_WAYS = 4;

const waysOf = (place: number) => WAYS.filter((_, nth) => isWhole || (nth + place) % PLACES_FOR_ALL_WAYS === 0);

/** `before` goes to the place; `check` says what must not have changed. */
async function scan(till: TillUser, place: number, before: () => Promise<void>, check: (what: string) => Promise<void>, code = '4217050'): Promise<void> {
  const keyboard = new Keyboard(till.page);
  for (const way of waysOf(place)) {
    await before();
    // A person reads before they reach for the scanner, and looks up after it.
    await keyboard.rest();
    await keyboard.strike([...code, ...way.ending], way.gapMs);
    await keyboard.rest();
    await check(wayInWords(way));
  }
}

/** What is scanned in a dialog is searched for once the dialog is closed. After that all rows are in sight again. */
async function leaveWithAScan(till: TillUser, code: string | RegExp): Promise<void> {
  await till.page.keyboard.press('Escape');
  await expect(till.page.getByRole('dialog')).toHaveCount(0);
  await expect(till.today.search).toHaveValue(code);
  await till.today.search.fill('');
}

test.describe('a barcode scanner', { tag: '@electron' }, () => {
  test.setTimeout(isWhole ? 1_800_000 : 240_000);

  test('moves nothing and changes nothing on the lists, at the end of the day and in the queue', async ({ till, dojo }) => {
    // The end of the day counts all holds there are, and so does their list.
    hold(dojo, { reference: 'Room A', amountMinor: 5_000 });
    hold(dojo, { reference: '42 1705', amountMinor: 6_000 });
    sale(dojo, { reference: 'Code 4217050', amountMinor: 350 });
    await till.connect(KEY);
    const { page } = till;
    await test.step('the list of the day: not by a row, not by its quick action, not by a filter', async () => {
      const nothingOpened = async (what: string) => {
        await expect(page.getByRole('dialog'), what).toHaveCount(0);
        await expect(till.today.search, what).toHaveValue('4217050');
        await expect(till.today.search, what).toBeFocused();
        await expect(till.today.rows, what).toHaveCount(1);
      };
      const places = [
        () => till.today.row('Room A').focus(),
        () => page.getByRole('button', { name: 'Capture Room A', exact: true }).focus(),
        () => till.today.search.focus(),
        () => page.evaluate(() => (document.activeElement as HTMLElement).blur()),
        () => page.getByRole('radio', { name: /^Paid/ }).focus(),
      ];
      for (const [shift, place] of places.entries()) {
        const goThere = async () => {
          await till.today.search.fill('');
          await till.today.shows('Room A', 'On hold');
          await place();
        };
        await scan(till, shift, goThere, nothingOpened);
      }
      await till.today.search.fill('');
    });
    await test.step('the list of the holds: the code lands in its search, none is chosen and none opens', async () => {
      await till.shell.goTo('On hold');
      await expect(till.holds.rows).toHaveCount(2);
      const untouched = async (what: string) => {
        await expect(page.getByRole('dialog'), what).toHaveCount(0);
        await expect(till.holds.search, what).toHaveValue('42 1705');
        await expect(till.holds.rows, what).toHaveCount(1);
        await till.holds.search.fill('');
        await expect(till.holds.rows, what).toHaveCount(2);
        await expect(till.holds.box('Room A'), what).not.toBeChecked();
      };
      // The first blank of a code chooses the row it falls on: it is put back.
      await scan(till, 2, () => till.holds.row('Room A').focus(), untouched, ' 42 1705');
    });
    await test.step('the end of the day: no tick and no amount is changed, and no run starts', async () => {
      const untouched = async (what: string) => {
        // The scan led to the search of today.
        await expect(till.today.search, what).toHaveValue(/^\s*42 1705$/);
        await till.shell.goTo('End of day');
        await expect(till.endOfDay.sum, what).toContainText('2 holds of 2 ticked, £110.00 to capture');
      };
      const places = [
        () => till.endOfDay.holds.getByRole('row').first().focus(),
        () => till.endOfDay.tick('Room A').focus(),
        () => page.getByRole('checkbox', { name: /^Untick all/ }).focus(),
        () => page.getByRole('button', { name: /^Review/ }).focus(),
        async () => {
          const amount = page.getByLabel('Amount to capture of 42 1705');
          // Looking elsewhere leaves the field open.
          if (await amount.isHidden()) await page.getByRole('button', { name: 'Change the amount of 42 1705' }).click();
          await amount.focus();
        },
      ];
      await till.shell.goTo('End of day');
      // A code with a blank in it, and one that begins with a blank.
      for (const [shift, place] of places.entries()) await scan(till, shift, place, untouched, shift === 1 ? ' 42 1705' : '42 1705');
      await till.endOfDay.review();
      const goToStart = async () => {
        await till.shell.goTo('End of day');
        await till.endOfDay.start.focus();
      };
      await scan(till, 1, goToStart, async (what) => {
        expect((await till.snapshot()).actions, what).toEqual([]);
      });
      await till.shell.goTo('Today');
      await till.today.search.fill('');
    });
    expect((await till.snapshot()).actions).toEqual([]);
    await test.step('the queue: nothing is sent, removed or held up', async () => {
      const { id: queued } = hold(dojo, { reference: 'Table 1', amountMinor: 5_000 });
      await till.freshen();
      await till.today.shows('Table 1', 'On hold');
      await till.call('pauseQueue');
      await till.submit({ kind: 'capture', paymentId: queued, amount: 5_000 });
      await till.shell.goTo('Queue');
      const { screen } = till.queue;
      const waits = async (what: string) => {
        expect((await till.snapshot()).connection.queue, what).toMatchObject({ paused: true, waiting: 1 });
        await till.shell.goTo('Queue');
      };
      await scan(till, 0, () => screen.getByRole('button', { name: /^Remove/ }).focus(), waits);
      await scan(till, 1, () => screen.getByRole('button', { name: 'Go on' }).focus(), waits);
      await scan(till, 2, () => till.queue.entry('Table 1').focus(), waits);
    });
    expect(changesAsked(dojo)).toEqual([]);
  });

  test('gives nothing back, changes nothing, sends nothing and settles nothing in a dialog or in a payment’s view', async ({ till, dojo }) => {
    await till.connect(KEY);
    await test.step('it gives nothing back from free text, where it stays', async () => {
      sale(dojo, { reference: 'Lamp', amountMinor: 2_000 });
      await till.freshen();
      await till.today.giveBack('Lamp');
      await till.giveBack.onlyAPart();
      await till.giveBack.type('300');
      for (const [place, field] of [till.giveBack.reason, till.giveBack.notes].entries())
        await scan(
          till,
          place,
          () => field.fill(''),
          async (what) => {
            await expect(field, what).toHaveValue(/^4217050\s*$/);
            await expect(till.giveBack.amount, what).toHaveValue('£3.00');
            await expect(till.giveBack.dialog, what).toBeVisible();
          },
        );
      await till.page.keyboard.press('Escape');
      await expect(till.giveBack.dialog).toBeHidden();
      await expect(till.today.search).toHaveValue('');
    });
    await test.step('it gives nothing back from the first press, from the second or from the amount', async () => {
      sale(dojo, { reference: 'Chair', amountMinor: 2_000 });
      await till.freshen();
      await till.today.giveBack('Chair');
      await look(till.page);
      const stays = async (what: string) => {
        await expect(till.giveBack.dialog, what).toBeVisible();
        expect((await till.snapshot()).actions, what).toEqual([]);
      };
      await scan(
        till,
        0,
        () => till.giveBack.ask.focus(),
        async (what) => {
          await stays(what);
          await expect(till.giveBack.confirm, what).toHaveCount(0);
        },
      );
      await till.giveBack.ask.click();
      await scan(till, 1, () => till.giveBack.keep.focus(), stays);
      if (await till.giveBack.ask.isVisible()) await till.giveBack.ask.click();
      await expect(till.giveBack.confirm).toBeEnabled();
      await scan(till, 2, () => till.giveBack.confirm.focus(), stays);
      await till.giveBack.keep.click();
      await till.giveBack.onlyAPart();
      await till.giveBack.type('300');
      await scan(
        till,
        3,
        () => till.giveBack.amount.focus(),
        async (what) => {
          await stays(what);
          await expect(till.giveBack.amount, what).toHaveValue('£3.00');
        },
      );
      await leaveWithAScan(till, '4217050');
    });
    await test.step('it stays among the addresses of a receipt, and sends none', async () => {
      sale(dojo, { reference: 'Vase', amountMinor: 2_000 });
      await till.freshen();
      await till.today.open('Vase');
      await till.payment.button(/receipt/i).click();
      await scan(
        till,
        2,
        () => till.payment.emails.fill('a@example.com '),
        async (what) => {
          await expect(till.payment.emails, what).toHaveValue(/^a@example.com 4217050\s*$/);
          await expect(till.payment.dialog, what).toBeVisible();
        },
      );
      expect((await till.snapshot()).actions).toEqual([]);
      await till.payment.button('Back').click();
      await till.payment.leave();
      await expect(till.payment.dialog).toHaveCount(0);
      await expect(till.today.search).toHaveValue('');
    });
    await test.step('it changes neither the amount nor the tips of an unpaid payment', async () => {
      unpaid(dojo, { reference: 'Bill', amountMinor: 2_000, tipsMinor: 100, customAmountAllowed: true, tipsAllowed: true });
      await till.freshen();
      await till.today.open('Bill');
      for (const [field, amount, title, place] of [
        [till.payment.newAmount, '£20.00', 'amount', 0],
        [till.payment.newTips, '£1.00', 'tips', 2],
      ] as const) {
        await till.payment.button(`Change the ${title}…`).click();
        const unchanged = async (what: string) => {
          await expect(field, what).toHaveValue(amount);
          expect((await till.snapshot()).actions, what).toEqual([]);
        };
        await scan(till, place, () => field.focus(), unchanged);
        await scan(till, place + 1, () => till.payment.button(/^Change to/).focus(), unchanged);
        await till.payment.button('Back').click();
      }
      await leaveWithAScan(till, '4217050');
    });
    await test.step('it settles nothing', async () => {
      const { id: unknown } = hold(dojo, { reference: 'Table 1', amountMinor: 5_000 });
      await till.freshen();
      await till.call('pauseQueue');
      await till.submit({ kind: 'capture', paymentId: unknown, amount: 1_000 });
      // Another till did the same since: a person has to say which is which.
      dojo.bank.capture(TRAINING_ACCOUNT, unknown, { amountMinor: 1_000, tipsMinor: 0 }, Date.now());
      await till.call('resumeQueue');
      const needsPerson = async (what: string) => expect(await till.actionsOn(unknown), what).toMatchObject([{ state: 'needsPerson' }]);
      await expect.poll(async () => (await till.actionsOn(unknown)).map(({ state }) => state)).toEqual(['needsPerson']);
      await till.shell.goTo('Queue');
      await till.queue.screen.getByRole('button', { name: /^Settle/ }).click();
      const dialog = till.page.getByRole('dialog', { name: /^Settle/ });
      await dialog.getByText('It did not happen', { exact: true }).click();
      const note = dialog.getByLabel(/^Note/);
      await scan(
        till,
        0,
        () => note.fill('seen: '),
        async (what) => {
          await expect(note, what).toHaveValue(/^seen: 4217050\s*$/);
          await needsPerson(what);
        },
      );
      await dialog.getByRole('button', { name: 'Settle: it did not happen' }).click();
      const confirm = dialog.getByRole('button', { name: 'Yes, it did not happen' });
      await expect(confirm).toBeEnabled();
      await scan(till, 3, () => confirm.focus(), needsPerson);
      await expect(dialog).toBeVisible();
    });
    expect(changesAsked(dojo)).toEqual([]);
  });
});

test.describe('a scan that is odd', { tag: '@electron' }, () => {
  test.setTimeout(180_000);

  test('takes nothing and changes no amount, in whatever way it is odd', async ({ till, dojo }) => {
    await till.connect(KEY);
    const keyboard = new Keyboard(till.page);
    const { search } = till.today;
    const typeTenPounds = async (reference: string) => {
      hold(dojo, { reference, amountMinor: 5_000 });
      await till.freshen();
      await till.today.take(reference);
      await till.take.choosePart();
      await till.take.type('1000');
    };
    await test.step('because a key of its own comes first takes nothing, and the amount is as it was', async () => {
      await typeTenPounds('Table 1');
      const { amount, confirm } = till.take;
      await look(till.page);
      for (const first of ['F12', 'F9', 'Enter', ' ', 'Tab'])
        for (const [place, gapMs] of [
          [amount, 10],
          [confirm, 35],
          [amount, 100],
          [confirm, 100],
        ] as const) {
          const what = `'${first}' first, at ${gapMs} ms`;
          await place.focus();
          await keyboard.rest();
          await keyboard.strike([first, ...'42170', 'Enter'], gapMs);
          await keyboard.rest();
          await expect(till.take.dialog, what).toBeVisible();
          await expect(amount, what).toHaveValue('£10.00');
        }
      expect((await till.snapshot()).actions).toEqual([]);
      await leaveWithAScan(till, '42170');
    });
    await test.step('because a person typed it that fast is offered back', async () => {
      await typeTenPounds('Table 2');
      await till.take.amount.press('Control+a');
      await look(till.page);
      await keyboard.strike([...'1250'], 80);
      await expect(till.take.amount).toHaveValue('£10.00');
      await till.take.dialog.getByRole('button', { name: 'I typed it: £12.50' }).click();
      await expect(till.take.amount).toHaveValue('£12.50');
      await till.take.leave();
      await expect(search).toHaveValue('');
    });
    await test.step('because its characters come by their number, with Alt held, is found in the search', async () => {
      hold(dojo, { reference: 'Table 3', amountMinor: 5_000 });
      await till.freshen();
      await till.today.row('Table 3').focus();
      await look(till.page);
      await keyboard.strikeByNumber('AB12', 20);
      await expect(search).toHaveValue('AB12');
      await search.fill('');
    });
    await test.step('because the dialog closes under it ends in the search', async () => {
      await typeTenPounds('Table 4');
      await look(till.page);
      const scanning = keyboard.strike([...'42170501234', 'Enter'], 90);
      await till.take.dialog.getByRole('button', { name: /^(Close|Back|Leave)/ }).dispatchEvent('click');
      await scanning;
      await expect(search).toHaveValue('42170501234');
      await search.fill('');
    });
    await test.step('because of a hiccup in it leaves the amount as it was, as the dialog says', async () => {
      await typeTenPounds('Table 5');
      for (const [before, after, gapMs, hiccupMs] of [
        ['421', '7050', 100, 180],
        ['42', '17050', 100, 280],
        ['42170', '50123', 80, 200],
        ['421', '7050', 35, 160],
      ] as const) {
        await till.take.amount.focus();
        await look(till.page);
        await keyboard.strikeInTwo([...before], [...after, 'Enter'], gapMs, hiccupMs);
        await look(till.page);
        await expect(till.take.amount, `${before} ${after}`).toHaveValue('£10.00');
        await expect(till.take.dialog).toContainText('Scanned: the amount is as it was.');
      }
      await leaveWithAScan(till, /7050$/);
    });
    await test.step('because it begins on the page and ends in a dialog that opened changes no amount in it', async () => {
      const { id: bill } = unpaid(dojo, { reference: 'Bill', amountMinor: 2_000, customAmountAllowed: true });
      await till.freshen();
      await till.today.open('Bill');
      const opener = till.payment.button('Change the amount…');
      await opener.focus();
      await look(till.page);
      // The button opens the form under its first keys: as if a colleague touched it.
      const scanning = keyboard.strike([...'42170501234', 'Enter'], 90);
      await opener.dispatchEvent('click');
      await till.payment.newAmount.focus();
      await scanning;
      await expect(till.payment.newAmount).toHaveValue('£20.00');
      expect(await till.actionsOn(bill)).toEqual([]);
    });
    expect((await till.snapshot()).actions).toEqual([]);
    expect(changesAsked(dojo)).toEqual([]);
  });
});

test.describe('a person who types at 130 ms a key and more', { tag: '@electron' }, () => {
  const HAND = [130, 250] as const;

  test('searches, gives money back and captures at the end of the day by the keyboard alone', async ({ till, dojo }) => {
    test.setTimeout(120_000);
    const { id: whole } = hold(dojo, { reference: 'Room A', amountMinor: 5_000, paidAtMs: todayMs(30) });
    const { id: part } = hold(dojo, { reference: 'Room B', amountMinor: 6_000, paidAtMs: todayMs(20) });
    const { id: none } = hold(dojo, { reference: 'Room C', amountMinor: 7_000, paidAtMs: todayMs(10) });
    sale(dojo, { reference: 'Cake 4', amountMinor: 350 });
    for (const gapMs of HAND) sale(dojo, { reference: `Lamp at ${gapMs}`, amountMinor: 2_000 });
    await till.connect(KEY);
    const keyboard = new Keyboard(till.page);
    await test.step('searches, and Enter goes on to the list', async () => {
      await till.today.shows('Cake 4', 'Paid');
      await till.page.keyboard.press('/');
      await expect(till.today.search).toBeFocused();
      await keyboard.strike([...'cake', ' ', '4', 'Enter'], 130);
      await expect(till.today.search).toHaveValue('cake 4');
      await expect(till.today.row('Cake 4')).toBeFocused();
      await till.today.search.fill('');
    });
    await test.step('gives an amount by an input method that puts its digits together one by one', async () => {
      await till.today.take('Room A');
      await till.take.choosePart();
      await till.take.amount.focus();
      await keyboard.compose('1', '12', '125');
      await expect(till.take.amount).toHaveValue('£1.25');
      await keyboard.compose('０');
      await expect(till.take.amount).toHaveValue('£12.50');
      await till.take.amount.press('Control+a');
      await keyboard.compose('٤', '٤٢');
      await expect(till.take.amount).toHaveValue('£0.42');
      await expect(till.take.confirm).toContainText('£0.42');
      // Key by key, the point as well, and the whole at once.
      await till.take.amount.press('Control+a');
      for (const key of '20.5') await keyboard.compose(key);
      await expect(till.take.amount).toHaveValue('£20.50');
      await till.take.amount.press('Control+a');
      await keyboard.compose('1', '12', '12.', '12.3');
      await expect(till.take.amount).toHaveValue('£12.30');
      await till.take.leave();
      expect(changesAsked(dojo)).toEqual([]);
    });
    await test.step('gives money back', async () => {
      for (const gapMs of HAND) {
        await till.today.giveBack(`Lamp at ${gapMs}`);
        await till.giveBack.onlyAPart();
        await till.giveBack.amount.focus();
        await keyboard.strike([...'325'], gapMs);
        await expect(till.giveBack.amount).toHaveValue('£3.25');
        await till.giveBack.reason.focus();
        await keyboard.strike([...'too', ' ', ...'big'], gapMs);
        await expect(till.giveBack.reason).toHaveValue('too big');
        await till.giveBack.ask.focus();
        await keyboard.strike(['Enter'], gapMs);
        await expect(till.giveBack.keep).toBeFocused();
        await expect(till.giveBack.confirm).toBeEnabled();
        await look(till.page);
        await keyboard.strike(['Tab'], gapMs);
        await expect(till.giveBack.confirm).toBeFocused();
        await lookBeforeKey(till.page);
        await keyboard.strike(['Enter'], gapMs);
        await expect(till.giveBack.dialog).toBeHidden();
      }
      await expect.poll(() => changesAsked(dojo).map(({ operation }) => operation)).toEqual(['refund', 'refund']);
    });
    await test.step('edits an amount of the end of day, ticks, reviews and starts', async () => {
      await till.shell.goTo('End of day');
      const row = (reference: string) => till.endOfDay.holds.getByRole('row').filter({ hasText: reference });
      await row('Room B').focus();
      await keyboard.strike(['Enter'], 130);
      await expect(till.page.getByLabel('Amount to capture of Room B')).toBeFocused();
      await keyboard.strike([...'1234', 'Enter'], 130);
      await expect(till.endOfDay.sum).toContainText('£132.34');
      await row('Room C').focus();
      await keyboard.strike([' '], 130);
      await expect(till.endOfDay.sum).toContainText('2 holds of 3 ticked, £62.34');
      await till.page.keyboard.press('F6');
      await expect(till.endOfDay.start).toBeVisible();
      await lookBeforeKey(till.page);
      await keyboard.strike(['F12'], 130);
      await expect(till.endOfDay.report).toBeVisible({ timeout: 30_000 });
      await expect.poll(() => [whole, part, none].map((id) => moneyOf(dojo, id).capturedMinor)).toEqual([5_000, 1_234, 0]);
    });
  });
});
