import type { Failure } from '../failure.ts';
import type { Payment } from '../payment/payment.ts';
import { refusalOf } from '../payment/rules.ts';
import type { Result } from '../result.ts';
import { checkingInWords, refusedInWords, waitingInWords, words } from '../words.ts';
import { type Action, type ActionState, isFinal, isOpen, RECEIPT_SENDS_MAX } from './action.ts';
import { backoffMs, waitMs } from './backoff.ts';
import { baselineOf, judge } from './evidence.ts';
import { failed, heardBefore, outcome } from './outcome.ts';
import { type Effect, isReleasable, isRetryable, isSettleable, isWithdrawable, type Now, type QueueEvent, type QueueState, type Taken } from './queue-state.ts';
import { isAhead, turnsOf } from './schedule.ts';

/** Dojo may still be working on a request this long after it was sent: only then does absence prove anything. */
export const SETTLING_MS = 90_000;
export const RESENDS_MAX = 2;
/** Dojo keeps a refund's idempotency key at least this long. */
const IDEMPOTENCY_MS = 24 * 3_600_000;
/** After this long without one good answer, a person is asked. */
const NEVER_CAME_MS = 30 * 60_000;
const NEVER_CAME_READS = 8;
const LANES_MOST = 8;
/** Before a send, or as proof that nothing was done, Dojo's word is not older than this: a PC that slept may hold an answer from before. */
const FRESH_READ_MS = 60_000;

/** The queue as a function: the next state, and what has to be done in the world. */
export function step(state: QueueState, event: QueueEvent, now: Now): { state: QueueState; effects: Effect[] } {
  const turn = new Turn(state, now);
  turn.take(event);
  turn.schedule();
  return turn.end();
}

/** One step's working copy. It exists only inside `step`, which stays a pure function. */
class Turn {
  private readonly actions: Map<string, Action>;
  private readonly busy: Map<string, 'reading' | 'sending'>;
  private readonly written = new Map<string, Action>();
  private readonly requests: Effect[] = [];
  private wakeAtMs = Number.POSITIVE_INFINITY;
  private state: QueueState;
  private readonly now: Now;

  constructor(state: QueueState, now: Now) {
    this.state = state;
    this.now = now;
    this.actions = new Map(state.actions);
    this.busy = new Map(state.busy);
  }

  take(event: QueueEvent): void {
    switch (event.type) {
      case 'loaded':
        // A crash while sending: the request may have left, so its outcome is unknown.
        for (const action of this.addNew(event.actions))
          if (action.state === 'sending')
            this.change(action, 'checking', { notBeforeMs: this.now.nowMs, sentAtMs: this.now.nowMs, outcome: outcome('restarted', words.restarted) });
        return;
      case 'unreadable':
        this.state = { ...this.state, unreadableLanes: new Set(event.paymentIds) };
        return;
      case 'moved':
        for (const action of this.actions.values())
          if (isOpen(action) && (event.accountId === null || action.accountId === event.accountId) && action.outcome?.code !== 'moved')
            this.needsPerson(action, 'moved');
        return;
      case 'accepted':
        // They are on disk already: submitting is one transaction of its own.
        this.addNew(event.actions);
        return;
      case 'tick':
        return;
      case 'clock-set':
        // How long ago a request left can no longer be told: the settling time begins anew.
        for (const action of this.actions.values())
          if (action.state === 'checking') this.change(action, 'checking', { sentAtMs: this.now.nowMs, notBeforeMs: this.now.nowMs });
        return;
      case 'forget':
        for (const action of this.actions.values()) if (!isOpen(action) && action.changedAtMs < event.endedBeforeMs) this.actions.delete(action.id);
        return;
      case 'gate':
        this.state = { ...this.state, gate: event.gate, accountId: event.accountId };
        return;
      case 'line':
        if (event.up) this.lineIsUp();
        else this.lineIsDown();
        return;
      case 'paused':
        this.state = { ...this.state, paused: event.paused };
        return;
      case 'disk':
        this.state = { ...this.state, diskOk: event.ok };
        for (const actionId of event.unsent) {
          const action = this.actions.get(actionId);
          this.busy.delete(actionId);
          if (action?.state === 'sending')
            this.change({ ...action, ...withoutLastSend(action) }, 'waiting', { notBeforeMs: this.now.nowMs, outcome: outcome('disk', words.diskFailed) });
        }
        return;
      case 'read':
        return this.read(event.actionId, event.startedAtMs, event.result);
      case 'answered':
        return this.answered(event.actionId, event.result);
      case 'withdraw': {
        const action = this.actions.get(event.actionId);
        if (action && isWithdrawable(this.state, action))
          this.change(action, 'withdrawn', { outcome: outcome('withdrawn', words.withdrawn(action), { settledBy: 'person' }) });
        return;
      }
      case 'retryNow': {
        const action = this.actions.get(event.actionId);
        if (!action || !isRetryable(action)) return;
        this.state = { ...this.state, line: { ...this.state.line, retryAtMs: 0 } };
        const again = { notBeforeMs: this.now.nowMs, failures: 0 };
        if (action.state === 'needsPerson')
          this.change(action, 'checking', { ...again, outcome: outcome('unknown-outcome', words.checkedAgain, heardBefore(action.outcome)) });
        else this.change(action, action.state, again);
        return;
      }
      case 'settle': {
        const action = this.actions.get(event.actionId);
        if (!action || !isSettleable(action)) return;
        const happened = event.verdict === 'happened';
        const by = { ...heardBefore(action.outcome), settledBy: 'person' as const };
        if (happened) this.change(action, 'done', { outcome: outcome('settled-happened', words.settledHappened(event.note), by) });
        else this.change(action, 'refused', { outcome: outcome('settled-not', words.settledNot(event.note), by) });
        return;
      }
      case 'release': {
        const action = this.actions.get(event.actionId);
        if (!action || !isReleasable(action)) return;
        this.change(action, 'waiting', { decidedOn: event.decidedOn, notBeforeMs: this.now.nowMs, failures: 0, outcome: null });
        return;
      }
    }
  }

  /** A payment was read: before a send, or to settle an unknown outcome. */
  private read(actionId: string, startedAtMs: number, result: Result<Payment, Failure>): void {
    this.busy.delete(actionId);
    const action = this.actions.get(actionId);
    if (result.ok) this.lineIsUp();
    else this.learnFrom(result.error, action);
    // Withdrawn or settled while the read was on its way: what it says no longer matters to the queue.
    if (!action || (action.state !== 'waiting' && action.state !== 'checking')) return;
    if (!result.ok) return action.state === 'waiting' ? this.readFailed(action, result.error) : this.checkFailed(action, result.error);
    // One that took too long, or ended before it began (the PC slept, or its clock was set), says little of now: it is read again.
    // Nor does such an answer tell the right time, so that the clock by which it began may have been wrong.
    const tookMs = this.now.nowMs - startedAtMs;
    const isFresh = tookMs >= 0 && tookMs <= FRESH_READ_MS;
    if (action.state === 'checking') return this.settleByReading(action, result.value, isFresh ? startedAtMs : null);
    if (isFresh) this.beforeSend(action, result.value);
  }

  /** The rules again, on what Dojo says now; then the baseline and `sending` go to disk, then the request goes out. */
  private beforeSend(action: Action, payment: Payment): void {
    const others = this.othersOn(action);
    if (action.baseline && action.move.kind !== 'sendReceipt') {
      // An earlier send was found absent, or Dojo said that it did nothing. It may have arrived all the same: judged before anything is sent.
      const verdict = judge(action, payment, others);
      if (verdict.kind === 'happened') return this.done(action, 'evidence', { captureId: verdict.captureId, dojoId: null });
      const onlyDojosWord = action.sends === 0 && verdict.kind === 'unreadable';
      if (verdict.kind !== 'absent' && !onlyDojosWord) return this.needsPerson(action, verdict.kind);
      // Past its time the same key would be a new refund.
      if (action.sends > 0 && action.move.kind === 'refund' && this.now.nowMs >= (action.firstSentAtMs ?? 0) + IDEMPOTENCY_MS) return this.giveUp(action);
    }
    if (!this.maySend(action)) return;
    // The rules may see the same undo after midnight as an allowed release: that would be another decision, not this one.
    if (action.deadlineAtMs !== null && this.now.nowMs >= action.deadlineAtMs) return this.expire(action);
    const refusal = refusalOf(action.move, {
      payment,
      // What was accepted later is judged when its turn comes: it takes nothing from what was promised before it.
      actions: others.filter((other) => isFinal(other) || other.seq < action.seq),
      nowMs: this.now.nowMs,
      zone: this.now.zone,
      online: true,
      apiVersion: this.now.apiVersion,
      // It was asked when the refund was accepted; what waits is promised, whatever the setting says now.
      offlineRefundMaxMinor: null,
    });
    if (refusal) {
      if (refusal.code === 'too-late') return this.expire(action);
      return this.change(action, 'refused', { outcome: outcome(refusal.code, words.closed(action, refusal)) });
    }
    this.busy.set(action.id, 'sending');
    this.change(action, 'sending', {
      sends: action.sends + 1,
      firstSentAtMs: action.firstSentAtMs ?? this.now.nowMs,
      sentAtMs: this.now.nowMs,
      // The first send's baseline stays: a resend must still find what the first one did.
      baseline: (action.sends > 0 && action.baseline) || baselineOf(payment, this.now.nowMs),
      outcome: null,
    });
    const { id: actionId, paymentId, move, currency, idempotencyKey } = action;
    this.requests.push({ type: 'send', actionId, paymentId, move, currency, idempotencyKey });
  }

  private readFailed(action: Action, failure: Failure): void {
    if (failure.kind === 'refused') {
      // A request went out before. Also where Dojo said that it did nothing, only a look at the payment can tell that nothing moved.
      if (action.baseline) return this.checkFailed(action, failure);
      return this.change(action, 'refused', { outcome: failed('refused', refusedInWords(action, failure, 'read'), failure) });
    }
    this.waitAgain(action, failure);
  }

  private answered(actionId: string, result: Result<Taken, Failure>): void {
    this.busy.delete(actionId);
    const action = this.actions.get(actionId);
    if (action?.state !== 'sending') throw new Error(`expected ${actionId} to be sending, got ${action?.state}`);
    if (result.ok) {
      this.lineIsUp();
      this.state = { ...this.state, lanes: Math.min(LANES_MOST, this.state.lanes + 1) };
      return this.done(action, 'answer', result.value);
    }
    const failure = result.error;
    this.learnFrom(failure, action);
    switch (failure.kind) {
      case 'not-sent':
        return this.waitAgain({ ...action, ...withoutLastSend(action) }, failure);
      case 'throttled':
      case 'key-refused':
        // Dojo says that it did nothing, so it does not count as a send. Its baseline stays: the next read sees whether that is true.
        return this.waitAgain({ ...action, sends: action.sends - 1 }, failure);
      case 'refused':
        // After an earlier send with an unknown outcome, a refusal may well mean "done already": read, then say.
        if (action.sends > 1) return this.check(action, failure);
        return this.change(action, 'refused', { outcome: failed('refused', refusedInWords(action, failure, 'move'), failure) });
      case 'unknown-outcome':
      case 'not-dojo':
        return this.check(action, failure);
    }
  }

  private check(action: Action, failure: Failure): void {
    const code = failure.kind === 'refused' ? 'refused-after-unknown' : 'unknown-outcome';
    this.change(action, 'checking', {
      // Each further send is followed by a longer look, so that a short trouble at Dojo does not use up all of them.
      notBeforeMs: this.now.nowMs + backoffMs(3 * action.sends - 2, this.now.random),
      // A slow connection or a PC that slept may have let it go as late as now: the settling time runs from here.
      sentAtMs: this.now.nowMs,
      failures: 0,
      outcome: failed(code, checkingInWords(failure), failure),
    });
  }

  /** Evidence: done, proven absent, not to be told, or still time to wait. `begunAtMs`, null: nobody can say when it was read. */
  private settleByReading(action: Action, payment: Payment, begunAtMs: number | null): void {
    const verdict = judge(action, payment, this.othersOn(action));
    if (verdict.kind === 'happened') return this.done(action, 'evidence', { captureId: verdict.captureId, dojoId: null });
    if (action.move.kind === 'sendReceipt' && action.sends < RECEIPT_SENDS_MAX) return this.change(action, 'waiting', { notBeforeMs: this.now.nowMs });
    if (verdict.kind !== 'absent') return this.needsPerson(action, verdict.kind);
    if (action.sentAtMs === null) throw new Error(`expected ${action.id} to have been sent`);
    // A clock that was set back proves nothing about the time since the send: the settling time begins anew.
    const leftAtMs = Math.min(action.sentAtMs, this.now.nowMs);
    const settledAtMs = leftAtMs + SETTLING_MS;
    // The read has to have begun after the settling time: an older one could have missed it.
    // That holds for a refund too: its key makes a second send harmless, but not a withdrawal or a refusal while the first may still arrive.
    if (begunAtMs === null || begunAtMs < settledAtMs)
      return this.change(action, 'checking', {
        sentAtMs: leftAtMs,
        notBeforeMs: Math.min(settledAtMs, this.now.nowMs + backoffMs(action.failures + 1, this.now.random)),
        failures: action.failures + 1,
      });
    if (action.outcome?.code === 'refused-after-unknown')
      return this.change(action, 'refused', { outcome: { ...action.outcome, code: 'refused', ...words.gaveUp(action) } });
    if (action.sends > RESENDS_MAX) return this.giveUp(action);
    this.change(action, 'waiting', { notBeforeMs: this.now.nowMs, failures: 0, outcome: null });
  }

  private checkFailed(action: Action, failure: Failure): void {
    if (failure.kind === 'refused') {
      // Before 2024-02-05 a cancelled intent cannot be read: 404 is what success looks like.
      if (action.move.kind === 'cancel' && failure.status === 404) return this.done(action, 'evidence', { captureId: null, dojoId: null });
      return this.needsPerson(action, 'unreadable');
    }
    const failures = action.failures + 1;
    const late = this.now.nowMs > (action.sentAtMs ?? 0) + NEVER_CAME_MS && failures >= NEVER_CAME_READS;
    if (failure.kind === 'unknown-outcome' && late) return this.needsPerson(action, 'never-came');
    this.change(action, 'checking', { failures, notBeforeMs: this.now.nowMs + waitMs(failure, failures, this.now.random) });
  }

  private waitAgain(action: Action, failure: Failure): void {
    const failures = action.failures + 1;
    // Where the whole line, the key or Dojo's patience is the trouble, the queue waits as one; only an odd read is this action's own.
    const own = failure.kind === 'unknown-outcome';
    this.change(action, 'waiting', {
      failures,
      notBeforeMs: own ? this.now.nowMs + backoffMs(failures, this.now.random) : action.notBeforeMs,
      outcome: failed(failure.kind, waitingInWords(failure), failure),
    });
  }

  private done(action: Action, settledBy: 'answer' | 'evidence', taken: Taken): void {
    const said = settledBy === 'answer' ? words.done(action) : words.doneByEvidence;
    this.change(action, 'done', { failures: 0, outcome: outcome('done', said, { settledBy, ...taken }) });
  }

  private needsPerson(action: Action, why: 'conflict' | 'unreadable' | 'never-came' | 'moved'): void {
    const said = { conflict: words.conflict, unreadable: words.unreadable, 'never-came': words.neverCame, moved: words.moved }[why];
    this.change(action, 'needsPerson', { outcome: outcome(why, said, heardBefore(action.outcome)) });
  }

  private giveUp(action: Action): void {
    this.change(action, 'refused', { outcome: outcome('gave-up', words.gaveUp(action), { ...heardBefore(action.outcome), settledBy: 'evidence' }) });
  }

  private expire(action: Action): void {
    this.change(action, 'expired', { outcome: outcome('too-late', words.expired(action), heardBefore(action.outcome)) });
  }

  /** What a failure says about the line, the key and Dojo's patience, whatever was asked. */
  private learnFrom(failure: Failure, action: Action | undefined): void {
    switch (failure.kind) {
      case 'not-sent':
      case 'not-dojo':
        return this.lineIsDown();
      case 'key-refused':
        this.lineIsUp();
        // A late answer to the key of before says nothing of this one.
        if (action?.accountId === this.state.accountId) this.state = { ...this.state, gate: 'stopped' };
        return;
      case 'throttled': {
        this.lineIsUp();
        const waitUntilMs = this.now.nowMs + waitMs(failure, (action?.failures ?? 0) + 1, this.now.random);
        this.state = { ...this.state, throttledUntilMs: waitUntilMs, lanes: halved(this.state.lanes) };
        return;
      }
      case 'unknown-outcome':
        if (failure.cause === 'timeout' || failure.status === 503) this.state = { ...this.state, lanes: halved(this.state.lanes) };
        return;
      case 'refused':
        return this.lineIsUp();
    }
  }

  private lineIsUp(): void {
    if (!this.state.line.up) this.state = { ...this.state, line: { up: true, failures: 0, retryAtMs: 0 } };
  }

  private lineIsDown(): void {
    // Requests that fail together are one failure; told twice, a line is not twice as far away.
    if (!this.state.line.up && isAhead(this.state.line.retryAtMs, this.now.nowMs)) return;
    const failures = this.state.line.failures + 1;
    this.state = { ...this.state, line: { up: false, failures, retryAtMs: this.now.nowMs + backoffMs(failures, this.now.random) } };
  }

  private maySend(action: Action): boolean {
    return (
      !this.state.paused &&
      this.state.diskOk &&
      !this.state.unreadableLanes.has(action.paymentId) &&
      this.state.gate === 'open' &&
      action.accountId === this.state.accountId &&
      !isAhead(this.state.throttledUntilMs, this.now.nowMs)
    );
  }

  /** Expires what is too late, then starts whose turn it is. */
  schedule(): void {
    const turns = turnsOf({ ...this.state, actions: this.actions, busy: this.busy }, this.now.nowMs);
    this.wakeAtMs = turns.wakeAtMs;
    for (const action of turns.tooLate) this.expire(action);
    for (const { id: actionId, paymentId } of turns.start) {
      this.busy.set(actionId, 'reading');
      this.requests.push({ type: 'read', actionId, paymentId });
    }
  }

  end(): { state: QueueState; effects: Effect[] } {
    const effects: Effect[] = [];
    if (this.written.size > 0) effects.push({ type: 'write', actions: [...this.written.values()] });
    effects.push(...this.requests);
    if (Number.isFinite(this.wakeAtMs)) effects.push({ type: 'wake', atMs: this.wakeAtMs });
    return { state: { ...this.state, actions: this.actions, busy: this.busy }, effects };
  }

  private othersOn(action: Action): Action[] {
    return [...this.actions.values()].filter((other) => other.paymentId === action.paymentId && other.id !== action.id);
  }

  /** What is known already is newer in memory than wherever it comes from: an action is never put back. */
  private addNew(actions: readonly Action[]): readonly Action[] {
    const added = actions.filter((action) => !this.actions.has(action.id));
    for (const action of added) this.actions.set(action.id, action);
    return added;
  }

  private change(action: Action, state: ActionState, patch: Partial<Action>): void {
    const changed: Action = { ...action, ...patch, state, changedAtMs: this.now.nowMs };
    this.actions.set(changed.id, changed);
    this.written.set(changed.id, changed);
  }
}

const withoutLastSend = (action: Action): Partial<Action> =>
  action.sends > 1 ? { sends: action.sends - 1 } : { sends: 0, baseline: null, firstSentAtMs: null, sentAtMs: null };

const halved = (lanes: number) => Math.max(1, Math.floor(lanes / 2));
