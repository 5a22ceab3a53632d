import { isFinal } from '../../main/core/queue/action.ts';
import { type Defect, setDefect } from './defects.ts';
import { checkEnd, checkNoticed, checkToThePenny, checkWaiting, checkWorld, misledActions, whatIsOldGoes } from './invariants.ts';
import { ask, disturbedUntil, type Pc, setDisk, start } from './pc.ts';
import { act, connect, disturb, hasOpen, look, settleByDojo } from './people.ts';
import { PortBroke } from './port-broke.ts';
import { draw, KEYS, type Schedule } from './schedule.ts';
import { type Broken, breaks, createWorld, pcsThere, type World } from './world.ts';

const MINUTE_MS = 60_000;
/** Faults stop; then everything comes to its end within this: a part capture without a trace is watched for ten minutes, a reading that fails for thirty. */
const ENDS_WITHIN_MS = 45 * MINUTE_MS;
/** What somebody else has yet to do is waited for as well. */
const PENDING_MOST_MS = 80 * MINUTE_MS;

export type Outcome = Readonly<{
  schedule: Schedule;
  /** Empty: every promise held. */
  broken: readonly Broken[];
  history: readonly string[];
  /** How often each fault, crash and deed was met. */
  counts: ReadonlyMap<string, number>;
  actions: number;
}>;

/** One seed's time at the counter: real tills against a simulated Dojo, network, disk, clock and people. */
export const simulate = (seed: number, minutes: number): Promise<Outcome> => play(draw(seed, minutes));

export async function play(schedule: Schedule, options: { defect?: Defect | null; history?: boolean } = {}): Promise<Outcome> {
  const world = createWorld(schedule, options.defect ?? null, options.history ?? false);
  const zoneBefore = process.env.TZ;
  process.env.TZ = schedule.pcZone;
  setDefect(world.defect);
  const undo = onRejections((error) => {
    if (!(error instanceof PortBroke)) breaks(world, 'nothingBreaksInside', error instanceof Error ? (error.stack ?? error.message) : String(error));
  });
  try {
    await playSteps(world);
    if (world.broken.length === 0) await playEnd(world);
  } catch (error) {
    world.broken.push({ promise: 'nothingBreaksInside', detail: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  } finally {
    if (zoneBefore === undefined) delete process.env.TZ;
    else process.env.TZ = zoneBefore;
    setDefect(null);
    await new Promise<void>((resolve) => setImmediate(resolve));
    undo();
    for (const pc of world.pcs) if (pc.life) pc.life.alive = false;
  }
  const actions = world.pcs.reduce((sum, pc) => sum + pc.disk.actions.size, 0);
  return { schedule, broken: world.broken, history: world.journal.lines, counts: world.journal.counts, actions };
}

/** A promise that nobody waited for and that failed. */
function onRejections(hear: (error: unknown) => void): () => void {
  const others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', hear);
  return () => {
    process.removeListener('unhandledRejection', hear);
    for (const other of others) process.on('unhandledRejection', other);
  };
}

async function playSteps(world: World): Promise<void> {
  const { schedule, clock, journal } = world;
  for (const step of schedule.steps) {
    await clock.run(step.afterMs);
    // Before the next deed excuses it.
    checkWaiting(world);
    for (const pc of pcsThere(world)) if (!pc.life?.alive) await start(world, pc);
    const pc = world.pcs[step.till];
    if (!pc?.there) continue;
    const { afterMs: _, till: __, ...deed } = step;
    journal.count(`does: ${deed.do}`);
    journal.say(pc.name, () => `— ${Object.values(deed).join(' ')}`);
    await act(world, pc, deed);
    disturb(world, pc, step.do);
    await look(world, pc);
    checkWorld(world);
    if (world.broken.length > 0) return;
  }
}

/** Faults stop, the line is there, the key is right: what was begun has to come to its end. */
async function playEnd(world: World): Promise<void> {
  world.faulty = false;
  world.journal.say('', () => '=== faults stop');
  for (const key of Object.values(KEYS)) world.bank.mendKey(key);
  world.troubles.length = 0;
  for (const pc of pcsThere(world)) {
    pc.lineDown = null;
    setDisk(world, pc, 'ok');
    pc.paused = false;
    disturbedUntil(pc, world.clock.nowMs());
  }
  for (const pc of pcsThere(world)) if (!pc.life?.alive) await start(world, pc);
  for (const pc of pcsThere(world)) {
    if (pc.life) pc.life.holds = false;
    await ask(world, pc, ({ handlers }) => handlers.resumeQueue(undefined));
  }
  for (const key of [KEYS.own, KEYS.newer, KEYS.other, KEYS.own]) await endWith(world, key);
  const untilMs = world.clock.nowMs() + PENDING_MOST_MS;
  while (world.pending > 0 && world.clock.nowMs() < untilMs) await world.clock.run(MINUTE_MS);
  await bankHasAnswered(world);
  for (const key of [KEYS.other, KEYS.own]) await endWith(world, key);
  await bankHasAnswered(world);
  // The first answer after a late start tells the time; one that is days off is believed, and purged by, after ten minutes of the same.
  await world.clock.run(30_000);
  if (whatIsOldGoes(world).length > 0) await world.clock.run(15 * MINUTE_MS);
  // Where Dojo asked for a pause of minutes just before, the screens are as old as that.
  await world.clock.run(Math.max(0, ...pcsThere(world).map(({ disturbedUntilMs }) => disturbedUntilMs - world.clock.nowMs())));
  // Where nobody looks readings are minutes apart, and what could not be written is told with the next.
  await world.clock.run(10 * MINUTE_MS);
  checkWorld(world);
  checkEnd(world);
  for (const pc of pcsThere(world)) await checkScreens(world, pc);
}

/** What is with the bank is no end yet: what it declines is on hold again. */
async function bankHasAnswered(world: World): Promise<void> {
  const isWithTheBank = () => world.bank.intents().some(({ captures }) => captures.some(({ status }) => status === 'Created'));
  const untilMs = world.clock.nowMs() + PENDING_MOST_MS;
  while (isWithTheBank() && world.clock.nowMs() < untilMs && world.broken.length === 0) {
    await world.clock.run(MINUTE_MS);
    world.bank.advance(world.clock.nowMs());
    checkWorld(world);
    for (const pc of pcsThere(world)) await look(world, pc);
  }
}

/** With one account's key, until nothing of it is left open. */
async function endWith(world: World, key: string): Promise<void> {
  const pcs = pcsThere(world).filter((pc) => hasOpen(pc) || key === KEYS.own);
  for (const pc of pcs) await connectAtLast(world, pc, key);
  const untilMs = world.clock.nowMs() + ENDS_WITHIN_MS;
  const owner = key === KEYS.other ? 'acc_other' : 'acc_training';
  const waits = (pc: Pc) =>
    hasOpen(pc) && [...pc.disk.actions.values()].some(({ action }) => !isFinal(action) && world.bank.intent(action.paymentId)?.accountId === owner);
  while (pcs.some(waits) && world.clock.nowMs() < untilMs && world.broken.length === 0) {
    await world.clock.run(20_000);
    for (const pc of pcs) await settleByDojo(world, pc);
    checkWorld(world);
  }
}

/** Whom Dojo asked to wait connects once that has passed. */
async function connectAtLast(world: World, pc: Pc, key: string): Promise<void> {
  const untilMs = world.clock.nowMs() + ENDS_WITHIN_MS;
  while ((await connect(world, pc, key))?.code === 'dojo-trouble' && world.clock.nowMs() < untilMs) await world.clock.run(MINUTE_MS);
}

async function checkScreens(world: World, pc: Pc): Promise<void> {
  // Twice: the first answer may tell a PC whose clock is wrong that it is another day.
  for (let time = 0; time < 2; time += 1) {
    await world.clock.run(10_000);
    await ask(world, pc, ({ handlers }) => handlers.refresh(undefined));
    // Of a long list the rest follows.
    await look(world, pc);
  }
  await world.clock.run(1_000);
  const snapshot = await look(world, pc);
  for (const view of snapshot?.payments ?? []) if (view.createdAtMs >= (snapshot?.day.startMs ?? 0)) checkToThePenny(world, pc, view);
  for (const kept of misledActions(world, pc)) {
    const read = await ask(world, pc, ({ handlers }) => handlers.getPayment({ paymentId: kept.action.paymentId }));
    if (read?.ok) checkNoticed(world, pc, kept, read.value.payment);
  }
}
