import type { Connection } from '../../preload/contract.ts';

const ONE = { waiting: 'is queued', sending: 'is being sent', checking: 'is being checked', needsPerson: 'waits for you to decide' } as const;
const MANY = { waiting: 'queued', sending: 'being sent', checking: 'being checked', needsPerson: 'to decide' } as const;

/** What is open as the owner disconnects, and what becomes of it; null: nothing is. As main says it, which knows of more than the page saw. */
export function openInWords(queue: Connection['queue']): string | null {
  const kinds = (['waiting', 'sending', 'checking', 'needsPerson'] as const).filter((kind) => queue[kind] > 0);
  const [first] = kinds;
  const count = kinds.reduce((sum, kind) => sum + queue[kind], 0);
  if (first === undefined) return null;
  if (count === 1) return `One action ${ONE[first]}. It stays here. Connect this account again to go on with it.`;
  const told = kinds.map((kind) => `${queue[kind]} ${MANY[kind]}`).join(', ');
  return `${count} actions are open: ${told}. They stay here. Connect this account again to go on with them.`;
}
