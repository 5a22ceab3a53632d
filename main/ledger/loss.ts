import { z } from 'zod';
import type { Notice } from '../../preload/contract.ts';
import type { Connection } from './database.ts';
import { codeOf } from './disk-failure.ts';

const trouble = z.enum(['missing', 'damaged', 'behind']);
const keptAs = z.string().nullable();
const loss = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('restored'), trouble, date: z.string(), openActions: z.int(), newer: z.int(), keptAs }),
  z.strictObject({ kind: z.literal('cut-short'), openActions: z.int(), newer: z.int().default(0), keptAs }),
  z.strictObject({ kind: z.literal('empty'), trouble: trouble.exclude(['behind']), newer: z.int(), keptAs }),
]);
/** What is missing in a ledger. `newer`: backups of a newer Tillside; `keptAs`: the file as it was, moved or copied out of the way. */
export type Loss = z.infer<typeof loss>;
/** `behind`: it is sound, and a backup has all of it and more. */
export type Trouble = z.infer<typeof trouble>;

/** The fact that holds the losses that no start has told of yet. */
const UNTOLD = 'untoldLosses';

function untoldIn(db: Connection): readonly Loss[] {
  const [fact] = db.prepare<[string], { value: string }>('SELECT value FROM facts WHERE name = ?').all(UNTOLD);
  if (!fact) return [];
  try {
    return z.array(loss).parse(JSON.parse(fact.value));
  } catch {
    return [];
  }
}

/**
 * Goes into the ledger with what is done about the loss, in one step: the disk may refuse what this start does next, and a later one
 * finds a sound ledger.
 */
export function keepUntold(db: Connection, untold: Loss): void {
  const all = [...untoldIn(db).filter(({ kind }) => kind !== untold.kind), untold];
  db.prepare<[string, string]>('INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value').run(
    UNTOLD,
    JSON.stringify(all),
  );
}

/** For a start that has got as far as telling them. Where the disk keeps them they are told of once more. */
export function takeUntold(db: Connection): readonly Notice[] {
  const untold = untoldIn(db);
  if (untold.length === 0) return [];
  try {
    db.prepare<[string]>('DELETE FROM facts WHERE name = ?').run(UNTOLD);
  } catch (error) {
    if (codeOf(error) === null) throw error;
  }
  return untold.map((each) => ({ code: `ledger-${each.kind}`, message: messageOf(each) }));
}

function messageOf(told: Loss): string {
  switch (told.kind) {
    case 'restored':
      return `The file with the queue and history is ${told.trouble === 'behind' ? 'older than its backup' : told.trouble}. Tillside went back to its backup of ${told.date}: what was done after it was made may be missing here.${notSent(told.openActions)}${notUsed(told.newer)}${kept(told.keptAs, told.trouble === 'behind' ? 'older' : 'damaged')}`;
    case 'cut-short':
      return `The newest part of the queue and history is gone from its file: what was done last before Tillside stopped is missing here.${notSent(told.openActions)}${notUsed(told.newer)}${kept(told.keptAs, 'incomplete')}`;
    case 'empty':
      return `The file with the queue and history is ${told.trouble} and there was no good backup, so Tillside starts with an empty one. Actions that were waiting are not in it and will not be sent: compare with Dojo.${notUsed(told.newer)}${kept(told.keptAs, 'damaged')}`;
  }
}

const notSent = (openActions: number): string =>
  openActions === 0
    ? ''
    : ` ${openActions === 1 ? 'One action that was open then will not be sent by itself' : `${openActions} actions that were open then will not be sent by themselves`}: compare with Dojo and decide.`;

/** Of what they know nothing can be said here; a newer Tillside could go back to them. */
const notUsed = (count: number): string =>
  count === 0
    ? ''
    : ` ${count === 1 ? 'One backup' : `${count} backups`} of a newer Tillside could not be used: ask whoever looks after this PC before you go on.`;

const kept = (name: string | null, file: 'damaged' | 'older' | 'incomplete'): string => (name === null ? '' : ` The ${file} file is kept as “${name}”.`);
