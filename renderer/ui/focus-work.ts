/** Where a screen's work begins: its list, else what scrolls, so that the arrows work at once. */
const BEGINS = '[role=grid], .eod-review, .settings';

export function focusWork(): void {
  const screen = document.querySelector<HTMLElement>('main');
  const work = screen?.querySelector<HTMLElement>(BEGINS) ?? screen;
  if (!work || work.contains(document.activeElement)) return;
  // What takes no focus by itself takes it for this once: a press on empty ground is not to put it there.
  if (!work.hasAttribute('tabindex')) {
    work.tabIndex = -1;
    work.addEventListener('blur', () => work.removeAttribute('tabindex'), { once: true });
  }
  work.focus({ preventScroll: true });
}
