import { create } from 'zustand';

export const SCREENS = ['today', 'queue', 'end-of-day', 'settings'] as const;
export type Screen = (typeof SCREENS)[number];

export type OpenDialog = Readonly<{ kind: 'payment' | 'take' | 'undo'; paymentId: string }>;

export const FILTERS = ['all', 'on-hold', 'attention', 'paid', 'given-back', 'not-paid'] as const;
export type Filter = (typeof FILTERS)[number];

export type View = Readonly<{
  screen: Screen;
  dialog: OpenDialog | null;
  search: string;
  filter: Filter;
  /** The trading day shown in the list; null is today. */
  date: string | null;
}>;

const START: View = { screen: 'today', dialog: null, search: '', filter: 'all', date: null };

/** Where the person is: nothing here is known to main, and nothing here is about money. */
export const useView = create<View>(() => START);

/** Another shop or account starts where every session starts. */
export const resetView = (): void => useView.setState(START);

export const goTo = (screen: Screen): void => useView.setState({ screen, dialog: null });
export const openDialog = (dialog: OpenDialog): void => useView.setState({ dialog });
export const closeDialog = (): void => useView.setState({ dialog: null });
export const setSearch = (search: string): void => useView.setState({ search });
export const setFilter = (filter: Filter): void => useView.setState({ filter });
export const showDay = (date: string | null): void => useView.setState({ date });
export const clearSearch = (): void => useView.setState({ search: '', filter: 'all' });
