import { capturedMinor, heldMinor, takenMinor } from '../../../main/core/payment/payment.ts';
import { type Action, isFinal, isOpen } from '../../../main/core/queue/action.ts';
import { SETTLING_MS } from '../../../main/core/queue/evidence.ts';
import { lanesTaken } from '../../../main/core/queue/lanes.ts';
import { type Effect, onPayment, type QueueEvent, type QueueState } from '../../../main/core/queue/queue-state.ts';
import type { TinyDojo } from './queue-dojo.ts';

export function holds(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(what);
}

/** One step of the queue: before it, after it, and what it asks of the world. */
export type Taken = Readonly<{ before: QueueState; state: QueueState; event: QueueEvent; effects: readonly Effect[]; realMs: number }>;

/** What must hold at every step, whenever money moves, and at the end. */
export class Promises {
  readonly counts = { steps: 0, sends: 0, resends: 0, crashes: 0, needsPerson: 0, expired: 0 };
  /** When a send was last given up without an answer, in the world's time. */
  readonly lostAtMs = new Map<string, number>();
  /** When the last good read on an action's behalf began, in the world's time. */
  readonly readBegunAtMs = new Map<string, number>();
  private readonly dojo: TinyDojo;
  private readonly ownAccountId: string;

  constructor(dojo: TinyDojo, ownAccountId: string) {
    this.dojo = dojo;
    this.ownAccountId = ownAccountId;
  }

  step({ before, state, event, effects, realMs }: Taken): void {
    const written = new Map<string, Action>();
    for (const effect of effects) {
      if (effect.type === 'write') for (const action of effect.actions) written.set(action.id, action);
      if (effect.type === 'wake') holds(effect.inMs > 0, `expected to wake later than now, got ${effect.inMs} ms`);
      if (effect.type === 'read') holds(lanesTaken(state, realMs) <= (state.line.up ? state.lanes : 1), 'expected no more requests than lanes');
      if (effect.type === 'send') this.send(effect, { before, state, event, effects, realMs }, written.get(effect.actionId));
    }
    holds(state.lanes >= 1 && state.lanes <= 8, `expected 1 to 8 lanes, got ${state.lanes}`);
    const inFlight = new Set<string>();
    for (const action of state.actions.values()) {
      const was = before.actions.get(action.id);
      if (was && isFinal(was)) holds(was === action, `expected ${action.id} to stay ${was.state}, got ${action.state}`);
      if (was && was !== action && was.state !== action.state) {
        if (action.state === 'needsPerson') this.counts.needsPerson++;
        if (action.state === 'expired') this.counts.expired++;
      }
      if (was && was !== action) holds(written.get(action.id) === action, `expected the change of ${action.id} to be written`);
      holds(action.sends <= 3, `expected at most 3 sends of ${action.id}, got ${action.sends}`);
      if (action.sends > 0 && was && was.sends > 0) holds(action.baseline === was.baseline, `expected ${action.id} to keep its first baseline`);
      if (isOpen(action) && state.busy.has(action.id)) {
        holds(!inFlight.has(action.paymentId), `expected one request at a time on ${action.paymentId}`);
        inFlight.add(action.paymentId);
      }
      holds(
        (action.state === 'sending') === (state.busy.get(action.id)?.what === 'sending'),
        `expected ${action.id} to be sending exactly while it is on the wire`,
      );
    }
  }

  private send(effect: Extract<Effect, { type: 'send' }>, { before, state, event, realMs }: Taken, written: Action | undefined): void {
    const { actionId } = effect;
    const was = before.actions.get(actionId);
    holds(was !== undefined, `expected ${actionId} to be known before it is sent`);
    this.counts.sends++;
    holds(
      event.type === 'read' && event.result.ok && event.actionId === actionId,
      `expected ${actionId} to be sent on a read of its payment, got ${event.type}`,
    );
    holds(written?.state === 'sending' && written.baseline !== null, `expected ${actionId} to be written as sending before it is sent`);
    holds(effect.idempotencyKey === was.idempotencyKey && effect.move === was.move, `expected ${actionId} to be sent as it was decided`);
    holds(state.gate === 'open' && was.accountId === state.accountId, `expected ${actionId} to be sent with its own account's key`);
    holds(!state.paused && state.diskOk, `expected nothing to be sent while paused or without a disk`);
    holds(was.deadlineAtMs === null || realMs < was.deadlineAtMs, `expected ${actionId} not to be sent at or after its deadline`);
    const earlier = onPayment(state, was.paymentId).filter((action) => action.seq < was.seq && isOpen(action));
    holds(earlier.length === 0, `expected ${actionId} to wait for ${earlier[0]?.id}`);
    if (was.sends > 0) this.counts.resends++;
    const lostAtMs = this.lostAtMs.get(actionId);
    if (lostAtMs === undefined || was.move.kind === 'refund' || was.move.kind === 'sendReceipt') return;
    holds(
      (this.readBegunAtMs.get(actionId) ?? 0) >= lostAtMs + SETTLING_MS,
      `expected ${actionId} not to be sent again before absence was read after the settling time`,
    );
  }

  money({ id, move, paymentId }: Action): void {
    const most = move.kind === 'sendReceipt' ? 2 : 1;
    holds((this.dojo.moved.get(id) ?? 0) <= most, `expected ${id} (${move.kind}) to move money at most once`);
    const payment = this.dojo.payment(paymentId);
    holds(capturedMinor(payment) <= heldMinor(payment), `expected no more than ${heldMinor(payment)} taken of ${paymentId}, got ${capturedMinor(payment)}`);
    holds(
      payment.refundedMinor <= takenMinor({ ...payment, captures: payment.captures?.map((it) => ({ ...it, status: 'Successful' })) ?? null }),
      `expected no more refunded of ${paymentId} than taken`,
    );
  }

  rest(state: QueueState, rests: (action: Action, head: Action) => boolean, expected: string): void {
    holds(state.busy.size === 0, 'expected nothing on the wire at the end');
    for (const action of state.actions.values()) {
      const head = onPayment(state, action.paymentId).find(isOpen) ?? action;
      if (action.accountId !== this.ownAccountId || head.accountId !== this.ownAccountId) continue;
      holds(rests(action, head), `expected ${action.id} ${expected}, got ${action.state} behind ${head.id} ${head.state}`);
    }
  }

  /** What the till says happened did, what it says did not did not; where other tills act, one's capture can pass for another's. */
  truth(state: QueueState): void {
    for (const action of state.actions.values()) {
      const moved = this.dojo.moved.get(action.id) ?? 0;
      // A receipt is tried twice.
      if (action.move.kind === 'sendReceipt') continue;
      if (action.accountId !== this.ownAccountId) holds(action.sends === 0 || this.lostAtMs.has(action.id) || moved <= 1, `expected ${action.id} at most once`);
      // Dojo's no may hide that it was this one: what is so already is all that is said.
      if (action.outcome?.code.startsWith('already-')) continue;
      if (action.state === 'refused' || action.state === 'expired' || action.state === 'withdrawn')
        holds(
          this.dojo.keptOf(action.id, action.paymentId) === 0,
          `expected ${action.id} (${action.move.kind}), which is ${action.state} (${action.outcome?.code}), to have moved nothing`,
        );
      if (action.state === 'done' && !this.dojo.strict)
        holds(moved === 1, `expected ${action.id} (${action.move.kind}), which is done, to have moved money once, got ${moved}`);
    }
  }
}
