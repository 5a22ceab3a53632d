import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { chromium } from 'playwright';
import type { ToolFound } from './find-electron.ts';

const DOWNLOAD_MS_MAX = 180_000;
const APT_MS_MAX = 240_000;

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable'] as const;

function usualPlaces(): readonly string[] {
  switch (process.platform) {
    case 'darwin':
      return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
    case 'win32': {
      const folders = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].filter((folder) => folder !== undefined);
      return folders.flatMap((folder) => [join(folder, 'Google/Chrome/Application/chrome.exe'), join(folder, 'Microsoft/Edge/Application/msedge.exe')]);
    }
    default: {
      const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin'].filter((folder) => folder !== '');
      return folders.flatMap((folder) => COMMANDS.map((command) => join(folder, command)));
    }
  }
}

/** A Chromium-family browser on this computer, or null. `TILLSIDE_BROWSER` names one that lies elsewhere. */
export function findBrowser(): string | null {
  const named = process.env.TILLSIDE_BROWSER;
  const candidates = [...(named ? [named] : []), chromium.executablePath(), ...usualPlaces()];
  return candidates.find((path) => path !== '' && existsSync(path)) ?? null;
}

/** As `findBrowser`, after fetching one where there is none: Playwright’s own, else Debian’s. */
export function ensureBrowser(): ToolFound {
  const found = findBrowser();
  if (found) return { path: found };
  console.log('No browser is there to test with: fetching one…');
  const playwright = join(dirname(createRequire(import.meta.url).resolve('playwright/package.json')), 'cli.js');
  const download = spawnSync(process.execPath, [playwright, 'install', 'chromium'], { timeout: DOWNLOAD_MS_MAX, stdio: 'inherit' });
  const downloaded = findBrowser();
  if (downloaded) return { path: downloaded };
  const tried = [`Playwright’s download ${download.signal ? 'did not end in time' : 'failed'}`];
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    const options = { timeout: APT_MS_MAX, stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
    spawnSync('apt-get', ['update'], options);
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], options);
    const installed = findBrowser();
    if (installed) return { path: installed };
    tried.push('apt-get install chromium failed');
  }
  return { path: null, tried: `no Chromium, Chrome or Edge in the usual places; ${tried.join('; ')}` };
}
