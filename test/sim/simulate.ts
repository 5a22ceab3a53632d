import type { Action } from '../../main/core/action.ts';
import { calendarDay } from '../../main/core/day.ts';
import { createBank } from '../../main/training/bank.ts';
import { seededRandom } from '../../main/training/random.ts';
import type { ActionRequest, Snapshot } from '../../preload/contract.ts';
import { createSimClock } from './clock.ts';
import { emptyDisk } from './ledger.ts';
import { type Life, type SimPc, startLife } from './life.ts';
import { createSimLine, type Fault } from './line.ts';

const ZONE = 'Europe/London';
const MINUTE_MS = 60_000;
const KEY = 'sk_sandbox_simulated0001';
/** Faults stop, then everything has to come to its end within this. */
const QUIET_MS = 45 * MINUTE_MS;

export type Outcome = Readonly<{
  seed: number;
  broken: readonly string[];
  history: readonly string[];
  injected: ReadonlyMap<Fault, number>;
  actions: number;
  crashes: number;
}>;

/** One seed's day at the counter: the real till against a simulated Dojo, network, disk, clock and people. */
export async function simulate(seed: number, minutes = 30): Promise<Outcome> {
  const random = seededRandom(seed);
  const history: string[] = [];
  const errors: string[] = [];
  const startMs = Date.parse(
    random.pick(['2026-06-15T13:00:00Z', '2026-06-15T22:45:00Z', '2026-03-28T23:50:00Z', '2026-10-24T22:50:00Z', '2026-12-01T23:45:00Z'] as const),
  );
  const clock = createSimClock(startMs);
  const say = (text: string) => void history.push(`${new Date(clock.trueMs()).toISOString().slice(11, 23)} ${text}`);
  const bank = createBank({
    seed,
    zone: ZONE,
    keys: { [KEY]: 'acc_training' },
    declinedPercent: 4,
    failedPercent: 3,
    switches: {
      partCaptureTurnsCaptured: random.chance(0.3),
      partCaptureReleasesRest: random.chance(0.3),
      captureShowsAtOnce: random.chance(0.5),
      captureHonoursIdempotencyKey: random.chance(0.2),
      stableCursors: random.chance(0.5),
      searchDatesMeanUpdated: random.chance(0.3),
    },
  });
  const ids: string[] = [];
  for (let index = 0; index < random.whole(3, 10); index += 1) {
    const paidAtMs = startMs - random.whole(1, 300) * MINUTE_MS;
    const captureMode = random.chance(0.7) ? 'Manual' : 'Auto';
    const expiring = captureMode === 'Manual' && random.chance(0.1);
    const autoExpireInMs = expiring ? startMs - paidAtMs + random.whole(2, 40) * MINUTE_MS : null;
    const autoExpireAction = random.chance(0.5) ? 'Release' : 'Capture';
    ids.push(
      bank.addPayment({ amountMinor: random.whole(3, 60) * 100, captureMode, createdAtMs: paidAtMs, paidAtMs, autoExpireInMs, autoExpireAction }, startMs).id,
    );
  }
  const line = createSimLine(clock, bank, random);
  const doubles = random.chance(0.2);
  line.setFaults(true, doubles);
  const pc: SimPc = { disk: emptyDisk(), key: KEY, full: false };
  const accepted = new Set<string>();
  let crashes = 0;
  let life = await newLife(true);

  async function newLife(faulty: boolean): Promise<Life> {
    const crashAt = faulty && random.chance(0.5) ? { write: random.whole(1, 60), after: random.chance(0.5) } : null;
    return startLife({ pc, clock, random, httpFor: line.httpFor, crashAt, zone: ZONE, errors });
  }

  async function revive(faulty: boolean): Promise<void> {
    while (!life.isAlive()) {
      crashes += 1;
      say('crash');
      await clock.run(random.whole(1, 120) * 1_000);
      life = await newLife(faulty);
    }
  }

  /** Asks the till while time goes on, as a person waits for an answer. */
  async function ask<T>(call: Promise<T>): Promise<T | null> {
    let answer: { value: T } | null = null;
    void call.then((value) => {
      answer = { value };
    });
    for (let waited = 0; answer === null && life.isAlive() && waited < 900; waited += 1) await clock.run(200);
    return (answer as { value: T } | null)?.value ?? null;
  }

  async function snapshot(): Promise<Snapshot | null> {
    const result = await ask(life.till.handlers.getSnapshot(undefined));
    return result?.ok ? result.value : null;
  }

  async function submit(requests: ActionRequest[]): Promise<void> {
    const result = await ask(life.till.handlers.submit({ requests }));
    say(
      `submit ${requests.map(({ kind, paymentId, ...rest }) => `${kind} ${paymentId.slice(-6)} ${'amount' in rest ? rest.amount : ''}`).join(', ')} → ${result?.ok ? 'accepted' : (result?.error.message ?? 'no answer')}`,
    );
    if (result?.ok) for (const id of result.value.actionIds) accepted.add(id);
  }

  const requestId = () => random.hex(24);
  const amountUpTo = (maxMinor: number) => random.pick([maxMinor, Math.ceil(maxMinor / 2), Math.min(500, maxMinor), Math.min(500, maxMinor)] as const);

  async function person(): Promise<void> {
    const now = await snapshot();
    if (!now) return;
    const payment = now.payments.length > 0 ? random.pick(now.payments) : null;
    const what = random.whole(0, 99);
    if (what < 40 && payment?.moves.capture.open) {
      const request: ActionRequest = {
        kind: 'capture',
        requestId: requestId(),
        paymentId: payment.id,
        amount: amountUpTo(payment.moves.capture.maxMinor ?? 1),
      };
      await submit([request]);
      if (random.chance(0.3)) await submit([request]); // a double click
      if (random.chance(0.2)) await submit([{ ...request, requestId: requestId() }]); // the same part again, meant
    } else if (what < 50) {
      const holds = now.payments.filter((view) => view.moves.capture.open);
      const runId = requestId();
      if (holds.length > 0) await submit(holds.map((view) => ({ kind: 'capture', requestId: requestId(), paymentId: view.id, amount: view.leftMinor, runId })));
    } else if (what < 62 && payment?.moves.reverse.open) await submit([{ kind: 'reverse', requestId: requestId(), paymentId: payment.id }]);
    else if (what < 72 && payment?.moves.refund.open)
      await submit([{ kind: 'refund', requestId: requestId(), paymentId: payment.id, amount: amountUpTo(payment.moves.refund.maxMinor ?? 1) }]);
    else if (what < 80) {
      const open = now.actions.filter((action) => action.can.withdraw);
      const action = open.length > 0 ? random.pick(open) : null;
      if (action) say(`withdraw ${action.kind} ${action.paymentId.slice(-6)}: ${(await ask(life.till.handlers.withdraw({ actionId: action.id })))?.ok}`);
    } else if (what < 84) await ask(life.till.handlers.pauseQueue(undefined));
    else if (what < 92) await ask(life.till.handlers.resumeQueue(undefined));
    else if (what < 96)
      for (const action of now.actions.filter(({ can }) => can.retry).slice(0, 2)) await ask(life.till.handlers.retryNow({ actionId: action.id }));
    else await ask(life.till.handlers.refresh(undefined));
    checkScreen(now);
  }

  const broken: string[] = [];
  const breaks = (promise: string, detail: string) => void broken.push(`${promise}: ${detail}`);

  function checkScreen(now: Snapshot): void {
    for (const view of now.payments) {
      const { capturedMinor } = bank.moneyOf(view.id);
      if (view.takenMinor > capturedMinor) breaks('what the screen says is true', `${view.id} shows ${view.takenMinor} taken, Dojo took ${capturedMinor}`);
    }
  }

  const world = (until: number) => ({
    async event(): Promise<void> {
      const what = random.whole(0, 99);
      if (what < 8) {
        line.setDown(true);
        say('line down');
      } else if (what < 24) line.setDown(false);
      else if (what < 27) bank.revokeKey(KEY);
      else if (what < 36) bank.mendKey(KEY);
      else if (what < 38) pc.full = true;
      else if (what < 48) pc.full = false;
      else if (what < 51) clock.setAheadMs(random.whole(-40, 40) * MINUTE_MS);
      else if (what < 55) life.kill();
      else if (what < 60) {
        // Another till takes an odd amount of the same payment.
        const intent = random.pick(bank.intents());
        bank.capture('acc_training', intent.id, { amountMinor: 107, tipsMinor: 0 }, clock.trueMs());
      } else await person();
      await clock.runTo(Math.min(until, clock.trueMs() + random.whole(1, 90) * 1_000));
    },
  });

  const endMs = startMs + minutes * MINUTE_MS;
  const events = world(endMs);
  while (clock.trueMs() < endMs) {
    await revive(true);
    await events.event();
  }

  // Faults stop. What was begun has to come to its end.
  line.setDown(false);
  line.setFaults(false, false);
  bank.mendKey(KEY);
  pc.full = false;
  clock.setAheadMs(0);
  await revive(false);
  life.spare();
  await ask(life.till.handlers.resumeQueue(undefined));
  await clock.run(QUIET_MS);

  const last = await snapshot();
  if (last) checkScreen(last);
  const actions = [...pc.disk.actions.values()].map((body) => JSON.parse(body) as Action);
  const byId = new Map(actions.map((action) => [action.id, action]));
  for (const id of accepted) if (!byId.has(id)) breaks('nothing is lost', `accepted action ${id} is not on the disk`);
  for (const action of actions) {
    const name = `${action.move.kind} ${action.paymentId.slice(-6)} ${action.id.slice(0, 6)} (${action.state}, ${action.outcome?.code})`;
    const did = line.committed.filter(({ idempotencyKey }) => idempotencyKey === action.idempotencyKey);
    const doubled = line.doubledKeys.has(action.idempotencyKey);
    if (did.length > 1 && !doubled) breaks('at most once', `${name} moved money ${did.length} times`);
    const view = last?.payments.find(({ id }) => id === action.paymentId);
    if (did.length > 1 && doubled && action.state !== 'needsPerson' && view && view.attention === null) breaks('a doubled request is noticed', name);
    if (!['done', 'refused', 'expired', 'withdrawn', 'needsPerson'].includes(action.state)) breaks('everything ends', name);
    const undone = action.move.kind === 'reverse' && bank.intent(action.paymentId)?.status === 'Reversed';
    if (action.state === 'done' && did.length === 0 && !undone && action.outcome?.settledBy !== 'person') breaks('done means done', name);
    if ((action.state === 'refused' || action.state === 'expired' || action.state === 'withdrawn') && did.length > 0) breaks('not done means not done', name);
    if (action.move.kind === 'reverse') {
      const intent = bank.intent(action.paymentId);
      const midnightMs = calendarDay(intent?.paidAtMs ?? 0, ZONE).endMs;
      // The `Date` header counts whole seconds: the corrected clock is that coarse.
      const late = line.sent.filter(({ idempotencyKey, sentAtTrueMs }) => idempotencyKey === action.idempotencyKey && sentAtTrueMs > midnightMs + 3_000);
      if (late.length > 0 && action.acceptedAtMs < midnightMs) breaks('never too late', name);
    }
  }
  for (const imbalance of bank.imbalances()) breaks('never too much', imbalance);
  if (line.mostAtOnce() > 1 && crashes === 0) breaks('one lane per payment', `${line.mostAtOnce()} requests at once`);
  for (const error of errors) if (!error.startsWith('actions could not be written')) breaks('no broken invariant', error);
  life.kill();
  return { seed, broken, history, injected: line.injected, actions: actions.length, crashes };
}
