import { useEffect, useState } from 'react';
import { useView } from '../view.ts';
import { isDialogOpen } from './dialog-open.ts';
import { focusWork } from './focus-work.ts';

/**
 * What opened a dialog may be gone when it closes, as the button of a hold that was captured: then the keyboard goes on at the row of the
 * dialog's payment, and where that has left the list too, where the screen's work begins.
 */
export function useFocusAfter(): void {
  const [paymentId] = useState(() => useView.getState().dialog?.paymentId ?? null);
  useEffect(
    () => () => {
      // A dialog gives the focus back in the frame after it has closed, where it can.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          if (document.activeElement !== document.body || isDialogOpen()) return;
          const row = paymentId === null ? null : document.querySelector<HTMLElement>(`[role=row][data-key="${CSS.escape(paymentId)}"]`);
          if (row) row.focus({ preventScroll: true });
          else focusWork();
        }),
      );
    },
    [paymentId],
  );
}
