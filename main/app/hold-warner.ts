import { z } from 'zod';
import { type OpenHold, planWarnings, type Warned, type WarningSetting } from '../core/holds/hold-warnings.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Notifier } from '../ports/notifier.ts';
import { keptIn } from './kept-fact.ts';

export type HoldWatch = Readonly<{
  /** Looks at an account's open holds once more, and tells a person what has become due since. */
  look(accountId: string, holds: readonly OpenHold[]): void;
}>;

const warnedSchema = z.record(z.string(), z.array(z.string()));

/** Sees to it that no hold ends unseen. What was told is in the ledger: a restart repeats nothing. */
export function createHoldWatch(options: Readonly<{ ledger: Ledger; setting: () => WarningSetting; notify: Notifier['notify'] }>): HoldWatch {
  const { ledger, setting, notify } = options;
  /** Beside the ledger: a disk that cannot be written must not make the same warning come again at each look. */
  const known = new Map<string, Warned>();

  function read(accountId: string): Warned {
    return keptIn(ledger.readFact(factOf(accountId)), warnedSchema, {});
  }

  return {
    look(accountId, holds) {
      const before = known.get(accountId) ?? read(accountId);
      const { warning, warned } = planWarnings(holds, setting(), before);
      known.set(accountId, warned);
      if (warned !== before) ledger.writeFact(factOf(accountId), JSON.stringify(warned));
      if (warning) notify({ ...warning, show: { view: 'holds' } });
    },
  };
}

const factOf = (accountId: string): string => `holdsWarned:${accountId}`;
