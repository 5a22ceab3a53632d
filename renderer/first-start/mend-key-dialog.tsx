import { Dialog } from '../ui/dialog.tsx';
import { KeyForm } from './key-form.tsx';

/** Another key for the account that is connected. */
export function MendKeyDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Mend the key" onClose={onClose} width="narrow">
      <KeyForm onConnected={onClose} />
    </Dialog>
  );
}
