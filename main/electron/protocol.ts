import { protocol } from 'electron';
import { answerWithPage, listPageFiles } from '../page-files.ts';
import type { Log } from '../ports.ts';

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

/** Serves the built page from `pageFolder`, and nothing else, at `app://tillside/`. */
export async function servePage(pageFolder: string, log: Log): Promise<void> {
  const files = await listPageFiles(pageFolder);
  protocol.handle(SCHEME, async (request) => {
    // An unknown host is looked up as a path that is not there: it gets the same 404 with the same headers.
    const urlPath = isPageUrl(request.url) ? new URL(request.url).pathname : '';
    const { status, headers, body } = await answerWithPage(files, request.method, urlPath, "'none'");
    if (status !== 200) log.warn(`page: ${status} for ${request.method} ${request.url.slice(0, 200)}`);
    return new Response(typeof body === 'string' ? body : new Uint8Array(body), { status, headers });
  });
}
