import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import type { App } from '../test/e2e/app.ts';

const SIZES = {
  '1920x1080': { width: 1920, height: 1080, zoom: 1 },
  '1024x600': { width: 1024, height: 600, zoom: 1 },
  // What 150 % and 200 % leave of a 1366 × 768 screen.
  '911x512': { width: 1366, height: 768, zoom: 1.5 },
  'zoom-200': { width: 1366, height: 768, zoom: 2 },
  // The last one: the walk goes on in it.
  '1366x768': { width: 1366, height: 768, zoom: 1 },
} as const;
const LOOKS = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  forced: { colorScheme: 'dark', forcedColors: 'active' },
} as const;
export type Look = keyof typeof LOOKS;

/** Takes pictures of the window as it is now, in the looks a shop may have; of `part`, where that has to be scrolled to. */
export type Shot = (name: string, part?: Locator) => Promise<void>;

/** `isEverySize`: else as `docs/screenshots` has them. */
export function createShot(app: App, out: string, looks: readonly Look[], isEverySize: boolean): Shot {
  mkdirSync(out, { recursive: true });
  const sizes = isEverySize ? (Object.keys(SIZES) as (keyof typeof SIZES)[]) : (['1366x768'] as const);
  return async (name, part) => {
    const page = app.page();
    for (const size of sizes) {
      const { width, height, zoom } = SIZES[size];
      await app.electron().evaluate(
        ({ BrowserWindow }, bounds) => {
          const [window] = BrowserWindow.getAllWindows();
          window?.setContentSize(bounds.width, bounds.height);
          window?.webContents.setZoomFactor(bounds.zoom);
        },
        { width, height, zoom },
      );
      await page.waitForFunction((expected) => Math.abs(window.innerWidth - expected) <= 2, Math.round(width / zoom));
      await part?.scrollIntoViewIfNeeded();
      for (const look of looks) {
        await page.emulateMedia({ ...LOOKS[look], reducedMotion: 'reduce' });
        const file = [name, ...(size === '1366x768' ? [] : [size]), ...(look === 'light' ? [] : [look])].join('-');
        await page.evaluate(() => new Promise((painted) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(painted)), 250)));
        // The window's own picture: a page's screenshot does not understand zoom.
        const png = await app.electron().evaluate(async ({ BrowserWindow }) => {
          const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
          return image?.toPNG().toString('base64') ?? '';
        });
        writeFileSync(join(out, `${file}.png`), Buffer.from(png, 'base64'));
      }
    }
  };
}
