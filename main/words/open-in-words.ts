import type { ActionState } from '../core/queue/action.ts';

const OPEN = ['waiting', 'sending', 'checking', 'needsPerson'] as const satisfies readonly ActionState[];
/** How many of an account's actions are open, by what they wait for. */
export type OpenCounts = Readonly<Record<(typeof OPEN)[number], number>>;

const ONE = { waiting: 'is queued', sending: 'is being sent', checking: 'is being checked', needsPerson: 'waits for you to decide' } as const;
const MANY = { waiting: 'queued', sending: 'being sent', checking: 'being checked', needsPerson: 'to decide' } as const;

/** What is open as the owner disconnects, and what becomes of it; null: nothing is. The page says the same of what it has seen. */
export function openInWords(open: OpenCounts): string | null {
  const kinds = OPEN.filter((kind) => open[kind] > 0);
  const [first] = kinds;
  const count = kinds.reduce((sum, kind) => sum + open[kind], 0);
  if (first === undefined) return null;
  if (count === 1) return `One action ${ONE[first]}. It stays here. Connect this account again to go on with it.`;
  const told = kinds.map((kind) => `${open[kind]} ${MANY[kind]}`).join(', ');
  return `${count} actions are open: ${told}. They stay here. Connect this account again to go on with them.`;
}
