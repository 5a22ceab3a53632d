import type { ActionView, MoveView, PaymentView } from '../../preload/contract.ts';

export const openMove = (differs: Partial<Extract<MoveView, { open: true }>> = {}): MoveView => ({
  open: true,
  minMinor: 1,
  maxMinor: 4200,
  defaultMinor: differs.maxMinor === undefined ? 4200 : differs.maxMinor,
  maxTipsMinor: 0,
  defaultTipsMinor: 0,
  deadlineMs: null,
  tipsAllowed: false,
  tipsReason: null,
  recent: null,
  includes: null,
  caution: null,
  ...differs,
});
export const closedMove = (reason = 'It is closed.'): MoveView => ({ open: false, code: 'promised', reason });

/** A hold of £42.00 of which nothing is taken. */
export function paymentView(differs: Partial<PaymentView> & { capture?: MoveView; reverse?: MoveView; refund?: MoveView } = {}): PaymentView {
  const {
    capture = openMove({ maxMinor: differs.leftMinor ?? 4200 }),
    reverse = openMove({ minMinor: null, maxMinor: null }),
    refund = closedMove(),
    ...rest
  } = differs;
  const leftMinor = differs.leftMinor ?? (capture.open && capture.maxMinor !== null ? capture.maxMinor + capture.defaultTipsMinor : 4200);
  return {
    id: 'pi_1',
    reference: 'Table 12',
    description: '',
    captureMode: 'Manual',
    status: 'Authorized',
    state: 'on-hold',
    currency: 'GBP',
    totalMinor: 4200,
    amountMinor: 4200,
    tipsMinor: 0,
    serviceChargeMinor: 0,
    cashbackMinor: 0,
    partsMinor: null,
    takenMinor: 0,
    takingMinor: 0,
    leftMinor,
    onHoldMinor: leftMinor,
    refundedMinor: 0,
    captures: [],
    createdAtMs: 1_000,
    paidAtMs: 1_000,
    updatedAtMs: 1_000,
    date: '2026-11-20',
    card: null,
    holdEnds: { atMs: 500_000_000, action: 'Release' },
    moves: {
      capture,
      reverse,
      refund,
      cancel: closedMove(),
      setAmount: closedMove(),
      setTips: closedMove(),
      sendReceipt: closedMove(),
    },
    giveBack: { way: 'release', why: 'It is only held.', customerSees: null, instead: null, closed: [] },
    changedElsewhere: null,
    openActionIds: [],
    attention: null,
    ...rest,
  };
}

/** A capture of £42.00 that waits, of run `run-1`. */
export const actionView = (differs: Partial<ActionView> = {}): ActionView => ({
  id: 'a_1',
  requestId: 'r_1',
  runId: 'run-1',
  paymentId: 'pi_1',
  reference: 'Table 12',
  kind: 'capture',
  way: null,
  amountMinor: 4200,
  tipsMinor: 0,
  currency: 'GBP',
  state: 'waiting',
  acceptedAtMs: 1_000,
  changedAtMs: 1_000,
  deadlineMs: null,
  sends: 0,
  message: null,
  code: null,
  traceId: null,
  next: null,
  raw: null,
  captureStatus: null,
  outcomeShown: true,
  refusedWithExtras: false,
  otherAccount: false,
  can: { withdraw: true, retry: true, settle: false, release: false },
  sinceDecision: null,
  evidence: null,
  ...differs,
});
