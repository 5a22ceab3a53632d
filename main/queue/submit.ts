import type { ActionRequest } from '../../preload/contract.ts';
import type { Ledger } from '../ports/ledger.ts';
import { type Decided, type Deciding, decide } from './decide.ts';
import { type Attempt, notWritten } from './not-written.ts';

/** Decides, and writes down what is accepted in one piece. Only what is on the disk is called accepted. */
export function accept(requests: readonly ActionRequest[], ledger: Pick<Ledger, 'writeActions'>, deciding: Deciding): Attempt<Decided> {
  const decided = decide(requests, deciding);
  if (!decided.ok || decided.value.accept.length === 0) return { result: decided, isBusy: false };
  const written = ledger.writeActions(
    decided.value.accept,
    decided.value.accept.map((action) => ({
      atMs: action.acceptedAtMs,
      accountId: action.accountId,
      what: 'accepted',
      paymentId: action.paymentId,
      actionId: action.id,
      note: action.move.kind,
    })),
  );
  return written.ok ? { result: decided, isBusy: false } : notWritten(written.error, 'No money moves.');
}
