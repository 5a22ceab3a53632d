import type { ActionView, SeenPayment } from '../../preload/contract.ts';
import { till } from '../bridge.ts';
import { formatWhen, formatWhenUp } from '../format.ts';
import { useNow } from '../now.ts';
import { call, useTill } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/field.tsx';
import { NextStep } from '../ui/next-step.tsx';
import { StateMark } from '../ui/state-mark.tsx';
import { TwoStepButton } from '../ui/two-step-button.tsx';
import { actionWords } from '../words.ts';
import { actionInWords, actionSpoken, actionTold, paymentFacts, sendConfirmed, type ToldAt, titleRead } from './action-in-words.ts';
import { isForSending, isUnknown, type Seen, seenFacts, whyAlone } from './send-choice.ts';

type SendRowProps = Readonly<{
  action: ActionView;
  /** It still waits for the person. */
  isOpen: boolean;
  /** It may be sent now. */
  canSend: boolean;
  canTick: boolean;
  isTicked: boolean;
  /** Why it was not sent just now. */
  refusal: string | null;
  isBusy: boolean;
  onTick: (isTicked: boolean) => void;
  onSend: () => void;
  onSettle: () => void;
}>;

/** One action beside its payment as it was and as it is; what became of it once it was decided. */
export function SendRow({ action, isOpen, canSend, canTick, isTicked, refusal, isBusy, onTick, onSend, onSettle }: SendRowProps) {
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const nowMs = useNow(action.settlesAtMs === null ? 60_000 : 1_000);
  const at = { zone, nowMs };
  const spoken = actionSpoken(action, at);
  const words = actionWords(action);
  const { sinceDecision, currency } = action;
  const decided = sinceDecision?.decided ?? null;
  const now = sinceDecision?.now ?? null;
  return (
    <>
      <span className="send-tick">
        {canTick ? <Checkbox isSelected={isTicked} isDisabled={isBusy} onChange={onTick} aria-label={`Send: ${spoken}`} /> : null}
      </span>
      <div className="queue-what">
        <span className="queue-title">{actionInWords(action)}</span>
        <span className="queue-facts">{decidedInWords(action, at)}</span>
        {action.message ? <span className="queue-message">{action.message}</span> : null}
        {canSend && action.ifAgain ? <span className="queue-warning">{action.ifAgain}</span> : null}
        {isOpen && !canSend ? <NextStep next={isForSending(action) ? waitsInWords(action, at) : action.next} /> : null}
        {refusal ? <span className="send-refusal">{refusal}</span> : null}
      </div>
      {isOpen ? (
        <>
          <SeenSide side="decided" title="When it was decided" facts={decided ? seenFacts(decided, null, currency) : tillSide(action)} />
          <SeenSide
            side="now"
            title={titleRead('Dojo', now?.readAtMs ?? null, at)}
            facts={now ? seenFacts(now, decided, currency) : isUnknown(action) ? [] : dojoSide(action)}
            why={whyAlone(action)}
          />
          <div className="queue-buttons">
            {canTick || !canSend || isUnknown(action) ? null : (
              <TwoStepButton
                // What Dojo shows anew is asked about anew: the second press confirms what the first one showed.
                asks={JSON.stringify([refusal, shownOf(now)])}
                kind="money"
                ask="Send this one"
                confirm={sendConfirmed(action)}
                keep="No"
                warning={action.ifAgain}
                about={spoken}
                size="normal"
                isDisabled={isBusy}
                onConfirm={onSend}
              />
            )}
            {action.can.settle ? (
              <Button onPress={onSettle} isDisabled={isBusy} aria-label={`Settle: ${spoken}`}>
                Settle
              </Button>
            ) : null}
            {action.can.withdraw ? (
              <Button
                isGuarded
                isDisabled={isBusy}
                onPress={() => void call(till.withdraw({ actionId: action.id }), { done: `${actionTold(action, at)}. ${action.whenRemoved ?? 'Removed.'}` })}
                aria-label={`Remove: ${spoken}`}
              >
                Remove
              </Button>
            ) : null}
          </div>
        </>
      ) : (
        <span className="send-result">
          <StateMark tone={words.tone} shape={words.shape} certainty={words.certainty}>
            {words.text}
          </StateMark>
        </span>
      )}
    </>
  );
}

/** Of one that is not for sending no sides were noted apart. */
const tillSide = ({ sinceDecision, sides }: ActionView): readonly Seen[] | null => (sinceDecision ? null : sides ? [{ text: sides.till, isNew: false }] : []);
const dojoSide = ({ sinceDecision, sides }: ActionView): readonly Seen[] | null => (sinceDecision ? null : sides ? [{ text: sides.dojo, isNew: false }] : []);

/** Until when it cannot go out once more. */
const waitsInWords = ({ settlesAtMs }: ActionView, { zone, nowMs }: ToldAt): string | null =>
  settlesAtMs === null ? null : `Dojo may still be working on what was sent. It can be sent once more after ${formatWhenUp(settlesAtMs, zone, nowMs)}.`;

/** Without when it was read: that alone changes nothing that is asked. */
const shownOf = (seen: SeenPayment | null): unknown => seen && { ...seen, readAtMs: null };

/** On which payment it is, and when it was decided. */
const decidedInWords = (action: ActionView, at: ToldAt): string =>
  [paymentFacts(action, at), `Queued ${formatWhen(action.acceptedAtMs, at.zone, at.nowMs)}`].filter((fact) => fact !== null).join(' · ');

type SeenSideProps = Readonly<{ side: 'decided' | 'now'; title: string; facts: readonly Seen[] | null; why?: string | null }>;

function SeenSide({ side, title, facts, why = null }: SeenSideProps) {
  return (
    <div className="send-seen" data-side={side}>
      <span className="send-seen-title">{title}</span>
      {facts === null ? (
        <span>Not known</span>
      ) : (
        facts.map(({ text, isNew }) => (isNew ? <strong key={text}>{text} (new)</strong> : <span key={text}>{text}</span>))
      )}
      {why ? <span className="send-why">{why}</span> : null}
    </div>
  );
}
