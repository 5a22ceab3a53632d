import { create } from 'zustand';

export const SCREENS = ['today', 'holds', 'queue', 'end-of-day', 'settings'] as const;
export type Screen = (typeof SCREENS)[number];

export type OpenDialog =
  /** `cameFrom`: the move that was looked at and left. */
  | Readonly<{ kind: 'payment'; paymentId: string; cameFrom?: 'capture' | 'give-back' }>
  /** `isFromPayment`: opened from the payment's own view, which is one step back. */
  | Readonly<{ kind: 'take' | 'give-back'; paymentId: string; isFromPayment?: boolean }>;

export const FILTERS = ['all', 'on-hold', 'attention', 'paid', 'given-back', 'not-paid', 'capturing'] as const;
export type Filter = (typeof FILTERS)[number];

export type View = Readonly<{
  screen: Screen;
  dialog: OpenDialog | null;
  search: string;
  filter: Filter;
  /** The trading day shown in the list; null is today. */
  date: string | null;
  /** The search goes over every kept day instead. */
  isAllDays: boolean;
  /** How often somebody has gone to a screen by a key or a button. */
  arrivals: number;
  /** The list of keys is open. */
  isShowingKeys: boolean;
}>;

const START: View = { screen: 'today', dialog: null, search: '', filter: 'all', date: null, isAllDays: false, arrivals: 0, isShowingKeys: false };

/** Where the person is: nothing here is known to main, and nothing here is about money. */
export const useView = create<View>(() => START);

/** Another shop or account starts where every session starts. */
export const resetView = (): void => useView.setState(START);

export const goTo = (screen: Screen): void => useView.setState(({ arrivals }) => ({ screen, dialog: null, isAllDays: false, arrivals: arrivals + 1 }));
export const showKeys = (isShowingKeys: boolean): void => useView.setState({ isShowingKeys });
export const openDialog = (dialog: OpenDialog): void => useView.setState({ dialog });
export const closeDialog = (): void => useView.setState({ dialog: null });
/** Leaves a decision undecided, for where it was opened. */
export const leaveDialog = (): void =>
  useView.setState(({ dialog }) => ({
    dialog:
      dialog === null || dialog.kind === 'payment' || !dialog.isFromPayment
        ? null
        : { kind: 'payment', paymentId: dialog.paymentId, cameFrom: dialog.kind === 'take' ? 'capture' : 'give-back' },
  }));
export const setSearch = (search: string): void => useView.setState({ search });
export const searchAllDays = (): void => useView.setState({ isAllDays: true, filter: 'all' });
export const backToDay = (): void => useView.setState({ isAllDays: false });
export const setFilter = (filter: Filter): void => useView.setState({ filter });
export const showDay = (date: string | null): void => useView.setState({ date, isAllDays: false });
export const clearSearch = (): void => useView.setState({ search: '', filter: 'all', isAllDays: false });
