import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';

/**
 * Serves the built page and nothing else. What can be had is listed once, from the folder itself, by the exact path it is asked
 * for; a request is looked up in that list and never becomes a path. So `..`, its encodings, drive letters, other folders and
 * symbolic links (which are not listed) have nothing to work on.
 */
export type PageFiles = Readonly<{
  /** The file for a URL's path as it was received, still encoded; null: there is none. */
  find(urlPath: string): Readonly<{ path: string; type: string }> | null;
}>;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

export async function listPageFiles(root: string): Promise<PageFiles> {
  const files = new Map<string, Readonly<{ path: string; type: string }>>();
  async function list(folder: string, urlFolder: string): Promise<void> {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      const urlPath = `${urlFolder}/${encodeURIComponent(entry.name)}`;
      const type = TYPES[extname(entry.name)];
      if (entry.isDirectory()) await list(path, urlPath);
      else if (entry.isFile() && type !== undefined) files.set(urlPath, { path, type });
    }
  }
  await list(root, '');
  const index = files.get('/index.html');
  if (!index) throw new Error(`expected the built page in ${root}, found no index.html`);
  files.set('/', index);
  return { find: (urlPath) => files.get(urlPath) ?? null };
}

/**
 * The page's policy: from nothing, its own scripts, styles, fonts and images. `connect` is 'none' where the page talks through
 * the preload script, and 'self' on the browser host, whose bridge talks over HTTP.
 */
export const contentSecurityPolicy = (connect: "'none'" | "'self'"): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${connect}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

/** What a page could ask the PC for, and a till's page never needs. */
const NO_PERMISSIONS = ['camera', 'microphone', 'geolocation', 'display-capture', 'clipboard-read', 'usb', 'serial', 'hid', 'midi', 'payment']
  .map((feature) => `${feature}=()`)
  .join(', ');

/**
 * Headers of every answer, refusals too. None on openers: nothing opens this page, and told of it Chromium would start a second
 * process for a page that has one.
 */
export const pageHeaders = (connect: "'none'" | "'self'"): Record<string, string> => ({
  'content-security-policy': contentSecurityPolicy(connect),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy': NO_PERMISSIONS,
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
});

export type PageAnswer = Readonly<{ status: number; headers: Record<string, string>; body: Buffer | string }>;

/** At once: few files, of a folder of the program's own. Read piece by piece they would wait between the pieces of a till that opens. */
export function answerWithPage(files: PageFiles, method: string, urlPath: string, connect: "'none'" | "'self'"): PageAnswer {
  const headers = pageHeaders(connect);
  const plain = { ...headers, 'content-type': 'text/plain; charset=utf-8' };
  if (method !== 'GET') return { status: 405, headers: { ...plain, allow: 'GET' }, body: 'Only GET is answered here.' };
  const file = files.find(urlPath);
  if (!file) return { status: 404, headers: plain, body: 'There is no such page.' };
  return { status: 200, headers: { ...headers, 'content-type': file.type }, body: readFileSync(file.path) };
}
