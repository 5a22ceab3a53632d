import type { Locator, Page } from '@playwright/test';
import { lineLook, lineWords } from '../../renderer/shell/line-words.ts';
import { stage } from '../../scripts/screenshots-staged.ts';
import { expect, KEY, test } from './fixtures.ts';
import { boxOf } from './pages/drawn.ts';
import { typeByHand } from './pages/keyboard.ts';
import { comeAnew, look } from './pages/look.ts';
import { daysAgoMs, hold, moneyOf, sale, todayMs, unpaid, ZONE } from './shop.ts';
import { SIZES as ALL_SIZES, DENSITIES } from './sizes.ts';

/** 150 and 200 % zoom on a PC of 1366×768, with the band that says TEST. */
const SIZES = [
  { width: 911, height: 512 },
  { width: 683, height: 384 },
];

/** How many rows are seen as a whole: clear of the header, of a message, of the foot and of the window's edge. */
const rowsInSight = (page: Page): Promise<number> =>
  page.locator('.screen [role=row]').evaluateAll(
    (rows) =>
      rows.filter((row) => {
        const { left, top, bottom } = row.getBoundingClientRect();
        const isSeenAt = (y: number) => row.contains(document.elementFromPoint(left + 8, y));
        return isSeenAt(top + 1) && isSeenAt(bottom - 2);
      }).length,
  );

async function showsThreeRows(page: Page, density: string): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await expect.poll(() => rowsInSight(page), `rows in sight at ${size.width}×${size.height} in ${density} density`).toBeGreaterThanOrEqual(3);
    // The rows' heights follow the window's in the next moment.
    await expect.poll(() => crampedButtons(page)).toEqual([]);
  }
}

/** Nothing that can be pressed is cut off by its row, nor smaller than a pointer needs. */
const crampedButtons = (page: Page): Promise<string[]> =>
  page.locator('.screen [role=row] button').evaluateAll((buttons) =>
    buttons
      .filter((button) => {
        const row = button.closest('[role=row]')?.getBoundingClientRect();
        const { top, bottom, height } = button.getBoundingClientRect();
        return row === undefined || top < row.top || bottom > row.bottom || height < (document.documentElement.dataset.density === 'touch' ? 44 : 24);
      })
      .map((button) => button.textContent ?? ''),
  );

test('at 150 and 200 % three rows of every screen are seen as a whole in either density, with a message too', async ({ till, dojo }) => {
  test.setTimeout(120_000);
  const ids = Array.from({ length: 20 }, (_, nth) => hold(dojo, { reference: `Table ${nth + 1}`, amountMinor: 1_000 }).id);
  // The newest: of a long list the rows in sight are drawn.
  sale(dojo, { reference: 'Cake', amountMinor: 350, paidAtMs: Date.now() });
  dojo.faults.order({ kind: 'status-before', status: 409, match: { operation: 'reverse' }, times: 1 });
  const message = till.page.locator('.toast');
  const showsThreeRowsOf = async (screen: 'Today' | 'On hold' | 'End of day' | 'Queue') => {
    await test.step(screen, async () => {
      await till.shell.goTo(screen);
      await expect(till.page.locator('.screen [role=row]').nth(3)).toBeAttached();
      for (const density of DENSITIES) {
        await till.setDensity(density);
        await showsThreeRows(till.page, density);
      }
    });
  };
  await till.connect(KEY);
  await till.call('pauseQueue');
  await till.submit(...ids.slice(0, 5).map((paymentId) => ({ kind: 'capture' as const, paymentId, amount: 400 })));
  // There a message about an action is the action's own row.
  await showsThreeRowsOf('Queue');
  await expect(message).toHaveCount(0);
  await till.shell.goTo('Today');
  for (const { id } of (await till.snapshot()).actions) await till.call('withdraw', { actionId: id });
  // It is said, and leaves again.
  await expect(message.filter({ hasText: 'removed' })).toBeVisible();
  await expect(message).toHaveCount(0);
  for (const screen of ['Today', 'On hold', 'End of day'] as const) {
    await showsThreeRowsOf(screen);
    await expect(message).toHaveCount(0);
  }
  await till.page.setViewportSize({ width: 1366, height: 768 });
  await till.shell.goTo('Today');
  await till.today.giveBack('Cake');
  await till.giveBack.promise();
  await till.call('resumeQueue');
  // It stays until it is closed.
  await expect(message.filter({ hasText: /Cake \(.*\): refused/ })).toBeVisible();
  for (const screen of ['Today', 'On hold', 'End of day'] as const) {
    await showsThreeRowsOf(screen);
    await expect(message).toBeVisible();
  }
});

/** What the header may say of the connection, the longest of each kind: since the day before, and with what waits. */
function longestLines(connection: Parameters<typeof lineWords>[0]) {
  const nowMs = Date.now();
  const since = { ...connection, asOfMs: daysAgoMs(1), unheardSinceMs: null, refreshing: false, askedToWaitUntilMs: null };
  const [waiting, paused] = [12, { ...connection.queue, waiting: 12, paused: true }];
  const going = { ...paused, waiting, paused: false };
  return [
    { ...since, line: 'live', queue: paused },
    { ...since, line: 'live', queue: paused, asOfMs: null },
    { ...since, line: 'live', queue: going, refreshing: true },
    { ...since, line: 'offline', queue: going },
    { ...since, line: 'offline', queue: going, asOfMs: null },
    { ...since, line: 'key-refused', queue: going },
    { ...since, line: 'connecting', queue: going },
    { ...since, line: 'connecting', queue: going, unheardSinceMs: daysAgoMs(1) },
    { ...since, line: 'live', queue: going, askedToWaitUntilMs: nowMs + 600_000 },
  ].map((each) => {
    const { text, waits } = lineWords(each as typeof connection, ZONE, nowMs);
    return { says: text.slice(0, text.length - waits.length), waits, line: lineLook(each as typeof connection) };
  });
}

/** What of the header is cut off, runs over what is beside it, or makes it higher, where it says these lines. */
const crampedHeader = (page: Page, lines: ReturnType<typeof longestLines>): Promise<string[]> =>
  page.evaluate((each) => {
    const find = <T extends HTMLElement>(part: string): T => {
      const found = document.querySelector<T>(part);
      if (!found) throw new Error(`expected ${part} in the header`);
      return found;
    };
    const [header, text, waits, refresh] = [find('.header'), find('.header-line .state-text'), find('.header-waits'), find('.header-refresh')];
    const words = text.firstChild as Text;
    const boxOf = (part: Node) => {
      const range = document.createRange();
      range.selectNodeContents(part);
      return range.getBoundingClientRect();
    };
    const before = [words.data, waits.textContent, header.dataset.line ?? ''] as const;
    const say = (...[said, waiting, line]: readonly [string, string | null, string]) => {
      words.data = said;
      waits.textContent = waiting;
      header.dataset.line = line;
    };
    const wrong = each.flatMap(({ says, waits: waiting, line }) => {
      say(says, waiting, line);
      const [frame, inHeader] = [text.getBoundingClientRect(), header.getBoundingClientRect()];
      const isWhole = ({ top, bottom, right }: DOMRect) => top >= inHeader.top && bottom <= frame.bottom + 1 && right <= frame.right + 1;
      const [said, beside] = [boxOf(words), boxOf(waits)];
      const isLeftOut = beside.height === 0 || beside.top >= frame.bottom - 3;
      const right = Math.max(said.right, isLeftOut ? 0 : beside.right);
      const promise = document.querySelector('.header-offline');
      return [
        ...(isWhole(said) && (isLeftOut || isWhole(beside)) ? [] : [`cut off: ${says}${isLeftOut ? '' : waiting}`]),
        ...(promise === null || promise.getClientRects().length === 0 || isWhole(boxOf(promise))
          ? []
          : [`cut off: what is said of what is done meanwhile, beside ${says}`]),
        ...(right <= refresh.getBoundingClientRect().left - 6 ? [] : [`touches what is beside it: ${says}${isLeftOut ? '' : waiting}`]),
        ...(inHeader.height <= Number.parseFloat(getComputedStyle(header).minHeight) ? [] : [`the header is ${inHeader.height} high: ${says}`]),
      ];
    });
    say(...before);
    const isSeen = (part: string) => find(part).getBoundingClientRect().width > 2;
    const needs = isSeen('.nav-count-all') && !isSeen('.nav-count-words') ? ['two numbers without a word beside the queue'] : [];
    return [...wrong, ...needs];
  }, lines);

test.describe('on a busy day', () => {
  // As a bank that takes its time, so that what is on its way is seen: its filter is one more beside the search.
  test.use({ bankAnswersAfterMs: 60_000 });

  test('every filter, what is searched for and what is said of money are read whole', async ({ till, dojo }) => {
    test.setTimeout(150_000);
    for (let nth = 0; nth < 110; nth += 1) sale(dojo, { reference: `Table ${nth + 1}`, amountMinor: 1_000 });
    for (let nth = 0; nth < 10; nth += 1) hold(dojo, { reference: `Room ${nth + 1}`, amountMinor: 1_000 });
    hold(dojo, { reference: 'ROOM 12346', amountMinor: 1_000 });
    const { id: paymentId } = hold(dojo, { reference: 'ROOM 12345', amountMinor: 1_000 });
    await till.connect(KEY);
    await test.step('every filter is read whole at 150 %, with its count', async () => {
      for (const size of [
        { width: 911, height: 560 },
        { width: 911, height: 512 },
        { width: 911, height: 440 },
        { width: 800, height: 450 },
      ]) {
        await till.page.setViewportSize(size);
        const hiddenPx = await till.page.locator('.filters').evaluate((filters) => filters.scrollWidth - filters.clientWidth);
        expect(hiddenPx, `${size.width}×${size.height}`).toBeLessThanOrEqual(0);
      }
      await till.page.setViewportSize({ width: 1366, height: 768 });
    });
    // The newest: of a long list the rows in sight are drawn.
    hold(dojo, { reference: 'Soon', amountMinor: 123_400, paidAtMs: Date.now(), autoExpireInMs: 3_200_000, autoExpireAction: 'Release' });
    const { id: captured } = hold(dojo, { reference: 'Bar 3', amountMinor: 123_400, paidAtMs: Date.now() });
    await till.freshen();
    await test.step('at 150 and 200 % what a hold’s end loses, and what is being captured', async () => {
      await till.submit({ kind: 'capture', paymentId: captured, amount: 11_750 });
      await expect(till.today.figure('Captured and sold')).toContainText('capturing £117.50 more…');
      for (const density of DENSITIES) {
        await till.setDensity(density);
        for (const size of SIZES) {
          await till.page.setViewportSize(size);
          const lost = till.today.row('Soon').locator('.row-soon');
          await expect(lost).toHaveText(/^Released in .*, you lose £1,234\.00$/);
          const isWhole = () =>
            lost.evaluate((words) => {
              const row = words.closest('[role=row]')?.getBoundingClientRect();
              const state = words.parentElement?.getBoundingClientRect();
              return row && state && words.scrollHeight <= words.clientHeight + 1 && state.top >= row.top && state.bottom <= row.bottom;
            });
          await expect.poll(isWhole, `${size.width}×${size.height}, ${density} density`).toBe(true);
          const [name, note] = [till.today.figure('Captured and sold').locator('.figure-label'), till.page.locator('.figure-note')];
          const [named, noted] = [await name.boundingBox(), await note.boundingBox()];
          expect(await name.evaluate((each) => getComputedStyle(each).clipPath)).toBe('none');
          expect(noted?.y).toBeGreaterThanOrEqual((named?.y ?? 0) + (named?.height ?? 0));
        }
      }
      await till.setDensity('touch');
      await till.page.setViewportSize({ width: 1366, height: 768 });
    });
    await test.step('what is searched for is read in its field, ten characters of it, beside all filters, on every list and at every size', async () => {
      await till.submit({ kind: 'capture', paymentId, amount: 1_000 });
      const capturing = till.page.getByRole('radio', { name: /^Capturing/ });
      await expect(capturing).toBeAttached();
      const isReadAtEverySize = async (list: string) => {
        for (const [what, size] of ALL_SIZES) {
          await till.page.setViewportSize(size);
          const hiddenPx = () => till.today.search.evaluate((field) => field.scrollWidth - field.clientWidth);
          await expect.soft.poll(hiddenPx, { message: `${list}, ${what}`, timeout: 2_000 }).toBeLessThanOrEqual(0);
          // Nothing lies on it, nor on the filters beside it.
          const covered = await till.page.locator('.search-input, .search-all-days').evaluateAll(
            (parts) =>
              parts.filter((part) => {
                const { right, top, bottom } = part.getBoundingClientRect();
                const beside = document.querySelector('.filters')?.getBoundingClientRect();
                return beside !== undefined && beside.top < bottom && beside.bottom > top && right > beside.left + 1;
              }).length,
          );
          expect.soft(covered, `${list}, ${what}`).toBe(0);
        }
      };
      for (const typed of ['ROOM 12345', 'Table 1234']) {
        await till.today.search.fill(typed);
        await isReadAtEverySize('Today');
      }
      await till.page.keyboard.press('F6');
      await expect(till.page.locator('.search-all-days')).toHaveCount(0);
      await isReadAtEverySize('All days');
      await till.shell.goTo('On hold');
      await till.holds.search.fill('ROOM 12345');
      await isReadAtEverySize('On hold');
      await till.holds.search.fill('');
      await till.shell.goTo('Today');
      await till.today.search.fill('');
      await till.page.setViewportSize({ width: 1366, height: 768 });
    });
    await test.step('at every size what is queued or checked, whole or ending with an ellipsis', async () => {
      const checked = hold(dojo, { reference: 'Bar 1', amountMinor: 123_400, paidAtMs: Date.now() }).id;
      const queued = hold(dojo, { reference: 'Bar 2', amountMinor: 123_400, paidAtMs: Date.now() }).id;
      hold(dojo, { reference: 'Old hold', amountMinor: 123_400, paidAtMs: daysAgoMs(6.5), autoExpireAction: 'Release' });
      dojo.faults.order({ kind: 'reset-before', match: { operation: 'capture' }, times: 1 });
      await till.freshen();
      await till.submit({ kind: 'capture', paymentId: checked, amount: 3_000 });
      await till.today.shows('Bar 1', 'Capture £30.00: checking with Dojo');
      await till.call('pauseQueue');
      await till.submit({ kind: 'capture', paymentId: queued, amount: 11_750 });
      await till.today.shows('Bar 2', 'Capture £117.50: queued');
      const cut = () =>
        till.page.locator('.screen [role=row] .state-text').evaluateAll((texts) =>
          texts
            .filter((text) => {
              const [row, mark] = [text.closest('[role=row]')?.getBoundingClientRect(), text.closest('.state-mark')?.getBoundingClientRect()];
              const isInRow = row && mark && mark.top >= row.top && mark.bottom <= row.bottom;
              return (
                !isInRow ||
                text.scrollWidth > text.clientWidth ||
                ((innerWidth <= 860 || text.closest('.hold-end')) && !text.closest('.hold-end .row-below') && text.scrollHeight > text.clientHeight + 1)
              );
            })
            .map((text) => text.textContent),
        );
      // At 200 % there is no room between the two.
      const touching = () =>
        till.page.locator('.screen .row-state:has(> .state-mark)').evaluateAll((states) =>
          states.flatMap((state) => {
            const [mark, below] = [state.querySelector(':scope > .state-mark'), state.querySelector('.row-below .state-mark, .hold-ends-at')];
            const bottoms = [...(mark?.children ?? [])].map((part) => part.getBoundingClientRect().bottom);
            const { top, height } = below?.getBoundingClientRect() ?? new DOMRect();
            return innerWidth <= 860 || height === 0 || top >= Math.max(...bottoms) ? [] : [`${below?.textContent} lies on ${mark?.textContent}`];
          }),
        );
      for (const screen of ['Today', 'On hold'] as const) {
        await till.shell.goTo(screen);
        for (const density of DENSITIES) {
          await till.setDensity(density);
          for (const [what, size] of ALL_SIZES) {
            await till.page.setViewportSize(size);
            await expect.soft.poll(cut, { message: `${screen}, ${what}, ${density} density`, timeout: 3_000 }).toEqual([]);
            expect.soft(await touching(), `${screen}, ${what}, ${density} density`).toEqual([]);
          }
        }
      }
    });
  });
});

/** The most that can be typed: with a digit more it is too much. */
const MOST_TYPED = '9999999999';

/** How much of its height is out of sight, or under something else. */
const coveredPx = (part: Locator): Promise<number> =>
  part.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const isSeenAt = (y: number) => element.contains(document.elementFromPoint(left + width / 2, y));
    return Array.from({ length: Math.floor(height) - 1 }, (_, nth) => top + nth + 1).filter((y) => !isSeenAt(y)).length;
  });

test('what is typed of money is seen whole, with what it does or what is wrong with it, and so is a run at the end of the day, up to its report', async ({
  till,
  dojo,
}) => {
  test.setTimeout(180_000);
  hold(dojo, { reference: 'Table 9', amountMinor: 10_000 });
  sale(dojo, { reference: 'Cake', amountMinor: 350, paidAtMs: Date.now() });
  hold(dojo, { reference: 'Bar', description: 'Table deposit', amountMinor: 5_000, tipsMinor: 500, tipsAllowed: true });
  unpaid(dojo, { reference: 'Bill', amountMinor: 2_000, tipsMinor: 100, customAmountAllowed: true, tipsAllowed: true });
  await till.connect(KEY);
  await test.step('at 150 and 200 % the amount that is typed and what it does, of a capture and of a refund', async () => {
    for (const size of SIZES) {
      await till.page.setViewportSize(size);
      await till.today.take('Table 9');
      await till.take.choosePart();
      await till.take.type('3000');
      await expect(till.take.amount).toBeInViewport({ ratio: 0.99 });
      await expect(till.take.dialog.getByText('Captures £30.00.')).toBeInViewport({ ratio: 0.99 });
      await till.take.leave();
      await till.today.giveBack('Cake');
      await till.giveBack.onlyAPart();
      await till.giveBack.type('200');
      await expect(till.giveBack.amount).toBeInViewport({ ratio: 0.99 });
      await till.page.keyboard.press('Escape');
      await expect(till.giveBack.dialog).toHaveCount(0);
    }
  });
  for (const density of DENSITIES) {
    await till.setDensity(density);
    await test.step(`at 150 % the tips of a capture are in sight as it opens, in ${density} density`, async () => {
      await till.page.setViewportSize({ width: 911, height: 512 });
      await till.today.take('Bar');
      expect(await coveredPx(till.take.dialog.getByLabel('Of that, tips'))).toBe(0);
      await till.take.leave();
    });
    await test.step(`a new amount and new tips are typed in sight in ${density} density, with what is wrong with them and the button`, async () => {
      for (const [what, size] of ALL_SIZES) {
        await till.page.setViewportSize(size);
        await till.today.open('Bill');
        for (const [opener, field] of [
          ['Change the amount…', till.payment.newAmount],
          ['Change the tips…', till.payment.newTips],
        ] as const) {
          // What has just come under a pointer that rests heeds no press.
          await comeAnew(till.page);
          await till.payment.button(opener).click();
          const name = till.payment.dialog.locator('.move-form .field-label');
          for (const part of [name, field, till.payment.button(/^Change to/)]) expect.soft(await coveredPx(part), `${what}, ${opener}`).toBe(0);
          await field.fill(MOST_TYPED);
          await typeByHand(field, '9');
          const wrong = till.payment.dialog.locator('.field-error');
          await expect(wrong).toHaveText('That is more than one payment can be.');
          for (const part of [field, wrong]) expect.soft(await coveredPx(part), `${what}, ${opener}, too much`).toBe(0);
          await field.press('Escape');
        }
        await till.payment.leave();
        await expect(till.payment.dialog).toHaveCount(0);
      }
    });
  }
  await till.setDensity('touch');
  await till.page.setViewportSize({ width: 1366, height: 768 });
  for (let nth = 0; nth < 5; nth += 1) hold(dojo, { reference: `Table ${nth + 1}`, amountMinor: 10_000 });
  const { id: changed } = hold(dojo, { reference: 'Room A', description: 'Two nights, breakfast', amountMinor: 143_400, paidAtMs: todayMs(20) });
  const long = 'Booking 3586 for the long table on the terrace of the Harbour Café';
  // The newest: of a long list the rows in sight are drawn.
  const { id: booking } = hold(dojo, { reference: long, amountMinor: 5_000, paidAtMs: Date.now() });
  dojo.bank.orderOutcome('Declined', hold(dojo, { reference: 'Room 2', amountMinor: 4_000 }).id);
  await till.freshen();
  await till.shell.goTo('End of day');
  await test.step('an amount that has to be typed again says so beside its field: its row keeps its height, and lies on no other', async () => {
    const row = till.page.getByRole('row', { name: /Room A/ });
    const change = row.getByRole('button', { name: /^Change the amount/ });
    const amount = till.page.getByLabel('Amount to capture of Room A');
    const heightPx = async () => (await boxOf(row)).height;
    const typeAmount = async () => {
      await comeAnew(till.page);
      await change.click();
      await amount.press('Control+a');
      await typeByHand(amount, '2000');
      await amount.press('Enter');
    };
    await typeAmount();
    dojo.bank.capture('acc_training', changed, { amountMinor: 20_000, tipsMinor: 0 }, Date.now());
    await till.call('refresh');
    await expect(row).toContainText('£1,234.00 left: type it again');
    for (const density of DENSITIES) {
      await till.setDensity(density);
      for (const [what, size] of ALL_SIZES) {
        await till.page.setViewportSize(size);
        await look(till.page);
        const beforePx = await heightPx();
        await change.click();
        await expect(row).toContainText('£1,234.00 left: type it again');
        await expect(amount).toBeInViewport({ ratio: 0.99 });
        // At 200 % there is no room beside the field: the rows under it make room.
        if (size.width > 860) expect.soft(await heightPx(), `${what}, ${density} density`).toBe(beforePx);
        await expect.soft.poll(() => overlaps(till.page), { message: `${what}, ${density} density`, timeout: 2_000 }).toEqual([]);
        await amount.press('Escape');
      }
    }
    await typeAmount();
  });
  await test.step('the report is whole above its list', async () => {
    await till.endOfDay.review();
    await till.endOfDay.begin();
    await expect(till.endOfDay.report).toBeVisible();
    // The bank has said its no: no band comes any more that moves what is pressed next.
    await expect(till.shell.declined).toBeVisible();
    for (const [what, size] of ALL_SIZES) {
      await till.page.setViewportSize(size);
      const cutPx = await till.page.locator('.eod-report').evaluate((report) => report.scrollHeight - report.clientHeight);
      expect.soft(cutPx, what).toBeLessThanOrEqual(0);
    }
  });
  await test.step('a long title leaves the way out of its dialog on one line', async () => {
    await look(till.page);
    await till.shell.goTo('Today');
    await till.today.giveBack(long);
    const close = till.giveBack.dialog.getByRole('button', { name: /^Back/ });
    const lines = await close
      .locator('.button-text')
      .evaluate((text) => text.getBoundingClientRect().height / Number.parseFloat(getComputedStyle(text).lineHeight));
    expect(lines).toBeLessThan(1.9);
    expect(moneyOf(dojo, booking).captures).toBe(1);
  });
});

test('whatever the bands ask and the header says is read whole at every size, and each keeps its height: nothing under them moves', async ({ till, dojo }) => {
  test.setTimeout(120_000);
  await test.step('a band that asks once more keeps its height in either density', async () => {
    const ids = Array.from({ length: 8 }, (_, nth) => sale(dojo, { reference: `Table ${nth + 1}`, amountMinor: 20_000 }).id);
    dojo.faults.order({ kind: 'status-before', status: 403, match: { operation: 'refund' }, times: 8 });
    await till.connect(KEY);
    await till.call('pauseQueue');
    for (const paymentId of ids) expect(await till.submit({ kind: 'refund', paymentId, amount: 15_425 })).toMatchObject({ ok: true });
    await till.call('resumeQueue');
    const stopped = till.page.getByRole('alert').filter({ hasText: 'Dojo does not allow this key any refunds.' });
    await expect(stopped).toContainText(/\d waits?, \d were refused: nothing moved\./);
    const asksOnceMore = async (band: Locator) => {
      const all = band.getByRole('button').first();
      for (const density of DENSITIES) {
        await till.setDensity(density);
        for (const [what, size] of ALL_SIZES) {
          await till.page.setViewportSize(size);
          await expect(all).toHaveText(/again$/);
          await look(till.page);
          const before = await boxOf(band);
          await all.click();
          await expect(band.getByRole('button')).toHaveText(['No, not yet', /^Yes, refund \d: £[\d,.]+$/]);
          await expect(band.getByRole('button').last()).toBeInViewport({ ratio: 0.99 });
          expect.soft(await boxOf(band), `${what}, ${density} density`).toEqual(before);
          await all.press('Escape');
        }
      }
    };
    await asksOnceMore(stopped);
    for (const { id, state } of (await till.snapshot()).actions) if (state === 'waiting') await till.call('withdraw', { actionId: id });
    await asksOnceMore(till.page.getByRole('status').filter({ hasText: 'Dojo did not allow the key some refunds.' }));
    expect(await till.actionStates()).not.toContain('done');
    dojo.faults.clear();
    await till.setDensity('touch');
    await till.page.setViewportSize({ width: 1366, height: 768 });
  });
  await test.step('whatever the header says of the connection is read whole beside its buttons, and it keeps its height', async () => {
    const needs = hold(dojo, { reference: 'Needs', amountMinor: 1_000, paidAtMs: daysAgoMs(6.4) }).id;
    const waits = hold(dojo, { reference: 'Waits', amountMinor: 1_000 }).id;
    await till.freshen();
    await till.call('pauseQueue');
    await till.submit({ kind: 'capture', paymentId: needs, amount: 400 });
    dojo.bank.capture('acc_training', needs, { amountMinor: 400, tipsMinor: 0 }, Date.now());
    await till.call('resumeQueue');
    await expect.poll(async () => (await till.actionsOn(needs)).map(({ state }) => state)).toEqual(['needsPerson']);
    await till.call('pauseQueue');
    await till.submit({ kind: 'capture', paymentId: waits, amount: 400 });
    await expect(till.shell.line).toContainText('1 action waits');
    const lines = longestLines((await till.snapshot()).connection);
    for (const forcedColors of ['none', 'active'] as const) {
      await till.page.emulateMedia({ forcedColors });
      for (const [what, size] of ALL_SIZES) {
        await till.page.setViewportSize(size);
        expect.soft(await crampedHeader(till.page, lines), `${what}, forced colours ${forcedColors}`).toEqual([]);
      }
    }
    await dojo.closeLine();
    await till.call('refresh');
    await till.shell.isOffline();
    for (const [width, height] of [
      [1920, 1080],
      [1440, 768],
      [1366, 768],
      [1280, 720],
      [1101, 700],
      [1024, 600],
      [911, 512],
      [911, 440],
      [683, 384],
    ] as const) {
      await till.page.setViewportSize({ width, height });
      const offline = lines.filter(({ line }) => line === 'offline');
      expect.soft(await crampedHeader(till.page, offline), `offline, ${width}×${height}`).toEqual([]);
      expect(await till.page.locator('.header-offline').isVisible()).toBe(width > 860);
    }
  });
});

/** A PC of 1366×768 at 200 %, less the window's own edge and the task bar. */
const AT_200 = { width: 683, height: 348 };

test('at 200 % with two bands the TEST band and the header stay in sight wherever the keyboard goes, and the run has one scroller', async ({ till, dojo }) => {
  test.setTimeout(120_000);
  for (let nth = 1; nth <= 12; nth += 1) hold(dojo, { reference: `Table ${nth}`, amountMinor: 1_000 });
  hold(dojo, { reference: 'Soon', amountMinor: 123_400, paidAtMs: daysAgoMs(6.5), autoExpireAction: 'Release' });
  await till.connect(KEY);
  await till.today.shows('Table 12', 'On hold');
  await till.page.setViewportSize(AT_200);
  await expect(till.holds.notice).toBeVisible();
  const tops = () => till.page.evaluate(() => ['.bands', '.band', '.screen'].map((part) => document.querySelector(part)?.getBoundingClientRect().top));
  const scrollers = () =>
    till.page.evaluate(() =>
      [...document.querySelectorAll('html, .till *')]
        .filter((part) => part.tagName === 'HTML' || /auto|scroll/.test(getComputedStyle(part).overflowY))
        .filter(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight + 1)
        .map((part) => `${part.tagName} ${part.className}`),
    );
  const staysInSight = async (what: string, scrolled: number) => {
    const before = await tops();
    for (let presses = 0; presses < 30; presses += 1) {
      await till.page.keyboard.press('Tab');
      expect.soft(await tops(), `${what}, Tab pressed ${presses + 1} times`).toEqual(before);
    }
    expect.soft(await scrollers(), what).toHaveLength(scrolled);
  };
  await staysInSight('Today', 1);
  await till.today.rows.first().focus();
  for (const [key, place] of [
    ['End', '12'],
    ['ArrowUp', '11'],
    ['Home', '1'],
    ['PageDown', /^[2-9]$/],
  ] as const) {
    await till.page.keyboard.press(key);
    await expect(till.page.locator('.list-item:focus'), key).toHaveAttribute('aria-rowindex', place);
    // Its edge may lie on half a pixel.
    expect.soft(await coveredPx(till.page.locator('.list-item:focus')), key).toBeLessThanOrEqual(1);
  }
  await till.shell.goTo('On hold');
  await staysInSight('On hold', 1);
  await till.page.locator('.list-item').first().focus();
  await till.page.keyboard.press('End');
  expect.soft(await coveredPx(till.page.locator('.list-item:focus'))).toBeLessThanOrEqual(1);
  await till.call('pauseQueue');
  const some = (await till.snapshot()).payments.filter(({ reference }) => /[1-6]$/.test(reference));
  await till.submit(...some.map(({ id }) => ({ kind: 'capture' as const, paymentId: id, amount: 100 })));
  await till.shell.goTo('Queue');
  await expect(till.queue.list.getByRole('row').first()).toBeVisible();
  await staysInSight('Queue', 1);
  for (const { id } of (await till.snapshot()).actions) await till.call('withdraw', { actionId: id });
  await till.call('resumeQueue');
  await till.shell.goTo('Settings');
  await staysInSight('Settings', 1);
  await till.shell.goTo('End of day');
  await staysInSight('End of day', 1);
  await till.endOfDay.review();
  await staysInSight('its review', 1);
  await till.endOfDay.begin();
  await expect(till.endOfDay.report).toBeVisible();
  await staysInSight('its report', 1);
  await till.endOfDay.runRows.first().focus();
  const focused = till.page.locator('.eod-row:focus');
  for (const [key, place] of [
    ['End', '13'],
    ['Home', '1'],
    ['End', '13'],
    ['ArrowUp', '12'],
  ] as const) {
    await till.page.keyboard.press(key);
    await expect(focused, key).toHaveAttribute('aria-rowindex', place);
    // A row that was not drawn before is measured once it is in sight.
    await expect.soft.poll(() => coveredPx(focused), { message: key, timeout: 3_000 }).toBeLessThanOrEqual(1);
  }
});

test('in a low window bands that can be read later fold into one line beside others, and what is about money stays whole', { tag: '@electron' }, async ({
  app,
  till,
  dojo,
}) => {
  for (let nth = 1; nth <= 12; nth += 1) sale(dojo, { reference: `Table ${nth}`, amountMinor: 1_000 });
  await till.connect(KEY);
  const declined = {
    code: 'declined',
    title: '2 captures were declined.',
    message: 'Nothing of £72.50 was captured.',
    untilSeen: true,
    show: 'today',
  } as const;
  await stage(app, ({ connection }) => ({
    connection: { ...connection, clockAheadMs: 26 * 3_600_000, otherAccountsWaiting: 3, notices: [declined] },
  }));
  const band = (title: string) => till.page.locator('.banner', { hasText: title });
  const [money, clock, others] = [band(declined.title), band('This PC’s clock is 26 h ahead.'), band('3 actions of another account wait.')] as const;
  const fold = till.page.getByText('2 more to read.');
  await expect(clock).toBeVisible();
  await expect(fold).toBeHidden();
  for (const size of [{ width: 1024, height: 600 }, ...SIZES, AT_200]) {
    await till.page.setViewportSize(size);
    await expect(fold).toBeVisible();
    await expect(money).toBeVisible();
    await expect(clock).toBeHidden();
    await expect(others).toBeHidden();
  }
  await till.page.setViewportSize({ width: 911, height: 512 });
  await expect.poll(() => rowsInSight(till.page)).toBeGreaterThanOrEqual(3);
  await till.page.getByRole('button', { name: 'Show them' }).click();
  await expect(fold).toHaveCount(0);
  for (const each of [money, clock, others]) await expect(each).toBeVisible();
  const again = till.page.getByRole('button', { name: 'Fold them again' });
  await expect(again).toBeFocused();
  await till.page.keyboard.press('Enter');
  await expect(fold).toBeVisible();
  await expect(clock).toBeHidden();
});

/** How far each row of the screen reaches over the next one. */
const overlaps = (page: Page): Promise<number[]> =>
  page.locator('.screen [role=row]').evaluateAll((rows) => {
    const boxes = rows.map((row) => row.getBoundingClientRect()).toSorted((a, b) => a.top - b.top);
    return boxes.slice(1).flatMap(({ top }, nth) => ((boxes[nth]?.bottom ?? 0) > top + 1 ? [(boxes[nth]?.bottom ?? 0) - top] : []));
  });
