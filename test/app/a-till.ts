import type { RunningTill } from '../../main/app/till.ts';
import type { ActionRequest, Result, Snapshot } from '../../preload/contract.ts';
import type { PlannedFault } from '../sim/faults.ts';
import { ask as askTill, cutPower, start } from '../sim/pc.ts';
import { calm } from '../sim/schedule.ts';
import { createWorld } from '../sim/world.ts';

export const START = Date.parse('2026-06-15T12:00:00Z');
export const MINUTE = 60_000;
const KEYS = { sk_sandbox_one00001: 'acc_one', sk_sandbox_oneNEW02: 'acc_one', sk_sandbox_two00003: 'acc_two' };

/** A till that is not switched on yet, over a simulated Dojo, clock, line and disk. Its key is the simulation's own. */
export function tillOff(startMs: number, faults: readonly PlannedFault[] = []) {
  const world = createWorld({ ...calm(startMs), faults }, null, false);
  const [pc] = world.pcs;
  if (!pc) throw new Error('expected a till');
  return {
    ...world,
    pc,
    switchOn: () => start(world, pc),
    async restart() {
      cutPower(world, pc);
      await start(world, pc);
    },
    async ask<T>(call: (till: RunningTill) => Promise<Result<T>>): Promise<Result<T>> {
      const answer = await askTill(world, pc, call);
      if (answer === null) throw new Error('expected an answer within five minutes');
      return answer;
    },
  };
}

/** A till that is on and knows no key, with what a test does to it. */
export async function shop(faults: readonly PlannedFault[] = []) {
  const { clock, bank, journal, pc, troubles, switchOn, restart, ask } = tillOff(START, faults);
  for (const [key, accountId] of Object.entries(KEYS)) bank.addKey(key, accountId);
  const hold = (over = {}) =>
    bank.addPayment({ amountMinor: 4200, captureMode: 'Manual', accountId: 'acc_one', createdAtMs: START - 60 * MINUTE, ...over }, START);
  const sale = (over = {}) => bank.addPayment({ amountMinor: 1250, accountId: 'acc_one', createdAtMs: START - 30 * MINUTE, ...over }, START);
  pc.key = null;
  await switchOn();
  let made = 0;

  const troubled = (target: string, what: 'hang' | 'page') =>
    void troubles.push({ on: 'looks', what, scope: 'payment', target, pick: 0, forMs: Number.MAX_VALUE, untilMs: Number.MAX_VALUE });

  const line = {
    setDown(down: boolean) {
      pc.lineDown = down ? 'no-line' : null;
    },
    /** Looks at this payment are not answered any more. */
    hang: (paymentId: string) => troubled(paymentId, 'hang'),
    /** To looks at this payment something in between answers with a page. */
    page: (paymentId: string) => troubled(paymentId, 'page'),
    /** To every look something in between answers with a page. */
    portal: () => void troubles.push({ on: 'looks', what: 'page', scope: 'all', target: null, pick: 0, forMs: Number.MAX_VALUE, untilMs: Number.MAX_VALUE }),
    /** Requests that could move money. */
    sent: () => [...journal.sent.values()].flat(),
    /** Requests that only look. */
    looks: () => pc.met.look,
  };
  return {
    clock,
    bank,
    line,
    pc,
    hold,
    sale,
    ask,
    /** `sameAccount`: what the owner answers where Dojo shows nothing that tells. */
    connect: (apiKey = 'sk_sandbox_one00001', sameAccount?: string | null) =>
      ask((till) => till.handlers.connect({ apiKey, ...(sameAccount === undefined ? {} : { sameAccount }) })),
    submit: (...requests: ActionRequest[]) => ask((till) => till.handlers.submit({ requests })),
    capture: (paymentId: string, amount: number, requestId = `request-${++made}`): ActionRequest => ({ kind: 'capture', paymentId, amount, requestId }),
    reverse: (paymentId: string): ActionRequest => ({ kind: 'reverse', paymentId, requestId: `request-${++made}` }),
    async look(): Promise<Snapshot> {
      const result = await ask((till) => till.handlers.getSnapshot(undefined));
      if (!result.ok) throw new Error(result.error.message);
      return result.value;
    },
    restart,
    till(): RunningTill {
      if (!pc.life?.till) throw new Error('expected a running till');
      return pc.life.till;
    },
  };
}
