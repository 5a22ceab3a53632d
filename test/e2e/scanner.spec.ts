import type { DojoServer } from '../simulator/dojo-server.ts';
import { expect, KEY, test } from './fixtures.ts';
import { HAND_MS, Keyboard } from './pages/keyboard.ts';
import { look, lookBeforeKey } from './pages/look.ts';
import { endingInWords, PACES_MS, WAYS, wayInWords } from './pages/scanner.ts';
import type { TillUser } from './pages/till-user.ts';
import { askedOf, changesAsked, hold, moneyOf } from './shop.ts';

/** Slower than a scanner can be told from a hand. */
const SLOW_PACES_MS = [150, 400];

/** Dojo was asked to change nothing, and nothing waits to be asked. */
async function nothingMoved(till: TillUser, dojo: DojoServer): Promise<void> {
  expect((await till.snapshot()).actions).toEqual([]);
  expect(changesAsked(dojo)).toEqual([]);
}

/** Every way to scan, every other one with the code twice in a row, and after each: what must not have changed. */
async function scanAll(till: TillUser, check: (what: string, code: string) => Promise<void>, before: () => Promise<void>): Promise<void> {
  const keyboard = new Keyboard(till.page);
  for (const [nth, way] of WAYS.entries()) {
    const code = `42${String(nth).padStart(2, '0')}7`;
    const scanOnce = async () => {
      await keyboard.strike([...code, ...way.ending], way.gapMs);
      // Without an end two codes are two only where a pause is between them.
      if (way.ending.length === 0) await look(till.page);
    };
    await before();
    await scanOnce();
    if (nth % 2 === 0) await scanOnce();
    await check(`${code} at ${wayInWords(way)}`, code);
  }
}

/** In a dialog a scan is said there, and searched for afterwards. */
const said = (till: TillUser, code: string): Promise<void> => expect(till.take.dialog).toContainText(`Scanned ${code}: nothing changed here.`);

test.describe('a barcode scanner', () => {
  test.setTimeout(270_000);

  test('takes nothing in the dialog of a hold, however slow, and changes no amount where it is told from a hand; a person types and confirms as before', async ({
    till,
    dojo,
  }) => {
    await till.connect(KEY);
    const keyboard = new Keyboard(till.page);
    const { search } = till.today;
    const openForAPart = async (reference: string) => {
      await till.today.take(reference);
      await till.take.choosePart();
    };
    await test.step('every way to scan changes no amount and takes nothing', async () => {
      hold(dojo, { reference: 'Table 1', amountMinor: 5_000 });
      await till.freshen();
      await openForAPart('Table 1');
      await till.take.type('1000');
      await look(till.page);
      await scanAll(
        till,
        async (what, code) => {
          await said(till, code);
          await expect(till.take.amount, what).toHaveValue('£10.00');
          await expect(till.take.dialog, what).toBeVisible();
          await expect(till.take.confirm, what).toBeEnabled();
        },
        () => till.take.amount.focus(),
      );
      await nothingMoved(till, dojo);
      await till.take.leave();
      await expect(search).toHaveValue(/^42\d+7$/);
      await expect(search).toBeFocused();
      await search.fill('');
    });
    await test.step('a code with a point in it changes neither the pounds typed before it nor what the next key makes of them', async () => {
      hold(dojo, { reference: 'Table 2', amountMinor: 5_000 });
      await till.freshen();
      await openForAPart('Table 2');
      for (const gapMs of PACES_MS)
        for (const [code, ending] of [
          ['4.217', ['Enter']],
          ['.5521', ['Tab']],
          ['42.00', []],
          ['000.1', ['Tab', 'Enter']],
        ] as const) {
          await till.take.type('20.');
          await expect(till.take.amount).toHaveValue('£20.00');
          await look(till.page);
          await keyboard.strike([...code, ...ending], gapMs);
          await said(till, code);
          await expect(till.take.amount, `${code} at ${gapMs} ms`).toHaveValue('£20.00');
          await look(till.page);
        }
      // A code that fills only what was zero anyway: nothing has to be put back, and the person's typing goes on where it was.
      await till.take.type('20.');
      await look(till.page);
      await keyboard.strike([...'0000'], 35);
      await expect(till.take.amount).toHaveValue('£20.00');
      await look(till.page);
      await keyboard.strike(['5'], HAND_MS);
      await expect(till.take.amount).toHaveValue('£20.50');
      await nothingMoved(till, dojo);
      await till.take.leave();
      await expect(search).toHaveValue('0000');
      await search.fill('');
    });
    await test.step('however slow, it takes nothing: its Enter comes in the rhythm of its digits', async () => {
      hold(dojo, { reference: 'Table 3', amountMinor: 5_000 });
      await till.freshen();
      await openForAPart('Table 3');
      await till.take.type('1000');
      for (const gapMs of SLOW_PACES_MS)
        for (const ending of [['Enter'], ['Enter', 'Enter'], ['Tab', 'Enter'], ['F12'], [' ']]) {
          // Tab may have led it to the way out.
          if (await till.take.dialog.isHidden()) await openForAPart('Table 3');
          await till.take.amount.focus();
          await look(till.page);
          for (let nth = 0; nth < 2; nth += 1) await keyboard.strike([...'421', ...ending], gapMs);
          expect((await till.snapshot()).actions, `${gapMs} ms, ${endingInWords(ending)}`).toEqual([]);
        }
      await nothingMoved(till, dojo);
      await till.take.leave();
      await expect(search).toHaveValue('');
    });
    await test.step('three digits and Enter, twice, at 35 ms: £4.21 was taken once; a Tab in a code fills in no tips', async () => {
      const { id } = hold(dojo, { reference: 'Table 5', amountMinor: 5_000, tipsAllowed: true });
      await till.freshen();
      await openForAPart('Table 5');
      await till.take.type('1000');
      await look(till.page);
      for (let nth = 0; nth < 3; nth += 1) await keyboard.strike([...'421', 'Enter', ...'421', 'Enter'], 35);
      await expect(till.take.amount).toHaveValue('£10.00');
      // A Tab in a code takes the rest of it to the tips.
      await till.take.amount.focus();
      await look(till.page);
      await keyboard.strike([...'4', 'Tab', ...'2345', 'Enter'], 60);
      await expect(till.take.dialog.getByLabel('Tips on top')).toHaveValue('');
      await expect(till.take.amount).toHaveValue('£10.00');
      await nothingMoved(till, dojo);
      expect(moneyOf(dojo, id).captures).toBe(0);
      await till.take.leave();
      await expect(search).toHaveValue('2345');
      await search.fill('');
    });
    await test.step('a person types, looks and confirms by the keyboard', async () => {
      const { id } = hold(dojo, { reference: 'Table 4', amountMinor: 5_000 });
      await till.freshen();
      await openForAPart('Table 4');
      const messages = till.page.getByRole('log', { name: 'Messages' });
      // Said of a scan before, it has gone as the dialog opened.
      await expect(messages.getByText('Pressed too soon')).toHaveCount(0);
      await till.take.amount.focus();
      // The second Enter comes at once: nobody has looked.
      await keyboard.strike([...'1250', 'Enter', 'Enter'], HAND_MS - 10);
      await expect(till.take.amount).toHaveValue('£12.50');
      await expect(till.take.confirm).toBeFocused();
      await expect(messages).toContainText('Pressed too soon: nothing was done.');
      await nothingMoved(till, dojo);
      await lookBeforeKey(till.page);
      await keyboard.strike(['Enter'], HAND_MS);
      await expect(till.take.dialog).toBeHidden();
      await expect.poll(() => askedOf(dojo, id).map(({ body }) => body)).toEqual(['{"amount":1250}']);
    });
    // Nothing else was asked of Dojo meanwhile.
    expect(changesAsked(dojo).map(({ operation }) => operation)).toEqual(['capture']);
  });
});
