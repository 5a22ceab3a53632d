import type { Page } from '@playwright/test';
import type { ActionView } from '../../preload/contract.ts';

/** Waits that the page itself ends, by the patches it is told: a look at 200 payments every moment would be work for the till. */

/** Resolves when nothing of the queue moves by itself any more, with what a person may settle then. */
export const movesNoMore = (page: Page): Promise<ActionView[]> =>
  page.evaluate(
    () =>
      new Promise<ActionView[]>((resolve) => {
        const look = async () => {
          const { actions } = await window.till.getSnapshot();
          // A lost part is watched for a while longer, but a person need not wait for that.
          const stuck = actions.filter(({ can }) => can.settle);
          const moves = ({ state, can }: ActionView) => !can.settle && (state === 'waiting' || state === 'sending' || state === 'checking');
          if (actions.some(moves)) return;
          undo();
          resolve(stuck);
        };
        const undo = window.till.onPatch(({ connection, actions }) => {
          if (connection || actions) void look();
        });
        void look();
      }),
  );

/** Resolves when the outcome of every done capture is known. */
export const settledAtBank = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const look = async () => {
          const { actions } = await window.till.getSnapshot();
          const isOpen = ({ state, captureStatus, code }: ActionView) =>
            state === 'done' && code !== 'settled-happened' && (captureStatus === null || captureStatus === 'Created');
          if (actions.some(isOpen)) return;
          undo();
          resolve();
        };
        const undo = window.till.onPatch(() => void look());
        void look();
      }),
  );
