import type { ActionView, Connection } from '../../preload/contract.ts';

export const QUEUE_GROUPS = ['needs-person', 'too-late', 'checking', 'sending', 'waiting', 'other-account', 'unseen', 'ended'] as const;
export type QueueGroup = (typeof QUEUE_GROUPS)[number];

export type GroupedQueue = Readonly<Record<QueueGroup, readonly ActionView[]>>;

/** Where an action is shown. Another account's open action stands apart: this key never sends it. */
export function groupOf(action: Pick<ActionView, 'state' | 'otherAccount' | 'tooLate' | 'untilSeen'>): QueueGroup {
  switch (action.state) {
    case 'done':
    case 'refused':
    case 'expired':
    case 'withdrawn':
      return action.untilSeen ? 'unseen' : 'ended';
    case 'needsPerson':
      return action.otherAccount ? 'other-account' : 'needs-person';
    case 'checking':
      return action.otherAccount ? 'other-account' : 'checking';
    case 'sending':
      return action.otherAccount ? 'other-account' : 'sending';
    case 'waiting':
      if (action.otherAccount) return 'other-account';
      return action.tooLate ? 'too-late' : 'waiting';
  }
}

/** What asks for somebody, as the header, the queue and its list count it: a person settles it, lets it go out, or removes it. */
export const needingYou = (actions: readonly ActionView[]): ActionView[] =>
  actions.filter((action) => isNeeding(action)).sort((a, b) => a.acceptedAtMs - b.acceptedAtMs);
export const isNeeding = (action: Pick<ActionView, 'state' | 'otherAccount' | 'tooLate' | 'untilSeen'>): boolean =>
  groupOf(action) === 'needs-person' || groupOf(action) === 'too-late';

/** How many came to nothing, and nobody has understood that yet. */
export const unseenCount = (actions: readonly ActionView[]): number => actions.filter((action) => groupOf(action) === 'unseen').length;

/** How many are too late to be sent and wait to be removed: they ask for somebody as well. */
export const tooLateCount = (actions: readonly ActionView[]): number => actions.filter((action) => groupOf(action) === 'too-late').length;

/** What is in the queue, each action once: what asks for somebody as the header counts it, and of what kinds it is. */
export function queueInWords(queue: Connection['queue'], tooLate: number, unseen: number): string {
  const needing = queue.needsPerson + tooLate + unseen;
  const listed = (counts: readonly (readonly [number, string])[]) =>
    counts
      .filter(([count]) => count > 0)
      .map(([count, words]) => `${count} ${words}`)
      .join(', ');
  const kinds = listed([
    [queue.needsPerson, 'to decide'],
    [tooLate, 'too late'],
    [unseen, 'not done'],
  ]);
  const others = listed([
    [queue.checking, 'being checked'],
    [queue.sending, 'sending'],
    [queue.waiting - tooLate, 'queued'],
  ]);
  return [needing > 0 ? `${needing} ${needing === 1 ? 'needs' : 'need'} you: ${kinds}` : '', others].filter(Boolean).join(' · ');
}

const byAcceptance = (a: ActionView, b: ActionView) => a.acceptedAtMs - b.acceptedAtMs;
const bySoonestDeadline = (a: ActionView, b: ActionView) =>
  (a.deadlineMs ?? Number.MAX_SAFE_INTEGER) - (b.deadlineMs ?? Number.MAX_SAFE_INTEGER) || byAcceptance(a, b);
const byLatestEnd = (a: ActionView, b: ActionView) => b.changedAtMs - a.changedAtMs || byAcceptance(b, a);

/** The queue as the screen shows it: what needs somebody first, what ended last. */
export function groupQueue(actions: Iterable<ActionView>): GroupedQueue {
  const groups: Record<QueueGroup, ActionView[]> = {
    'needs-person': [],
    'too-late': [],
    checking: [],
    sending: [],
    waiting: [],
    'other-account': [],
    unseen: [],
    ended: [],
  };
  for (const action of actions) groups[groupOf(action)].push(action);
  groups['needs-person'].sort(byAcceptance);
  groups['too-late'].sort(byAcceptance);
  groups.checking.sort(byAcceptance);
  groups.sending.sort(byAcceptance);
  groups.waiting.sort(bySoonestDeadline);
  groups['other-account'].sort(byAcceptance);
  groups.unseen.sort(byLatestEnd);
  groups.ended.sort(byLatestEnd);
  return groups;
}

export const GROUP_WORDS: Readonly<Record<QueueGroup, { title: string; note: string | null }>> = {
  'needs-person': { title: 'To decide', note: 'Nothing more is done about these until you decide. Look each one up in Dojo first.' },
  'too-late': { title: 'Too late', note: 'Too late, as far as this till knows. Remove each before you do something else instead.' },
  checking: { title: 'Checking with Dojo', note: 'Sent, but the answer was lost. Tillside reads the payments to find out; it does not send again blindly.' },
  sending: { title: 'Sending', note: null },
  waiting: { title: 'Queued', note: 'Queued, not done. Each can be removed until it is sent.' },
  'other-account': { title: 'Another account', note: 'Accepted under another key; not sent with this one. They go on when that key is connected again.' },
  unseen: { title: 'Not done', note: 'Refused or too late. Each stays here until the notice about it is understood.' },
  ended: { title: 'Ended', note: null },
};
