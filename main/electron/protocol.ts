import { protocol } from 'electron';
import { answerWithPage, type PageFiles } from '../platform/page-files.ts';
import type { Log } from '../ports/log.ts';

const SCHEME = 'app';
const HOST = 'tillside';
export const PAGE_URL = `${SCHEME}://${HOST}/`;

/** Is this one of the page's own addresses? */
export function isPageUrl(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === `${SCHEME}:` && url.host === HOST && url.username === '' && url.password === '';
}

/** Before the app is ready: a scheme of our own gives the page an origin, which a file has not. */
export function declarePageScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]);
}

/** How far the page has come: what of it was asked for, and given, for the first time. */
export type Given = Readonly<{ document: Promise<void>; script: Promise<void> }>;

/**
 * Serves the built page, and nothing else, at `app://tillside/`. By the older of Electron's two calls: `protocol.handle` builds its
 * requests with Node's fetch, which is loaded for that alone and takes longer than opening the ledger.
 */
export function servePage(files: PageFiles, log: Log): Given {
  const [document, script] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  protocol.registerBufferProtocol(SCHEME, ({ method, url }, answer) => {
    // An unknown host is looked up as a path that is not there: it gets the same 404 with the same headers.
    const urlPath = isPageUrl(url) ? new URL(url).pathname : '';
    const { status, headers, body } = answerWithPage(files, method, urlPath, "'none'");
    if (status !== 200) log.warn(`page: ${status} for ${method} ${url.slice(0, 200)}`);
    answer({ statusCode: status, headers, data: Buffer.from(body) });
    if (urlPath === '/') document.resolve();
    if (urlPath.endsWith('.js')) script.resolve();
  });
  return { document: document.promise, script: script.promise };
}
