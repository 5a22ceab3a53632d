/** `npm run dojo`: the simulated Dojo for development, on the loopback address. */
import 'temporal-polyfill/global';
import type { IncomingMessage } from 'node:http';
import { parseArgs } from 'node:util';
import { knownZone } from '../main/core/day/day.ts';
import { TRAINING_ACCOUNT } from '../main/simulator/bank.ts';
import type { FaceAnswer } from '../main/simulator/delivery.ts';
import type { Switches } from '../main/simulator/switches.ts';
import { type DojoServer, startDojoServer } from '../test/simulator/dojo-server.ts';
import { controlAnswer } from './dojo-control.ts';
import { HELP } from './dojo-help.ts';
import { switchIn } from './dojo-schemas.ts';

const fail = (message: string): never => {
  process.stderr.write(`${message}\nSee: npm run dojo -- --help\n`);
  process.exit(2);
};

function wholeNumber(text: string | undefined, name: string, most: number): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  return value <= most ? value : fail(`--${name} is a whole number from 0 to ${most}, not “${text}”.`);
}

function switchOf(text: string): Partial<Switches> {
  const read = switchIn(text);
  return read.ok ? read.patch : fail(`--set ${text}: ${read.why}`);
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        help: { type: 'boolean', short: 'h' },
        port: { type: 'string' },
        seed: { type: 'string' },
        zone: { type: 'string' },
        keys: { type: 'string' },
        payments: { type: 'string' },
        holds: { type: 'string' },
        charges: { type: 'boolean' },
        links: { type: 'string' },
        set: { type: 'string', multiple: true },
        'quiet-shop': { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

const asked = readArguments();
if (asked.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const port = wholeNumber(asked.port, 'port', 65_535) ?? 4010;
const seed = wholeNumber(asked.seed, 'seed', 0xffff_ffff) ?? 1;
const payments = wholeNumber(asked.payments, 'payments', 100_000);
const holds = wholeNumber(asked.holds, 'holds', 10_000);
const links = wholeNumber(asked.links, 'links', 50_000);
const switches: Partial<Switches> = Object.assign({}, ...(asked.set ?? []).map(switchOf));
const zone = asked.zone ?? 'Europe/London';
if (knownZone(zone) === null) fail(`There is no time zone “${zone}”.`);
const keys = asked.keys?.split(',') ?? ['sk_sandbox_practice01'];
if (keys.some((key) => !/^[\x21-\x7e]+$/.test(key))) fail('--keys are separated by commas and have no spaces.');

let server: DojoServer | null = null;
const beside = (request: IncomingMessage, body: string): FaceAnswer | null => (server ? controlAnswer(server, request, body, HELP) : null);
try {
  server = await startDojoServer({
    port,
    seed,
    zone,
    keys: Object.fromEntries(keys.map((key, place) => [key, place === 0 ? TRAINING_ACCOUNT : `acc_${place + 1}`])),
    switches,
    day: {
      ...(payments === undefined ? {} : { payments }),
      ...(holds === undefined ? {} : { holds }),
      ...(links === undefined ? {} : { links }),
      charges: asked.charges ?? false,
    },
    beside,
  });
} catch (error) {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') fail(`Port ${port} is taken. Choose another with --port.`);
  if (code === 'EACCES') fail(`Port ${port} may not be opened here. Choose another with --port.`);
  fail(error instanceof Error ? error.message : String(error));
}

if (server) {
  const running = server;
  if (!asked['quiet-shop']) running.arrivals.start();
  process.stdout.write(`A simulated Dojo with ${running.bank.intents().length} payments (seed ${seed}) answers at ${running.url}\n`);
  process.stdout.write(`  TILLSIDE_DOJO_URL=${running.url}\n  API key: ${keys[0]}\n  ${running.url}/_training/ lists what else it can do. Ctrl-C ends it.\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void running.close().then(() => process.exit(0)));
}
