import type { Failure } from '../../../main/core/failure.ts';
import type { Payment } from '../../../main/core/payment/payment.ts';
import { refusalOf, ruleFor } from '../../../main/core/payment/rules.ts';
import { type Action, isFinal, type Move } from '../../../main/core/queue/action.ts';
import { baselineOf, SETTLING_MS } from '../../../main/core/queue/evidence.ts';
import { step } from '../../../main/core/queue/queue.ts';
import { type Effect, emptyQueue, onPayment, type QueueEvent, type QueueState, type Taken } from '../../../main/core/queue/queue-state.ts';
import { err, type Result } from '../../../main/core/result.ts';
import { aHold, anAction, anUnpaid, aPayment, DAY_MS, HOUR_MS, LONDON, MINUTE_MS } from '../../builders.ts';
import { TinyDojo } from './queue-dojo.ts';
import { drawsOf, FATES, type Fate, failureOf } from './queue-fates.ts';
import { holds, Promises } from './queue-promises.ts';

const OWN = 'acc_own';
const OTHER = 'acc_other';
const TIMEOUT_MS = 30_000;
const DISK_RETRY_MS = 5_000;

/** What a person may decide; the amount is drawn when it is decided. */
const MOVES: readonly Move[] = [
  { kind: 'capture', amount: 2100 },
  { kind: 'capture', amount: 2100 },
  { kind: 'capture', amount: 2100 },
  { kind: 'refund', amount: 500 },
  { kind: 'reverse' },
  { kind: 'cancel' },
  { kind: 'sendReceipt', emails: ['a@example.com'] },
];

/** A till's queue in a world that does its worst, from one seed. Every promise is checked at every step. */
export class World {
  readonly dojo: TinyDojo;
  readonly promises: Promises;
  state: QueueState = emptyQueue;
  private readonly draw: () => number;
  private readonly strict: boolean;
  private readonly apiVersion: string;
  private faults = true;
  private realMs: number;
  /** How far the till's clock is behind the world's. */
  private behindMs = 0;
  private agenda: { atMs: number; run: () => void }[] = [];
  /** Which life of the process this is: what was begun in an earlier one is never answered. */
  private life = 0;
  private alive = true;
  private wakes = 0;
  private seq = 0;
  private lineUp = true;
  private keyOk = true;
  private pausedOnDisk = false;
  private readonly disk = new Map<string, Action>();
  private readonly unwritten = new Map<string, Action>();
  private readonly known = new Map<string, Payment>();
  /** Requests that Dojo may still get, by action. */
  private readonly underWay = new Map<string, number>();

  constructor(seed: number) {
    this.draw = drawsOf(seed);
    this.strict = this.draw() < 0.4;
    this.apiVersion = this.draw() < 0.75 ? '2026-02-27' : '2022-04-07';
    this.dojo = new TinyDojo(this.strict, this.apiVersion === '2026-02-27');
    this.promises = new Promises(this.dojo, OWN);
    // The last half hour before the shop's midnight, 23:00 UTC.
    this.realMs = Date.parse('2026-06-15T22:30:00Z') + Math.floor(this.draw() * 29 * MINUTE_MS);
    const paid = { createdAtMs: this.realMs - HOUR_MS, paidAtMs: this.realMs - HOUR_MS };
    for (let index = 0; index < 6; index++) {
      const id = `pi_${index}`;
      const made = [
        aHold({ id, ...paid }),
        aHold({ id, ...paid, paidAtMs: this.realMs - DAY_MS }),
        aPayment({ id, ...paid }),
        anUnpaid({ id, createdAtMs: paid.createdAtMs }),
      ];
      const payment = this.pick(made);
      this.dojo.payments.set(id, payment);
      this.known.set(id, this.seen(payment));
    }
    this.start();
    this.poll();
    for (let fault = 0; fault < 60; fault++) this.at(this.draw() * 30 * MINUTE_MS, () => this.somethingHappens());
  }

  /** Half an hour of trouble, then a good day: everything has to come to its end. */
  run(): void {
    this.runUntil(this.realMs + 30 * MINUTE_MS);
    this.faults = false;
    this.mend();
    this.runUntil(this.realMs + 60 * MINUTE_MS);
    this.promises.rest(this.state, (action, head) => isFinal(action) || head.state === 'needsPerson', 'to end or need a person');
    // A person looks everything up and decides, one after another.
    for (let round = 0; round < 10; round++) {
      for (const action of this.state.actions.values()) if (action.state === 'needsPerson') this.settleTruly(action);
      this.runUntil(this.realMs + 20 * MINUTE_MS);
    }
    this.promises.rest(this.state, (action) => isFinal(action), 'to end');
    this.promises.truth(this.state);
  }

  // ---- the world

  private pick<T>(of: readonly T[]): T {
    const picked = of[Math.floor(this.draw() * of.length)];
    if (picked === undefined) throw new Error('expected something to pick from');
    return picked;
  }

  private nowMs(): number {
    return Math.floor(this.realMs - this.behindMs);
  }

  private at(inMs: number, run: () => void): void {
    this.agenda.push({ atMs: this.realMs + inMs, run });
  }

  private runUntil(endMs: number): void {
    for (;;) {
      let next: (typeof this.agenda)[number] | undefined;
      for (const entry of this.agenda) if (!next || entry.atMs < next.atMs) next = entry;
      if (!next || next.atMs > endMs) break;
      this.agenda.splice(this.agenda.indexOf(next), 1);
      this.realMs = Math.max(this.realMs, next.atMs);
      next.run();
      holds(this.promises.counts.steps < 50_000, 'expected the queue to rest, got a loop');
    }
    this.realMs = endMs;
  }

  private seen = (payment: Payment): Payment => (this.apiVersion === '2022-04-07' ? { ...payment, captures: null } : payment);

  private somethingHappens(): void {
    if (!this.faults) return;
    const happens = this.draw();
    if (happens < 0.4) return this.personDecides();
    if (!this.alive) return;
    const actions = [...this.state.actions.values()];
    const action = actions.length > 0 ? this.pick(actions) : null;
    if (happens < 0.46 && action) this.dispatch({ type: 'withdraw', actionId: action.id });
    else if (happens < 0.52 && action) this.dispatch({ type: 'retryNow', actionId: action.id });
    else if (happens < 0.58 && action?.state === 'needsPerson') this.settleTruly(action);
    else if (happens < 0.64) this.setPaused(this.draw() < 0.5);
    else if (happens < 0.72) this.setLine(this.draw() < 0.4);
    else if (happens < 0.77) this.keyOk = false;
    else if (happens < 0.83) this.mend();
    else if (happens < 0.86) this.dispatch({ type: 'gate', gate: 'open', accountId: this.draw() < 0.5 ? OWN : OTHER });
    else if (happens < 0.89) this.behindMs += this.draw() < 0.5 ? this.draw() * 5 * MINUTE_MS : this.draw() * DAY_MS;
    else if (happens < 0.92) this.crash();
    else if (happens < 0.94) this.dispatch({ type: 'loaded', actions: [...this.disk.values()] });
    else if (happens < 0.97 && this.strict) this.dojo.commitElsewhere(this.pick([...this.dojo.payments.keys()]), this.pick(MOVES));
    else for (const id of this.dojo.payments.keys()) this.refresh(id);
  }

  private setLine(up: boolean): void {
    this.lineUp = up;
    if (this.draw() < 0.3) this.dispatch({ type: 'line', up });
  }

  private setPaused(paused: boolean): void {
    this.pausedOnDisk = paused;
    this.dispatch({ type: 'paused', paused });
  }

  private mend(): void {
    this.lineUp = true;
    this.keyOk = true;
    if (!this.faults) this.pausedOnDisk = false;
    if (!this.alive) return;
    this.setPaused(this.pausedOnDisk);
    this.dispatch({ type: 'gate', gate: 'open', accountId: OWN });
  }

  /** The till's own reads of the day find out that a refused key is accepted again. */
  private poll(): void {
    if (this.alive && this.lineUp && this.keyOk && this.state.gate === 'stopped')
      this.dispatch({ type: 'gate', gate: 'open', accountId: this.state.accountId });
    this.at(15_000, () => this.poll());
  }

  private refresh(paymentId: string): void {
    this.dojo.settleCaptures(paymentId, this.draw() < 0.8 ? 'Successful' : 'Declined');
    if (this.lineUp) this.known.set(paymentId, this.seen(this.dojo.payment(paymentId)));
  }

  private personDecides(): void {
    const paymentId = this.pick([...this.dojo.payments.keys()]);
    const payment = this.known.get(paymentId);
    if (!payment || !this.alive) return;
    const drawn = this.pick(MOVES);
    const current = {
      payment,
      actions: onPayment(this.state, paymentId),
      nowMs: this.nowMs(),
      zone: LONDON,
      online: true,
      apiVersion: this.apiVersion,
      offlineRefundMaxMinor: null,
    };
    const rule = ruleFor(drawn.kind, current);
    if (!rule.open) return;
    const move: Move = 'amount' in drawn ? { ...drawn, amount: Math.max(1, Math.floor((rule.maxMinor ?? 0) * this.pick([1, 0.5, 0.25]))) } : drawn;
    if (refusalOf(move, current)) return;
    const action = anAction({
      id: `a_${++this.seq}`,
      seq: this.seq,
      paymentId,
      move,
      accountId: this.draw() < 0.92 ? OWN : OTHER,
      idempotencyKey: `key_${this.seq}`,
      acceptedAtMs: this.nowMs(),
      changedAtMs: this.nowMs(),
      deadlineAtMs: rule.deadlineAtMs,
      decidedOn: baselineOf(payment, this.nowMs()),
    });
    this.disk.set(action.id, action);
    if (this.faults && this.draw() < 0.02) return this.crash();
    this.dispatch({ type: 'accepted', actions: [action] });
  }

  /** What a person says who has looked it up in Dojo, once nothing can come any more. */
  private settleTruly(action: Action): void {
    if ((this.underWay.get(action.id) ?? 0) > 0) return;
    const verdict = (this.dojo.moved.get(action.id) ?? 0) > 0 ? 'happened' : 'did-not-happen';
    this.dispatch({ type: 'settle', actionId: action.id, verdict, note: '' });
  }

  // ---- the process

  private start(): void {
    this.alive = true;
    this.state = emptyQueue;
    this.dispatch({ type: 'paused', paused: this.pausedOnDisk });
    this.dispatch({ type: 'loaded', actions: [...this.disk.values()].sort((a, b) => a.seq - b.seq) });
    this.dispatch({ type: 'gate', gate: 'open', accountId: OWN });
  }

  private crash(): void {
    this.promises.counts.crashes++;
    this.alive = false;
    this.life++;
    this.unwritten.clear();
    // What never reached the disk was never sent.
    for (const action of this.disk.values()) if (action.state === 'sending') this.promises.lostAtMs.set(action.id, this.realMs);
    this.at(1_000 + this.draw() * 60_000, () => this.start());
  }

  dispatch(event: QueueEvent): void {
    if (!this.alive) return;
    const effects = this.step(event);
    if (this.alive) this.runEffects(effects);
  }

  private step(event: QueueEvent): readonly Effect[] {
    this.promises.counts.steps++;
    const before = this.state;
    const { state, effects } = step(before, event, {
      nowMs: this.nowMs(),
      wallMs: this.nowMs(),
      monotonicMs: this.realMs,
      random: this.draw(),
      zone: LONDON,
      apiVersion: this.apiVersion,
    });
    this.state = state;
    this.promises.step({ before, state, event, effects, realMs: this.realMs });
    return effects;
  }

  /** As the till runs them; the power may fail, or the disk, before each. */
  private runEffects(effects: readonly Effect[]): void {
    for (const [index, effect] of effects.entries()) {
      if (this.faults && this.draw() < 0.004) return this.crash();
      if (effect.type === 'write') {
        if (this.faults && this.draw() < 0.02) return this.diskFails(effects.slice(index));
        for (const action of [...this.unwritten.values(), ...effect.actions]) this.disk.set(action.id, action);
        this.unwritten.clear();
      } else if (effect.type === 'wake') {
        const wake = ++this.wakes;
        this.at(effect.inMs, () => wake === this.wakes && this.dispatch({ type: 'tick' }));
      } else if (effect.type === 'read') this.read(effect.actionId, effect.paymentId);
      else this.send(effect.actionId);
    }
  }

  private diskFails(effects: readonly Effect[]): void {
    for (const effect of effects) if (effect.type === 'write') for (const action of effect.actions) this.unwritten.set(action.id, action);
    const unsent = effects.flatMap((effect) => (effect.type === 'send' ? [effect.actionId] : []));
    const told = this.step({ type: 'disk', ok: false, unsent });
    for (const effect of told) if (effect.type === 'write') for (const action of effect.actions) this.unwritten.set(action.id, action);
    const { life } = this;
    this.at(DISK_RETRY_MS, () => {
      if (life !== this.life) return;
      for (const action of this.unwritten.values()) this.disk.set(action.id, action);
      this.unwritten.clear();
      this.dispatch({ type: 'disk', ok: true, unsent: [] });
    });
    this.runEffects([...effects.filter((effect) => effect.type === 'read'), ...told.filter((effect) => effect.type !== 'write' && effect.type !== 'send')]);
  }

  private read(actionId: string, paymentId: string): void {
    const begunAtMs = this.realMs;
    const startedAt = { wallMs: this.nowMs(), monotonicMs: begunAtMs };
    const fate = this.fate();
    const tookMs =
      fate === 'lost-before' || fate === 'lost-after' || fate === 'delayed' ? TIMEOUT_MS : fate === 'slow' ? this.draw() * 20_000 : 20 + this.draw() * 500;
    const { life } = this;
    let seen: Result<Payment, Failure> | null = null;
    this.at(tookMs * this.draw(), () => {
      seen = this.dojo.read(paymentId);
    });
    this.at(tookMs, () => {
      if (life !== this.life) return;
      const result = fate === 'ok' || fate === 'slow' ? (seen ?? this.dojo.read(paymentId)) : err(failureOf(fate));
      if (result.ok) {
        this.promises.readBegunAtMs.set(actionId, begunAtMs);
        this.known.set(paymentId, result.value);
      }
      // The till's clock follows what Dojo says, sooner or later.
      if (result.ok && this.draw() < 0.2) this.behindMs = 0;
      this.dispatch({ type: 'read', actionId, startedAt, dojoAtMs: result.ok ? Math.floor(this.realMs / 1_000) * 1_000 : null, result });
    });
  }

  private send(actionId: string): void {
    const action = this.state.actions.get(actionId);
    holds(action !== undefined, `expected ${actionId} to be known`);
    const fate = this.fate();
    const answersInMs = fate === 'slow' ? this.draw() * TIMEOUT_MS : 20 + this.draw() * 500;
    const { life } = this;
    let answer: Result<Taken, Failure> = err(failureOf(fate));
    const commit = (inMs: number, isAnswer: boolean) => {
      this.underWay.set(actionId, (this.underWay.get(actionId) ?? 0) + 1);
      this.at(inMs, () => {
        this.underWay.set(actionId, (this.underWay.get(actionId) ?? 0) - 1);
        const result = this.dojo.commit(action);
        if (isAnswer) answer = result;
        this.promises.money(action);
      });
    };
    const isLost = fate === 'lost-before' || fate === 'lost-after' || fate === 'delayed';
    const givenUpInMs = isLost ? TIMEOUT_MS : answersInMs;
    if (fate === 'ok' || fate === 'slow') commit(answersInMs / 2, true);
    if (fate === 'lost-after' || fate === 'http-500-after' || fate === 'http-409-after' || fate === 'throttled-after') commit(answersInMs / 2, false);
    if (fate === 'delayed') commit(givenUpInMs + this.draw() * (SETTLING_MS - 1), false);
    this.at(givenUpInMs, () => {
      if (life !== this.life) return;
      if (!answer.ok && (answer.error.kind === 'unknown-outcome' || answer.error.kind === 'not-dojo')) this.promises.lostAtMs.set(actionId, this.realMs);
      this.dispatch({ type: 'answered', actionId, result: answer });
    });
  }

  private fate(): Fate {
    if (!this.lineUp) return 'not-sent';
    if (!this.keyOk) return 'key-refused';
    return this.faults ? this.pick(FATES) : 'ok';
  }
}
