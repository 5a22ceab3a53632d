import type { GiveBackWay, PaymentView } from '../../preload/contract.ts';
import { moveOfWay, WAY_TITLES } from './ways.ts';

/** One way that is open, and how much it is about: the whole of a reversal, the most of a refund. */
export type OpenWay = Readonly<{ way: GiveBackWay; amountMinor: number; deadlineMs: number | null }>;

/** What stands in the dialog: the way that main picks, and the one open beside it. */
export type Standing = Readonly<{
  pick: OpenWay | null;
  instead: OpenWay | null;
  /** The pick's time ran out while the page looked on; what is possible now comes from main. */
  isOver: boolean;
}>;

/** What main offers, less what has run out since: the page's clock closes a way, it never opens one. */
export function standingOf(payment: PaymentView, nowMs: number): Standing {
  const { way, instead } = payment.giveBack;
  const pick = way === null ? null : openWay(payment, way);
  const isOver = pick !== null && pick.deadlineMs !== null && nowMs >= pick.deadlineMs;
  return { pick: isOver ? null : pick, instead: instead === null ? null : openWay(payment, instead.way), isOver };
}

function openWay(payment: PaymentView, way: GiveBackWay): OpenWay | null {
  const move = moveOfWay(payment, way);
  return move.open ? { way, amountMinor: move.defaultMinor ?? move.maxMinor ?? payment.totalMinor, deadlineMs: move.deadlineMs } : null;
}

/** Two standings with the same key ask the person the same thing. A deadline that moves changes nothing that is asked. */
export const standingKey = ({ pick, instead }: Standing): string =>
  [pick, instead].map((open) => (open === null ? '-' : `${open.way} ${open.amountMinor}`)).join(', ');

/** What changed since the person began, in words; null where they are asked the same thing. */
export function changeInWords(before: Standing, now: Standing, payment: PaymentView, amount: (minor: number) => string): string | null {
  if (standingKey(before) === standingKey(now)) return null;
  if (before.pick?.way !== now.pick?.way) {
    const nowWords = now.pick === null ? null : `Now it is: ${WAY_TITLES[now.pick.way].toLowerCase()}.`;
    if (before.pick === null) return nowWords;
    const reason = payment.giveBack.closed.find(({ way }) => way === before.pick?.way)?.reason;
    return [`“${WAY_TITLES[before.pick.way]}” is no longer offered.`, now.pick === null ? null : reason, nowWords].filter(Boolean).join(' ');
  }
  const [was, is] = before.pick?.amountMinor === now.pick?.amountMinor ? [before.instead, now.instead] : [before.pick, now.pick];
  if (was !== null && is !== null) return `The amount changed from ${amount(was.amountMinor)} to ${amount(is.amountMinor)}.`;
  return is === null ? 'A refund of only a part is no longer possible.' : 'A refund of only a part is possible now as well.';
}
