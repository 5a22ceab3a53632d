import { describe, expect, it } from 'vitest';
import { GIVE_BACK_WAYS, type GiveBackWay, giveBackOf } from '../../../main/core/payment/give-back.ts';
import type { Case } from '../../../main/core/payment/rule-context.ts';
import { movesOf } from '../../../main/core/payment/rules.ts';
import { aCapture, aCase, aHold, anAction, anOutcome, anUnpaid, aPayment, DAY_MS, HOUR_MS, NOON_MS } from '../../builders.ts';

const yesterday = { createdAtMs: NOON_MS - DAY_MS, paidAtMs: NOON_MS - DAY_MS };
const givenBack = (changes: Partial<Case>) => {
  const c = aCase(changes);
  return giveBackOf(c.payment.captureMode, movesOf(c));
};
const promised = (kind: 'reverse' | 'capture' | 'refund') =>
  anAction({ move: kind === 'reverse' ? { kind } : { kind, amount: 500 }, acceptedAtMs: NOON_MS - HOUR_MS });

type Row = readonly [what: string, changes: Partial<Case>, way: GiveBackWay | null, why: RegExp, closed: Partial<Record<GiveBackWay, RegExp>>];

const rows: readonly Row[] = [
  ['a sale of today', { payment: aPayment() }, 'undo', /paid today/, { release: /Nothing is held/ }],
  [
    'a sale made yesterday, paid nobody knows when, seen changed today',
    { payment: aPayment({ createdAtMs: NOON_MS - DAY_MS, updatedAtMs: NOON_MS - HOUR_MS, paidAtMs: null }) },
    'undo',
    /may have been paid today/,
    { release: /Nothing is held/ },
  ],
  [
    'a sale of today, where Dojo does not say what time it is',
    { payment: aPayment(), isByPc: true },
    'undo',
    /^It was paid today/,
    { release: /Nothing is held/ },
  ],
  ['a sale of yesterday', { payment: aPayment(yesterday) }, 'refund', /earlier day/, { release: /Nothing is held/, undo: /until midnight/ }],
  ['a sale of today, part refunded', { payment: aPayment({ refundedMinor: 500 }) }, 'refund', /already/, { release: /Nothing is held/, undo: /as a whole/ }],
  [
    'a sale of today, a refund waits',
    { payment: aPayment(), actions: [promised('refund')] },
    'refund',
    /all of it or a part/,
    { release: /Nothing is held/, undo: /refund of this payment is waiting/ },
  ],
  [
    'a sale of today, its undo waits',
    { payment: aPayment(), actions: [promised('reverse')] },
    null,
    /reversal is waiting/,
    { release: /Nothing is held/, undo: /waiting already/, refund: /reversal is waiting. Remove/ },
  ],
  [
    'a sale all of which is given back',
    { payment: aPayment({ status: 'Refunded', refundedMinor: 2000 }) },
    null,
    /All that was captured is given back/,
    { release: /Nothing is held/, undo: /already given back/, refund: /All that was captured/ },
  ],
  [
    'a sale on its way',
    { payment: aPayment({ status: 'Authorized' }) },
    null,
    /still capturing/,
    { release: /Nothing is held/, undo: /still capturing/, refund: /nothing to refund/ },
  ],
  [
    'a sale of yesterday, offline',
    { payment: aPayment(yesterday), online: false },
    null,
    /settings/,
    { release: /Nothing is held/, undo: /until midnight/, refund: /settings/ },
  ],
  ['a sale of today, offline', { payment: aPayment(), online: false }, 'undo', /paid today/, { release: /Nothing is held/, refund: /settings/ }],
  ['a hold of today', { payment: aHold() }, 'release', /only held/, { undo: /A hold is released/, refund: /Nothing was captured/ }],
  ['a hold of yesterday', { payment: aHold(yesterday) }, 'release', /only held/, { undo: /A hold is released/, refund: /Nothing was captured/ }],
  [
    'a hold that has ended',
    { payment: aHold({ autoExpireInMs: HOUR_MS }) },
    null,
    /ended by itself/,
    { release: /ended by itself/, undo: /A hold is released/, refund: /Nothing was captured/ },
  ],
  [
    'a hold, its release waits',
    { payment: aHold(), actions: [promised('reverse')] },
    null,
    /release is waiting already/,
    { release: /release is waiting already/, undo: /A hold is released/, refund: /Nothing was captured/ },
  ],
  [
    'a hold, a capture waits',
    { payment: aHold(), actions: [promised('capture')] },
    null,
    /capture of this payment is waiting/,
    { release: /capture of this payment is waiting/, undo: /A hold is released/, refund: /Nothing was captured/ },
  ],
  [
    'a hold, part captured',
    { payment: aHold({ captures: [aCapture()] }) },
    'refund',
    /Part of the hold was captured/,
    { release: /always for the whole/, undo: /what was captured of it is refunded/ },
  ],
  [
    'a hold on its way to being captured',
    { payment: aHold({ captures: [aCapture({ status: 'Created', amountMinor: 4200 })] }) },
    null,
    /It is being captured: wait for the bank’s answer/,
    { release: /It is being captured/, undo: /A hold is released/, refund: /It is being captured/ },
  ],
  [
    'a hold captured whole',
    { payment: aHold({ status: 'Captured', captures: [aCapture({ amountMinor: 4200 })] }) },
    'refund',
    /hold was captured/,
    { release: /hold was captured/, undo: /what was captured of it is refunded/ },
  ],
  [
    'a hold that Dojo calls captured, of which the bank declined the only capture',
    { payment: aHold({ status: 'Captured', captures: [aCapture({ amountMinor: 4200, status: 'Declined' })] }) },
    null,
    /^Nothing was captured/,
    { release: /^Dojo calls it captured, so it cannot be released here\. Look it up in Dojo\.$/, undo: /Only a payment/, refund: /^Nothing was captured/ },
  ],
  ...(
    [
      ['unpaid', { payment: anUnpaid() }, /cancel it instead/],
      ['cancelled', { payment: anUnpaid({ status: 'Canceled' }) }, /cancelled before payment/],
      ['undone', { payment: aPayment({ status: 'Reversed' }) }, /not charged/],
      ['released', { payment: aHold({ status: 'Reversed' }) }, /not charged/],
      [
        'released in part, with all that was captured given back',
        { payment: aHold({ status: 'Reversed', captures: [aCapture()], refundedMinor: 2000 }) },
        /not captured/,
      ],
      [
        'undone a moment ago, not shown yet',
        { payment: aPayment(), actions: [anAction({ move: { kind: 'reverse' }, state: 'done', outcome: anOutcome() })] },
        /does not show it yet/,
      ],
      ['in a status Dojo adds later', { payment: aPayment({ status: 'Disputed' }) }, /Disputed/],
      ['with an unreadable action', { payment: aPayment(), unreadable: true }, /cannot be read from the disk/],
    ] as const
  ).map(([what, changes, why]): Row => [`a payment ${what}`, changes, null, why, { release: why, undo: why, refund: why }]),
];

describe('giving money back', () => {
  it.each(rows)('of %s', (_, changes, way, why, closed) => {
    const found = givenBack(changes);
    expect(found.way).toBe(way);
    expect(found.why).toMatch(why);
    expect(found.customerSees === null).toBe(way === null);
    expect(found.closed.map((each) => each.way)).toEqual(GIVE_BACK_WAYS.filter((each) => closed[each]));
    for (const each of found.closed) expect(each.reason).toMatch(closed[each.way] ?? /^never$/);
  });

  it('picks the undo where a refund is open as well, and says that the refund may cost a fee and what the undo cannot', () => {
    const { way, instead, closed } = givenBack({ payment: aPayment() });
    expect([way, instead?.way]).toEqual(['undo', 'refund']);
    expect(instead?.note).toMatch(/part/);
    expect(instead?.note).toMatch(/Dojo may charge the shop a fee for a refund/);
    expect(instead?.note).toMatch(/always for the whole/);
    expect(instead?.customerSees).toMatch(/few working days/);
    expect(closed.map((each) => each.way)).toEqual(['release']);
  });

  it('offers nothing beside a release: where nothing was taken, no part can go back', () => {
    expect(givenBack({ payment: aHold() }).instead).toBeNull();
  });

  it('of a hold does not speak of paying back: nothing was taken', () => {
    const { why, customerSees } = givenBack({ payment: aHold() });
    expect(`${why} ${customerSees}`).toMatch(/nothing of it was captured.*Nothing is paid back/);
    expect(`${why} ${customerSees}`).not.toMatch(/refund|fee/i);
  });

  it('turns from undo to refund at the shop’s midnight, and not before', () => {
    const midnightMs = Date.parse('2026-06-15T23:00:00Z');
    expect(givenBack({ payment: aPayment(), nowMs: midnightMs - 1 }).way).toBe('undo');
    expect(givenBack({ payment: aPayment(), nowMs: midnightMs }).way).toBe('refund');
  });

  it('says each thing in whole sentences', () => {
    for (const [, changes] of rows) {
      const { why, customerSees, instead, closed } = givenBack(changes);
      for (const text of [why, customerSees ?? why, instead?.note ?? why, ...closed.map(({ reason }) => reason)]) expect(text).toMatch(/^[A-Z].*\.$/);
    }
  });
});

it('of what nobody has paid is a cancellation first, and says what a reversal beside it would mean', () => {
  const unpaid = anUnpaid({ captureMode: 'Manual' });
  expect(givenBack({ payment: unpaid })).toEqual({
    way: 'undo',
    why: 'Nobody has paid yet. Cancel it instead: that is the sure way. Dojo’s guide also allows a reversal until midnight.',
    customerSees: 'Nothing is paid back, because nothing was paid.',
    instead: null,
    closed: [
      { way: 'release', reason: 'Nothing is held: nobody has paid yet.' },
      { way: 'refund', reason: 'Nobody has paid yet.' },
    ],
  });
});

it('of a hold that was captured says that a refund remains', () => {
  const payment = aHold({ status: 'Captured', captures: [aCapture({ amountMinor: 4200 })] });
  expect(givenBack({ payment })).toMatchObject({ way: 'refund', why: 'The hold was captured, and what was captured of a hold goes back as a refund.' });
});

it('of a sale of today is sure of the day where Dojo says it', () => {
  expect(givenBack({ payment: aPayment() }).why).toMatch(/^It was paid today\./);
});
