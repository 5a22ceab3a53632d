import { expect, it } from 'vitest';
import type { PlannedTake } from '../../renderer/end-of-day/planned-run.ts';
import { reviewLists } from '../../renderer/end-of-day/review-lists.ts';

const take = (paymentId: string, over: Partial<PlannedTake> = {}): PlannedTake => ({
  requestId: `request-${paymentId}`,
  paymentId,
  reference: paymentId,
  card: null,
  paymentAtMs: 0,
  currency: 'GBP',
  amountMinor: 1_000,
  tipsMinor: 0,
  edited: false,
  wholeMinor: 1_000,
  mayLeave: false,
  unfinishedMinor: 0,
  lost: null,
  includes: null,
  ...over,
});

const lost = '£2.00 sent before may still arrive: then £5.00 is captured in all.';
const includes = '£1.00 service charge is part of it.';

it('lists every capture of a run once, what is worst to miss first, the largest first', () => {
  const takes = [
    take('plain'),
    take('larger', { amountMinor: 2_000 }),
    take('charge', { includes }),
    take('part', { edited: true, amountMinor: 400 }),
    take('beside', { unfinishedMinor: 300 }),
    take('lost', { lost }),
  ];
  const lists = reviewLists(takes);
  expect(lists.map(({ title, takes: listed }) => [title, listed.map(({ paymentId }) => paymentId)])).toEqual([
    ['An earlier one may still arrive', ['lost']],
    ['Beside another capture', ['beside']],
    ['Not the whole rest', ['part']],
    ['Held with a service charge or cashback', ['charge']],
    ['The whole rest', ['larger', 'plain']],
  ]);
});

it('says beside a capture all that there is to know of it, and of how much it is a part', () => {
  const lists = reviewLists([take('all', { edited: true, amountMinor: 300, lost, unfinishedMinor: 200, includes })]);
  expect(lists).toMatchObject([{ title: 'An earlier one may still arrive', takes: [{ paymentId: 'all' }] }]);
  expect(lists[0]?.takes[0]).toMatchObject({ notes: [lost, '£2.00 more is asked for, not finished yet.', includes], ofWholeMinor: 1_000 });
  expect(reviewLists([take('plain')])[0]?.takes[0]).toMatchObject({ notes: [], ofWholeMinor: null });
});

it('calls no capture the whole rest of which Dojo may hold more', () => {
  const titles = (...takes: PlannedTake[]) => reviewLists(takes).map(({ title }) => title);
  expect(titles(take('a'), take('b', { mayLeave: true }))).toEqual(['As offered', 'The whole rest']);
  // A total below its parts, or a service charge that is left out: it is no more than the bill.
  expect(titles(take('a'), take('b', { mayLeave: true, includes }))).toEqual(['As offered', 'The whole rest']);
  expect(reviewLists([take('b', { mayLeave: true, includes })])[0]?.takes[0]?.notes).toEqual([includes, 'Dojo decides whether more stays on hold.']);
  expect(titles(take('a'), take('b', { mayLeave: true, edited: true, amountMinor: 1 }))).toEqual(['Not the whole rest', 'The whole rest']);
});
