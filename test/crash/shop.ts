import { setTimeout as wait } from 'node:timers/promises';
import { type Operation, routeOf } from '../../main/simulator/routes.ts';
import { ZONE } from '../e2e/shop.ts';
import { startDojoServer } from '../simulator/dojo-server.ts';
import { createEar } from './ear.ts';
import type { RoundPlan } from './plan.ts';

export const KEY = 'sk_sandbox_crash001';
const SETTLE_DELAY_MS = 300;

/** The simulated Dojo of one round, with its holds, its faults and a line that goes down when the plan says so. */
export async function openShop(plan: RoundPlan, note: (line: string) => void) {
  const ear = createEar();
  let cutsToCome = plan.lineCuts.toSorted((a, b) => a.afterRequests - b.afterRequests);
  let cutsPlayed = 0;
  let lineBack: Promise<void> = Promise.resolve();
  const dojo = await startDojoServer({
    seed: plan.seed,
    zone: ZONE,
    keys: { [KEY]: 'acc_training' },
    bank: { settleDelayMs: SETTLE_DELAY_MS },
    switches: plan.switches,
    beside(request) {
      ear.hear(routeOf(request.method ?? '', request.url ?? '')?.operation ?? null);
      cutLineWhenDue();
      return null;
    },
  });
  for (const [index, { paymentId, reference, heldMinor }] of plan.takes.entries())
    dojo.addPayment({ id: paymentId, reference, captureMode: 'Manual', amountMinor: heldMinor, paidAtMs: Date.now() - (index + 1) * 1_000 });
  for (const fault of [...plan.faults, ...plan.pace]) dojo.faults.order(fault);

  function cutLineWhenDue(): void {
    const [cut, ...later] = cutsToCome;
    if (!cut || ear.heard() < cut.afterRequests) return;
    cutsToCome = later;
    cutsPlayed += 1;
    lineBack = lineBack.then(async () => {
      if (!plan.lossy) await ear.quiet();
      note(`the line goes down for ${cut.downMs} ms`);
      await dojo.closeLine();
      await wait(cut.downMs);
      await dojo.openLine();
    });
  }

  const asked = (operation: Operation) => dojo.journal().filter((entry) => entry.operation === operation);

  return {
    ear,
    url: dojo.url,
    moneyOf: dojo.bank.moneyOf,
    imbalances: dojo.bank.imbalances,
    /** Resolves when the line is there, if it was not. */
    line: () => lineBack,
    async noMoreCuts(): Promise<void> {
      cutsToCome = [];
      await lineBack;
    },
    capturesHeard: () => asked('capture').length,
    standing(): string {
      const captures = asked('capture');
      return `${captures.length} captures heard, ${captures.filter(({ committed }) => committed).length} done`;
    },
    /** Resolves when Dojo has finished with every capture it was sent: only then does it show the truth. */
    async finished(): Promise<void> {
      const slowestMs = Math.max(0, ...plan.faults.map(({ beforeMs = 0 }) => beforeMs));
      const lastAtMs = asked('capture').at(-1)?.atMs ?? 0;
      await wait(Math.max(0, lastAtMs + slowestMs + 1_000 + SETTLE_DELAY_MS - Date.now()));
    },
    /** Faults that were played, by kind. That Dojo takes its time is no fault. */
    faultsPlayed(): ReadonlyMap<string, number> {
      const played = dojo.journal().flatMap(({ fault }) => (fault === null || fault === 'delay-before' ? [] : [fault]));
      return new Map([...Map.groupBy(played, (kind) => kind)].map(([kind, all]) => [kind, all.length]));
    },
    cutsPlayed: () => cutsPlayed,
    async close(): Promise<void> {
      await lineBack;
      await dojo.close();
    },
  };
}
