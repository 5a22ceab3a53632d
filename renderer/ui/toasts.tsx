import { useEffect, useRef } from 'react';
import { dismissToast, isDrawn, shownOf, type Toast, useToasts } from '../toasts.ts';
import { useView } from '../view.ts';
import { Button } from './button.tsx';
import { useMessagesRoom } from './use-messages-room.ts';

const NEWS_SHOWN_MS = 6_000;

/**
 * Lines over the page, said by screen readers as they appear. Hand-written: react-aria's toasts are not stable yet,
 * and a live region that is there from the start is all it takes.
 */
export function Toasts() {
  const screen = useView((view) => view.screen);
  const shown = shownOf(
    useToasts((state) => state.toasts),
    screen,
  );
  const place = useRef<HTMLDivElement>(null);
  const lines = useRef<HTMLDivElement>(null);
  useMessagesRoom(place, lines, screen);
  return (
    // The attribute keeps react-aria from hiding the messages while a dialog is open.
    <div className="toasts-place" ref={place} data-react-aria-top-layer="true">
      <div className="toasts" ref={lines} role="log" aria-live="polite" aria-relevant="additions" aria-label="Messages">
        {shown.map((toast) => (
          <ToastLine key={toast.id} toast={toast} />
        ))}
      </div>
    </div>
  );
}

function ToastLine({ toast }: { toast: Toast }) {
  const isShown = useView(({ screen }) => isDrawn(toast, screen));
  useEffect(() => {
    if (toast.tone === 'problem' && isShown) return;
    const timer = setTimeout(() => dismissToast(toast.id), NEWS_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast, isShown]);
  if (!isShown) return <p className="visually-hidden">{toast.text}</p>;
  return (
    <div className="toast" data-tone={toast.tone}>
      <p className="toast-text">{toast.text}</p>
      <Button kind="plain" size="small" onPress={() => dismissToast(toast.id)}>
        Close
      </Button>
    </div>
  );
}
