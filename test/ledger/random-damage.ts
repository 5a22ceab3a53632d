import { readFileSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Action, ActionState } from '../../main/core/queue/action.ts';
import { openLedger } from '../../main/ledger/open.ts';
import { type SeededRandom, seededRandom } from '../../main/simulator/random.ts';
import { MINUTE_MS, NOON_MS } from '../builders.ts';
import { damageFile, overwrite } from './damage-file.ts';
import { TODAY, type Written } from './filled-ledger.ts';

/** Where the damage falls. `wal`: on what was written last before a power cut. `one byte`: small enough to pass for sense. */
export const TARGETS = ['ledger', 'one byte', 'header', 'ledger and newest backup', 'ledger after a power cut', 'wal', 'mark'] as const;
export type Target = (typeof TARGETS)[number];
export const afterPowerCut = (target: Target): boolean => target === 'wal' || target === 'ledger after a power cut';

const LATER_MS = NOON_MS + 60 * MINUTE_MS;
const HEADER_BYTES = 100;

/** Damages a ledger as the seed says and opens it again. Returns what is wrong then, as sentences. */
export function damageAndOpen(file: string, written: Written, seed: number, target: Target): readonly string[] {
  const random = seededRandom(seed);
  const damage = damageAt(file, target, random);
  const opened = openAgain(file);
  const again = openAgain(file);
  const wrong = [
    ...(typeof opened === 'string' ? [opened] : judge(written, opened)),
    ...(typeof again === 'string' ? [again] : []),
    ...(typeof opened === 'string' || typeof again === 'string' ? [] : judgeSecond(opened, again)),
  ];
  return wrong.map((sentence) => `seed ${seed}, ${damage}: ${sentence}`);
}

function damageAt(file: string, target: Target, random: SeededRandom): string {
  switch (target) {
    case 'ledger':
    case 'ledger after a power cut':
      return damageFile(file, random);
    case 'wal':
      return damageFile(`${file}-wal`, random);
    case 'mark':
      return damageFile(`${file}.mark`, random);
    case 'header':
      return overwrite(file, random, HEADER_BYTES);
    case 'one byte':
      return changeDigit(file, random);
    case 'ledger and newest backup':
      return `${damageFile(file, random)}; ${damageFile(`${file}.backup-${TODAY}`, random)}`;
  }
}

/** An amount becomes another one: nothing about the file is out of order. */
function changeDigit(file: string, random: SeededRandom): string {
  const bytes = readFileSync(file);
  const text = bytes.toString('latin1');
  const at = random.pick([...text.matchAll(/"amount":(?=[1-9])/g)].map((match) => match.index + match[0].length));
  bytes[at] = (bytes[at] ?? 0) === 0x39 ? 0x31 : (bytes[at] ?? 0) + 1;
  writeFileSync(file, bytes);
  return `a digit at ${at}`;
}

type Opened = Readonly<{ actions: readonly Action[]; setAside: number; notices: readonly string[] }>;

/** What is found, or why the ledger does not open: damage must never keep a shop from its till. */
function openAgain(file: string): Opened | string {
  try {
    const opened = openLedger({ file, nowMs: LATER_MS });
    if ('failure' in opened) return `it does not open: ${opened.failure.message}`;
    const { actions, setAside } = opened.ledger.loadActions(0);
    opened.ledger.close();
    return { actions, setAside, notices: opened.notices.map(({ code }) => code) };
  } catch (error) {
    return `it breaks the till: ${String(error)}`;
  }
}

const SENT_BY_ITSELF: ReadonlySet<ActionState> = new Set(['waiting', 'sending', 'checking']);
/** These tell that something may be missing. */
const TELLS_OF_LOSS = ['ledger-restored', 'ledger-empty', 'ledger-cut-short'];

function judge({ last, versions }: Written, { actions, setAside, notices }: Opened): string[] {
  const tells = notices.some((code) => TELLS_OF_LOSS.includes(code));
  const found = new Map(actions.map((action) => [action.id, action]));
  const absent = [...last.values()].filter(({ id }) => !found.has(id));
  const older = [...last.values()].filter((action) => found.has(action.id) && !isDeepStrictEqual(found.get(action.id), action));
  const invented = actions.filter((action) => !versions.get(action.id)?.some((version) => isDeepStrictEqual(version, action) || isHandedOver(version, action)));
  return [
    ...invented.map((action) => `it holds what nobody wrote: ${JSON.stringify(action)}`),
    ...(tells || older.length === 0 ? [] : [`${older.length} actions are not as they were and nothing says so`]),
    ...(tells || absent.length === 0 || notices.includes('ledger-set-aside') ? [] : [`${absent.length} actions are gone and nothing says so`]),
    ...(tells || absent.length === setAside ? [] : [`${absent.length} actions are not there, ${setAside} are said to be set aside`]),
    ...actions.filter(({ state }) => tells && SENT_BY_ITSELF.has(state)).map(({ id, state }) => `${id} is ${state} after a loss: it would go on by itself`),
  ];
}

/** The same decision, given to a person. */
const isHandedOver = (written: Action, now: Action): boolean =>
  now.state === 'needsPerson' &&
  now.outcome?.code === 'restored' &&
  isDeepStrictEqual({ ...written, state: now.state, outcome: now.outcome, changedAtMs: now.changedAtMs }, now);

const judgeSecond = (first: Opened, second: Opened): string[] => [
  ...(isDeepStrictEqual(first.actions, second.actions) ? [] : ['opened once more, it holds something else']),
  ...second.notices.filter((code) => TELLS_OF_LOSS.includes(code)).map((code) => `opened once more, it says ${code} again`),
];
