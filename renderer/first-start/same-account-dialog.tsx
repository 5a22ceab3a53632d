import type { TillError } from '../../preload/contract.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

type KnownAccount = NonNullable<TillError['accounts']>[number];

type SameAccountDialogProps = Readonly<{
  question: TillError;
  isChecking: boolean;
  /** The account that the new key belongs to; null: none of them. */
  onAnswer: (sameAccount: string | null) => void;
  onClose: () => void;
}>;

/** Dojo does not say whose a key is. Where it shows nothing that is known here, only the owner can tell. */
export function SameAccountDialog({ question, isChecking, onAnswer, onClose }: SameAccountDialogProps) {
  const accounts = question.accounts ?? [];
  const [only] = accounts;
  const isOne = accounts.length === 1 && only !== undefined;
  return (
    <Dialog
      title={isOne ? 'Is it the same Dojo account?' : 'Which Dojo account is it?'}
      onClose={onClose}
      role="alertdialog"
      closeText="Back"
      footer={
        <>
          <Button isGuarded isDisabled={isChecking} onPress={() => onAnswer(null)}>
            {isOne ? 'No, another account' : 'None of these'}
          </Button>
          {accounts.map((account) => (
            <Button key={account.id} isGuarded isDisabled={isChecking} onPress={() => onAnswer(account.id)}>
              {isOne ? 'Yes, the same account' : `The account of ${keyOf(account)}`}
            </Button>
          ))}
        </>
      }
    >
      <div className="same-account">
        <p>Dojo accepts this key, but shows none of the payments known here.</p>
        <ul>
          {accounts.map((account) => (
            <li key={account.id}>
              Known here: the account of {keyOf(account)}, {openInWords(account.openActions)}.
            </li>
          ))}
        </ul>
        <p>
          <strong>{isOne ? 'Yes' : 'Naming one'} cannot be changed later.</strong> From then on the payments of both keys are one list.
        </p>
        <p>What is queued then waits for you: you compare it with Dojo and send it.</p>
        <p>{isOne ? 'No' : 'None of these'} keeps them apart: what is queued stays for the old key. Nothing is sent either way.</p>
      </div>
    </Dialog>
  );
}

const keyOf = ({ keyLast4 }: KnownAccount): string => `key •••• ${keyLast4}`;
const openInWords = (count: number): string => (count === 0 ? 'nothing queued' : count === 1 ? '1 action queued' : `${count} actions queued`);
