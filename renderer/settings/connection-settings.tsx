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

/** Leaves training, or takes the key off this PC. Where actions wait, main asks for a second word first. */
function Leave({ isTraining, isAsking, onAsk, onEnd }: LeaveProps) {
  const [question, setQuestion] = useState('');
  const leave = async (confirmed: boolean) => {
    const result = await call(till.disconnect(confirmed ? { confirmed } : undefined), { quiet: true });
    if (result.ok) {
      announce(isTraining ? 'Training is over.' : 'Disconnected. The key is gone from this PC.');
      await resync();
      onEnd();
      return;
    }
    if (result.error.code === 'actions-waiting') {
      setQuestion(result.error.message);
      onAsk();
      return;
    }
    announce(errorInWords(result.error), 'problem');
    onEnd();
  };
  return (
    <>
      <Button kind="danger" onPress={() => void leave(false)}>
        {isTraining ? 'Leave training' : 'Disconnect'}
      </Button>
      {isAsking ? (
        <Dialog
          title="Actions are waiting"
          onClose={onEnd}
          width="narrow"
          role="alertdialog"
          closeText="Stay connected"
          footer={
            <Button kind="danger" onPress={() => void leave(true)}>
              {isTraining ? 'Leave all the same' : 'Disconnect all the same'}
            </Button>
          }
        >
          <p>{question}</p>
        </Dialog>
      ) : null}
    </>
  );
}
