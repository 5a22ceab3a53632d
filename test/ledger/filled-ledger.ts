import { copyFileSync, existsSync } from 'node:fs';
import type { Action } from '../../main/core/queue/action.ts';
import { openLedger } from '../../main/ledger/open.ts';
import { type SeededRandom, seededRandom } from '../../main/simulator/random.ts';
import { anAction, anOutcome, aPayment, NOON_MS } from '../builders.ts';
import { anEntry } from './a-ledger.ts';

export const TODAY = '2026-06-15';
const YESTERDAY = '2026-06-14';

/** Every version of every action that was written, and the last of each. */
export type Written = Readonly<{ last: ReadonlyMap<string, Action>; versions: ReadonlyMap<string, readonly Action[]> }>;

/** A ledger that was in use, with a backup of yesterday and one of today. It is closed, or left as a power cut leaves it. */
export async function fillLedger(file: string, seed: number, powerCut: boolean): Promise<Written> {
  const random = seededRandom(seed);
  const running = `${file}.running`;
  const opened = openLedger({ file: running, nowMs: NOON_MS });
  if ('failure' in opened) throw new Error(opened.failure.message);
  const { ledger } = opened;
  const last = new Map<string, Action>();
  const versions = new Map<string, Action[]>();

  function write(...actions: Action[]): void {
    const activity = actions.map(({ id, paymentId, state }) => anEntry({ actionId: id, paymentId, what: state }));
    const result = ledger.writeActions(actions, activity);
    if (!result.ok) throw new Error(result.error.message);
    for (const action of actions) {
      last.set(action.id, action);
      versions.set(action.id, [...(versions.get(action.id) ?? []), action]);
    }
  }
  const accept = (count: number): void => write(...Array.from({ length: count }, () => accepted(random, ledger.nextSeq())));
  /** One step in the life of some of them, each written by itself. */
  function goOn(count: number): void {
    for (const action of [...last.values()].filter(({ state }) => state !== 'done').slice(0, count)) write(oneStepOn(action));
  }

  accept(random.whole(5, 40));
  ledger.writePayments(
    'acc_1',
    Array.from({ length: 60 }, () => aPayment({ description: 'x'.repeat(random.whole(0, 300)) })),
  );
  goOn(10);
  await ledger.backUp(YESTERDAY, true);
  accept(random.whole(5, 40));
  goOn(15);
  await ledger.backUp(TODAY, true);
  accept(random.whole(1, 20));
  goOn(random.whole(1, 25));
  if (!powerCut) ledger.close();
  copyLedger(running, file);
  ledger.close();
  return { last, versions };
}

/** With all that belongs to it but the lock. */
export function copyLedger(from: string, to: string): void {
  for (const part of ['', '-wal', '.mark', `.backup-${TODAY}`, `.backup-${YESTERDAY}`])
    if (existsSync(`${from}${part}`)) copyFileSync(`${from}${part}`, `${to}${part}`);
}

const accepted = (random: SeededRandom, seq: number): Action =>
  anAction({ seq, paymentId: `pi_${random.token(8)}`, reference: `Room ${random.whole(1, 99)}`, move: { kind: 'capture', amount: random.whole(1, 99_999) } });

function oneStepOn(action: Action): Action {
  const changedAtMs = action.changedAtMs + 1_000;
  if (action.state === 'waiting') return { ...action, state: 'sending', sends: 1, firstSentAtMs: changedAtMs, sentAtMs: changedAtMs, changedAtMs };
  return { ...action, state: 'done', outcome: anOutcome(), changedAtMs };
}
