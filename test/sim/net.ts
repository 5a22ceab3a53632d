import { type Action, amountOf as amountOfMove } from '../../main/core/queue/action.ts';
import type { Http, HttpAnswer, HttpRequest } from '../../main/ports/http.ts';
import { heldOf } from '../../main/simulator/amounts.ts';
import { answerTo } from '../../main/simulator/answer.ts';
import { type SeededRandom, seededRandom } from '../../main/simulator/random.ts';
import { FAULTS, type Fault, nameOfTrouble } from './faults.ts';
import { checkSend } from './invariants.ts';
import { pounds } from './journal.ts';
import { nameOfLasting } from './lasting-troubles.ts';
import { countMet } from './met.ts';
import { asleepForMs, crashesAt, disturbedUntil, type Life, type Pc } from './pc.ts';
import { PortBroke } from './port-broke.ts';
import { bodyOf, headerOf, operationOf, paymentIdOf } from './request.ts';
import { rivalOf } from './rival.ts';
import { later, type OngoingTrouble, type World } from './world.ts';

const CLEAN: Fault = { dojo: 'once', hears: 'truth', onMoves: 0, onLooks: 0 };
/** A request may be worked on for 90 s after it was sent. */
const LATE_MOST_MS = 88_000;

type Answered = Extract<HttpAnswer, { kind: 'answered' }>;
type Trip = Readonly<{
  request: HttpRequest;
  action: Action | null;
  fault: Fault;
  retryAfterS: number;
  random: SeededRandom;
  end(answer: HttpAnswer | 'throws'): void;
}>;
/** Done so long after the client gave up: around the end of the settling time, or when no settling time covers it any more. */
const VERY_LATE_MS = { least: 58_000, settled: 150_000, most: 20 * 60_000 } as const;
const veryLateMs = (random: SeededRandom): number =>
  random.chance(0.4) ? random.whole(VERY_LATE_MS.least, VERY_LATE_MS.settled) : random.whole(VERY_LATE_MS.settled, VERY_LATE_MS.most);
const RETRY_AFTER_S = 3;

/** The network between one life of a till and Dojo, with the faults the schedule planned for it. */
export function httpOf(world: World, pc: Pc, life: Life): Http {
  const { clock, journal } = world;
  const after = (delayMs: number, then: () => void) => void clock.after(delayMs, then);
  const planned = new Map(world.schedule.faults.filter(({ till }) => till === pc.index).map(({ on, nth, fault }) => [`${on} ${nth}`, fault]));

  function carry(request: HttpRequest, resolve: (answer: HttpAnswer) => void, reject: (error: Error) => void): void {
    const on = request.movesMoney ? 'move' : 'look';
    const nth = pc.met[on];
    pc.met[on] += 1;
    const random = seededRandom(Math.imul(world.schedule.seed, 0x85ebca6b) + pc.index * 1_000_003 + nth * 2 + (on === 'move' ? 1 : 0));
    const trouble = pc.lineDown === null ? troubleOf(world, request) : undefined;
    if (trouble) trouble.met = (trouble.met ?? 0) + 1;
    if (trouble?.what === 404) journal.denied.add(paymentIdOf(request));
    const plannedName = pc.lineDown ?? (world.faulty && !trouble ? planned.get(`${on} ${nth}`) : undefined);
    const name = trouble ? nameOfTrouble(trouble) : plannedName;
    const retryAfterS = trouble?.retryAfterS ?? RETRY_AFTER_S;
    const fault: Fault = trouble ? faultOf(trouble, random) : plannedName ? FAULTS[plannedName] : CLEAN;
    // Dojo asked for a pause, and the till keeps it.
    const pauseMs = fault.hears === 429 ? retryAfterS * 1_000 : 0;
    if (name && !isOneThatIsAlone(trouble)) disturbedUntil(pc, clock.nowMs() + pauseMs);
    if (name) journal.count(plannedName?.startsWith('throws') && on === 'look' ? 'throws on a look' : name);
    const lasting = trouble ? nameOfLasting(world, trouble) : null;
    if (lasting) journal.count(lasting);
    const action = request.movesMoney ? actionOf(pc, request) : null;
    const what = () =>
      `${request.method} ${new URL(request.url).pathname.replace('/payment-intents/', '')}${request.movesMoney ? ` ${request.body ?? ''}` : ''}`;

    const paymentId = action?.paymentId ?? '';
    const keptForWaking = random.chance(0.5);
    const end = (answer: HttpAnswer | 'throws'): void => {
      const asleepMs = asleepForMs(world, pc);
      if (asleepMs > 0) return after(asleepMs, () => end(keptForWaking ? answer : { kind: 'broken', cause: 'reset' }));
      if (request.movesMoney) {
        life.onWire.set(paymentId, (life.onWire.get(paymentId) ?? 1) - 1);
        if (life.alive && crashesAt(world, pc, 'answer-unread')) return;
        if (action && answer !== 'throws' && answer.kind === 'answered' && answer.status === 429) heard429(world, action);
        if (action && answer !== 'throws' && isYes(answer)) life.heardYes.add(action.idempotencyKey);
        if (action && answer !== 'throws' && answer.kind === 'answered') heardOfOperation(pc, action, answer.status);
        if (answer === 'throws') journal.say(pc.name, () => '← the client throws');
        else journal.say(pc.name, () => `← ${answer.kind === 'answered' ? `${answer.status} ${answer.body.slice(0, 90)}` : `${answer.kind}, ${answer.cause}`}`);
      }
      if (!life.alive) return;
      if (answer !== 'throws' && answer.kind === 'answered') life.heardAtMs ??= clock.nowMs();
      if (action) journal.ended.set(action.idempotencyKey, clock.nowMs());
      if (action && isNo(answer)) life.heardNo.add(action.idempotencyKey);
      if (answer === 'throws') reject(new PortBroke('HTTP client'));
      else resolve(answer);
    };
    if (request.movesMoney) {
      journal.say(pc.name, () => `→ ${what()}${name ? `   [${name}]` : ''}`);
      life.onWire.set(paymentId, (life.onWire.get(paymentId) ?? 0) + 1);
      checkSend(world, pc, life, request, action);
      if (action)
        for (const rival of world.schedule.rivals)
          if (rival.till === pc.index && rival.nth === nth) later(world, rival.afterMs, () => rivalOf(world, action, rival.how));
      if (crashesAt(world, pc, 'request-kept-back')) return;
    }
    if (fault.hears === 'no-line' || fault.hears === 'no-name')
      return after(random.whole(2, 60), () => end({ kind: 'not-sent', cause: fault.hears === 'no-line' ? 'ECONNREFUSED' : 'ENOTFOUND' }));
    if (action) sentAt(action, clock.nowMs());
    if (request.movesMoney && crashesAt(world, pc, 'request-left')) life.onWire.delete(paymentId);
    travel({ request, action, fault, retryAfterS, random, end });
  }

  /** All bytes have left: there, at Dojo, and back. */
  function travel({ request, action, fault, retryAfterS, random, end }: Trip): void {
    const leftAtMs = clock.nowMs();
    const thereMs = random.whole(20, 250) + (fault.slow === 'there' ? random.whole(1_000, 20_000) : 0);
    const backMs = random.whole(20, 250) + (fault.slow === 'back' ? random.whole(1_000, 25_000) : 0);
    const leavesOnWaking = random.chance(0.3);
    const handle = () => answerOf(world, pc, { request, action, leftAtMs, date: dateOf(world, random) });
    if (fault.dojo === 'late') after(random.whole(random.chance(0.5) ? request.timeoutMs : LATE_MOST_MS - 10_000, LATE_MOST_MS), handle);
    if (fault.dojo === 'very-late') {
      // The connection breaks, something in between gives up, or the client does.
      const hears = random.pick(['silence', 'silence', 'reset', 'page'] as const);
      const givenUpMs = hears === 'silence' ? request.timeoutMs : thereMs + backMs;
      later(world, givenUpMs + veryLateMs(random), handle);
      return after(givenUpMs, () =>
        end(hears === 'silence' ? { kind: 'broken', cause: 'timeout' } : heard({ ...fault, hears }, null, null, { date: dateOf(world, random), retryAfterS })),
      );
    }
    if (fault.hears === 'silence') {
      if (fault.dojo === 'once') after(thereMs, handle);
      return after(request.timeoutMs, () => end({ kind: 'broken', cause: 'timeout' }));
    }
    after(thereMs, () => {
      const asleepMs = asleepForMs(world, pc);
      if (asleepMs > 0 && leavesOnWaking && life.alive) {
        // It was still in the PC's own buffers: it leaves when the PC wakes, and by then nobody waits for its answer.
        if (action) sentAt(action, clock.nowMs() + asleepMs);
        after(asleepMs, () => end({ kind: 'broken', cause: 'timeout' }));
        if (fault.dojo !== 'nothing') after(asleepMs + thereMs, handle);
        return;
      }
      const truth = fault.dojo === 'nothing' ? null : handle();
      const second = fault.dojo === 'twice' ? handle() : null;
      // Dojo did it and a refusal is heard, or it did it twice: the answers alone can tell nobody.
      const refusal = typeof fault.hears === 'number' && fault.hears < 500 && fault.hears !== 408;
      if (action && truth && truth.status < 300 && (second || refusal)) journal.misled.add(action.idempotencyKey);
      after(backMs, () => end(fault.hears === 'throws' ? 'throws' : heard(fault, truth, second, { date: dateOf(world, random), retryAfterS })));
    });
  }

  const sentAt = ({ idempotencyKey }: Action, atMs: number) => journal.sent.set(idempotencyKey, [...(journal.sent.get(idempotencyKey) ?? []), atMs]);
  return { request: (request) => new Promise((resolve, reject) => void (life.alive && carry(request, resolve, reject))) };
}

function heardOfOperation({ forbidden }: Pc, { move, paymentId }: Action, status: number): void {
  if (status < 300) forbidden.delete(move.kind);
  if (status === 403 || status === 401) forbidden.set(move.kind, (forbidden.get(move.kind) ?? new Set()).add(paymentId));
}

/** The trouble at Dojo that this request meets. */
function troubleOf(world: World, request: HttpRequest): OngoingTrouble | undefined {
  const kind = operationOf(request);
  return world.troubles.find(
    ({ on, scope, target, untilMs, met, times = Number.POSITIVE_INFINITY }) =>
      world.faulty &&
      (met ?? 0) < times &&
      world.clock.nowMs() < untilMs &&
      (on === 'both' || (on === 'moves') === request.movesMoney) &&
      (scope === 'all' || (scope === 'payment' ? paymentIdOf(request) === target : kind === target)),
  );
}

/** Trouble with one payment, which is that payment's own; where it is asked to wait, everybody is once. */
const isOneThatIsAlone = (trouble: OngoingTrouble | undefined): boolean => trouble?.scope === 'payment' && trouble.what !== 429;

/** What hangs is done in the end, or never. */
function faultOf({ what }: OngoingTrouble, random: SeededRandom): Fault {
  if (what === 'lost') return { ...CLEAN, hears: random.chance(0.5) ? 'reset' : 'silence' };
  if (what === 'late') return FAULTS['very-late'];
  if (what === 'denied') return { ...CLEAN, hears: 409 };
  return what === 'hang' ? { ...CLEAN, dojo: random.chance(0.5) ? 'late' : 'nothing', hears: 'silence' } : { ...CLEAN, dojo: 'nothing', hears: what };
}

type DateField = Readonly<{ date?: string }>;
/** The time as the server says it that happens to answer. */
function dateOf({ clock, journal, schedule: { date } }: World, random: SeededRandom): DateField {
  if (date.kind === 'none') return {};
  const isWrong = 'apartMs' in date && random.chance(1 / ('of' in date ? date.of : 2));
  if (isWrong && date.kind === 'one-of-several') journal.count('one of several servers is hours off');
  const wrongMs = isWrong ? date.apartMs : 0;
  return { date: new Date(clock.nowMs() + wrongMs).toUTCString() };
}

function heard(
  fault: Fault,
  truth: Answered | null,
  second: Answered | null,
  { date, retryAfterS }: Readonly<{ date: DateField; retryAfterS: number }>,
): HttpAnswer {
  const json = { 'content-type': 'application/json', ...date };
  switch (fault.hears) {
    case 'reset':
      return { kind: 'broken', cause: 'reset' };
    case 'cut-short':
      return { kind: 'broken', cause: 'cut-short' };
    case 'html':
      return { kind: 'answered', status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Sign in to use this network</html>' };
    case 'page':
      return { kind: 'answered', status: 502, headers: { 'content-type': 'text/html' }, body: '<html>Bad gateway</html>' };
    case 'empty':
      return { kind: 'answered', status: truth?.status ?? 200, headers: { ...date }, body: '' };
    case 'truncated':
      return truth ? { ...truth, body: truth.body.slice(0, Math.floor(truth.body.length / 2)) } : { kind: 'broken', cause: 'cut-short' };
    case 'second':
      return second ?? { kind: 'broken', cause: 'cut-short' };
    case 'truth':
    case 'silence':
    case 'no-line':
    case 'no-name':
    case 'throws':
      return truth ?? { kind: 'broken', cause: 'cut-short' };
    case 429:
      return { kind: 'answered', status: 429, headers: { ...json, 'retry-after': String(retryAfterS) }, body: '{"title":"Too many requests"}' };
    case 503:
      return { kind: 'answered', status: 503, headers: { 'content-type': 'text/html' }, body: '<html>Unavailable</html>' };
    default:
      return { kind: 'answered', status: fault.hears, headers: json, body: `{"title":"Trouble","status":${fault.hears}}` };
  }
}

/** Dojo's own no, or a request that did not leave: what became of it is not in doubt. */
function isNo(answer: HttpAnswer | 'throws'): boolean {
  if (answer === 'throws' || answer.kind === 'broken') return false;
  return answer.kind === 'not-sent' || (answer.status >= 400 && answer.status < 500 && answer.status !== 408 && isJson(answer.body));
}
/** Dojo's own yes to a capture, a reversal or a refund, whole, as the specification has it: with an id or without. */
const isYes = (answer: HttpAnswer): boolean => answer.kind === 'answered' && answer.status === 200 && isJson(answer.body) && YES.test(answer.body);
const YES = /"(captureId|reversalId|refundId|paymentIntentId)":/;
/** One that was cut short is nobody's word. */
function isJson(body: string): boolean {
  try {
    JSON.parse(body);
    return true;
  } catch {
    return false;
  }
}

/** A part of a hold that Dojo did not take: another till may take the very same one before it is asked for again. */
function heard429({ bank, journal }: World, { idempotencyKey, paymentId, move }: Action): void {
  const intent = bank.intent(paymentId);
  const amountMinor = amountOfMove(move) ?? 0;
  if (move.kind !== 'capture' || !intent || journal.byKey.has(idempotencyKey) || amountMinor >= heldOf(intent)) return;
  journal.throttled.set(idempotencyKey, { paymentId, amountMinor });
}

/** Which action a request is of: by its key, or where Dojo takes none (DELETE) by what the disk says is being sent. */
function actionOf(pc: Pc, request: HttpRequest): Action | null {
  const key = headerOf(request, 'idempotencykey');
  const paymentId = paymentIdOf(request);
  for (const { action } of pc.disk.actions.values())
    if (key === undefined ? action.paymentId === paymentId && action.move.kind === 'cancel' && action.state === 'sending' : action.idempotencyKey === key)
      return action;
  return null;
}

/** What it moves, a capture with its tips, or what it sets: a bare number, or beside its currency. */
function amountOf(request: HttpRequest): number | null {
  const { amount, tipsAmount } = bodyOf(request) as { amount?: unknown; tipsAmount?: unknown };
  if (typeof amount === 'number' && typeof tipsAmount === 'number') return amount + tipsAmount;
  const said = typeof amount === 'number' ? amount : ((amount ?? tipsAmount) as { value?: unknown } | undefined)?.value;
  return typeof said === 'number' ? said : null;
}

type Handled = Readonly<{ request: HttpRequest; action: Action | null; leftAtMs: number; date: DateField }>;

/** Dojo handles it, and the journal remembers what really happened. */
function answerOf(world: World, pc: Pc, { request, action, leftAtMs, date }: Handled): Answered {
  const { bank, clock, journal } = world;
  const { pathname, search } = new URL(request.url);
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]));
  const { said } = answerTo(bank, { method: request.method, path: pathname + search, headers, body: request.body }, clock.nowMs());
  countMet(world, { operation: operationOf(request), paymentId: paymentIdOf(request), key: action?.idempotencyKey ?? null, said });
  if (request.movesMoney && said.status < 300) {
    const json = (said.json ?? {}) as Record<string, unknown>;
    const id = said.did ?? String(json.id ?? 'done');
    const kind = action?.move.kind ?? 'capture';
    const amountMinor = amountOf(request);
    const by = action?.idempotencyKey ?? 'nobody';
    journal.commit({ by, till: pc.index, kind, paymentId: paymentIdOf(request), amountMinor, id, atMs: clock.nowMs(), sentAtMs: leftAtMs });
    journal.say('Dojo', () => `does it for ${pc.name}: ${kind} ${paymentIdOf(request)} ${amountMinor === null ? '' : pounds(amountMinor)} ${id.slice(0, 9)}`);
  } else if (request.movesMoney) journal.say('Dojo', () => `refuses ${pc.name}: ${JSON.stringify(said.json).slice(0, 160)}`);
  return {
    kind: 'answered',
    status: said.status,
    headers: { 'content-type': 'application/json', ...date, ...said.headers },
    body: said.json === undefined ? '' : JSON.stringify(said.json),
  };
}
