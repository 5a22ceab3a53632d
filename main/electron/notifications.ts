import { app, Notification } from 'electron';
import type { Show } from '../../preload/contract.ts';
import type { Log } from '../ports/log.ts';
import type { Notifier } from '../ports/notifier.ts';

/** As in electron-builder.yml: Windows shows notifications only of a program that says which one it is. */
const APP_ID = 'tech.tillside.app';

/** The operating system's notifications, where there are any. A press calls `onPress`. */
export function createNotifier(onPress: (show: Show) => void, log: Log): Notifier {
  app.setAppUserModelId(APP_ID);
  // One that nothing refers to any more would be collected, and its press with it.
  const shown = new Set<Notification>();
  return {
    notify({ title, body, show }) {
      if (!Notification.isSupported()) return;
      const notification = new Notification({ title, body });
      const over = (): void => void shown.delete(notification);
      notification.on('click', () => {
        over();
        onPress(show);
      });
      notification.on('close', over);
      notification.on('failed', (_event, error) => {
        over();
        log.warn(`notification: it could not be shown: ${error}`);
      });
      shown.add(notification);
      notification.show();
    },
  };
}
