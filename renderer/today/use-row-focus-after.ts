import { useEffect } from 'react';

/** What opened a dialog may be gone when it closes, as the button of a hold that was captured: then the keyboard goes on at the payment's row. */
export function useRowFocusAfter(paymentId: string): void {
  useEffect(
    () => () => {
      // A dialog gives the focus back in the frame after it has closed, where it can.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          if (document.activeElement !== document.body) return;
          document.querySelector<HTMLElement>(`[role=row][data-key="${CSS.escape(paymentId)}"]`)?.focus({ preventScroll: true });
        }),
      );
    },
    [paymentId],
  );
}
