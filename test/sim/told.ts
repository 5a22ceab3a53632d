import { type Action, isFinal, type MoveKind } from '../../main/core/queue/action.ts';
import type { ActionRequest } from '../../preload/contract.ts';
import type { Kept } from './disk.ts';
import type { Pc } from './pc.ts';
import { breaks, type World } from './world.ts';

/** What a person decided of an action and was told to be so. `atMs`: in true time. */
export type Told = Readonly<{ till: number; actionId: string; what: 'removed' | 'settled' | 'released'; atMs: number }>;

/** What the disk holds of it in this moment, which is all that a power cut leaves, agrees with what the person is told. */
const IS_SO: Readonly<Record<Told['what'], (kept: Kept, sinceMs: number) => boolean>> = {
  // What was sent before is looked for first: the row says that it was removed.
  removed: ({ action }) => action.state === 'withdrawn' || action.outcome?.code === 'withdrawn-unread',
  // An answer of Dojo's may come in the same moment, and counts for more.
  settled: ({ action }) => isFinal(action) && (action.outcome?.settledBy === 'person' || action.state === 'done'),
  // It goes on at once: what matters is that it was written since it was asked for.
  released: ({ action, atMs }, sinceMs) => action.state !== 'needsPerson' || atMs >= sinceMs,
};

/** A call was answered as done: what it was about is on the disk. `sinceMs`: when it was asked. */
export function checkTold(world: World, pc: Pc, what: Told['what'], actionId: string, sinceMs: number): void {
  const kept = pc.disk.actions.get(actionId);
  world.journal.told.push({ till: pc.index, actionId, what, atMs: world.clock.nowMs() });
  if (!kept || kept.rotten || !IS_SO[what](kept, sinceMs))
    breaks(world, 'whatIsToldIsOnTheDisk', `${pc.name}: ${actionId} is said to be ${what}, the disk says ${kept?.action.state ?? 'nothing'}`);
}

/** What was accepted is on the disk when it is said, and is what the person decided. */
export function checkAccepted(world: World, pc: Pc, requests: readonly ActionRequest[], actionIds: readonly string[]): void {
  for (const [index, actionId] of actionIds.entries()) {
    const kept = pc.disk.actions.get(actionId);
    const request = requests[index];
    if (!kept) breaks(world, 'whatIsToldIsOnTheDisk', `${pc.name}: ${actionId} is said to be accepted, the disk does not have it`);
    else if (!request || decision(kept.action.paymentId, kept.action.move) !== decision(request.paymentId, request))
      breaks(world, 'acceptedIsDecided', `${pc.name}: ${JSON.stringify(request)} was accepted as ${JSON.stringify(kept.action.move)}`);
  }
}

type Decided = Readonly<{ kind: MoveKind; amount?: number; tipsAmount?: number | undefined }>;
const decision = (paymentId: string, { kind, amount = 0, tipsAmount = 0 }: Decided): string => `${kind} ${paymentId} ${amount} + ${tipsAmount}`;

/** It has one key from its decision on, whatever becomes of it. */
export function checkKey(world: World, pc: Pc, { id, idempotencyKey }: Action): void {
  const { keys } = world.journal;
  if ((keys.get(id) ?? idempotencyKey) !== idempotencyKey) breaks(world, 'oneActionOneKey', `${pc.name}: ${id} has another key than it was decided with`);
  keys.set(id, keys.get(id) ?? idempotencyKey);
}

/** So is a pause, and its end. */
export function checkPaused(world: World, pc: Pc, paused: boolean): void {
  if ((pc.disk.facts.get('paused') === 'yes') !== paused)
    breaks(world, 'whatIsToldIsOnTheDisk', `${pc.name}: the queue is said to be ${paused ? 'paused' : 'going on'}, the disk says otherwise`);
}

/** Removed or settled by a person, who was told so, and not released since: its request never leaves any more. */
export function isToldToBeOver({ journal }: World, pc: Pc, actionId: string, idempotencyKey: string): boolean {
  // What was decided before an image was put back the disk forgot.
  const over = journal.told.findLast(
    ({ till, actionId: id, what, atMs }) => till === pc.index && id === actionId && what !== 'released' && atMs >= pc.rolledBackAtMs,
  );
  return over !== undefined && !(journal.released.get(idempotencyKey) ?? []).some((atMs) => atMs >= over.atMs);
}
