import { formatMoney } from '../format.ts';
import { MORE_MAY_STAY, unfinishedInWords } from '../take/take-plan.ts';
import type { PlannedTake } from './planned-run.ts';

/** `notes`: all there is to know of it before the run begins. `ofWholeMinor`: of how much it is a part; null: it is none. */
export type ReviewedTake = PlannedTake & Readonly<{ notes: readonly string[]; ofWholeMinor: number | null }>;
export type ReviewList = Readonly<{ title: string; takes: readonly ReviewedTake[] }>;

/** First what is worst to miss. A capture stands in the first list that it belongs to and in no other: what is listed adds up to the run. */
const LISTS: readonly Readonly<{ title: string; has: (take: PlannedTake) => boolean }>[] = [
  { title: 'An earlier one may still arrive', has: ({ lost }) => lost !== null },
  { title: 'Beside another capture', has: ({ unfinishedMinor }) => unfinishedMinor > 0 },
  { title: 'Not the whole rest', has: ({ edited }) => edited },
  // What is offered is less than Dojo may hold: what is said of charges beside it is no part of it then.
  { title: 'As offered', has: ({ mayLeave }) => mayLeave },
  { title: 'Held with a service charge or cashback', has: ({ includes }) => includes !== null },
];
const REST = 'The whole rest';

/** Every capture of a run, once. */
export function reviewLists(takes: readonly PlannedTake[]): readonly ReviewList[] {
  const largestFirst = [...takes].sort((a, b) => b.amountMinor - a.amountMinor);
  const titleOf = (take: PlannedTake) => LISTS.find(({ has }) => has(take))?.title ?? REST;
  return [...LISTS.map(({ title }) => title), REST]
    .map((title) => ({ title, takes: largestFirst.filter((take) => titleOf(take) === title).map(reviewed) }))
    .filter((list) => list.takes.length > 0);
}

function reviewed(take: PlannedTake): ReviewedTake {
  const { lost, unfinishedMinor, includes, edited, mayLeave, currency, wholeMinor } = take;
  const notes = [
    lost,
    unfinishedMinor > 0 ? unfinishedInWords(formatMoney(unfinishedMinor, currency)) : null,
    includes,
    mayLeave && !edited ? MORE_MAY_STAY : null,
  ];
  return { ...take, notes: notes.filter((note) => note !== null), ofWholeMinor: edited ? wholeMinor : null };
}
