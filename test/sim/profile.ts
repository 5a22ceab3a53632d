import { copyOf } from './disk.ts';
import type { SimPlace } from './home.ts';
import { cutPower, type Pc } from './pc.ts';
import type { World } from './world.ts';
import { noteZone } from './zones.ts';

/** Another folder, another user of the same machine, or another machine. */
export type Elsewhere = 'folder' | 'user' | 'machine';

function goElsewhere({ place }: Pc, from: SimPlace, to: Elsewhere): void {
  place.path = `${from.path}, in another ${to}`;
  place.user = to === 'folder' ? from.user : `${from.user}, another ${to}’s`;
  place.machineId = to === 'machine' ? `${from.machineId}, another` : from.machineId;
}

/** The folder is copied while the first one goes on: two programs believe that they are the same till. */
export function copyProfile(world: World, pc: Pc, { to, as }: Readonly<{ to: number; as: Elsewhere }>): void {
  const copy = world.pcs[to];
  if (!copy || copy.there) return;
  world.journal.count('profile copied');
  copy.there = true;
  copy.disk = copyOf(pc.disk);
  copy.copiedFrom = { index: pc.index, atMs: world.clock.nowMs() };
  copy.settings = structuredClone(pc.settings);
  noteZone(world, copy);
  copy.key = pc.key;
  copy.keyOf = pc.keyOf;
  goElsewhere(copy, pc.place, as);
  world.journal.say(copy.name, () => `*** is a copy of ${pc.name}, for another ${as}`);
}

/** The program goes on in another folder, as another user, on another machine; nothing is left where it was. */
export function moveProfile(world: World, pc: Pc, to: Elsewhere): void {
  cutPower(world, pc);
  world.journal.count('profile moved');
  goElsewhere(pc, pc.place, to);
  pc.paused = false;
  world.journal.say(pc.name, () => `*** goes on with another ${to}`);
}

export function takeImage(world: World, pc: Pc): void {
  pc.image = { takenAtMs: world.clock.nowMs(), disk: copyOf(pc.disk), settings: structuredClone(pc.settings), key: pc.key, keyOf: pc.keyOf };
}

/** The disk is as it was when the image was taken. Nobody tells the program. */
export function putImageBack(world: World, pc: Pc, where: 'in-its-place' | 'elsewhere'): void {
  if (!pc.image) return;
  cutPower(world, pc);
  world.journal.count(`image put back ${where === 'elsewhere' ? where : 'in its place'}`);
  world.journal.say(pc.name, () => '*** its disk is as it was when the image was taken');
  const { takenAtMs, disk, settings, key, keyOf } = pc.image;
  pc.disk = copyOf(disk);
  pc.settings = structuredClone(settings);
  noteZone(world, pc);
  pc.key = key;
  pc.keyOf = keyOf;
  pc.paused = false;
  pc.rolledBackAtMs = world.clock.nowMs();
  pc.rolledBackToMs = takenAtMs;
  if (where === 'elsewhere') goElsewhere(pc, pc.place, 'machine');
  // What was accepted since is not on it: no program can keep what its disk forgot.
  const { accepted } = world.journal;
  const left = accepted.filter(({ till, actionId }) => till !== pc.index || pc.disk.actions.has(actionId));
  accepted.splice(0, accepted.length, ...left);
}
