import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capturedMinor, heldMinor, heldMostMinor, type Payment, partsMinor, takenMinor } from '../../../main/core/payment/payment.ts';
import { type Case, leftToTakeMinor } from '../../../main/core/payment/rule-context.ts';
import { type OpenMove, refusalOf, ruleFor } from '../../../main/core/payment/rules.ts';
import { totalsOf } from '../../../main/core/payment/totals.ts';
import type { Action } from '../../../main/core/queue/action.ts';
import { aCapture, aCase, aHold, anAction, anOutcome, aPayment, NOON_MS } from '../../builders.ts';

const OLD = '2022-04-07';

function open(kind: 'capture' | 'refund', changes: Partial<Case>): OpenMove {
  const rule = ruleFor(kind, aCase(changes));
  if (!rule.open) throw new Error(`expected an open ${kind}, got ${rule.code}`);
  return rule;
}
/** What a capture may ask for: offered (goods + tips) of the most (goods + tips), and what is left of both together. */
const captureOf = (changes: Partial<Case>) => {
  const { defaultMinor, defaultTipsMinor, maxMinor, maxTipsMinor } = open('capture', changes);
  return `${defaultMinor} + ${defaultTipsMinor} of ${maxMinor} + ${maxTipsMinor}, left ${leftToTakeMinor(aCase(changes))}`;
};
const refundOf = (changes: Partial<Case>) => {
  const { defaultMinor, maxMinor } = open('refund', changes);
  return `${defaultMinor} of ${maxMinor}`;
};
const done = (amount: number, tipsAmount?: number, captureId: string | null = null): Action =>
  anAction({ move: { kind: 'capture', amount, tipsAmount }, state: 'done', sends: 1, outcome: anOutcome({ captureId }) });

describe('what the customer paid', () => {
  const sale = aPayment({ amountMinor: 5000, tipsMinor: 500, serviceChargeMinor: 625 });
  it('counts whole: amount, tips, service charge and cashback', () => {
    expect([heldMinor(sale), takenMinor(sale)]).toEqual([6125, 6125]);
    expect(totalsOf([sale])[0]).toMatchObject({ takenMinor: 6125 });
    expect(refundOf({ payment: sale })).toBe('6125 of 6125');
    expect(heldMinor({ ...sale, cashbackMinor: 2000 })).toBe(8125);
  });
  it('is said where service charge or cashback is part of it', () => {
    expect(open('refund', { payment: sale }).includes).toBe('£6.25 service charge is part of the £61.25 paid.');
    expect(open('refund', { payment: { ...sale, cashbackMinor: 2000 } }).includes).toBe(
      '£6.25 service charge and £20.00 cashback are part of the £81.25 paid. Offered without the £20.00 cashback: the customer has it in cash.',
    );
    expect(open('refund', { payment: aPayment() }).includes).toBeNull();
  });
  it('is given back whole when it is reversed', () => {
    expect(totalsOf([{ ...sale, status: 'Reversed' }])[0]).toMatchObject({ takenMinor: 6125, givenBackMinor: 6125 });
  });
});

describe('a capture', () => {
  const tipped = aHold({ amountMinor: 1000, tipsMinor: 250 });
  const rows: readonly (readonly [string, Partial<Case>, string])[] = [
    ['a hold', {}, '4200 + 0 of 4200 + 0, left 4200'],
    ['a hold with a service charge', { payment: aHold({ amountMinor: 10_000, serviceChargeMinor: 1250 }) }, '11250 + 0 of 11250 + 0, left 11250'],
    ['with cashback', { payment: aHold({ amountMinor: 1000, cashbackMinor: 2000 }) }, '3000 + 0 of 3000 + 0, left 3000'],
    ['with held tips', { payment: tipped }, '1000 + 250 of 1000 + 250, left 1250'],
    ['the same, where tips may be typed', { payment: { ...tipped, tipsAllowed: true } }, '1000 + 250 of 1000 + 1249, left 1250'],
    ['tips that may be typed, none held', { payment: aHold({ tipsAllowed: true }) }, '4200 + 0 of 4200 + 4199, left 4200'],
    ['held tips, where a capture takes none', { payment: { ...tipped, captures: null }, apiVersion: OLD }, '1250 + 0 of 1250 + 0, left 1250'],
    ['part of the goods captured', { payment: { ...tipped, captures: [aCapture({ amountMinor: 600 })] } }, '400 + 250 of 400 + 250, left 650'],
    ['all goods captured, the tips left', { payment: { ...tipped, captures: [aCapture({ amountMinor: 1000 })] } }, '250 + 0 of 250 + 0, left 250'],
    [
      'captured whole in one amount: more than the goods',
      { payment: { ...tipped, captures: [aCapture({ amountMinor: 1100 })] } },
      '150 + 0 of 150 + 0, left 150',
    ],
    ['its tips captured', { payment: { ...tipped, captures: [aCapture({ amountMinor: 100, tipsMinor: 250 })] } }, '900 + 0 of 900 + 0, left 900'],
    [
      'a part with tips queued',
      { payment: tipped, actions: [anAction({ move: { kind: 'capture', amount: 300, tipsAmount: 50 } })] },
      '700 + 200 of 700 + 200, left 900',
    ],
    ['a part done that Dojo does not show yet', { payment: tipped, actions: [done(300, 50, 'cp_unseen')] }, '700 + 200 of 700 + 200, left 900'],
    ['a discount in the total', { payment: aHold({ amountMinor: 10_000, totalMinor: 9000 }) }, '9000 + 0 of 10000 + 0, left 10000'],
    ['a tax in the total', { payment: aHold({ amountMinor: 10_000, totalMinor: 12_000 }) }, '10000 + 0 of 12000 + 0, left 12000'],
    [
      'a tax in the total, held tips',
      { payment: aHold({ amountMinor: 9000, tipsMinor: 1000, totalMinor: 12_000 }) },
      '9000 + 1000 of 11000 + 1000, left 12000',
    ],
    [
      'a discount in the total, held tips',
      { payment: aHold({ amountMinor: 10_000, tipsMinor: 1000, totalMinor: 9900 }) },
      '9900 + 0 of 10000 + 1000, left 11000',
    ],
    [
      'a tax in the total, the parts captured: nothing is offered by itself',
      { payment: aHold({ amountMinor: 10_000, totalMinor: 12_000, captures: [aCapture({ amountMinor: 10_000 })] }) },
      'null + 0 of 2000 + 0, left 2000',
    ],
  ];
  it.each(rows)('%s', (_, changes, expected) => expect(captureOf(changes)).toBe(expected));

  it('of a hold of £100.00 with a charge of £12.50 is not called all of it at £100.00', () => {
    const payment = aHold({ amountMinor: 10_000, serviceChargeMinor: 1250, captures: [aCapture({ amountMinor: 10_000 })] });
    expect(open('capture', { payment })).toMatchObject({ maxMinor: 1250, includes: '£12.50 service charge is part of the £112.50 held.' });
    expect(totalsOf([payment])[0]).toMatchObject({ takenMinor: 10_000, onHoldMinor: 1250 });
  });

  it('says that held tips go within the amount where the version takes none beside it', () => {
    expect(open('capture', { payment: { ...tipped, captures: null }, apiVersion: OLD }).tipsReason).toMatch(
      /2022-04-07 takes no tips.*The £2.50 tips are part of the amount\.$/,
    );
    expect(open('capture', { payment: { ...tipped, captures: [aCapture({ amountMinor: 1000 })] } }).tipsReason).toBe(
      'Only tips are left: they are captured as the amount.',
    );
  });

  const ask = (amount: number, tipsAmount?: number) => ({ kind: 'capture', amount, tipsAmount }) as const;
  it.each([
    ['goods and the held tips', ask(1000, 250), {}, null],
    ['the whole in one amount, as an older till decided it', ask(1250), {}, null],
    ['a part above the goods in one amount', ask(1100), {}, 'amount'],
    ['a penny more tips than are held', ask(900, 251), {}, 'tipsAmount'],
    ['other tips, where they may be typed', ask(900, 350), { payment: { ...tipped, tipsAllowed: true } }, null],
    ['a penny more than is left', ask(1000, 251), { payment: { ...tipped, tipsAllowed: true } }, 'amount'],
    ['tips where the version takes none', ask(1000, 250), { payment: { ...tipped, captures: null }, apiVersion: OLD }, 'tipsAmount'],
    ['the whole in one amount where the version takes no tips', ask(1250), { payment: { ...tipped, captures: null }, apiVersion: OLD }, null],
    ['a penny more than that', ask(1251), { payment: { ...tipped, captures: null }, apiVersion: OLD }, 'amount'],
  ] as const)('%s: %s', (_, move, changes, field) => expect(refusalOf(move, aCase({ payment: tipped, ...changes }))?.field ?? null).toBe(field));
});

describe('a refund', () => {
  const rows: readonly (readonly [string, Partial<Case>, string])[] = [
    ['leaves cashback out, and may include it', { payment: aPayment({ cashbackMinor: 1000 }) }, '2000 of 3000'],
    ['only cashback is left', { payment: aPayment({ cashbackMinor: 1000, refundedMinor: 2000 }) }, 'null of 1000'],
    ['a discount in the total', { payment: aPayment({ totalMinor: 1800 }) }, '1800 of 2000'],
    ['a tax in the total', { payment: aPayment({ totalMinor: 2400 }) }, '2000 of 2400'],
    ['offline, no more than the cap', { payment: aPayment({ serviceChargeMinor: 250 }), online: false, offlineRefundMaxMinor: 800 }, '800 of 800'],
    [
      'a hold captured whole, with cashback',
      { payment: aHold({ status: 'Captured', cashbackMinor: 1000, captures: [aCapture({ amountMinor: 5200 })] }) },
      '4200 of 5200',
    ],
  ];
  it.each(rows)('%s', (_, changes, expected) => expect(refundOf(changes)).toBe(expected));

  it('of a hold captured in parts is possible, and says that Dojo decides', () => {
    const parts = aHold({ status: 'Captured', captures: [aCapture(), aCapture({ amountMinor: 2200 })] });
    expect(open('refund', { payment: parts }).caution).toContain('captured in parts');
    const whole = aHold({ status: 'Captured', captures: [aCapture({ amountMinor: 4200 })] });
    expect(open('refund', { payment: whole }).caution).toBeNull();
  });
  it.each(['Declined', 'Failed'])(
    'of a hold captured whole after a try that came to nothing (%s) says that, and not that it was captured in parts',
    (status) => {
      const tried = aHold({ status: 'Captured', captures: [aCapture({ amountMinor: 4200, status }), aCapture({ amountMinor: 4200 })] });
      expect(open('refund', { payment: tried }).caution).toBe(
        'Not every capture of it went through. Dojo does not say whether it refunds such a payment; Dojo decides.',
      );
    },
  );
  it('of a hold of which one part was captured says just that, whatever was declined beside it', () => {
    const said = 'Part of it was captured. Dojo does not say whether it refunds such a payment; Dojo decides.';
    expect(open('refund', { payment: aHold({ captures: [aCapture()] }) }).caution).toBe(said);
    expect(open('refund', { payment: aHold({ captures: [aCapture(), aCapture({ status: 'Declined' })] }) }).caution).toBe(said);
  });
});

describe('a total that differs from the parts', () => {
  it('is what sums take, and both are said', () => {
    const payment = aHold({ amountMinor: 10_000, totalMinor: 9000 });
    expect(totalsOf([payment])[0]).toMatchObject({ onHoldMinor: 9000 });
    expect([heldMinor(payment), partsMinor(payment), heldMostMinor(payment)]).toEqual([9000, 10_000, 10_000]);
    expect(open('capture', { payment }).includes).toBe('Dojo’s total is £90.00, its parts come to £100.00: the smaller is offered.');
  });
  it.each([
    ['all of them', 6125],
    ['no tips', 5625],
    ['no charge', 5500],
    ['the bill alone', 5000],
  ])('is none where it counts %s: which of them it counts is not documented', (_, totalMinor) => {
    const sale = aPayment({ amountMinor: 5000, tipsMinor: 500, serviceChargeMinor: 625, totalMinor });
    expect(heldMinor(sale)).toBe(6125);
    expect(refundOf({ payment: sale })).toBe('6125 of 6125');
    expect(open('refund', { payment: sale }).includes).not.toContain('total');
  });
  it('that agrees is not said', () => expect(open('capture', { payment: aHold({ totalMinor: 4200 }) }).includes).toBeNull());
});

describe('captured in part here, where Dojo lists no captures', () => {
  const payment = aHold({ amountMinor: 1000, captures: null, status: 'Captured' });
  const part = [done(400)];
  it('what was captured here bounds what counts and may be refunded', () => {
    expect([capturedMinor(payment, 400), takenMinor(payment, 400)]).toEqual([400, 400]);
    expect(refundOf({ payment, actions: part, apiVersion: OLD })).toBe('400 of 400');
    expect(refusalOf({ kind: 'refund', amount: 401 }, aCase({ payment, actions: part, apiVersion: OLD }))).toMatchObject({ code: 'amount-too-large' });
    expect(totalsOf([payment], () => 400)[0]).toMatchObject({ takenMinor: 400 });
  });
  it('the rest may be captured: Dojo decides', () => {
    expect(captureOf({ payment, actions: part, apiVersion: OLD })).toBe('600 + 0 of 600 + 0, left 600');
    expect(open('capture', { payment, actions: part, apiVersion: OLD }).caution).toContain('Dojo decides');
  });
  it('is all of it where nothing was captured here, or where the hold’s end captured the rest', () => {
    expect(ruleFor('capture', aCase({ payment, apiVersion: OLD }))).toMatchObject({ open: false, code: 'nothing-left' });
    const ended = { ...payment, autoExpireAction: 'Capture' as const, updatedAtMs: NOON_MS, autoExpireInMs: 3_600_000 };
    expect(refundOf({ payment: ended, actions: part, apiVersion: OLD })).toBe('1000 of 1000');
  });
});

describe('after a change from a version that numbers captures to one that lists them', () => {
  const held = { amountMinor: 1000, tipsMinor: 0 };
  const numbered = { ...done(400, undefined, '1'), firstSentAtMs: NOON_MS, sentAtMs: NOON_MS };
  const listed = aCapture({ id: 'cp_x', amountMinor: 400, createdAtMs: NOON_MS + 1000 });
  it('the same capture counts once: in what is left, in what may be refunded, and in the sums', () => {
    const payment = aHold({ ...held, captures: [listed] });
    expect(captureOf({ payment, actions: [numbered] })).toBe('600 + 0 of 600 + 0, left 600');
    expect(refundOf({ payment, actions: [numbered] })).toBe('400 of 400');
    expect(totalsOf([payment], () => 400)[0]).toMatchObject({ takenMinor: 400, onHoldMinor: 600 });
  });
  it('another of the same amount is another one', () => {
    const payment = aHold({ ...held, captures: [listed, aCapture({ id: 'cp_y', amountMinor: 400 })] });
    expect(captureOf({ payment, actions: [numbered] })).toBe('200 + 0 of 200 + 0, left 200');
  });
  it('one that no list shows yet still counts', () => {
    expect(captureOf({ payment: aHold({ ...held, captures: [] }), actions: [numbered] })).toBe('600 + 0 of 600 + 0, left 600');
  });
});

describe('over any sequence of parts', () => {
  const minor = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 2000 }));
  const hold: fc.Arbitrary<Payment> = fc
    .record({
      amountMinor: fc.integer({ min: 1, max: 5000 }),
      tipsMinor: minor,
      serviceChargeMinor: minor,
      cashbackMinor: minor,
      totalMinor: fc.option(fc.integer({ min: 1, max: 9000 }), { nil: null }),
      tipsAllowed: fc.boolean(),
    })
    .map(aHold);

  it('goods, tips, charge and cashback add up to the penny, and never to more than is held', () => {
    fc.assert(
      fc.property(
        hold,
        fc.constantFrom(OLD, '2026-02-27'),
        fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), { maxLength: 8 }),
        (held, apiVersion, asked) => {
          let payment: Payment = held;
          let capturedInAll = 0;
          const capture = (amountMinor: number, tipsMinor: number) => {
            expect(refusalOf({ kind: 'capture', amount: amountMinor, tipsAmount: tipsMinor }, aCase({ payment, apiVersion }))).toBeNull();
            payment = { ...payment, captures: [...(payment.captures ?? []), aCapture({ amountMinor, tipsMinor })] };
            capturedInAll += amountMinor + tipsMinor;
          };
          for (const [goods, tips, isOffered] of asked) {
            const rule = ruleFor('capture', aCase({ payment, apiVersion }));
            if (!rule.open) break;
            const leftMinor = leftToTakeMinor(aCase({ payment, apiVersion }));
            expect(capturedInAll + leftMinor).toBe(heldMostMinor(held));
            const amountMinor = 1 + (goods % (rule.maxMinor ?? 1));
            if (isOffered && rule.defaultMinor !== null) capture(rule.defaultMinor, rule.defaultTipsMinor);
            else capture(amountMinor, tips % (1 + Math.min(rule.maxTipsMinor, leftMinor - amountMinor)));
          }
          // Whatever was captured before, what is offered next is the rest of the smaller one, whole.
          const rest = ruleFor('capture', aCase({ payment, apiVersion }));
          const leastMinor = Math.min(heldMinor(held), partsMinor(held));
          if (rest.open && rest.defaultMinor !== null) {
            capture(rest.defaultMinor, rest.defaultTipsMinor);
            expect(capturedInAll).toBe(leastMinor);
          } else expect(capturedInAll).toBeGreaterThanOrEqual(leastMinor);
          expect(capturedInAll).toBeLessThanOrEqual(heldMostMinor(held));
          expect(capturedMinor(payment)).toBe(capturedInAll);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
