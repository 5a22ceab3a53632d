import './queue.css';
import { type ReactNode, useRef, useState } from 'react';
import type { ActionView, TillError } from '../../preload/contract.ts';
import { till } from '../bridge.ts';
import { errorInWords, refusalTitle } from '../error-words.ts';
import { useNow } from '../now.ts';
import { Refunds } from '../payment/refund-history.tsx';
import { useDetail } from '../payment/use-detail.ts';
import { referenceLabel } from '../reference.ts';
import { call, useAction, usePayment, useTill } from '../store.ts';
import { useStillWhile } from '../take/use-decision.ts';
import { announce } from '../toasts.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { CopyText } from '../ui/copy-text.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Choice, TextField } from '../ui/field.tsx';
import { RawAnswer } from '../ui/raw-answer.tsx';
import { RefusalBanner } from '../ui/refusal-banner.tsx';
import { TwoStepButton } from '../ui/two-step-button.tsx';
import { useIsThere } from '../ui/use-is-there.ts';
import { actionInWords, actionSpoken, actionTold, paymentFacts, type ToldAt, titleRead } from './action-in-words.ts';
import { evidenceFacts } from './evidence-facts.ts';
import { isUnknown, NOT_SINCE, UNKNOWN_TO_KEY } from './send-choice.ts';

type Verdict = 'happened' | 'did-not-happen';
const VERDICTS = [
  { id: 'happened', text: 'It happened' },
  { id: 'did-not-happen', text: 'It did not happen' },
] as const;
const NOTE_LENGTH_MAX = 500;

const titleOf = (error: TillError): string => refusalTitle(error, 'Not settled.', 'It may have been settled.');

type SettleDialogProps = Readonly<{ actionId: string; onClose: () => void }>;

/** A person decides what became of an action where Tillside cannot tell. It moves no money; it says what is known to have moved. */
export function SettleDialog({ actionId, onClose }: SettleDialogProps) {
  const action = useAction(actionId);
  const payment = usePayment(action?.paymentId ?? '');
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const nowMs = useNow(60_000);
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [note, setNote] = useState('');
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<TillError | null>(null);
  const isBusy = useRef(false);
  const isThere = useIsThere();
  // What Dojo shows anew is asked about anew. What becomes of it by the answer itself is not.
  const asked = useStillWhile(`${verdict} ${action?.sides?.dojo}`, isPending);

  if (!action || (!action.can.settle && !isPending))
    return (
      <Dialog title="Settle" onClose={onClose} width="narrow">
        <p>{action?.message ?? 'This action is no longer in the queue.'}</p>
        <p className="quiet-text">There is nothing left to settle here.</p>
      </Dialog>
    );

  const settle = async () => {
    if (verdict === null || isBusy.current) return;
    isBusy.current = true;
    setPending(true);
    setError(null);
    const result = await call(till.settle({ actionId, verdict, note: note.trim() }), { quiet: true, done: 'Settled.' });
    isBusy.current = false;
    setPending(false);
    if (!isThere.current) {
      if (!result.ok) announce(`${titleOf(result.error)} ${errorInWords(result.error)}`, 'problem');
      return;
    }
    if (result.ok) onClose();
    else setError(result.error);
  };

  const at = { zone, nowMs };
  const which = paymentFacts(action, at);
  const missing = verdict === null ? 'Choose what you found in Dojo.' : note.trim() === '' ? 'Write down what you saw and where.' : null;
  return (
    <Dialog
      title={`Settle: ${actionTold(action, at)}`}
      onClose={onClose}
      width="wide"
      closeText="Back"
      footer={
        <>
          <p className="settle-missing" role="status">
            {missing ?? ''}
          </p>
          <TwoStepButton
            asks={asked}
            ask={verdict === 'did-not-happen' ? 'Settle: it did not happen' : verdict === 'happened' ? 'Settle: it happened' : 'Settle'}
            confirm={verdict === 'did-not-happen' ? 'Yes, it did not happen' : 'Yes, it happened'}
            keep="No, not yet"
            isDisabled={missing !== null}
            pendingText={isPending ? 'Settling…' : undefined}
            onConfirm={() => void settle()}
          />
        </>
      }
    >
      <div className="settle">
        {action.message ? <p>{action.message}</p> : null}
        <Known action={action} at={at} />
        <ol className="settle-steps">
          <li>
            Look the payment up in Dojo: <strong>{referenceLabel(action.reference)}</strong>
            {which === null ? '' : ` (${which})`}
            {payment ? '' : ' (it is not in today’s list)'}, <CopyText label="payment id" text={action.paymentId} />
          </li>
          <li>Compare it with what you wanted: {actionInWords(action)}.</li>
          <li>Say here what you found. Tillside sends nothing; it only stops asking.</li>
        </ol>
        <RawAnswer raw={action.raw} traceId={action.traceId} about={actionSpoken(action, at)} />
        <Choice label="What you found in Dojo" value={verdict} options={VERDICTS} onChange={setVerdict} isDisabled={isPending} />
        <TextField
          label="Note, kept with the action"
          value={note}
          onChange={setNote}
          rows={2}
          maxLength={NOTE_LENGTH_MAX}
          isDisabled={isPending}
          hint={`What you saw and where. ${NOTE_LENGTH_MAX - note.length} characters left.`}
        />
        {verdict === 'did-not-happen' && action.mayArrive ? (
          <Banner tone="amber" title="Mind this.">
            {action.mayArrive}
          </Banner>
        ) : null}
        {error ? <RefusalBanner title={titleOf(error)} error={error} /> : null}
        {action.can.retry && verdict === null ? (
          <Button size="small" isGuarded onPress={() => void call(till.retryNow({ actionId }), { done: 'Reading it again from Dojo.', isLook: true })}>
            Read it again from Dojo first
          </Button>
        ) : null}
      </div>
    </Dialog>
  );
}

/**
 * What Dojo shows, and what this till did. Dojo is asked as this opens, and what stands here meanwhile says when it was read. Of several
 * refunds of one payment a person has to tell which is which: all that this till knows stand beside Dojo's sum.
 */
function Known({ action, at }: { action: ActionView; at: ToldAt }) {
  const { detail, isReading } = useDetail(action.paymentId);
  const { sides, evidence, look } = action;
  const before = evidenceFacts(evidence?.before ?? null);
  const now = evidenceFacts(evidence?.now ?? null);
  return (
    <>
      {sides ? (
        <div className="settle-evidence settle-sides">
          <Evidence title={titleRead('Dojo', look?.readAtMs ?? null, at)} facts={[sides.dojo]}>
            <p className="settle-reading quiet-text" role="status">
              {isReading ? 'Reading it from Dojo…' : look?.kind === 'unread' && look.readAtMs !== null ? NOT_SINCE : ''}
            </p>
          </Evidence>
          <Evidence title="This till" facts={[sides.till]} />
        </div>
      ) : null}
      {action.kind === 'refund' && detail ? <Refunds refunds={detail.refunds} actions={detail.actions} currency={action.currency} /> : null}
      {evidence ? (
        <details className="settle-more">
          <summary>What was read before it was sent, and last</summary>
          <div className="settle-evidence">
            <Evidence title={titleRead('Before it was sent', evidence.beforeAtMs, at)} facts={before ?? ['Not known.']} />
            <Evidence
              title={titleRead('What Dojo shows', look?.readAtMs ?? null, at)}
              facts={now ?? [isUnknown(action) ? UNKNOWN_TO_KEY : 'Dojo could not be read.']}
              changedFrom={before}
            />
          </div>
        </details>
      ) : null}
    </>
  );
}

type EvidenceProps = Readonly<{ title: string; facts: readonly string[]; changedFrom?: readonly string[] | null; children?: ReactNode }>;

/** What was seen, fact by fact; one that was not there before stands out. */
function Evidence({ title, facts, changedFrom = null, children }: EvidenceProps) {
  return (
    <section className="settle-seen">
      <h3 className="settle-seen-title">{title}</h3>
      <ul>
        {facts.map((fact) => (
          <li key={fact}>{changedFrom && !changedFrom.includes(fact) ? <strong>{fact} (changed)</strong> : fact}</li>
        ))}
      </ul>
      {children}
    </section>
  );
}
