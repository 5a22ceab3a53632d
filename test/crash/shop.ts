import { setTimeout as wait } from 'node:timers/promises';
import { type Operation, routeOf } from '../../main/simulator/routes.ts';
import { ZONE } from '../e2e/shop.ts';
import { startDojoServer } from '../simulator/dojo-server.ts';
import { createEar } from './ear.ts';
import type { Pc } from './pc.ts';
import type { RoundPlan } from './plan.ts';
import { clockInWords, type Sleep, sleepInWords } from './plan-pc.ts';

export const KEY = 'sk_sandbox_crash001';
const SETTLE_DELAY_MS = 300;

/** What happens when Dojo has heard so many requests in all. */
type Due = Readonly<{ afterRequests: number; happen: () => void }>;

/** The simulated Dojo of one round, with its payments, its faults, and what the plan has happen to the line and the PC meanwhile. */
export async function openShop(plan: RoundPlan, pc: Pc, note: (line: string) => void) {
  const ear = createEar();
  let toCome: readonly Due[] = [
    ...plan.lineCuts.map(({ afterRequests, downMs }) => ({ afterRequests, happen: () => cutLine(downMs) })),
    ...plan.pc.clockJumps.map(({ afterRequests, aheadMs }) => ({ afterRequests, happen: () => setClock(aheadMs) })),
    ...plan.pc.sleeps.map(({ afterRequests, ...sleep }) => ({ afterRequests, happen: () => void fallAsleep(sleep) })),
  ].toSorted((a, b) => a.afterRequests - b.afterRequests);
  let cutsPlayed = 0;
  let sleepsPlayed = 0;
  let clocksSet = 0;
  let lastCaptureAtMs = 0;
  let lineBack: Promise<void> = Promise.resolve();
  const dojo = await startDojoServer({
    seed: plan.seed,
    zone: ZONE,
    keys: { [KEY]: 'acc_training' },
    bank: { settleDelayMs: SETTLE_DELAY_MS },
    switches: plan.switches,
    nowMs: pc.trueMs,
    beside(request) {
      const operation = routeOf(request.method ?? '', request.url ?? '')?.operation ?? null;
      if (operation === 'capture') lastCaptureAtMs = performance.now();
      ear.hear(operation);
      const due = toCome.filter(({ afterRequests }) => afterRequests <= ear.heard());
      toCome = toCome.slice(due.length);
      for (const { happen } of due) happen();
      return null;
    },
  });
  setClock(plan.pc.aheadMs);
  const payments = [
    ...plan.sales.map((sale) => ({ ...sale, captureMode: 'Auto' as const })),
    ...plan.takes.map((take) => ({ ...take, captureMode: 'Manual' as const })),
  ];
  for (const [index, { paymentId, reference, captureMode, parts }] of payments.entries())
    dojo.addPayment({ id: paymentId, reference, captureMode, ...parts, paidAtMs: pc.trueMs() - (index + 1) * 1_000 });
  for (const fault of [...plan.faults, ...plan.pace]) dojo.faults.order(fault);

  function setClock(aheadMs: number): void {
    if (!pc.hasClock) return;
    pc.setClock(aheadMs);
    clocksSet += aheadMs === 0 ? 0 : 1;
    note(clockInWords(aheadMs));
  }

  function fallAsleep(sleep: Omit<Sleep, 'afterRequests'>): Promise<void> {
    sleepsPlayed += 1;
    note(sleepInWords(sleep));
    return pc.sleep(sleep, async () => {
      if (!sleep.breaksConnections) return;
      lineBack = lineBack.then(async () => {
        if (!plan.lossy) await ear.quiet();
        await dojo.closeLine();
        await dojo.openLine();
      });
      await lineBack;
    });
  }

  function cutLine(downMs: number): void {
    cutsPlayed += 1;
    lineBack = lineBack.then(async () => {
      if (!plan.lossy) await ear.quiet();
      note(`the line goes down for ${downMs} ms`);
      await dojo.closeLine();
      await wait(downMs);
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
    /** Nothing more happens to the line and the PC, and both are as they should be. */
    async quiet(): Promise<void> {
      toCome = [];
      await lineBack;
      await pc.awake();
    },
    fallAsleep,
    capturesHeard: () => asked('capture').length,
    standing(): string {
      const captures = asked('capture');
      return `${captures.length} captures heard, ${captures.filter(({ committed }) => committed).length} done`;
    },
    /** Resolves when Dojo has finished with every capture it was sent: only then does it show the truth. */
    async finished(): Promise<void> {
      const slowestMs = Math.max(0, ...plan.faults.map(({ beforeMs = 0 }) => beforeMs));
      await wait(Math.max(0, lastCaptureAtMs + slowestMs + 1_000 + SETTLE_DELAY_MS - performance.now()));
    },
    /** Faults that were played, by kind. That Dojo takes its time is no fault. */
    faultsPlayed(): ReadonlyMap<string, number> {
      const played = dojo.journal().flatMap(({ fault }) => (fault === null || fault === 'delay-before' ? [] : [fault]));
      return new Map([...Map.groupBy(played, (kind) => kind)].map(([kind, all]) => [kind, all.length]));
    },
    /** Dojo captured it, and answered no: the till may then call it captured already, and not its own. */
    refusedThoughDone: (paymentId: string): boolean =>
      asked('capture').some(({ id, committed, status }) => id === paymentId && committed && status !== null && status >= 400 && status < 500),
    cutsPlayed: () => cutsPlayed,
    sleepsPlayed: () => sleepsPlayed,
    clocksSet: () => clocksSet,
    async close(): Promise<void> {
      await lineBack;
      await dojo.close();
    },
  };
}
