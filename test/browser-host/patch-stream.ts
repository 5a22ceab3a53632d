import type { ServerResponse } from 'node:http';
import { PATCH_EVENT, type Patch } from '../../preload/contract.ts';

/** As many as a page can miss while its line to the host was cut and still catch up without a new snapshot. */
const KEPT = 500;
/** Longer than proxies and browsers let a silent stream live is never needed on loopback; this only finds dead ends. */
const HEARTBEAT_MS = 20_000;

export type PatchStream = Readonly<{
  send(patch: Patch): void;
  /** Keeps this answer open and writes patches to it, from after the revision the page had last. */
  open(response: ServerResponse, headers: Record<string, string>, lastEventId: string | undefined): void;
  close(): void;
}>;

/** Patches as server-sent events, each with its revision as its id. `onWatched` is told whether anybody listens. */
export function createPatchStream(onWatched: (watched: boolean) => void): PatchStream {
  const open = new Set<ServerResponse>();
  const kept: Patch[] = [];
  const heartbeat = setInterval(() => {
    for (const response of open) response.write(':\n\n');
  }, HEARTBEAT_MS);
  const write = (response: ServerResponse, patch: Patch): void =>
    void response.write(`event: ${PATCH_EVENT}\nid: ${patch.revision}\ndata: ${JSON.stringify(patch)}\n\n`);

  return {
    send(patch) {
      kept.push(patch);
      if (kept.length > KEPT) kept.shift();
      for (const response of open) write(response, patch);
    },
    open(response, headers, lastEventId) {
      response.writeHead(200, { ...headers, 'content-type': 'text/event-stream; charset=utf-8' });
      response.write(':\n\n');
      // After a longer absence the first of these leaves a gap, and the page asks for a snapshot.
      const had = Number(lastEventId);
      if (lastEventId !== undefined && Number.isSafeInteger(had)) for (const patch of kept) if (patch.revision > had) write(response, patch);
      open.add(response);
      onWatched(true);
      response.on('close', () => {
        open.delete(response);
        onWatched(open.size > 0);
      });
    },
    close() {
      clearInterval(heartbeat);
      for (const response of open) response.end();
    },
  };
}
