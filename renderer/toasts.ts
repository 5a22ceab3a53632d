import { create } from 'zustand';

export type ToastTone = 'news' | 'problem';
export type Toast = Readonly<{ id: number; text: string; tone: ToastTone }>;

const PROBLEMS_MAX = 2;
let lastId = 0;

export const useToasts = create<{ toasts: readonly Toast[] }>(() => ({ toasts: [] }));

/** Shows a line over the page and has screen readers say it. News give way to newer news; a problem stays until it is closed. */
export function announce(text: string, tone: ToastTone = 'news'): void {
  lastId += 1;
  const toast = { id: lastId, text, tone };
  useToasts.setState(({ toasts }) => ({
    toasts: [...toasts.filter((other) => other.tone === 'problem' && other.text !== text).slice(-(PROBLEMS_MAX - 1)), toast],
  }));
}

/** News give way to a dialog that opens: they have been said, and would cover its title. */
export const dismissNews = (): void => useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.tone === 'problem') }));

export const dismissToast = (id: number): void => useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
