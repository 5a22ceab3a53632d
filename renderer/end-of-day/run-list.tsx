import { GridList, GridListItem, Virtualizer } from 'react-aria-components';
import type { ActionView } from '../../preload/contract.ts';
import { till } from '../bridge.ts';
import { formatDay, formatMoney } from '../format.ts';
import { useNow } from '../now.ts';
import { paymentFacts, referenceSpoken, retryWord } from '../queue/action-in-words.ts';
import { referenceLabel } from '../reference.ts';
import { call, usePayment, useTill } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { NextStep } from '../ui/next-step.tsx';
import { StateMark } from '../ui/state-mark.tsx';
import { SteadyListLayout } from '../ui/steady-list-layout.ts';
import { capturedMinor } from './next-steps.ts';
import { outcomeWords } from './outcome-words.ts';
import { takeMinor, takeOutcome } from './run-report.ts';

const ROW_ESTIMATE_PX = 64;

type RunListProps = Readonly<{ takes: readonly ActionView[]; onSettle: (actionId: string) => void }>;

/** A row for each take of a run. While it moves, the rows keep the order in which they were accepted. */
export function RunList({ takes, onSettle }: RunListProps) {
  const zone = useTill((snapshot) => snapshot.settings.zone);
  const nowMs = useNow(60_000);
  const hasButtons = takes.some(({ can, waitsForPerson }) => can.settle || can.retry || can.withdraw || waitsForPerson?.settleId);
  return (
    <Virtualizer layout={SteadyListLayout} layoutOptions={{ estimatedRowHeight: ROW_ESTIMATE_PX }}>
      <GridList
        aria-label="Captures of this run"
        className="eod-list"
        data-plain={!hasButtons || undefined}
        items={takes}
        dependencies={[hasButtons, zone, formatDay(nowMs, zone)]}
        selectionMode="none"
        disallowTypeAhead
      >
        {(take) => (
          <GridListItem className="eod-row" textValue={referenceSpoken(take, { zone, nowMs })}>
            <RunRow take={take} hasButtons={hasButtons} onSettle={onSettle} />
          </GridListItem>
        )}
      </GridList>
    </Virtualizer>
  );
}

function RunRow({ take, hasButtons, onSettle }: { take: ActionView; hasButtons: boolean; onSettle: RunListProps['onSettle'] }) {
  const outcome = takeOutcome(take);
  const words = outcomeWords(outcome, capturedMinor(usePayment(take.paymentId)));
  const at = { zone: useTill((snapshot) => snapshot.settings.zone), nowMs: useNow(60_000) };
  const which = paymentFacts(take, at);
  const name = referenceSpoken(take, at);
  const isPaused = useTill((snapshot) => snapshot.connection.queue.paused);
  // That Dojo took the request is no news once the bank is asked or has answered: the mark says that.
  const firstId = take.waitsForPerson?.settleId ?? null;
  const message = take.state === 'done' && outcome !== 'settled-done' ? null : take.message;
  return (
    <>
      <div className="eod-row-what">
        <span className="eod-row-reference">{referenceLabel(take.reference)}</span>
        {which ? <span className="eod-row-facts">{which}</span> : null}
        {message ? <span className="eod-row-message">{message}</span> : null}
        {take.waitsForPerson ? <NextStep next={take.next} /> : null}
      </div>
      <StateMark tone={words.tone} shape={words.shape} certainty={words.certainty}>
        {words.text}
      </StateMark>
      {hasButtons ? (
        <span className="eod-row-buttons">
          {take.can.settle ? (
            <Button size="small" onPress={() => onSettle(take.id)} aria-label={`Settle ${name}`}>
              Settle
            </Button>
          ) : null}
          {firstId === null ? null : (
            <Button size="small" onPress={() => onSettle(firstId)} aria-label={`Settle the earlier one: ${name}`}>
              Settle the earlier one
            </Button>
          )}
          {take.can.retry && !(isPaused && take.state === 'waiting') ? (
            <Button
              size="small"
              isGuarded
              onPress={() => void call(till.retryNow({ actionId: take.id }), { isLook: true })}
              aria-label={`${retryWord(take)}: ${name}`}
            >
              {retryWord(take)}
            </Button>
          ) : null}
          {take.can.withdraw ? (
            <Button size="small" isGuarded onPress={() => void call(till.withdraw({ actionId: take.id }))} aria-label={`Remove ${name}`}>
              Remove
            </Button>
          ) : null}
        </span>
      ) : null}
      <span className="amount eod-run-amount">{formatMoney(takeMinor(take), take.currency)}</span>
    </>
  );
}
