import type { Show } from '../../preload/contract.ts';

/**
 * Tells a person who is not looking at the till; where that cannot be done, nothing happens. `show` is what the page goes to when it
 * is pressed. Never the only place that says something: the page says the same.
 */
export type Notifier = Readonly<{ notify(note: Readonly<{ title: string; body: string; show: Show }>): void }>;
