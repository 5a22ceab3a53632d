import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { landWaiting, useWaitingScan } from '../scan/scan-landing.ts';
import { dismissNews } from '../toasts.ts';
import { Button } from './button.tsx';
import { DialogOpenedAt } from './dialog-opened-at.ts';
import { useFocusAfter } from './use-focus-after.ts';
import { useFocusKept } from './use-focus-kept.ts';
import { useHeightAs } from './use-height-as.ts';

type DialogProps = Readonly<{
  title: string;
  onClose: () => void;
  width?: 'narrow' | 'normal' | 'wide' | 'full';
  /** Buttons at the foot; they stay in sight while the body scrolls. */
  footer?: ReactNode;
  /** A touch outside closes it. Never where a decision about money is being made. */
  isDismissable?: boolean;
  role?: 'dialog' | 'alertdialog';
  closeText?: string;
  children: ReactNode;
}>;

/** A modal dialog: focus stays inside, Esc leaves. Nothing in it is pressed by Enter unless a person has moved to it. */
export function Dialog({ title, onClose, width = 'normal', footer, isDismissable = false, role = 'dialog', closeText = 'Close', children }: DialogProps) {
  const [openedAtMs] = useState(() => performance.now());
  const dialog = useRef<HTMLElement>(null);
  useFocusKept(dialog, onClose);
  useFocusAfter();
  useEffect(() => {
    dismissNews();
    return landWaiting;
  }, []);
  return (
    <ModalOverlay className="dialog-overlay" isOpen isDismissable={isDismissable} onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Modal className="dialog-frame" data-width={width}>
        <AriaDialog ref={dialog} className="dialog" role={role}>
          <DialogOpenedAt value={openedAtMs}>
            <header className="dialog-head">
              <Heading slot="title" level={2} className="dialog-title">
                {title}
              </Heading>
              <Button kind="plain" size="small" onPress={onClose}>
                {closeText}{' '}
                <span className="button-key" aria-hidden="true">
                  Esc
                </span>
              </Button>
            </header>
            <div className="dialog-body">{children}</div>
            <ScanWaits />
            {footer ? <DialogFoot>{footer}</DialogFoot> : null}
          </DialogOpenedAt>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

function DialogFoot({ children }: { children: ReactNode }) {
  return (
    <footer ref={useHeightAs('--dialog-foot-height')} className="dialog-foot">
      {children}
    </footer>
  );
}

/** A scan that was made here, said where it covers nothing. */
function ScanWaits() {
  return (
    <p className="dialog-scan" role="status">
      {useWaitingScan()}
    </p>
  );
}
