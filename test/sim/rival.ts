import { type Action, amountOf } from '../../main/core/queue/action.ts';
import { restOf } from '../../main/simulator/amounts.ts';
import type { Rivalry } from './faults.ts';
import { pounds } from './journal.ts';
import type { World } from './world.ts';

const MORE_MINOR = 100;

/** Of a capture, a refund, a reversal, or of what was cancelled. */
export const idOf = (done: Readonly<{ id: string } | { refundId: string } | { reversalId: string }>): string =>
  'id' in done ? done.id : 'refundId' in done ? done.refundId : done.reversalId;

/** Another till, or Dojo's portal, does what this till was asked to do: the very same, or as much in another form, or more. */
export function rivalOf(world: World, { paymentId, move }: Action, how: Rivalry): void {
  const { bank, clock, journal } = world;
  const intent = bank.intent(paymentId);
  if (!intent || (move.kind !== 'capture' && move.kind !== 'refund' && move.kind !== 'reverse' && move.kind !== 'cancel')) return;
  const { accountId } = intent;
  const nowMs = clock.nowMs();
  const totalMinor = amountOf(move) ?? 0;
  const tipsMinor = move.kind === 'capture' && how === 'same' ? (move.tipsAmount ?? 0) : 0;
  const amountMinor = (how === 'more' ? Math.min(totalMinor + MORE_MINOR, Math.max(totalMinor, restOf(intent))) : totalMinor) - tipsMinor;
  const result =
    move.kind === 'capture'
      ? bank.capture(accountId, paymentId, { amountMinor, tipsMinor }, nowMs)
      : move.kind === 'refund'
        ? bank.refund(accountId, paymentId, { amountMinor: totalMinor + (how === 'more' ? MORE_MINOR : 0), idempotencyKey: `rival-${++world.requests}` }, nowMs)
        : move.kind === 'reverse'
          ? bank.reverse(accountId, paymentId, nowMs)
          : bank.cancel(accountId, paymentId, nowMs);
  journal.say('else', () => `${move.kind} ${paymentId} ${pounds(amountMinor + tipsMinor)}, as a rival → ${result.ok ? 'done' : result.error.detail}`);
  if (!result.ok) return;
  journal.count(`rival, ${how}`);
  const minor = move.kind === 'refund' ? totalMinor + (how === 'more' ? MORE_MINOR : 0) : move.kind === 'capture' ? amountMinor + tipsMinor : null;
  journal.commit({
    by: 'elsewhere',
    till: -1,
    kind: move.kind,
    paymentId,
    amountMinor: minor,
    id: idOf(result.value),
    atMs: nowMs,
    sentAtMs: nowMs,
  });
}
