import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createSettings } from '../../main/app/settings.ts';
import { startTill } from '../../main/app/till.ts';
import { openLedger, type SqliteLedger } from '../../main/ledger/open.ts';
import { realClock } from '../../main/platform/real-clock.ts';
import { createRealPlace, homeWithoutStorage } from '../../main/platform/real-place.ts';
import { realRandom } from '../../main/platform/real-random.ts';
import type { Log } from '../../main/ports/log.ts';
import type { Vault } from '../../main/ports/vault.ts';
import type { Input, Snapshot } from '../../preload/contract.ts';
import { jsonFile } from '../browser-host/json-file.ts';
import { createNodeHttp } from '../browser-host/node-http.ts';

/** No key is kept: the test key is for this run only. */
const noVault: Vault = {
  unavailable: async () => 'No key is kept here.',
  store: async () => ({ ok: false, error: 'No key is kept here.' }),
  load: async () => ({ kind: 'none' }),
  forget: async () => ({ ok: true, value: null }),
};
const say = (message: string): void => void process.stderr.write(`${message}\n`);
const log: Log = { info: () => undefined, warn: say, error: say };

export type NodeTill = Awaited<ReturnType<typeof nodeTill>>;

/** The real till with its real ledger on the disk and real sockets, in this process, with a profile that goes with it. */
export async function nodeTill(dojoUrl: string) {
  const profile = mkdtempSync(join(tmpdir(), 'tillside-bench-'));
  const http = createNodeHttp();
  let ledger: SqliteLedger | null = null;
  const started = await startTill({
    clock: realClock,
    random: realRandom,
    http,
    vault: noVault,
    home: homeWithoutStorage(createRealPlace(profile)),
    notifier: { notify: () => undefined },
    log,
    openLedger(which, { fresh }) {
      const opened = openLedger({ file: join(profile, 'ledger', `${which}.sqlite`), nowMs: realClock.nowMs(), fresh });
      if ('ledger' in opened) ledger = opened.ledger;
      return opened;
    },
    settings: createSettings({ file: jsonFile(join(profile, 'settings.json')), hostZone: 'Europe/London' }),
    dojoUrl,
    notices: [],
  });
  if (!started.ok) throw new Error(started.error.message);
  const till = started.value;

  async function snapshot(): Promise<Snapshot> {
    const answer = await till.handlers.getSnapshot(undefined);
    if (!answer.ok) throw new Error(answer.error.message);
    return answer.value;
  }
  return {
    till,
    profile,
    snapshot,
    ledger(): SqliteLedger {
      if (!ledger) throw new Error('expected an open ledger');
      return ledger;
    },
    async connect(apiKey: string): Promise<void> {
      const answer = await till.handlers.connect({ apiKey, thisRunOnly: true });
      if (!answer.ok) throw new Error(answer.error.message);
    },
    /** Waits until what main shows is as wanted. Looks rarely: looking costs main time as well. */
    async until(wanted: (now: Snapshot) => boolean, everyMs = 100): Promise<void> {
      while (!wanted(await snapshot())) await wait(everyMs);
    },
    async submit(requests: Input<'submit'>['requests']): Promise<void> {
      const answer = await till.handlers.submit({ requests });
      if (!answer.ok) throw new Error(answer.error.message);
    },
    async close(): Promise<void> {
      await till.quiet();
      await till.close();
      http.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
