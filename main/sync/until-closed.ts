import { err, ok } from '../core/result.ts';
import type { DiskFailure, Ledger } from '../ports/ledger.ts';

const CLOSED = err<DiskFailure>({ code: 'broken', message: 'Tillside is being closed, so nothing was saved.' });

/**
 * The ledger, that after it was closed keeps nothing, says so, and knows nothing. Answers of Dojo's that come late, and timers, may
 * still ask it: the closed database itself would throw.
 */
export function untilClosed(ledger: Ledger): Ledger {
  let open = true;
  const or =
    <Asked extends unknown[], Answer>(ask: (...asked: Asked) => Answer, closed: Answer) =>
    (...asked: Asked): Answer =>
      open ? ask(...asked) : closed;
  return {
    loadActions: or(ledger.loadActions, { actions: [], setAside: 0, setAsideLanes: [] }),
    findRequest: or(ledger.findRequest, null),
    actionsOn: or(ledger.actionsOn, []),
    // It is written nowhere: what is decided with it is refused.
    nextSeq: or(ledger.nextSeq, Number.MAX_SAFE_INTEGER),
    writeActions: or(ledger.writeActions, CLOSED),
    writePayments: or(ledger.writePayments, CLOSED),
    payment: or(ledger.payment, null),
    payments: or(ledger.payments, []),
    newestPayments: or(ledger.newestPayments, []),
    findPayments: or(ledger.findPayments, []),
    activityOn: or(ledger.activityOn, []),
    changedElsewhereSince: or(ledger.changedElsewhereSince, []),
    knownBefore: or(ledger.knownBefore, new Map()),
    accounts: or(ledger.accounts, []),
    writeAccount: or(ledger.writeAccount, CLOSED),
    accountByKey: or(ledger.accountByKey, null),
    readFact: or(ledger.readFact, null),
    writeFact: or(ledger.writeFact, CLOSED),
    tillId: or(ledger.tillId, ''),
    handOver: or(ledger.handOver, CLOSED),
    purge: or(ledger.purge, CLOSED),
    purgeActivity: or(ledger.purgeActivity, CLOSED),
    backUp: or(ledger.backUp, Promise.resolve(ok(null))),
    close() {
      if (!open) return;
      open = false;
      ledger.close();
    },
  };
}
