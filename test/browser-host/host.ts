import 'temporal-polyfill/global';
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { createDoor } from '../../main/app/dispatcher.ts';
import { createSettings } from '../../main/app/settings.ts';
import { startTill } from '../../main/app/till.ts';
import { openLedger } from '../../main/ledger/open.ts';
import { chooseDojoUrl } from '../../main/platform/dojo-url.ts';
import { keepForOwner } from '../../main/platform/owner-only.ts';
import { listPageFiles } from '../../main/platform/page-files.ts';
import { realClock } from '../../main/platform/real-clock.ts';
import { createRealPlace, homeWithoutStorage } from '../../main/platform/real-place.ts';
import { realRandom } from '../../main/platform/real-random.ts';
import { redact } from '../../main/platform/redact.ts';
import { setAsideFilesIn } from '../../main/platform/set-aside-files.ts';
import type { Log } from '../../main/ports/log.ts';
import type { Vault } from '../../main/ports/vault.ts';
import { jsonFile } from './json-file.ts';
import { createNodeHttp } from './node-http.ts';
import { serve } from './server.ts';

export type BrowserHost = Readonly<{ url: string; close(): Promise<void> }>;

/** A browser has no secure storage: a test key is held for this run, in this process; a live one is refused by the till. */
const noVault: Vault = {
  unavailable: async () => 'Tillside runs in the browser here, where no key can be kept.',
  store: async () => ({ ok: false, error: 'Tillside runs in the browser here, where no key can be kept.' }),
  load: async () => ({ kind: 'none' }),
  forget: async () => ({ ok: true, value: null }),
};

/**
 * The same till and the same built page as in Electron, served on a loopback port to one browser, where Electron's binary cannot
 * be had. `profile` is the folder for its ledger and settings. Rejects where the ledger cannot be opened.
 */
export async function startBrowserHost(options: { profile: string; port?: number; dojoUrl?: string | undefined; log?: Log }): Promise<BrowserHost> {
  const { profile, port = 0, log = terminalLog } = options;
  keepForOwner(profile);
  mkdirSync(profile, { recursive: true });
  const dojo = chooseDojoUrl(options.dojoUrl, false);
  const http = createNodeHttp();
  const started = await startTill({
    clock: realClock,
    random: realRandom,
    http,
    vault: noVault,
    home: homeWithoutStorage(createRealPlace(profile)),
    // A page in a browser shows no notifications of its own; it says the same in its bands.
    notifier: { notify: () => undefined },
    log,
    openLedger: (which, { fresh }) => openLedger({ file: join(profile, 'ledger', `${which}.sqlite`), nowMs: realClock.nowMs(), fresh }),
    settings: createSettings({ file: jsonFile(join(profile, 'settings.json')), hostZone: Intl.DateTimeFormat().resolvedOptions().timeZone }),
    setAside: setAsideFilesIn([profile, join(profile, 'ledger')]),
    dojoUrl: dojo.url,
    notices: dojo.ignored === null ? [] : [{ code: 'dojo-url-ignored', message: dojo.ignored }],
  });
  if (!started.ok) throw new Error(started.error.message);
  const till = started.value;
  const door = createDoor(till.handlers, log, { checkOutputs: true });
  const files = await listPageFiles(resolve(import.meta.dirname, '../../out/renderer'));
  const server = await serve({ door, files, onPatch: till.onPatch, setFocused: till.setFocused, log }, port);
  return {
    url: server.url,
    async close() {
      await till.quiet();
      await server.close();
      await till.close();
      http.close();
    },
  };
}

const toTerminal = (message: string): void => void process.stderr.write(`${redact(message)}\n`);
const terminalLog: Log = { info: () => undefined, warn: toTerminal, error: toTerminal };

function defaultProfile(): string {
  const name = 'Tillside Browser';
  switch (process.platform) {
    case 'win32':
      return join(process.env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), name);
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', name);
    default:
      return join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), name);
  }
}

/** Starts a host as `args` say, prints its address, and closes it when the terminal asks. Returns the address. */
export async function runInTerminal(args: readonly string[]): Promise<string> {
  const { values } = parseArgs({ args: [...args], options: { profile: { type: 'string' }, port: { type: 'string' } } });
  const host = await startBrowserHost({
    profile: resolve(values.profile ?? defaultProfile()),
    port: Number(values.port ?? 0),
    dojoUrl: process.env.TILLSIDE_DOJO_URL,
  });
  console.log(`Tillside is running at ${host.url}`);
  let leaving = false;
  const leave = (): void => {
    if (leaving) process.exit(1);
    leaving = true;
    console.log('Tillside is closing; what is being sent is waited for. Press Ctrl+C again to leave at once.');
    host.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', leave).on('SIGTERM', leave);
  return host.url;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  runInTerminal(process.argv.slice(2)).catch((error: unknown) => {
    console.error(`Tillside could not start. ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  });
}
