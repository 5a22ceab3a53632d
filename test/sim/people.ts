import { type Action, isFinal } from '../../main/core/queue/action.ts';
import type { API_VERSIONS } from '../../preload/choices.ts';
import type { ActionRequest, PaymentView, Snapshot, TillError } from '../../preload/contract.ts';
import { CLOCK_SET_BACK, MISJUDGED, PAID_MEANWHILE, REMOVED_AFTER_RELEASE, REMOVED_DISK_REFUSES, ZONE_PUT_RIGHT } from './clocks-and-people.ts';
import { rot } from './disk.ts';
import { nameOfTrouble } from './faults.ts';
import { checkBusyIsSaid, checkScreen, checkStranded, isStuckByDesign } from './invariants.ts';
import { pounds } from './journal.ts';
import { CAPTURED_AGAIN, LET_GO } from './open-questions.ts';
import { ask, asleepForMs, cutPower, disturbedUntil, isThrowing, type Pc, setDisk } from './pc.ts';
import { copyProfile, moveProfile, putImageBack, takeImage } from './profile.ts';
import { idOf, rivalOf } from './rival.ts';
import { ACCOUNT_OF, type Deed, KEYS, type Share } from './schedule.ts';
import { checkAccepted, checkPaused, checkTold } from './told.ts';
import { breaks, later, pcsThere, type World } from './world.ts';
import { zoneOf } from './zones.ts';

/** Where nothing shows, a person waits this long after a request left before deciding that Dojo did not do it. */
const FINISHED_MS = 125_000;

const TIP_MINOR = 100;
const HOURS_MS = 3_600_000;
const TWO_DAYS_MS = 2 * 86_400_000;

const chosen = <T>(list: readonly T[], pick: number): T | undefined => list[Math.floor(pick * list.length)];
const amountOf = (share: Share, mostMinor: number): number =>
  share === 'whole' ? mostMinor : share === 'half' ? Math.ceil(mostMinor / 2) : Math.min(500, mostMinor);

export async function look(world: World, pc: Pc): Promise<Snapshot | null> {
  const result = await ask(world, pc, (till) => till.handlers.getSnapshot(undefined));
  if (!result?.ok) return null;
  checkScreen(world, pc, result.value);
  return result.value;
}

/** A second decision just like the first; of a refund the person is asked, and says yes. */
const meantAgain = (world: World, request: ActionRequest): ActionRequest => ({
  ...request,
  requestId: requestId(world),
  ...(request.kind === 'refund' ? { again: true } : {}),
});

const requestId = (world: World): string => `request-${++world.requests}`;

async function submit(world: World, pc: Pc, requests: ActionRequest[], shown = requests.map(described).join(', ')): Promise<void> {
  const result = await ask(world, pc, (till) => till.handlers.submit({ requests }));
  world.journal.say(pc.name, () => `“${shown}” → ${result?.ok ? 'accepted' : (result?.error.message ?? 'no answer')}`);
  if (result?.ok === false && result.error.code === 'disk' && pc.disk.mood === 'busy') checkBusyIsSaid(world, pc, result.error);
  if (result?.ok) checkAccepted(world, pc, requests, result.value.actionIds);
  if (result?.ok) for (const actionId of result.value.actionIds) world.journal.accepted.push({ till: pc.index, actionId, atMs: world.clock.nowMs() });
}

const described = (request: ActionRequest): string => `${request.kind} ${request.paymentId}${'amount' in request ? ` ${pounds(request.amount)}` : ''}`;

async function onPayment(
  world: World,
  pc: Pc,
  pick: number,
  isOpen: (view: PaymentView) => boolean,
  decide: (view: PaymentView) => ActionRequest[][],
): Promise<void> {
  const snapshot = await look(world, pc);
  const view = chosen(snapshot?.payments.filter(isOpen) ?? [], pick);
  if (!view) return;
  const seen = (requests: ActionRequest[]) => requests.map((request) => ({ ...request, seenVersion: view.version }));
  await Promise.all(decide(view).map((requests) => submit(world, pc, seen(requests))));
}

async function onAction(world: World, pc: Pc, what: 'withdraw' | 'retry', pick: number): Promise<void> {
  const snapshot = await look(world, pc);
  const action = chosen(snapshot?.actions.filter(({ can }) => can[what]) ?? [], pick);
  if (!action) return;
  const sinceMs = world.clock.nowMs();
  const result = await ask(world, pc, ({ handlers }) => (what === 'withdraw' ? handlers.withdraw : handlers.retryNow)({ actionId: action.id }));
  world.journal.say(pc.name, () => `“${what} ${action.id.slice(0, 6)}” → ${result?.ok ? 'yes' : (result?.error.message ?? 'no answer')}`);
  if (what === 'withdraw') countRemoved(world, pc);
  if (what === 'withdraw' && result?.ok) checkTold(world, pc, 'removed', action.id, sinceMs);
}

/** A person looks at what Dojo really shows, once Dojo has surely finished with it. `wronglyOn`: of this payment they see the opposite, and too early. */
export async function settleByDojo(world: World, pc: Pc, wronglyOn?: string): Promise<void> {
  for (const kept of [...pc.disk.actions.values()].filter(({ action }) => action.state === 'needsPerson')) {
    const lastSentMs = world.journal.sent.get(kept.action.idempotencyKey)?.at(-1) ?? 0;
    const isWrong = kept.action.paymentId === wronglyOn;
    if (isStuckByDesign(pc, kept) || (!isWrong && world.clock.nowMs() < lastSentMs + FINISHED_MS)) continue;
    const verdict = world.journal.byKey.has(kept.action.idempotencyKey) !== isWrong ? 'happened' : 'did-not-happen';
    const sinceMs = world.clock.nowMs();
    const result = await ask(world, pc, ({ handlers }) => handlers.settle({ actionId: kept.action.id, verdict, note: '' }));
    if (result?.ok) checkTold(world, pc, 'settled', kept.action.id, sinceMs);
    if (isWrong) world.journal.misjudged.add(kept.action.idempotencyKey);
    if (result?.ok && isWrong) world.journal.count(MISJUDGED);
    world.journal.say(pc.name, () => `“settle ${kept.action.id.slice(0, 6)}: ${verdict}” → ${result?.ok ? 'yes' : (result?.error.message ?? 'no answer')}`);
  }
}

/** A person looks at Dojo's list, and lets go out again what is not there: all that is unchanged together, else one alone. */
async function release(world: World, pc: Pc, anywayOn?: string): Promise<void> {
  const snapshot = await look(world, pc);
  const isNotDone = (actionId: string): boolean => {
    const key = pc.disk.actions.get(actionId)?.action.idempotencyKey ?? '';
    return !world.journal.byKey.has(key) && world.clock.nowMs() >= (world.journal.sent.get(key)?.at(-1) ?? 0) + FINISHED_MS;
  };
  const open = (snapshot?.actions ?? []).filter(({ id, can, paymentId }) => can.release && (paymentId === anywayOn || isNotDone(id)));
  const unchanged = open.filter(({ sinceDecision }) => sinceDecision?.unchanged);
  const actionIds = (unchanged.length > 0 ? unchanged : open.slice(0, 1)).map(({ id }) => id);
  if (actionIds.length === 0) return;
  const sinceMs = world.clock.nowMs();
  const result = await ask(world, pc, ({ handlers }) => handlers.release({ actionIds }));
  world.journal.say(
    pc.name,
    () => `“release ${actionIds.map((id) => id.slice(0, 6)).join(', ')}” → ${result?.ok ? 'yes' : (result?.error.message ?? 'no answer')}`,
  );
  if (result?.ok) world.journal.count('released by a person');
  if (result?.ok && actionIds.some((id) => !isNotDone(id))) world.journal.count(LET_GO);
  for (const id of result?.ok ? actionIds : []) {
    const key = pc.disk.actions.get(id)?.action.idempotencyKey ?? '';
    world.journal.released.set(key, [...(world.journal.released.get(key) ?? []), world.clock.nowMs()]);
    checkTold(world, pc, 'released', id, sinceMs);
  }
}

/** The owner knows which account a key is of, by the end of the key before it. */
const isOfSameAccount = (apiKey: string, keyLast4: string): boolean =>
  Object.entries(ACCOUNT_OF).some(([key, account]) => key.endsWith(keyLast4) && account === ACCOUNT_OF[apiKey]);

/** Somebody else at the till does not wait for the owner: settles whatever is offered of what is on its way, by what Dojo shows so far. */
function settleWhatIsSent({ journal }: World, pc: Pc): void {
  const { life } = pc;
  if (!life?.alive || !life.till) return;
  const { handlers } = life.till;
  const settle = async (): Promise<void> => {
    const looked = await handlers.getSnapshot(undefined);
    for (const { id, can, paymentId } of looked.ok ? looked.value.actions : []) {
      if ((life.onWire.get(paymentId) ?? 0) === 0) continue;
      journal.count('key rotated while a move hangs');
      const key = pc.disk.actions.get(id)?.action.idempotencyKey ?? '';
      if (can.settle) await handlers.settle({ actionId: id, verdict: journal.byKey.has(key) ? 'happened' : 'did-not-happen', note: '' });
    }
  };
  // The door answers for a port that broke.
  settle().catch(() => undefined);
}
const WHILE_CONNECTING_MS = 1_500;

/** The error of a till that did not take the key, or null. */
export async function connect(world: World, pc: Pc, apiKey: string): Promise<TillError | null> {
  if (pc.key === apiKey && pc.keyOf === pc.place.user) return null;
  const keysBefore = pc.disk.keys.size;
  let result = await ask(world, pc, ({ handlers }) => handlers.connect({ apiKey }));
  if (result?.ok === false && result.error.code === 'same-account') {
    const sameAccount = result.error.accounts?.find(({ keyLast4 }) => isOfSameAccount(apiKey, keyLast4))?.id ?? null;
    world.journal.say(pc.name, () => `“connect ${apiKey}” asks whose it is; the owner says ${sameAccount === null ? 'another account’s' : 'the same one’s'}`);
    later(world, WHILE_CONNECTING_MS, () => settleWhatIsSent(world, pc));
    result = await ask(world, pc, ({ handlers }) => handlers.connect({ apiKey, sameAccount }));
  }
  world.journal.say(pc.name, () => `“connect ${apiKey}” → ${result?.ok ? 'yes' : (result?.error.message ?? 'no answer')}`);
  if (!result?.ok) return result?.error ?? null;
  if (apiKey === KEYS.newer && world.bank.authenticate(KEYS.own) === null) world.journal.count('key rotated');
  if (pc.disk.keys.size > keysBefore) checkStranded(world, pc, apiKey);
  return null;
}

function elsewhere(world: World, deed: Extract<Deed, { do: 'elsewhere' }>): void {
  const { bank, clock, journal } = world;
  const intent = deed.paymentId === undefined ? chosen(bank.intents(), deed.pick) : bank.intent(deed.paymentId);
  if (!intent) return;
  const { accountId, id: paymentId } = intent;
  const amountMinor = amountOf(deed.share, intent.amountMinor);
  const nowMs = clock.nowMs();
  const result =
    deed.what === 'capture'
      ? bank.capture(accountId, paymentId, { amountMinor, tipsMinor: 0 }, nowMs)
      : deed.what === 'refund'
        ? bank.refund(accountId, paymentId, { amountMinor, idempotencyKey: requestId(world) }, nowMs)
        : bank.reverse(accountId, paymentId, nowMs);
  journal.say('else', () => `${deed.what} ${paymentId} ${pounds(amountMinor)} → ${result.ok ? 'done' : result.error.detail}`);
  if (result.ok) journal.count('done elsewhere');
  const isDeclined = ({ status, amountMinor: minor }: (typeof intent.captures)[number]) => status === 'Declined' && minor === amountMinor;
  if (result.ok && deed.what === 'capture' && intent.captures.some(isDeclined)) journal.count(CAPTURED_AGAIN);
  if (result.ok) journal.commit({ by: 'elsewhere', till: -1, kind: deed.what, paymentId, amountMinor, id: idOf(result.value), atMs: nowMs, sentAtMs: nowMs });
}

/** After these the till's work goes on as before. */
const HARMLESS: ReadonlySet<Deed['do']> = new Set([
  'take',
  'refund',
  'end-of-day',
  'undo',
  'refresh',
  'receipt',
  'elsewhere',
  'rival',
  'pays',
  'trouble',
  'repeat',
]);

export function disturb(world: World, pc: Pc, does: Deed['do']): void {
  // A key is every till's.
  for (const each of does.startsWith('key-') ? world.pcs : HARMLESS.has(does) ? [] : [pc]) disturbedUntil(each, world.clock.nowMs());
}

/** Does one step of the schedule, as far as it can be done just now. */
export async function act(world: World, pc: Pc, deed: Deed): Promise<void> {
  const { bank, journal } = world;
  disturb(world, pc, deed.do);
  switch (deed.do) {
    case 'take':
    case 'refund': {
      const kind = deed.do === 'take' ? 'capture' : 'refund';
      return onPayment(
        world,
        pc,
        deed.pick,
        ({ id, moves }) => moves[kind].open && id === (deed.paymentId ?? id),
        (view) => {
          const move = view.moves[kind];
          const amount = amountOf(deed.share, (move.open && move.maxMinor) || 1);
          const tipped = move.open && move.tipsAllowed && amount > 2 * TIP_MINOR;
          const request: ActionRequest = {
            kind,
            requestId: requestId(world),
            paymentId: view.id,
            ...(tipped ? { amount: amount - TIP_MINOR, tipsAmount: TIP_MINOR } : { amount }),
            ...(kind === 'refund' && move.open && move.recent ? { again: true } : {}),
          };
          if (deed.again === 'double-click') journal.count('double click');
          return deed.again === 'no' ? [[request]] : [[request], [deed.again === 'meant' ? meantAgain(world, request) : request]];
        },
      );
    }
    case 'end-of-day': {
      const holds = ((await look(world, pc))?.payments ?? []).filter(({ moves, leftMinor }) => moves.capture.open && leftMinor > 0).slice(0, deed.most);
      const runId = requestId(world);
      const requests = holds.map(({ id, version, leftMinor }) => ({
        kind: 'capture' as const,
        requestId: requestId(world),
        paymentId: id,
        seenVersion: version,
        amount: leftMinor,
        runId,
      }));
      if (requests.length > 0) await submit(world, pc, requests, `end of day: ${requests.length} takes`);
      return;
    }
    case 'undo':
      return onPayment(
        world,
        pc,
        deed.pick,
        ({ id, moves }) => moves.reverse.open && id === (deed.paymentId ?? id),
        ({ id }) => [[{ kind: 'reverse', requestId: requestId(world), paymentId: id }]],
      );
    case 'cancel':
      return onPayment(
        world,
        pc,
        deed.pick,
        ({ id, moves }) => moves.cancel.open && id === (deed.paymentId ?? id),
        ({ id }) => [[{ kind: 'cancel', requestId: requestId(world), paymentId: id }]],
      );
    case 'set-amount':
      return onPayment(
        world,
        pc,
        deed.pick,
        ({ moves }) => moves.setAmount.open,
        ({ id, totalMinor }) => [[{ kind: 'setAmount', requestId: requestId(world), paymentId: id, amount: totalMinor + 100 }]],
      );
    case 'set-tips':
      return onPayment(
        world,
        pc,
        deed.pick,
        ({ moves }) => moves.setTips.open,
        ({ id, tipsMinor }) => [[{ kind: 'setTips', requestId: requestId(world), paymentId: id, amount: tipsMinor + 50 }]],
      );
    case 'receipt':
      return onPayment(
        world,
        pc,
        deed.pick,
        ({ moves }) => moves.sendReceipt.open,
        ({ id }) => [[{ kind: 'sendReceipt', requestId: requestId(world), paymentId: id, emails: ['guest@example.com'] }]],
      );
    case 'withdraw':
    case 'retry':
      return onAction(world, pc, deed.do, deed.pick);
    case 'settle':
      return settleByDojo(world, pc, deed.wronglyOn);
    case 'release':
      return release(world, pc, deed.anywayOn);
    case 'pause':
    case 'resume': {
      if (deed.do === 'resume') pc.paused = false;
      if (pc.life && deed.do === 'pause') pc.life.holds = true;
      const result = await ask(world, pc, ({ handlers }) => (deed.do === 'pause' ? handlers.pauseQueue : handlers.resumeQueue)(undefined));
      // What could not be written down, it does not do.
      if (pc.life && deed.do === 'resume' && result?.ok) pc.life.holds = false;
      if (deed.do === 'pause' && result?.ok) pc.paused = true;
      if (result?.ok) checkPaused(world, pc, deed.do === 'pause');
      if (deed.do === 'resume') await decideAgain(world, pc);
      return;
    }
    case 'refresh':
      pc.life?.till?.setFocused(true);
      pc.life?.till?.setFocused(false);
      return;
    case 'connect':
      if (deed.key === 'other') journal.count('another account’s key');
      await connect(world, pc, KEYS[deed.key]);
      return;
    case 'line-down':
      pc.lineDown = deed.how;
      if (deed.forMs === 0) return;
      await world.clock.run(deed.forMs);
      pc.lineDown = null;
      return;
    case 'line-up':
      pc.lineDown = null;
      return;
    case 'key-revoked':
      journal.count('key revoked');
      bank.revokeKey(KEYS.own);
      return;
    case 'key-mended':
      bank.mendKey(KEYS.own);
      return;
    case 'disk':
      if (deed.mood === 'full' || deed.mood === 'broken') journal.count(`disk ${deed.mood}`);
      setDisk(world, pc, deed.mood);
      return;
    case 'pc-clock':
      if (Math.abs(deed.aheadMs) > HOURS_MS && world.clock.nowMs() > world.schedule.startMs) journal.count('clock jumps by days');
      if (world.schedule.date.kind === 'none' && deed.aheadMs < pc.aheadMs - SET_BACK_MS && hasOpen(pc)) journal.count(CLOCK_SET_BACK);
      pc.wereAhead.push({ aheadMs: pc.aheadMs, untilMs: world.clock.nowMs() });
      pc.aheadMs = deed.aheadMs;
      return;
    case 'power-cut':
      // For days: the whole shop is shut.
      for (const each of deed.forMs > TWO_DAYS_MS ? pcsThere(world) : [pc]) cutPower(world, each);
      if (deed.forMs > TWO_DAYS_MS) journal.count('shut for a season');
      await world.clock.run(deed.forMs);
      return;
    case 'sleep':
      journal.count(`sleep, the monotonic clock ${deed.monotonic}`);
      if (!deed.told) journal.count('nobody tells that the PC woke');
      pc.asleepUntilMs = world.clock.nowMs() + deed.forMs;
      if (deed.monotonic === 'stands') {
        pc.stoodStillMs += deed.forMs;
        // Nothing on this PC tells such a sleep from a wrong server: what was the time without it stays in doubt as well.
        pc.wereAhead.push({ aheadMs: pc.aheadMs - deed.forMs, untilMs: pc.asleepUntilMs });
      }
      await world.clock.run(deed.forMs);
      if (deed.told) pc.life?.till?.woke();
      return;
    case 'rot': {
      cutPower(world, pc);
      const action = rot(pc.disk);
      if (action) journal.count('unreadable row');
      if (action) journal.say(pc.name, () => `*** the disk cannot read ${action.id.slice(0, 6)} any more`);
      return;
    }
    case 'elsewhere':
      return elsewhere(world, deed);
    case 'rival': {
      const open = [...pc.disk.actions.values()].filter(({ rotten, atMs, action }) => !rotten && (!isFinal(action) || atMs > world.clock.nowMs() - RECENT_MS));
      const action = chosen(open, deed.pick)?.action;
      if (action) later(world, deed.inMs, () => rivalOf(world, action, deed.how));
      return;
    }
    case 'pays':
      if (!bank.pay(deed.paymentId, world.clock.nowMs())) return;
      journal.count('link paid late');
      if (openOn(pc, deed.paymentId).some(({ move }) => move.kind === 'reverse' || move.kind === 'cancel')) journal.count(PAID_MEANWHILE);
      return;
    case 'trouble': {
      const open = [...pc.disk.actions.values()].filter(({ action }) => !isFinal(action)).map(({ action }) => action.paymentId);
      const paymentId = deed.paymentId ?? chosen(open.length > 0 ? open : bank.intents().map(({ id }) => id), deed.pick) ?? null;
      const operation =
        deed.operation ?? chosen(deed.on === 'looks' ? ['search', 'read', 'read'] : ['capture', 'capture', 'capture', 'refund', 'reverse'], deed.pick) ?? null;
      const target = deed.scope === 'payment' ? paymentId : deed.scope === 'operation' ? operation : null;
      const { do: _, ...trouble } = deed;
      journal.say('Dojo', () => `*** ${nameOfTrouble(deed)} (${target ?? 'everything'}) for ${Math.round(deed.forMs / 1000)} s`);
      world.troubles.push({ ...trouble, target, untilMs: world.clock.nowMs() + deed.forMs });
      return;
    }
    case 'copy-profile':
      return copyProfile(world, pc, deed);
    case 'move-profile':
      return moveProfile(world, pc, deed.to);
    case 'take-image':
      return takeImage(world, pc);
    case 'put-image-back':
      return putImageBack(world, pc, deed.where);
    case 'disconnect':
      return disconnect(world, pc);
    case 'close':
      return close(world, pc);
    case 'repeat':
      return repeat(world, pc, deed.pick);
    case 'api-version': {
      const result = await ask(world, pc, ({ handlers }) => handlers.saveSettings({ apiVersion: deed.version as (typeof API_VERSIONS)[number] }));
      if (result?.ok) journal.count('API version changed');
      return;
    }
    case 'zone': {
      const isMet = zoneOf(pc) !== deed.zone && openOf(pc).some(({ move, sameDay }) => move.kind === 'reverse' && sameDay);
      const result = await ask(world, pc, ({ handlers }) => handlers.saveSettings({ zone: deed.zone }));
      if (result?.ok && isMet) journal.count(ZONE_PUT_RIGHT);
      return;
    }
  }
}

/** One press for what Dojo refused for lack of permission, pressed twice: the second is no decision of its own. */
async function decideAgain(world: World, pc: Pc): Promise<void> {
  const refused = ((await look(world, pc))?.actions ?? []).filter(({ decidableAgain }) => decidableAgain);
  for (const [kind, actions] of Map.groupBy(refused, (action) => action.kind)) {
    const actionIds = actions.map(({ id }) => id);
    for (let press = 0; press < 2; press += 1) {
      const result = await ask(world, pc, ({ handlers }) => handlers.decideAgain({ kind, actionIds }));
      const told = new Set(world.journal.accepted.map(({ till, actionId }) => `${till} ${actionId}`));
      const accepted = (result?.ok ? result.value.actionIds : []).filter((actionId) => !told.has(`${pc.index} ${actionId}`));
      for (const actionId of accepted) world.journal.accepted.push({ till: pc.index, actionId, atMs: world.clock.nowMs() });
      if (accepted.length > 0) world.journal.count('does: decide again');
      world.journal.say(pc.name, () => `“decide ${actionIds.length} again: ${kind}” → ${accepted.length} accepted`);
    }
  }
}

/** An order to the till that has to come to its end: what is on the wire is given up after half a minute. */
const ENDS_WITHIN_MS = 90_000;

async function disconnect(world: World, pc: Pc): Promise<void> {
  const before = pc.life;
  const awake = asleepForMs(world, pc) === 0;
  world.journal.count('disconnect');
  const sinceMs = world.clock.nowMs();
  const result = await ask(world, pc, ({ handlers }) => handlers.disconnect({ confirmed: true }));
  world.journal.say(pc.name, () => `“disconnect” → ${result?.ok ? 'yes' : (result?.error.message ?? 'no answer')}`);
  const tookMs = world.clock.nowMs() - sinceMs;
  if (awake && before?.alive && before === pc.life && !isThrowing(pc) && tookMs > ENDS_WITHIN_MS)
    breaks(world, 'disconnectingEnds', `${pc.name}: after ${tookMs} ms ${result ? 'only' : 'not yet'}`);
}

/** As the program is closed: nothing new is begun, what is on the wire is waited for, then the till and its database are closed. */
async function close(world: World, pc: Pc): Promise<void> {
  const { life } = pc;
  const till = life?.till;
  if (!life?.alive || !till) return;
  world.journal.count('closed in order');
  world.journal.say(pc.name, () => 'is closed');
  const isOver = async (what: Promise<void>): Promise<boolean> => {
    let over = false;
    void what.then(() => {
      over = true;
    });
    await world.clock.runTo(world.clock.nowMs() + ENDS_WITHIN_MS, () => over || !life.alive);
    return over || !life.alive;
  };
  if (!(await isOver(till.quiet())) && !isThrowing(pc)) breaks(world, 'closingEnds', `${pc.name}: not quiet after ${ENDS_WITHIN_MS} ms`);
  if (!(await isOver(till.close()))) breaks(world, 'closingEnds', `${pc.name}: not closed after ${ENDS_WITHIN_MS} ms`);
  life.closed = true;
  // The process is there for a moment still, and what comes back to it finds the database closed.
  await world.clock.run(STILL_THERE_MS);
  life.alive = false;
}
const STILL_THERE_MS = 2_000;

/** The page asks again what it asked before, with the same id: it is answered with the same action, and nothing more is done. */
async function repeat(world: World, pc: Pc, pick: number): Promise<void> {
  const kept = chosen(
    [...pc.disk.actions.values()].filter(({ rotten, action }) => !rotten && action.move.kind !== 'sendReceipt'),
    pick,
  );
  if (!kept) return;
  const { action } = kept;
  const request = { ...action.move, requestId: action.requestId, paymentId: action.paymentId } as ActionRequest;
  const result = await ask(world, pc, ({ handlers }) => handlers.submit({ requests: [request] }));
  world.journal.count('asked again long after');
  if (result?.ok && result.value.actionIds[0] !== action.id)
    breaks(world, 'oneDecisionOneAction', `${pc.name}: ${action.requestId} asked again is a new action`);
}

/** What ended so long ago is still what somebody else may do too. */
const RECENT_MS = 5 * 60_000;

const SET_BACK_MS = 20_000;

const openOf = (pc: Pc): Action[] => [...pc.disk.actions.values()].flatMap(({ action, rotten }) => (rotten || isFinal(action) ? [] : action));
const openOn = (pc: Pc, paymentId: string): Action[] => openOf(pc).filter((action) => action.paymentId === paymentId);

/** What goes before makes it one that the shop may regret: the disk refuses, or another one was just released. */
function countRemoved({ clock, journal }: World, pc: Pc): void {
  if (pc.disk.mood !== 'ok') journal.count(REMOVED_DISK_REFUSES);
  else if (journal.told.some(({ till, what, atMs }) => till === pc.index && what === 'released' && atMs > clock.nowMs() - SET_BACK_MS))
    journal.count(REMOVED_AFTER_RELEASE);
}

export const hasOpen = (pc: Pc): boolean => [...pc.disk.actions.values()].some((kept) => !isFinal(kept.action) && !isStuckByDesign(pc, kept));
