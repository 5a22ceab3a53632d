import { useEffect } from 'react';
import type { Show } from '../../preload/contract.ts';
import { till } from '../bridge.ts';
import { goToReport, useEndOfDay } from '../end-of-day/end-of-day-state.ts';
import { announce } from '../toasts.ts';
import { isDialogOpen } from '../ui/dialog-open.ts';
import { useView } from '../view.ts';

const WHERE: Readonly<Record<Show['view'], string>> = {
  today: 'What was declined is in the list, when you are done here.',
  holds: 'The holds that end soon are under On hold, when you are done here.',
  queue: 'What needs you is in the queue, when you are done here.',
  'end-of-day': 'The report is under End of day, when you are done here.',
};

/** Goes where a pressed notification leads. A decision under way is never taken away from under the person: it stays in front. */
export function useShow(): void {
  useEffect(
    () =>
      till.onShow(({ view, runId }) => {
        const { dialog } = useView.getState();
        // A dialog that belongs to the screen itself would go with it.
        const isOnScreen = dialog === null && isDialogOpen();
        if (isOnScreen) announce(WHERE[view]);
        else {
          // Nor is a review.
          if (runId !== undefined && useEndOfDay.getState().step.kind !== 'review') goToReport(runId);
          useView.setState({ screen: view });
        }
      }),
    [],
  );
}
