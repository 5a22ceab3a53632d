import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { wallTime } from '../../main/core/day/day.ts';
import type { ActionView } from '../../preload/contract.ts';
import { reportLineOf, takeOutcome } from '../../renderer/end-of-day/run-report.ts';
import type { AppOptions } from '../e2e/app.ts';
import { electronApp } from '../e2e/electron-app.ts';
import { openTill } from '../e2e/pages/till-user.ts';
import { ZONE } from '../e2e/shop.ts';
import { disagreements, isCapturedAlready } from './agreement.ts';
import { inTime } from './in-time.ts';
import { createPc } from './pc.ts';
import { type Kill, killInWords, type RoundPlan } from './plan.ts';
import type { Take } from './plan-payments.ts';
import { KEY, openShop } from './shop.ts';
import { startUnattended } from './unattended.ts';
import { movesNoMore, settledAtBank } from './watch-page.ts';

/** The trading day turns half a day from a round's beginning: by a clock that is off by less it is the same day. */
const SAME_DAY_MS = 11 * 3_600_000;
/** A moment that does not come is no reason to spare the till. */
const MOMENT_MS_MOST = 45_000;

export type RoundAccount = Readonly<{
  seed: number;
  seconds: number;
  kills: number;
  /** Faults that Dojo played, by kind. */
  faults: ReadonlyMap<string, number>;
  lineCuts: number;
  sleeps: number;
  /** How often the PC's clock was set to a wrong time. */
  wrongClocks: number;
  capturesHeard: number;
  /** How many takes of the run ended on each line of its report. */
  endings: ReadonlyMap<string, number>;
  settledByPerson: number;
  /** Decided once more without the service charge, after Dojo refused an amount with it. */
  decidedAnew: number;
  /** Empty is right. */
  disagreements: readonly string[];
  /** What happened, a line each. */
  story: readonly string[];
}>;

/** One end of day: a fresh profile, a simulated Dojo with faults, and a till that is killed again and again until its run has ended. */
export async function playRound(plan: RoundPlan): Promise<RoundAccount> {
  const startedMs = performance.now();
  const story: string[] = [];
  const note = (line: string): void => void story.push(`${((performance.now() - startedMs) / 1000).toFixed(1).padStart(6)} s  ${line}`);
  const home = mkdtempSync(join(tmpdir(), 'tillside-crash-'));
  const pc = createPc(home);
  const shop = await openShop(plan, pc, note);
  const options: AppOptions = { profile: join(home, 'profile'), dojoUrl: shop.url, env: pc.env };
  const app = electronApp(options);
  const till = openTill(app, 'electron');
  const runId = `run-${plan.seed}`;
  const requestsFor = (takes: readonly Take[]) =>
    takes.map(({ requestId, paymentId, amountMinor, tipsMinor }) => ({
      kind: 'capture',
      requestId,
      paymentId,
      runId,
      amount: amountMinor,
      ...(tipsMinor > 0 ? { tipsAmount: tipsMinor } : {}),
    }));
  let decided = plan.takes;
  const ours = (actions: readonly ActionView[]) => actions.filter((action) => action.runId === runId);
  let accepted = false;
  let keepsKey = false;
  let kills = 0;
  let settledByPerson = 0;

  /** A person opens the till, pastes the key where there is no place to keep it, and looks whether the run is there. */
  async function open(): Promise<void> {
    await pc.awake();
    await app.start();
    pc.runs(app.electron().process().pid);
    const { connection, actions } = await till.snapshot();
    if (connection.mode === 'none') {
      if (keepsKey) throw new Error(`expected the kept key to be there still: ${connection.notices.map(({ message }) => message).join(' ')}`);
      const connected = await till.call('connect', { apiKey: KEY, ...(connection.canKeepKey ? {} : { thisRunOnly: true }) });
      if (!connected.ok) throw new Error(`expected the key to be taken: ${connected.error?.message}`);
      keepsKey = connection.canKeepKey;
      await till.call('saveSettings', { dayStartMinutes: halfADayFromNow() });
    }
    // By a clock that is days off it is another day, until Dojo has told the time.
    const isOtherDay = accepted && Math.abs(pc.aheadMs()) > SAME_DAY_MS;
    if (isOtherDay) await readDay();
    const there = ours(isOtherDay ? (await till.snapshot()).actions : actions).length;
    note(`opened: ${there} actions of the run on record, ${shop.standing()}`);
    if (there !== 0 && there !== decided.length) throw new Error(`expected all of the run or nothing of it, found ${there} of ${decided.length}`);
    if (there === 0 && accepted) throw new Error('expected the accepted run to be there');
    accepted = there > 0;
  }

  /** A whole reading of the day, however often the line goes down in it. */
  async function readDay(): Promise<void> {
    while (!(await till.call('refresh')).ok) await shop.line();
  }

  /** As the page does it. */
  async function submit(takes = plan.takes): Promise<void> {
    await inTime(readDay(), 'the day to be read');
    const answer = await till.call('submit', { requests: requestsFor(takes) });
    if (!answer.ok) throw new Error(`expected the run to be accepted: ${answer.error?.code}, ${answer.error?.message}`);
    note('accepted');
    accepted = true;
  }

  async function die(kill: Kill, how: () => Promise<void>): Promise<void> {
    await how();
    kills += 1;
    note(`killed ${killInWords(kill)}: ${shop.standing()}`);
  }

  async function liveUntil(kill: Kill): Promise<void> {
    if (accepted && keepsKey) return unattendedUntil(kill);
    await open();
    if (kill.at === 'submitting' && !accepted) return submitUntil(kill);
    if (!accepted) await submit();
    await (kill.at === 'asked' ? moment(kill) : wait(kill.afterMs));
    await die(kill, app.kill);
  }

  async function submitUntil(kill: Extract<Kill, { at: 'submitting' | 'accepted' | 'starting' }>): Promise<void> {
    await inTime(readDay(), 'the day to be read');
    const answer = till.call('submit', { requests: requestsFor(plan.takes) }).catch(() => null);
    await wait(kill.afterMs);
    await die(kill, app.kill);
    // What the page was told before the end was a promise.
    if ((await answer)?.ok) accepted = true;
  }

  async function unattendedUntil(kill: Kill): Promise<void> {
    await pc.awake();
    const alone = startUnattended(options);
    pc.runs(alone.pid);
    const early = alone.ended.then(() => {
      throw new Error(`the till ended by itself. It said: ${alone.output()}`);
    });
    // Once it is killed, its end is no news.
    early.catch(() => undefined);
    await Promise.race([early, kill.at === 'asked' ? moment(kill) : wait(kill.afterMs)]);
    await die(kill, alone.kill);
  }

  async function moment(kill: Extract<Kill, { at: 'asked' }>): Promise<void> {
    const limit = new AbortController();
    const tooLong = wait(MOMENT_MS_MOST, undefined, { signal: limit.signal }).then(
      () => note('the moment did not come'),
      () => undefined,
    );
    await Promise.race([shop.ear.after(kill.count, kill.operation), tooLong]);
    limit.abort();
    if (kill.allArrived) await shop.ear.quiet();
    await wait(kill.afterMs);
  }

  /** Whoever is asked by the till looks the payment up in Dojo and says what is there. */
  async function settleAsAPerson(action: ActionView): Promise<void> {
    const there = shop.moneyOf(action.paymentId).captures > 0;
    note(`${action.reference} needs you (${action.code}): Dojo ${there ? 'has' : 'has not'} captured it`);
    const verdict = there ? 'happened' : 'did-not-happen';
    const settled = await till.call('settle', { actionId: action.id, verdict, note: 'Looked up in Dojo' });
    if (!settled.ok) throw new Error(`expected a person to be able to settle ${action.reference}: ${settled.error?.message}`);
    settledByPerson += 1;
  }

  async function untilEnded(): Promise<void> {
    for (;;) {
      const stuck = await inTime(movesNoMore(app.page()), 'the run to come to its end');
      await shop.finished();
      if (stuck.length === 0) return;
      for (const action of stuck) await settleAsAPerson(action);
    }
  }

  /** What Dojo refused for the service charge in it is captured without: the page offers it so. */
  async function decideAnew(): Promise<void> {
    const { actions, payments } = await till.snapshot();
    const refused = new Set(ours(actions).flatMap(({ refusedWithExtras, requestId }) => (refusedWithExtras ? [requestId] : [])));
    const anew = plan.takes.flatMap((take): Take[] => {
      const capture = payments.find(({ id }) => id === take.paymentId)?.moves.capture;
      if (!refused.has(take.requestId) || !capture?.open || capture.defaultMinor === null) return [];
      return [{ ...take, requestId: `${take.requestId}-anew`, amountMinor: capture.defaultMinor, tipsMinor: capture.defaultTipsMinor }];
    });
    if (anew.length === 0) return;
    note(`${anew.length} are decided anew, without the service charge`);
    await submit(anew);
    decided = [...decided, ...anew];
    await untilEnded();
  }

  async function untilTheBankHasSpoken(): Promise<void> {
    await inTime(readDay(), 'the day to be read');
    await inTime(settledAtBank(app.page()), 'the outcome of every capture to be known');
  }

  /** What the report says on screen, beside what its figures are worked out from. */
  async function reportOnScreen(actions: readonly ActionView[]): Promise<string[]> {
    await till.shell.goTo('End of day');
    await till.page.getByRole('button', { name: 'Its report' }).click();
    const saysMinor = await till.endOfDay.minorOf('Captured');
    const apart = (action: ActionView) => takeOutcome(action) === 'settled-done' || isCapturedAlready(action);
    const notCounted = new Set(actions.filter(apart).map(({ paymentId }) => paymentId));
    const tookMinor = plan.takes.reduce((sum, { paymentId }) => sum + (notCounted.has(paymentId) ? 0 : shop.moneyOf(paymentId).capturedMinor), 0);
    return saysMinor === tookMinor ? [] : [`Dojo took ${tookMinor}, the report on screen says ${saysMinor}`];
  }

  const wrong: string[] = [];
  const endings = new Map<string, number>();
  try {
    for (const kill of plan.kills) await liveUntil(kill);
    await open();
    if (!accepted) await submit();
    if (plan.pc.lastSleep) await shop.fallAsleep(plan.pc.lastSleep);
    await untilEnded();
    await decideAnew();
    await untilTheBankHasSpoken();
    await shop.quiet();
    // Once more: what has ended is on record as well.
    await app.kill();
    kills += 1;
    await open();
    await untilTheBankHasSpoken();
    const { actions, payments, totals } = await till.snapshot();
    wrong.push(
      ...disagreements({ takes: decided, sales: plan.sales }, shop, { actions, payments, totals }),
      ...shop.imbalances(),
      ...(await reportOnScreen(actions)),
    );
    for (const [line, all] of Map.groupBy(ours(actions), (action) => reportLineOf(takeOutcome(action)))) endings.set(line, all.length);
  } catch (error) {
    wrong.push(error instanceof Error ? error.message : String(error), `the till said: ${app.output().slice(-2_000)}`);
  } finally {
    await app.close();
    await shop.close();
  }
  for (const line of wrong) note(`WRONG: ${line}`);
  if (wrong.length === 0) rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  else note(`the profile is kept: ${options.profile}`);
  return {
    seed: plan.seed,
    seconds: (performance.now() - startedMs) / 1000,
    kills,
    faults: shop.faultsPlayed(),
    lineCuts: shop.cutsPlayed(),
    sleeps: shop.sleepsPlayed(),
    wrongClocks: shop.clocksSet(),
    capturesHeard: shop.capturesHeard(),
    endings,
    settledByPerson,
    decidedAnew: decided.length - plan.takes.length,
    disagreements: wrong,
    story,
  };
}

/** The trading day turns as far from now as it can: a round at midnight is about one day as well. */
function halfADayFromNow(): number {
  const [hours = 0, minutes = 0] = wallTime(Date.now(), ZONE).split(':').map(Number);
  return (hours * 60 + minutes + 720) % 1_440;
}
