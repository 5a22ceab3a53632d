import type { Payment } from '../payment/payment.ts';
import { words } from '../words.ts';
import { type Action, type ActionState, asJudged, asSent, isFinal, type Outcome } from './action.ts';
import { showsJustThisMinor } from './evidence.ts';
import type { Held } from './held.ts';
import { heardBefore, outcome, type Said } from './outcome.ts';
import type { Busy, Effect, Now, QueueState, Taken } from './queue-state.ts';

/** One step's working copy of the queue. It exists only inside `step`, which stays a pure function. */
export class Turn {
  readonly actions: Map<string, Action>;
  readonly busy: Map<string, Busy>;
  readonly settlingSince: Map<string, number>;
  readonly firstSentSince: Map<string, number>;
  readonly doubtedSince: Map<string, number>;
  readonly held: Map<string, Held>;
  readonly now: Now;
  private readonly written = new Map<string, Action>();
  private readonly requests: Effect[] = [];
  private rest: QueueState;

  constructor(state: QueueState, now: Now) {
    this.rest = state;
    this.now = now;
    this.actions = new Map(state.actions);
    this.busy = new Map(state.busy);
    this.settlingSince = new Map(state.settlingSince);
    this.firstSentSince = new Map(state.firstSentSince);
    this.doubtedSince = new Map(state.doubtedSince);
    this.held = new Map(state.held);
  }

  /** As it stands at this point of the step. */
  get state(): QueueState {
    const { actions, busy, settlingSince, firstSentSince, doubtedSince, held } = this;
    return { ...this.rest, actions, busy, settlingSince, firstSentSince, doubtedSince, held };
  }

  set(patch: Partial<Omit<QueueState, 'actions' | 'busy' | 'settlingSince' | 'firstSentSince' | 'doubtedSince' | 'held'>>): void {
    this.rest = { ...this.rest, ...patch };
  }

  request(effect: Effect): void {
    this.requests.push(effect);
  }

  /** The other actions on the same payment, in any state. */
  othersOn(action: Action): Action[] {
    return [...this.actions.values()].filter((other) => other.paymentId === action.paymentId && other.id !== action.id);
  }

  /** From the disk: what ended long ago may be taken up behind what came later, and is put before it. */
  addLoaded(actions: readonly Action[]): readonly Action[] {
    const added = this.addNew(actions);
    const inOrder = [...this.actions.values()].sort((a, b) => a.seq - b.seq);
    this.actions.clear();
    for (const action of inOrder) this.actions.set(action.id, action);
    return added;
  }

  /** What is known already is newer in memory than wherever it comes from: an action is never put back. */
  addNew(actions: readonly Action[]): readonly Action[] {
    const added = actions.filter((action) => !this.actions.has(action.id));
    for (const action of added) this.actions.set(action.id, action);
    return added;
  }

  change(action: Action, state: ActionState, patch: Partial<Action>): void {
    // Let go once more and not sent since, it is again what it was before.
    const isNotSent = state !== 'waiting' && state !== 'sending' && action.baseline === null;
    const changed: Action = { ...(isNotSent ? asSent(action) : action), ...patch, state, changedAtMs: this.now.nowMs };
    this.actions.set(changed.id, changed);
    this.written.set(changed.id, changed);
    // A person may let it go out once more, but not before Dojo has had its time for the last send.
    if (state !== 'checking' && state !== 'needsPerson') this.settlingSince.delete(action.id);
    // Whatever else happens to it, that its time is in doubt begins anew.
    if (state !== 'waiting' || patch.outcome) this.doubtedSince.delete(action.id);
    if (!isFinal(changed)) return;
    this.firstSentSince.delete(action.id);
    this.held.delete(action.id);
  }

  done(action: Action, settledBy: 'answer' | 'evidence', taken: Taken): void {
    const byAnswer = action.outcome?.code === 'settled-not' ? words.doneAfterAll(action) : words.done(action);
    const said = settledBy === 'answer' ? byAnswer : words.doneByEvidence;
    this.change(action, 'done', { failures: 0, outcome: outcome('done', said, { settledBy, ...taken }) });
  }

  /** `heard`: `answer` where it is Dojo's no that the payment does not bear out. */
  needsPerson(action: Action, why: WhyPerson, heard: 'answer' | 'till' = 'till', said: Said = words.needsPerson[why]): void {
    const told = action.endsAs === 'withdrawn' ? words.removedBefore(said) : said;
    this.change(action, 'needsPerson', { outcome: outcome(why, told, { ...heardBefore(action.outcome), settledBy: heard }) });
  }

  /** What Dojo shows is no proof of it. `sent`: the action with the sends, and the record, that it was judged by. */
  conflicts(action: Action, payment: Payment, heard: 'answer' | 'till' = 'till', sent = asJudged(action)): void {
    this.needsPerson(action, 'conflict', heard, words.conflict(action, showsJustThisMinor(sent, payment, this.othersOn(action))));
  }

  refuse(action: Action, said: Outcome): void {
    this.change(action, 'refused', { outcome: said });
  }

  expire(action: Action, payment: Payment): void {
    this.change(action, 'expired', { outcome: outcome('too-late', words.expired(action, payment, this.othersOn(action)), heardBefore(action.outcome)) });
  }

  end(wakeInMs: number | null): { state: QueueState; effects: Effect[] } {
    const effects: Effect[] = [];
    if (this.written.size > 0) effects.push({ type: 'write', actions: [...this.written.values()] });
    effects.push(...this.requests);
    if (wakeInMs !== null) effects.push({ type: 'wake', inMs: wakeInMs });
    return { state: this.state, effects };
  }
}

/** Why only a person can go on. */
export type WhyPerson =
  | 'conflict'
  | 'unreadable'
  | 'never-came'
  | 'absent-part'
  | 'moved'
  | 'new-key'
  | 'no-record'
  | 'changed-since'
  | 'paid-since'
  | 'no-date'
  | 'no-date-reversal'
  | 'not-shown'
  | 'key-refused'
  | 'throttled'
  | 'not-sent';
