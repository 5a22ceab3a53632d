import { create } from 'zustand';
import type { ActionView, ErrorCode } from '../preload/contract.ts';
import type { Screen } from './view.ts';

export type ToastTone = 'news' | 'problem';
/**
 * `about`: of an action, whose row in the queue says the same; of the key, until another is accepted; of the connection, until Dojo has answered
 * a reading since. `of`: the action, as it was when that was said of it.
 */
export type Toast = Readonly<{ id: number; text: string; tone: ToastTone; about: 'action' | 'key' | 'connection' | null; of: ActionThen | null }>;
export type ActionThen = Readonly<Pick<ActionView, 'id' | 'state'>>;

/** Over the page there is room for so many; an older problem comes back as soon as a newer one is closed. */
const DRAWN_MAX = 2;
const KEPT_MAX = 20;
let lastId = 0;

export const useToasts = create<{ toasts: readonly Toast[] }>(() => ({ toasts: [] }));

/** Shows a line over the page and has screen readers say it. News give way to newer news; a problem stays until it is closed. */
export function announce(text: string, tone: ToastTone = 'news', { about = null, of = null }: Partial<Pick<Toast, 'about' | 'of'>> = {}): void {
  lastId += 1;
  const toast = { id: lastId, text, tone, about, of };
  useToasts.setState(({ toasts }) => ({
    toasts: [...toasts.filter((other) => other.tone === 'problem' && other.text !== text), toast].slice(-KEPT_MAX),
  }));
}

/** In the queue an action's message would cover rows that wait for a decision, and its own row says it: there it is only spoken. */
export const isDrawn = ({ about }: Toast, screen: Screen): boolean => !(about === 'action' && screen === 'queue');

/** All but what waits for room: what is drawn, and what is only spoken. */
export function shownOf(toasts: readonly Toast[], screen: Screen): readonly Toast[] {
  const waiting = toasts.filter((toast) => isDrawn(toast, screen)).slice(0, -DRAWN_MAX);
  return toasts.filter((toast) => !waiting.includes(toast));
}

/** News give way to a dialog that opens: they have been said, and would cover its title. */
export const dismissNews = (): void => useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.tone === 'problem') }));

/** What was told of one account says nothing to who looks at another. */
export const dismissProblems = (): void => useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.tone !== 'problem') }));

/** What was said of it is no longer so. */
export const dismissAbout = (what: 'key' | 'connection'): void =>
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter(({ about }) => about !== what) }));

/** What needed somebody, and has been seen to: settled, sent or removed. */
export function dismissSeenTo(actions: readonly ActionThen[]): void {
  const isSeenTo = ({ of }: Toast) => of !== null && !actions.some(({ id, state }) => id === of.id && state === of.state);
  if (useToasts.getState().toasts.some(isSeenTo)) useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => !isSeenTo(toast)) }));
}

/** What the refusal of a look at Dojo is about, with which it goes by itself. null: it stays until it is closed. */
export function aboutOf(code: ErrorCode): Toast['about'] {
  if (code === 'key-refused') return 'key';
  return OF_THE_CONNECTION.has(code) ? 'connection' : null;
}
const OF_THE_CONNECTION: ReadonlySet<ErrorCode> = new Set(['no-line', 'not-dojo', 'dojo-trouble', 'not-connected']);

export const dismissToast = (id: number): void => useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
