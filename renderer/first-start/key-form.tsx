import { useState } from 'react';
import type { TillError } from '../../preload/contract.ts';
import { leaveAccountBehind } from '../another-account.ts';
import { till } from '../bridge.ts';
import { call, currentSnapshot, resync } from '../store.ts';
import { announce } from '../toasts.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { RawAnswer } from '../ui/raw-answer.tsx';
import { canBeForThisRun } from './connect-trouble.ts';
import { SameAccountDialog } from './same-account-dialog.tsx';

type KeyFormProps = Readonly<{
  /** What has to be saved before a key is tried; false: it says itself why it could not. */
  saveFirst?: () => Promise<boolean>;
  onConnected?: () => void;
  autoFocus?: boolean;
}>;

/** Takes the API key and connects with it. The key is dropped from the page as soon as main has it. */
export function KeyForm({ saveFirst, onConnected, autoFocus = false }: KeyFormProps) {
  const [apiKey, setApiKey] = useState('');
  const [isShown, setIsShown] = useState(false);
  const [isChecking, setIsChecking] = useState(false);
  const [error, setError] = useState<TillError | null>(null);
  /** Whose key it is, which only the owner can say; with how it was to be kept. */
  const [question, setQuestion] = useState<{ error: TillError; thisRunOnly: boolean } | null>(null);

  const connect = async (thisRunOnly: boolean, answer: { sameAccount?: string | null } = {}) => {
    if (isChecking || apiKey === '') return;
    const leftAccountId = currentSnapshot().connection.accountId;
    setIsChecking(true);
    setError(null);
    if (saveFirst && !(await saveFirst())) {
      setIsChecking(false);
      return;
    }
    const result = await call(till.connect({ apiKey, ...(thisRunOnly ? { thisRunOnly } : {}), ...answer }), { quiet: true });
    setIsChecking(false);
    if (!result.ok) {
      const isQuestion = result.error.code === 'same-account';
      setQuestion(isQuestion ? { error: result.error, thisRunOnly } : null);
      setError(isQuestion ? null : result.error);
      return;
    }
    setQuestion(null);
    setApiKey('');
    // Who mends the key goes on with what was chosen, and still reads what went wrong.
    if (result.value.accountId !== leftAccountId) leaveAccountBehind();
    announce('Connected. Dojo accepts the key.');
    await resync();
    onConnected?.();
  };

  return (
    <div className="key-form">
      <TextField
        label="API key"
        type={isShown ? 'text' : 'password'}
        value={apiKey}
        // A key copied from a web page often brings a line break or a space along.
        onChange={(typed) => setApiKey(typed.trim())}
        placeholder="sk_…"
        maxLength={1000}
        autoFocus={autoFocus}
        isDisabled={isChecking}
        onEnter={() => void connect(false)}
        hint={
          <>
            From Dojo’s developer portal. A test key starts with <code>sk_sandbox_</code>, a live one with <code>sk_prod_</code>.
          </>
        }
        error={error && (error.code === 'key-form' || error.code === 'key-refused') ? error.message : null}
        end={
          <Button onPress={() => setIsShown(!isShown)} aria-pressed={isShown} isDisabled={isChecking}>
            {isShown ? 'Hide' : 'Show'}
          </Button>
        }
      />
      {error ? <Trouble error={error} onThisRunOnly={canBeForThisRun(error.code, apiKey) ? () => void connect(true) : null} /> : null}
      {question ? (
        <SameAccountDialog
          question={question.error}
          isChecking={isChecking}
          onAnswer={(sameAccount) => void connect(question.thisRunOnly, { sameAccount })}
          onClose={() => setQuestion(null)}
        />
      ) : null}
      <Button
        kind="primary"
        size="large"
        isDisabled={apiKey === ''}
        pendingText={isChecking ? 'Checking the key with Dojo…' : undefined}
        onPress={() => void connect(false)}
      >
        Connect
      </Button>
    </div>
  );
}

function Trouble({ error, onThisRunOnly }: { error: TillError; onThisRunOnly: (() => void) | null }) {
  const isUnderField = error.code === 'key-form' || error.code === 'key-refused';
  return (
    <Banner
      tone="amber"
      title={isUnderField ? 'What to do:' : error.message}
      isUrgent
      below={<RawAnswer raw={error.raw} traceId={error.traceId} about="connecting" />}
      actions={
        onThisRunOnly ? (
          <Button size="small" onPress={onThisRunOnly}>
            Use it for this run only
          </Button>
        ) : null
      }
    >
      {error.next}
    </Banner>
  );
}
