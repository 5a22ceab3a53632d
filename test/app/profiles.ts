import type { RunningTill } from '../../main/app/till.ts';
import type { ActionRequest, Result, Snapshot } from '../../preload/contract.ts';
import type { SimPlace } from '../sim/home.ts';
import { ask as askTill, cutPower, type Pc, start } from '../sim/pc.ts';
import { putImageBack, takeImage } from '../sim/profile.ts';
import { calm } from '../sim/schedule.ts';
import { createWorld, type World } from '../sim/world.ts';

export const START_MS = Date.parse('2026-06-15T12:00:00Z');
export const MINUTE_MS = 60_000;
export const KEY = 'sk_sandbox_profile0001';

/** Two PCs, switched off, and Dojo. */
export function twoPcs() {
  const world = createWorld({ ...calm(START_MS), tills: 2 }, null, false);
  world.faulty = false;
  const [one, two] = world.pcs;
  if (!one || !two) throw new Error('expected two tills');
  world.bank.addKey(KEY, 'acc_shop');
  for (const pc of [one, two]) pc.key = null;
  const on = (pc: Pc) => atPc(world, pc);
  return {
    world,
    one: on(one),
    two: on(two),
    run: (minutes: number) => world.clock.run(minutes * MINUTE_MS),
    hold: (id: string, amountMinor = 10_000) =>
      world.bank.addPayment({ id, amountMinor, captureMode: 'Manual', accountId: 'acc_shop', createdAtMs: START_MS - 60 * MINUTE_MS }, START_MS).id,
    captured: (id: string) => world.bank.moneyOf(id).captures,
    /** The whole profile folder, the key file too. */
    copy(from: Pc, to: Pc) {
      const { disk } = from;
      Object.assign(to.disk, {
        actions: new Map(disk.actions),
        payments: new Map(disk.payments),
        activity: [...disk.activity],
        accounts: new Map(disk.accounts),
        keys: new Map(disk.keys),
        facts: new Map(disk.facts),
      });
      // The key file is copied too; only where the same user's secure storage is, it can be read.
      to.key = from.place.user === to.place.user ? from.key : null;
      to.keyOf = from.keyOf;
      to.settings = from.settings;
    },
  };
}

function atPc(world: World, pc: Pc) {
  const ask = async <T>(call: (till: RunningTill) => Promise<Result<T>>): Promise<Result<T>> => {
    const answer = await askTill(world, pc, call);
    if (answer === null) throw new Error('expected an answer within five minutes');
    return answer;
  };
  let decided = 0;
  return {
    pc,
    ask,
    switchOn: () => start(world, pc),
    switchOff: () => cutPower(world, pc),
    async restart() {
      cutPower(world, pc);
      await start(world, pc);
    },
    takeImage: () => takeImage(world, pc),
    /** The disk is as it was then, where it was: the till is off, and nobody tells it. */
    putImageBack: () => putImageBack(world, pc, 'in-its-place'),
    isAt: (place: Partial<SimPlace>) => void Object.assign(pc.place, place),
    connect: (sameAccount?: string | null) => ask(({ handlers }) => handlers.connect({ apiKey: KEY, ...(sameAccount === undefined ? {} : { sameAccount }) })),
    submit: (...requests: ActionRequest[]) => ask(({ handlers }) => handlers.submit({ requests })),
    capture: (paymentId: string, amount: number): ActionRequest => ({ kind: 'capture', paymentId, amount, requestId: `${pc.name}-${++decided}` }),
    release: (...actionIds: string[]) => ask(({ handlers }) => handlers.release({ actionIds })),
    async look(): Promise<Snapshot> {
      const result = await ask(({ handlers }) => handlers.getSnapshot(undefined));
      if (!result.ok) throw new Error(result.error.message);
      return result.value;
    },
    offline: (down: boolean) => {
      pc.lineDown = down ? 'no-line' : null;
    },
    tillId: () => pc.disk.facts.get('tillId'),
  };
}
