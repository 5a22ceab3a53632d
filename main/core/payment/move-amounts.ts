import { inWords, money } from '../money.ts';
import { type FormOf, isOfferedWithoutExtras, withoutExtras } from './amount-form.ts';
import { takesTips } from './api-version.ts';
import { heldMinor, isTotalDifferent, type Payment, partsMinor } from './payment.ts';
import { type Case, type Left, leftOf } from './rule-context.ts';
import type { MoveRefusal, OpenMove } from './rules.ts';

export const NO_TIPS = 'It was created without tips.';
const ONLY_TIPS_LEFT = 'Only tips are left: they are captured as the amount.';
export const inNewerVersions = (c: Case, what: string): string => `Dojo’s API version ${c.apiVersion} ${what}. A newer version can be chosen in the settings.`;

const amountIn =
  ({ currency }: Payment) =>
  (minor: number): string =>
    inWords(money(minor, currency));

type CaptureAmounts = Pick<OpenMove, 'minMinor' | 'maxMinor' | 'defaultMinor' | 'maxTipsMinor' | 'defaultTipsMinor' | 'tipsAllowed' | 'tipsReason'>;

/**
 * What of a hold a capture may ask for. `maxMinor` is without tips, which stand beside it; where the version takes no tips with a
 * capture, or only tips are left (Dojo takes no amount of nothing), they are part of the one amount.
 */
export function captureAmounts(c: Case): CaptureAmounts {
  const left = leftOf(c);
  const goodsMinor = left.leftMinor - left.tipsMinor;
  if (isInOne(c, left)) {
    const offeredMinor = left.offered.goodsMinor + left.offered.tipsMinor;
    return { ...limits(left.leftMinor, 0), defaultMinor: offeredMinor || null, defaultTipsMinor: 0, tipsAllowed: false, tipsReason: whyInOne(c, left) };
  }
  const { tipsAllowed } = c.payment;
  const mostTipsMinor = tipsAllowed ? left.leftMinor - 1 : left.tipsMinor;
  return { ...limits(goodsMinor, mostTipsMinor), ...offered(left, goodsMinor), tipsAllowed, tipsReason: tipsAllowed ? null : noMoreTips(c.payment, left) };
}

const isInOne = ({ apiVersion }: Case, { leftMinor, tipsMinor }: Left): boolean => !takesTips(apiVersion) || leftMinor === tipsMinor;

const limits = (maxMinor: number, maxTipsMinor: number) => ({ minMinor: 1, maxMinor, maxTipsMinor });

function offered({ offered: { goodsMinor, tipsMinor } }: Left, maxMinor: number) {
  if (goodsMinor > 0) return { defaultMinor: goodsMinor, defaultTipsMinor: tipsMinor };
  // The goods of the parts are captured, and Dojo's total leaves room: no amount may be nothing.
  const amountMinor = Math.min(tipsMinor, maxMinor);
  return { defaultMinor: amountMinor || null, defaultTipsMinor: tipsMinor - amountMinor };
}

function whyInOne(c: Case, left: Left): string {
  if (takesTips(c.apiVersion)) return ONLY_TIPS_LEFT;
  const held = left.tipsMinor > 0 ? ` The ${amountIn(c.payment)(left.tipsMinor)} tips are part of the amount.` : '';
  return c.payment.tipsAllowed || held ? `${inNewerVersions(c, 'takes no tips with a capture')}${held}` : NO_TIPS;
}

const noMoreTips = (payment: Payment, left: Left): string =>
  left.tipsMinor > 0 ? `No other tips than the ${amountIn(payment)(left.tipsMinor)} held.` : payment.tipsMinor > 0 ? 'The held tips are captured.' : NO_TIPS;

/** Why this capture may not be asked for, or null. Amount and tips together never pass what is left. */
export function captureRefusal(amountMinor: number, tipsMinor: number, rule: OpenMove, c: Case): MoveRefusal | null {
  const left = leftOf(c);
  const { leftMinor } = left;
  const maxMinor = rule.maxMinor ?? 0;
  const tooLarge = (minor: number, of: string, field: string): MoveRefusal => ({
    code: 'amount-too-large',
    message: `No more than ${amountIn(c.payment)(minor)}${of} is left.`,
    field,
  });
  if (amountMinor + tipsMinor > leftMinor) return tooLarge(leftMinor, '', 'amount');
  if (tipsMinor > 0 && rule.maxTipsMinor === 0) {
    const isPartOfIt = isInOne(c, left) && (c.payment.tipsAllowed || left.tipsMinor > 0);
    return { code: isPartOfIt ? 'tips-in-amount' : 'tips-not-allowed', message: rule.tipsReason ?? NO_TIPS, field: 'tipsAmount' };
  }
  if (tipsMinor > rule.maxTipsMinor) return tooLarge(rule.maxTipsMinor, ' of tips', 'tipsAmount');
  // The whole in one amount was decided with a version that takes no tips, or by an older till: it captures the same.
  const isWholeInOne = tipsMinor === 0 && amountMinor === leftMinor;
  return amountMinor > maxMinor && !isWholeInOne ? tooLarge(maxMinor, ' without the tips', 'amount') : null;
}

/** What more than the bill is in the whole of it, and where Dojo's total is another than its parts come to; null: neither. */
export function includedIn(kind: FormOf, { payment, actions, amountForms }: Case): string | null {
  const amount = amountIn(payment);
  const { serviceChargeMinor, cashbackMinor, captureMode } = payment;
  const parts = [
    ...(serviceChargeMinor > 0 ? [`${amount(serviceChargeMinor)} service charge`] : []),
    ...(cashbackMinor > 0 ? [`${amount(cashbackMinor)} cashback`] : []),
  ];
  const whole = `the ${amount(partsMinor(payment))} ${captureMode === 'Manual' ? 'held' : 'paid'}`;
  const sentences = [
    ...(parts.length > 0 ? [`${parts.join(' and ')} ${parts.length > 1 ? 'are' : 'is'} part of ${whole}.`] : []),
    ...(isTotalDifferent(payment)
      ? [`Dojo’s total is ${amount(heldMinor(payment))}, its parts come to ${amount(partsMinor(payment))}: the smaller is offered.`]
      : []),
  ];
  if (isOfferedWithoutExtras(kind, payment, actions, amountForms)) sentences.push(withoutExtras(payment));
  return sentences.join(' ') || null;
}

/** The customer has the cashback in cash: a refund of all leaves it out unless a person types more. */
export const cashbackLeftOut = ({ payment, actions, amountForms }: Case): string | null =>
  payment.cashbackMinor > 0 && !isOfferedWithoutExtras('refund', payment, actions, amountForms)
    ? `Offered without the ${amountIn(payment)(payment.cashbackMinor)} cashback: the customer has it in cash.`
    : null;
