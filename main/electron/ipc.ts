import { type BrowserWindow, type IpcMainInvokeEvent, ipcMain } from 'electron';
import { type Channel, channels, PATCH_EVENT, type Patch, type Result, SHOW_EVENT, type Show } from '../../preload/contract.ts';
import { type Door, refusal } from '../app/dispatcher.ts';
import type { Log } from '../ports/log.ts';
import { isPageUrl } from './protocol.ts';

const eventNameOf = (name: Channel | typeof PATCH_EVENT | typeof SHOW_EVENT): string => `till:${name}`;

/** Connects the door to the page: one handler for each channel, for the main frame of our own window on our own page only. */
export function openIpc(door: Door, ownWindow: () => BrowserWindow | null, log: Log): void {
  for (const channel of Object.keys(channels)) {
    ipcMain.handle(eventNameOf(channel as Channel), async (event, ...args: unknown[]): Promise<Result<unknown>> => {
      if (!isOwnPage(event, ownWindow())) {
        log.warn(`ipc: ${channel} refused, not from the till's own page`);
        return refusal('forbidden', 'Only the till’s own window can do this.');
      }
      if (args.length > 1) return refusal('bad-input', 'The till did not understand this: there is more than one input.');
      return door.call(channel, args[0]);
    });
  }
}

function isOwnPage(event: IpcMainInvokeEvent, window: BrowserWindow | null): boolean {
  if (window === null || window.isDestroyed() || event.sender !== window.webContents) return false;
  // The frame is null where it went elsewhere or away since it asked.
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && frame === event.sender.mainFrame && isPageUrl(frame.url);
}

/** Sends each patch to the window there is; without one nobody needs it, and a new page begins with a snapshot. */
export function sendPatches(onPatch: (listener: (patch: Patch) => void) => () => void, ownWindow: () => BrowserWindow | null): () => void {
  return onPatch((patch) => sendEvent(PATCH_EVENT, patch, ownWindow()));
}

/** Asks the page to show a part of the till. */
export const sendShow = (show: Show, window: BrowserWindow | null): void => sendEvent(SHOW_EVENT, show, window);

function sendEvent(name: typeof PATCH_EVENT | typeof SHOW_EVENT, payload: Patch | Show, window: BrowserWindow | null): void {
  const contents = window?.webContents;
  if (contents && !contents.isDestroyed() && !contents.isCrashed() && isPageUrl(contents.getURL())) contents.send(eventNameOf(name), payload);
}
