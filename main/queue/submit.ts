import type { ActionRequest, TillError } from '../../preload/contract.ts';
import { err, type Result } from '../core/result.ts';
import type { DiskFailure, Ledger } from '../ports/ledger.ts';
import { type Decided, type Deciding, decide } from './decide.ts';

const NEXT: Readonly<Record<DiskFailure['code'], string>> = {
  full: 'Make room on the disk, then decide again.',
  'read-only': 'Ask whoever looks after the PC. Then decide again.',
  busy: 'Close the program that has it open, then decide again.',
  broken: 'Ask whoever looks after the PC. Then decide again.',
};

/** `isBusy`: it is refused only because another program holds the ledger, as a rule for a moment. */
export type Accepted = Readonly<{ result: Result<Decided, TillError>; isBusy: boolean }>;

/** Decides, and writes down what is accepted in one piece. Only what is on the disk is called accepted. */
export function accept(requests: readonly ActionRequest[], ledger: Pick<Ledger, 'writeActions'>, deciding: Deciding): Accepted {
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
  if (written.ok) return { result: decided, isBusy: false };
  const { code, message } = written.error;
  return { result: err({ code: 'disk', message: `${message} Nothing was accepted and nothing is sent.`, next: NEXT[code] }), isBusy: code === 'busy' };
}
