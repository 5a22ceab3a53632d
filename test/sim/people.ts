import { isFinal } from '../../main/core/queue/action.ts';
import type { ActionRequest, PaymentView, Snapshot } from '../../preload/contract.ts';
import { rot } from './disk.ts';
import { checkScreen, isStuckByDesign } from './invariants.ts';
import { pounds } from './journal.ts';
import { ask, cutPower, type Pc } from './pc.ts';
import { ACCOUNT_OF, type Deed, KEYS, type Share } from './schedule.ts';
import type { World } from './world.ts';

/** Dojo has surely finished with a request this long after it left. */
const FINISHED_MS = 95_000;

const TIP_MINOR = 100;

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
  if (view) await Promise.all(decide(view).map((requests) => submit(world, pc, requests)));
}

async function onAction(world: World, pc: Pc, what: 'withdraw' | 'retry', pick: number): Promise<void> {
  const snapshot = await look(world, pc);
  const action = chosen(snapshot?.actions.filter(({ can }) => can[what]) ?? [], pick);
  if (!action) return;
  const result = await ask(world, pc, ({ handlers }) => (what === 'withdraw' ? handlers.withdraw : handlers.retryNow)({ actionId: action.id }));
  world.journal.say(pc.name, () => `“${what} ${action.id.slice(0, 6)}” → ${result?.ok ? 'yes' : (result?.error.message ?? 'no answer')}`);
}

/** A person looks at what Dojo really shows, once Dojo has surely finished with it. */
export async function settleByDojo(world: World, pc: Pc): Promise<void> {
  for (const kept of [...pc.disk.actions.values()].filter(({ action }) => action.state === 'needsPerson')) {
    const lastSentMs = world.journal.sent.get(kept.action.idempotencyKey)?.at(-1) ?? 0;
    if (isStuckByDesign(pc, kept) || world.clock.nowMs() < lastSentMs + FINISHED_MS) continue;
    const verdict = world.journal.byKey.has(kept.action.idempotencyKey) ? 'happened' : 'did-not-happen';
    const result = await ask(world, pc, ({ handlers }) => handlers.settle({ actionId: kept.action.id, verdict, note: '' }));
    world.journal.say(pc.name, () => `“settle ${kept.action.id.slice(0, 6)}: ${verdict}” → ${result?.ok ? 'yes' : (result?.error.message ?? 'no answer')}`);
  }
}

/** The owner knows which account a key is of, by the end of the key before it. */
const isOfSameAccount = (apiKey: string, keyLast4: string): boolean =>
  Object.entries(ACCOUNT_OF).some(([key, account]) => key.endsWith(keyLast4) && account === ACCOUNT_OF[apiKey]);

export async function connect(world: World, pc: Pc, apiKey: string): Promise<void> {
  if (pc.key === apiKey) return;
  let result = await ask(world, pc, ({ handlers }) => handlers.connect({ apiKey }));
  if (result?.ok === false && result.error.code === 'same-account') {
    const sameAccount = result.error.accounts?.find(({ keyLast4 }) => isOfSameAccount(apiKey, keyLast4))?.id ?? null;
    world.journal.say(pc.name, () => `“connect ${apiKey}” asks whose it is; the owner says ${sameAccount === null ? 'another account’s' : 'the same one’s'}`);
    result = await ask(world, pc, ({ handlers }) => handlers.connect({ apiKey, sameAccount }));
  }
  world.journal.say(pc.name, () => `“connect ${apiKey}” → ${result?.ok ? 'yes' : (result?.error.message ?? 'no answer')}`);
}

function elsewhere(world: World, deed: Extract<Deed, { do: 'elsewhere' }>): void {
  const { bank, clock, journal } = world;
  const intent = chosen(bank.intents(), deed.pick);
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
  if (result.ok) journal.commit({ by: 'elsewhere', kind: deed.what, paymentId, amountMinor, id: JSON.stringify(result.value).slice(0, 60), atMs: nowMs });
}

/** Does one step of the schedule, as far as it can be done just now. */
export async function act(world: World, pc: Pc, deed: Deed): Promise<void> {
  const { bank, journal } = world;
  switch (deed.do) {
    case 'take':
    case 'refund': {
      const kind = deed.do === 'take' ? 'capture' : 'refund';
      return onPayment(
        world,
        pc,
        deed.pick,
        ({ moves }) => moves[kind].open,
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
      const requests = holds.map((view) => ({ kind: 'capture' as const, requestId: requestId(world), paymentId: view.id, amount: view.leftMinor, runId }));
      if (requests.length > 0) await submit(world, pc, requests, `end of day: ${requests.length} takes`);
      return;
    }
    case 'undo':
      return onPayment(
        world,
        pc,
        deed.pick,
        ({ moves }) => moves.reverse.open,
        ({ id }) => [[{ kind: 'reverse', requestId: requestId(world), paymentId: id }]],
      );
    case 'cancel':
      return onPayment(
        world,
        pc,
        deed.pick,
        ({ moves }) => moves.cancel.open,
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
      return settleByDojo(world, pc);
    case 'pause':
    case 'resume': {
      if (deed.do === 'resume') pc.paused = false;
      const result = await ask(world, pc, ({ handlers }) => (deed.do === 'pause' ? handlers.pauseQueue : handlers.resumeQueue)(undefined));
      if (deed.do === 'pause' && result?.ok) pc.paused = true;
      return;
    }
    case 'refresh':
      pc.life?.till?.setFocused(true);
      pc.life?.till?.setFocused(false);
      return;
    case 'connect':
      if (deed.key === 'other') journal.count('another account’s key');
      return connect(world, pc, KEYS[deed.key]);
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
      bank.revokeKey(KEYS.own);
      return;
    case 'key-mended':
      bank.mendKey(KEYS.own);
      return;
    case 'disk':
      pc.disk.mood = deed.mood;
      return;
    case 'pc-clock':
      pc.aheadMs = deed.aheadMs;
      return;
    case 'power-cut':
      cutPower(world, pc);
      await world.clock.run(deed.forMs);
      return;
    case 'sleep':
      pc.asleepUntilMs = world.clock.nowMs() + deed.forMs;
      await world.clock.run(deed.forMs);
      pc.life?.till?.woke();
      return;
    case 'rot': {
      cutPower(world, pc);
      const action = rot(pc.disk);
      if (action) journal.say(pc.name, () => `*** the disk cannot read ${action.id.slice(0, 6)} any more`);
      return;
    }
    case 'elsewhere':
      return elsewhere(world, deed);
  }
}

export const hasOpen = (pc: Pc): boolean => [...pc.disk.actions.values()].some((kept) => !isFinal(kept.action) && !isStuckByDesign(pc, kept));
