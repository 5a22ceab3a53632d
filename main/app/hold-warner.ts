import { z } from 'zod';
import { type OpenHold, planWarnings, type Warned, type WarningSetting } from '../core/holds/hold-warnings.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Notifier } from '../ports/notifier.ts';
import { createAccountFact } from './account-fact.ts';

export type HoldWatch = Readonly<{
  /** Looks at an account's open holds once more, and tells a person what has become due since. */
  look(accountId: string, holds: readonly OpenHold[]): void;
}>;

const warnedSchema = z.record(z.string(), z.array(z.string()));

/** Sees to it that no hold ends unseen. What was told is in the ledger: a restart repeats nothing. */
export function createHoldWatch(options: Readonly<{ ledger: Ledger; setting: () => WarningSetting; notify: Notifier['notify'] }>): HoldWatch {
  const { ledger, setting, notify } = options;
  const fact = createAccountFact<Warned>(ledger, 'holdsWarned', warnedSchema, {});
  return {
    look(accountId, holds) {
      const before = fact.of(accountId);
      const { warning, warned } = planWarnings(holds, setting(), before);
      if (warned !== before) fact.keep(accountId, warned);
      if (warning) notify({ ...warning, show: { view: 'holds' } });
    },
  };
}
