import { useState } from 'react';
import type { Connection } from '../../preload/contract.ts';
import { till } from '../bridge.ts';
import { errorInWords } from '../error-words.ts';
import { KeyForm } from '../first-start/key-form.tsx';
import { call, resync, useTill } from '../store.ts';
import { announce } from '../toasts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Fact } from '../ui/field.tsx';
import { MODE_WORDS } from '../words.ts';
import { openInWords } from './open-in-words.ts';

/** The key, as far as the page knows it, and the ways to change or leave it. */
export function ConnectionSettings() {
  const connection = useTill((snapshot) => snapshot.connection);
  const [open, setOpen] = useState<'key' | 'leave' | null>(null);
  const isTraining = connection.mode === 'training';
  return (
    <section className="settings-part" aria-labelledby="settings-connection">
      <h2 id="settings-connection">Connection to Dojo</h2>
      <div className="settings-fields">
        <dl>
          <Fact label="Connected with">{isTraining ? 'Training: a simulated Dojo' : `${MODE_WORDS[connection.mode]} ${connection.keyLast4 ?? ''}`}</Fact>
          <Fact label="Where the key is kept">{storageWords(connection)}</Fact>
        </dl>
        <div className="settings-buttons">
          <Button onPress={() => setOpen('key')}>{isTraining ? 'Connect with a key…' : 'Change the key…'}</Button>
          <Leave isTraining={isTraining} isAsking={open === 'leave'} onAsk={() => setOpen('leave')} onEnd={() => setOpen(null)} />
        </div>
      </div>
      {open === 'key' ? (
        <Dialog title={isTraining ? 'Connect with a key' : 'Change the key'} onClose={() => setOpen(null)} width="narrow">
          <KeyForm onConnected={() => setOpen(null)} autoFocus />
        </Dialog>
      ) : null}
    </section>
  );
}

function storageWords(connection: Connection): string {
  if (connection.mode === 'training') return 'Training needs no key';
  if (connection.thisRunOnly) return 'In memory, for this run only: it is asked for again at the next start';
  return connection.canKeepKey ? 'Encrypted by this PC’s secure storage' : 'Nowhere: this PC has no secure storage';
}

type LeaveProps = Readonly<{ isTraining: boolean; isAsking: boolean; onAsk: () => void; onEnd: () => void }>;

/** Leaves training, or takes the key off this PC, which holds the only copy of it: never by one press. */
function Leave({ isTraining, isAsking, onAsk, onEnd }: LeaveProps) {
  /** What main says of actions that wait; it knows of more than the page saw. */
  const [told, setTold] = useState<string | null>(null);
  const [isLeaving, setLeaving] = useState(false);
  const queue = useTill((snapshot) => snapshot.connection.queue);
  const waits = told ?? openInWords(queue);
  const leave = async (confirmed: boolean) => {
    if (isLeaving) return;
    setLeaving(true);
    const result = await call(till.disconnect(confirmed ? { confirmed } : undefined), { quiet: true });
    setLeaving(false);
    if (result.ok) {
      announce(isTraining ? 'Training is over.' : 'Disconnected. The key is gone from this PC.');
      await resync();
      onEnd();
      return;
    }
    if (result.error.code === 'actions-waiting') {
      setTold(result.error.message);
      return;
    }
    announce(errorInWords(result.error), 'problem');
    onEnd();
  };
  return (
    <>
      <Button kind="danger" isGuarded onPress={isTraining ? () => void leave(false) : onAsk}>
        {isTraining ? 'Leave training' : 'Disconnect'}
      </Button>
      {isAsking ? (
        <Dialog
          title={waits === null ? 'Disconnect?' : 'Actions are open'}
          onClose={onEnd}
          width="narrow"
          role="alertdialog"
          closeText="Stay connected"
          footer={
            <Button kind="danger" isGuarded pendingText={isLeaving ? 'Disconnecting…' : undefined} onPress={() => void leave(waits !== null)}>
              {waits === null ? 'Disconnect and delete the key' : 'Disconnect all the same'}
            </Button>
          }
        >
          {waits === null ? null : <p>{waits}</p>}
          <p>The key is deleted from this PC. To connect again, paste it once more from Dojo’s developer portal.</p>
        </Dialog>
      ) : null}
    </>
  );
}
