import type { Locator, Page } from '@playwright/test';
import { expect, KEY, test } from './fixtures.ts';
import { hold, sale } from './shop.ts';

const boxOf = async (part: Locator) => {
  const box = await part.boundingBox();
  if (box === null) throw new Error('expected it to be on the screen');
  return box;
};

test.describe('a message while a dialog is open', () => {
  for (const size of [
    { width: 911, height: 512 },
    { width: 1366, height: 696 },
  ])
    test(`covers neither its head nor its foot at ${size.width}×${size.height}`, async ({ till, dojo }) => {
      const { id } = sale(dojo, { reference: 'Cake', amountMinor: 350 });
      await till.connect(KEY);
      await till.page.setViewportSize(size);
      await till.today.open('Cake');
      await till.payment.dialog.getByText('For support').click();
      await till.page.getByRole('button', { name: `Copy the Payment ${id}` }).click();
      const toast = till.page.locator('.toast');
      // Until it is measured as a whole: what is new to say takes the place of what was said.
      await expect(async () => {
        const message = await boxOf(toast);
        for (const part of ['.dialog-head', '.dialog-foot']) {
          const { y, height } = await boxOf(till.payment.dialog.locator(part));
          expect(
            message.y + message.height <= y || message.y >= y + height,
            `${part} at ${y} to ${y + height}, the message at ${message.y} to ${message.y + message.height}`,
          ).toBe(true);
        }
        expect(message.y).toBeGreaterThanOrEqual(0);
      }).toPass({ timeout: 15_000 });
    });
});

test('a message about an action covers no row of the queue: there its row says it, elsewhere the message does', async ({ till, dojo }) => {
  const [first, second] = ['Table 1', 'Table 2'].map((reference) => hold(dojo, { reference, amountMinor: 1_000 }).id);
  dojo.faults.order({ kind: 'status-before', status: 409, match: { operation: 'capture' }, times: 2 });
  await till.connect(KEY);
  await till.today.shows('Table 1', 'On hold');
  await till.shell.goTo('Queue');
  // Seen as queued first: of what another page took only what changes is news.
  const refused = async (paymentId = '') => {
    await till.call('pauseQueue');
    await till.submit({ kind: 'capture', paymentId, amount: 400 });
    await expect.poll(async () => (await till.actionStates()).includes('waiting')).toBe(true);
    await till.call('resumeQueue');
  };
  await refused(first);
  await expect(till.queue.entry('Table 1')).toContainText('Dojo refused the capture.');
  await expect(till.page.getByRole('log', { name: 'Messages' })).toContainText('Capture £4.00 of Table 1: refused.');
  await expect(till.page.locator('.toast')).toHaveCount(0);
  await till.shell.goTo('Today');
  await refused(second);
  await expect(till.page.locator('.toast').filter({ hasText: 'Capture £4.00 of Table 2: refused.' })).toBeVisible();
});

test.describe('a problem on Today', () => {
  for (const [what, size] of Object.entries({
    '1920×1080': { width: 1920, height: 1080 },
    '1366×768': { width: 1366, height: 768 },
    '1024×600': { width: 1024, height: 600 },
    '911×512, as at 150 %': { width: 911, height: 512 },
    '683×384, as at 200 %': { width: 683, height: 384 },
  }))
    test(`lies over nothing at ${what}, and no row moves as it comes`, async ({ till, dojo }) => {
      const ids = Array.from({ length: 30 }, (_, nth) => hold(dojo, { reference: `Table ${nth + 1}`, amountMinor: 1_000 }).id);
      dojo.faults.order({ kind: 'status-before', status: 409, match: { operation: 'capture' }, times: 2 });
      await till.connect(KEY);
      await till.page.setViewportSize(size);
      const first = till.today.rows.first();
      await till.call('pauseQueue');
      await till.submit(...ids.slice(0, 2).map((paymentId) => ({ kind: 'capture' as const, paymentId, amount: 400 })));
      await expect.poll(() => till.actionStates()).toEqual(['waiting', 'waiting']);
      const before = await boxOf(first);
      await till.call('resumeQueue');
      const messages = till.page.locator('.toast').filter({ hasText: 'refused. Dojo refused the capture.' });
      await expect(messages).toHaveCount(2);
      const inSight = messages.filter({ visible: true });
      await expect(inSight).toHaveCount(size.height > 640 ? 2 : 1);
      const screen = await boxOf(till.page.locator('.screen'));
      for (const message of await inSight.all()) {
        const { x, y, width, height } = await boxOf(message);
        expect(y).toBeGreaterThanOrEqual(screen.y + screen.height);
        expect(y + height).toBeLessThanOrEqual(size.height);
        expect(x + width).toBeLessThanOrEqual(size.width);
      }
      expect(await boxOf(first)).toEqual(before);
      // Most of the window stays the list's: what is read and pressed is still in sight.
      expect(screen.height).toBeGreaterThanOrEqual(size.height / 2);
      for (const _ of [1, 2]) await inSight.last().getByRole('button', { name: 'Close' }).click();
      await expect(messages).toHaveCount(0);
      const { y, height } = await boxOf(till.page.locator('.screen'));
      expect(y + height).toBe(size.height);
      expect(await boxOf(first)).toEqual(before);
    });
});

for (const screen of ['On hold', 'End of day'] as const)
  test(`at 200 % one problem at a time is drawn on ${screen}, clear of the ways between the screens and of the foot`, async ({ till, dojo }) => {
    const ids = ['Table 1', 'Table 2'].map((reference) => hold(dojo, { reference, amountMinor: 1_000 }).id);
    dojo.faults.order({ kind: 'status-before', status: 409, match: { operation: 'capture' }, times: 2 });
    await till.connect(KEY);
    await till.page.setViewportSize({ width: 683, height: 384 });
    await till.shell.goTo(screen);
    await till.call('pauseQueue');
    await till.submit(...ids.map((paymentId) => ({ kind: 'capture' as const, paymentId, amount: 400 })));
    await expect.poll(() => till.actionStates()).toEqual(['waiting', 'waiting']);
    await till.call('resumeQueue');
    const messages = till.page.locator('.toast').filter({ hasText: 'refused. Dojo refused the capture.' });
    await expect(messages).toHaveCount(2);
    const inSight = messages.filter({ visible: true });
    await expect(inSight).toHaveCount(1);
    const message = await boxOf(inSight);
    const header = await boxOf(till.page.locator('.header'));
    expect(message.y).toBeGreaterThanOrEqual(header.y + header.height);
    expect(message.y + message.height).toBeLessThanOrEqual((await boxOf(till.page.locator('footer'))).y);
    await inSight.getByRole('button', { name: 'Close' }).click();
    await expect(inSight).toHaveCount(1);
  });

/** What main sends reaches the page only when it is let through, all of it at once. */
async function holdPatches(page: Page): Promise<{ hold: () => Promise<void>; letThrough: () => Promise<void> }> {
  const flag = (isHeld: boolean) => page.evaluate((held) => void window.dispatchEvent(new CustomEvent('hold-patches', { detail: held })), isHeld);
  await page.addInitScript(() => {
    const kept: (() => void)[] = [];
    let isHeld = false;
    window.addEventListener('hold-patches', (event) => {
      isHeld = (event as CustomEvent<boolean>).detail;
      if (!isHeld) for (const deliver of kept.splice(0)) deliver();
    });
    const listen = EventSource.prototype.addEventListener;
    EventSource.prototype.addEventListener = function (this: EventSource, type: string, listener: (event: Event) => void, options?: AddEventListenerOptions) {
      const deliver = (event: Event) => (isHeld ? void kept.push(() => listener(event)) : listener(event));
      listen.call(this, type, (type === 'patch' ? deliver : listener) as EventListener, options);
    } as typeof listen;
  });
  await page.reload();
  return { hold: () => flag(true), letThrough: () => flag(false) };
}

test('a refusal that the page meets as such is said once, after what was promised', { tag: '@loopback' }, async ({ till, dojo }) => {
  hold(dojo, { reference: 'Table 3', amountMinor: 1_000 });
  dojo.faults.order({ kind: 'status-before', status: 409, match: { operation: 'capture' }, times: 1 });
  await till.connect(KEY);
  const patches = await holdPatches(till.page);
  await till.today.take('Table 3');
  await expect(till.take.confirm).toBeEnabled();
  await patches.hold();
  await till.take.promise();
  await expect.poll(() => till.actionStates()).toEqual(['refused']);
  await patches.letThrough();
  const toast = till.page.locator('.toast');
  await expect(toast).toHaveCount(1);
  await expect(toast).toContainText('Capture £10.00 of Table 3: refused. Dojo refused the capture.');
  // What is old when the page is opened is no news.
  await till.page.reload();
  await till.today.shows('Table 3', 'Dojo refused the capture.');
  await expect(toast).toHaveCount(0);
});
