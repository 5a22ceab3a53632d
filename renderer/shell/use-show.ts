import { useEffect } from 'react';
import { till } from '../bridge.ts';
import { announce } from '../toasts.ts';
import { useView } from '../view.ts';

/** Goes where a pressed notification leads. A decision under way is never taken away from under the person: it stays in front. */
export function useShow(): void {
  useEffect(
    () =>
      till.onShow(({ view }) => {
        const { dialog } = useView.getState();
        // A dialog that belongs to the screen itself would go with it.
        const isOnScreen = dialog === null && document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;
        if (isOnScreen) announce('The holds that end soon are under On hold, when you are done here.');
        else useView.setState({ screen: view });
      }),
    [],
  );
}
