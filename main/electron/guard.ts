import { app, type Session, session, shell, type WebContents } from 'electron';
import { allowedExternalLink } from '../platform/external-links.ts';
import type { Log } from '../ports/log.ts';
import { isPageUrl } from './protocol.ts';

/** Refuses, for every page and every session there is or ever will be, what the till has no use for. Call before the app is ready. */
export function guardApp(log: Log): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, log));
  app.on('session-created', guardSession);
  // A wrong certificate is never accepted, whoever asks, and the till has no certificate or password of its own to give.
  app.on('certificate-error', (event, _contents, url, error, _certificate, answer) => {
    event.preventDefault();
    log.warn(`certificate refused: ${error} at ${url}`);
    answer(false);
  });
  app.on('select-client-certificate', (event, _contents, _url, _certificates, choose) => {
    event.preventDefault();
    choose();
  });
  app.on('login', (event, _contents, _details, _authInfo, answer) => {
    event.preventDefault();
    answer();
  });
}

function guardContents(contents: WebContents, log: Log): void {
  // The page never leaves itself: it has one address and changes its content by script.
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    const address = allowedExternalLink(url);
    if (address === null) log.warn('window: a link was not opened, it is not on the list');
    else shell.openExternal(address).catch((error: unknown) => log.warn(`window: the browser did not open: ${String(error)}`));
    return { action: 'deny' };
  });
}

/** All the page may ask the PC for: to put text on the clipboard when a person presses Copy. Reading it stays denied. */
const isAllowed = (permission: string, address: string): boolean => permission === 'clipboard-sanitized-write' && isPageUrl(address);

function guardSession(guarded: Session): void {
  // Both are needed: one answers a page that asks, the other one that looks whether it may.
  guarded.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) => answer(isAllowed(permission, requestingUrl)));
  guarded.setPermissionCheckHandler((_contents, permission, origin) => isAllowed(permission, origin));
  guarded.setDevicePermissionHandler(() => false);
  guarded.on('will-download', (event) => event.preventDefault());
}

/**
 * The page's session reaches nothing but the page: what the till needs of the network goes through sessions without a page.
 * `devtools:` is the developer tools' own page, which a packaged till does not open. Call when the app is ready.
 */
export function keepPageOffTheNetwork(): void {
  const allowed = /^(app|devtools):/;
  session.defaultSession.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !allowed.test(details.url) }));
}
