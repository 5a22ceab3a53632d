import { describe, expect, it } from 'vitest';
import { giveBackOf } from '../../../main/core/payment/give-back.ts';
import { movesOf } from '../../../main/core/payment/rules.ts';
import { MOVE_KINDS } from '../../../main/core/queue/action.ts';
import { type Cell, caseOf, cells, isIn, NEW, named, OLD, type Where } from './rules-cells.ts';

const OLDEST = ['2022-01-03'] as const;

/** Each move in order, and the way to give money back: `open`, with its limit and `?` where something is said first; else why not. */
function seen(cell: Cell): string {
  const c = caseOf(cell);
  const moves = movesOf(c);
  const each = MOVE_KINDS.map((kind) => {
    const rule = moves[kind];
    if (!rule.open) return rule.code;
    return `open${rule.maxMinor === null ? '' : ` ≤ ${rule.maxMinor}`}${rule.caution === null ? '' : '?'}`;
  });
  return `${each.join(' | ')} → ${giveBackOf(c.payment.captureMode, moves).way ?? 'none'}`;
}

type Row = readonly [what: string, where: Where, cells: string];
const Auto = ['Auto'] as const;
const Manual = ['Manual'] as const;
const held = { mode: Manual, status: ['Authorized'], version: NEW } as const;
const taken = { mode: Manual, status: ['Captured'], version: NEW } as const;
const given = { mode: Manual, status: ['Refunded'], version: NEW } as const;
const released = { mode: Manual, status: ['Reversed'] } as const;
const releasedInPart = { ...released, captured: ['part'], version: NEW } as const;
const releasedWhole = { ...released, captured: ['whole'], version: NEW } as const;
const unpaid = { status: ['Created'], end: ['to come'] } as const;
const unpaidToday = { ...unpaid, mode: Manual, paid: ['today'] } as const;
const no = ['none'] as const;
const some = ['part', 'whole'] as const;

/** By Dojo's guides: capture | reverse | refund | cancel | setAmount | setTips | sendReceipt → give money back. An axis left out does not matter. */
const TABLE: readonly Row[] = [
  // Nobody has paid
  ['to be paid at once', { ...unpaid, mode: Auto, version: NEW }, 'not-paid | not-paid | not-paid | open | open | open | not-paid → none'],
  [
    'to be paid at once, 2022-04-07',
    { ...unpaid, mode: Auto, version: ['2022-04-07'] },
    'not-paid | not-paid | not-paid | open | open | open | not-paid → none',
  ],
  [
    'to be paid at once, 2022-01-03: nor can tips be changed',
    { ...unpaid, mode: Auto, version: OLDEST },
    'not-paid | not-paid | not-paid | open | open | version | not-paid → none',
  ],
  [
    'to be held, made yesterday',
    { ...unpaid, mode: Manual, paid: ['yesterday'], version: NEW },
    'not-paid | not-paid | not-paid | open | open | open | not-paid → none',
  ],
  [
    'to be held, made yesterday, 2022-04-07',
    { ...unpaid, mode: Manual, paid: ['yesterday'], version: ['2022-04-07'] },
    'not-paid | not-paid | not-paid | open | open | open | not-paid → none',
  ],
  [
    'to be held, made yesterday, 2022-01-03',
    { ...unpaid, mode: Manual, paid: ['yesterday'], version: OLDEST },
    'not-paid | not-paid | not-paid | open | open | version | not-paid → none',
  ],
  [
    'to be held, made today: the guide allows its reversal, beside the cancellation',
    { ...unpaidToday, captured: ['none', 'declined'], refunded: no, version: NEW },
    'not-paid | open? | not-paid | open | open | open | not-paid → undo',
  ],
  [
    'to be held, made today, 2022-04-07',
    { ...unpaidToday, refunded: no, version: ['2022-04-07'] },
    'not-paid | open? | not-paid | open | open | open | not-paid → undo',
  ],
  [
    'to be held, made today, 2022-01-03',
    { ...unpaidToday, refunded: no, version: OLDEST },
    'not-paid | open? | not-paid | open | open | version | not-paid → undo',
  ],
  ['no longer to be paid', { status: ['Created'], end: ['over'] }, 'not-paid | not-paid | not-paid | lapsed | lapsed | lapsed | not-paid → none'],
  // It has ended, or nobody knows
  ['undone', { mode: Auto, status: ['Reversed'] }, 'undone | undone | undone | undone | undone | undone | undone → none'],
  ['released', { ...released, version: OLD }, 'undone | undone | undone | undone | undone | undone | undone → none'],
  [
    'released, and nothing captured',
    { ...released, captured: ['none', 'declined', 'settling'], version: NEW },
    'undone | undone | undone | undone | undone | undone | undone → none',
  ],
  ['released once a part was captured', { ...releasedInPart, refunded: no }, 'undone | undone | open ≤ 2000? | undone | undone | undone | undone → refund'],
  ['the same, part given back', { ...releasedInPart, refunded: ['part'] }, 'undone | undone | open ≤ 1500? | undone | undone | undone | undone → refund'],
  ['the same, all given back', { ...releasedInPart, refunded: ['whole'] }, 'undone | undone | nothing-left | undone | undone | undone | undone → none'],
  ['called released, and all captured', { ...releasedWhole, refunded: no }, 'undone | undone | open ≤ 4200 | undone | undone | undone | undone → refund'],
  ['the same, part given back', { ...releasedWhole, refunded: ['part'] }, 'undone | undone | open ≤ 3700 | undone | undone | undone | undone → refund'],
  ['the same, all given back', { ...releasedWhole, refunded: ['whole'] }, 'undone | undone | nothing-left | undone | undone | undone | undone → none'],
  ['cancelled', { status: ['Canceled'] }, 'cancelled | cancelled | cancelled | cancelled | cancelled | cancelled | cancelled → none'],
  [
    'a status Dojo added later',
    { status: ['Disputed'] },
    'unknown-status | unknown-status | unknown-status | unknown-status | unknown-status | unknown-status | unknown-status → none',
  ],

  // Taken when the customer paid
  ['a sale of today', { mode: Auto, status: ['Captured'], refunded: no, paid: ['today'] }, 'automatic | open | open ≤ 4200 | paid | paid | paid | open → undo'],
  [
    'a sale of yesterday',
    { mode: Auto, status: ['Captured'], refunded: no, paid: ['yesterday'] },
    'automatic | day-over | open ≤ 4200 | paid | paid | paid | open → refund',
  ],
  [
    'a sale, part given back',
    { mode: Auto, status: ['Captured', 'Refunded'], refunded: ['part'] },
    'automatic | refunded | open ≤ 3700 | paid | paid | paid | open → refund',
  ],
  [
    'a sale, all given back',
    { mode: Auto, status: ['Captured', 'Refunded'], refunded: ['whole'] },
    'automatic | refunded | nothing-left | paid | paid | paid | open → none',
  ],
  [
    'a sale given back, Dojo does not say how much',
    { mode: Auto, status: ['Refunded'], refunded: no },
    'automatic | refunded | refunded | paid | paid | paid | open → none',
  ],

  // On hold
  [
    'a hold of today',
    { ...held, captured: ['none', 'declined'], refunded: no, end: ['to come'], paid: ['today'] },
    'open ≤ 4200 | open | not-taken-yet | paid | paid | paid | not-taken-yet → release',
  ],
  [
    'a hold of yesterday: its release is Dojo’s newer rule',
    { ...held, captured: ['none', 'declined'], refunded: no, end: ['to come'], paid: ['yesterday'] },
    'open ≤ 4200 | open? | not-taken-yet | paid | paid | paid | not-taken-yet → release',
  ],
  [
    'a hold that has ended',
    { ...held, captured: ['none', 'declined'], refunded: no, end: ['over'] },
    'hold-ended | hold-ended | not-taken-yet | paid | paid | paid | not-taken-yet → none',
  ],
  [
    'a hold, part taken',
    { ...held, captured: ['part'], refunded: no, end: ['to come'] },
    'open ≤ 2200? | part-taken | open ≤ 2000? | paid | paid | paid | not-taken-yet → refund',
  ],
  [
    'a hold, part taken, that has ended',
    { ...held, captured: ['part'], refunded: no, end: ['over'] },
    'hold-ended | part-taken | open ≤ 2000? | paid | paid | paid | not-taken-yet → refund',
  ],
  [
    'a hold, part taken, part of that given back',
    { ...held, captured: ['part'], refunded: ['part'] },
    'refunded | refunded | open ≤ 1500? | paid | paid | paid | not-taken-yet → refund',
  ],
  [
    'a hold, what was taken is given back',
    { ...held, captured: ['part', 'whole'], refunded: ['whole'] },
    'refunded | refunded | nothing-left | paid | paid | paid | not-taken-yet → none',
  ],
  [
    'a hold on its way to being taken',
    { ...held, captured: ['settling'], refunded: no },
    'nothing-left | settling | settling | paid | paid | paid | not-taken-yet → none',
  ],
  [
    'a hold taken whole that Dojo still calls a hold',
    { ...held, captured: ['whole'], refunded: no },
    'nothing-left | part-taken | open ≤ 4200 | paid | paid | paid | not-taken-yet → refund',
  ],
  [
    'the same, part given back',
    { ...held, captured: ['whole'], refunded: ['part'] },
    'refunded | refunded | open ≤ 3700 | paid | paid | paid | not-taken-yet → refund',
  ],
  // On hold, by a version that does not show what was taken of it
  [
    'a hold of today, 2022',
    { ...held, version: OLD, refunded: no, end: ['to come'], paid: ['today'] },
    'open ≤ 4200 | open | not-taken-yet | paid | paid | paid | not-taken-yet → release',
  ],
  [
    'a hold of yesterday, 2022',
    { ...held, version: OLD, refunded: no, end: ['to come'], paid: ['yesterday'] },
    'open ≤ 4200 | open? | not-taken-yet | paid | paid | paid | not-taken-yet → release',
  ],
  [
    'a hold that has ended, 2022',
    { ...held, version: OLD, refunded: no, end: ['over'] },
    'hold-ended | hold-ended | not-taken-yet | paid | paid | paid | not-taken-yet → none',
  ],

  // A hold that was taken
  ['a hold taken whole', { ...taken, captured: ['none', 'whole'], refunded: no }, 'nothing-left | taken | open ≤ 4200 | paid | paid | paid | open → refund'],
  [
    'taken in part: Dojo does not say whether the rest is still held',
    { ...taken, captured: ['part'], refunded: no, end: ['to come'] },
    'open ≤ 2200? | taken | open ≤ 2000? | paid | paid | paid | open → refund',
  ],
  [
    'taken in part, and the hold has ended',
    { ...taken, captured: ['part'], refunded: no, end: ['over'] },
    'hold-ended | taken | open ≤ 2000? | paid | paid | paid | open → refund',
  ],
  [
    'taken, the bank has not said so yet',
    { ...taken, captured: ['settling'], refunded: no },
    'nothing-left | settling | settling | paid | paid | paid | open → none',
  ],
  [
    'taken whole, part given back',
    { ...taken, status: ['Captured', 'Refunded'], captured: ['none', 'whole'], refunded: ['part'] },
    'refunded | refunded | open ≤ 3700 | paid | paid | paid | open → refund',
  ],
  [
    'taken in part, part given back',
    { ...taken, status: ['Captured', 'Refunded'], captured: ['part'], refunded: ['part'] },
    'refunded | refunded | open ≤ 1500? | paid | paid | paid | open → refund',
  ],
  [
    'taken, all given back',
    { ...taken, status: ['Captured', 'Refunded'], captured: ['none', 'part', 'whole'], refunded: ['whole'] },
    'refunded | refunded | nothing-left | paid | paid | paid | open → none',
  ],
  ['given back, Dojo does not say how much', { ...given, refunded: no }, 'refunded | refunded | refunded | paid | paid | paid | open → none'],
  // The same, by a version that shows no captures
  [
    'taken, 2022: Dojo does not show how much',
    { ...taken, version: OLD, refunded: no },
    'nothing-left | taken | open ≤ 4200? | paid | paid | paid | open → refund',
  ],
  [
    'taken, part given back, 2022',
    { ...taken, version: OLD, status: ['Captured', 'Refunded'], refunded: ['part'] },
    'refunded | refunded | open ≤ 3700? | paid | paid | paid | open → refund',
  ],
  [
    'taken, all given back, 2022',
    { ...taken, version: OLD, status: ['Captured', 'Refunded'], refunded: ['whole'] },
    'refunded | refunded | nothing-left | paid | paid | paid | open → none',
  ],
  [
    'given back, Dojo does not say how much, 2022',
    { ...given, version: OLD, refunded: no },
    'refunded | refunded | refunded | paid | paid | paid | open → none',
  ],

  // What Dojo's documents do not let happen: nothing that could move too much
  [
    'to be held, and captured already',
    { ...unpaidToday, captured: ['part', 'whole'], refunded: no, version: NEW },
    'not-paid | part-taken | not-paid | open | open | open | not-paid → none',
  ],
  [
    'to be held, and on its way to being captured',
    { ...unpaidToday, captured: ['settling'], refunded: no, version: NEW },
    'not-paid | settling | not-paid | open | open | open | not-paid → none',
  ],
  ['to be held, and given back', { ...unpaidToday, refunded: some, version: NEW }, 'not-paid | refunded | not-paid | open | open | open | not-paid → none'],
  [
    'to be held, and given back, 2022-04-07',
    { ...unpaidToday, refunded: some, version: ['2022-04-07'] },
    'not-paid | refunded | not-paid | open | open | open | not-paid → none',
  ],
  [
    'to be held, and given back, 2022-01-03',
    { ...unpaidToday, refunded: some, version: OLDEST },
    'not-paid | refunded | not-paid | open | open | version | not-paid → none',
  ],
  [
    'a sale on its way',
    { mode: Auto, status: ['Authorized'], refunded: no, captured: ['none', 'part', 'whole', 'declined'] },
    'automatic | not-taken-yet | not-taken-yet | paid | paid | paid | not-taken-yet → none',
  ],
  [
    'a sale on its way, with a capture',
    { mode: Auto, status: ['Authorized'], refunded: no, captured: ['settling'], version: NEW },
    'automatic | not-taken-yet | settling | paid | paid | paid | not-taken-yet → none',
  ],
  [
    'a sale on its way, 2022',
    { mode: Auto, status: ['Authorized'], refunded: no, captured: ['settling'], version: OLD },
    'automatic | not-taken-yet | not-taken-yet | paid | paid | paid | not-taken-yet → none',
  ],
  [
    'a sale on its way, given back before it was taken',
    { mode: Auto, status: ['Authorized'], refunded: some, captured: ['none', 'part', 'whole', 'declined'] },
    'automatic | refunded | not-taken-yet | paid | paid | paid | not-taken-yet → none',
  ],
  [
    'a sale on its way, with a capture, given back',
    { mode: Auto, status: ['Authorized'], refunded: some, captured: ['settling'], version: NEW },
    'automatic | refunded | settling | paid | paid | paid | not-taken-yet → none',
  ],
  [
    'a sale on its way, given back, 2022',
    { mode: Auto, status: ['Authorized'], refunded: some, captured: ['settling'], version: OLD },
    'automatic | refunded | not-taken-yet | paid | paid | paid | not-taken-yet → none',
  ],
  [
    'a hold given back before it was taken',
    { ...held, captured: ['none', 'declined'], refunded: some },
    'refunded | refunded | not-taken-yet | paid | paid | paid | not-taken-yet → none',
  ],
  [
    'a hold given back while it is taken',
    { ...held, captured: ['settling'], refunded: some },
    'refunded | refunded | settling | paid | paid | paid | not-taken-yet → none',
  ],
  ['a hold given back, 2022', { ...held, version: OLD, refunded: some }, 'refunded | refunded | not-taken-yet | paid | paid | paid | not-taken-yet → none'],
  [
    'called taken, but the bank refused all of it',
    { ...taken, captured: ['declined'], refunded: no, end: ['to come'] },
    'open ≤ 4200 | taken | not-taken-yet | paid | paid | paid | open → none',
  ],
  [
    'called taken, but the bank refused all of it, and the hold has ended',
    { ...taken, captured: ['declined'], refunded: no, end: ['over'] },
    'hold-ended | taken | not-taken-yet | paid | paid | paid | open → none',
  ],
  [
    'called taken and given back, but the bank refused all of it',
    { ...taken, status: ['Captured', 'Refunded'], captured: ['declined'], refunded: some },
    'refunded | refunded | not-taken-yet | paid | paid | paid | open → none',
  ],
  [
    'given back while it is taken',
    { ...taken, status: ['Captured', 'Refunded'], captured: ['settling'], refunded: some },
    'refunded | refunded | settling | paid | paid | paid | open → none',
  ],
];

describe('what each payment allows, over everything Dojo may show', () => {
  it('stands in the table: one row for each of them, and no row for nothing', () => {
    expect(cells).toHaveLength(2 * 7 * 5 * 3 * 2 * 2 * 5);
    for (const cell of cells)
      expect([named(cell), TABLE.filter(([, where]) => isIn(cell, where)).map(([what]) => what)]).toEqual([named(cell), [expect.any(String)]]);
    for (const [what, where] of TABLE) expect([what, cells.some((cell) => isIn(cell, where))]).toEqual([what, true]);
  });

  it.each(TABLE)('%s', (_, where, expected) => {
    const found = new Map(cells.filter((cell) => isIn(cell, where)).map((cell) => [seen(cell), cell]));
    expect([...found].map(([cellsSeen, cell]) => [cellsSeen, cellsSeen === expected ? '' : named(cell)])).toEqual([[expected, '']]);
  });
});
