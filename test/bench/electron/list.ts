import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { electronApp } from '../../e2e/electron-app.ts';
import type { Figure, Line } from '../figure.ts';
import { times } from '../figure.ts';
import { measured, percentile } from '../statistics.ts';
import { buildPlainApp } from './built-app.ts';
import { type FullTill, withFullTill } from './full-till.ts';

const SIZES = [5_000, 10_000] as const;
/** Each digit narrows the list, and each Backspace brings all of it back. A table with every row takes seconds for one of them. */
const KEYS = { till: 60, plain: 4 } as const;
/** A key that takes longer counts as this long, and no further key is pressed: the page is still busy with that one. */
const KEY_MS_MAX = 10_000;
/** Scrolling ends after so many frames, or after this long. */
const FRAMES = 120;
const SCROLL_MS_MAX = 10_000;
const FRAME_MS = 1000 / 60;
/** A table that has not shown all of its rows by then is measured as far as it has come. */
const SHOWN_MS_MAX = 60_000;

type Feel = Readonly<{ keysMs: readonly number[]; lostPercent: number }>;

declare global {
  interface Window {
    /** From the next key to the painted list that answers it, in ms. */
    benchNextKeyMs?: Promise<number>;
  }
}

/** What came of it in time, else null: a page that is busy with thousands of rows answers nobody, and has no end of its own. */
async function inTime<T>(work: Promise<T>, mostMs: number): Promise<T | null> {
  const late = Promise.withResolvers<null>();
  const timer = setTimeout(late.resolve, mostMs, null);
  // Given up, it fails when the till is ended; until then its failure is one.
  let givenUp = false;
  const done = work.catch((error: unknown) => {
    if (givenUp) return null;
    throw error;
  });
  try {
    return await Promise.race([done, late.promise]);
  } finally {
    givenUp = true;
    clearTimeout(timer);
  }
}

/** In the page: waits for the next key, then for the counts on the filters, which change together with the rows, then for the paint. */
const awaitKey = (page: Page): Promise<void> =>
  page.evaluate(() => {
    window.benchNextKeyMs = new Promise((resolve) => {
      let keyAtMs = 0;
      addEventListener('keydown', (event) => (keyAtMs = event.timeStamp), { once: true, capture: true });
      const counts = document.querySelector('.filters');
      if (!counts) throw new Error('expected filters');
      const changed = new MutationObserver(() => {
        changed.disconnect();
        requestAnimationFrame(() => {
          const painted = new MessageChannel();
          painted.port1.onmessage = () => resolve(performance.now() - keyAtMs);
          painted.port2.postMessage(null);
        });
      });
      changed.observe(counts, { subtree: true, childList: true, characterData: true });
    });
  });

async function type(page: Page, count: number): Promise<number[]> {
  await page.getByRole('searchbox', { name: /^Search/ }).focus();
  const found: number[] = [];
  for (let press = 0; press < count; press += 1) {
    await awaitKey(page);
    const answered = page.keyboard
      .press(press % 2 === 0 ? String((press / 2) % 10) : 'Backspace')
      .then(() => page.evaluate(() => window.benchNextKeyMs ?? Number.NaN));
    const tookMs = await inTime(answered, KEY_MS_MAX);
    found.push(tookMs ?? KEY_MS_MAX);
    if (tookMs === null) break;
  }
  return found;
}

/** Scrolls a bit in each frame, as a wheel does, and looks how many frames of those that were due never came. */
const scroll = (page: Page): Promise<number> =>
  page.evaluate(
    async ([frames, frameMs, mostMs]) => {
      const list = document.querySelector('.list');
      if (!list) throw new Error('expected the list');
      const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
      let before = await nextFrame();
      let lost = 0;
      let frame = 0;
      for (const startedAtMs = before; frame < frames && before - startedAtMs < mostMs; frame += 1) {
        list.scrollTop += 160;
        const now = await nextFrame();
        lost += Math.max(0, Math.round((now - before) / frameMs) - 1);
        before = now;
      }
      return (100 * lost) / (frame + lost);
    },
    [FRAMES, FRAME_MS, SCROLL_MS_MAX] as const,
  );

async function feelOf(appFolder: string, { profile, dojo }: FullTill, count: number, keys: number): Promise<Feel> {
  const app = electronApp({ profile, appFolder, dojoUrl: dojo.url });
  try {
    await app.start();
    const page = app.page();
    const shown = async () => Number(await page.locator('.filter-count').first().textContent());
    // The day's own; the holds of earlier days are not on the list.
    await expect.poll(shown, { timeout: SHOWN_MS_MAX }).toBeGreaterThanOrEqual(count - 10);
    await expect(page.getByRole('status', { name: /^Connection to Dojo/ })).toContainText('Live', { timeout: SHOWN_MS_MAX });
    const lostPercent = await scroll(page);
    await page.evaluate(() => document.querySelector('.list')?.scrollTo(0, 0));
    return { keysMs: await type(page, keys), lostPercent };
  } finally {
    await app.close();
  }
}

export const list: Figure = {
  number: 4,
  title: 'The list of the day: a key in the search, and scrolling',
  needsElectron: true,
  runs: 1,
  async measure() {
    const lines: Line[] = [];
    for (const size of SIZES)
      await withFullTill(size, async (full) => {
        const plainFolder = await buildPlainApp(full.appFolder, join(full.folder, 'plain'));
        const till = await feelOf(full.appFolder, full, size, KEYS.till);
        const plain = await feelOf(plainFolder, full, size, KEYS.plain);
        const [tillMs, plainMs] = [percentile(till.keysMs, 0.95), percentile(plain.keysMs, 0.95)];
        lines.push({
          what: `${size} payments, a key to its list painted, p95`,
          till: { ...measured(till.keysMs), median: tillMs },
          baseline: { ...measured(plain.keysMs), median: plainMs },
          unit: 'ms',
          against: `the same table with every row in the document; a key counts as ${KEY_MS_MAX / 1000} s at most`,
          comes: `${plainMs < KEY_MS_MAX ? '' : 'more than '}${times(plainMs / tillMs)} as fast`,
          target: null,
        });
        lines.push({
          what: `${size} payments, frames lost while scrolling`,
          till: measured([till.lostPercent]),
          baseline: measured([plain.lostPercent]),
          unit: '%',
          against: 'the same table with every row in the document',
          comes: `${till.lostPercent.toFixed(1)} % beside ${plain.lostPercent.toFixed(1)} %`,
          target: null,
        });
      });
    return lines;
  },
};
