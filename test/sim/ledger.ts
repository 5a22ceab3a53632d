import { type Action, isFinal } from '../../main/core/action.ts';
import type { Payment } from '../../main/core/payment.ts';
import { err, ok, type Result } from '../../main/core/result.ts';
import type { Account, ActivityEntry, DiskFailure, Ledger } from '../../main/ports.ts';

/** What a disk holds: it outlives the till that wrote it. */
export type SimDisk = {
  actions: Map<string, string>;
  payments: Map<string, { accountId: string; payment: Payment }>;
  activity: ActivityEntry[];
  accounts: Map<string, Account>;
  keys: Map<string, string>;
  facts: Map<string, string>;
};

export const emptyDisk = (): SimDisk => ({ actions: new Map(), payments: new Map(), activity: [], accounts: new Map(), keys: new Map(), facts: new Map() });

/** A ledger on a simulated disk. `beforeWrite` may refuse a write, or end the till's life by throwing, before or after it takes hold. */
export function createSimLedger(disk: SimDisk, write: (take: () => void) => DiskFailure | null): Ledger {
  const attempt = (take: () => void): Result<null, DiskFailure> => {
    const failure = write(take);
    return failure ? err(failure) : ok(null);
  };
  // Through JSON, as on a real disk: what cannot be written down cannot be read back.
  const actions = (): Action[] => [...disk.actions.values()].map((body) => JSON.parse(body) as Action).sort((a, b) => a.seq - b.seq);
  return {
    loadActions: (endedSinceMs) => ({ actions: actions().filter((action) => !isFinal(action) || action.changedAtMs >= endedSinceMs), setAside: 0, setAsideLanes: [] }),
    findRequest: (requestId) => actions().find((action) => action.requestId === requestId) ?? null,
    actionsOn: (accountId, paymentId) => actions().filter((action) => action.accountId === accountId && action.paymentId === paymentId),
    nextSeq: () => actions().reduce((most, action) => Math.max(most, action.seq), 0) + 1,
    writeActions: (changed, activity) =>
      attempt(() => {
        for (const action of changed) disk.actions.set(action.id, JSON.stringify(action));
        disk.activity.push(...activity);
      }),
    writePayments: (accountId, payments) =>
      attempt(() => {
        for (const payment of payments) disk.payments.set(`${accountId} ${payment.id}`, { accountId, payment });
      }),
    payment: (accountId, paymentId) => disk.payments.get(`${accountId} ${paymentId}`)?.payment ?? null,
    payments: (accountId, fromMs, toMs, openHolds) =>
      [...disk.payments.values()]
        .filter((row) => row.accountId === accountId)
        .map((row) => row.payment)
        .filter(({ createdAtMs, status }) => (createdAtMs >= fromMs && createdAtMs < toMs) || (openHolds && status === 'Authorized' && createdAtMs < fromMs))
        .sort((a, b) => b.createdAtMs - a.createdAtMs),
    activityOn: (paymentId) => disk.activity.filter((entry) => entry.paymentId === paymentId),
    accounts: () => [...disk.accounts.values()],
    writeAccount: (account, fingerprint) =>
      attempt(() => {
        disk.accounts.set(account.id, account);
        disk.keys.set(fingerprint, account.id);
      }),
    accountByKey: (fingerprint) => disk.accounts.get(disk.keys.get(fingerprint) ?? '') ?? null,
    readFact: (name) => disk.facts.get(name) ?? null,
    writeFact: (name, value) => attempt(() => void disk.facts.set(name, value)),
    purge: () => ok({ payments: 0, actions: 0 }),
    backUp: async () => undefined,
    close: () => undefined,
  };
}
