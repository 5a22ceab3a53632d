import type { Locator, Page } from '@playwright/test';
import { expect, KEY, test } from './fixtures.ts';
import { boxOf } from './pages/drawn.ts';
import { daysAgoMs, hold, moneyOf, sale, todayMs } from './shop.ts';
import { DENSITIES, SIZES } from './sizes.ts';

/** Where the list's window and its first row stand in every frame from now on, until they are asked for; each place once. */
async function watchPlaces(page: Page): Promise<() => Promise<string[]>> {
  const watch = await page.evaluateHandle(() => {
    const seen = new Set<string>();
    const places = { seen, isOver: false };
    const look = () => {
      if (places.isOver) return;
      const list = document.querySelector('.list');
      const row = document.querySelector('.screen [role=row][aria-rowindex="1"]');
      seen.add(`list at ${list?.getBoundingClientRect().top}, row at ${row?.getBoundingClientRect().top}`);
      requestAnimationFrame(look);
    };
    look();
    return places;
  });
  return () =>
    watch.evaluate((places) => {
      places.isOver = true;
      return [...places.seen];
    });
}

/** The sums that the note lies over: all measured at once, for it is soon gone. */
const sumsUnder = (note: Locator): Promise<(string | null)[]> =>
  note.evaluate((each) => {
    const over = each.getBoundingClientRect();
    if (over.height === 0) throw new Error('expected the note to be drawn');
    const sums = [...document.querySelectorAll('.figure-amount')];
    if (sums.length === 0) throw new Error('expected the sums to be drawn');
    return sums
      .filter((sum) => {
        const { left, right, top, bottom } = sum.getBoundingClientRect();
        return over.left < right && over.right > left && over.top < bottom - 1 && over.bottom > top + 1;
      })
      .map((sum) => sum.textContent);
  });

test('no row moves while captures are on their way and when they end, nor where holds of earlier days come and go, and no foot where one is chosen', async ({
  till,
  dojo,
}) => {
  test.setTimeout(150_000);
  await test.step('no row of Today moves while captures are on their way and when they end, at any size', async () => {
    const ids = Array.from({ length: 12 }, (_, nth) => hold(dojo, { reference: `Table ${nth + 1}`, amountMinor: 100_000 }).id);
    sale(dojo, { reference: 'Cake', amountMinor: 235_050 });
    // As a bank that takes its time, so that what is on its way is seen.
    dojo.bank.setSwitches({ bankAnswersAfterMs: [2_000] });
    await till.connect(KEY);
    await till.today.shows('Table 12', 'On hold');
    const note = till.page.getByText(/£4\.00 more…$/);
    const figure = till.today.figure('Captured and sold');
    for (const [nth, [what, size]] of SIZES.entries())
      await test.step(what, async () => {
        const paymentId = ids[nth] ?? '';
        await till.page.setViewportSize(size);
        await expect(till.today.row('Table 12')).toBeAttached();
        const places = await watchPlaces(till.page);
        await till.submit({ kind: 'capture', paymentId, amount: 400 });
        await expect(note).toBeVisible();
        // It is read as a whole, and lies over none of the sums.
        await expect(figure).toContainText('capturing £4.00 more…');
        expect(await sumsUnder(note)).toEqual([]);
        await expect(note).toHaveCount(0);
        await expect(figure).toContainText(`£2,3${54 + 4 * nth}.50`);
        expect(moneyOf(dojo, paymentId)).toMatchObject({ capturedMinor: 400 });
        expect(await places()).toHaveLength(1);
      });
    await till.page.setViewportSize({ width: 1366, height: 768 });
    dojo.bank.setSwitches({ bankAnswersAfterMs: [] });
  });
  for (let nth = 1; nth <= 12; nth += 1) sale(dojo, { reference: `Cake ${nth}`, amountMinor: 1_000, paidAtMs: todayMs(20 - nth) });
  await till.freshen();
  await test.step('no row of Today moves when the last hold of earlier days is captured, at any size', async () => {
    for (const [what, size] of SIZES)
      await test.step(what, async () => {
        await till.page.setViewportSize(size);
        const old = hold(dojo, { reference: 'Old hold', amountMinor: 6_000, paidAtMs: daysAgoMs(3) }).id;
        await till.call('refresh');
        await expect(till.page.getByText('1 hold from earlier days, £60.00')).toBeVisible();
        await till.today.shows('Cake 12', 'Paid');
        const places = await watchPlaces(till.page);
        await till.submit({ kind: 'capture', paymentId: old, amount: 6_000 });
        await expect(till.page.getByText('No hold of earlier days is left to capture.')).toBeVisible();
        await expect.poll(() => moneyOf(dojo, old)).toMatchObject({ capturedMinor: 6_000 });
        expect(await places()).toHaveLength(1);
        // It keeps its place until the screen is left, and no longer.
        await till.shell.goTo('Queue');
        await till.shell.goTo('Today');
        await till.today.shows('Cake 12', 'Paid');
        await expect(till.page.getByText('earlier days')).toHaveCount(0);
      });
  });
  await till.page.setViewportSize({ width: 1366, height: 768 });
  await test.step('a line about a hold of earlier days waits until the rows are let go', async () => {
    const row = till.today.row('Cake 12');
    const line = till.page.getByText('1 hold from earlier days, £60.00');
    hold(dojo, { reference: 'Old hold', amountMinor: 6_000, paidAtMs: daysAgoMs(5.5) });
    // A finger that stays down holds the rows for as long.
    await row.hover();
    await till.page.mouse.down();
    await till.call('refresh');
    await expect(till.holds.way).toHaveAccessibleName(/1 ends within 48 h/);
    await expect(line).toHaveCount(0);
    await till.page.mouse.move(2, 2);
    await till.page.mouse.up();
    await expect(line).toBeVisible();
  });
  await test.step('the foot of On hold is as high with a choice as without, in either density', async () => {
    for (const room of ['A', 'B', 'C']) hold(dojo, { reference: `Room ${room}`, amountMinor: 1_000, paidAtMs: todayMs(30) });
    await till.freshen();
    await till.shell.goTo('On hold');
    const height = () => till.page.locator('.holds-foot').evaluate((foot) => foot.getBoundingClientRect().height);
    for (const density of DENSITIES) {
      await till.setDensity(density);
      // At 200 % three rows beside a message need the room.
      for (const [what, size] of SIZES.filter(([, { height }]) => height > 480)) {
        await till.page.setViewportSize(size);
        await expect(till.holds.sum).toContainText('None chosen');
        const withoutButtons = await height();
        await till.holds.choose('Room A');
        expect(await height(), `${what}, ${density} density`).toBe(withoutButtons);
        await till.holds.row('Room A').locator('.checkbox').click();
      }
    }
  });
});

test('a band that comes and goes moves no row under a pointer that rests, and scrolls nothing of a list that has only come under it, nor where it is higher or lower in another window size', async ({
  till,
  dojo,
}) => {
  test.setTimeout(150_000);
  const paidAtMs = daysAgoMs(6.5);
  hold(dojo, { reference: 'Old hold', amountMinor: 6_000, paidAtMs, createdAtMs: paidAtMs, autoExpireAction: 'Release' });
  await till.connect(KEY);
  await test.step('none of 3 or 30 rows moves under a pointer that rests on them, at any size', async () => {
    let count = 0;
    for (const wanted of [3, 30]) {
      for (; count < wanted; count += 1) sale(dojo, { reference: `Cake ${count + 1}`, amountMinor: 1_000, paidAtMs: todayMs(59 - count) });
      await till.freshen();
      const row = till.today.row(`Cake ${count - 1}`);
      const top = async () => (await boxOf(row)).y;
      for (const [what, size] of SIZES)
        await test.step(`${count} rows, ${what}`, async () => {
          await till.call('saveSettings', { holdWarnings: false });
          await till.page.setViewportSize(size);
          await till.today.shows(`Cake ${count}`, 'Paid');
          await expect(till.holds.notice).toHaveCount(0);
          await row.hover();
          const before = await top();
          await till.call('saveSettings', { holdWarnings: true });
          await expect(till.holds.notice).toBeVisible();
          expect(await top()).toBe(before);
          await till.call('saveSettings', { holdWarnings: false });
          await expect(till.holds.notice).toHaveCount(0);
          expect(await top()).toBe(before);
          await till.call('saveSettings', { holdWarnings: true });
          await expect(till.holds.notice).toBeVisible();
          // Nothing is scrolled away any more once the pointer has left.
          await till.page.mouse.move(2, 2);
          await expect.poll(top).toBeGreaterThan(before + 20);
          expect(await till.page.locator('.list').evaluate((list) => list.scrollTop)).toBe(0);
        });
    }
    await till.page.setViewportSize({ width: 1366, height: 768 });
  });
  const scrolled = () => till.page.locator('.list').evaluate((list) => list.scrollTop);
  await till.call('disconnect');
  await till.firstStart.isShown();
  await till.connect(KEY);
  await test.step('nothing of a list that has come under the pointer is scrolled after Connect', async () => {
    await expect(till.holds.notice).toBeVisible();
    expect(await scrolled()).toBe(0);
  });
  await till.call('saveSettings', { holdWarnings: false });
  await expect(till.holds.notice).toHaveCount(0);
  await test.step('nor by a key', async () => {
    await till.page.keyboard.press('F8');
    await till.page.mouse.move(500, 500);
    await till.page.keyboard.press('F2');
    await till.today.shows('Cake 30', 'Paid');
    await till.call('saveSettings', { holdWarnings: true });
    await expect(till.holds.notice).toBeVisible();
    expect(await scrolled()).toBe(0);
  });
  await till.call('saveSettings', { holdWarnings: false });
  await expect(till.holds.notice).toHaveCount(0);
  await test.step('nor in another window size, though the pointer rests on the list', async () => {
    const bandsHeight = () => till.page.locator('.bands').evaluate((bands) => bands.getBoundingClientRect().height);
    const heights = new Set<number>();
    for (const size of [
      { width: 1366, height: 768 },
      { width: 683, height: 384 },
      { width: 683, height: 512 },
      { width: 1366, height: 512 },
      { width: 683, height: 384 },
      { width: 911, height: 512 },
    ]) {
      await till.page.setViewportSize(size);
      await till.today.row('Cake 29').hover();
      heights.add(await bandsHeight());
      expect(await scrolled(), `at ${size.width}×${size.height}`).toBe(0);
    }
    expect(heights.size).toBeGreaterThan(1);
  });
});
