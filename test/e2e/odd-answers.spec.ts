import { expect, KEY, test } from './fixtures.ts';
import { changesAsked, hold, sale, todayMs } from './shop.ts';
import { SIZES } from './sizes.ts';

test.describe('odd answers of Dojo', () => {
  test('payments shown as nobody expects, and answers that are none: the page still works and says so, and nothing is sent into them', async ({
    till,
    dojo,
  }) => {
    test.setTimeout(150_000);
    await till.connect(KEY);
    await test.step('a status that Dojo added later is shown as Dojo says it, without a money button', async () => {
      const { id: paymentId } = hold(dojo, { reference: 'Table 1', amountMinor: 1_000, shownOver: { status: 'Disputed' } });
      await till.freshen();
      await till.today.shows('Table 1', 'Disputed');
      await expect(till.today.moneyButtons('Table 1')).toHaveCount(0);
      for (const request of [
        { kind: 'capture', paymentId, amount: 1 } as const,
        { kind: 'reverse', paymentId } as const,
        { kind: 'refund', paymentId, amount: 1 } as const,
      ])
        expect(await till.submit(request)).toMatchObject({ ok: false, error: { code: 'move-closed', message: expect.stringContaining('“Disputed”') } });
      expect(changesAsked(dojo)).toEqual([]);
    });
    await test.step('each payment that cannot be read is set aside and counted; the rest of the page goes on', async () => {
      sale(dojo, { reference: 'Good', amountMinor: 2_000 });
      await till.freshen();
      await till.today.shows('Good', 'Paid');
      for (const [nth, [what, shownOver]] of (
        [
          ['without an amount', { amount: undefined }],
          ['with a text for an amount', { amount: { value: '1000', currencyCode: 'GBP' } }],
          ['with half a penny', { amount: { value: 10.5, currencyCode: 'GBP' } }],
          ['with an amount past all counting', { amount: { value: 2 ** 53, currencyCode: 'GBP' } }],
          ['with a list for an id', { id: ['x'] }],
          ['with captures that are none', { captures: 'many' }],
          ['with a capture mode nobody knows', { captureMode: 'Later' }],
        ] as const
      ).entries())
        await test.step(what, async () => {
          sale(dojo, { reference: `Odd ${nth}`, amountMinor: 1_000, shownOver });
          sale(dojo, { reference: `Good ${nth}`, amountMinor: 2_000 });
          await till.freshen();
          await till.today.shows(`Good ${nth}`, 'Paid');
          await expect(till.today.row('Odd')).toHaveCount(0);
          const told =
            nth === 0
              ? 'One payment in Dojo’s list could not be read and is not shown.'
              : `${nth + 1} payments in Dojo’s list could not be read and are not shown.`;
          await expect(till.shell.bands).toContainText(told);
          await expect.poll(async () => (await till.snapshot()).totals.byCurrency).toMatchObject([{ takenMinor: 2_000 * (nth + 2) }]);
        });
    });
    await test.step('what was read and still holds keeps a line, and can be read again', async () => {
      const words = till.page.getByText('in Dojo’s list could not be read and are not shown.');
      await till.page.locator('.banner').filter({ has: words }).getByRole('button', { name: 'Understood' }).click();
      await expect(words).toHaveCount(0);
      await expect(till.page.locator('.bands-read')).toContainText('1 notice still holds.');
      await till.page.getByRole('button', { name: 'Show it' }).click();
      await expect(words).toBeVisible();
      await expect(till.page.locator('.bands-read')).toHaveCount(0);
    });
    await test.step('extra fields and odd times are no trouble', async () => {
      dojo.bank.setSwitches({ undocumentedFields: true });
      sale(dojo, { reference: 'Surprise', amountMinor: 2_000, shownOver: { updatedAt: '0001-01-01T00:00:00Z', expiryDate: 7, surprise: { deep: [1, null] } } });
      await till.freshen();
      await till.today.shows('Surprise', 'Paid');
      dojo.bank.setSwitches({ undocumentedFields: false });
    });
    await test.step('an answer that is none: the page still works and says so, and the next good answer mends it', async () => {
      // The newest: of a long list the rows in sight are drawn.
      sale(dojo, { reference: 'Before', amountMinor: 2_000, paidAtMs: todayMs(1) });
      await till.freshen();
      await till.today.shows('Before', 'Paid');
      const messages = till.page.getByRole('log', { name: 'Messages' });
      for (const [what, fault, said] of [
        ['10 MB of JSON', { kind: 'huge' }, 'Dojo’s answer could not be read.'],
        ['JSON that stops in the middle', { kind: 'malformed-before' }, 'Dojo’s answer could not be read.'],
        ['an answer cut short', { kind: 'cut-short' }, 'The connection broke before Dojo had answered.'],
        ['an error of the server', { kind: 'status-before', status: 500 }, 'Dojo answered that it has trouble of its own.'],
        ['a search that never ends', { kind: 'repeated-cursor' }, 'Dojo’s list of payments came to no end, so it was not used.'],
      ] as const)
        await test.step(what, async () => {
          sale(dojo, { reference: `After ${what}`, amountMinor: 100, paidAtMs: todayMs(2) });
          dojo.faults.order({ ...fault, times: 50, match: { operation: 'search' } });
          expect(await till.call('refresh')).toMatchObject({ ok: false, error: { code: 'dojo-trouble' } });
          await till.shell.refresh();
          await expect(messages).toContainText(said);
          await till.today.shows('Before', 'Paid');
          dojo.faults.clear();
          await till.freshen();
          await till.today.shows(`After ${what}`, 'Paid');
          // What was wrong is so no longer.
          await expect(messages).not.toContainText(said);
        });
    });
    await test.step('a Wi-Fi sign-in page in the middle of the day is no line: nothing is sent into it', async () => {
      const { id: paymentId } = hold(dojo, { reference: 'Table 2', amountMinor: 1_000 });
      await till.freshen();
      dojo.faults.order({ kind: 'html-before', times: 500 });
      await till.submit({ kind: 'capture', paymentId, amount: 1_000 });
      await till.shell.isOffline();
      expect(await till.actionStates()).toEqual(['waiting']);
      expect(changesAsked(dojo)).toEqual([]);
      dojo.faults.clear();
      await expect.poll(() => till.actionStates(), { timeout: 30_000 }).toEqual(['done']);
      expect(changesAsked(dojo)).toHaveLength(1);
    });
  });

  test('where nothing of use comes for half a minute the header itself says since when, at every size', async ({ till, dojo }) => {
    test.setTimeout(120_000);
    const ids = ['Table 1', 'Table 2', 'Table 3'].map((reference) => hold(dojo, { reference, amountMinor: 1_000 }).id);
    await till.connect(KEY);
    await till.today.shows('Table 3', 'On hold');
    await till.call('pauseQueue');
    await till.submit(...ids.map((paymentId) => ({ kind: 'capture' as const, paymentId, amount: 400 })));
    const header = till.page.locator('.header');
    const heights = async () => {
      const each: number[] = [];
      for (const [, size] of SIZES) {
        await till.page.setViewportSize(size);
        each.push(await header.evaluate((element) => element.getBoundingClientRect().height));
      }
      return each;
    };
    const live = await heights();
    const colour = () => header.evaluate((element) => getComputedStyle(element).backgroundColor);
    const calm = await colour();
    dojo.faults.order({ kind: 'status-before', status: 500, times: 1_000, match: { operation: 'search' } });
    await expect(async () => {
      await till.call('refresh');
      await expect(till.shell.line).toContainText('No usable answer since', { timeout: 2_000 });
    }).toPass({ timeout: 60_000 });
    // As much of a warning as a connection that is down, and the header keeps its height.
    expect(await colour()).not.toBe(calm);
    expect(await heights()).toEqual(live);
    const readable = async (when: string) => {
      for (const [what, size] of SIZES) {
        await till.page.setViewportSize(size);
        const isCutOff = await till.shell.line
          .locator('.state-text')
          .evaluate((text) => text.scrollHeight > text.clientHeight + 1 || text.scrollWidth > text.clientWidth + 1);
        expect(isCutOff, `${what}, ${when}`).toBe(false);
      }
    };
    await readable('at rest');
    dojo.faults.clear();
    dojo.faults.order({ kind: 'late', ms: 60_000, times: 50, match: { operation: 'search' } });
    await till.shell.refresh();
    await expect(till.page.getByRole('button', { name: 'Refreshing…' })).toBeVisible();
    await readable('while it is read');
    expect(await heights()).toEqual(live);
    await expect(till.page.getByRole('button', { name: 'Refreshing…' })).toBeVisible();
    expect(changesAsked(dojo)).toEqual([]);
  });
});
